"""Fits the linear models of `credibility.translation.probability`, and gives the scores of texts that a model has not seen.

Two things are learned at once: to tell machine translations from texts by people, whatever these are about, and to tell a
machine's translation from a person's translation of the same text. The second knows no topic, genre or outlet, since both
sides share it. Without it the area under the curve is lower by .03 in English and .05 in Spanish, data sets left out.

A run of words that tells machines from people in data set after data set is penalised less (`_translation_evidence`); what makes
data sets of one class score differently is penalised more (`_translation_regression`).
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from credibility.training._translation_corpus import MACHINE, TRANSLATED, Corpus, Flags, Floats, Settings
from credibility.training._translation_evidence import surety
from credibility.training._translation_regression import between_sets, regression
from credibility.translation.probability import BITS

STEPS = 127  # of a stored weight, either side of 0


@dataclass(frozen=True, slots=True)
class Plane:
    """A fitted linear model: a weight for each slot of runs of words and of letters, 0 where the run is not known."""

    words: Floats
    letters: Floats

    def scores(self, tables: tuple[Any, Any]) -> Floats:
        """For each text the sum of the weights of its runs of words, and that of its letters: (texts, 2), in no unit yet."""
        columns = []
        for cells, weights in zip(tables, (self.words, self.letters), strict=True):
            known = cells @ (weights != 0).astype(np.float64)
            columns.append((cells @ weights) / np.sqrt(np.maximum(known, 1.0)))
        return np.column_stack(columns)

    def over(self, spread: Floats) -> "Plane":
        """The plane with the scores of each column divided by its spread, so that words and letters count the same."""
        return Plane(self.words / spread[0], self.letters / spread[1])

    def stored(self) -> tuple[float, NDArray[np.int8], NDArray[np.int8]]:
        """The unit of the stored weights, and the weights in it. A known run keeps a weight, if only of one step."""
        step = float(max(np.abs(self.words).max(), np.abs(self.letters).max(), 1e-9)) / STEPS

        def whole(weights: Floats) -> NDArray[np.int8]:
            rounded = np.round(weights / step)
            signed: NDArray[np.int8] = np.where((rounded == 0) & (weights != 0), np.sign(weights), rounded).astype(np.int8)
            return signed

        return step, whole(self.words), whole(self.letters)


def tables(corpus: Corpus) -> tuple[Any, Any]:
    """Sparse matrices of texts by slots, for runs of words and of letters; 1 where the text holds the run."""
    from scipy.sparse import csr_matrix

    def table(slots: list[NDArray[np.uint32]]) -> Any:
        cells = np.concatenate(slots).astype(np.int32)
        ends = np.concatenate([[0], np.cumsum([len(found) for found in slots])])
        return csr_matrix((np.ones(len(cells), np.float32), cells, ends), shape=(len(slots), 1 << BITS))

    return table(corpus.words), table(corpus.letters)


def row_weights(corpus: Corpus, chosen: Flags, settings: Settings) -> Floats:
    """Weights that make every class of every data set count the same, and machine as much as human.

    A data set of one kind, machines alone or translations by people alone, counts `settings.alone` of that: it would teach its topic
    as that of its kind. Originals stand alone nearly everywhere and count in full.
    """
    count = Counter((g, label) for g, label, use in zip(corpus.groups, corpus.labels, chosen, strict=True) if use)
    weights = np.array([1 / max(1, count[pair]) for pair in zip(corpus.groups, corpus.labels, strict=True)])
    machine = np.array(corpus.labels) == MACHINE
    kinds: dict[str, set[str]] = defaultdict(set)
    for name, label in count:
        kinds[name].add(label)
    weights[np.array([kinds[name] in ({MACHINE}, {TRANSLATED}) for name in corpus.groups])] *= settings.alone
    for side in (machine & chosen, ~machine & chosen):
        weights[side] *= chosen.sum() / 2 / weights[side].sum()
    return weights


def pairs(corpus: Corpus, chosen: Flags) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Rows of machine translations, for each the row of a person's translation of the same text, and weights that make every
    data set count the same. Empty where no text was translated by both."""
    people: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in np.flatnonzero(chosen):
        if corpus.labels[row] == TRANSLATED and corpus.sources[row]:
            people[corpus.groups[row], corpus.sources[row]].append(int(row))
    found = []
    for row in np.flatnonzero(chosen):
        if corpus.labels[row] == MACHINE and (same := people.get((corpus.groups[row], corpus.sources[row]))):
            found.append((int(row), same[row % len(same)]))
    count = Counter(corpus.groups[row] for row, _ in found)
    weights = np.array([1 / count[corpus.groups[row]] for row, _ in found], np.float64)
    rows = np.array(found, np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1], weights


