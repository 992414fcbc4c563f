"""The suppressions file and the baseline: accepted findings beside the clippings, which stay as they are.

Both hold tables of one form. `credibility-suppressions.toml` says what people decided, each with its reason; a baseline says
what stood in a collection on the day it was written.

    [[suppression]]
    rule = "vague-source.figure"               # or a flag
    clipping = "wire/port.txt"                 # below the folder of this file; without it: any clipping
    quote = "Selon les chiffres disponibles"   # without it: every finding of the rule in the clipping
    prefix = "le port, dit-on. "               # what stands before and after; without them: every such quotation
    suffix = ", des centaines"
    occurrence = 2                             # of those that agree in all of this, from 1
    reason = "Quoted from the annual report, checked by telephone."
    author = "M. Dupont"
    expires = 2027-01-31                       # the last day on which it holds
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from credibility.document import Document, Suppression
from credibility.errors import ConfigError
from credibility.gates.anchors import AROUND, Anchor, Wanted, plain, quotation, whole_characters
from credibility.settings.toml_files import read_toml, table_of
from credibility.toml_lines import line_of

NAME = "credibility-suppressions.toml"
TABLE = "suppression"
_HEADER = re.compile(rf"""[ \t]*\[\[[ \t]*["']?{TABLE}["']?[ \t]*\]\]""")


@dataclass(frozen=True, slots=True)
class _Table:
    """A `[[suppression]]` table as it stands in the file."""

    rule: str
    clipping: str | None = None
    quote: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    occurrence: int | None = None
    reason: str = ""
    author: str = ""
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted or known finding. `place` is the file and line where it stands; `expires` the last day on which it holds."""

    rule: str
    clipping: str | None
    anchor: Anchor
    reason: str = ""
    author: str = ""
    expires: date | None = None
    place: str = ""

    @property
    def wanted(self) -> Wanted:
        """What `anchors.fit` looks for."""
        return Wanted(self.rule, self.anchor)

    def suppression(self, kind: str) -> Suppression:
        """What stands on the finding that this entry is for."""
        return Suppression(kind, self.reason, self.author, self.expires.isoformat() if self.expires else "")

    def __str__(self) -> str:
        """For a message.

        >>> str(Entry("vague-source", "a.txt", Anchor("on dit")))
        "vague-source in a.txt, 'on dit'"
        """
        quote = self.anchor.quote
        shown = "" if quote is None else f", {quote if len(quote) <= 60 else quote[:59] + '…'!r}"
        return f"{self.rule}{' in ' + self.clipping if self.clipping else ''}{shown}"


def clipping_name(document: Document, folder: Path) -> str:
    """What an entry calls a clipping: its path seen from the entry's folder; in a file of several, with its id or row.

    >>> clipping_name(Document("news/a.txt", "", path="news/a.txt"), Path.cwd() / "news")
    'a.txt'
    >>> [clipping_name(Document(name, "", path="feed.jsonl"), Path.cwd()) for name in ("r1", "feed.jsonl:3")]
    ['feed.jsonl#r1', 'feed.jsonl:3']
    """
    path = document.path
    if path is None or path == "-":
        return whole_characters(document.id)
    return whole_characters(Path(os.path.relpath(path, folder)).as_posix() + document.place[len(path) :])


def read_entries(path: Path, *, reasons: bool) -> tuple[Entry, ...]:
    """The entries of a file, in its order. reasons: each must give one.

    Raises ConfigError with file and line for what is no TOML, an unknown key (with the nearest), a wrong or missing value.
    """
    text, tables = read_toml(path)
    for key in tables:
        if key != TABLE:
            raise ConfigError(f"{path}:{line_of(text, (key,))}: unknown key {key!r}; this file holds [[{TABLE}]] tables only")
    given = tables.get(TABLE, [])
    if not isinstance(given, list) or not all(isinstance(table, dict) for table in given):
        raise ConfigError(f"{path}:{line_of(text, (TABLE,))}: write [[{TABLE}]], with two brackets on each side, before each entry")
    blocks = blocks_of(text, len(given)) or [Block(1, text)] * len(given)
    return tuple(_entry(table, path, block, reasons=reasons) for table, block in zip(given, blocks, strict=True))


class Block(NamedTuple):
    """The lines of one entry in its file: the number of its header, from 1, and the text from there to the next header."""

    line: int
    text: str


def blocks_of(text: str, number: int) -> list[Block] | None:
    """Where each of this many entries stands. None where that cannot be told: they are written as `suppression = [{…}]`, or a
    longer text holds a line like a header."""
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if _HEADER.match(line)]
    if len(starts) != number:
        return None
    return [Block(start + 1, "\n".join(lines[start:end])) for start, end in pairwise([*starts, len(lines)])]


def _entry(table: Mapping[str, Any], path: Path, block: Block, *, reasons: bool) -> Entry:
    """One entry, checked."""

    def at(key: str | None) -> str:
        line = 1 if key is None else line_of(block.text, (TABLE, 0, key))
        return f"{path}:{block.line + line - 1}"

    given = table_of(_Table, table, at)
    if reasons and not given.reason.strip():
        raise ConfigError(f"{at('reason')}: 'reason' is missing; say why the finding may stand")
    if given.quote is None and given.clipping is None:
        raise ConfigError(f"{at(None)}: neither 'clipping' nor 'quote' is given; to switch a rule off, use 'ignore' in the configuration")
    if given.quote is None and (given.prefix, given.suffix, given.occurrence) != (None, None, None):
        raise ConfigError(f"{at(None)}: 'prefix', 'suffix' and 'occurrence' say which of several equal quotations; 'quote' is missing")
    if given.occurrence is not None and given.occurrence < 1:
        raise ConfigError(f"{at('occurrence')}: occurrence: counts from 1, it is {given.occurrence}")
    if isinstance(given.expires, datetime):
        raise ConfigError(f"{at('expires')}: expires: a date like 2027-01-31 is expected, without a time")
    anchor = Anchor(
        None if given.quote is None else quotation(given.quote),
        None if given.prefix is None else plain(given.prefix)[-AROUND:].lstrip(),
        None if given.suffix is None else plain(given.suffix)[:AROUND].rstrip(),
        given.occurrence,
    )
    return Entry(given.rule, given.clipping, anchor, given.reason, given.author, given.expires, at(None))
