"""What stands around a block says of it: the cues above and below, and the first verdicts on its neighbours and on its words."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from credibility.layout.cues import Cue
from credibility.layout.features import beside
from credibility.layout.words import Floats, Layout

# Cues that open a part of the page; within a group they open the same sort of part.
_GROUPS = (
    ("comments",),
    ("related", "navigation"),
    ("share", "newsletter", "advertisement", "widget"),
    ("legal", "cookie", "paywall"),
    ("author-bio", "date-line"),
)
_GROUP = {kind: number for number, group in enumerate(_GROUPS) for kind in group}
_FAR = 200  # blocks; what is further away counts as that far


def cue_features(found: Sequence[Cue]) -> Floats:
    """How far above and below each block the nearest cue of each group stands, how many of comments above, and which share of all.

    Shape (blocks, 12). A line with a cue opens a part («12 comments», «Read also»); what follows is in it, however it is worded.
    """
    blocks = len(found)
    group = np.array([_GROUP.get(cue.line or cue.opening, -1) for cue in found], dtype=np.int64)
    number = np.arange(blocks)
    table = np.empty((2 * len(_GROUPS) + 2, blocks), dtype=np.float32)
    above, below = distances(group == np.arange(len(_GROUPS))[:, None], number)
    table[:-2:2] = np.log1p(np.minimum(above, _FAR))
    table[1:-2:2] = np.log1p(np.minimum(below, _FAR))
    table[-2] = np.log1p(np.cumsum(group == 0))
    some = np.cumsum(group >= 0)
    table[-1] = some / max(1, int(some[-1])) if blocks else 0
    return table.T


def distances(marked: NDArray[np.bool_], number: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Blocks back to the nearest marked one and on to it, 0 for one itself; more than `_FAR` where there is none.

    marked: shape (..., blocks).
    """
    last = np.maximum.accumulate(np.where(marked, number, -_FAR), axis=-1)
    following = np.minimum.accumulate(np.where(marked, number, len(number) + _FAR)[..., ::-1], axis=-1)[..., ::-1]
    return number - last, following - number


def second_features(first: Floats, layout: Layout) -> Floats:
    """What the first verdicts say of the neighbourhood, shape (blocks, columns). first: probabilities of boilerplate."""
    blocks = len(first)
    length = (layout.ends - layout.starts).astype(np.float64)
    main = (1 - first) * length
    before = np.cumsum(main)
    total = max(1.0, float(main.sum()))
    above, below = distances((first < 0.2) & (length > 60), np.arange(blocks))
    columns = (
        first,
        *beside(first[None], (1, 3, 6, 15), (-4, -3, -2, -1, 1, 2, 3, 4)),
        (before - main) / total,
        (total - before) / total,
        first.sum() / max(1, blocks),
        total / max(1.0, float(length.sum())),
        np.log1p(np.minimum(above, _FAR)),
        np.log1p(np.minimum(below, _FAR)),
        *_vocabulary(first, layout),
    )
    table = np.empty((len(columns), blocks), dtype=np.float32)
    for row, column in zip(table, columns, strict=True):
        row[:] = column
    return table.T


def _vocabulary(first: Floats, layout: Layout) -> tuple[NDArray[np.float64], ...]:
    """Which of the longer words of each block stand in others that the first verdicts take for article, and for boilerplate.

    Shares of its different words: those that stand elsewhere at all, in article, in boilerplate; weighted by rarity, those in
    article, and how much of their other places is article; and the logarithm of their number.
    """
    word, block = layout.long
    blocks = len(first)
    main = (1 - first)[block].astype(np.float64)
    places = np.bincount(word)
    elsewhere = places[word] - 1
    article = np.bincount(word, weights=main)[word] - main
    rare = np.log(max(1, blocks) / np.maximum(1, places))[word]

    def total(weights: NDArray[Any]) -> NDArray[np.float64]:
        return np.asarray(np.bincount(block, weights=weights, minlength=blocks), dtype=np.float64)

    size = np.bincount(block, minlength=blocks)
    some = np.maximum(1, size)
    return (
        total(elsewhere > 0) / some,
        total(np.minimum(1, article)) / some,
        total(np.minimum(1, elsewhere - article)) / some,
        total(rare * (article > 0.5)) / np.maximum(1e-6, total(rare)),
        total(rare * article / np.maximum(1, elsewhere)) / np.maximum(1e-6, total(rare * (elsewhere > 0))),
        np.log1p(size),
    )
