"""Makes the models of `credibility.translation.probability` from labelled texts: `credibility train translation DATA...`.

DATA is JSON Lines (also gzipped) with `text`, `lang`, `label` (`human_original`, `human_translation`, `machine`) and `dataset`.
Every figure is taken out of fold: each data set is judged by a model that saw none of it, so neither its systems, years nor
outlets. From these scores come calibration and thresholds; then one model is trained on everything.
"""

import argparse
import gzip
import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from credibility.document import Document
from credibility.pack import pack_root
from credibility.segment import Article
from credibility.translation.artefacts import artefacts
from credibility.translation.probability import MARK_ODDS, VERDICT_WORDS, length_term, runs

MACHINE = "machine"
LABELS = ("human_original", "human_translation", MACHINE)
LIMITS = (
    "Tells machine translation from original writing better than from translation by people, which it partly takes for it. "
    "Learned from news, encyclopaedia and talks of 40 to 400 words: manuals, contracts, fiction and dialects were not learned, and "
    "engines newer than the data may write otherwise. Says nothing on text that a language model wrote without a source."
)
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is fitted.

    A run is kept if `least_datasets` data sets and `least_texts` texts hold it. `cost` is the inverse of the penalty of the
    logistic regression, tried at 0.3, 1, 4 and 20 on French, German and Spanish, left out by data set. `measured` are data
    sets, by the beginning of their name, that may be judged but not learned from. At most `most_original` and
    `most_translated` of the human texts that are long enough may get a verdict, `most_in_one` of a data set that has
    `least_part` of them, and `most_noted` the note on style. `licences` are pairs of the beginning of a data set's name and what
    its source states; they stand on the card.
    """

    least_datasets: int = 3
    least_texts: int = 8
    cost: float = 4.0
    measured: tuple[str, ...] = ()
    licences: tuple[tuple[str, str], ...] = ()
    most_original: float = 0.005
    most_translated: float = 0.01
    most_in_one: float = 0.02
    least_part: int = 60
    most_noted: float = 0.05


@dataclass(slots=True)
class Corpus:
    """Labelled texts of one language. `groups` name the data sets, the parts of one taken together."""

    language: str
    labels: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    systems: list[str] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    marks: list[tuple[str, ...]] = field(default_factory=list)
    keys: list[NDArray[np.uint32]] = field(default_factory=list)

    def add(self, row: dict[str, Any]) -> None:
        """Takes a row in; only what is counted of its text is kept."""
        article = Article(Document(id="", text=row["text"]), language=self.language)
        self.labels.append(row["label"])
        self.groups.append(group(row.get("dataset") or "data"))
        self.systems.append(row.get("system") or "")
        self.words.append(article.n_words)
        self.marks.append(tuple(sorted({mark.rule for mark in artefacts(article)})))
        self.keys.append(np.unique(runs(row["text"]).keys))


def group(dataset: str) -> str:
    """The name under which a data set is left out: parts of one stay together, years of a shared task do not.

    >>> group("saudinews-okaz"), group("fx-wmt13"), group("gjx-pais")
    ('saudinews', 'fx-wmt13', 'gj')
    """
    first = dataset.partition("-")[0]
    return dataset if first == "fx" else {"gjx": "gj"}.get(first, first)


def read(paths: Iterable[Path]) -> dict[str, Corpus]:
    """The texts of each language. Raises KeyError for a row without `text`, `lang` or `label`."""
    found: dict[str, Corpus] = {}
    for path in paths:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["label"] in LABELS:
                    found.setdefault(row["lang"], Corpus(row["lang"])).add(row)
    return found


def vocabulary(corpus: Corpus, learned: Flags, settings: Settings) -> NDArray[np.uint32]:
    """The sorted keys of the runs that enough data sets and texts hold."""
    by_group: dict[str, list[NDArray[np.uint32]]] = defaultdict(list)
    for keys, name, use in zip(corpus.keys, corpus.groups, learned, strict=True):
        if use:
            by_group[name].append(keys)
    texts, text_counts = np.unique(np.concatenate([key for keys in by_group.values() for key in keys]), return_counts=True)
    _, group_counts = np.unique(np.concatenate([np.unique(np.concatenate(keys)) for keys in by_group.values()]), return_counts=True)
    wanted: NDArray[np.uint32] = texts[(text_counts >= settings.least_texts) & (group_counts >= settings.least_datasets)]
    return wanted


def matrix(corpus: Corpus, vocabulary: NDArray[np.uint32]) -> Any:
    """A sparse matrix of texts by runs, 1 where the text holds the run."""
    from scipy.sparse import csr_matrix

    columns, ends = [], [0]
    for keys in corpus.keys:
        at = np.minimum(np.searchsorted(vocabulary, keys), len(vocabulary) - 1)
        columns.append(at[vocabulary[at] == keys])
        ends.append(ends[-1] + len(columns[-1]))
    cells = np.concatenate(columns)
    return csr_matrix((np.ones(len(cells), np.float32), cells, ends), shape=(len(corpus.keys), len(vocabulary)))


def row_weights(corpus: Corpus, chosen: Flags) -> Floats:
    """Weights that make every class of every data set count the same, and machine as much as human."""
    count = Counter((g, label) for g, label, use in zip(corpus.groups, corpus.labels, chosen, strict=True) if use)
    weights = np.array([1 / max(1, count[pair]) for pair in zip(corpus.groups, corpus.labels, strict=True)])
    machine = np.array(corpus.labels) == MACHINE
    for side in (machine, ~machine):
        weights[side & chosen] *= chosen.sum() / 2 / weights[side & chosen].sum()
    return weights


@dataclass(frozen=True, slots=True)
class Plane:
    """A fitted linear model."""

    rarity: Floats
    weights: Floats
    bias: float

    def scores(self, cells: Any) -> Floats:
        """The distance of each text from the plane."""
        from scipy.sparse import diags
        from sklearn.preprocessing import normalize

        scores: Floats = normalize(cells @ diags(self.rarity)) @ self.weights + self.bias
        return scores


def fit(cells: Any, corpus: Corpus, chosen: Flags, settings: Settings) -> Plane:
    """A logistic regression over the chosen texts."""
    from scipy.sparse import diags
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import normalize

    seen = cells[chosen]
    rarity = np.log(seen.shape[0] / (np.bincount(seen.indices, minlength=seen.shape[1]) + 1.0)).clip(0.0)
    machine = np.array(corpus.labels)[chosen] == MACHINE
    found = LogisticRegression(C=settings.cost, solver="liblinear", tol=1e-3, max_iter=200)
    found.fit(normalize(seen @ diags(rarity)), machine, sample_weight=row_weights(corpus, chosen)[chosen])
    return Plane(rarity, found.coef_[0], float(found.intercept_[0]))


def out_of_fold(cells: Any, corpus: Corpus, learned: Flags, settings: Settings) -> Floats:
    """For each text the score of a model that saw nothing of its data set."""
    scores = np.zeros(len(corpus.labels))
    groups = np.array(corpus.groups)
    for name in sorted(set(corpus.groups)):
        held = groups == name
        scores[held] = fit(cells, corpus, learned & ~held, settings).scores(cells[held])
    return scores


def calibrate(scores: Floats, words: Sequence[int], machine: Flags) -> tuple[float, float, float]:
    """Slope, offset and slope by length (never below 0) that turn scores into logarithms of odds."""
    from sklearn.linear_model import LogisticRegression

    by_length = scores * np.array([length_term(n) for n in words])
    found = LogisticRegression(C=1e4).fit(np.column_stack([scores, by_length]), machine)
    if found.coef_[0, 1] < 0:
        # A longer text never says less; where it seems so, the long texts of one class are of a kind of their own.
        found = LogisticRegression(C=1e4).fit(np.column_stack([scores, np.zeros(len(scores))]), machine)
    return float(found.coef_[0, 0]), float(found.intercept_[0]), float(found.coef_[0, 1])


def logits(scores: Floats, words: Sequence[int], calibration: tuple[float, float, float]) -> Floats:
    """The calibrated logarithms of the odds."""
    slope, offset, by_length = calibration
    return offset + scores * (slope + by_length * np.array([length_term(n) for n in words]))


def cross_calibrated(scores: Floats, corpus: Corpus, learned: Flags) -> Floats:
    """The logits of each text with the calibration of the other data sets, so that calibration too is measured out of fold."""
    machine, groups = np.array(corpus.labels) == MACHINE, np.array(corpus.groups)
    words = np.array(corpus.words)
    result = np.zeros(len(scores))
    for name in sorted(set(corpus.groups)):
        held = groups == name
        others = learned & ~held
        result[held] = logits(scores[held], words[held].tolist(), calibrate(scores[others], words[others].tolist(), machine[others]))
    return result


def threshold(values: Floats, of: Iterable[tuple[Flags, float]]) -> float:
    """The least value that at most the given share of each set of texts reaches; infinity where all sets are empty."""
    found = []
    for chosen, share in of:
        ranked = np.sort(values[chosen])[::-1]
        if len(ranked):
            found.append(float(ranked[min(int(share * len(ranked)), len(ranked) - 1)]) + 1e-6)
    return max(found, default=math.inf)


def expected_calibration_error(probabilities: Floats, machine: Flags, bins: int = 10) -> tuple[float, list[tuple[float, float, int]]]:
    """Mean distance of probability and share over bins of equal width, weighted by their texts; and the curve."""
    curve = []
    for low in range(bins):
        chosen = (probabilities * bins).astype(int).clip(0, bins - 1) == low
        if chosen.any():
            curve.append((float(probabilities[chosen].mean()), float(machine[chosen].mean()), int(chosen.sum())))
    return sum(n * abs(said - true) for said, true, n in curve) / max(1, len(machine)), curve


def area(positive: Floats, negative: Floats) -> float | None:
    """Probability that a positive scores above a negative, ties counted half; None without either."""
    if not len(positive) or not len(negative):
        return None
    ranked = np.sort(negative)
    below = np.searchsorted(ranked, positive, "left") + np.searchsorted(ranked, positive, "right")
    return round(float(below.mean()) / 2 / len(ranked), 4)


def share(hits: Flags, of: int) -> float | None:
    """How many of so many; None of none."""
    return round(float(hits.sum()) / of, 4) if of else None


def figures(values: Floats, corpus: Corpus, chosen: Flags, verdict: float, style: float) -> dict[str, Any]:
    """What the scores of the chosen texts are worth."""
    labels, words = np.array(corpus.labels), np.array(corpus.words)
    of = {label: values[chosen & (labels == label)] for label in LABELS}
    human = np.concatenate([of["human_original"], of["human_translation"]])
    cut = threshold(human, [(np.ones(len(human), bool), 0.01)]) if len(human) else 0.0
    long = chosen & (words >= VERDICT_WORDS)
    return {
        "texts": {label: len(of[label]) for label in LABELS},
        "auroc_machine_vs_original": area(of[MACHINE], of["human_original"]),
        "auroc_machine_vs_human_translation": area(of[MACHINE], of["human_translation"]),
        "auroc_machine_vs_all_human": area(of[MACHINE], human),
        "recall_at_1pct_false": round(float((of[MACHINE] > cut).mean()), 4) if len(of[MACHINE]) and len(human) else None,
        "verdict_share": {label: share(long & (labels == label) & (values >= verdict), len(of[label])) for label in LABELS},
        "style_share": {label: share(long & (labels == label) & (values >= style), len(of[label])) for label in LABELS},
    }


@dataclass(frozen=True, slots=True)
class Trained:
    """A model ready to be written, with the figures for its card."""

    language: str
    keys: NDArray[np.uint32]
    plane: Plane
    calibration: tuple[float, float, float]
    style: float
    verdict: float
    figures: dict[str, Any]
    curve: list[tuple[float, float, int]]


def trained_on(corpus: Corpus, settings: Settings) -> Trained:
    """The model of a corpus. Raises ValueError where fewer than three data sets may be learned from, or one class is missing."""
    learned = (
        np.array([not name.startswith(settings.measured) for name in corpus.groups])
        if settings.measured
        else np.ones(len(corpus.labels), bool)
    )
    usable = {name for name, use in zip(corpus.groups, learned, strict=True) if use}
    if len(usable) < 3 or {label == MACHINE for label, use in zip(corpus.labels, learned, strict=True) if use} != {True, False}:
        raise ValueError(
            f"{corpus.language}: at least three data sets, and texts by people and by machines, are needed; found {sorted(usable)}"
        )
    keys = vocabulary(corpus, learned, settings)
    cells = matrix(corpus, keys)
    scores = out_of_fold(cells, corpus, learned, settings)
    machine, labels, words = np.array(corpus.labels) == MACHINE, np.array(corpus.labels), np.array(corpus.words)
    values = cross_calibrated(scores, corpus, learned)
    marked = values + np.array([sum(MARK_ODDS.get(mark, 0.0) for mark in marks) for marks in corpus.marks])
    error, curve = expected_calibration_error(1 / (1 + np.exp(-values[learned])), machine[learned])
    calibration = calibrate(scores[learned], words[learned].tolist(), machine[learned])
    final = logits(scores, corpus.words, calibration) + (marked - values)
    long = learned & (words >= VERDICT_WORDS)
    original, translated = long & (labels == "human_original"), long & (labels == "human_translation")
    # A provider of translations that is flagged more than others must not be flagged much: each data set counts by itself too.
    parts = [long & ~machine & (np.array(corpus.groups) == name) for name in sorted(set(corpus.groups))]
    each = [(part, settings.most_in_one) for part in parts if part.sum() >= settings.least_part]
    verdict = threshold(final, [(original, settings.most_original), (translated, settings.most_translated), *each])
    style = threshold(final, [(original, settings.most_noted), (translated, settings.most_noted)])
    everything = np.ones(len(labels), bool)
    report = {"all": figures(marked, corpus, everything, verdict, style), "expected_calibration_error": round(error, 4)}
    report["by_dataset"] = {
        name: figures(marked, corpus, np.array(corpus.groups) == name, verdict, style) for name in sorted(set(corpus.groups))
    }
    report["machine_mean_by_system"] = {
        name: [int(chosen.sum()), round(float((1 / (1 + np.exp(-marked[chosen]))).mean()), 3)]
        for name in sorted(set(corpus.systems) - {""})
        if (chosen := machine & (np.array(corpus.systems) == name)).sum() >= 20
    }
    return Trained(corpus.language, keys, fit(cells, corpus, learned, settings), calibration, style, verdict, report, curve)


def write(trained: Trained, folder: Path, settings: Settings) -> None:
    """Writes weights.npz and card.toml into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    # Runs that say next to nothing still count in the length of a text, so all of them stay.
    gaps = np.diff(trained.keys.astype(np.uint64), prepend=np.uint64(0)).astype(np.uint32)
    path = folder / "weights.npz"
    np.savez_compressed(path, gaps=gaps, rarity=trained.plane.rarity.astype(np.float16), weights=trained.plane.weights.astype(np.float16))
    (folder / "card.toml").write_text("\n".join(card(trained, path, settings)) + "\n", encoding="utf-8")