def _rarity(cells: Any, groups: NDArray[np.str_], settings: Settings) -> Floats:
    """For each slot the inverse document frequency that its run counts with; 0 for a run that too few texts or data sets hold."""
    texts = np.bincount(cells.indices, minlength=cells.shape[1])
    names = sorted(set(groups.tolist()))
    held = sum((np.bincount(cells[groups == name].indices, minlength=cells.shape[1]) > 0).astype(np.int32) for name in names)
    kept = (texts >= settings.least_texts) & (held >= max(2, round(len(names) / 4)))
    rarity: Floats = np.where(kept, np.log((cells.shape[0] + 1) / (texts + 1.0)).clip(0.0), 0.0)
    return rarity


def fit(cells: tuple[Any, Any], corpus: Corpus, learned: Flags, settings: Settings) -> Plane:
    """The weights of runs of words and of letters, each learned as if there were no others: their sum is better than a model that
    is fitted to both, by .01 of area with data sets left out, since neither leans on what the other has learned by heart.

    Runs of words count by how sure they are; for those of letters, known nearly everywhere, that loses with systems left out.
    """
    sure = surety(cells[0], corpus, learned, corpus.of(settings.paired))
    return Plane(_weights(cells[0], corpus, learned, settings, sure), _weights(cells[1], corpus, learned, settings, np.ones(1 << BITS)))


def _offsets(groups: NDArray[np.str_], settings: Settings) -> Any:
    """A column for the offset of all texts, and one for that of each data set: (texts, 1 + data sets).

    They follow which data sets happen to be there: used while fitting only, then the calibration sets another. That of a data set
    is a random effect, penalised as a weight is: how often it is machine translation need not be learned from what it is about.
    """
    from scipy.sparse import csr_matrix

    names, column = np.unique(groups, return_inverse=True)
    own = np.zeros((len(groups), 1 + len(names)), np.float32)
    own[:, 0] = 1.0
    own[np.arange(len(groups)), 1 + column] = settings.own_offset
    return csr_matrix(own)


def _weights(cells: Any, corpus: Corpus, learned: Flags, settings: Settings, factor: Floats) -> Floats:
    """A weight a slot: a logistic regression over the learned texts, and over the differences of their pairs.

    factor: what the feature of each slot is multiplied by; the larger, the less its weight is penalised.
    """
    from scipy.sparse import csr_matrix, identity, vstack

    whole = learned & ~corpus.of(settings.paired)
    scale = _rarity(cells[learned], np.array(corpus.groups)[learned], settings) * factor
    texts = np.bincount(cells[learned].indices, minlength=cells.shape[1])
    scale /= np.sqrt((scale**2 * texts).sum() / max(1, texts[scale > 0].sum()))  # so that the penalty means the same everywhere
    kept = np.flatnonzero(scale)
    features = cells[:, kept]
    known = np.diff(features.indptr)
    features.data = scale[kept][features.indices] / np.repeat(np.sqrt(np.maximum(known, 1.0)), known)
    weights = row_weights(corpus, whole, settings)[whole]
    left, right, pair_weights = pairs(corpus, learned)
    each = identity(len(known), format="csr")
    own = _offsets(np.array(corpus.groups)[whole], settings)
    share = settings.pair_weight * weights.sum() / max(pair_weights.sum(), 1e-9)
    machine = np.array(corpus.labels)[whole] == MACHINE
    values = regression(
        features,
        vstack([each[whole], each[left] - each[right]], format="csr"),
        vstack([own, csr_matrix((len(left), own.shape[1]))], format="csr"),
        np.concatenate([np.where(machine, 1.0, -1.0), np.ones(len(left))]),
        np.concatenate([weights, pair_weights * share]),
        between_sets(corpus, whole),
        settings,
    )
    spread = np.zeros(1 << BITS)
    # A run whose weight happens to be 0 is known all the same.
    spread[kept] = np.where(values == 0, 1e-12, values * scale[kept])
    return spread


def out_of_fold(cells: tuple[Any, Any], corpus: Corpus, learned: Flags, settings: Settings) -> Floats:
    """For each text the two scores of a model that saw nothing of its data set: (texts, 2)."""
    scores = np.zeros((len(corpus.labels), 2))
    groups = np.array(corpus.groups)
    for name in sorted(set(corpus.groups)):
        held = groups == name
        scores[held] = fit(cells, corpus, learned & ~held, settings).scores((cells[0][held], cells[1][held]))
    return scores
