"""Numbers that tell article from boilerplate, one row for each block: shape, words, place, neighbours and, for HTML, markup.

Everything is worked out over the whole text at once with numpy: classes of characters and prefix sums, words as differences of
a rolling hash. A page of 10,000 characters takes about 2 ms, in time linear in the text.
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
_SPACE, _LOWER, _UPPER, _UNCASED, _SINGLE, _DIGIT, _END, _COMMA, _COLON, _QUOTE, _BRACKET, _DASH, _SIGN, _OTHER = range(14)
_CLASSES = 14
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
        return _SPACE, point
    if category == "Nd":
        return _DIGIT, ord("0")
    if category[0] in "LM":
        lower = character.lower()
        folded = ord(lower[0])
        if _single(point):
            return _SINGLE, folded
        return (_UPPER if category in ("Lu", "Lt") else _LOWER if category == "Ll" else _UNCASED), folded
    for kind, members in ((_END, _ENDS), (_COMMA, _COMMAS), (_COLON, _COLONS), (_QUOTE, _QUOTES), (_BRACKET, _BRACKETS), (_DASH, _DASHES)):
        if character in members:
            return kind, point
    return (_SIGN if category[0] == "S" or character in "|/\\•·@#&*_†‡§¶%" else _OTHER), point


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
    classes = _CLASS_OF[codes]
    if (classes == _UNSEEN).any():
        for character in set(text):
            _CLASS_OF[ord(character)], _FOLDED[ord(character)] = _kind(character)
        classes = _CLASS_OF[codes]
    return classes, _FOLDED[codes]


def _words(classes: NDArray[np.uint8], folded: Hashes, starts: Ints, ends: Ints) -> Words:
    """The words inside blocks: runs of letters, marks and digits; a character of a script without spaces is one by itself."""
    single = classes == _SINGLE
    inside = (classes >= _LOWER) & (classes <= _DIGIT)
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


# What a block shows by itself.
OWN = (
    "length", "words", "word_length", "upper_letters", "capitalised", "digits", "signs", "commas", "ends_inside", "colons", "quotes",
    "brackets", "dashes", "last_end", "last_colon", "last_quote", "last_other", "first_upper", "first_lower", "first_digit", "first_mark",
    "numbers", "short_words", "repeats", "repeat_number", "topic", "score_sum", "score_mean", "score_max", "score_min", "score_known",
    "cue_line", "cue_inside", "dated",
)  # fmt: skip
# Of these, what a block is told about each of its neighbours, and about windows around it.
BESIDE = ("length", "last_end", "capitalised", "score_mean", "score_sum", "prose", "cue", "dated", "short_words")
PLACE = (
    "place", "place_in_text", "from_start", "from_end", "blocks", "characters", "share", "since_prose", "until_prose", "prose_before",
    "prose_after", "prose_share", "mean_score", "short_share",
)  # fmt: skip
NEIGHBOURS = (-2, -1, 1, 2)
WINDOWS = (3, 10)


def class_counts(layout: Layout) -> Floats:
    """How many characters of each class every block has, shape (blocks, classes)."""
    blocks = len(layout.starts)
    # Every character belongs to its block or to the gap before one; the gaps are counted as one block more.
    sizes = np.empty(2 * blocks + 1, dtype=np.int64)
    sizes[1::2] = layout.ends - layout.starts
    sizes[0], sizes[2:-1:2] = layout.starts[0] if blocks else 0, layout.starts[1:] - layout.ends[:-1]
    sizes[-1] = len(layout.classes) - sizes[:-1].sum()
    owner = np.full(2 * blocks + 1, blocks, dtype=np.int64)
    owner[1::2] = np.arange(blocks)
    cell = np.repeat(owner * _CLASSES, sizes)
    cell += layout.classes
    return np.bincount(cell, minlength=(blocks + 1) * _CLASSES).reshape(blocks + 1, _CLASSES)[:blocks].astype(np.float32)


def own_features(layout: Layout, scores: Floats, cues: Floats) -> dict[str, Floats]:
    """The columns of OWN, 'prose' (whether the block looks like a paragraph) and 'cue' (whether it has one).

    scores: what the words say, shape (blocks, 5); cues: whether there is one for lines and one inside, shape (blocks, 2).
    """
    count = class_counts(layout)
    blocks = len(layout.starts)
    length = np.maximum(1, layout.ends - layout.starts).astype(np.float32)
    letters = np.maximum(1, count[:, _LOWER : _SINGLE + 1].sum(axis=1))
    words = np.bincount(layout.words.block, minlength=blocks).astype(np.float32)
    some = np.maximum(1, words)
    word_first = layout.classes[layout.words.start]

    def per_word(condition: NDArray[np.bool_]) -> Floats:
        return np.asarray(np.bincount(layout.words.block[condition], minlength=blocks) / some, dtype=np.float32)

    numbers = per_word(word_first == _DIGIT)
    last, last_quote = _last_marks(layout)
    first = layout.classes[layout.starts] if blocks else np.zeros(0, np.uint8)
    prose_like = (length > 80) & ((count[:, _END] > 0) | (count[:, _COMMA] > 0))
    repeats, repeat_number = _repeats(layout.whole)
    columns = {
        "length": np.log1p(length),
        "words": np.log1p(words),
        "word_length": letters / some,
        "upper_letters": count[:, _UPPER] / letters,
        "capitalised": per_word(word_first == _UPPER),
        "digits": count[:, _DIGIT] / length,
        "signs": count[:, _SIGN] / some,
        "commas": count[:, _COMMA] / some,
        "ends_inside": count[:, _END] / some,
        "colons": count[:, _COLON] / some,
        "quotes": np.log1p(count[:, _QUOTE]),
        "brackets": np.log1p(count[:, _BRACKET]),
        "dashes": np.log1p(count[:, _DASH]),
        "last_end": last == _END,
        "last_colon": last == _COLON,
        "last_quote": last_quote,
        "last_other": (last == _SIGN) | (last == _OTHER) | (last == _DASH),
        "first_upper": first == _UPPER,
        "first_lower": first == _LOWER,
        "first_digit": first == _DIGIT,
        "first_mark": first > _DIGIT,
        "numbers": numbers,
        "short_words": per_word(layout.words.length <= 3),
        "repeats": repeats,
        "repeat_number": repeat_number,
        "topic": _topic(layout.long, prose_like),
        "score_sum": scores[:, 0],
        "score_mean": scores[:, 1],
        "score_max": scores[:, 2],
        "score_min": scores[:, 3],
        "score_known": scores[:, 4],
        "cue_line": cues[:, 0],
        "cue_inside": cues[:, 1],
        "cue": cues.max(axis=1),
        "dated": (words < 12) & (numbers > 0),
        "prose": prose_like & (last == _END) & (count[:, _END] + count[:, _COMMA] >= 2),
    }
    table = np.empty((len(columns), blocks), dtype=np.float32)
    for row, column in zip(table, columns.values(), strict=True):
        row[:] = column
    return dict(zip(columns, table, strict=True))


def _last_marks(layout: Layout) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Class of the last character of each block that is no quotation mark or bracket (of the last four), and whether one follows it."""
    at = layout.ends - 1
    last = layout.classes[at] if len(at) else np.zeros(0, np.uint8)
    quoted = (last == _QUOTE) | (last == _BRACKET)
    for _ in range(3):
        closing = ((last == _QUOTE) | (last == _BRACKET) | (last == _SPACE)) & (at > layout.starts)
        at = at - closing
        last = layout.classes[at] if len(at) else last
    return last, quoted


def changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Which of sorted values differ from the one before; the first does."""
    out = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=out[1:])
    return out


def _repeats(hashes: Hashes) -> tuple[Floats, Floats]:
    """How often the words of each block stand in the text as a block, and which repeat this one is, both as logarithms."""
    if len(set(hashes.tolist())) == len(hashes):  # as in most texts
        return np.zeros(len(hashes), np.float32), np.zeros(len(hashes), np.float32)
    order = np.argsort(hashes, kind="stable")
    opens = changes(hashes[order])
    firsts, group = np.flatnonzero(opens), np.cumsum(opens) - 1
    count = np.diff(np.append(firsts, len(hashes)))
    times, number = np.empty(len(hashes), dtype=np.int64), np.empty(len(hashes), dtype=np.int64)
    times[order] = count[group]
    number[order] = np.arange(len(hashes)) - firsts[group]
    return np.log2(times).astype(np.float32), np.log1p(number).astype(np.float32)


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


def _topic(long: tuple[Ints, Ints], prose: NDArray[np.bool_]) -> Floats:
    """Share of the block's longer words that stand in other blocks that look like paragraphs; 0 for a block without any."""
    word, block = long
    there = prose[block]
    other = np.bincount(word, weights=there)[word] > there
    total = np.bincount(block, minlength=len(prose))
    return np.asarray(np.bincount(block, weights=other, minlength=len(prose)) / np.maximum(1, total), dtype=np.float32)


