"""One JSON array of the contract's objects, for programs that read a whole file at once."""

from collections.abc import Iterable
from typing import TextIO

from credibility.report import Report
from credibility.visible import json_line
from credibility.writers import WriteOptions, writes


@writes("json")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """The array, an object a line, written as the reports come; without reports it is empty."""
    before = "[\n"
    for report in reports:
        out.write(before + json_line(report.to_dict(include_text=options.include_text)))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")
