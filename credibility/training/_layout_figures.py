"""How well the layout model does on labelled pages and texts at each limit, and which limit does best."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from credibility.layout.roles import flags
from credibility.layout.words import Floats
from credibility.training._layout_samples import TERMS, Bools, Prepared, Sample

# The limits tried, on a grid as coarse as the figures are flat.
LIMITS = tuple(number / 100 for number in range(30, 70, 6))
# What two F1 together may lose on texts for fewer false alarms: less than they move from one training to the next.
_ABOUT = 0.003
# Languages and data sets with fewer pages have no line of their own on the card.
_FEWEST = 5


class Tally(NamedTuple):
    """What is counted of a sample at each of LIMITS, shape (limits, columns).

    A page has token F1 and whether nothing is left. A text has hit, said and true for blocks of boilerplate, the same for their
    characters, and how far the share of boilerplate is off.
    """

    sample: Sample
    counts: NDArray[np.float64]


Chosen: TypeAlias = Sequence[tuple[Tally, int]]  # with the row of the limit


def tally(p: Prepared, probability: Floats) -> Tally:
    """The counts of a sample. probability: of its blocks, of being boilerplate."""
    count = _PageCounts(p.sample) if p.sample.is_page else _TextCounts(p.sample)
    return Tally(p.sample, np.array([count(flags(p.sample.article, probability, limit)) for limit in LIMITS], dtype=np.float64))


def best_limit(tallies: Sequence[Tally]) -> int:
    """Row of the limit at which the figures of pages are best; for texts the highest at which they are about as good.

    tallies: all of pages or all of texts. What is cut from a page is hidden, what is flagged in a text is shown to an editor.
    """
    goodness = [_goodness([(one, row) for one in tallies]) for row in range(len(LIMITS))]
    least = max(goodness) - (0.0 if tallies[0].sample.is_page else _ABOUT)
    chosen = [row for row, value in enumerate(goodness) if value >= least]
    return chosen[0] if tallies[0].sample.is_page else chosen[-1]


def _goodness(chosen: Chosen) -> float:
    """Token F1 of pages; of texts F1 of blocks and of characters less the error of the share, in the mean of the files."""
    if chosen[0][0].sample.is_page:
        return float(np.mean([one.counts[row, 0] for one, row in chosen]))
    return float(np.mean([f["block_f1"] + f["character_f1"] - f["share_error"] for f in _by_file(chosen).values()]))


def figures(chosen: Chosen) -> str:
    """The figures as TOML: a table for each file of texts; one for pages, and one for each language and data set of pages."""
    if not chosen[0][0].sample.is_page:
        return "".join(_table(file, values) for file, values in _by_file(chosen).items())
    scores: dict[str, list[float]] = defaultdict(list)
    for one, row in chosen:
        for scope in ("pages", f"pages.languages.{one.sample.language}", f"pages.data_sets.{one.sample.dataset}"):
            scores[scope].append(float(one.counts[row, 0]))
    out = _table("pages", {**_of_pages(scores.pop("pages")), "empty": int(sum(one.counts[row, 1] for one, row in chosen))})
    return out + "".join(_table(scope, _of_pages(values)) for scope, values in sorted(scores.items()) if len(values) >= _FEWEST)


def _of_pages(values: Sequence[float]) -> dict[str, float]:
    return {"pages": len(values), "token_f1": round(float(np.mean(values)), 4)}


def _table(name: str, values: dict[str, float]) -> str:
    return f"[measured.{name}]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())


def _by_file(chosen: Chosen) -> dict[str, dict[str, float]]:
    """For the texts of each file F1 of boilerplate blocks and of their characters, and the mean error of the share of boilerplate."""
    rows: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for one, row in chosen:
        rows[one.sample.file].append(one.counts[row])
    out: dict[str, dict[str, float]] = {}
    for file, counts in sorted(rows.items()):
        hit, said, true, hit_size, said_size, true_size, error = np.sum(counts, axis=0)
        values = (2 * hit / max(1, said + true), 2 * hit_size / max(1, said_size + true_size), error / len(counts))
        names = ("block_f1", "character_f1", "share_error")
        out[file] = {"texts": len(counts)} | {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}
    return out


class _TextCounts:
    """Counts of a text for the blocks flagged; headlines are left out."""

    def __init__(self, sample: Sample) -> None:
        self.size = sample.sizes * ~sample.headline
        self.wrong, self.counted = sample.wrong == 1, ~sample.headline

    def __call__(self, said: Bools) -> tuple[float, ...]:
        parts = (said & self.wrong, said, self.wrong)
        sizes = [float(self.size[part].sum()) for part in parts]
        off = abs(sizes[1] - sizes[2]) / max(1, float(self.size.sum()))
        return *(float((part & self.counted).sum()) for part in parts), *sizes, off


class _PageCounts:
    """Token F1 of a page for the blocks flagged: the words of the others against those of the labelled text, counted as in bags."""

    def __init__(self, sample: Sample) -> None:
        gold = bag(sample.gold)
        number = {word: row for row, word in enumerate(gold)}
        text = sample.article.text
        words = [TERMS.findall(text[block.span.start : block.span.end].casefold()) for block in sample.article.blocks]
        self.block = np.repeat(np.arange(len(words)), [len(of_block) for of_block in words])
        self.word = np.array([number.get(word, len(gold)) for of_block in words for word in of_block], dtype=np.int64)
        self.gold = np.array([*gold.values(), 0], dtype=np.int64)

    def __call__(self, said: Bools) -> tuple[float, ...]:
        kept = self.word[~said[self.block]]
        found = np.bincount(kept, minlength=len(self.gold))
        return 2 * float(np.minimum(found, self.gold).sum()) / max(1, len(kept) + int(self.gold.sum())), float(not len(kept))


def bag(text: str) -> Counter[str]:
    """The words of a text counted, case ignored; Chinese, Japanese and Korean by the character."""
    return Counter(TERMS.findall(text.casefold()))
