"""What the scores of a model are worth: calibration, thresholds, and figures by data set and system, all from scores out of fold."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from credibility.training._translation_corpus import LABELS, MACHINE, ORIGINAL, TRANSLATED, Corpus, Flags, Floats
from credibility.translation.probability import MARK_ODDS, VERDICT_WORDS, length_term


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


def mark_odds(corpus: Corpus) -> Floats:
    """For each text what its marks add to the logarithm of the odds."""
    return np.array([sum(MARK_ODDS.get(mark, 0.0) for mark in marks) for marks in corpus.marks])


def cross_calibrated(scores: Floats, corpus: Corpus, learned: Flags) -> Floats:
    """The logits of each text with the calibration of the other data sets, so that calibration too is measured out of fold."""
    machine, groups = np.array(corpus.labels) == MACHINE, np.array(corpus.groups)
    words = np.array(corpus.n_words)
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
    labels, words = np.array(corpus.labels), np.array(corpus.n_words)
    of = {label: values[chosen & (labels == label)] for label in LABELS}
    human = np.concatenate([of[ORIGINAL], of[TRANSLATED]])
    cut = threshold(human, [(np.ones(len(human), bool), 0.01)]) if len(human) else 0.0
    long = chosen & (words >= VERDICT_WORDS)
    return {
        "texts": {label: len(of[label]) for label in LABELS},
        "auroc_machine_vs_original": area(of[MACHINE], of[ORIGINAL]),
        "auroc_machine_vs_human_translation": area(of[MACHINE], of[TRANSLATED]),
        "auroc_machine_vs_all_human": area(of[MACHINE], human),
        "recall_at_1pct_false": round(float((of[MACHINE] > cut).mean()), 4) if len(of[MACHINE]) and len(human) else None,
        "verdict_share": {label: share(long & (labels == label) & (values >= verdict), len(of[label])) for label in LABELS},
        "style_share": {label: share(long & (labels == label) & (values >= style), len(of[label])) for label in LABELS},
    }
