"""Whether a figure without a source of its own continues an attributed account: boosted trees over its surroundings.

Rules tell the source in a figure's own sentence; what they leave open («Quant aux commandes, elles ont reculé de 13 %» two
sentences after the speaker) is told from where voices and other figures stand, and from how many words the sentence shares with
what the voice said. Which words these are does not go in, so that the model holds in every language. Weights and card:
`rules/models/continuation/`, made by `credibility.training.continuation`.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from credibility.pack import pack_root
from credibility.trees import Trees

FloatRows = NDArray[np.float32]

# What each column says, in the order of `surroundings`; rows are sentences, distances are counted in them.
FEATURES = (
    "voice here or one before", "voice two before", "voice three or four before", "no voice before", "voice one after",
    "voice two after", "no voice after", "voices within two on both sides", "figures in the sentence", "figure beside the voice before",
    "first sentence", "lede", "place in the article", "end of the article", "same block as the voice before", "continuing words",
    "sentences since a voice", "words shared with the voice before", "words shared with the voice after",
    "words shared with the sentence before", "most words shared with a voice", "law in the sentence", "law in the sentence before",
    "a year in the sentence", "voices within three", "other voice in the sentence", "unnamed voice in the sentence",
    "unnamed voice in the sentence before", "act beside", "figures since the voice", "begins with a pronoun", "indirect speech",
    "passive", "verb of speech", "document in the sentence", "act in the sentence", "unnamed noun in the sentence",
    "voice before only points back", "voice before names a document", "voice before names a body", "capitals of the voice before",
    "voice before is «according to»", "voice before is named again", "share or change", "money",
    "vague", "rank", "outcome", "market", "share or change near a voice", "quoted", "chain of figures from a sourced one",
    "chain of figures from a voice", "unit of a sourced figure before", "distance of the figure before", "figure before is sourced",
    "figure before has the unit", "figure before is open", "distance of the next figure", "next figure is sourced",
    "next figure has the unit", "share of voiced sentences", "share of sourced figures", "figures a sentence", "sourced figures",
    "figures", "share of voices that are documents", "sentences since the first voice", "words in the sentence",
)  # fmt: skip


class Continuation(NamedTuple):
    """Boosted trees over FEATURES; a claim whose probability is above `threshold` counts as continued."""

    trees: Trees
    threshold: float


@lru_cache(maxsize=1)
def continuation() -> Continuation | None:
    """The shipped model; None where the folder of packs has none."""
    path = pack_root() / "models" / "continuation" / "weights.npz"
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as arrays:
        return continuation_of(arrays)


def continuation_of(arrays: Mapping[str, NDArray[Any]]) -> Continuation:
    """The model that these arrays hold."""
    return Continuation(Trees.load(arrays, "trees"), float(arrays["threshold"]))
