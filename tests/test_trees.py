"""Trees as arrays do what the trained ones did."""

import numpy as np
import pytest

from credibility.errors import PackError
from credibility.trees import Trees


def test_packed_trees_give_the_probabilities_of_scikit_learn():
    """To the seventh decimal, on rows that reach every leaf."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rng = np.random.default_rng(1)
    rows = rng.normal(size=(500, 6)).astype(np.float32)
    for leaves in (31, 64):
        model = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=leaves, min_samples_leaf=3, random_state=0)
        model.fit(rows, rows[:, 0] * rows[:, 1] + rows[:, 2] > 0)
        packed = Trees.load(Trees.pack(model, "t"), "t")
        assert np.abs(packed.probability(rows) - model.predict_proba(rows)[:, 1]).max() < 1e-6


def test_a_tree_of_too_many_leaves_is_refused():
    """A leaf is a bit; one tree of a chain of 64 tests has 65 leaves."""
    child = np.arange(129)
    child[0:128:2] += 1
    zeros = np.zeros((1, 129))
    trees = Trees(zeros.astype(np.int64), zeros.astype(np.float32), child[None], zeros.astype(np.float32), 0.0)
    with pytest.raises(PackError, match="65 leaves"):
        trees.probability(np.zeros((3, 2), np.float32))
