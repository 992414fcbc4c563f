"""Whether a figure without a source of its own continues an attributed account: a small logistic model over its surroundings.

Rules tell the source in a figure's own sentence; what they leave open («Quant aux commandes, elles ont reculé de 13 %» two
sentences after the speaker) is told from where voices and other figures stand, and from how many words the sentence shares with
what the voice said. Which words these are does not go in, so that the model holds in every language. Weights and card:
`rules/models/continuation/`, made by `credibility.training.continuation`.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from credibility.pack import pack_root

FloatRows = NDArray[np.float64]

# What each column says; rows are sentences, distances are counted in them.
FEATURES = (
    "voice here or one before", "voice two before", "voice three or four before", "no voice before", "voice one after",
    "voice two after", "no voice after", "voices within two on both sides", "share or change", "money", "vague", "rank", "outcome",
    "market", "figures in the sentence", "chain of figures from a sourced one", "chain of figures from a voice",
    "figure beside the voice before", "first sentence", "same block as the voice before", "continuing words", "share of voiced sentences",
    "share of sourced figures", "figures a sentence", "share or change near a voice", "words shared with the voice before",
    "words shared with the voice after", "words shared with the sentence before", "unit of a sourced figure before", "law in the sentence",
    "law in the sentence before", "a year in the sentence", "voice before only points back", "place in the article", "quoted",
    "other voice in the sentence", "sentences since a voice", "voice before names a document",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model. weights: one for each of FEATURES; a claim above `threshold` counts as continued."""

    weights: FloatRows
    bias: float
    threshold: float

    def probability(self, row: FloatRows) -> float:
        """Probability that the figure continues an attributed account, 0 to 1."""
        return float(1 / (1 + np.exp(-(row @ self.weights + self.bias))))


@lru_cache(maxsize=1)
def continuation_weights() -> Weights | None:
    """The shipped model; None where the folder of packs has none."""
    path = pack_root() / "models" / "continuation" / "weights.npz"
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as held:
        return Weights(held["weights"].astype(np.float64), float(held["bias"]), float(held["threshold"]))
