"""What the markup of a page says of its blocks: links, element, ancestors, class and id tokens, and the company of like blocks.

A column is NaN-free and language-independent. For plain text none of this exists, so it has a model of its own.
"""

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from credibility.document import Block
from credibility.layout.features import beside
from credibility.layout.words import Floats, Ints, Layout, changes

_PART = re.compile(r"[^\W\d_]+")
# Elements that hold a block, by what they are used for.
_TAGS = (
    ("p",), ("h1",), ("h2",), ("h3", "h4", "h5", "h6"), ("li", "dd", "dt"), ("td", "th"), ("figcaption", "caption", "legend"),
    ("blockquote", "pre"), ("button", "label", "option", "summary", "select"), ("div", "section", "article", "main", "body"),
)  # fmt: skip
_ANCESTORS = (
    "article", "main", "nav", "aside", "header", "footer", "form", "table", "ul", "ol", "figure", "section", "blockquote", "p",
)  # fmt: skip
_TAG_NUMBER = {tag: number for number, group in enumerate(_TAGS) for tag in group}
_LONGEST_PART = 24
_NOTHING: frozenset[int] = frozenset()
# Of the class and id tokens, the nearest ones say the most.
_NEAREST = 6


class Marks(NamedTuple):
    """The tokens of the marks of each place, and the place of each block: blocks with the same marks share one.

    `place` has a number for each block; `owner` and `hash` are the places and the 32-bit hashes of the tokens.
    """

    place: Ints
    owner: Ints
    hash: NDArray[np.uint32]

    def of_blocks(self) -> tuple[Ints, NDArray[np.uint32]]:
        """Block and hash of every token of every block."""
        size = np.bincount(self.owner, minlength=int(self.place.max(initial=-1)) + 1)
        count = size[self.place]
        first = (np.cumsum(size) - size)[self.place] - (np.cumsum(count) - count)
        return np.repeat(np.arange(len(count)), count), self.hash[np.repeat(first, count) + np.arange(count.sum())]


def read_marks(blocks: Sequence[Block]) -> Marks:
    """The parts of class and id tokens ('entry-content' has two) with the tags around each block, hashed, each once a place."""
    known: dict[tuple[str, str, str], int] = {}
    places = [known.setdefault((block.tag, block.path, block.hints), len(known)) for block in blocks]
    outer: dict[str, frozenset[int]] = {}  # most blocks share all but their nearest tokens with others
    hashes: list[int] = []
    sizes = []
    for tag, path, hints in known:
        nearest = hints.rsplit(maxsplit=_NEAREST)
        far = nearest.pop(0) if len(nearest) > _NEAREST else ""
        if (found := outer.get(far)) is None:
            found = outer[far] = _NOTHING.union(*(_hashed_token(token)[0] for token in far.split()))
        found = found.union(_hashed_path(tag, path), *(_hashed_token(token)[1] for token in nearest))
        sizes.append(len(found))
        hashes += found
    return Marks(np.array(places, dtype=np.int64), np.repeat(np.arange(len(known)), sizes), np.array(hashes, dtype=np.uint32))


@lru_cache(maxsize=1024)
def _hashed_path(tag: str, path: str) -> frozenset[int]:
    """Hashes of the elements: the block's own, alone and with the one around it, and all around it."""
    around = path.split()
    return frozenset(map(_hash, (f"<{tag}", f"<{' '.join([*around[-1:], tag])}", *(f"<<{name}" for name in around))))


@lru_cache(maxsize=4096)
def _hashed_token(token: str) -> tuple[frozenset[int], frozenset[int]]:
    """Hashes of the parts of a class or id token, and those that it has where it is among the nearest."""
    parts = [part[:_LONGEST_PART] for part in _PART.findall(token)]
    names = {*parts, "-".join(parts)}
    hashed = frozenset(map(_hash, names))
    return hashed, hashed.union(_hash("^" + name) for name in names)


def _hash(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "replace"))


