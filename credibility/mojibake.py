"""Text whose bytes were read in the wrong character set, told by reading them again.

UTF-8 read as a one-byte set leaves a lead character («Ã», «Ð», «Р») with one to three continuation characters. Each run of
such sequences is turned back into bytes and decoded: what comes out must be valid and likelier than what stands there, since
«É…», «é »» or «РІ» are ordinary too. Words that are nothing but accented capitals and symbols are Arabic or Cyrillic read as
Western European, if decoding them gives only letters of those scripts.

The reverse tables are made from Python's codecs; bytes that a set leaves empty stand for themselves, as browsers do it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from credibility.characters import holds
from credibility.document import Span

CHARSETS = {
    "windows-1252": "cp1252",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1256": "cp1256",
    "mac-roman": "mac_roman",
}
# Signs that do not stand there by accident once decoded: quotation marks, dashes, currency, ™, arrows, dingbats, ligatures, emoji.
_SIGNS = re.compile("[\u2010-\u203f\u20a0-\u20bf\u2122\u2190-\u21ff\u2212\u2260-\u2265\u2500-\u27bf\ufb00-\ufb06\U0001f000-\U0001faff]")
_LATIN = re.compile("[\u00a1-\u024f\u1e00-\u1eff]+")
_PUNCTUATION = frozenset("\u00a0 «»‹›“”„’‘‚…–—™")  # what follows a capital in ordinary text
_SCRIPTS = (
    "CYRILLIC",
    "ARABIC",
    "HEBREW",
    "GREEK",
    "DEVANAGARI",
    "BENGALI",
    "TAMIL",
    "TELUGU",
    "THAI",
    "HANGUL",
    "CJK",
    "HIRAGANA",
    "KATAKANA",
)
_GEORGIAN = ("GEORGIAN", "ARMENIAN", "GUJARATI", "GURMUKHI", "KANNADA", "MALAYALAM", "SINHALA")
# Fewest sequences in a run before its letters count as another script's; Cyrillic and Arabic capitals do meet such letters.
_RUN = {"windows-1252": 2, "windows-1250": 2, "windows-1251": 3, "windows-1256": 3, "mac-roman": 3}
_LEGACY = re.compile("(?:[À-ÿ¡-¿]{3,}[ ,.:;()\"'!?\\-]{0,3}){3,}")
# Remains of sequences that lost a byte: «â€?», «Ã?Â».
_LOSSY = re.compile("â€(?=[\\s?\ufffd.,;:!)]|$)|ðŸ|Ã\\?Â|вЂ(?=[?\ufffd])")
_LONE_A = re.compile("(?:(?<=[a-z])|(?<!\\S))Ã[ \u00a0]{1,2}(?=[a-zà-ÿ'’])|(?<=[a-z])Ã(?=[ \u00a0]|$)")
_REST = ((_LOSSY, "", ("â€", "ðŸ", "Ã?", "вЂ")), (_LONE_A, "à ", ("Ã",)))
# Damage is never one character alone; most texts in Latin script have few longer runs.
_FOREIGN = re.compile("[^\\x00-\\x7f]{2,}")
_ACCENTED = frozenset(map(chr, range(0xA1, 0x100)))
_FEWEST_ACCENTED = 7


class Damage(NamedTuple):
    """Damaged characters: what they were, and the set that they were read in."""

    span: Span
    fixed: str
    charset: str


@dataclass(frozen=True, slots=True, eq=False)
class _Charset:
    """A one-byte set: the byte of each character, and those that begin and go on UTF-8 sequences read in it."""

    name: str
    byte: dict[str, int]
    leads: frozenset[str]
    tails: frozenset[str]

    def some(self, low: int, high: int) -> str:
        """A class of the characters with these bytes, for a pattern."""
        return "[" + "".join(re.escape(c) for c, b in self.byte.items() if low <= b <= high) + "]"


class _Patterns(NamedTuple):
    """Patterns for UTF-8 sequences read in a set: a quick one for runs, runs, and one sequence."""

    likely: re.Pattern[str]
    sequences: re.Pattern[str]
    sequence: re.Pattern[str]


@lru_cache(maxsize=1)
def _charsets() -> tuple[_Charset, ...]:
    """The sets, made once."""
    made = []
    for name, codec in CHARSETS.items():
        character = {byte: bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in range(0x80, 0x100)}
        byte = {c: b for b, c in character.items()}
        if codec == "cp1252":  # Latin-1 differs from it in the C1 controls alone
            byte |= {chr(b): b for b in range(0x80, 0xA0)}
        leads, tails = (frozenset(c for c, b in byte.items() if low <= b <= high) for low, high in ((0xC2, 0xF4), (0x80, 0xBF)))
        made.append(_Charset(name, byte, leads, tails))
    return tuple(made)


@lru_cache(maxsize=len(CHARSETS))
def _tail(charset: _Charset) -> re.Pattern[str]:
    """A pattern for a character that goes on a sequence."""
    return re.compile(charset.some(0x80, 0xBF))


@lru_cache(maxsize=len(CHARSETS))
def _patterns(charset: _Charset) -> _Patterns:
    """The patterns of a set, compiled for the first text where one of its sequences may stand."""
    some = charset.some
    lead, tail = some(0xC2, 0xF4), some(0x80, 0xBF)
    one = f"(?:{some(0xC2, 0xDF)}{tail}|{some(0xE0, 0xEF)}{tail}{{2}}|{some(0xF0, 0xF4)}{tail}{{3}})"
    return _Patterns(re.compile(f"(?:{lead}{tail}+)+"), re.compile(f"{one}+"), re.compile(one))


def damages(text: str, used: frozenset[str] | None = None) -> Iterator[Damage]:
    """The damaged runs of a text, for each set in order of place; runs of different sets may overlap. Linear in the text.

    used: the characters of the text, where the caller has them.
    """
    if text.isascii():
        return
    used = frozenset(text) if used is None else used
    charsets = [of for of in _charsets() if not (used.isdisjoint(of.leads) or used.isdisjoint(of.tails))]
    legacy = len(used & _ACCENTED) >= _FEWEST_ACCENTED
    latin = (charsets or legacy) and 4 * (len(text.encode("utf-8", "surrogatepass")) - len(text)) < len(text)
    runs = [hit.span() for hit in _FOREIGN.finditer(text)] if latin else [(0, len(text))]
    for charset in charsets:
        for start, end in runs:
            for likely in _likely(charset, text, start, end):
                for hit in _patterns(charset).sequences.finditer(text, *likely):
                    fixed = _decoded(charset, hit.group())
                    if fixed and _is_damage(text, hit, fixed, charset):
                        yield Damage(Span(*hit.span()), fixed, charset.name)
    for pattern, fixed, needles in _REST:
        if holds(text, used, needles):
            yield from (Damage(Span(*hit.span()), fixed, "windows-1252") for hit in pattern.finditer(text))
    # In Latin script the runs above hold the words looked for: three of three characters.
    if legacy and sum(end - start for start, end in runs if end - start >= 3) >= 9:
        yield from _legacy_damages(text)


def _likely(charset: _Charset, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The runs between two places that may hold a sequence, and a quotation mark after it.

    Tails are looked for, since leads are the very letters of Arabic and Cyrillic.
    """
    for tail in _tail(charset).finditer(text, start, end):
        lead = tail.start() - 1
        if lead >= start and text[lead] in charset.leads and (run := _patterns(charset).likely.match(text, lead, end)):
            start = run.end()
            yield run.span()


