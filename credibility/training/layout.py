"""Makes the layout model: `credibility train layout DATA...`, and measures it on sites that it did not see.

DATA are JSON Lines (also .gz), of two kinds: pages with `html` and `gold_text`, and texts with `lines`, each with `text`, `label`
('main' or 'boilerplate') and `headline`. Every row names its `site` and `dataset`. Sets whose licence lets figures be taken and no
weights be trained (MEASURE_ONLY) are scored and never learned from.

The weights of words and marks are inputs of the trees, and the verdicts of the first round inputs of the second. Trained on rows
that they had seen they would look too good, so each row gets them from a model that saw other sites.
"""

import gzip
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from credibility.document import Block, Document, Span
from credibility.errors import UsageError
from credibility.layout.features import Floats, Ints, hash_words, own_features, read_layout, second_features, text_features, tokens
from credibility.layout.markup import markup_features, read_marks, title_share
from credibility.layout.model import TokenWeights, Trees, layout_folder
from credibility.layout.roles import block_cues
from credibility.reading.clipping import from_html
from credibility.segment import Article

MEASURE_ONLY = frozenset(("l3s-gn1",))
FOLDS = 5
_INNER = 4
_SHARE = 0.35  # of the rows, those of articles twice as many, so that training takes minutes
# A block of a page belongs to the article if this share of its runs of three words stands in the labelled text.
_IN_GOLD = 0.5
_FIRST = {"max_iter": 50, "learning_rate": 0.2, "max_leaf_nodes": 16, "min_samples_leaf": 60}
_SECOND = {"max_iter": 90, "learning_rate": 0.14, "max_leaf_nodes": 24, "min_samples_leaf": 40}
_BOTH = {"l2_regularization": 1.0, "max_bins": 63, "early_stopping": False, "random_state": 0}
# Where the F1 of characters is flat on the cross-validated sites: texts between 0.36 and 0.46, pages between 0.65 and 0.85.
_LIMITS = {"text": 0.42, "page": 0.7}
_TERMS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_CARD = """\
# Which blocks of a page or of pasted text are the article; see docs/boilerplate.md. Written by `credibility train layout`.
name = "layout"
unit = "block"
method = "logistic weights of hashed words and class names; two rounds of gradient-boosted trees, a pair for texts and one for pages"
languages = "any; trained on pages in 27 languages, seven in ten of them English"
limits = [
  "Captions, bylines and dates above an article are conventions on which the labelled sets disagree.",
  "Prose about the site (disclaimers, biographies) is found where its words are known.",
  "Tables, verses and lists of results inside an article lose lines.",
]

# The texts belong to their publishers; the model holds hashes and weights, no text.
[[data]]
name = "daniel"
licence = "repository GPL-3.0; web pages of their publishers"
[[data]]
name = "dragnet"
licence = "CC BY 4.0"
[[data]]
name = "cleaneval, cleaneval-dev, cleanportaleval, leogao-htmltotext"
licence = "none stated in their repositories"
[[data]]
name = "fundus, scrapinghub, newspaper4k, hand-graby"
licence = "MIT"
[[data]]
name = "readability, hand-htmldate, hand-trafilatura, hand-goose3"
licence = "Apache-2.0"
[[data]]
name = "l3s-gn1"
licence = "research only: measured on, not trained on"
"""
Bools = NDArray[np.bool_]
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Sample:
    """A page or text with its labels: `wrong` is 1 for each block of boilerplate, `headline` where the two are a convention."""

    site: str
    learned: bool
    article: Article
    wrong: NDArray[np.int8]
    headline: Bools
    gold: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it has markup."""
        return bool(self.article.document.blocks)


def read_samples(paths: Iterable[Path]) -> Iterator[Sample]:
    """The samples of files and of the files in folders. Raises UsageError for a row of neither kind."""
    for path in paths:
        files = sorted(path.glob("*.jsonl*")) if path.is_dir() else [path]
        for file in files:
            with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as rows:
                for number, row in enumerate(rows, 1):
                    yield _sample(json.loads(row), f"{file}, row {number}")


def _sample(row: dict[str, Any], where: str) -> Sample:
    learned = row.get("dataset") not in MEASURE_ONLY
    if "lines" in row:
        article, wrong, headline = labelled_lines(row["lines"])
        return Sample(row.get("site", where), learned, article, wrong, headline)
    if "html" in row and "gold_text" in row:
        article = Article(from_html(row["html"], id=str(row.get("id", where))))
        wrong, headline = labelled_blocks(article, row["gold_text"])
        return Sample(row.get("site", where), learned, article, wrong, headline, row["gold_text"])
    raise UsageError(f"{where}: neither 'lines' nor 'html' with 'gold_text'; see the head of credibility/training/layout.py")


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
    terms = _TERMS.findall(gold.casefold())
    runs, lines = set(zip(terms, terms[1:], terms[2:], strict=False)), {" ".join(line.split()).casefold() for line in gold.split("\n")}
    wrong, headline = np.ones(len(article.blocks), np.int8), np.zeros(len(article.blocks), np.bool_)
    for number, block in enumerate(article.blocks):
        words = article.text[block.span.start : block.span.end]
        own = _TERMS.findall(words.casefold())
        if len(own) < 3:
            wrong[number] = " ".join(words.split()).casefold() not in lines
        else:
            found = sum(run in runs for run in zip(own, own[1:], own[2:], strict=False))
            wrong[number] = found < _IN_GOLD * (len(own) - 2)
        headline[number] = block.tag == "h1"
    return wrong, headline


def cut(sample: Sample, rng: random.Random) -> Sample | None:
    """The sample as somebody would have copied it: the whole article, some of what stands inside it and a little around it."""
    main = np.flatnonzero(sample.wrong == 0)
    if not len(main):
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
    return Sample(sample.site, sample.learned, article, sample.wrong[rows], sample.headline[rows])


class Prepared:
    """What of a sample does not depend on what was learned: its words, marks, cues; and where it falls in each split by site."""

    def __init__(self, sample: Sample, outer: int, inner: int, weight: float) -> None:
        """outer, inner: numbers of the folds. weight: of its rows beside those of other samples."""
        article = sample.article
        self.sample, self.outer, self.inner = sample, outer, inner
        self.layout = read_layout(article.text, article.blocks)
        self.words = tokens(self.layout)
        found = read_marks(article.blocks if sample.is_page else ())
        self.place, self.marks = found.place, found.of_blocks()
        self.cues = np.array([(bool(cue.line), bool(cue.inside)) for cue in article.layer(block_cues)], np.float32).reshape(-1, 2)
        self.title = title_share(self.layout, hash_words(article.document.title or ""))
        size = np.log1p(np.bincount(self.layout.words.block, minlength=len(article.blocks))) / 3 + 0.3 if sample.is_page else 1.0
        crowd = (40 / max(40, len(article.blocks))) ** 0.5  # a page of a thousand links is one page
        self.weight = np.where(sample.headline, 0.4, 1.0) * size * crowd * weight

    def rows(self, words: TokenWeights, marks: TokenWeights) -> Floats:
        """The features of the first round."""
        count = len(self.sample.wrong)
        own = own_features(self.layout, words.scores(*self.words, count), self.cues)
        rows = text_features(self.layout, own)[0]
        if not self.sample.is_page:
            return rows
        scores = marks.scores(*self.marks, count)
        return np.hstack((rows, markup_features(self.sample.article.blocks, self.layout, own, self.place, scores, self.title)))


def token_weights(of: Sequence[tuple[Prepared, tuple[Ints, NDArray[np.uint32]]]], *, strength: float, least: float) -> TokenWeights:
    """Weights by logistic regression of the tokens that three sites have. least: smaller weights are dropped."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = np.cumsum([0, *(len(prepared.sample.wrong) for prepared, _ in of)])
    sites = {site: number for number, site in enumerate(sorted({prepared.sample.site for prepared, _ in of}))}
    rows = np.concatenate([block + start for (_, (block, _)), start in zip(of, counts, strict=False)])
    hashes = np.concatenate([hashed for _, (_, hashed) in of])
    site = np.concatenate([np.full(len(hashed), sites[prepared.sample.site], np.uint64) for prepared, (_, hashed) in of])
    seen, times = np.unique(np.unique((hashes.astype(np.uint64) << np.uint64(16)) | site) >> np.uint64(16), return_counts=True)
    known = seen[times >= 3].astype(np.uint32)
    at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    there = known[at] == hashes
    table = csr_matrix((np.ones(int(there.sum()), np.float32), (rows[there], at[there])), shape=(int(counts[-1]), len(known)))
    table.data[:] = 1
    wrong = np.concatenate([prepared.sample.wrong for prepared, _ in of])
    weight = np.concatenate([np.where(p.sample.headline, 0.0, 20 / max(1, len(p.sample.wrong)) ** 0.5) for p, _ in of])
    model = LogisticRegression(C=strength, max_iter=60, tol=1e-3).fit(table, wrong, sample_weight=weight)
    weights = model.coef_[0].astype(np.float16).astype(np.float32)
    kept = np.abs(weights) >= least
    return TokenWeights(known[kept], weights[kept])