def markup_features(blocks: Sequence[Block], layout: Layout, own: dict[str, Floats], place: Ints, marks: Floats, title: Floats) -> Floats:
    """Columns of the markup, shape (blocks, columns).

    own: of `own_features`; place: of `read_marks`; marks: scores of its tokens, shape (blocks, 5); title: of `title_share`.
    """
    length = np.maximum(1, layout.ends - layout.starts)
    links = np.minimum(1.0, np.array([block.link_chars for block in blocks], dtype=np.float64) / length)
    paths: dict[str, int] = {}
    path = np.array([paths.setdefault(block.path, len(paths)) for block in blocks], dtype=np.int64)
    columns: dict[str, NDArray[Any]] = {"links": links, "depth": np.array([whole.count(" ") for whole in paths])[path], "title": title}
    columns["tag"] = np.array([_TAG_NUMBER.get(block.tag, len(_TAGS)) for block in blocks])
    for name, within in zip(_ANCESTORS, np.array([_within(whole) for whole in paths]).T, strict=True):
        columns[f"in {name}"] = within[path]
    for number, name in enumerate(("sum", "mean", "max", "min", "known")):
        columns[f"marks_{name}"] = marks[:, number]
    prose_length = length * own["prose"]
    all_prose = max(1.0, float(prose_length.sum()))
    parents: dict[str, int] = {}
    parent = np.array([parents.setdefault(whole.rpartition(" ")[0], len(parents)) for whole in paths], dtype=np.int64)[path]
    for name, group in (("place", place), ("path", path), ("parent", parent)):
        size = np.bincount(group)
        in_group = np.bincount(group, weights=length)
        columns[f"{name}_size"] = np.log1p(size)[group]
        columns[f"{name}_prose"] = (np.bincount(group, weights=prose_length) / all_prose)[group]
        columns[f"{name}_links"] = (np.bincount(group, weights=links * length) / in_group)[group]
        columns[f"{name}_length"] = np.log1p(in_group / size)[group]
        columns[f"{name}_score"] = (np.bincount(group, weights=own["score_mean"]) / size)[group]
    columns["shared"] = _shared_path(blocks, prose_length)
    table = np.empty((len(columns), len(blocks)), dtype=np.float32)
    for row, column in zip(table, columns.values(), strict=True):
        row[:] = column
    names = list(columns)
    beside_these = table[[names.index(name) for name in ("links", "marks_mean", "place_prose", "shared")]]
    return np.concatenate((table, beside(beside_these, (3, 8)))).T


@lru_cache(maxsize=1024)
def _within(path: str) -> tuple[bool, ...]:
    """Which of `_ANCESTORS` are among the elements of a path."""
    return tuple(map(set(path.split()).__contains__, _ANCESTORS))


def _shared_path(blocks: Sequence[Block], prose: NDArray[np.floating]) -> NDArray[np.float64]:
    """Share of its marks that each block has in common with the place that holds most of the prose, from the root on."""
    weight: dict[str, float] = {}
    for block, here in zip(blocks, prose, strict=True):
        weight[block.hints] = weight.get(block.hints, 0.0) + float(here)
    if not weight:
        return np.zeros(0)
    best = max(weight, key=lambda hints: weight[hints]).split()
    share = {hints: _common(hints.split(), best) / max(1, len(best)) for hints in weight}
    return np.array([share[block.hints] for block in blocks])


def _common(one: list[str], other: list[str]) -> int:
    """How many tokens two lists share from their start."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def title_share(layout: Layout, title: Sequence[int]) -> Floats:
    """Share of the words of the title (hashes) that stand in each block, at most 1; 0 where the page has no title."""
    blocks = len(layout.starts)
    if not title:
        return np.zeros(blocks, dtype=np.float32)
    wanted = np.array(sorted(set(title)), dtype=np.uint64)
    at = np.minimum(np.searchsorted(wanted, layout.words.hash), len(wanted) - 1)
    hit = wanted[at] == layout.words.hash
    pairs = np.sort(layout.words.block[hit] * len(wanted) + at[hit])
    return np.asarray(np.bincount(pairs[changes(pairs)] // len(wanted), minlength=blocks) / len(wanted), dtype=np.float32)
