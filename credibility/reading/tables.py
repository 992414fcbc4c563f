"""Tables: CSV and TSV by pandas, Parquet by pyarrow, both in chunks, so that memory does not grow with the file."""

import codecs
import csv
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from gzip import GzipFile
from io import BufferedIOBase, BufferedReader, RawIOBase, TextIOWrapper
from typing import Any, BinaryIO

from credibility.document import Document
from credibility.errors import MissingExtraError, ReadError
from credibility.reading.clipping import ReadOptions, from_row, unreadable
from credibility.reading.decode import byte_order_mark, guess
from credibility.reading.formats import reads

# Rows that are in memory at a time: 256 articles of 10 kB are 2.5 MB.
ROWS = 256
# Bytes of one lot: five clippings of the longest allowed.
MOST_AT_ONCE = 250_000_000
# Fields beyond the header's that a row may have and still be told by its number; a row with more is told by pandas's warning.
_SPARE = 32
_HEAD = 65_536
_LINE_NUMBER = re.compile(r"Skipping line (\d+)")


@reads(".csv")
def read_csv(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Document]:
    """One clipping a row; the separator is the comma, or the semicolon where the header has only that."""
    return _read_separated(stream, name, options, None)


@reads(".tsv")
def read_tsv(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Document]:
    """One clipping a row, tabs between the fields."""
    return _read_separated(stream, name, options, "\t")


def _read_separated(stream: BinaryIO, name: str, options: ReadOptions, separator: str | None) -> Iterator[Document]:
    """The rows of a table; one with more fields than the header has is told, the others are read."""
    source = _Metered(stream)
    text = _text_of(source)
    record = _first_record(text)
    if not record.strip():
        raise ReadError("has no header line; the first line must name the columns")
    separator = separator or (";" if record.count(";") > record.count(",") else ",")
    header = next(csv.reader([record], delimiter=separator))
    _demand_columns(header, options)
    number = 0
    following = record.count("\n") + 1
    for rows, complaints in _chunks(text, separator, len(header) + _SPARE, source):
        for values in rows:
            number += 1
            place = f"{name}:{number}"
            # Blank lines and rows that pandas leaves out are not counted: after them the line is a little too low.
            line, following = following, following + 1 + sum(value.count("\n") for value in values if isinstance(value, str))
            if any(values[len(header) :]):
                problem = f"has more fields than the {len(header)} of the header; quote the field that holds {separator!r}"
                yield unreadable(place, name, problem, file_line=line)
                continue
            try:
                # An empty cell of a table is no text: there is nothing else by which a cell could be missing.
                row = {column: value or None for column, value in zip(header, values, strict=False)}
                yield from_row(row, place, name, options, file_line=line)
            except ReadError as error:
                yield unreadable(place, name, error, file_line=line)
        for complaint in complaints:
            line = complaint + record.count("\n")
            problem = f"has more fields than the {len(header)} of the header; quote its text"
            yield unreadable(f"{name}:line {line}", name, problem, file_line=line)


def _chunks(text: TextIOWrapper, separator: str, width: int, source: "_Metered") -> Iterator[tuple[Iterator[tuple[str, ...]], list[int]]]:
    """The rows of the table, 256 at a time, as strings; with each lot the lines, from the header on, of too wide rows."""
    import pandas as pd

    try:
        lots = pd.read_csv(
            text, sep=separator, names=list(range(width)), header=None, dtype=object, na_filter=False, on_bad_lines="warn", chunksize=ROWS
        )  # fmt: skip
    except pd.errors.EmptyDataError:
        return
    while True:
        source.spent = 0
        try:
            # Not around the whole loop: what the reader of our rows warns of is not ours to catch.
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always", pd.errors.ParserWarning)
                lot = next(lots)
        except StopIteration:
            return
        except pd.errors.ParserError as error:
            raise source.failure or ReadError(f"breaks off: {error}; look for a quotation mark that is never closed") from None
        complaints = [int(number) for warning in caught for number in _LINE_NUMBER.findall(str(warning.message))]
        yield lot.itertuples(index=False, name=None), complaints


def _text_of(source: "_Metered") -> TextIOWrapper:
    """The stream as text: byte order mark, else UTF-8, else the encoding that its first 64 kB look like."""
    lines = BufferedReader(source, _HEAD)
    head = lines.peek(_HEAD)[:_HEAD]
    marked, skip = byte_order_mark(head)
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
    """Raises ReadError for a table without a column of texts."""
    if not {options.text, options.html} & set(header):
        known = ", ".join(repr(column[:40]) for column in header[:12])
        wanted = f"neither a column {options.text!r} nor {options.html!r}"
        raise ReadError(f"has {wanted} (its columns: {known}); name the right one with --text-column or --html-column")


class _Metered(RawIOBase):
    """A stream that refuses to give more for one lot of rows than memory should be spent on."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.spent = 0
        self.failure: Exception | None = None

    def readable(self) -> bool:
        """Always: pandas asks."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes. Keeps what went wrong, for pandas tells it as an error of its own."""
        try:
            data = _at_hand(self.stream, len(buffer))
            self.spent += len(data)
            if self.spent > MOST_AT_ONCE:
                raise ReadError(
                    f"has a row, or {ROWS} rows together, of more than {MOST_AT_ONCE // 1_000_000} MB; look for a quotation mark "
                    "that is never closed, or split the table"
                )
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
                    place = f"{name}:{number}"
                    try:
                        yield from_row(row, place, name, options)
                    except ReadError as error:
                        yield unreadable(place, name, error)
        except (pa.ArrowException, OSError) as error:
            raise ReadError(f"is no whole Parquet file: {error}; write or copy it again") from None


def _seekable(stream: BinaryIO) -> bool:
    """Whether the stream is a plain file: one that unpacks would unpack again from the start for every step back."""
    return stream.seekable() and not isinstance(stream, GzipFile)