@dataclass(frozen=True, slots=True)
class Tokens:
    """Weights of words and marks: those learned from all given samples, and for each inner fold those from the others."""

    words: TokenWeights
    marks: TokenWeights
    without: tuple[tuple[TokenWeights, TokenWeights], ...]


def learn_tokens(given: Sequence[Prepared]) -> Tokens:
    """The weights that `given` teaches. Words are learned from whole texts and pages alike, marks from pages."""

    def both(chosen: Sequence[Prepared]) -> tuple[TokenWeights, TokenWeights]:
        pages = [(p, p.marks) for p in chosen if p.sample.is_page]
        words = token_weights([(p, p.words) for p in chosen if p.sample.is_page or not pages], strength=0.1, least=0.06)
        return words, token_weights(pages, strength=0.03, least=0.03) if pages else TokenWeights(
            np.zeros(0, np.uint32), np.zeros(0, np.float32)
        )

    return Tokens(*both(given), tuple(both([p for p in given if p.inner != fold]) for fold in range(_INNER)))


def learn_trees(given: Sequence[Prepared], tokens_: Tokens, share: float, seed: int) -> tuple[Any, Any]:
    """The classifiers of both rounds. share: of the rows that they are trained on, the rest only serves as neighbours."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows = np.concatenate([p.rows(*tokens_.without[p.inner]) for p in given])
    wrong = np.concatenate([p.sample.wrong for p in given])
    weight = np.concatenate([p.weight for p in given])
    half = np.concatenate([np.full(len(p.sample.wrong), p.inner % 2) for p in given])
    chance = np.where(wrong == 0, min(1.0, 2 * share), share)
    chosen = np.random.default_rng(seed).random(len(wrong)) < chance
    weight = weight / chance

    def fit(kind: dict[str, Any], table: Floats, part: Bools) -> Any:
        return HistGradientBoostingClassifier(**kind, **_BOTH).fit(table[part], wrong[part], sample_weight=weight[part])

    first = np.zeros(len(wrong), np.float32)
    for side in (0, 1):
        first[half == side] = fit(_FIRST, rows, chosen & (half != side)).predict_proba(rows[half == side])[:, 1]
    ends = np.cumsum([0, *(len(p.sample.wrong) for p in given)])
    around = [second_features(first[start:end], p.layout) for p, start, end in zip(given, ends, ends[1:], strict=False)]
    return fit(_FIRST, rows, chosen), fit(_SECOND, np.hstack((rows, np.concatenate(around))), chosen)


def prepare(samples: Iterable[Sample]) -> list[Prepared]:
    """Samples with what is worked out from them once, and a cut copy of each whole text. Folds hold whole sites."""
    rng = random.Random(0)
    out = []
    for sample in samples:
        if not len(sample.wrong):
            continue
        folds = folds_of(sample.site)
        out.append(Prepared(sample, *folds, 1.0))
        if not sample.is_page and (copy := cut(sample, rng)) is not None:
            out.append(Prepared(copy, *folds, 0.5))
    return out


def folds_of(site: str) -> tuple[int, int]:
    """The outer and the inner fold of a site, the same in every process."""
    number = int.from_bytes(hashlib.sha256(site.encode()).digest()[:4], "big")
    return number % FOLDS, number // FOLDS % _INNER


def train(data: Sequence[Path], *, output: Path | None = None, say: Say = print) -> None:
    """Measure on held-out sites, then train on all that may be learned from, and write weights and card.

    output: the folder; by default the one of the shipped model.
    """
    if not data:
        raise UsageError("train layout needs labelled data: files or folders of JSON Lines; see the head of credibility/training/layout.py")
    prepared = prepare(read_samples(data))
    say(f"{len(prepared)} samples of {len({p.sample.site for p in prepared})} sites")
    figures = crossvalidate(prepared, say)
    arrays = learn([p for p in prepared if p.sample.learned])
    folder = output or layout_folder()
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "weights.npz", **arrays)  # type: ignore[arg-type]
    digest = hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest()
    (folder / "card.toml").write_text(card(digest, figures), encoding="utf-8")
    say(f"wrote {folder / 'weights.npz'}, {(folder / 'weights.npz').stat().st_size} bytes")


def card(digest: str, figures: dict[str, float]) -> str:
    """The model's card. digest: SHA-256 of the weights. figures: of `crossvalidate`."""
    measured = "\n".join(f"{name} = {value}" for name, value in figures.items())
    return f'sha256 = "{digest}"\n{_CARD}\n[measured] # on texts and pages of sites held out\n{measured}\n'


