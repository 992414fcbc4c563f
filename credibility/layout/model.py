"""Token weights and boosted trees as plain arrays, applied to all blocks of a text at once.

A block is judged twice: by itself with its neighbours' features, then once more with the first verdicts on its neighbours, which
brings whole runs of article and boilerplate into one.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from credibility.errors import PackError
from credibility.layout.words import Floats, Ints
from credibility.pack import pack_root
from credibility.trees import Trees

# Lower bits of a hash that do not tell its bucket: 131,072 buckets hold four hashes at most.
_BUCKET = 15


@dataclass(frozen=True)
class TokenWeights:
    """Log odds of boilerplate by token: sorted 32-bit hashes and their weights."""

    hashes: NDArray[np.uint32]
    weights: Floats

    @cached_property
    def _buckets(self) -> tuple[Ints, int, NDArray[np.uint32]]:
        """Where the hashes begin that share their upper bits, how many do at most, and all of them with a last one behind.

        Walking on from there takes a tenth of the time of a binary search, whose every step misses the cache.
        """
        count = np.bincount(self.hashes >> _BUCKET, minlength=1 << (32 - _BUCKET))
        return np.cumsum(count) - count, int(count.max()), np.append(self.hashes, np.uint32(0xFFFFFFFF))

    def scores(self, block: Ints, hashes: NDArray[np.uint32], blocks: int) -> Floats:
        """For each block the sum, mean, highest and lowest weight of its tokens and the share known, shape (blocks, 5)."""
        out = np.zeros((blocks, 5), dtype=np.float32)
        if not len(self.hashes) or not len(hashes):
            return out
        first, deepest, ordered = self._buckets
        at = first.take(hashes >> _BUCKET)
        for _ in range(deepest):
            at += ordered.take(at) < hashes
        at = np.minimum(at, len(self.hashes) - 1)
        known = self.hashes.take(at) == hashes
        weight = np.where(known, self.weights[at], 0.0).astype(np.float64)
        total = np.maximum(1, np.bincount(block, minlength=blocks))
        sums = np.bincount(block, weights=weight, minlength=blocks)
        highest, lowest = np.zeros(blocks), np.zeros(blocks)
        np.maximum.at(highest, block, weight)
        np.minimum.at(lowest, block, weight)
        share = np.bincount(block, weights=known, minlength=blocks) / total
        for column, values in enumerate((sums, sums / total, highest, lowest, share)):
            out[:, column] = values
        return out


class Judge(NamedTuple):
    """The two rounds of a model and the probability from which a block counts as boilerplate."""

    first: Trees
    second: Trees
    threshold: float


class LayoutModel(NamedTuple):
    """What `rules/models/layout` holds: weights of words and of marks, a judge of text and one of pages."""

    words: TokenWeights
    marks: TokenWeights
    text: Judge
    page: Judge


def layout_folder() -> Path:
    """Where the model lies."""
    return pack_root() / "models" / "layout"


@lru_cache(maxsize=1)
def layout_model() -> LayoutModel:
    """The shipped model. Raises PackError if it is missing or damaged."""
    return load_model(layout_folder() / "weights.npz")


def load_model(path: Path) -> LayoutModel:
    """The model of a file of arrays. Raises PackError if it is missing or damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            held = {name: arrays[name] for name in arrays.files}
        words, marks = (TokenWeights(held[f"{name}.hash"], held[f"{name}.weight"].astype(np.float32)) for name in ("words", "marks"))
        text, page = (
            Judge(Trees.load(held, f"{name}.first"), Trees.load(held, f"{name}.second"), float(held[f"{name}.limit"]))
            for name in ("text", "page")
        )
    except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
        raise PackError(f"{path}: the layout model cannot be read ({error}); train it with `credibility train layout DATA`") from error
    return LayoutModel(words, marks, text, page)
