"""Makes the layout model: `credibility train layout DATA...`, and measures it on sites that it did not see.

DATA are JSON Lines (also .gz) of pages and texts, or folders of them; `_layout_samples` tells their fields.

The weights of words and marks are inputs of the trees, and the verdicts of the first round inputs of the second. Trained on rows
that they had seen they would look too good, so each row gets them from a model that saw other sites.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from credibility.errors import UsageError
from credibility.layout.context import second_features
from credibility.layout.model import TokenWeights, layout_folder
from credibility.layout.words import Floats, Ints
from credibility.training._layout_figures import LIMITS, Tally, best_limit, figures, tally
from credibility.training._layout_samples import FOLDS, Bools, Prepared, prepare, read_samples
from credibility.trees import Trees


class _Growth(NamedTuple):
    """How trees grow. share: of the rows that are learned from, those of articles twice as many, so that training takes minutes."""

    share: float
    first: dict[str, Any]
    second: dict[str, Any]


# Texts tell less than pages do and are judged by trees only where a cue is: more rows and more trees pay there, and cost little.
_TEXTS = _Growth(
    0.5,
    {"max_iter": 120, "learning_rate": 0.12, "max_leaf_nodes": 31, "min_samples_leaf": 60},
    {"max_iter": 250, "learning_rate": 0.07, "max_leaf_nodes": 48, "min_samples_leaf": 40},
)
_PAGES = _Growth(
    0.15,
    {"max_iter": 50, "learning_rate": 0.2, "max_leaf_nodes": 16, "min_samples_leaf": 60},
    {"max_iter": 90, "learning_rate": 0.14, "max_leaf_nodes": 24, "min_samples_leaf": 40},
)
_BOTH = {"l2_regularization": 1.0, "max_features": 0.3, "max_bins": 63, "early_stopping": False, "random_state": 0}
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
Say = Callable[[str], object]
_NO_TOKENS = TokenWeights(np.zeros(0, np.uint32), np.zeros(0, np.float32))


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


class Teacher:
    """Weights of words and marks as learned from all samples but those of some folds, each made once."""

    def __init__(self, given: Sequence[Prepared]) -> None:
        """given: samples that may be learned from."""
        self._given = given
        self._known: dict[frozenset[int], tuple[TokenWeights, TokenWeights]] = {}

    def without(self, *folds: int) -> tuple[TokenWeights, TokenWeights]:
        """The weights that the other folds teach: words and marks of pages; of texts if there are no pages."""
        key = frozenset(folds)
        if key not in self._known:
            chosen = [p for p in self._given if p.fold not in key]
            pages = [p for p in chosen if p.sample.is_page]
            words = token_weights([(p, p.words) for p in pages or chosen], strength=0.1, least=0.06)
            marks = token_weights([(p, p.block_marks) for p in pages], strength=0.03, least=0.03) if pages else _NO_TOKENS
            self._known[key] = words, marks
        return self._known[key]


def learn_trees(given: Sequence[Prepared], teacher: Teacher, held_out: Sequence[int] = (), seed: int = 0) -> tuple[Any, Any]:
    """The classifiers of both rounds. held_out: folds that `given` has no samples of, and that its features must not know either."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows = np.concatenate([p.rows(*teacher.without(p.fold, *held_out)) for p in given])
    wrong = np.concatenate([p.sample.wrong for p in given])
    half = np.concatenate([np.full(len(p.sample.wrong), p.half) for p in given])
    growth = _PAGES if given[0].sample.is_page else _TEXTS
    # The rest of the rows only serves as neighbours.
    chance = np.where(wrong == 0, 2 * growth.share, growth.share)
    chosen = np.random.default_rng(seed).random(len(wrong)) < chance
    weight = np.concatenate([p.weight for p in given]) / chance

    def fit(kind: dict[str, Any], table: Floats, part: Bools) -> Any:
        return HistGradientBoostingClassifier(**kind, **_BOTH).fit(table[part], wrong[part], sample_weight=weight[part])

    first = np.zeros(len(wrong), np.float32)
    for side in (0, 1):
        first[half == side] = fit(growth.first, rows, chosen & (half != side)).predict_proba(rows[half == side])[:, 1]
    ends = np.cumsum([0, *(len(p.sample.wrong) for p in given)])
    around = [second_features(first[start:end], p.layout) for p, start, end in zip(given, ends, ends[1:], strict=False)]
    return fit(growth.first, rows, chosen), fit(growth.second, np.hstack((rows, np.concatenate(around))), chosen)


