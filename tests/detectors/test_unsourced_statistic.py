"""Figures without a source, and with one that names nobody, are flagged with what they are."""

from credibility.detectors.unsourced_statistic import BARE, DETECTOR, FLAG, VAGUE
from credibility.document import Document, Finding, Severity
from credibility.rules_test import failures
from credibility.segment import Article


def flagged(text: str, language: str = "en") -> list[Finding]:
    return list(DETECTOR.detect(Article(Document(id="t", text=text), language=language)))


def test_examples_hold() -> None:
    """Every example of both rules is found, or left alone, to the character."""
    assert [line for rule in DETECTOR.rules for line in failures(rule, DETECTOR)] == []


def test_evidence_names_value_unit_and_kind() -> None:
    """An editor sees what is claimed, a dashboard can count it."""
    (finding,) = flagged("The harbour lost 40 percent of its boats.")
    assert finding.rule == BARE.id
    assert (finding.evidence["value"], finding.evidence["unit"], finding.evidence["kind"]) == (40.0, "%", "share")


def test_the_own_event_counts_of_an_outlet_weigh_less() -> None:
    """«12 dead» without a source is a note, so that a newsroom may leave it."""
    (finding,) = flagged("A ferry sank with 12 dead.")
    assert (finding.evidence["topic"], finding.severity) == ("outcome", Severity.NOTE)


def test_a_vague_source_is_another_rule() -> None:
    """«Experts say» is a source, though one that names nobody."""
    assert [finding.rule for finding in flagged("Experts say 40 percent of the boats were lost.")] == [VAGUE.id]


def test_coverage_says_what_was_not_looked_at() -> None:
    """No profile: not assessed. No statistic: not applicable."""
    assert DETECTOR.coverage(Article(Document(id="t", text="12 foo"), language="xx"))[FLAG].startswith("not-assessed")
    assert DETECTOR.coverage(Article(Document(id="t", text="No figure here."), language="en"))[FLAG] == "not-applicable"
