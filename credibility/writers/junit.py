"""JUnit XML, which every CI system shows as test results: a suite a file, a case a clipping.

A case fails when the clipping has an open finding at or above `--fail-on`; the others stand in its output, with the score.
There are no times in it: the same clippings give the same bytes.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO

from credibility.document import Finding, Severity
from credibility.report import Report
from credibility.writers import WriteOptions, writes
from credibility.writers._position import position, rows, shown_path
from credibility.writers._summary import by_severity, counted, held_back, place, release
from credibility.writers._xml import HEAD, attribute


@writes("junit")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """Suite by suite: the number of its failures stands before its cases, which wait (on disk, if they are many)."""
    out.write(HEAD + '<testsuites name="credibility">\n')
    for path, of in groupby(reports, key=lambda report: shown_path(report.document)):
        tests = failures = errors = 0
        with held_back() as cases:
            for report in of:
                tests, errors = tests + 1, errors + bool(report.document.error)
                failures += any(_fails(finding, options) for finding in report.findings)
                cases.writelines(_case(report, path, options))
            name = attribute(path)
            out.write(f'<testsuite name="{name}" tests="{tests}" failures="{failures}" errors="{errors}" skipped="0" file="{name}">\n')
            release(cases, out)
        out.write("</testsuite>\n")
    out.write("</testsuites>\n")


def _fails(finding: Finding, options: WriteOptions) -> bool:
    """Whether the finding is one that the run fails on."""
    return options.fail_on != "never" and finding.suppressed is None and finding.severity >= Severity[options.fail_on.upper()]


def _case(report: Report, path: str, options: WriteOptions) -> Iterator[str]:
    """The case of one clipping."""
    document = report.document
    yield f'<testcase name="{attribute(place(document))}" classname="{attribute(path)}">\n'
    if document.error:
        yield f'<error type="unreadable" message="{attribute(document.error)}"/>\n</testcase>\n'
        return
    failing: list[tuple[Severity, str]] = []
    others = []
    for finding, line in zip(report.findings, _lines(report), strict=True):
        if _fails(finding, options):
            failing.append((finding.severity, line))
        else:
            others.append(line)
    if failing:
        yield f'<failure type="{max(failing)[0].label}" message="{counted(len(failing), "finding")}">\n'
        yield from (line for _, line in failing)
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
