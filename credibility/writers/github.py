"""Annotations for GitHub Actions: a workflow command a finding, on standard output of a step.

GitHub shows each at its line of the changed files and at most ten errors, ten warnings and ten notices a step; SARIF has no
such limit. Suppressed and known findings are left out. Nothing of a clipping can end a command or begin another.
"""

from collections.abc import Iterable
from typing import TextIO

from credibility.report import Report
from credibility.visible import one_line
from credibility.writers import WriteOptions, writes
from credibility.writers._position import position, rows, shown_path

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


@writes("github")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """A line a finding, flushed clipping by clipping; a clipping that could not be read is an error."""
    for report in reports:
        document = report.document
        path = shown_path(document)
        if document.error:
            out.write(command("error", document.error, file=path, line=document.file_line or 1, title="could not be read"))
        for row in rows(report):
            if "suppressed" in row:
                continue
            at = position(document, row)
            place = (
                {"line": at.line, "endLine": at.end_line, "col": at.column, "endColumn": at.end_column} if at.exact else {"line": at.line}
            )
            message = f"{row['message']} ({at.words})" if at.words else row["message"]
            out.write(command(_COMMANDS[row["severity"]], message, file=path, **place, title=row["rule"]))
        out.flush()


def command(name: str, message: str, **properties: str | int) -> str:
    """A workflow command, as actions/toolkit writes it (packages/core/src/command.ts), on one line that it ends.

    >>> command("notice", "50 %: a\\n::stop-commands::b", file="a,b:c.txt", line=1)
    '::notice file=a%2Cb%3Ac.txt,line=1::50 %25: a ::stop-commands::b\\n'
    """
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {given}::{_data(message)}\n"


def _data(text: str) -> str:
    """A message: what would end the line is escaped."""
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    """A property: what would end it, or the properties, is escaped too."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
