"""Pages and texts of web archives that fastwarc itself has written."""

import gzip
import io
import random
from pathlib import Path

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from credibility.document import Document
from credibility.reading.read import ReadOptions, read_paths

URN = "<urn:uuid:0a0b0c0d-0000-0000-0000-000000000001>"
PAGE = "<meta charset=utf-8><title>T</title><p>été<p>deux"


def _record(
    kind: WarcRecordType,
    content: bytes,
    url: str | None = "https://example.org/a",
    content_type: str = "application/http; msgtype=response",
) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(record_type=kind, record_urn=URN.removeprefix("<urn:").removesuffix(">").encode())
    if url:
        record.headers["WARC-Target-URI"] = url
    record.headers["Content-Type"] = content_type
    record.set_bytes_content(content)
    return record


def _answer(body: bytes, status: str = "200 OK", headers: str = "Content-Type: text/html; charset=windows-1252") -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _write(path: Path, records: list[WarcRecord]) -> Path:
    with path.open("wb") as file:
        for record in records:
            if path.suffix == ".gz":
                with gzip.GzipFile(fileobj=file, mode="wb") as member:
                    record.write(member)
            else:
                record.write(file)
    return path


def _read(path: Path) -> list[Document]:
    return list(read_paths([path]))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_and_converted_texts_are_clippings(tmp_path: Path, name: str) -> None:
    records = [
        _record(WarcRecordType.warcinfo, b"software: x", None, "application/warc-fields"),
        _record(WarcRecordType.request, b"GET / HTTP/1.1\r\n\r\n"),
        _record(WarcRecordType.response, _answer(PAGE.encode("cp1252"))),
        _record(WarcRecordType.response, _answer(b"\x89PNG", headers="Content-Type: image/png")),
        _record(WarcRecordType.response, _answer(b"<p>Not found", "404 Not Found")),
        _record(
            WarcRecordType.response, _answer(gzip.compress(PAGE.encode()), headers="Content-Type: text/html\r\nContent-Encoding: gzip")
        ),
        _record(WarcRecordType.conversion, b"Texte converti\n", "https://example.org/b", "text/plain"),
        _record(WarcRecordType.resource, b"<p>kept", None, "text/html"),
    ]
    path = _write(tmp_path / name, records)
    documents = _read(path)
    assert [(document.id, document.text) for document in documents] == [
        ("https://example.org/a", "été\ndeux"),
        ("https://example.org/a", "été\ndeux"),
        ("https://example.org/b", "Texte converti\n"),
        (URN, "kept"),
    ]
    assert [document.url for document in documents] == ["https://example.org/a"] * 2 + ["https://example.org/b", None]
    assert {document.path for document in documents} == {str(path)}


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_cut_archive_gives_what_is_whole_and_says_that_it_is_cut(tmp_path: Path, name: str) -> None:
    pages = [f"<p>page {number} {random.Random(number).randbytes(3000).hex()}".encode() for number in range(20)]
    path = _write(tmp_path / name, [_record(WarcRecordType.response, _answer(page)) for page in pages])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    *whole, last = _read(path)
    assert [document.text[:7].rstrip() for document in whole] == [f"page {number}" for number in range(len(whole))]
    assert len(whole) >= 8
    assert last.error is not None
    assert "copy" in last.error


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_what_is_no_archive_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"this is no archive")
    (document,) = _read(tmp_path / name)
    assert document.error is not None
    assert "copy" in document.error


def test_an_archive_on_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _write(tmp_path / "a.warc", [_record(WarcRecordType.response, _answer(PAGE.encode("cp1252")))])
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    (document,) = read_paths(["-"], ReadOptions(stdin_format="warc"))
    assert (document.id, document.path, document.text) == ("https://example.org/a", "-", "été\ndeux")


@pytest.mark.parametrize("content", [b"", b"WARC/1.0\r\n"])
def test_an_archive_without_a_page_is_told(tmp_path: Path, content: bytes) -> None:
    """An empty or hardly begun archive is no silent success."""
    path = tmp_path / "empty.warc"
    path.write_bytes(content)
    (document,) = read_paths([path])
    assert document.error and "holds no page" in document.error


@pytest.mark.parametrize(("text", "says"), [(b"\x01\x02 text " * 40, "binary data"), (b"a " * 5_000_001, "million characters")])
def test_a_record_that_is_no_article_is_told_and_the_next_one_read(tmp_path: Path, text: bytes, says: str) -> None:
    """As in any other format: no memory is spent on it."""
    records = [_record(WarcRecordType.conversion, content, content_type="text/plain") for content in (text, b"Le port.")]
    bad, good = _read(_write(tmp_path / "a.wet.warc", records))
    assert bad.error is not None and says in bad.error and good.text == "Le port."
