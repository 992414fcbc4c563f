"""Formats of single clippings and of JSON Lines, and the table of formats that every other reader enters itself in."""

import json
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeAlias

from credibility.document import Document
from credibility.errors import ReadError
from credibility.reading.clipping import LONGEST, ReadOptions, from_html, from_row, from_text_bytes, too_long, unreadable

# Reads an unpacked stream; the string is the name that the documents are to carry.
Reader: TypeAlias = Callable[[BinaryIO, str, ReadOptions], Iterator[Document]]

READERS: dict[str, Reader] = {}


def reads(*endings: str) -> Callable[[Reader], Reader]:
    """Enters a reader for files whose names end so (lower case, with the dot; '.gz' after it is understood)."""

    def enter(reader: Reader) -> Reader:
        READERS.update(dict.fromkeys(endings, reader))
        return reader

    return enter


@reads(".txt", ".md")
def read_text(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Document]:
    """One text: the file without its byte order mark, otherwise as it is."""
    yield from_text_bytes(_whole(stream), name)


@reads(".html", ".htm")
def read_html(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Document]:
    """One page."""
    yield from_html(_whole(stream), id=name, path=name, parser=options.parser, lines=True)


@reads(".jsonl", ".ndjson")
def read_json_lines(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Document]:
    """One clipping for each line that is not blank; lines end at \\n alone, for a string may hold any other."""
    number = 0
    while line := stream.readline(LONGEST + 1):
        number += 1
        place = f"{name}:{number}"
        if len(line) > LONGEST:
            _skip_line(stream, line)
            yield unreadable(place, name, too_long(), file_line=number)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
            if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise ReadError("is UTF-16; save it as UTF-8, for JSON Lines are UTF-8")
            if line.startswith(b"\x1f\x8b"):
                raise ReadError("is packed by gzip; unpack it, or give it a name that ends in .gz")
        if line.isspace() or not line:
            continue
        try:
            row = _object(line)
        except ReadError as error:
            yield unreadable(place, name, error, file_line=number)
        else:
            yield from_row(row, place, name, options, file_line=number)


def _object(line: bytes) -> dict[str, object]:
    """The JSON object of a line."""
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ReadError(f"is not UTF-8 (byte {error.start + 1} of the line); save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise ReadError(f"is no JSON: {error.msg} at column {error.pos + 1}; each line must be one JSON object") from None
    except (ValueError, RecursionError) as error:
        raise ReadError(f"is JSON that cannot be read: {str(error)[:100]}; give plain strings") from None
    if not isinstance(row, dict):
        kind = {list: "array", str: "string", bool: "truth value"}.get(type(row), "null" if row is None else "number")
        raise ReadError(f"is a JSON {kind}; each line must be one JSON object with 'text' or 'html'")
    return row


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    """Read on to the end of a line without keeping it."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)


def _whole(stream: BinaryIO) -> bytes:
    """All of a stream that holds one clipping."""
    data = stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise too_long()
    return data
