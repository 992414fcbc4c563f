"""Bytes of a page or file into text, as a browser decodes them.

The order is that of the WHATWG Encoding and HTML standards: byte order mark, then what the transport said (the charset of
an HTTP header), then what the page declares, then UTF-8 if it is UTF-8, then a guess. Labels mean what they mean in
browsers: 'iso-8859-1' is windows-1252, 'gb2312' is gb18030.
"""

import codecs
import re

# https://encoding.spec.whatwg.org/#names-and-labels where it differs from Python's aliases.
_LABELS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "latin5": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "x-user-defined": "cp1252",
    "unicode": "utf-8",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Browsers look for the declaration in the first 1,024 bytes; a late one makes them read the page again, so we look further.
_PRESCAN = 16_384
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_DECLARED = re.compile(rb"""<(?:meta\b[^<>]{0,400}?charset|\?xml\b[^<>]{0,400}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)


def codec(label: str | None) -> str | None:
    """Python's name of the encoding that browsers understand by `label`; None for an unknown one.

    >>> codec("ISO-8859-1"), codec("windows-1256"), codec("no-such")
    ('cp1252', 'cp1256', None)
    """
    name = (label or "").strip(" \t\n\r\f\"'").lower()
    try:
        info = codecs.lookup(_LABELS.get(name, name)) if name.isascii() else None
    except (LookupError, ValueError):
        return None
    # Python knows codecs that are no text encodings: rot13, hex, idna, unicode_escape.
    return info.name if info and getattr(info, "_is_text_encoding", True) and info.name not in _NOT_FOR_TEXT else None


_NOT_FOR_TEXT = {"idna", "punycode", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape", "unicode-escape", "undefined", "utf-7"}


def byte_order_mark(data: bytes) -> tuple[str | None, int]:
    """Encoding that a byte order mark at the start tells and the mark's length; (None, 0) without one."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, len(mark)
    return None, 0


def decode_page(data: bytes, header: str | None = None) -> str:
    """The text of an HTML page; bytes that its encoding does not have become U+FFFD, as in a browser.

    header: the charset that came with the page (HTTP), if any.
    """
    marked, skip = byte_order_mark(data)
    if marked:
        return data[skip:].decode(marked, "replace")
    encoding = codec(header) or _declared(data)
    return data.decode(encoding, "replace") if encoding else decode_unmarked(data)


def _declared(data: bytes) -> str | None:
    """Encoding that the page declares in a meta element or XML declaration."""
    head = data[:_PRESCAN]
    hit = _DECLARED.search(_COMMENT.sub(b"", head) if b"<!--" in head else head)
    name = codec(hit[1].decode("ascii", "replace")) if hit else None
    # Whoever could read the declaration as ASCII does not read UTF-16.
    return "utf-8" if name and name.startswith(("utf-16", "utf-32")) else name


def decode_unmarked(data: bytes) -> str:
    """Text of bytes that say nothing of their encoding: UTF-8 if it is, else the likeliest of the old ones."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(guess(data), "replace")


def guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are not wholly UTF-8."""
    from bs4.dammit import UnicodeDammit

    name = codec(UnicodeDammit(data[:20_000], is_html=True).original_encoding)
    return name or "cp1252"
