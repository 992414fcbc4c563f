"""Names in a text, and whether two spellings are one name written twice from another alphabet.

A name is a run of capitalised words; in Arabic, which has no capitals, a word is only compared where the same word stands
before both. Two spellings are one name where they sound the same once the ways to write a foreign sound are made equal
(«kh» and «h», «ou», «oo» and «u», «dj» and «j», doubled letters …), or differ in one vowel that transliterations waver on.
Endings do not count: they decline, derive and tell sisters from brothers.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from credibility.document import Span

# Ways to write one sound, in the order in which they are made equal.
_SOUNDS = (
    ("tch", "S"),
    ("sch", "S"),
    ("sh", "S"),
    ("ch", "S"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("dj", "j"),
    ("zh", "j"),
    ("ck", "k"),
    ("q", "k"),
    ("y", "i"),
    ("w", "v"),
)
_HARD_C = re.compile("c(?=[aou]|[^eiaou]|$)")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = "aeiou"
_WAVERING = ({"o", "u"}, {"e", "i"}, {"a", "e"})
_SHORTEST = 6  # letters: shorter names sound alike by chance
_WEAK = "اوي"
_TOKEN = re.compile(r"[^\W\d_]+")
# Capitalised words in a row: «Isis Khurasan», «Al-Qaïda», «Jean-Pierre Petit». What must stand before the first, nothing or an elided
# article, is looked at behind its capital: a pattern that begins with a class of characters is found in half the time.
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-Ž]"
_RUN = re.compile(
    rf"{_CAPITAL}(?:(?<![\w'’].)|(?<=[dlDL]['’].)(?<![\w'’][dlDL]['’].))[^\W\d_]+"
    rf"(?:(?:[ \u00a0]|-|[ \u00a0][-–][ \u00a0]){_CAPITAL}[^\W\d_]+)*"
)


class Name(NamedTuple):
    """A run of capitalised words. `inside`: a small letter or comma stands before it, so that its capital says something."""

    span: Span
    words: tuple[Span, ...]
    inside: bool


def names_in(text: str, start: int, end: int) -> list[Name]:
    """The names between two places of a text."""
    found = []
    for hit in _RUN.finditer(text, start, end):
        first, last = hit.span()
        words = tuple(Span(*word.span()) for word in _TOKEN.finditer(text, first, last))
        elided = first > start and text[first - 1] in "'’"
        before = text[max(start, first - 3) : first].rstrip(" \u00a0\"'«“(")
        inside = elided or (bool(before) and (before[-1].islower() or before[-1] in ",;" or before[-1].isdigit()))
        found.append(Name(Span(first, last), words, inside))
    return found


@lru_cache(maxsize=16_384)
def plain(word: str) -> str:
    """A word in small letters without accents.

    >>> plain("Qaïda")
    'qaida'
    """
    return "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))


@lru_cache(maxsize=16_384)
def sound(word: str) -> str:
    """A word as it sounds, however its sounds are written.

    >>> sound("Falloujah") == sound("Fallujah"), sound("Khadija") == sound("Hadidja")
    (True, True)
    """
    letters = plain(word)
    letters = letters[:-1] if letters.endswith("ij") else letters
    for written, equal in _SOUNDS:
        if written in letters:
            letters = letters.replace(written, equal)
    return _DOUBLED.sub(r"\1", _HARD_C.sub("k", letters))


def skeleton(word: str) -> str:
    """The consonants of a word as they sound: what two spellings of one name have in common."""
    return "".join(c for c in sound(word) if c not in _VOWELS)


def same_name(one: str, other: str) -> str:
    """How two spellings with the same skeleton are one name: 'sound', 'vowel', or '' if they are not.

    >>> same_name("Khorasan", "Khurasan"), same_name("Marrakech", "Marrakesh"), same_name("Princes", "Princess")
    ('vowel', 'sound', '')
    """
    a, b = sorted((plain(one), plain(other)), key=len)
    if a == b or len(b) < _SHORTEST or (b[:-1] == a and a[-1] not in "yi"):
        return ""
    a, b = sound(one), sound(other)
    if a == b:
        return "sound"
    differ = [place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    if len(a) != len(b) or len(differ) != 1 or len(a) < _SHORTEST:
        return ""
    place = differ[0]
    return "vowel" if 0 < place < len(a) - 2 and {a[place], b[place]} in _WAVERING else ""


def same_arabic_name(one: str, other: str) -> bool:
    """Whether two folded Arabic words differ in one weak letter, well inside of both, as spellings of a foreign name do.

    >>> same_arabic_name("قادروف", "قاديروف"), same_arabic_name("معلمون", "معلمين")
    (True, False)
    """
    shorter, longer = sorted((one, other), key=len)
    if len(longer) != len(shorter) + 1 or len(shorter) < _SHORTEST:
        return False
    place = next((n for n, (x, y) in enumerate(zip(shorter, longer, strict=False)) if x != y), len(shorter))
    return 2 <= place <= len(shorter) - 3 and longer[place] in _WEAK and shorter[place:] == longer[place + 1 :]


def arabic_skeleton(word: str) -> str:
    """A folded Arabic word without the weak letters inside it."""
    return word[:1] + "".join(c for c in word[1:-1] if c not in _WEAK) + word[-1:]
