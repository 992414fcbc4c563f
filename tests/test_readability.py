"""Readability is asked for where it means something, is textstat's figure there, and costs neither network nor NLTK."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyphen import Pyphen

from credibility.document import Block, Document, Span
from credibility.readability import _FULL_CACHE, FORMULAS, _syllables, readability, reading_ease
from credibility.segment import Article

CLIPPINGS = Path(__file__).parent.parent / "fixtures" / "clippings"
EASY = "The cat sat on the mat. The dog ran to the door. We saw the sun go down. Then it was time for bed. "
HARD = (
    "Municipal administrators characteristically underestimated infrastructural interdependencies notwithstanding repeated consultations. "
)


def score(text: str, language: str | None = "en") -> float | None:
    """Readability of a text in a language that is told."""
    return readability(Article(Document(id="t", text=text), language=language))


@pytest.mark.parametrize("language", sorted(FORMULAS))
def test_it_is_the_figure_of_textstat(language: str) -> None:
    """The same words in the same sentences give what textstat gives, where that does not ask for cmudict."""
    from textstat.textstat import textstatistics

    sentences = ["La casa del puerto era vieja", "Nadie entraba en ella desde aquel invierno tan largo", "Dos niños la miraban"]
    ours = reading_ease([sentence.lower().split() for sentence in sentences], language)
    if language == "en":
        constants = (206.835, 1.015, 84.6)
        words = " ".join(sentences).lower().split()
        syllables = sum(_syllables("en")[word] for word in words)
        assert ours == pytest.approx(constants[0] - constants[1] * len(words) / 3 - constants[2] * syllables / len(words))
    else:
        theirs = textstatistics()
        theirs.set_lang(language)
        assert ours == pytest.approx(theirs.flesch_reading_ease(". ".join(sentences) + "."))


@pytest.mark.parametrize("language", sorted(FORMULAS))
def test_syllables_are_the_breaks_of_pyphen(language: str) -> None:
    """Words of every length and alphabet, known or not, are broken where pyphen breaks them."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(CLIPPINGS.glob("*.txt"))).lower()
    words = {*text.split(), "ﬁnal", "d'être", "ab", "a", "", "Straßenbahnhaltestelle".lower(), "x" * 90, "общественность"}
    counts = _syllables(language)
    theirs = Pyphen(lang={"en": "en_US"}.get(language, language))
    assert {word: counts[word] for word in words} == {word: len(theirs.positions(word[:60])) + 1 for word in words}
    theirs.hd.cache.clear()


def test_easy_and_hard() -> None:
    """Short words in short sentences are easier than long ones; the figure stays between 0 and 100."""
    assert score(EASY * 6) == 100.0
    assert score(HARD * 12) == 0.0
    middle = score((CLIPPINGS / "en-sourced-feature.txt").read_text(encoding="utf-8"))
    assert middle is not None and 50 < middle < 100


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (EASY * 2, "en"),
        ("word " * 300 + ".", "en"),
        ("Menu\nSport\nWeather\n" * 100, "en"),
        ("", "en"),
        (EASY * 6, "pt"),
        (EASY * 6, "hu"),
        ((CLIPPINGS / "ar-agency-copy.txt").read_text(encoding="utf-8") * 4, "ar"),
    ],
)
def test_no_figure_rather_than_a_wrong_one(text: str, language: str | None) -> None:
    """Too few words, too few sentences, no prose, a language without constants of its own, Arabic."""
    assert score(text, language) is None


def test_full_stops_inside_a_sentence_end_none() -> None:
    """'M. Dupont' and '1.5' are no sentence ends: the figure is that of the same text without them."""
    plain = "Le vieux pêcheur Dupont attend que le port rouvre avec ses amis du quai. "
    dotted = plain.replace("Dupont", "M. Dupont")
    assert score(dotted * 12, "fr") == score(plain.replace("Dupont", "M Dupont") * 12, "fr")


def test_boilerplate_does_not_count() -> None:
    """A page's menu beside its article changes nothing."""
    alone = EASY * 6
    menu = "Home\nNews\nSport\n"
    spans = [Span(0, 4), Span(5, 9), Span(10, 15), Span(len(menu), len(menu) + len(alone))]
    page = Document(id="p", text=menu + alone, blocks=tuple(Block(span) for span in spans))
    assert readability(Article(page, language="en")) == score(alone)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.sampled_from([None, *FORMULAS]))
def test_any_text(text: str, language: str | None) -> None:
    """None or 0 to 100, whatever the characters."""
    value = score((text + ". ") * 40, language)
    assert value is None or 0 <= value <= 100


def test_memory_is_bounded() -> None:
    """Neither our counts nor pyphen's cache keep every word they saw."""
    counts = _syllables("es")
    for number in range(_FULL_CACHE + 10):
        counts[f"w{number}"]
    assert len(counts) <= _FULL_CACHE and not Pyphen(lang="es").hd.cache


def test_neither_nltk_nor_network() -> None:
    """NLTK is not loaded, a socket would raise; a program that loads NLTK before or after gets the real one."""
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise OSError('network')\n"
        "socket.socket.connect = refuse\n"
        "from credibility.readability import reading_ease\n"
        "first = reading_ease([['an', 'ordinary', 'sentence']], 'en')\n"
        "assert 'nltk' not in sys.modules\n"
        "import nltk\n"
        "assert nltk.__file__ and nltk.data\n"
        "import textstat.backend.utils._get_cmudict as user\n"
        "assert user.nltk.corpus is nltk.corpus\n"
        "assert reading_ease([['an', 'ordinary', 'sentence']], 'en') == first\n"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
