"""One clipping → one Document: a text as it is, a page as it shows, a row of a table, or the reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from credibility.document import Document
from credibility.errors import ReadError
from credibility.reading.decode import byte_order_mark, decode_page, decode_unmarked

if TYPE_CHECKING:
    from credibility.reading.page_text import PageText

# Bytes of the largest file or row that is read: pages may carry their pictures. What is larger is a dump, a bomb or a mistake.
LONGEST = 50_000_000
# Characters of the longest text that is checked: ten books. It takes 2 GB and half a minute; with more a small machine loses the run.
LONGEST_TEXT = 10_000_000

# C0 controls that no text needs. Packed data has them in one byte of ten, office files and images in more.
CONTROLS = "".join(map(chr, range(0x20))).translate(dict.fromkeys(map(ord, "\t\n\v\f\r\x1b")))

_STDIN_FORMATS = ("jsonl", "text", "html", "csv", "tsv", "parquet", "warc")
# Texts that a page of this many characters or fewer shows while it hides several times as much wait for a script.
_BARE_PAGE = 200


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How input is read: the columns that hold a row's parts, and what standard input is ('jsonl', 'text', 'html', 'csv', 'tsv' …)."""

    id: str = "id"
    text: str = "text"
    html: str = "html"
    url: str = "url"
    source: str = "source"
    title: str = "title"
    published: str = "published"
    language: str = "language"
    stdin_format: str = "jsonl"
    parser: str | None = None

    def __post_init__(self) -> None:
        if self.stdin_format not in _STDIN_FORMATS:
            raise ValueError(f"stdin_format is {self.stdin_format!r}; known are: {', '.join(_STDIN_FORMATS)}")

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns that are looked at."""
        return (self.id, self.text, self.html, self.url, self.source, self.title, self.published, self.language)


def from_text(
    text: str,
    *,
    id: str = "",  # noqa: A002  (the field's name)
    path: str | None = None,
    url: str | None = None,
    source: str | None = None,
    title: str | None = None,
    published: str | None = None,
    language: str | None = None,
) -> Document:
    """The document of a plain text, which is kept as it is to the last character."""
    code = None
    if language:
        from credibility.reading.page_metadata import language_code

        code = language_code(language)
    return Document(id=id, text=text, path=path, url=url, source=source, title=title, published=published, language=code)


def from_html(
    markup: str | bytes,
    *,
    id: str = "",  # noqa: A002  (the field's name)
    path: str | None = None,
    url: str | None = None,
    source: str | None = None,
    title: str | None = None,
    published: str | None = None,
    language: str | None = None,
    charset: str | None = None,
    parser: str | None = None,
    lines: bool = False,
) -> Document:
    """The document of an HTML page; what is given here goes before what the page declares.

    charset: what the transport said of bytes (HTTP header). parser: 'lexbor' or 'lxml', else the faster one installed.
    lines: blocks know the line of the markup where they begin, for a page that is a file. Raises ReadError for bytes that are no
    text, and for a page beyond all measure.
    """
    from credibility.reading.page_metadata import language_code, page_metadata

    page = markup if isinstance(markup, str) else decode_page(markup, charset)
    if page is not markup:
        demand_text(page)
    shown = _shown(page, parser, lines)
    demand_length(shown.text)
    heading = next((shown.text[slice(*block.span)] for block in shown.blocks if block.tag == "h1"), None)
    declared = page_metadata(shown.facts, heading)
    return Document(
        id=id,
        text=shown.text,
        path=path,
        url=url or declared.url,
        source=source or declared.source,
        title=title or declared.title,
        byline=declared.byline,
        published=published or declared.published,
        language=language_code(language) or declared.language,
        blocks=shown.blocks,
        dates=declared.dates,
        hidden=shown.hidden,
        translated_by=declared.translated_by,
    )


def _shown(page: str, parser: str | None, lines: bool) -> "PageText":
    """What the page shows; what it would show once its script has run, if without it next to nothing is."""
    from credibility.reading.page_text import page_text  # a plain text needs none of what reads pages: 20 ms

    shown = page_text(page, parser, lines=lines)
    if len(shown.text) <= _BARE_PAGE and sum(map(len, shown.hidden)) > 4 * len(shown.text):
        return page_text(page, parser, reveal=True, lines=lines)
    return shown


def from_text_bytes(data: bytes, place: str, **given: str | None) -> Document:
    """The document of a text file. Raises ReadError for what is no text."""
    marked, skip = byte_order_mark(data)
    text = data[skip:].decode(marked, "replace") if marked else decode_unmarked(data)
    if not marked:
        demand_text(text)
    demand_length(text)
    return from_text(text, id=place, path=place, **given)


def demand_text(text: str) -> None:
    """Raises ReadError for what is no text: controls stand in a text by a slip, in images, archives and PDF files by the hundred."""
    data = text.encode("utf-8", "replace")
    if len(data) - len(data.translate(None, CONTROLS.encode())) > max(8, len(text) // 200):
        raise ReadError("is no text but binary data; save it as text in UTF-8, or as HTML")


def from_row(row: Mapping[str, Any], place: str, path: str | None, options: ReadOptions, *, file_line: int | None = None) -> Document:
    """The document of a row; one that cannot be read says why, and keeps what the row says of where it came from.

    place: what errors call the row, and its id where it has none of its own. file_line: the line of the file where the row begins.
    """
    given: dict[str, Any] = {
        "id": _identity(row.get(options.id)) or place,
        "path": path,
        "url": _string(row.get(options.url)),
        "source": _string(row.get(options.source)),
        "title": _string(row.get(options.title)),
        "published": _string(row.get(options.published)),
    }
    try:
        document = _document_of(row, given | {"language": _string(row.get(options.language))}, options)
    except ReadError as error:
        document = replace(unreadable(place, path, error), **given)
    return document if file_line is None else replace(document, file_line=file_line)


def _document_of(row: Mapping[str, Any], given: dict[str, Any], options: ReadOptions) -> Document:
    """The document of a row, wherever the row stands. given: all of it but the text. Raises ReadError for a row without text."""
    text, html = row.get(options.text), row.get(options.html)
    for name, value in ((options.text, text), (options.html, html)):
        if value is not None and not isinstance(value, str):
            raise ReadError(f"its {name!r} is {repr(value)[:40]}, not a string; convert it")
        if value and len(value) > LONGEST:
            raise too_long()
    if text:
        demand_length(text)
        return from_text(text, **given)
    if html:
        return from_html(html, parser=options.parser, **given)
    if text is None:
        if str(row.get("schema")).startswith("credibility.report/"):
            raise ReadError("is a report and no clipping; leave the file out, for example with --exclude")
        known = ", ".join(repr(str(name)[:40]) for name in list(row)[:12]) or "none"
        wanted = f"has no text in {options.text!r} or {options.html!r}"
        raise ReadError(f"{wanted} (its columns: {known}); fill it in, or name the right column with --text-column or --html-column")
    return from_text(text, **given)


def unreadable(
    place: str,
    path: str | None,
    error: Exception | str,
    *,
    id: str | None = None,  # noqa: A002  (the field's name)
    file_line: int | None = None,
) -> Document:
    """The document that stands for a clipping that cannot be read. place: file, or file and row."""
    reason = " ".join(str(error).split())
    return Document(id=id or place, text="", path=path, file_line=file_line, error=f"{place}: {reason}")


def demand_length(text: str) -> None:
    """Raises ReadError for a text that would take more memory to check than most machines have."""
    if len(text) > LONGEST_TEXT:
        raise too_long(f"{LONGEST_TEXT // 1_000_000} million characters")


def too_long(most: str = f"{LONGEST // 1_000_000} MB") -> ReadError:
    """The error for a clipping that no memory should be spent on."""
    return ReadError(f"is longer than {most}; split it into clippings, for example a JSON Lines file with one a line")


def _identity(value: object) -> str | None:
    """An id as a string: numbers too, but nothing else."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value:
        return str(value)
    return _string(value)


def _string(value: object) -> str | None:
    """A string that says something, or a date of a table as ISO 8601; None for any other value."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) and value.strip() else None
