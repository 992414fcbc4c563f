"""Trains the model that tells whether a figure continues an attributed account; writes its weights and card.

The labelled file has one article a line: `id`, `lang`, `text`, `dataset` and `statistics`, each with `start`, `end` and `label`
(sourced, vague, unsourced); translations of one text share a `doc`. Figures are taken by leaving out whole articles with all their
translations; data sets that may only be measured train nothing.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from credibility.document import Document
from credibility.errors import ReadError
from credibility.evaluation.measures import MEASURES, Figures, pooled
from credibility.pack import pack_root
from credibility.report import Report
from credibility.segment import Article
from credibility.statistics.continuation import FEATURES, Continuation, FloatRows, continuation_of
from credibility.statistics.figures import figures_told_by, open_claims, statistic_of
from credibility.trees import Trees

# Data whose licence allows measuring only.
MEASURE_ONLY = ("saudinews", "l3s-gn1", "seed")
# Of a dozen sizes tried on articles left out the area differs by .01 at most: 300 trees of 12 leaves are among the best three. The
# threshold is the one of .45, .50, .55 and .60 at which most labels of the unread articles are right (.752, .753, .751, .745).
_GROWTH = {
    "max_iter": 300, "learning_rate": 0.03, "max_leaf_nodes": 12, "min_samples_leaf": 6, "l2_regularization": 5.0, "max_features": 0.2,
    "early_stopping": False, "random_state": 0,
}  # fmt: skip
_THRESHOLD = 0.5
_FOLDS = 15


Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Examples:
    """Open figures of labelled articles. rows: n x features; all others: n.

    article: its number; story: the same for an article and its translations; trains: whether its data set may train.
    """

    rows: FloatRows
    sourced: FloatRows
    article: NDArray[np.int64]
    story: NDArray[np.int64]
    trains: NDArray[np.bool_]
    datasets: tuple[str, ...]


def examples(labelled: Sequence[Row]) -> Examples:
    """The open figures of labelled articles, which are numbered as they come. Raises ReadError if there is none."""
    rows, sourced, articles, stories, trains, datasets = [], [], [], [], [], set()
    known: dict[str, int] = {}
    for number, row in enumerate(labelled):
        dataset = str(row.get("dataset", "unknown"))
        may_train = not dataset.startswith(MEASURE_ONLY)
        article = Article(Document(id=str(row.get("id", number)), text=row["text"]), language=row.get("lang"))
        for span, features in open_claims(article):
            label = next((g["label"] for g in row["statistics"] if g["start"] < span.end and span.start < g["end"]), None)
            if label is not None:
                rows.append(features)
                sourced.append(label == "sourced")
                articles.append(number)
                stories.append(known.setdefault(row.get("doc") or str(number), number))
                trains.append(may_train)
                if may_train:
                    datasets.add(re.split("[.:-]", dataset)[0])
    if not rows:
        raise ReadError("no labelled statistic that the rules leave open was found; give files with `text` and `statistics`")
    return Examples(
        np.array(rows),
        np.array(sourced, np.float32),
        np.array(articles),
        np.array(stories),
        np.array(trains),
        tuple(sorted(datasets)),
    )


def read_rows(paths: Iterable[Path]) -> list[Row]:
    """The labelled articles of files of JSON Lines, also packed with gzip."""
    found = []
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            found += [json.loads(line) for line in lines if line.strip()]
    return found


def fit(rows: FloatRows, sourced: FloatRows) -> dict[str, NDArray[Any]]:
    """Trees for these rows, as the arrays of a model."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(**_GROWTH).fit(rows, sourced)
    return Trees.pack(model, "trees") | {"threshold": np.array(_THRESHOLD, np.float32)}


