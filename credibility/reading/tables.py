"""Tables: CSV and TSV by pandas, Parquet by pyarrow, both in lots, so that memory does not grow with the file."""

import codecs
import csv
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from gzip import GzipFile
from io import BufferedIOBase, BufferedReader, RawIOBase, StringIO, TextIOBase, TextIOWrapper
from itertools import chain
from typing import Any, BinaryIO

from credibility.document import Document
from credibility.errors import MissingExtraError, ReadError
from credibility.reading.clipping import ReadOptions, demand_text, from_row, unreadable
from credibility.reading.decode import byte_order_mark, guess
from credibility.reading.formats import reads

# Rows of a lot, which are in memory at a time: 64 pages of HTML, of 174 kB on average, are 11 MB. Larger lots are no faster.
ROWS = 64
# Characters after which a lot of CSV ends with the line.
LONGEST_LOT = 16_000_000
# Bytes of one row: five clippings of the longest allowed.
LONGEST_ROW = 250_000_000
_HEAD = 65_536


@reads(".csv")
def read_csv(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Document]:
    """One clipping a row; the separator is the comma, semicolon or tab, whichever the header has most of."""
    return _read_separated(stream, name, options, None)


@reads(".tsv")
def read_tsv(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Document]:
    """One clipping a row, tabs between the fields."""
    return _read_separated(stream, name, options, "\t")


def _read_separated(stream: BinaryIO, name: str, options: ReadOptions, separator: str | None) -> Iterator[Document]:
    """The rows of a table; one that cannot be read is told, the others are read."""
    source = _Metered(stream)
    text = _text_of(source)
    record = _first_record(text).removeprefix("\ufeff")
    if not record.strip():
        raise ReadError("has no header line; the first line must name the columns")
    separator = separator or max(",;\t", key=record.count)
    rows = _rows(record, text, separator, source)
    _, header = next(rows)
    _demand_columns(header, options)
    for number, (line, values) in enumerate(rows, 1):
        place = f"{name}:{number}"
        if any(values[len(header) :]):
            problem = f"has more fields than the {len(header)} of the header; quote the field that holds {separator!r}"
            yield unreadable(place, name, problem, file_line=line)
            continue
        # An empty cell of a table is no text: there is nothing else by which a cell could be missing.
        row = {column: value or None for column, value in zip(header, values, strict=False)}
        yield from_row(row, place, name, options, file_line=line)


def _rows(record: str, text: TextIOWrapper, separator: str, source: "_Metered") -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, from the header on, with the line of the file where it begins."""
    csv.field_size_limit(LONGEST_ROW)  # of the whole process; a lower one would end the file at a long article
    lines = _Kept(chain(StringIO(record, newline=""), text), source)
    line = 1
    for lot in _lots(lines, separator):
        for cells in lot:
            fields = [cell for cell in cells if cell is not None]
            if fields:
                yield line, fields
            line += 1 + sum(field.count("\n") + field.count("\r") - field.count("\r\n") for field in fields)
    lines.kept.seek(0)
    yield from _row_by_row(chain(lines.kept, lines.lines), separator, source, line)


def _lots(lines: "_Kept", separator: str) -> Iterator[Iterator[tuple[str | None, ...]]]:
    """The rows of each lot, None where cells are missing, up to the first lot that pandas refuses; its lines are in `lines.kept`.

    It refuses a lot for one row that is too wide or whose quotation marks do not pair, and does not give the rows before it.
    """
    import pandas as pd

    handle: Any = lines
    with suppress(Exception):  # whoever reads the lines again comes upon the same
        # The engine in C takes a blank line for a row of empty cells.
        for lot in pd.read_csv(handle, sep=separator, header=None, dtype=object, na_filter=False,
                               skip_blank_lines=False, chunksize=ROWS, engine="python"):  # fmt: skip
            lines.kept = StringIO(newline="")
            yield lot.itertuples(index=False, name=None)


def _row_by_row(lines: Iterator[str], separator: str, source: "_Metered", first: int) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with its line; `first` is that of the first. Raises ReadError where one never ends."""
    at_end = False

    def watched() -> Iterator[str]:
        nonlocal at_end
        yield from lines
        at_end = True

    reader = csv.reader(watched(), delimiter=separator)
    while True:
        line, source.spent = first + reader.line_num, 0
        try:
            fields = next(reader, None)
        except csv.Error as error:
            raise ReadError(f"breaks off at line {line}: {error}; save it as CSV with one kind of line ends") from None
        if fields is None:
            return
        if at_end:  # the reader asks for more lines inside quotation marks only
            raise ReadError(f"breaks off at line {line}: the row opens a quotation mark that is never closed; close or double it")
        if fields:
            yield line, fields


