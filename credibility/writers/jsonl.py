"""JSON Lines: the contract's object for each clipping, one a line, flushed as it is made."""

from collections.abc import Iterable
from typing import TextIO

from credibility.report import Report
from credibility.visible import json_line
from credibility.writers import WriteOptions, writes


@writes("jsonl")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """One object a line."""
    for report in reports:
        out.write(json_line(report.to_dict(include_text=options.include_text)) + "\n")
        out.flush()
