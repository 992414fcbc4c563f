"""JSON Lines: the contract's object for each clipping, one a line, flushed as it is made."""

import json
from collections.abc import Iterable
from typing import TextIO

from credibility.report import Report
from credibility.writers import WriteOptions, writes


@writes("jsonl")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """One object a line. All beyond ASCII is escaped: no lone surrogate, line separator or terminal code leaves as itself."""
    for report in reports:
        out.write(json.dumps(report.to_dict(include_text=options.include_text), allow_nan=False) + "\n")
        out.flush()