def text_features(layout: Layout, own: dict[str, Floats]) -> Floats:
    """The matrix of all columns that need no markup, shape (blocks, `text_names`). own: of `own_features`."""
    place = _place(layout, own)
    around = beside(np.stack([own[name] for name in BESIDE]))
    table = np.empty((len(OWN) + len(place) + len(around), len(layout.starts)), dtype=np.float32)
    for row, column in zip(table, (*(own[name] for name in OWN), *place.values()), strict=False):
        row[:] = column
    table[len(OWN) + len(place) :] = around
    return table.T


def text_names() -> tuple[str, ...]:
    """The names of the columns of `text_features`, in order."""
    return (*OWN, *PLACE, *(f"{name}{suffix}" for name in BESIDE for suffix in beside_names()))


def _place(layout: Layout, own: dict[str, Floats]) -> dict[str, NDArray[Any] | float]:
    """The columns of PLACE: where in the page the block stands, and where seen from the paragraphs."""
    blocks = len(layout.starts)
    number = np.arange(blocks)
    length = (layout.ends - layout.starts).astype(np.float64)
    before = np.cumsum(length) - length
    total = max(1.0, float(length.sum()))
    prose = own["prose"] > 0
    prose_length = length * prose
    prose_before = np.cumsum(prose_length) - prose_length
    all_prose = float(prose_length.sum())
    last = np.maximum.accumulate(np.where(prose, number, -100)) if blocks else number
    following = np.minimum.accumulate(np.where(prose, number, blocks + 100)[::-1])[::-1] if blocks else number
    columns: dict[str, NDArray[Any] | float] = {
        "place": number / max(1, blocks - 1),
        "place_in_text": before / total,
        "from_start": np.log1p(number),
        "from_end": np.log1p(blocks - 1 - number),
        "blocks": np.log1p(blocks),
        "characters": np.log1p(total),
        "share": length / total,
        "since_prose": np.log1p(number - last),
        "until_prose": np.log1p(following - number),
        "prose_before": prose_before / max(1.0, all_prose),
        "prose_after": (all_prose - prose_before - prose_length) / max(1.0, all_prose),
        "prose_share": all_prose / total,
        "mean_score": own["score_mean"].sum() / max(1, blocks),
        "short_share": np.count_nonzero(length < 40) / max(1, blocks),
    }
    return columns


def beside_names(windows: Sequence[int] = WINDOWS, neighbours: Sequence[int] = NEIGHBOURS) -> tuple[str, ...]:
    """What `beside` gives of a column, in order."""
    return (*(f"[{step:+d}]" for step in neighbours), *(f"[{sign}{width}]" for width in windows for sign in "±<"))


def beside(columns: Floats, windows: Sequence[int] = WINDOWS, neighbours: Sequence[int] = NEIGHBOURS) -> Floats:
    """Columns as seen from their neighbours: the values beside them (-1 past the ends) and the means of windows around them.

    columns: shape (columns, blocks). Shape of the result: (columns times `beside_names`, blocks).
    """
    count, blocks = columns.shape
    out = np.empty((count, len(neighbours) + 2 * len(windows), blocks), dtype=np.float32)
    for place, step in enumerate(neighbours):
        past = min(abs(step), blocks)
        if step < 0:
            out[:, place, :past], out[:, place, past:] = -1, columns[:, : blocks - past]
        else:
            out[:, place, blocks - past :], out[:, place, : blocks - past] = -1, columns[:, past:]
    sums = np.zeros((count, blocks + 1))
    np.cumsum(columns, axis=1, dtype=np.float64, out=sums[:, 1:])
    number = np.arange(blocks)
    for place, width in zip(range(len(neighbours), out.shape[1], 2), windows, strict=True):
        low, high = np.maximum(0, number - width), np.minimum(blocks, number + width + 1)
        before = sums.take(low, axis=1)
        np.divide(sums.take(high, axis=1) - before, high - low, out=out[:, place], casting="same_kind")
        np.divide(sums[:, :-1] - before, np.maximum(1, number - low), out=out[:, place + 1], casting="same_kind")
    return out.reshape(-1, blocks)
