"""What several formats say of a whole run and of one clipping, in words."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import TextIO, cast

from credibility.document import Finding
from credibility.pipeline import NEVER_ASSESSED
from credibility.report import Report
from credibility.segment import shorten

SEVERITIES = ("error", "warning", "note")
_NOT_ASSESSED = "not-assessed: "
_IN_MEMORY = 1_000_000
# So many sources are named in a line.
_SOURCES = 5


@dataclass(slots=True)
class Tally:
    """Counts over a run. `flags` is flag → open findings by severity, `touched` flag → clippings with at least one.

    `rules` and `rule_touched` are the same by rule, `flagged` is the clippings with any. `quiet` counts the findings that are
    not open: 'suppressed' and 'known'.
    """

    clippings: int = 0
    unreadable: int = 0
    flagged: int = 0
    flags: dict[str, Counter[str]] = field(default_factory=dict)
    touched: Counter[str] = field(default_factory=Counter)
    rules: dict[str, Counter[str]] = field(default_factory=dict)
    rule_touched: Counter[str] = field(default_factory=Counter)
    grades: Counter[str] = field(default_factory=Counter)
    gaps: Counter[tuple[str, str]] = field(default_factory=Counter)
    quiet: Counter[str] = field(default_factory=Counter)

    def add(self, report: Report) -> None:
        """Count one report."""
        self.clippings += 1
        self.unreadable += report.document.error is not None
        self.flagged += bool(report.open)
        self.grades[report.grade or ""] += report.document.error is None
        for finding in report.open:
            self.flags.setdefault(finding.flag, Counter())[finding.severity.label] += 1
            self.rules.setdefault(finding.rule, Counter())[finding.severity.label] += 1
        self.touched.update({finding.flag for finding in report.open})
        self.rule_touched.update({finding.rule for finding in report.open})
        self.quiet.update(finding.suppressed.word for finding in report.findings if finding.suppressed)
        self.gaps.update(not_assessed(report))

    @property
    def totals(self) -> Counter[str]:
        """Findings by severity."""
        return sum(self.flags.values(), Counter())

    def gap_lines(self) -> list[str]:
        """What was not assessed in how many clippings and why, a line for each number and reason."""
        flags: dict[tuple[int, str], list[str]] = {}
        for (flag, reason), number in sorted(self.gaps.items()):
            flags.setdefault((-number, reason), []).append(flag)
        return [f"Not assessed in {counted(-n, 'clipping')}: {', '.join(names)} ({reason})" for (n, reason), names in sorted(flags.items())]

    @property
    def sentence(self) -> str:
        """How many clippings, with which grades.

        >>> Tally(clippings=1, grades=Counter(A=1)).sentence
        '1 clipping: 1 × A'
        """
        parts = [f"{count} × {grade}" for grade, count in sorted(self.grades.items()) if grade and count]
        if self.grades[""]:
            parts.append(f"{self.grades['']} without a score")
        if self.unreadable:
            parts.append(f"{self.unreadable} could not be read")
        quiet = _quietly(self.quiet)
        return f"{counted(self.clippings, 'clipping')}{': ' if parts else ''}{', '.join(parts)}{'; findings ' if quiet else ''}{quiet}"


def not_assessed(report: Report) -> list[tuple[str, str]]:
    """The flags that were not looked for, with the reason; without the questions that no report answers."""
    states = sorted(report.checks.items())
    return [
        (flag, state.removeprefix(_NOT_ASSESSED))
        for flag, state in states
        if state.startswith(_NOT_ASSESSED) and flag not in NEVER_ASSESSED
    ]


def by_reason(gaps: list[tuple[str, str]]) -> str:
    """Flags with the reason why they were not looked for, one clause a reason.

    >>> by_reason([("boilerplate", "short text"), ("encoding", "short text")])
    'boilerplate, encoding (short text)'
    """
    flags: dict[str, list[str]] = {}
    for flag, reason in gaps:
        flags.setdefault(reason, []).append(flag)
    return "; ".join(f"{', '.join(names)} ({reason})" for reason, names in flags.items())


def counted(number: int, what: str) -> str:
    """A number with its noun.

    >>> counted(1, "finding"), counted(0, "finding")
    ('1 finding', '0 findings')
    """
    return f"{number} {what}{'' if number == 1 else 's'}"


def by_severity(report: Report) -> str:
    """How many open findings of each severity, the worst first, and how many are suppressed or known; 'no findings' without any."""
    counts = Counter(finding.severity.label for finding in report.open)
    parts = [counted(counts[label], label) for label in SEVERITIES if counts[label]]
    quiet = _quietly(Counter(finding.suppressed.word for finding in report.findings if finding.suppressed))
    return ", ".join([*parts, quiet] if quiet else parts) or "no findings"


def _quietly(counts: Counter[str]) -> str:
    """How many findings no gate counts.

    >>> _quietly(Counter(known=2, suppressed=1))
    '1 suppressed, 2 known'
    """
    return ", ".join(f"{counts[word]} {word}" for word in ("suppressed", "known") if counts[word])


def message_alone(finding: Finding) -> str:
    """The message without the quotation at its end, for where the quotation stands beside it."""
    tail = ": " + shorten(finding.quote)
    return finding.message.removesuffix(" in" + tail).removesuffix(tail)


@contextmanager
def held_back() -> Iterator[TextIO]:
    """A text file for what stands below a summary that is known only at the end; on disk beyond 1 MB."""
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass", newline="") as file:
        yield cast(TextIO, file)


def release(held: TextIO, out: TextIO) -> None:
    """Copy what was held back to `out`."""
    held.seek(0)
    while part := held.read(1 << 16):
        out.write(part)


def cited(report: Report) -> str:
    """The sources of a clipping in a line, those cited most first: «Ana Ruiz 3, the ministry 2; 1 unnamed»; '' if none is named."""
    named = [source for source in report.sources if source.named]
    parts = [f"{shorten(source.quote, 40)} {source.cited}" for source in named[:_SOURCES]]
    if len(named) > _SOURCES:
        parts.append(f"{len(named) - _SOURCES} more")
    unnamed = len(report.sources) - len(named) if named else 0
    return "; ".join(part for part in (", ".join(parts), f"{unnamed} unnamed" if unnamed else "") if part)
