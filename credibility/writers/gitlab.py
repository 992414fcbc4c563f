"""GitLab's code quality report, for `artifacts:reports:codequality`: one JSON array, an object a finding.

Fields as GitLab documents them (docs.gitlab.com, "Code Quality report format"). Suppressed and known findings are left out:
GitLab itself tells what is new by the fingerprints.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from credibility.fingerprint import digest, fingerprints
from credibility.report import Report
from credibility.visible import json_line, one_line
from credibility.writers import WriteOptions, writes
from credibility.writers._position import position, rows, shown_path

_SEVERITIES = {"error": "critical", "warning": "major", "note": "info"}


@writes("gitlab")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """The array, written as the reports come; a clipping that could not be read is a blocker."""
    before = "[\n"
    for report in reports:
        for issue in _issues(report):
            out.write(before + json_line(issue))
            before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")


def _issues(report: Report) -> Iterator[dict[str, Any]]:
    """The objects of one clipping."""
    document = report.document
    path = shown_path(document)
    if document.error:
        mark = digest(path, document.id, "unreadable")
        yield _issue(document.error, "unreadable", mark, "blocker", path, document.file_line or 1, document.file_line or 1)
    for row, mark in zip(rows(report), fingerprints(report), strict=True):
        if "suppressed" not in row:
            at = position(document, row)
            message = f"{row['message']} ({at.words})" if at.words else row["message"]
            yield _issue(message, row["rule"], digest(path, mark), _SEVERITIES[row["severity"]], path, at.line, at.end_line)


def _issue(message: str, rule: str, mark: str, severity: str, path: str, line: int, end: int) -> dict[str, Any]:
    return {
        "description": one_line(message),
        "check_name": one_line(rule),
        "fingerprint": mark,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line, "end": end}},
    }