def card(trained: Trained, path: Path, settings: Settings) -> Iterator[str]:
    """The lines of the card."""
    whole = trained.figures["all"]
    used = [name for name in trained.figures["by_dataset"] if not (settings.measured and name.startswith(settings.measured))]
    yield f'what = "How likely a text in {trained.language!r} was machine translated; words and short runs of words, counted once each"'
    yield f'language = "{trained.language}"'
    yield f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"'
    yield f"bytes = {path.stat().st_size}"
    yield f"runs = {len(trained.keys)}"
    yield f"trained_on = {json.dumps(used)}"
    yield f"measured_only = {json.dumps(sorted(set(trained.figures['by_dataset']) - set(used)))}"
    yield f"limits = {json.dumps(LIMITS)}"
    yield "\n[licences] # as each source states it"
    for name in used:
        stated = [text for beginning, text in settings.licences if name.startswith(beginning)]
        yield f"{json.dumps(name)} = {json.dumps(stated[0] if stated else 'none stated', ensure_ascii=False)}"
    yield "\n[model]"
    yield f"bias = {trained.plane.bias:.6f}"
    yield f"calibration = [{', '.join(f'{value:.6f}' for value in trained.calibration)}]"
    yield f"style = {trained.style:.4f}"
    yield f"verdict = {trained.verdict:.4f}"
    yield "\n[figures] # each data set judged by a model that saw none of it"
    yield f"expected_calibration_error = {trained.figures['expected_calibration_error']}"
    for name in ("auroc_machine_vs_original", "auroc_machine_vs_human_translation", "auroc_machine_vs_all_human", "recall_at_1pct_false"):
        yield f"{name} = {json.dumps(whole[name])}"
    for name in ("texts", "verdict_share", "style_share"):
        yield f"{name} = {{{', '.join(f'{label} = {value}' for label, value in whole[name].items() if value is not None)}}}"
    yield "\n[figures.by_dataset] # area under the curve, machine against human; texts by people and by machines"
    for name, row in trained.figures["by_dataset"].items():
        texts = row["texts"]
        machine, human = texts[MACHINE], texts["human_original"] + texts["human_translation"]
        if machine and human:
            yield f'"{name}" = [{row["auroc_machine_vs_all_human"]}, {human}, {machine}]'
    yield "\n[figures.by_system] # texts, mean probability"
    for name, pair in trained.figures["machine_mean_by_system"].items():
        yield f"{json.dumps(name)} = {pair}"
    yield "\n[figures.calibration] # in ten bins: mean probability said, share that was machine, texts"
    yield f"curve = {json.dumps([[round(said, 3), round(true, 3), n] for said, true, n in trained.curve])}"