def learn(given: Sequence[Prepared]) -> dict[str, NDArray[Any]]:
    """The arrays of a model trained on all of these."""
    learned = learn_tokens(given)
    arrays: dict[str, NDArray[Any]] = {}
    for name, weights in (("words", learned.words), ("marks", learned.marks)):
        arrays |= {f"{name}.hash": weights.hashes, f"{name}.weight": weights.weights.astype(np.float16)}
    for name, is_page in (("text", False), ("page", True)):
        chosen = [p for p in given if p.sample.is_page == is_page]
        if not chosen:
            raise UsageError(f"there are no {name}s in the data; the model needs texts (rows with 'lines') and pages (rows with 'html')")
        first, second = learn_trees(chosen, learned, _SHARE, seed=0)
        arrays |= Trees.pack(first, f"{name}.first") | Trees.pack(second, f"{name}.second")
        arrays[f"{name}.limit"] = np.array(_LIMITS[name])
    return arrays


def crossvalidate(prepared: Sequence[Prepared], say: Say, folds: Iterable[int] = range(FOLDS)) -> dict[str, float]:
    """Figures on sites that took no part in training; each fold is said as it is done."""
    counts: Counter[str] = Counter()
    errors: list[float] = []
    pages: list[float] = []
    for fold in folds:
        given = [p for p in prepared if p.outer != fold and p.sample.learned]
        learned = learn_tokens(given)
        for is_page in (False, True):
            first, second = learn_trees([p for p in given if p.sample.is_page == is_page], learned, _SHARE, seed=fold)
            limit = _LIMITS["page" if is_page else "text"]
            for p in prepared:
                if p.outer != fold or p.sample.is_page != is_page:
                    continue
                rows = p.rows(learned.words, learned.marks)
                around = second_features(first.predict_proba(rows)[:, 1].astype(np.float32), p.layout)
                said = second.predict_proba(np.hstack((rows, around)))[:, 1] >= limit
                if is_page:
                    pages.append(token_f1(p.sample, said))
                else:
                    errors.append(_count(p.sample, said, counts))
        say(f"fold {fold}: {_figures(counts, errors, pages)}")
    return _figures(counts, errors, pages)


