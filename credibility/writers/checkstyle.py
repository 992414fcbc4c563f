"""Checkstyle's XML, which Jenkins, reviewdog, SonarQube and most review tools read: a file element a file, an error a finding.

Suppressed and known findings are left out.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO

from credibility.report import Report
from credibility.writers import WriteOptions, writes
from credibility.writers._position import position, rows, shown_path
from credibility.writers._xml import HEAD, attribute

# Checkstyle's own severities are ignore, info, warning and error.
_SEVERITIES = {"error": "error", "warning": "warning", "note": "info"}


@writes("checkstyle")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """Written as the reports come; files without findings are there too, clippings of one file together."""
    out.write(HEAD + '<checkstyle version="4.3">\n')
    for path, of in groupby(reports, key=lambda report: shown_path(report.document)):
        out.write(f'<file name="{attribute(path)}">\n')
        for report in of:
            out.writelines(_errors(report))
        out.write("</file>\n")
    out.write("</checkstyle>\n")


def _errors(report: Report) -> Iterator[str]:
    """The elements of one clipping."""
    document = report.document
    if document.error:
        yield _error(document.file_line or 1, 1, "error", document.error, "unreadable")
    for row in rows(report):
        if "suppressed" not in row:
            at = position(document, row)
            message = f"{row['message']} ({at.words})" if at.words else row["message"]
            yield _error(at.line, at.column, _SEVERITIES[row["severity"]], message, row["rule"])


def _error(line: int, column: int, severity: str, message: str, rule: str) -> str:
    source = attribute(f"credibility.{rule}")
    return f'<error line="{line}" column="{column}" severity="{severity}" message="{attribute(message)}" source="{source}"/>\n'