class _Kept(TextIOBase):
    """The lines of a table as pandas asks for them, kept until the rows of their lot are there."""

    def __init__(self, lines: Iterator[str], source: "_Metered") -> None:
        self.lines = lines
        self.source = source
        self.kept = StringIO(newline="")

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # as in TextIOBase
        """The next line, whole; none where the lot is long enough: a lot that then ends inside quotation marks is refused."""
        if self.kept.tell() > LONGEST_LOT:
            return ""
        self.source.spent = 0
        line = next(self.lines, "")
        self.kept.write(line)
        return line


def _text_of(source: "_Metered") -> TextIOWrapper:
    """The stream as text: byte order mark, else UTF-8, else the encoding that its first 64 kB look like."""
    lines = BufferedReader(source, _HEAD)
    head = lines.peek(_HEAD)[:_HEAD]
    marked, skip = byte_order_mark(head)
    if not marked:
        demand_text(head.decode("latin-1"))
    lines.read(skip)
    return TextIOWrapper(lines, encoding=marked or _encoding(head), errors="replace", newline="")


def _encoding(head: bytes) -> str:
    """UTF-8 if the first bytes of a file are that, be it cut in the middle of a character; else a guess."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return guess(head)
    return "utf-8"


def _first_record(text: TextIOWrapper) -> str:
    """The header, which may go over several lines in quotation marks."""
    record = text.readline(_HEAD)
    while record.count('"') % 2 and len(record) < _HEAD and (more := text.readline(_HEAD)):
        record += more
    return record


def _at_hand(stream: BinaryIO, size: int) -> bytes:
    """Some of the next bytes, at most `size`: a broken archive then gives all that stands before the break."""
    return stream.read1(size) if isinstance(stream, BufferedIOBase) else stream.read(size)


def _demand_columns(header: Sequence[str], options: ReadOptions) -> None:
    """Raises ReadError for a table without a column of texts, or with two of one name."""
    twice = next((column for column in options.columns if header.count(column) > 1), None)
    if twice:
        raise ReadError(f"has two columns {twice!r}; rename one of them")
    if not {options.text, options.html} & set(header):
        known = ", ".join(repr(column[:40]) for column in header[:12])
        wanted = f"neither a column {options.text!r} nor {options.html!r}"
        raise ReadError(f"has {wanted} (its columns: {known}); name the right one with --text-column or --html-column")


class _Metered(RawIOBase):
    """A stream that refuses to give more for one row than memory should be spent on; whoever reads a row sets `spent` to 0."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.spent = 0
        self.failure: Exception | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes. Raises ReadError beyond the measure, and what failed once whenever it is asked again."""
        if self.failure:
            raise self.failure
        try:
            data = _at_hand(self.stream, len(buffer))
            self.spent += len(data)
            if self.spent > LONGEST_ROW:
                problem = f"has a row of more than {LONGEST_ROW // 1_000_000} MB"
                raise ReadError(f"{problem}; look for a quotation mark that is never closed, or split the table")
        except Exception as error:
            self.failure = error
            raise
        buffer[: len(data)] = data
        return len(data)


@reads(".parquet")
def read_parquet(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Document]:
    """One clipping a row. Raises MissingExtraError without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("reading Parquet", "pyarrow", "parquet") from error

    with tempfile.TemporaryFile() as unpacked:
        source: Any = stream
        if not _seekable(stream):
            shutil.copyfileobj(stream, unpacked)
            unpacked.seek(0)
            source = unpacked
        try:
            table = pq.ParquetFile(source)
            names = table.schema_arrow.names
            _demand_columns(names, options)
            wanted = [column for column in options.columns if column in names]
            number = 0
            for batch in table.iter_batches(batch_size=ROWS, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield from_row(row, f"{name}:{number}", name, options)
        except (pa.ArrowException, OSError) as error:
            raise ReadError(f"is no whole Parquet file: {str(error).rstrip('.')}; write or copy it again") from None


def _seekable(stream: BinaryIO) -> bool:
    """Whether the stream is a plain file: one that unpacks would unpack again from the start for every step back."""
    return stream.seekable() and not isinstance(stream, GzipFile)
