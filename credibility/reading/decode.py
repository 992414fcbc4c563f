"""Bytes of a page or file into text, as a browser decodes them.

The order is that of the WHATWG Encoding and HTML standards: byte order mark, then what the transport said (the charset of
an HTTP header), then what the page declares, then UTF-8 if it is UTF-8, then a guess. Labels mean what they mean in
browsers: 'iso-8859-1' is windows-1252, 'gb2312' is gb18030.
"""

import codecs
import re
from functools import cache

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
    if wide := _utf_16(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(guess(data), "replace")


def _utf_16(data: bytes) -> str | None:
    """UTF-16 without its mark, known by the zero byte of every other place in Western text; None for anything else."""
    head = data[: _SAMPLE // 2 * 2]
    even, odd, half = head[::2].count(0), head[1::2].count(0), len(head) // 2
    if half < 8:
        return None
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.05 * half else None


def guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are not wholly UTF-8, from their first 20 kB.

    Every candidate reads them; the letters that its languages use much speak for it, what stands nowhere in running text
    (letters of two alphabets in one word, small before capital, controls) against it. Windows-1252 wins a draw, as in browsers.
    """
    sample = data[:_SAMPLE]
    text = sample.decode("utf-8", "replace")
    if 2 * text.count("\ufffd") <= sum(char > "\x7f" for char in text):
        return "utf-8"  # slips or a cut in a text that is UTF-8 by and large; in other encodings whole characters of it are rare
    best, best_score = "cp1252", _fit(sample, "cp1252", _expected()["cp1252"])
    for name, expected in _expected().items():
        if (score := _fit(sample, name, expected)) > best_score + 0.02:
            best, best_score = name, score
    return best


def _fit(sample: bytes, name: str, expected: re.Pattern[str]) -> float:
    """How well an encoding explains the bytes beyond ASCII: at most 1, letters expected less those that cannot be."""
    text = sample.decode(name, "replace")
    foreign = sum(char > "\x7f" for char in text)
    wrong = len(_NEVER.findall(text)) + (0 if name in _LATIN else len(_MIXED.findall(text)))
    return (len(expected.findall(text)) - 2 * wrong) / max(1, foreign)


_SAMPLE = 20_000
_MARKS = "«»’‘“”„–—…€°§·№"
_LATIN = frozenset(("cp1252", "cp1250", "cp1254"))
_CYRILLIC = f"[а-яёіїєґ]|\\b[А-ЯЁІЇЄҐ](?=[а-яёіїєґ])|[{_MARKS}]"
# The 3,755 hanzi of daily use; the rare ones come of reading another encoding as this one.
_HANZI = bytes(byte for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for byte in (lead, trail)).decode("gb18030")


@cache
def _expected() -> dict[str, re.Pattern[str]]:
    """For every candidate the letters of running text; of capitals those that begin a word."""
    patterns = {
        "cp1252": f"[éèàçùêâîôûëïœüöäßñáíóúãõæøå]|\\b[ÉÀÊÇÈÎÔÄÖÜÅØÁÓÍÚ]|[{_MARKS}]",
        "cp1250": f"[ąćęłńóśźżčďěňřšťůžýáéíúőűăîşţđôäöü]|\\b[ŁŚŻŹĆČŘŠŽĎŤÁÉÍÓÖŐÚÜŰÎŞŢĐ]|[{_MARKS}]",
        "cp1254": f"[şğıçöüâ]|\\b[İŞÇÖÜ]|[{_MARKS}]",
        # Before Cyrillic, whose small letters stand on the same bytes: Russian has others too (ы ь э ю я), Hebrew wins the draw.
        "cp1255": f"[א-ת\u05b0-\u05bd]|[{_MARKS}]",
        "cp1251": _CYRILLIC,
        "koi8_r": _CYRILLIC,
        "iso8859_5": _CYRILLIC,
        "cp1253": f"[α-ωάέήίόύώϊϋ]|\\b[Α-ΩΆΈΉΊΌΎΏ]|[{_MARKS}]",
        "cp1256": f"[ء-ي\u064b-\u0652،؛؟پچگ]|[{_MARKS}]",
        "iso8859_6": f"[ء-ي\u064b-\u0652،؛؟]|[{_MARKS}]",
        "cp949": "[가-힣·“”‘’]",  # before Japanese: a text of kanji alone is none
        "cp932": "[ぁ-ゖァ-ヺー一-龥、。「」・（）]",
        "euc_jp": "[ぁ-ゖァ-ヺー一-龥、。「」・（）]",
        "gb18030": f"[{_HANZI}，。、“”：；（）《》]",
        "big5hkscs": "[一-龥，。、「」：；（）]",
    }
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


# Rare hanzi and hangul come of reading one East Asian encoding as another, halves of characters of reading any as one; a Hebrew
# point on no letter is the capital of a Cyrillic word.
_NEVER = re.compile("[\ufffd\x80-\x9f\ue000-\uf8ff｡-ﾟ]|(?<=[a-zà-öø-ÿа-яα-ω])[À-ÖØ-ÞА-ЯΑ-Ω]|(?<![א-ת\u05b0-\u05bd])[\u05b0-\u05bd]")
_MIXED = re.compile("[A-Za-z][^\x00-\xbf«»]|[^\x00-\xbf«»’‘“”–—…€№][A-Za-z]")
