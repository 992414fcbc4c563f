"""Where a finding stands in the file, for the formats that CI systems read: they show it there, so the place must exist."""

import os
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from credibility.document import Document
from credibility.report import Report

STANDARD_INPUT = "stdin"
# Files that are the analysed text itself, so that its lines are the file's.
_PLAIN = (".txt", ".md")
_PAGES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Position:
    """Lines and columns of the file, from 1, in code points; the end is the first character that is no more part of it.

    `exact`: the file is the analysed text. Else only `line` says something: the line where the clipping's row begins, or that of
    the page's markup where the paragraph does; and `words` says in which line of the text it is ('' where the position is exact).
    """

    line: int
    column: int
    end_line: int
    end_column: int
    exact: bool
    words: str


def position(document: Document, row: dict[str, Any]) -> Position:
    """Where a finding stands. row: the finding's JSON object."""
    line, column, words = row["line"], row["column"], row["quote"]
    if document.path is not None and document.file_line is None and document.path.lower().endswith(_PLAIN):
        breaks = words.count("\n")
        end = len(words) - words.rfind("\n") if breaks else column + len(words)
        return Position(line, column, line + breaks, end, True, "")
    is_page = document.path is not None and document.path.lower().endswith(_PAGES)
    here = document.file_line or (_line_of_markup(document, row["start"]) if is_page else 1)
    inside = f"line {line}, column {column} of " + ("its text" if document.file_line else "the text that the page shows")
    which = f"clipping {document.id}, {inside}" if document.id != document.path else inside
    return Position(here, 1, here, 1, False, which)


def _line_of_markup(document: Document, start: int) -> int:
    """The line of the page's markup where the block that holds a place of the text begins; 1 where none is known."""
    number = bisect_right(document.blocks, start, key=lambda block: block.span.start) - 1
    return max(1, document.blocks[number].line) if number >= 0 else 1


def rows(report: Report) -> list[dict[str, Any]]:
    """The findings' JSON objects."""
    found: list[dict[str, Any]] = report.to_dict()["findings"]
    return found


def shown_path(document: Document) -> str:
    """The clipping's file, relative to the working directory where it lies below that, with forward slashes."""
    if document.path is None or document.path == "-":
        return STANDARD_INPUT
    path = os.path.normpath(document.path)
    if os.path.isabs(path) and PurePath(path).is_relative_to(Path.cwd()):  # noqa: PTH117  (of a string that need not be a path)
        path = str(PurePath(path).relative_to(Path.cwd()))
    return path.replace(os.sep, "/")


def uri(path: str) -> str:
    """A shown path as a URI reference: percent-encoded, with a scheme where it is absolute.

    >>> uri("a b/c%.txt"), uri("/x:y.txt"), uri("\\udcff")
    ('a%20b/c%25.txt', 'file:///x%3Ay.txt', '%FF')
    """
    try:
        name = path.encode("utf-8", "surrogateescape")  # a name that is no UTF-8, byte for byte
    except UnicodeEncodeError:
        name = path.encode("utf-8", "surrogatepass")
    encoded = quote(name, safe="/")
    return "file://" + encoded if path.startswith("/") else encoded
