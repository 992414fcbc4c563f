"""The score: every lost point has its findings, nothing that is found raises it, and length and order are fair."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.document import Finding, Severity, Span
from credibility.errors import PackError
from credibility.pack import build
from credibility.score import Weight, covered, penalties, score, scoring

LENGTH = 3_000
FLAGS = [*scoring().flags, "house-style"]


@st.composite
def findings(draw: st.DrawFn, length: int = LENGTH) -> Finding:
    """A finding of any flag, severity and confidence, somewhere in a text of this length."""
    start = draw(st.integers(0, length - 1))
    end = draw(st.integers(start + 1, min(length, start + 800)))
    confidence = draw(st.integers(0, 10)) / 10
    return Finding(f"{draw(st.sampled_from(FLAGS))}.x", Span(start, end), "", "", draw(st.sampled_from(Severity)), confidence)


several = st.lists(findings(), max_size=12)


def points(found: list[Finding], length: int = LENGTH) -> float:
    """The score of an article with these findings."""
    return score(penalties(found, length))[0]


@settings(max_examples=100)
@given(several, findings())
def test_a_new_finding_never_raises_the_score(found: list[Finding], new: Finding) -> None:
    """Nor does it lower the penalty of any flag."""
    before, after = penalties(found, LENGTH), penalties([*found, new], LENGTH)
    assert score(after)[0] <= score(before)[0]
    assert all(after[flag].points >= before[flag].points for flag in before)


@settings(max_examples=100)
@given(several.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_order_does_not_matter(pair: tuple[list[Finding], list[Finding]]) -> None:
    """The same findings in another order cost the same, to the last digit."""
    one, other = (penalties(found, LENGTH) for found in pair)
    assert {flag: lost.points for flag, lost in one.items()} == {flag: lost.points for flag, lost in other.items()}
    assert score(one) == score(other)


@settings(max_examples=100)
@given(several)
def test_twice_the_text_with_twice_the_findings_costs_the_same(found: list[Finding]) -> None:
    """Except for flags that count by the article, which can only cost more."""
    doubled = found + [Finding(f.rule, Span(f.span.start + LENGTH, f.span.end + LENGTH), "", "", f.severity, f.confidence) for f in found]
    one, two = penalties(found, LENGTH), penalties(doubled, 2 * LENGTH)
    for flag, lost in one.items():
        if scoring().weight(flag).per == "article":
            assert two[flag].points >= lost.points
        else:
            assert two[flag].points == pytest.approx(lost.points, abs=0.011)


@settings(max_examples=100)
@given(several)
def test_a_longer_text_never_pays_more_for_the_same(found: list[Finding]) -> None:
    """One slip in a long article weighs less than in a short one."""
    assert points(found, 2 * LENGTH) >= points(found, LENGTH)


@settings(max_examples=100)
@given(several)
def test_every_lost_point_names_its_findings(found: list[Finding]) -> None:
    """The penalties hold each finding once, under its flag; they sum up to what is missing from 100, and keep their caps."""
    lost = penalties(found, LENGTH)
    assert sorted(number for penalty in lost.values() for number in penalty.findings) == list(range(len(found)))
    for flag, penalty in lost.items():
        assert penalty.findings and {found[number].flag for number in penalty.findings} == {flag}
        assert 0 <= penalty.points <= scoring().weight(flag).cap
    assert score(lost)[0] == pytest.approx(max(0, 100 - sum(penalty.points for penalty in lost.values())), abs=0.051)


@settings(max_examples=100)
@given(several, st.integers(0, 11))
def test_severity_and_confidence_weigh(found: list[Finding], number: int) -> None:
    """A finding that is less severe or less certain never costs more."""
    if number >= len(found):
        return
    old = found[number]
    for milder in (
        Finding(old.rule, old.span, "", "", Severity.NOTE, old.confidence),
        Finding(old.rule, old.span, "", "", old.severity, old.confidence / 2),
    ):
        assert points([*found[:number], milder, *found[number + 1 :]]) >= points(found)


@pytest.mark.parametrize(("lost", "grade"), [(0, "A"), (10, "A"), (10.1, "B"), (25, "B"), (40, "C"), (60, "D"), (60.1, "E"), (100, "E")])
def test_grades(lost: float, grade: str) -> None:
    """Each grade begins at its lowest score; E is what is left."""
    from credibility.report import Penalty

    assert score({"x": Penalty(lost, (0,))})[1] == grade


def test_overlaps_are_counted_once() -> None:
    """A character that two findings of one flag cover is paid for once."""
    one = Finding("mixed-language.x", Span(0, 300), "", "", Severity.WARNING)
    inside = Finding("mixed-language.x", Span(100, 200), "", "", Severity.WARNING)
    assert points([one, inside]) == points([one]) < 100
    assert covered([Span(0, 3), Span(2, 5), Span(9, 10)]) == 6


def test_every_weight_has_its_reason() -> None:
    """And no flag can take more than 100 points; all flags of the contract have a weight of their own."""
    for flag, weight in scoring().flags.items():
        assert weight.reason.endswith("."), flag
        assert weight.points > 0 and 0 < weight.cap <= 100, flag
    contract = "machine-translation mixed-language unsourced-statistic boilerplate vague-source repetition date-conflict inconsistent-name"
    assert {*contract.split(), "code-scrap", "encoding", "typography"} <= set(scoring().flags)


@pytest.mark.parametrize("table", [{"per": "lenght"}, {"points": -1}, {"cap": -1}])
def test_a_weight_that_is_none_is_refused(table: dict[str, object]) -> None:
    """A negative one would raise scores."""
    with pytest.raises(PackError):
        build(Weight, {"per": "length", "points": 1, "cap": 1, "reason": "Because."} | table, "here")


def test_ten_thousand_findings_of_all_sorts_of_confidence_are_summed_up_in_one_pass() -> None:
    """A step for each pair of them would take minutes."""
    found = [Finding("boilerplate.block", Span(10 * n, 10 * n + 8), "", "", Severity.NOTE, n / 10_000) for n in range(10_000)]
    started = time.process_time()
    assert penalties(found, 100_000)["boilerplate"].points > 0
    assert time.process_time() - started < 2
