"""Writing systems: which characters are letters of which, which languages are written in it, what stands between words.

Tables over the code points up to U+FFFF, so that a text is classified by one look-up for each character. Letters beyond
them (rare ideographs, mathematical alphabets, emoji) count as neither letters nor marks.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

OTHER, NEWLINE, DIGIT, SENTENCE_END, CODE_MARK, SKIPPED, QUOTE = range(7)
FIRST_SCRIPT = 16

# Scripts of several languages, told apart by letters and words; a language of its own script needs no weights.
SHARED = ("Latn", "Cyrl", "Arab", "Deva", "Hani")
# Where words are not spaced, a token is this many letters.
UNSPACED = {"Hani": 1, "Thai": 4, "Laoo": 4, "Khmr": 4, "Mymr": 4, "Tibt": 4}
SCRIPTS: dict[str, tuple[tuple[int, int], ...]] = {
    "Latn": ((0x41, 0x2B0), (0x1E00, 0x1F00), (0x2C60, 0x2C80), (0xA720, 0xA800), (0xFB00, 0xFB07), (0xFF21, 0xFF5B)),
    "Cyrl": ((0x400, 0x530), (0x1C80, 0x1C90), (0x2DE0, 0x2E00), (0xA640, 0xA6A0)),
    "Arab": ((0x600, 0x700), (0x750, 0x780), (0x8A0, 0x900), (0xFB50, 0xFE00), (0xFE70, 0xFEFF)),
    "Deva": ((0x900, 0x964), (0x970, 0x980)),
    "Hani": ((0x3005, 0x3008), (0x3040, 0x3100), (0x31F0, 0x3200), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0xFF66, 0xFF9E)),
    "Grek": ((0x370, 0x400), (0x1F00, 0x2000)),
    "Hebr": ((0x590, 0x600), (0xFB1D, 0xFB50)),
    "Hang": ((0xAC00, 0xD7B0), (0x1100, 0x1200), (0x3130, 0x3190)),
    "Armn": ((0x530, 0x590), (0xFB13, 0xFB18)),
    "Geor": ((0x10A0, 0x1100), (0x1C90, 0x1CC0), (0x2D00, 0x2D30)),
    "Beng": ((0x980, 0x9E6), (0x9F0, 0xA00)),
    "Guru": ((0xA00, 0xA66), (0xA70, 0xA80)),
    "Gujr": ((0xA80, 0xAE6), (0xAF0, 0xB00)),
    "Orya": ((0xB00, 0xB66), (0xB70, 0xB80)),
    "Taml": ((0xB80, 0xBE6),),
    "Telu": ((0xC00, 0xC66), (0xC70, 0xC80)),
    "Knda": ((0xC80, 0xCE6), (0xCF0, 0xD00)),
    "Mlym": ((0xD00, 0xD66), (0xD70, 0xD80)),
    "Sinh": ((0xD80, 0xDE6), (0xDF0, 0xE00)),
    "Thai": ((0xE00, 0xE50),),
    "Laoo": ((0xE80, 0xED0), (0xED8, 0xF00)),
    "Tibt": ((0xF00, 0xF0B), (0xF40, 0xFC0)),
    "Mymr": ((0x1000, 0x1040), (0x1050, 0x1090)),
    "Khmr": ((0x1780, 0x17D4), (0x17D7, 0x17E0)),
    "Ethi": ((0x1200, 0x1361), (0x1380, 0x13A0), (0x2D80, 0x2DE0)),
}
# The language of a script that one language of the press is written in.
SOLE = {
    "Grek": "el", "Hebr": "he", "Hang": "ko", "Armn": "hy", "Geor": "ka", "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Orya": "or",
    "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Thai": "th", "Laoo": "lo", "Tibt": "bo", "Mymr": "my",
    "Khmr": "km", "Ethi": "am",
}  # fmt: skip
SCRIPT_NUMBER = {name: number for number, name in enumerate(SCRIPTS)}
SCRIPT_NAMES = tuple(SCRIPTS)

# Marks that are written or left out without making another word: harakat, tatweel, niqqud, combining accents, joiners.
_SKIPPED = (
    *((0x300, 0x370), (0x483, 0x488), (0x591, 0x5C8), (0x610, 0x61B), (0x640, 0x641), (0x64B, 0x660), (0x670, 0x671), (0x6D6, 0x6EE)),
    *((0x200C, 0x2010), (0xAD, 0xAE), (0x2060, 0x2061), (0xFEFF, 0xFF00), (0xFE00, 0xFE10)),
)
_INDIC_SIGNS = ("Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Thai", "Laoo", "Tibt", "Mymr", "Khmr")
_CASED = ("Latn", "Cyrl", "Grek", "Armn", "Geor")
_SENTENCE_END = ".!?…؟۔。！？।॥։።᙮｡"
_QUOTES = "\"'«»“”„‟‘’‚‹›「」『』《》〈〉＂"
_CODE = "{}=<>_|\\$&*+^~#@`[]"


@dataclass(frozen=True, slots=True)
class CharacterTable:
    """What each code point up to U+FFFF is: `kind` (a constant of this module, or FIRST_SCRIPT + number of the script of a
    letter), `upper` (whether a capital) and `lower` (the code point it folds to)."""

    kind: NDArray[np.uint8]
    upper: NDArray[np.bool_]
    lower: NDArray[np.uint16]


@lru_cache(maxsize=1)
def character_table() -> CharacterTable:
    """The table, worked out from the Unicode data of this Python once (about 7 ms)."""
    kind = np.zeros(0x10000, np.uint8)
    upper = np.zeros(0x10000, np.bool_)
    lower = np.arange(0x10000, dtype=np.uint16)
    alphabetic, digits = (np.fromiter(map(test, map(chr, range(0x10000))), np.bool_, 0x10000) for test in (str.isalpha, str.isdigit))
    for name, ranges in SCRIPTS.items():
        for start, end in ranges:
            kind[start:end][alphabetic[start:end]] = FIRST_SCRIPT + SCRIPT_NUMBER[name]
            if name in _INDIC_SIGNS:
                signs = [point for point in range(start, end) if unicodedata.category(chr(point)) in ("Mn", "Mc")]
                kind[signs] = FIRST_SCRIPT + SCRIPT_NUMBER[name]
            for point in range(start, end) if name in _CASED else ():
                small = chr(point).lower()
                if alphabetic[point] and small != chr(point):
                    upper[point] = True
                    lower[point] = ord(small[0])
    for start, end in _SKIPPED:
        kind[start:end] = SKIPPED
    kind[digits & (kind == OTHER)] = DIGIT
    for characters, value in (
        (_SENTENCE_END, SENTENCE_END),
        (_QUOTES, QUOTE),
        (_CODE, CODE_MARK),
        ("\n\r\x0b\x0c\x85\u2028\u2029", NEWLINE),
    ):
        for character in characters:
            kind[ord(character)] = value
    return CharacterTable(kind, upper, lower)


def points(text: str) -> NDArray[np.uint16]:
    """The code points of a text, those beyond U+FFFF and lone surrogates as 0: shape (len(text),)."""
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if not len(wide) or wide.max() < 0xD800:
        return wide.astype(np.uint16)
    return np.where(wide < 0xD800, wide, np.where((wide >= 0xE000) & (wide < 0x10000), wide, 0)).astype(np.uint16)
