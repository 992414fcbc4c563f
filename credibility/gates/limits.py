"""The limits that a run can fail on, counted over what is open: findings that are suppressed or known never count.

A limit holds for the clippings below the configuration file that sets it; one of the command line for the whole run.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from credibility.config import FAIL_ON
from credibility.document import Finding
from credibility.report import Report
from credibility.score import open_score
from credibility.settings.table import ALL, Settings


@dataclass(slots=True)
class _Limit:
    """What was counted for one limit. `first` is the place of the first finding, or of the lowest score."""

    findings: int = 0
    clippings: int = 0
    failing: int = 0
    first: str = ""
    lowest: float = 100.0


@dataclass(slots=True)
class Limits:
    """Counts report by report; `failures` says in the end which limits did not hold."""

    _limits: dict[tuple[str, str, str], _Limit] = field(default_factory=dict)
    _most: dict[tuple[str, str, str], float] = field(default_factory=dict)

    def add(self, report: Report, settings: Settings) -> None:
        """Count one report. A clipping that could not be read is in no count."""
        if report.document.error:
            return
        config = settings.config.on(report.document, report.language)
        findings = report.open
        if config.fail_on != "never":
            serious = FAIL_ON[FAIL_ON.index(config.fail_on) : -1]
            self._count(settings, "fail-on", config.fail_on, 0, report, [f for f in findings if f.severity.label in serious])
        if config.min_score:
            self._score(settings, config.min_score, report)
        for name, most in settings.table.max.items():
            self._count(settings, "max", name, most, report, [f for f in findings if _named(f, name)])
        for name, share in settings.table.max_share.items():
            self._count(settings, "max-share", name, share, report, [f for f in findings if _named(f, name)])

    def failures(self) -> Iterator[str]:
        """A line for each limit that did not hold: the limit, where it was set, what was counted, where to look first."""
        for (gate, name, place), limit in self._limits.items():
            most = self._most[(gate, name, place)]
            found = f"{_number(limit.findings, 'finding')} in {_number(limit.failing, 'clipping')}, the first at {limit.first}"
            if gate == "fail-on" and limit.findings:
                yield f"fail-on {name} ({place}): {found}"
            elif gate == "max" and limit.findings > most:
                yield f"max {name}={most:g} ({place}): {found}"
            elif gate == "max-share" and limit.failing > most * limit.clippings:
                share = limit.failing / limit.clippings
                said = f"{limit.failing} of {_number(limit.clippings, 'clipping')} ({share:.1%}), the first at {limit.first}"
                yield f"max-share {name}={most:g} ({place}): {said}"
            elif gate == "min-score" and limit.failing:
                below = f"{limit.failing} of {_number(limit.clippings, 'clipping')} below it"
                yield f"min-score {name} ({place}): {below}, the lowest {limit.first} with {limit.lowest:g}"

    def _count(self, settings: Settings, gate: str, name: str, most: float, report: Report, findings: list[Finding]) -> None:
        limit = self._limit(settings, gate, name, most)
        limit.clippings += 1
        limit.findings += len(findings)
        limit.failing += bool(findings)
        if findings and not limit.first:
            limit.first = f"{report.document.place}:{position(report, findings[0])} {findings[0].rule}"

    def _score(self, settings: Settings, lowest: float, report: Report) -> None:
        limit = self._limit(settings, "min-score", f"{lowest:g}", lowest)
        limit.clippings += 1
        points = open_score(report)
        if points is not None and points < lowest:
            limit.failing += 1
            if points < limit.lowest or not limit.first:
                limit.first, limit.lowest = report.document.place, points

    def _limit(self, settings: Settings, gate: str, name: str, most: float) -> _Limit:
        """The counts of a limit, which is one for all clippings for which it was set in the same place."""
        # What an override set differs from the rest of its file.
        overridden = (gate == "fail-on" and name != settings.table.fail_on) or (gate == "min-score" and most != settings.table.min_score)
        where = "override" if overridden else gate
        key = (gate, name, settings.source(where, name if gate in ("max", "max-share") else None))
        self._most[key] = most
        return self._limits.setdefault(key, _Limit())


def _named(finding: Finding, name: str) -> bool:
    """Whether a name of `max` is the finding's flag, rule or severity, or 'all'."""
    return name in (ALL, finding.flag, finding.rule, finding.severity.label)


def position(report: Report, finding: Finding) -> str:
    """Line and column of a finding, from 1."""
    before = report.document.text[: finding.span.start]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
