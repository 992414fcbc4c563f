"""JUnit XML, which every CI system shows as test results: a suite a file, a case a clipping.

A case fails when the clipping has an open finding at or above `--fail-on`, or a score below `--min-score`; other findings
stand in its output, with the score.
There are no times in it: the same clippings give the same bytes.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO

from credibility.document import Severity
from credibility.report import Report
from credibility.score import open_score
from credibility.writers import WriteOptions, writes
from credibility.writers._position import position, rows, shown_path
from credibility.writers._summary import by_severity, counted, held_back, release
from credibility.writers._xml import HEAD, attribute


@writes("junit")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """Suite by suite: the number of its failures stands before its cases, which wait (on disk, if they are many)."""
    out.write(HEAD + '<testsuites name="credibility">\n')
    for path, of in groupby(reports, key=lambda report: shown_path(report.document)):
        tests = failures = errors = 0
        with held_back() as cases:
            for report in of:
                failing, others = _sorted(report, options)
                tests, failures, errors = tests + 1, failures + bool(failing), errors + bool(report.document.error)
                cases.writelines(_case(report, path, failing, others))
            name = attribute(path)
            out.write(f'<testsuite name="{name}" tests="{tests}" failures="{failures}" errors="{errors}" skipped="0" file="{name}">\n')
            release(cases, out)
        out.write("</testsuite>\n")
    out.write("</testsuites>\n")


def _sorted(report: Report, options: WriteOptions) -> tuple[list[str], list[str]]:
    """What the clipping fails on, and its other findings, a line each."""
    config = options.config.on(report.document, report.language)
    failing: list[str] = []
    others: list[str] = []
    for finding, line in zip(report.findings, _lines(report), strict=True):
        fails = config.fail_on != "never" and finding.suppressed is None and finding.severity >= Severity[config.fail_on.upper()]
        (failing if fails else others).append(line)
    points = open_score(report)
    if points is not None and points < config.min_score:
        failing.append(f"score {points:g} is below {config.min_score:g}\n")
    return failing, others


def _case(report: Report, path: str, failing: list[str], others: list[str]) -> Iterator[str]:
    """The case of one clipping."""
    document = report.document
    yield f'<testcase name="{attribute(document.id)}" classname="{attribute(path)}">\n'
    if document.error:
        yield f'<error type="unreadable" message="{attribute(document.error)}"/>\n</testcase>\n'
        return
    if failing:
        yield f'<failure type="{failing[0].split()[0]}" message="{counted(len(failing), "reason")} to fail">\n'
        yield from failing
        yield "</failure>\n"
    grade = "no score" if report.score is None else f"{report.grade} {report.score:g}/100"
    yield f"<system-out>\n{grade}, {attribute(by_severity(report))}\n"
    yield from others
    yield "</system-out>\n</testcase>\n"


def _lines(report: Report) -> Iterator[str]:
    """A line a finding: place, severity, rule, message, and why it does not count."""
    for finding, row in zip(report.findings, rows(report), strict=True):
        at = position(report.document, row)
        where = at.words or f"line {at.line}, column {at.column}"
        excused = f" [{finding.suppressed}]" if finding.suppressed else ""
        yield attribute(f"{row['severity']} {row['rule']}, {where}: {row['message']}{excused}") + "\n"
