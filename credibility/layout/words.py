"""A text as arrays: the class of every character, and its words as hashes, each in its block.

Everything is worked out over the whole text at once with numpy: classes of characters and prefix sums, words as differences of
a rolling hash.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from credibility.document import Block

Floats: TypeAlias = NDArray[np.float32]
Ints: TypeAlias = NDArray[np.int64]
Hashes: TypeAlias = NDArray[np.uint64]

# Classes of characters. A 'sign' is a mark that sentences do not hold: separators, arrows, bullets, © and the like.
SPACE, LOWER, UPPER, UNCASED, SINGLE, DIGIT, END, COMMA, COLON, QUOTE, BRACKET, DASH, SIGN, OTHER = range(14)
CLASSES = 14
_ENDS = frozenset(".!?…؟۔。！？।։։·"[:-1])
_COMMAS = frozenset(",;،؛、，；")
_COLONS = frozenset(":：")
_QUOTES = frozenset("\"'«»“”‘’„‚‹›`´「」『』＂")
_BRACKETS = frozenset("()[]{}（）【】《》〈〉")
_DASHES = frozenset("-‐‑‒–—―−")

# Odd constants of SplitMix64 and of Knuth's multiplicative generators; any odd numbers with well-mixed bits do.
_BASE = 0x9E3779B97F4A7C15
_BASE_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_PAIR = np.uint64(0x94D049BB133111EB)


def _single(point: int) -> bool:
    """Whether the character is of a script written without spaces, so that each counts as a word."""
    return 0x3040 <= point <= 0x30FF or 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x3FFFF


def _kind(character: str) -> tuple[int, int]:
    """Class of a character and the code point that its words are hashed with: lower case, every digit as '0'."""
    point, category = ord(character), unicodedata.category(character)
    if character.isspace() or category in ("Cc", "Cf", "Cs"):
        return SPACE, point
    if category == "Nd":
        return DIGIT, ord("0")
    if category[0] in "LM":
        lower = character.lower()
        folded = ord(lower[0])
        if _single(point):
            return SINGLE, folded
        return (UPPER if category in ("Lu", "Lt") else LOWER if category == "Ll" else UNCASED), folded
    for kind, members in ((END, _ENDS), (COMMA, _COMMAS), (COLON, _COLONS), (QUOTE, _QUOTES), (BRACKET, _BRACKETS), (DASH, _DASHES)):
        if character in members:
            return kind, point
    return (SIGN if category[0] == "S" or character in "|/\\•·@#&*_†‡§¶%" else OTHER), point


# What `_kind` says of every character, filled as texts bring them.
_UNSEEN = 255
_CLASS_OF = np.full(0x110000, _UNSEEN, dtype=np.uint8)
_FOLDED = np.zeros(0x110000, dtype=np.uint64)


class Words(NamedTuple):
    """The words of a text: the block each stands in, its start and length in characters, its hash (0 to 2**64 - 1)."""

    block: Ints
    start: Ints
    length: Ints
    hash: Hashes


class Layout(NamedTuple):
    """A text read once: class of every character, spans of the blocks, the words inside them, and a hash of those of each block.

    `long` pairs each of its longer words (a number for each different one) with every block that has it.
    """

    classes: NDArray[np.uint8]
    starts: Ints
    ends: Ints
    words: Words
    whole: Hashes
    long: tuple[Ints, Ints]


def read_layout(text: str, blocks: Sequence[Block]) -> Layout:
    """Classes, spans and words of a text. blocks: in order, none overlapping another."""
    starts = np.array([block.span.start for block in blocks], dtype=np.int64)
    ends = np.array([block.span.end for block in blocks], dtype=np.int64)
    classes, folded = _classified(text)
    words = _words(classes, folded, starts, ends)
    return Layout(classes, starts, ends, words, whole_hashes(words, len(blocks)), _long_words(words))


def _classified(text: str) -> tuple[NDArray[np.uint8], Hashes]:
    """Class of each character, and what it is hashed as."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    classes = _CLASS_OF.take(codes)
    if classes.max(initial=0) == _UNSEEN:
        for character in set(text):
            _CLASS_OF[ord(character)], _FOLDED[ord(character)] = _kind(character)
        classes = _CLASS_OF.take(codes)
    return classes, _FOLDED.take(codes)


