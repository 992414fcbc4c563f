"""Boosted trees and token weights as plain arrays, applied with numpy to all blocks of a text at once.

A block is judged twice: by itself with its neighbours' features, then once more with the first verdicts on its neighbours, which
brings whole runs of article and boilerplate into one. scikit-learn, which trains the trees, is not needed here.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from credibility.errors import PackError
from credibility.layout.words import Floats, Ints
from credibility.pack import pack_root

# Rows times trees that one step of the walk holds: 8 MB of positions.
_STEP = 1 << 20
# Lower bits of a hash that do not tell its bucket: 131,072 buckets hold four hashes at most.
_BUCKET = 15
# Steps of the walk between looks at which ways have ended.
_STRIDE = 4


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


class Trees(NamedTuple):
    """Boosted trees, one row of nodes each. A node's children stand side by side; a leaf is its own child.

    `feature`, `child` are of shape (trees, nodes), `threshold`, `value` too; `depth` is the longest way to a leaf.
    """

    feature: Ints
    threshold: Floats
    child: Ints
    value: Floats
    baseline: float
    depth: int

    def probability(self, rows: Floats) -> Floats:
        """Probability of boilerplate of each row. rows: shape (blocks, columns)."""
        trees, nodes = self.feature.shape
        out = np.empty(len(rows), dtype=np.float32)
        size = max(1, _STEP // max(1, trees))
        roots = np.arange(trees) * nodes
        feature, threshold, child, value = (table.ravel() for table in (self.feature, self.threshold, self.child, self.value))
        for start in range(0, len(rows), size):
            part = np.ascontiguousarray(rows[start : start + size].T)
            count = part.shape[1]
            flat, row, column = part.ravel(), np.tile(np.arange(count), trees), feature * count
            at = np.repeat(roots, count)
            leaf, walking = at, np.arange(len(at))
            for step in range(1, self.depth + 1):
                at = child.take(at) + (flat.take(column.take(at) + row) > threshold.take(at))
                if step % _STRIDE == 0 or step == self.depth:
                    # Few ways are long: those that have ended are put aside.
                    leaf[walking] = at
                    going = np.flatnonzero(child.take(at) != at)
                    at, row, walking = at.take(going), row.take(going), walking.take(going)
            raw = value.take(leaf).reshape(trees, count).T.sum(axis=1, dtype=np.float64) + self.baseline
            out[start : start + size] = 1 / (1 + np.exp(-np.minimum(30, np.maximum(-30, raw))))
        return out

    @classmethod
    def load(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> "Trees":
        """The trees stored under `name`; child positions become those in the flattened tables."""
        feature = arrays[f"{name}.feature"].astype(np.int64)
        trees, nodes = feature.shape
        child = arrays[f"{name}.child"].astype(np.int64) + (np.arange(trees) * nodes)[:, None]
        baseline, depth = arrays[f"{name}.start"]
        threshold, value = (np.ascontiguousarray(arrays[f"{name}.{part}"], dtype=np.float32) for part in ("threshold", "value"))
        return cls(feature, threshold, child, value, float(baseline), int(depth))

    @staticmethod
    def pack(model: Any, name: str) -> dict[str, NDArray[Any]]:
        """The arrays of a fitted HistGradientBoostingClassifier of two classes, trained without missing values."""
        grown = [step[0].nodes for step in model._predictors]
        nodes = max(len(tree) for tree in grown)
        shape = (len(grown), nodes)
        feature, child = np.zeros(shape, np.uint16), np.zeros(shape, np.uint16)
        threshold, value = np.full(shape, np.inf, np.float32), np.zeros(shape, np.float32)
        depth = 0
        for row, tree in enumerate(grown):
            place = _side_by_side(tree)
            for old, new in enumerate(place):
                node = tree[old]
                value[row, new] = node["value"]
                if node["is_leaf"]:
                    child[row, new] = new
                else:
                    feature[row, new] = node["feature_idx"]
                    child[row, new] = place[node["left"]]
                    threshold[row, new] = _rounded_down(float(node["num_threshold"]))
            depth = max(depth, int(tree["depth"].max()))
        start = np.array([float(model._baseline_prediction.ravel()[0]), depth])
        parts: dict[str, NDArray[Any]] = {"feature": feature, "threshold": threshold, "child": child, "value": value, "start": start}
        return {f"{name}.{part}": array for part, array in parts.items()}


def _side_by_side(tree: Any) -> list[int]:
    """New positions of the nodes, breadth first, so that the right child stands behind the left one."""
    place = [0] * len(tree)
    waiting, following = [0], 1
    for old in waiting:
        if not tree[old]["is_leaf"]:
            for side in ("left", "right"):
                place[tree[old][side]] = following
                waiting.append(int(tree[old][side]))
                following += 1
    return place


def _rounded_down(threshold: float) -> np.float32:
    """The greatest 32-bit number that is not above: 32-bit features then go the very same way."""
    near = np.float32(threshold)
    return near if float(near) <= threshold else np.nextafter(near, np.float32(-math.inf))


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
