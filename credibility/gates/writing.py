"""New entries for the suppressions file and the baseline. What stands in a file already stays, comments and all."""

import json
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from credibility.errors import ConfigError, UsageError
from credibility.gates.anchors import LONGEST, anchors, quotation, whole_characters
from credibility.gates.entries import TABLE, Entry, blocks_of, clipping_name
from credibility.report import Report
from credibility.settings.toml_files import read_toml
from credibility.visible import HIDDEN

_SUPPRESSIONS_HEAD = "# Findings that were looked at and may stand. See docs/suppressions.md of credibility.\n"
_BASELINE_HEAD = "# What stood in this collection when checks began. Written by credibility check --write-baseline.\n"
_ESCAPED = re.compile(r"[\x00-\x1f\x7f]|" + HIDDEN.pattern)


def entries_for(
    report: Report, numbers: Iterable[int], folder: Path, *, reason: str = "", author: str = "", expires: date | None = None
) -> list[Entry]:
    """Entries for these findings of a report, to stand in a file of that folder. Each fits its own finding and no other."""
    name = clipping_name(report.document, folder)
    made = anchors(report.document.text, report.findings)
    entries = []
    for number in numbers:
        finding = report.findings[number]
        shown = made[number]._replace(quote=_readable(finding.quote))
        entries.append(Entry(finding.rule, name, shown, reason, author, expires))
    return entries


def _readable(quote: str) -> str:
    """A quotation as it stands in the clipping, where it is short enough and folds to the same, else folded."""
    line = " ".join(whole_characters(quote).split()) if len(quote) <= 2 * LONGEST else ""
    folded = quotation(quote)
    return line if line and len(line) <= LONGEST and quotation(line) == folded else folded


def toml_text(value: str) -> str:
    """A text as TOML; what cannot be seen is escaped, and a lone surrogate, which no file can hold, replaced.

    >>> print(toml_text('a "b"\u202e'))
    "a \\"b\\"\\u202E"
    """
    quoted = json.dumps(whole_characters(value), ensure_ascii=False)
    return _ESCAPED.sub(lambda hit: f"\\u{ord(hit.group()):04X}" if ord(hit.group()) < 0x10000 else f"\\U{ord(hit.group()):08X}", quoted)


def entry_text(entry: Entry) -> str:
    """The table of an entry, with the lines that it needs."""
    anchor = entry.anchor
    texts = (
        ("rule", entry.rule),
        ("clipping", entry.clipping),
        ("quote", anchor.quote),
        ("prefix", anchor.prefix),
        ("suffix", anchor.suffix),
    )
    lines = [f"[[{TABLE}]]", *(f"{key} = {toml_text(value)}" for key, value in texts if value is not None)]
    if anchor.occurrence is not None:
        lines.append(f"occurrence = {anchor.occurrence}")
    lines += [f"{key} = {toml_text(value)}" for key, value in (("reason", entry.reason), ("author", entry.author)) if value]
    if entry.expires:
        lines.append(f"expires = {entry.expires.isoformat()}")
    return "\n".join(lines) + "\n"


def write_baseline(path: Path, entries: Iterable[Entry]) -> None:
    """A baseline with these entries, in place of one that stood there."""
    _put(path, _BASELINE_HEAD + "".join("\n" + entry_text(entry) for entry in entries))


def add_entries(path: Path, entries: Sequence[Entry]) -> None:
    """Add entries at the end of a suppressions file, or make one."""
    before = _read(path) if path.exists() else _SUPPRESSIONS_HEAD
    after = before + ("" if before.endswith("\n") else "\n") + "".join("\n" + entry_text(entry) for entry in entries)
    _put(path, after)


def remove_entries(path: Path, numbers: Iterable[int]) -> None:
    """Take out the entries with these numbers, each with the comment that stands right above it.

    Raises ConfigError where the file is written in a way that does not tell where an entry begins.
    """
    gone = set(numbers)
    text = _read(path)
    given = read_toml(path)[1].get(TABLE, [])
    blocks = blocks_of(text, len(given))
    if blocks is None:
        raise ConfigError(f"{path}: it cannot be told which lines belong to which entry; take the entries out by hand")
    lines = text.split("\n")
    starts = [block.line - 1 for block in blocks] + [len(lines)]
    cut = [_comment_above(lines, start) if start < len(lines) else start for start in starts]
    kept = lines[: cut[0]]
    for number in range(len(given)):
        block = lines[cut[number] : cut[number + 1]]
        if number not in gone:
            kept += block
        elif kept and kept[-1].strip() and not block[-1].strip():
            kept.append("")  # what stood apart from this entry stays apart from the one before
    left = "\n".join(kept).rstrip("\n") + "\n"
    _put(path, left, [table for number, table in enumerate(given) if number not in gone])


def _comment_above(lines: Sequence[str], start: int) -> int:
    """Where the comment begins that stands right above a line; that line itself without one, or where the file begins with it."""
    first = start
    while first > 0 and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return start if first == 0 else first


def _read(path: Path) -> str:
    """The text of a file that must be TOML already, with its line ends as they are."""
    read_toml(path)
    return path.read_bytes().decode("utf-8-sig")


def _put(path: Path, text: str, wanted: object = None) -> None:
    """Write a file as a whole or not at all. wanted: the entries that it must hold then."""
    import tomli

    try:
        held = tomli.loads(text).get(TABLE, [])
    except tomli.TOMLDecodeError as error:
        raise ConfigError(f"{path}: cannot be changed here ({error}); write its entries as [[{TABLE}]] tables") from error
    if wanted is not None and held != wanted:
        raise ConfigError(f"{path}: taking entries out would change others; take them out by hand")
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".new")
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; check the folder") from error


def _umask() -> int:
    """The permissions that new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
