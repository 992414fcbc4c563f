"""Logistic regression that does not like to tell data sets of one class apart: how the models of `_translation_fit` are fitted.

What makes the texts of a class score differently from data set to data set is topic, genre and outlet, and says nothing of the next
data set. So what the mean score of a data set differs by from that of its class is penalised, as directions of nuisance are in
speaker recognition (Solomonoff, Campbell and Boardman, ICASSP 2005). The offset that a data set has while the model is fitted counts
to its scores: what it can take up, being the same for all classes of the data set, need not be unlearned. Without it Arabic gains
nothing with data sets left out, and Spanish and Russian lose .002 with systems left out.
"""

from typing import Any

import numpy as np

from credibility.training._translation_corpus import LABELS, Corpus, Flags, Floats, Settings

LEAST_TEXTS = 15  # of a class in a data set: the mean of fewer is chance
_ROUNDS, _TOLERANCE = 80, 1e-6  # a round that lowers the loss by less than this share of it is the last: some 15 to 30 are made


def between_sets(corpus: Corpus, whole: Flags) -> Any:
    """A sparse matrix that makes of the scores of the whole texts what the mean of each data set differs by from that of its class.

    A row for each class and data set with LEAST_TEXTS of it, over the root of how many data sets the class has, so that classes count
    the same; none for a class with one data set.
    """
    from scipy.sparse import csr_matrix, vstack

    labels, groups = np.array(corpus.labels)[whole], np.array(corpus.groups)[whole]
    found = [csr_matrix((0, len(labels)))]
    for label in LABELS:
        texts = [(groups == name) & (labels == label) for name in sorted(set(groups.tolist()))]
        means = [of / of.sum() for of in texts if of.sum() >= LEAST_TEXTS]
        if len(means) > 1:
            found.append(csr_matrix((np.array(means) - np.mean(means, axis=0)) / np.sqrt(len(means))))
    return vstack(found, format="csr")


def regression(features: Any, taken: Any, offsets: Any, sides: Floats, counts: Floats, apart: Any, settings: Settings) -> Floats:
    """A weight a feature: the logistic regression of the sides, 1 or -1, of rows, each of which counts so much.

    taken: which features of texts, plus or minus one, are added up to make the features of each row. offsets: more features of the
    rows, whose weights are not given back. apart: of `between_sets`, for the first of the rows.
    """
    from scipy.optimize import minimize
    from scipy.special import expit

    n, first = features.shape[1], apart.shape[1]
    alike = settings.cost * settings.alike * counts.sum()

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = taken @ (features @ weights[:n]) + offsets @ weights[n:]
        margins, differences = sides * scores, apart @ scores[:first]
        slope = -settings.cost * counts * sides * expit(-margins)
        slope[:first] += alike * (apart.T @ differences)
        value = (weights @ weights + alike * (differences @ differences)) / 2 + settings.cost * (counts @ np.logaddexp(0, -margins))
        return float(value), weights + np.concatenate([features.T @ (taken.T @ slope), offsets.T @ slope])

    options = {"maxiter": _ROUNDS, "ftol": _TOLERANCE, "gtol": 0.0}
    found: Floats = minimize(loss, np.zeros(n + offsets.shape[1]), jac=True, method="L-BFGS-B", options=options).x[:n]
    return found
