"""A table for spreadsheets: a row a finding; a clipping without findings has one row with those columns empty.

A cell that a spreadsheet would take for a formula starts with an apostrophe. Characters that cannot be seen are named and
commands to the log of a CI system are broken, so the exact words are those between `start` and `end` of the text; the JSON
formats have them as they are.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from credibility.report import Report
from credibility.visible import disarmed, visible_lines
from credibility.writers import WriteOptions, writes

CLIPPING = ("id", "path", "url", "source", "title", "published", "language", "error", "score", "grade")
FINDING = ("flag", "rule", "severity", "confidence", "line", "column", "start", "end", "quote", "message", "evidence")
QUIET = ("suppressed", "justification")
# As OWASP lists them, with the full-width forms that some spreadsheets take for the same. Names of ours and numbers from 0 up
# start with none of them.
_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")


@writes("csv")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """A header and the rows, lines ended as RFC 4180 says."""
    table = csv.DictWriter(out, (*CLIPPING, *FINDING, *QUIET), lineterminator="\r\n")
    table.writeheader()
    for report in reports:
        table.writerows(_rows(report))
        out.flush()


def _rows(report: Report) -> Iterator[dict[str, Any]]:
    """The rows of one clipping."""
    data = report.to_dict()
    clipping = {name: _cell(data[name]) for name in CLIPPING}
    for finding in data["findings"] or [dict.fromkeys(FINDING)]:
        evidence = finding["evidence"]
        finding["evidence"] = None if evidence is None else json.dumps(evidence, ensure_ascii=False)
        suppressed = finding.get("suppressed", {})
        quiet = {"suppressed": suppressed.get("kind"), "justification": suppressed.get("justification")}
        yield clipping | {name: _cell(finding[name]) for name in FINDING} | {name: _cell(quiet[name]) for name in QUIET}


def _cell(value: str | float | None) -> str | float | None:
    """A value as a spreadsheet may have it.

    >>> _cell("=1+1"), _cell(-1), _cell("a\\x1b")
    ("'=1+1", -1, 'a␛')
    """
    if not isinstance(value, str):
        return value
    return ("'" if _FORMULA.match(value) else "") + disarmed(visible_lines(value))
