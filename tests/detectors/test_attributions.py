"""Unnamed sources are quoted exactly, and articles that rest on them alone, or on one voice, get a note."""

import pytest

from credibility.detectors.attributions import DETECTOR, ONLY, SINGLE, UNNAMED
from credibility.document import Document, Severity
from credibility.rules_test import failures
from credibility.segment import Article


def flagged(text: str, language: str = "en") -> list[tuple[str, str]]:
    article = Article(Document(id="t", text=text), language=language)
    return [(finding.rule, finding.quote) for finding in DETECTOR.detect(article)]


def test_examples_hold() -> None:
    """Every example of the rules is found, or left alone, to the character."""
    assert [line for rule in DETECTOR.rules for line in failures(rule, DETECTOR)] == []


@pytest.mark.parametrize(
    "text",
    [
        "FDA officials said the outbreak was over.",
        "Images on social media showed an empty bay.",
        "Each of the experts said the bay was empty.",
        "According to the Kremlin's official statement, the bay was empty.",
        "He said the bay was empty.",
    ],
)
def test_named_bodies_and_things_are_no_unnamed_source(text: str) -> None:
    """These were false alarms once."""
    assert [rule for rule, _ in flagged(text) if rule == UNNAMED.id] == []


@pytest.mark.parametrize(
    ("heading", "below", "severity"),
    [
        (
            "No need to close the bay, say experts",
            "The bay was clean on Monday, said Ana Ruiz, who heads the harbour laboratory.",
            Severity.NOTE,
        ),
        ("No need to close the bay, say experts", "The bay was clean on Monday, and nobody was kept from swimming.", Severity.WARNING),
        (
            "No need to close the bay, say experts.",
            "The bay was clean on Monday, said Ana Ruiz, who heads the laboratory.",
            Severity.WARNING,
        ),
    ],
)
def test_a_heading_whose_text_names_somebody_is_a_note(heading: str, below: str, severity: Severity) -> None:
    """It has no room for names; a sentence has."""
    article = Article(Document(id="t", text=f"{heading}\n\n{below}"), language="en")
    assert [(found.quote, found.severity) for found in DETECTOR.detect(article) if found.rule == UNNAMED.id] == [("say experts", severity)]


def test_a_national_adjective_names_nobody() -> None:
    """«Spanish officials» may be anybody."""
    assert flagged("Spanish officials said the bay was empty.") == [(UNNAMED.id, "Spanish officials said")]


def test_two_named_voices_are_not_one() -> None:
    """A second voice takes the note on a single source away."""
    one = "Ana Ruiz said the bay was empty. Ruiz said it was late. According to Ruiz, nobody came. Ana Ruiz said it would close."
    assert SINGLE.id in [rule for rule, _ in flagged(one)]
    assert SINGLE.id not in [rule for rule, _ in flagged(one + " Jon Berg said he would stay.")]


def test_one_named_voice_is_enough() -> None:
    """An article of unnamed sources alone is told from one that names somebody."""
    text = "Sources say it sank. Experts say it was old. According to witnesses, nobody swam. Observers believe it will close."
    assert ONLY.id in [rule for rule, _ in flagged(text)]
    assert ONLY.id not in [rule for rule, _ in flagged(text + " Jon Berg said he would stay.")]


def test_coverage_says_what_was_not_looked_at() -> None:
    """A language without voices is not assessed."""
    assert all(state.startswith("not-assessed") for state in DETECTOR.coverage(Article(Document(id="t", text="x"), language="xx")).values())