def crossvalidate(prepared: Sequence[Prepared], teacher: Teacher, say: Say) -> list[Floats]:
    """Probabilities of the blocks of each sample by trees that saw no sample of its fold. prepared: all pages, or all texts."""
    out: list[Floats] = [np.zeros(0, np.float32)] * len(prepared)
    for fold in range(FOLDS):
        given = [p for p in prepared if p.fold != fold and p.sample.learned]
        model = learn_trees(given, teacher, (fold,), seed=fold)
        for number, p in enumerate(prepared):
            if p.fold == fold:
                out[number] = judge(p, teacher.without(fold), model)
        say(f"fold {fold} of {FOLDS}: trained on {len(given)}, judged {sum(p.fold == fold for p in prepared)}")
    return out


def judge(p: Prepared, weights: tuple[TokenWeights, TokenWeights], model: tuple[Any, Any]) -> Floats:
    """Probability of boilerplate of each block of a sample."""
    rows = p.rows(*weights)
    around = second_features(model[0].predict_proba(rows)[:, 1].astype(np.float32), p.layout)
    return np.asarray(model[1].predict_proba(np.hstack((rows, around)))[:, 1], dtype=np.float32)


def train(data: Sequence[Path], *, output: Path | None = None, say: Say = print) -> None:
    """Measure on held-out sites, then train on all that may be learned from, and write weights and card.

    output: the folder; by default the one of the shipped model.
    """
    if not data:
        raise UsageError("train layout needs labelled data: files or folders of JSON Lines; see credibility/training/_layout_samples.py")
    prepared = prepare(read_samples(data))
    say(f"{len(prepared)} samples of {len({p.sample.site for p in prepared})} sites")
    teacher = Teacher([p for p in prepared if p.sample.learned])
    words, marks = teacher.without()
    arrays: dict[str, NDArray[Any]] = {}
    for name, weights in (("words", words), ("marks", marks)):
        arrays |= {f"{name}.hash": weights.hashes, f"{name}.weight": weights.weights.astype(np.float16)}
    measured = ""
    for name, is_page in (("text", False), ("page", True)):
        chosen = [p for p in prepared if p.sample.is_page == is_page]
        if not chosen:
            raise UsageError(f"there are no {name}s in the data; the model needs texts (rows with 'lines') and pages (rows with 'html')")
        held_out, limit = measure(chosen, teacher, say)
        say(figures(held_out))
        measured += figures(held_out)
        first, second = learn_trees([p for p in chosen if p.sample.learned], teacher)
        arrays |= Trees.pack(first, f"{name}.first") | Trees.pack(second, f"{name}.second")
        arrays[f"{name}.limit"] = np.array(limit)
    _write(output or layout_folder(), arrays, measured, say)


def measure(prepared: Sequence[Prepared], teacher: Teacher, say: Say) -> tuple[list[tuple[Tally, int]], float]:
    """Counts of cross-validation with the limit at which each counts, and the limit that does best on all of them.

    Each sample counts at the limit that did best on the other folds.
    """
    return limited(prepared, crossvalidate(prepared, teacher, say))


def limited(prepared: Sequence[Prepared], probability: Sequence[Floats]) -> tuple[list[tuple[Tally, int]], float]:
    """What `measure` gives, from the probabilities of held-out samples. Copies that were cut from others do not count."""
    tallies = [(p.fold, tally(p, q)) for p, q in zip(prepared, probability, strict=True) if p.sample.file]
    chosen = []
    for fold in range(FOLDS):
        row = best_limit([one for other, one in tallies if other != fold])
        chosen += [(one, row) for other, one in tallies if other == fold]
    return chosen, LIMITS[best_limit([one for _, one in tallies])]


def _write(folder: Path, arrays: dict[str, NDArray[Any]], measured: str, say: Say) -> None:
    """Weights and card."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "weights.npz", **arrays)  # type: ignore[arg-type]
    digest = hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest()
    (folder / "card.toml").write_text(f'sha256 = "{digest}"\n{_CARD}\n{measured}', encoding="utf-8")
    say(f"wrote {folder / 'weights.npz'}, {(folder / 'weights.npz').stat().st_size} bytes")
