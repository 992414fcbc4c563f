"""The list of sources: who is cited, how often, for how many figures; mentions of one source are counted together."""

import os
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.document import Document
from credibility.segment import Article
from credibility.statistics.sources import sources


def cited(text: str, language: str = "en") -> list[tuple[str, bool, int, int]]:
    """Words, named, times cited and figures of every source."""
    return [(s.quote, s.named, s.cited, s.statistics) for s in Article(Document(id="t", text=text), language=language).layer(sources)]


def test_mentions_of_one_source_are_counted_together() -> None:
    """Full name, family name, office and pronoun are one; its fullest mention stands for it."""
    text = (
        "The mayor said the ferry sank. Captain Ana Ruiz said 12 boats were lost. Ruiz said the hull was old. She said 40 men had gone. "
        "According to reports, nobody swam ashore."
    )
    assert cited(text) == [("Captain Ana Ruiz", True, 3, 2), ("The mayor", True, 1, 0), ("reports", False, 1, 0)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Selon le ministère de la Pêche, le bac a coulé. Le ministère a indiqué que rien ne presse.", ["le ministère de la Pêche"]),
        ("fr", "« Le lac baisse », dit le maire. Selon des experts, il baisse.", ["le maire", "des experts"]),
        ("ar", "قالت وزارة النقل إن العبارة غرقت. وقالت وزارة الصحة إن أحدا لم ينج.", ["وزارة النقل", "وزارة الصحة"]),
        ("de", "Laut Ana Weber sank die Fähre. Weber sagte, der Rumpf sei alt.", ["Ana Weber"]),
    ],
)
def test_sources_are_told_in_several_languages(language: str, text: str, expected: list[str]) -> None:
    """Each once, without the verb beside it."""
    assert [quote for quote, _, _, _ in cited(text, language)] == expected


def test_a_pronoun_alone_is_no_source() -> None:
    """Somebody has to be named before «he» is somebody."""
    assert cited("He said the ferry sank.") == []


def test_ten_thousand_sources_take_linear_time() -> None:
    """Names that share a word are not all compared."""

    def seconds(n: int) -> float:
        text = " ".join(f"Ana Ruiz{number:05} said the ferry sank." for number in range(n))
        started = time.process_time()
        cited(text)
        return time.process_time() - started

    assert seconds(2000) < 12 * min(seconds(500), seconds(500)) + 0.5


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["Ana", "Ruiz", "said", "experts", "according to", "he", ".", ",", "the mayor", "12", "boats"]), max_size=40)
)
def test_quotes_stand_at_their_spans(words: list[str]) -> None:
    """Every quote is the text at its span, whatever the text."""
    text = " ".join(words)
    for source in Article(Document(id="t", text=text), language="en").layer(sources):
        assert text[source.span.start : source.span.end] == source.quote and source.cited > 0


def test_the_order_of_sets_decides_nothing() -> None:
    """Two sources whose last mentions begin at one place: which of them a later one is of hung on the addresses of objects."""
    text = (
        "Parfois le quai attend un bateau mais rapport annonce rivière annonce une digue au village du port. "
        "Chantier du pont fermé pour travaux mais rapport explique mairie promet un musée. "
        "Le pont a coûté 455 millions d'euros, d'après le rapport de l'agence du fleuve."
    )
    script = "import sys, credibility; print(credibility.check(sys.argv[1]).sources)"
    reports = {
        subprocess.run(
            [sys.executable, "-c", script, text], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3", "4", "5")
    }
    assert len(reports) == 1
