"""How sure it is that a run of words tells a machine from a person, over data sets: a meta-analysis with random effects.

Each data set is a study: how much more often its machine translations hold a run than its texts by people, as the logarithm of the
odds. A run that tells much in one data set and nothing in the next is one of topic or outlet. The studies are combined as those of
medicine are: Peto's estimate in each, which also serves counts of 0, then DerSimonian and Laird's mean over studies that differ
(Controlled Clinical Trials 7, 1986). What counts is the mean over its standard error, less where few studies hold the run.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from credibility.training._translation_corpus import MACHINE, ORIGINAL, TRANSLATED, Corpus, Flags, Floats

LEAST_TEXTS = 30  # of each side: smaller studies are left out
MOST = 4.0  # standard errors; beyond them a run is not surer


def studies(corpus: Corpus, learned: Flags, people: str, paired: Flags) -> Iterator[tuple[Flags, Flags]]:
    """For each data set the texts of machines and those of people of one kind, ORIGINAL or TRANSLATED, where there are enough.

    Originals that have no machine translations beside them are compared with those of all other data sets but `paired` ones.
    """
    labels, groups = np.array(corpus.labels), np.array(corpus.groups)
    elsewhere = learned & (labels == MACHINE) & ~paired
    for name in sorted(set(groups[learned].tolist())):
        within = learned & (groups == name)
        machine, human = within & (labels == MACHINE), within & (labels == people)
        if machine.sum() < LEAST_TEXTS and people == ORIGINAL:
            machine = elsewhere
        if min(machine.sum(), human.sum()) >= LEAST_TEXTS:
            yield machine, human


def standard_errors(cells: Any, compared: list[tuple[Flags, Flags]]) -> Floats:
    """For each slot how many standard errors its mean logarithm of the odds lies from 0, without sign, MOST at most.

    It is shrunk by (n - 1) / (n + 1) for the n studies that hold the run: one study says nothing of the next.
    """
    excess, variance = (np.zeros((len(compared), cells.shape[1])) for _ in range(2))
    for row, (machine, human) in enumerate(compared):
        one, other = int(machine.sum()), int(human.sum())
        of = one + other
        held = np.bincount(cells[machine].indices, minlength=cells.shape[1])
        both = held + np.bincount(cells[human].indices, minlength=cells.shape[1])
        excess[row] = held - one * both / of
        variance[row] = one * other * both * (of - both) / (of * of * (of - 1.0))
    found = variance > 0
    certain = np.where(found, variance, 1.0)
    n = np.maximum(found.sum(axis=0), 1)
    total = np.maximum(variance.sum(axis=0), 1e-9)
    apart = ((excess - variance * (excess.sum(axis=0) / total)) ** 2 * found / certain).sum(axis=0)
    between = np.maximum(0.0, (apart - (n - 1)) / np.maximum(total - (variance**2).sum(axis=0) / total, 1e-9)) * (n > 1)
    weights = variance / (1 + variance * between)
    errors = np.abs((weights * excess / certain).sum(axis=0)) / np.sqrt(np.maximum(weights.sum(axis=0), 1e-9))
    shrunk: Floats = np.minimum(errors, MOST) * (n - 1) / (n + 1)
    return shrunk


def surety(cells: Any, corpus: Corpus, learned: Flags, paired: Flags) -> Floats:
    """For each slot a factor of 1 to 3, by how sure the run tells machines from originals or from translations, the surer of both.

    1 everywhere if no data set can be a study.
    """
    sure = np.zeros(cells.shape[1])
    for people in (ORIGINAL, TRANSLATED):
        if compared := list(studies(corpus, learned, people, paired)):
            sure = np.maximum(sure, standard_errors(cells, compared))
    factor: Floats = 1 + sure / 2
    return factor
