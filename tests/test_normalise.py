"""Folding changes how text looks, never where it stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.document import Span
from credibility.normalise import fold, fold_pattern, fold_text

# Hypothesis seldom draws what folding is about, so it is offered: marks, invisible characters, ligatures, Hangul parts,
# halves of surrogate pairs, NUL.
NASTY = " \u00a0\u200b\u0301\u0345\u0640\u064b\u0654ßİŉﷺ\u1100\u1161\u11a8\n\r'«\u00ad\ud800\0😀ﬁΐ\u2028"
texts = st.text(st.characters() | st.sampled_from(NASTY))


@settings(max_examples=300, deadline=None)
@given(texts)
def test_every_folded_character_comes_from_somewhere(text: str) -> None:
    """Origins are in range, not empty and never go back."""
    view = fold(text)
    before = Span(0, 0)
    for position in range(len(view.text)):
        here = view.source(position, position + 1)
        assert 0 <= here.start < here.end <= len(text)
        assert here.start >= before.start and here.end >= before.end
        before = here
    places = range(len(view.text))
    assert view.origins(places) == [view.source(place, place + 1).start for place in places]


@settings(max_examples=300, deadline=None)
@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    """What is folded is folded."""
    once = fold_text(text)
    assert fold_text(once) == once


@settings(max_examples=200, deadline=None)
@given(texts)
def test_source_positions_have_a_place_in_the_folded_text(text: str) -> None:
    """`folded` never goes back, and leads to the character that comes from there."""
    view = fold(text)
    places = [view.folded(position) for position in range(len(text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(view.text) for place in places)
    for position in range(len(view.text)):
        assert view.folded(view.source(position, position + 1).start) <= position


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’ÉTÉ", "l'été"),
        ("e\u0301te\u0301", "été"),
        ("«\u00a0Oui\u202f»", '" oui "'),
        ("a \t b", "a b"),
        ("a\r\nb", "a\n\nb"),
        ("soft\u00adhyphen", "softhyphen"),
        ("مُحَمَّد", "محمد"),
        ("كـــتاب", "كتاب"),
        ("ﻻ", "لا"),
        ("أكد إلى", "اكد الى"),
        ("ﬁn ５", "fin 5"),
        ("Straße İ", "strasse i\u0307"),
        ("m² ½", "m² ½"),
        ("مى‌شود", "مىشود"),
    ],
)
def test_what_folds_to_what(text: str, folded: str) -> None:
    """Case, quotes, spaces, accents, harakat, tatweel, presentation forms; not what carries meaning."""
    assert fold_text(text) == folded


@pytest.mark.parametrize("character", ["ΰ", "ΐ", "İ", "ß", "’", "é"])
def test_a_long_stretch_folds_as_a_short_one(character: str) -> None:
    """Long ones go through `casefold`, which takes «ΰ» apart; found by Hypothesis."""
    short, long = fold(f"{character}0"), fold(120 * "a" + f"{character}0")
    assert long.text == 120 * "a" + short.text
    assert long.source(len(long.text) - 1, len(long.text)) == (121, 122)


def test_the_source_of_a_cluster_is_all_of_it() -> None:
    """One folded letter may come from several characters, several from one."""
    view = fold("xe\u0301\u00adß")
    assert view.text == "xéss"
    assert view.source(1, 2) == Span(1, 4)
    assert view.source(2, 3) == view.source(3, 4) == Span(4, 5)
    assert view.source(4, 4) == Span(5, 5)


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (0, 3), (2, 1)])
def test_positions_outside_raise(start: int, end: int) -> None:
    """A wrong position is an error, not a guess."""
    with pytest.raises(IndexError):
        fold("ab").source(start, end)


def test_patterns_keep_their_escapes() -> None:
    """Only letters that mean themselves are folded."""
    assert fold_pattern(r"\W[É]\Sإلى") == r"\W[é]\Sالى"
