"""Numbers that tell article from boilerplate, one row for each block: shape, words, place and neighbours.

A page of 10,000 characters takes about 2 ms with its words read and its markup, in time linear in the text.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from credibility.layout.words import (
    BRACKET,
    CLASSES,
    COLON,
    COMMA,
    DASH,
    DIGIT,
    END,
    LOWER,
    OTHER,
    QUOTE,
    SIGN,
    SINGLE,
    SPACE,
    UPPER,
    Floats,
    Hashes,
    Ints,
    Layout,
    changes,
)

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
    cell = np.repeat(owner * CLASSES, sizes)
    cell += layout.classes
    return np.bincount(cell, minlength=(blocks + 1) * CLASSES).reshape(blocks + 1, CLASSES)[:blocks].astype(np.float32)


def own_features(layout: Layout, scores: Floats, cues: Floats) -> dict[str, Floats]:
    """The columns of OWN, 'prose' (whether the block looks like a paragraph) and 'cue' (whether it has one).

    scores: what the words say, shape (blocks, 5); cues: whether there is one for lines and one inside, shape (blocks, 2).
    """
    count = class_counts(layout)
    blocks = len(layout.starts)
    length = np.maximum(1, layout.ends - layout.starts).astype(np.float32)
    letters = np.maximum(1, count[:, LOWER : SINGLE + 1].sum(axis=1))
    words = np.bincount(layout.words.block, minlength=blocks).astype(np.float32)
    some = np.maximum(1, words)
    word_first = layout.classes[layout.words.start]

    def per_word(condition: NDArray[np.bool_]) -> Floats:
        return np.asarray(np.bincount(layout.words.block[condition], minlength=blocks) / some, dtype=np.float32)

    numbers = per_word(word_first == DIGIT)
    last, last_quote = _last_marks(layout)
    first = layout.classes[layout.starts] if blocks else np.zeros(0, np.uint8)
    prose_like = (length > 80) & ((count[:, END] > 0) | (count[:, COMMA] > 0))
    repeats, repeat_number = _repeats(layout.whole)
    columns = {
        "length": np.log1p(length),
        "words": np.log1p(words),
        "word_length": letters / some,
        "upper_letters": count[:, UPPER] / letters,
        "capitalised": per_word(word_first == UPPER),
        "digits": count[:, DIGIT] / length,
        "signs": count[:, SIGN] / some,
        "commas": count[:, COMMA] / some,
        "ends_inside": count[:, END] / some,
        "colons": count[:, COLON] / some,
        "quotes": np.log1p(count[:, QUOTE]),
        "brackets": np.log1p(count[:, BRACKET]),
        "dashes": np.log1p(count[:, DASH]),
        "last_end": last == END,
        "last_colon": last == COLON,
        "last_quote": last_quote,
        "last_other": (last == SIGN) | (last == OTHER) | (last == DASH),
        "first_upper": first == UPPER,
        "first_lower": first == LOWER,
        "first_digit": first == DIGIT,
        "first_mark": first > DIGIT,
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
        "prose": prose_like & (last == END) & (count[:, END] + count[:, COMMA] >= 2),
    }
    table = np.empty((len(columns), blocks), dtype=np.float32)
    for row, column in zip(table, columns.values(), strict=True):
        row[:] = column
    return dict(zip(columns, table, strict=True))


def _last_marks(layout: Layout) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Class of the last character of each block that is no quotation mark or bracket (of the last four), and whether one follows it."""
    at = layout.ends - 1
    last = layout.classes[at] if len(at) else np.zeros(0, np.uint8)
    quoted = (last == QUOTE) | (last == BRACKET)
    for _ in range(3):
        closing = ((last == QUOTE) | (last == BRACKET) | (last == SPACE)) & (at > layout.starts)
        at = at - closing
        last = layout.classes[at] if len(at) else last
    return last, quoted


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
