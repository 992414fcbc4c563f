"""Findings to a score from 0 to 100: a sum of penalties, so that the report can show which quotation cost which point."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush

from credibility.document import Finding, Span
from credibility.errors import PackError
from credibility.pack import build, pack_root, read_toml
from credibility.report import Penalty, Report

_WAYS = ("length", "share", "article")


@dataclass(frozen=True, slots=True)
class Weight:
    """What a flag costs: `points` for each finding ('length': in 1,000 characters; 'share': for each percent covered)."""

    per: str
    points: float
    cap: float
    reason: str

    def __post_init__(self) -> None:
        """A weight that could raise a score is no weight."""
        if self.per not in _WAYS:
            raise PackError(f"scoring.toml: per = {self.per!r} does not exist; it is one of {', '.join(_WAYS)}")
        if self.points < 0 or self.cap < 0:
            raise PackError("scoring.toml: points and cap cannot be negative")


@dataclass(frozen=True, slots=True)
class Scoring:
    """The file `rules/scoring.toml`."""

    severity: Mapping[str, float]
    grades: Mapping[str, float]
    flags: Mapping[str, Weight]

    def weight(self, flag: str) -> Weight:
        """The weight of a flag; the default one for a flag without its own."""
        return self.flags.get(flag, self.flags["default"])


@lru_cache(maxsize=1)
def scoring() -> Scoring:
    """The weights in force."""
    path = pack_root() / "scoring.toml"
    return build(Scoring, read_toml(path), str(path))


def covered(spans: Iterable[Span]) -> int:
    """How many characters the spans cover, overlaps counted once."""
    total = reach = 0
    for start, end in sorted(spans):
        if end > reach:
            total += end - (start if start > reach else reach)
            reach = end
    return total


def penalties(findings: Sequence[Finding], length: int) -> dict[str, Penalty]:
    """Points lost by flag, in order of the flag's name. length: of the article, in characters.

    A further finding never lowers a penalty, and an article twice as long with twice the findings loses the same.
    """
    of: dict[str, list[int]] = defaultdict(list)
    for number, finding in enumerate(findings):
        of[finding.flag].append(number)
    given = scoring()
    lost = {}
    for flag, numbers in sorted(of.items()):
        weight = given.weight(flag)
        points = _points(weight, [findings[number] for number in numbers], length, given.severity)
        lost[flag] = Penalty(round(min(weight.cap, points), 2), tuple(numbers))
    return lost


def _points(weight: Weight, findings: list[Finding], length: int, severity: Mapping[str, float]) -> float:
    """Points before the cap."""
    if weight.per == "share":
        heavy = _by_heaviest([(severity[finding.severity.label] * finding.confidence, finding.span) for finding in findings])
        total = sum(heaviness * characters for heaviness, characters in sorted(heavy.items(), reverse=True))
        return weight.points * 100 * total / max(1, length)
    points = sum(sorted(severity[finding.severity.label] * finding.confidence for finding in findings))
    return weight.points * points / (max(1.0, length / 1000) if weight.per == "length" else 1.0)


def _by_heaviest(findings: Iterable[tuple[float, Span]]) -> dict[float, int]:
    """How many characters each heaviness counts for: one that several findings cover counts once, for the heaviest.

    One pass over the places where findings begin and end, so that a page of ten thousand findings takes no longer than it should.

    >>> _by_heaviest([(1.0, Span(0, 4)), (0.5, Span(2, 9)), (0.5, Span(12, 13))])
    {1.0: 4, 0.5: 6}
    """
    waiting = sorted(((span.start, -heaviness, span.end) for heaviness, span in findings), reverse=True)
    counted: dict[float, int] = {}
    open_now: list[tuple[float, int]] = []  # heaviest first, with where each ends
    at = 0
    while waiting or open_now:
        at = at if open_now else max(at, waiting[-1][0])
        while waiting and waiting[-1][0] <= at:
            heappush(open_now, waiting.pop()[1:])
        heaviness, end = open_now[0]
        if end <= at:
            heappop(open_now)
            continue
        until = min(end, waiting[-1][0]) if waiting else end
        counted[-heaviness] = counted.get(-heaviness, 0) + until - at
        at = until
    return counted


def score(lost: Mapping[str, Penalty]) -> tuple[float, str]:
    """Score and grade for these penalties.

    >>> score({})
    (100.0, 'A')
    """
    points = round(max(0.0, 100.0 - sum(penalty.points for penalty in lost.values())), 1)
    grades = sorted(scoring().grades.items(), key=lambda grade: -grade[1])
    return points, next((grade for grade, lowest in grades if points >= lowest), "E")


def open_score(report: Report) -> float | None:
    """The score that the open findings alone would leave; None where there is none."""
    if report.score is None or len(report.open) == len(report.findings):
        return report.score
    return score(penalties(report.open, len(report.document.text)))[0]
