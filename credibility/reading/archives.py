"""Web archives: the pages of WARC files and the texts of WET files, by fastwarc."""

from collections.abc import Iterator
from io import BufferedIOBase, RawIOBase
from typing import Any, BinaryIO

from credibility.document import Document
from credibility.errors import MissingExtraError, ReadError
from credibility.reading.clipping import LONGEST, ReadOptions, demand_length, demand_text, from_html, from_text, too_long, unreadable
from credibility.reading.decode import decode_unmarked
from credibility.reading.formats import reads

_PAGES = ("text/html", "application/xhtml+xml")


@reads(".warc")
def read_warc(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Document]:
    """One clipping for each page that was answered with success, and for each record that was converted to text.

    Pictures, redirects, error pages and the records of the crawler are no clippings and are passed over. The id is the
    record's address, else its WARC-Record-ID. Raises MissingExtraError without fastwarc.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingExtraError("reading WARC", "fastwarc", "warc") from error

    kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    number = 0
    try:
        for record in ArchiveIterator(_AtHand(stream), record_types=kinds, parse_http=False):
            number += 1
            url = record.headers.get("WARC-Target-URI")
            place = f"{name}:{number}"
            identity = url or record.headers.get("WARC-Record-ID") or place
            try:
                yield from _record(record, identity, name, url, options)
            except ReadError as error:
                yield unreadable(place, name, error, id=identity)
    except OSError as error:
        raise ReadError(f"breaks off after record {number}: {error}; copy the archive again") from None
    if not number:
        raise ReadError("holds no page and no converted text; check that it is a whole web archive")


def _record(record: Any, identity: str, path: str, url: str | None, options: ReadOptions) -> Iterator[Document]:
    """The clipping of one record, if it holds one."""
    charset = None
    kind = (record.headers.get("Content-Type") or "").lower()
    if record.is_http:
        try:
            record.parse_http(auto_decode="all")
        except (OSError, ValueError) as error:
            raise ReadError(f"has HTTP headers that cannot be read: {error}; fetch the page again") from None
        if not 200 <= (record.http_headers.status_code or 0) < 300:
            return
        kind, charset = (record.http_content_type or "").lower(), record.http_charset
    if kind.startswith(_PAGES):
        yield from_html(_body(record), id=identity, path=path, url=url, charset=charset, parser=options.parser)
    elif kind.startswith("text/plain"):
        text = decode_unmarked(_body(record))
        demand_text(text)
        demand_length(text)
        yield from_text(text, id=identity, path=path, url=url)


def _body(record: Any) -> bytes:
    """What the record holds, unpacked."""
    data: bytes = record.reader.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise too_long()
    sent = record.http_headers if record.is_http else {}
    unpacked = any(sent.get(name) for name in ("Content-Encoding", "Transfer-Encoding"))
    if not unpacked and len(data) < record.content_length:
        raise ReadError(f"is cut off after {len(data)} of {record.content_length} bytes; copy the archive again")
    return data


class _AtHand(RawIOBase):
    """A stream that gives what it has at hand: a broken archive then gives all that stands before the break."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read = stream.read1 if isinstance(stream, BufferedIOBase) else stream.read
        self._position = 0

    def tell(self) -> int:
        """Bytes given so far: fastwarc asks at once, also of streams that cannot go back."""
        return self._position

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Some of the next bytes; 0 at the end only."""
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)
