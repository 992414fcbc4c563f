"""Counts that cannot both be right are noted; what is rounded, hedged or counts something else is not."""

import pytest

from credibility.detectors.figure_conflicts import DETECTOR
from credibility.document import Document
from credibility.rules_test import failures
from credibility.segment import Article


def flagged(text: str, language: str = "en") -> list[tuple[str, str]]:
    article = Article(Document(id="t", text=text), language=language)
    return [(finding.rule, finding.message) for finding in DETECTOR.detect(article)]


def test_examples_hold() -> None:
    """Every example of the rules is found, or left alone, to the character."""
    assert [line for rule in DETECTOR.rules for line in failures(rule, DETECTOR)] == []


def test_the_message_gives_both_figures() -> None:
    """An editor sees what contradicts what."""
    (told,) = flagged("The storm sank 12 trawlers and 19 ferries, a total of 32 vessels.")
    assert told == ("figure-conflict.total", "The total does not add up: 12 + 19 make 31, not 32")


@pytest.mark.parametrize(
    "text",
    [
        "The storm sank nearly 23 boats, including 31 trawlers.",
        "The storm sank 23 boats. Including 31 trawlers, the fleet has 90 ships.",
        "The fleet lost 23 trawlers, 12 ferries and 31 barges.",
        "Storm sinks nearly 23 trawlers\n\nThe storm sank 27 trawlers on Monday.",
        "Storm sinks 23 trawlers\n\nThe storm sank 27 trawlers on Monday, after 30 trawlers last year.",
        "Storm sinks 23 trawlers\n\nThe bay has 270 trawlers.",
    ],
)
def test_what_may_be_right_is_left_alone(text: str) -> None:
    """A hedge, another sentence, an enumeration, several counts, other sizes."""
    assert flagged(text) == []


def test_coverage_says_what_was_not_looked_at() -> None:
    """A language without numbers is not assessed; one figure contradicts nothing."""
    assert DETECTOR.coverage(Article(Document(id="t", text="x"), language="xx"))["figure-conflict"].startswith("not-assessed")
    assert DETECTOR.coverage(Article(Document(id="t", text="It has 23 boats."), language="en"))["figure-conflict"] == "not-applicable"
