"""What the markup of a page says of its blocks: links, element, ancestors, class and id tokens, and the company of like blocks.

A column is NaN-free and language-independent. For plain text none of this exists, so it has a model of its own.
"""

import re
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from credibility.document import Block
from credibility.layout_features import Floats, Ints, Layout, beside, changes

_PART = re.compile(r"[^\W\d_]+")
# Elements that hold a block, by what they are used for.
_TAGS = (
    ("p",), ("h1",), ("h2",), ("h3", "h4", "h5", "h6"), ("li", "dd", "dt"), ("td", "th"), ("figcaption", "caption", "legend"),
    ("blockquote", "pre"), ("button", "label", "option", "summary", "select"), ("div", "section", "article", "main", "body"),
)  # fmt: skip
_ANCESTORS = (
    "article", "main", "nav", "aside", "header", "footer", "form", "table", "ul", "ol", "figure", "section", "blockquote", "p",
)  # fmt: skip
_LONGEST_PART = 24
# Of the class and id tokens, the nearest ones say the most.
_NEAREST = 6


class Marks(NamedTuple):
    """The tokens of the marks of each block: its number and their 32-bit hashes, all of them and those of the nearest elements."""

    block: Ints
    hash: NDArray[np.uint32]
    near: NDArray[np.bool_]


def read_marks(blocks: Sequence[Block]) -> Marks:
    """The parts of class and id tokens ('entry-content' has two) with the tags around each block, hashed, each once a block."""
    known: dict[tuple[str, str, str], tuple[list[int], list[bool]]] = {}
    rows, hashes, near = [], [], []
    for number, block in enumerate(blocks):
        key = (block.tag, block.path, block.hints)
        if (found := known.get(key)) is None:
            found = known[key] = _hashed(block)
        rows += [number] * len(found[0])
        hashes += found[0]
        near += found[1]
    return Marks(np.array(rows, dtype=np.int64), np.array(hashes, dtype=np.uint32), np.array(near, dtype=bool))


def _hashed(block: Block) -> tuple[list[int], list[bool]]:
    """Hashes of the tokens of a block, and whether each is among the nearest."""
    given = block.hints.split()
    tokens: dict[str, bool] = {f"<{block.tag}": True, f"<{' '.join([*block.path.split()[-1:], block.tag])}": True}
    for tag in block.path.split():
        tokens.setdefault(f"<<{tag}", False)
    for place, token in enumerate(reversed(given)):
        nearest = place < _NEAREST
        parts = [part[:_LONGEST_PART] for part in _PART.findall(token)]
        for name in (*parts, "-".join(parts)):
            tokens.setdefault(name, False)
            if nearest:
                tokens.setdefault("^" + name, True)
    return [zlib.crc32(token.encode("utf-8", "replace")) for token in tokens], list(tokens.values())


def markup_features(blocks: Sequence[Block], layout: Layout, own: dict[str, Floats], marks: Floats, title: Floats) -> Floats:
    """Columns of the markup, shape (blocks, columns).

    own: of `own_features`; marks: scores of `read_marks`, shape (blocks, 5); title: of `title_share`.
    """
    length = np.maximum(1, layout.ends - layout.starts)
    links = np.minimum(1.0, np.array([block.link_chars for block in blocks], dtype=np.float64) / length)
    depth = np.array([block.path.count(" ") for block in blocks], dtype=np.float32)
    columns: dict[str, NDArray[np.generic]] = {"links": links, "depth": depth, "title": title}
    tag = np.array([_tag_number(block.tag) for block in blocks], dtype=np.float32)
    columns["tag"] = tag
    ancestors = {block.path: set(block.path.split()) for block in blocks}
    for name in _ANCESTORS:
        columns[f"in {name}"] = np.array([name in ancestors[block.path] for block in blocks])
    for number, name in enumerate(("sum", "mean", "max", "min", "known")):
        columns[f"marks_{name}"] = marks[:, number]
    prose_length = length * own["prose"]
    all_prose = max(1.0, float(prose_length.sum()))
    for name, keys in (
        ("place", [(block.tag, block.path, block.hints) for block in blocks]),
        ("path", [(block.path, "", "") for block in blocks]),
        ("parent", [("", block.path.rpartition(" ")[0], "") for block in blocks]),
    ):
        group = _groups(keys)
        size = np.bincount(group)
        columns[f"{name}_size"] = np.log1p(size[group])
        columns[f"{name}_prose"] = (np.bincount(group, weights=prose_length) / all_prose)[group]
        columns[f"{name}_links"] = (np.bincount(group, weights=links * length) / np.bincount(group, weights=length))[group]
        columns[f"{name}_length"] = np.log1p(np.bincount(group, weights=length) / size)[group]
        columns[f"{name}_score"] = (np.bincount(group, weights=own["score_mean"]) / size)[group]
    columns["shared"] = _shared_path(blocks, prose_length)
    table = np.empty((len(columns), len(blocks)), dtype=np.float32)
    for row, column in zip(table, columns.values(), strict=True):
        row[:] = column
    names = list(columns)
    around = table[[names.index(name) for name in ("links", "marks_mean", "place_prose", "shared")]]
    return np.concatenate((table, beside(around, (3, 8)))).T


def _tag_number(tag: str) -> int:
    """Number of the group of elements that the tag belongs to."""
    return next((number for number, group in enumerate(_TAGS) if tag in group), len(_TAGS))


def _groups(keys: Sequence[tuple[str, str, str]]) -> Ints:
    """A number for each key, the same for the same ones."""
    numbers: dict[tuple[str, str, str], int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


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
