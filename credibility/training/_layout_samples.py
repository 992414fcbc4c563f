"""Labelled pages and texts for the layout model: read, cut like clippings, and prepared for training.

A row is a page with `html` and `gold_text`, or a text with `lines`, each with `text`, `label` ('main' or 'boilerplate') and
`headline`. Every row names its `site`, `dataset` and `lang`. Sets whose licence lets figures be taken and no weights be trained
(MEASURE_ONLY) are scored and never learned from.
"""

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from credibility.document import Block, Document, Span
from credibility.errors import UsageError
from credibility.layout.markup import read_marks, title_share
from credibility.layout.model import TokenWeights
from credibility.layout.roles import block_cues, first_features
from credibility.layout.words import Floats, hash_words, read_layout, tokens
from credibility.reading.clipping import from_html
from credibility.segment import Article

MEASURE_ONLY = frozenset(("l3s-gn1",))
FOLDS = 5
# A block of a page belongs to the article if this share of its runs of three words stands in the labelled text.
_IN_GOLD = 0.5
# A text of which more than this share of characters is boilerplate is a whole page, from which somebody might copy a part.
_WHOLE = 1 / 3
TERMS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sample:
    """A page or text with its labels: `wrong` is 1 for each block of boilerplate, `headline` where the two are a convention.

    `file` is the name of the file that it comes from, without endings; '' for a copy that was cut from another sample.
    """

    file: str
    site: str
    dataset: str
    language: str
    article: Article
    wrong: NDArray[np.int8]
    headline: Bools
    gold: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it has markup."""
        return bool(self.article.document.blocks)

    @property
    def learned(self) -> bool:
        """Whether weights may be trained on it."""
        return self.dataset not in MEASURE_ONLY

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Characters of each block."""
        return np.array([block.span.end - block.span.start for block in self.article.blocks], dtype=np.int64)


def read_samples(paths: Iterable[Path]) -> Iterator[Sample]:
    """The samples of files and of the files in folders. Raises UsageError for a row of neither kind."""
    for path in paths:
        files = sorted(path.glob("*.jsonl*")) if path.is_dir() else [path]
        for file in files:
            with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as rows:
                for number, row in enumerate(rows, 1):
                    yield _sample(json.loads(row), file, number)


def _sample(row: dict[str, Any], file: Path, number: int) -> Sample:
    where = f"{file}, row {number}"
    source = (file.name.partition(".")[0], row.get("site", where), row.get("dataset", ""), row.get("lang") or "und")
    if "lines" in row:
        return Sample(*source, *labelled_lines(row["lines"]))
    if "html" in row and "gold_text" in row:
        article = Article(from_html(row["html"], id=str(row.get("id", where))))
        return Sample(*source, article, *labelled_blocks(article, row["gold_text"]), row["gold_text"])
    raise UsageError(f"{where}: neither 'lines' nor 'html' with 'gold_text'; see the head of credibility/training/_layout_samples.py")


def labelled_lines(lines: Sequence[dict[str, Any]]) -> tuple[Article, NDArray[np.int8], Bools]:
    """The text of the lines, and for each of its blocks whether most of it is boilerplate, and whether it holds a headline."""
    article = Article(Document(id="", text="\n".join(line["text"] for line in lines)))
    balance, headline = np.zeros(len(article.blocks), np.int64), np.zeros(len(article.blocks), np.bool_)
    position = 0
    for line in lines:
        size = len(line["text"])
        if line["text"].strip() and (block := article.block_at(position + size - 1)) >= 0:
            balance[block] += size if line["label"] == "boilerplate" else -size
            headline[block] |= bool(line.get("headline"))
        position += size + 1
    return article, (balance > 0).astype(np.int8), headline