def held_out(given: Examples) -> tuple[FloatRows, dict[int, Continuation]]:
    """The probability of each example by a model that saw nothing of its article, and that model for each article."""
    from sklearn.model_selection import GroupKFold

    said = np.zeros(len(given.sourced), np.float32)
    told_by: dict[int, Continuation] = {}
    folds = min(_FOLDS, len(np.unique(given.story)))
    for learn, ask in GroupKFold(folds).split(given.rows, given.sourced, given.story):
        learn = learn[given.trains[learn]]
        model = continuation_of(fit(given.rows[learn], given.sourced[learn]))
        said[ask] = model.trees.probability(given.rows[ask])
        told_by |= dict.fromkeys(given.article[ask].tolist(), model)
    return said, told_by


def figures_held_out(labelled: Sequence[Row], told_by: Mapping[int, Continuation], wanted: Collection[int]) -> Figures:
    """The figures of `credibility evaluate statistics` on some of the articles, each judged by a model that did not learn from it.

    wanted: their numbers in `labelled`.
    """
    measure, observed = MEASURES["statistics"], []
    other = next(iter(told_by.values()))  # an article without an open figure taught nobody
    for number in sorted(wanted):
        row = labelled[number]
        document = Document(id=str(number), text=row["text"])
        found = figures_told_by(Article(document), told_by.get(number, other))
        observed.append(measure.observe(row, Report(document, statistics=tuple(map(statistic_of, found)))))
    return measure.figures(pooled(observed))


def train(data: Sequence[Path], output: Path | None = None, say: Callable[[str], object] = print) -> None:
    """Fits on the labelled files, measures by article, writes `weights.npz` and `card.toml` into the folder."""
    from sklearn.metrics import roc_auc_score

    labelled = read_rows(data)
    given = examples(labelled)
    said, told_by = held_out(given)
    auroc = float(roc_auc_score(given.sourced, said))
    hits = float((given.sourced[said > _THRESHOLD]).sum())
    precision, recall = hits / max(1.0, float((said > _THRESHOLD).sum())), hits / float(given.sourced.sum())
    arrays = fit(given.rows[given.trains], given.sourced[given.trains])
    folder = output or pack_root() / "models" / "continuation"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "weights.npz"
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    card = {
        "what": "Whether a figure without a source in its sentence continues an attributed account; from where voices and figures stand",
        "languages": ["any with [numbers] and [attribution]"],
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "bytes": path.stat().st_size,
        "features": list(FEATURES),
        "trained_on": list(given.datasets),
        "measured_only": list(MEASURE_ONLY),
        "licences": "WMT test sets state no licence and are redistributed for research on translation; NTREX is CC BY-SA 4.0; the gilets "
        "jaunes press corpora (gj, gjx) have no licence file; Est Républicain (Sequoia) is LGPL-LR; the repository of DAnIEL is GPL-3.0; "
        "dragnet is CC BY 4.0; fundus and scrapinghub are MIT; Mozilla's evaluation sets (fx) are MPL 2.0; XQuAD is CC BY-SA 4.0",
        "limits": "It sees where voices and figures stand, not what is said. Each label was told by one annotator, two agree on 91 in 100.",
        "examples": int(given.trains.sum()),
        "auroc": round(auroc, 3),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in card.items()]
    (folder / "card.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    figures = f"AUROC {auroc:.3f}, precision {precision:.3f}, recall {recall:.3f}"
    say(f"{card['examples']} open figures; on articles left out {figures}; written to {path}")
    for scope, told in figures_held_out(labelled, told_by, range(len(labelled))).items():
        if isinstance(told, dict) and "detection" in told:
            say(f"{scope}: {_line(told)}")


def _line(told: Figures) -> str:
    """The figures of one language in a line."""
    found, open_ones = told["detection"]["f1"], told["unsourced_or_vague"]
    return (
        f"{told['statistics']:.0f} figures, found at F1 {found}, labels {told['label_accuracy_on_found']}, unsourced or vague precision "
        f"{open_ones['precision']} recall {open_ones['recall']} F1 {open_ones['f1']}, spans exact {told['exact_span_of_found']}, "
        f"sources overlap {told['source_overlap']}"
    )