def _count(sample: Sample, said: Bools, counts: Counter[str]) -> float:
    """Add the blocks and characters of a text to the counts; gives how far its share of boilerplate is off."""
    size = np.array([block.span.end - block.span.start for block in sample.article.blocks]) * ~sample.headline
    wrong = sample.wrong == 1
    for name, part in (("hit", said & wrong), ("said", said), ("true", wrong)):
        counts[f"blocks {name}"] += int((part & ~sample.headline).sum())
        counts[f"characters {name}"] += int(size[part].sum())
    return abs(float(size[said].sum() - size[wrong].sum())) / max(1, int(size.sum()))


def bag(text: str) -> Counter[str]:
    """The words of a text counted, case ignored; Chinese, Japanese and Korean by the character."""
    return Counter(_TERMS.findall(text.casefold()))


def token_f1(sample: Sample, said: Bools) -> float:
    """F1 of the words of the blocks not flagged against those of the labelled text, counted as in bags."""
    text, found = sample.article.text, Counter[str]()
    for block, boilerplate in zip(sample.article.blocks, said.tolist(), strict=True):
        if not boilerplate:
            found.update(bag(text[block.span.start : block.span.end]))
    gold = bag(sample.gold)
    return 2 * (found & gold).total() / max(1, found.total() + gold.total())


def _figures(counts: Counter[str], errors: Sequence[float], pages: Sequence[float]) -> dict[str, float]:
    """The figures so far; texts whole and cut together."""
    f1 = {name: 2 * counts[f"{name} hit"] / max(1, counts[f"{name} said"] + counts[f"{name} true"]) for name in ("blocks", "characters")}
    figures = {"block_f1": f1["blocks"], "character_f1": f1["characters"], "share_error": float(np.mean(errors or [0]))}
    return {name: round(value, 4) for name, value in (figures | {"page_token_f1": float(np.mean(pages or [0]))}).items()}