def _decoded(charset: _Charset, run: str) -> str:
    """The run read again as UTF-8; '' where it is not valid."""
    try:
        return bytes(charset.byte[c] for c in run).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _is_damage(text: str, hit: re.Match[str], fixed: str, charset: _Charset) -> bool:
    """Whether what the run decodes to is likelier than what stands there."""
    before = text[hit.start() - 1] if hit.start() else " "
    after = text[hit.end()] if hit.end() < len(text) else " "
    run = hit.group()
    if _SIGNS.search(fixed) and _is_sign(run, before, charset.name):
        return True
    if _LATIN.fullmatch(fixed.replace("\u00a0", "")):
        return _is_latin(run, before, after, charset.name)
    sequences = len(_patterns(charset).sequence.findall(run))
    inside = before.isascii() and before.isalpha() and after.isascii() and after.isalpha() and run[1] not in _PUNCTUATION
    if sequences < _RUN[charset.name] and not (inside and charset.name == "windows-1252"):
        return False
    if charset.name == "windows-1251" and not set(run[::2]) <= {"Р", "С"}:
        return False
    return all(not c.isalpha() or unicodedata.name(c, "").startswith((*_SCRIPTS, *_GEORGIAN)) for c in fixed) and any(
        map(str.isalpha, fixed)
    )


def _is_sign(run: str, before: str, charset: str) -> bool:
    """Whether a sequence of three stands for a quotation mark or the like: «в”»» is ordinary Russian, «∂» after a figure is mathematics."""
    if charset == "windows-1251":
        return any(lead in run for lead in ("вЂ", "в‚", "в„ў", "в†", "п¬", "рџ"))
    return charset != "mac-roman" or before.isalpha() or run[0] == "‚"


def _is_latin(run: str, before: str, after: str, charset: str) -> bool:
    """Whether a sequence that would be an accented letter or Western sign stands where such a one belongs."""
    lead, tail = run[0], run[1]
    if charset == "windows-1252" and lead in "ÂÃ":
        sign = lead == "Â" and not before.isalpha() and tail in "£¥°©®§·¿¡¢«»±½¼¾²³"
        return before.islower() or after.islower() or sign or (lead == "Ã" and tail not in _PUNCTUATION and after.isalpha())
    if charset in ("windows-1252", "windows-1250"):
        if before.isalpha() and after.isascii() and after.islower() and tail not in "’\u00a0":
            return True
        inside = before.islower() and tail not in _PUNCTUATION
        return inside or (lead in "ÄÅĂĹ" and after.islower() and tail not in _PUNCTUATION and not tail.isalpha())
    latin = before.isascii() and before.isalpha(), after.isascii() and after.isalpha()
    return latin[0] if charset == "mac-roman" else any(latin) and run[0] in "ГВЕДأآؤإ"


def _legacy_damages(text: str) -> Iterator[Damage]:
    """Three words and more of accented letters and signs that are Arabic or Cyrillic when read again."""
    for hit in _LEGACY.finditer(text):
        words = hit.group().rstrip(" ,.:;()\"'!?-")
        if fixed := _legacy(words):
            yield Damage(Span(hit.start(), hit.start() + len(words)), fixed, "windows-1252")


def _legacy(words: str) -> str:
    """The words read again as Arabic or Cyrillic; '' unless nearly all of their characters are of that script."""
    given = words.encode("cp1252", "replace")
    for codec, script in (("cp1256", "ARABIC"), ("cp1251", "CYRILLIC")):
        decoded = given.decode(codec, "replace")
        letters = sum(unicodedata.name(c, "").startswith(script) for c in decoded if c.isalpha())
        if 20 * letters >= 19 * sum(not c.isspace() and c not in ",.:;()\"'!?-" for c in decoded):
            return decoded
    return ""