def labelled_blocks(article: Article, gold: str) -> tuple[NDArray[np.int8], Bools]:
    """For each block of a page whether it is missing in the labelled text. The headline is the first block with the title's words."""
    terms = TERMS.findall(gold.casefold())
    runs, lines = set(zip(terms, terms[1:], terms[2:], strict=False)), {" ".join(line.split()).casefold() for line in gold.split("\n")}
    wrong, headline = np.ones(len(article.blocks), np.int8), np.zeros(len(article.blocks), np.bool_)
    for number, block in enumerate(article.blocks):
        words = article.text[block.span.start : block.span.end]
        own = TERMS.findall(words.casefold())
        if len(own) < 3:
            wrong[number] = " ".join(words.split()).casefold() not in lines
        else:
            found = sum(run in runs for run in zip(own, own[1:], own[2:], strict=False))
            wrong[number] = found < _IN_GOLD * (len(own) - 2)
        headline[number] = block.tag == "h1"
    return wrong, headline


def cut(sample: Sample, rng: random.Random) -> Sample | None:
    """The sample as somebody would have copied it: the whole article, some of what stands inside it and a little around it.

    None for a page without an article, and for one that is mostly article and was cut by somebody already.
    """
    main = np.flatnonzero(sample.wrong == 0)
    if not len(main) or sample.sizes[sample.wrong == 1].sum() <= _WHOLE * sample.sizes.sum():
        return None
    kept = sample.wrong == 0
    inside = rng.choice((0.3, 0.6, 1.0))
    for number in range(int(main[0]), int(main[-1]) + 1):
        kept[number] |= rng.random() < inside
    for outside, mean in ((list(range(main[0])), 2.0), (list(range(main[-1] + 1, len(kept))), 5.0)):
        size = min(len(outside), int(rng.expovariate(1 / mean) + 0.3))
        nearest = outside[len(outside) - size :] if outside and outside[0] == 0 else outside[:size]
        kept[nearest if rng.random() < 0.5 else rng.sample(outside, size)] = True
    rows = np.flatnonzero(kept)
    text = sample.article.text
    pieces = [text[sample.article.blocks[row].span.start : sample.article.blocks[row].span.end].replace("\n", " ") for row in rows]
    blocks, start = [], 0
    for piece in pieces:
        blocks.append(Block(Span(start, start + len(piece))))
        start += len(piece) + 1
    article = Article(Document(id="", text="\n".join(pieces)))
    article.__dict__["blocks"] = tuple(blocks)
    return Sample("", sample.site, sample.dataset, sample.language, article, sample.wrong[rows], sample.headline[rows])


class Prepared:
    """What of a sample does not depend on what was learned: its words, marks, cues; and where it falls in each split by site."""

    def __init__(self, sample: Sample) -> None:
        article = sample.article
        self.sample = sample
        self.fold, self.half = folds_of(sample.site)
        self.layout = read_layout(article.text, article.blocks)
        self.words = tokens(self.layout)
        self.marks = read_marks(article.blocks if sample.is_page else ())
        self.block_marks = self.marks.of_blocks()
        self.title = title_share(self.layout, hash_words(article.document.title or ""))
        article.layer(block_cues)
        size = np.log1p(np.bincount(self.layout.words.block, minlength=len(article.blocks))) / 3 + 0.3 if sample.is_page else 1.0
        crowd = (40 / max(40, len(article.blocks))) ** 0.5  # a page of a thousand links is one page
        self.weight = np.where(sample.headline, 0.4, 1.0) * size * crowd * (1.0 if sample.file else 0.5)

    def rows(self, words: TokenWeights, marks: TokenWeights) -> Floats:
        """The features of the first round."""
        count = len(self.sample.wrong)
        scores = words.scores(*self.words, count)
        of_marks = marks.scores(*self.block_marks, count) if self.sample.is_page else None
        return first_features(self.sample.article, self.layout, scores, self.marks.place, of_marks, self.title)


def prepare(samples: Iterable[Sample]) -> list[Prepared]:
    """Samples with what is worked out from them once, and a cut copy of each whole text."""
    rng = random.Random(0)
    out = []
    for sample in samples:
        if not len(sample.wrong):
            continue
        out.append(Prepared(sample))
        if not sample.is_page and (copy := cut(sample, rng)) is not None:
            out.append(Prepared(copy))
    return out


def folds_of(site: str) -> tuple[int, int]:
    """The fold of a site, 0 to FOLDS - 1, and which half of its fold it is in, the same in every process."""
    number = int.from_bytes(hashlib.sha256(site.encode()).digest()[:4], "big")
    return number % FOLDS, number // FOLDS % 2
