"""Impossible punctuation and three styles of quotation mark are notes; what good newsrooms do is nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.detectors.typography import DETECTOR
from credibility.document import Document, Finding, Severity
from credibility.segment import Article


def found(text: str) -> list[Finding]:
    """The findings in a French text."""
    return list(DETECTOR.detect(Article(Document(id="test", text=text), language="fr")))


@pytest.mark.parametrize("mark", [",.", ",,", ";;", ",;", "؛؛"])
def test_impossible_marks(mark: str) -> None:
    """Each is found on its characters alone, as a note."""
    (finding,) = found(f"Le port a rouvert{mark} La pêche reprend.")
    assert (finding.quote, finding.severity) == (mark, Severity.NOTE)


@pytest.mark.parametrize(
    "text",
    [
        "Le tome 3., 2021 ; art., p. 4 ; Washington, D.C., hier ; Moelis & Co., dit-il ; 31,82 руб., что",
        "Hans... oui.. et non ?! (…) [,] 1,,2 a,b",
        "« Oui. » dit-il. « Non »",
        "« Il cite “un texte”. »\n« Puis un autre »",
        "Il mesure 5\" et l'écran 27\" ; «rien» d'autre, «vraiment»",
    ],
)
def test_what_good_papers_print(text: str) -> None:
    """Abbreviations, ellipses, nested quotations, inches."""
    assert found(text) == []


def test_three_styles_are_one_finding() -> None:
    """On the rarest style, with the names of all."""
    (finding,) = found('« Un » et « deux » et "trois" et "quatre" puis «cinq»')
    assert finding.quote == "«cinq»"
    assert finding.evidence["styles"] == "spaced guillemets, tight guillemets, straight"


def test_no_words_is_not_applicable() -> None:
    """Nothing but marks is no text."""
    assert DETECTOR.coverage(Article(Document(id="x", text=",, «»"))) == {"typography": "not-applicable"}


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from('ab1 ,.;:«»“”„"\n\u00a0؛،'), max_size=60))
def test_any_text(text: str) -> None:
    """Spans hold, nothing is empty."""
    for finding in found(text):
        assert finding.quote and finding.quote == text[finding.span.start : finding.span.end]


@pytest.mark.parametrize("third", ["“peut-être”", "„vielleicht“", '"peut-être" puis "rien"'])
def test_any_three_styles_are_mixed(third: str) -> None:
    """Straight ones need not be among them."""
    assert [finding.rule for finding in found(f"Il a dit « oui », puis «non» et {third}, selon la mairie.")] == ["typography.mixed-quotes"]