def train(
    data: Iterable[Path],
    *,
    output: Path | None = None,
    say: Callable[[str], None] = print,
    settings: Settings | None = None,
    languages: Sequence[str] = (),
) -> None:
    """Trains a model for each language of the data (or each asked for), says its figures as JSON, and writes its folder.

    output: the folder that holds the models, by default the one of the packs. Raises ValueError where the data do not suffice.
    """
    corpora = read(data)
    for language in languages or sorted(corpora):
        if language not in corpora:
            raise ValueError(f"no text in {language!r} among the data; there are {', '.join(sorted(corpora)) or 'none'}")
        trained = trained_on(corpora[language], settings or Settings())
        write(trained, (output or pack_root() / "models") / f"translation-{language}", settings or Settings())
        say(json.dumps({"language": language, "runs": len(trained.keys), **trained.figures}))


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains, prints the figures as JSON Lines, and writes a folder a language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="the folder for the models")
    parser.add_argument("--languages", default="fr,ar,en,es,de,ru")
    parser.add_argument("--measured", default="", help="beginnings of data sets that are judged but not learned from, by commas")
    parser.add_argument("--licence", action="append", default=[], metavar="NAME=TEXT", help="what the source of these data sets states")
    parser.add_argument("--cost", type=float, default=Settings().cost)
    given = parser.parse_args(arguments)
    licences = tuple((name, text) for name, _, text in (pair.partition("=") for pair in given.licence))
    measured = tuple(name for name in given.measured.split(",") if name)
    settings = Settings(cost=given.cost, measured=measured, licences=licences)
    chosen = tuple(given.languages.split(","))
    train(given.data, output=given.out, say=lambda line: print(line, flush=True), settings=settings, languages=chosen)


if __name__ == "__main__":
    main()
