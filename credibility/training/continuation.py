"""Trains the model that tells whether a figure continues an attributed account; writes its weights and card.

The labelled file has one article a line: `id`, `lang`, `text`, `dataset` and `statistics`, each with `start`, `end` and `label`
(sourced, vague, unsourced). Figures are taken by leaving out whole articles; data sets that may only be measured train nothing.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from credibility.document import Document
from credibility.errors import ReadError
from credibility.pack import pack_root
from credibility.segment import Article
from credibility.statistics.continuation import FEATURES, FloatRows, Weights
from credibility.statistics.figures import open_claims

# Data whose licence allows measuring only.
MEASURE_ONLY = ("saudinews", "seed")
# Chosen on the labelled articles, each judged by a model that had not seen it: stronger regularisation loses recall in English,
# weaker ones precision in French. The threshold is the lowest at which two in three open figures with a source are found.
_INVERSE_REGULARISATION = 0.1
_THRESHOLD = 0.45
_FOLDS = 15


@dataclass(frozen=True, slots=True)
class Examples:
    """Open figures of labelled articles. rows: n x features; sourced, article: n; trains: whether its data set may train."""

    rows: FloatRows
    sourced: FloatRows
    article: FloatRows
    trains: FloatRows
    datasets: tuple[str, ...]


def read_examples(paths: Iterable[Path]) -> Examples:
    """The open figures of the labelled articles. Raises ReadError for a file without any."""
    rows, sourced, articles, trains, datasets = [], [], [], [], set()
    for number, row in enumerate(record for path in paths for record in _records(path)):
        dataset = str(row.get("dataset", "unknown"))
        may_train = not dataset.startswith(MEASURE_ONLY)
        article = Article(Document(id=str(row.get("id", number)), text=row["text"]), language=row.get("lang"))
        for span, features in open_claims(article):
            label = next((g["label"] for g in row["statistics"] if g["start"] < span.end and span.start < g["end"]), None)
            if label is not None:
                rows.append(features)
                sourced.append(label == "sourced")
                articles.append(number)
                trains.append(may_train)
                if may_train:
                    datasets.add(dataset.partition(".")[0].partition(":")[0])
    if not rows:
        raise ReadError("no labelled statistic that the rules leave open was found; give files with `text` and `statistics`")
    return Examples(
        np.array(rows),
        np.array(sourced, dtype=float),
        np.array(articles, dtype=float),
        np.array(trains, dtype=float),
        tuple(sorted(datasets)),
    )


def _records(path: Path) -> Iterable[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def fit(rows: FloatRows, sourced: FloatRows) -> Weights:
    """A logistic model for these rows."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_INVERSE_REGULARISATION, max_iter=1000).fit(rows, sourced)
    return Weights(np.asarray(model.coef_[0], dtype=np.float64), float(model.intercept_[0]), _THRESHOLD)


def held_out(given: Examples) -> FloatRows:
    """The probability of each example by a model that saw nothing of its article."""
    from sklearn.model_selection import GroupKFold

    said = np.zeros(len(given.sourced))
    folds = min(_FOLDS, len(np.unique(given.article)))
    for learn, ask in GroupKFold(folds).split(given.rows, given.sourced, given.article):
        learn = learn[given.trains[learn] > 0]
        model = fit(given.rows[learn], given.sourced[learn])
        said[ask] = [model.probability(row) for row in given.rows[ask]]
    return said


def train(data: Sequence[Path], output: Path | None = None, say: Callable[[str], object] = print) -> None:
    """Fits on the labelled files, measures by article, writes `weights.npz` and `card.toml` into the folder."""
    from sklearn.metrics import roc_auc_score

    given = read_examples(data)
    said = held_out(given)
    auroc = float(roc_auc_score(given.sourced, said))
    hits = float((given.sourced[said > _THRESHOLD]).sum())
    precision, recall = hits / max(1.0, float((said > _THRESHOLD).sum())), hits / float(given.sourced.sum())
    model = fit(given.rows[given.trains > 0], given.sourced[given.trains > 0])
    folder = output or pack_root() / "models" / "continuation"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "weights.npz"
    np.savez(path, weights=model.weights.astype(np.float32), bias=np.float32(model.bias), threshold=np.float32(model.threshold))
    card = {
        "what": "Whether a figure without a source in its sentence continues an attributed account; from where voices and figures stand",
        "languages": ["any with [numbers] and [attribution]"],
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "bytes": path.stat().st_size,
        "features": list(FEATURES),
        "trained_on": list(given.datasets),
        "measured_only": list(MEASURE_ONLY),
        "licences": "WMT test sets state no licence and are redistributed for research on translation; NTREX is CC BY-SA 4.0",
        "limits": "Small: it learned from a hundred open figures. Each label was told by one annotator, two agree on 91 in 100.",
        "examples": int(given.trains.sum()),
        "auroc": round(auroc, 3),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in card.items()]
    (folder / "card.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    figures = f"AUROC {auroc:.3f}, precision {precision:.3f}, recall {recall:.3f}"
    say(f"{card['examples']} open figures; on articles left out {figures}; written to {path}")