def _words(classes: NDArray[np.uint8], folded: Hashes, starts: Ints, ends: Ints) -> Words:
    """The words inside blocks: runs of letters, marks and digits; a character of a script without spaces is one by itself."""
    single = classes == SINGLE
    inside = (classes >= LOWER) & (classes <= DIGIT)
    before = np.concatenate(([False], inside[:-1] & ~single[:-1]))
    opens = inside & (~before | single)
    # A block may start in the middle of a run where the reader put no space between two of them.
    opens[starts[inside[starts]]] = True
    start = np.flatnonzero(opens)
    stops = np.flatnonzero(inside & ~np.append(inside[1:], False)) + 1
    run_end = stops[np.searchsorted(stops, start, side="right")] if len(start) else start
    length = np.minimum(run_end, np.append(start[1:], len(classes))) - start
    block = np.searchsorted(starts, start, side="right") - 1
    kept = (block >= 0) & (start < ends[np.maximum(block, 0)]) if len(starts) else np.zeros(len(start), dtype=bool)
    start, length, block = start[kept], length[kept], block[kept]
    power = _powers(_BASE, len(folded))
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(folded * power[: len(folded)])))
    hashes = (sums[start + length] - sums[start]) * _powers(_BASE_INVERSE, len(folded) + 1)[start]
    return Words(block, start, length, mixed(hashes))


def _powers(base: int, count: int) -> Hashes:
    """base ** 0, 1, … modulo 2**64: at least `count` of them."""
    return _power_table(base, max(12, count.bit_length()))


@lru_cache(maxsize=8)
def _power_table(base: int, bits: int) -> Hashes:
    table = np.full(1 << bits, base, dtype=np.uint64)
    table[0] = 1
    return np.cumprod(table, dtype=np.uint64)


def mixed(hashes: Hashes) -> Hashes:
    """Hashes with their bits spread, so that their upper halves differ as well."""
    spread = (hashes ^ (hashes >> np.uint64(31))) * _MIX
    return spread ^ (spread >> np.uint64(29))


def hash_words(text: str) -> list[int]:
    """Hashes of the words of a text, as `read_layout` gives them.

    >>> hash_words("Read more") == hash_words("read MORE")
    True
    """
    whole = np.array((0, len(text)), dtype=np.int64)
    return _words(*_classified(text), whole[:1], whole[1:]).hash.tolist() if text else []


def tokens(layout: Layout) -> tuple[Ints, NDArray[np.uint32]]:
    """What the word model looks up: block and 32-bit hash of every word, pair of neighbours, and whole block of up to 12 words."""
    words = layout.words
    first = changes(words.block)
    pair = ~first[1:]
    pairs = mixed(words.hash[:-1] * _PAIR + words.hash[1:])[pair]
    count = np.bincount(words.block, minlength=len(layout.starts))
    short = np.flatnonzero((count > 0) & (count <= 12))
    block = np.concatenate((words.block, words.block[:-1][pair], short, words.block[first]))
    hashes = np.concatenate((words.hash, pairs, mixed(layout.whole[short] + np.uint64(7)), mixed(words.hash[first] + np.uint64(3))))
    return block, (hashes >> np.uint64(32)).astype(np.uint32)


def whole_hashes(words: Words, blocks: int) -> Hashes:
    """A hash of the words of each block, the same for blocks with the same words; 0 for a block without words."""
    edges = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.bincount(words.block, minlength=blocks))))
    order = np.arange(len(words.block)) - edges[words.block]
    terms = words.hash * _powers(int(_PAIR), int(order.max(initial=0)) + 1)[order]
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(terms)))
    return np.asarray(sums[edges[1:]] - sums[edges[:-1]])


def changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Which of sorted values differ from the one before; the first does."""
    out = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=out[1:])
    return out


def _long_words(words: Words) -> tuple[Ints, Ints]:
    """Number and block of every word of four letters or more, each once a block."""
    long = words.length >= 4
    hashes = words.hash[long]
    # The words are in the order of their blocks, and so are those that are alike after a stable sort.
    order = np.argsort(hashes, kind="stable")
    block = words.block[long][order]
    opens = changes(hashes[order])
    once = opens | changes(block)
    return (np.cumsum(opens) - 1)[once], block[once]
