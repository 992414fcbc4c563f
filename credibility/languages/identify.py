"""The languages of a text: what its tokens say of each, and the main one with a confidence."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from credibility.languages.alphabets import SCRIPT_NUMBER, UNSPACED
from credibility.languages.model import STEP, language_model
from credibility.languages.tokens import Tokens, tokens

CAPITAL_WEIGHT = 0.25  # names are spelled alike in many languages
LETTER_WEIGHT = 0.5  # a word of one letter
UNSPACED_WEIGHT = 0.6  # a token that is not a whole word
# Below this many nats between the two best languages nothing is said; three function words are enough for most pairs.
LEAST_MARGIN = 3.0
LEAST_WEIGHT = 2.0  # tokens
MUCH_WEIGHT = 40.0  # so many tokens and still close: a text in two languages, which has a main one all the same


@dataclass(frozen=True)
class Reading:
    """A text's tokens and what each says of every language.

    evidence: int8, shape (tokens, languages), in 1/16 nat: 0 for the best language, less for the others. weight: float32,
    shape (tokens,), how much a token counts. totals: float64, shape (languages,), the weighted evidence in nats.
    """

    languages: tuple[str, ...]
    tokens: Tokens
    evidence: NDArray[np.int8]
    weight: NDArray[np.float32]
    totals: NDArray[np.float64]

    @cached_property
    def _winner(self) -> tuple[str, float, float]:
        """The best language, by how much it beats the second in nats, and the weight of all tokens."""
        totals = self.totals.tolist()
        second, first = sorted(totals)[-2:]
        return self.languages[totals.index(first)], first - second, float(self.weight.sum())

    @property
    def sure(self) -> bool:
        """Whether there is so much text and so clear a winner that the main language cannot be in doubt."""
        _, margin, weight = self._winner
        return weight >= SURE_WEIGHT and margin >= SURE_MARGIN

    @property
    def main(self) -> tuple[str | None, float]:
        """The main language and the confidence in it, 0 to 1; (None, 0.0) under too little text."""
        best, margin, weight = self._winner
        if weight < LEAST_WEIGHT or (margin < LEAST_MARGIN and weight < MUCH_WEIGHT):
            return None, 0.0
        confidence = 1.0 / (1.0 + math.exp(-(0.5 * margin - 0.5)))
        return REPORTED.get(best, best), round(min(0.999, confidence), 3)


_IS_UNSPACED = np.zeros(len(SCRIPT_NUMBER), np.bool_)
_IS_UNSPACED[[SCRIPT_NUMBER[name] for name in UNSPACED]] = True
# From these on the main language can be relied on against what a page declares: a paragraph, and no near tie.
SURE_WEIGHT = 30.0
SURE_MARGIN = 12.0
# Varieties that are told apart by their words inside, and reported together: no text of a clipping's length tells them apart.
REPORTED = {"nn": "no"}


def read_languages(text: str, used: frozenset[str] | None = None) -> Reading:
    """What the tokens of a text say of each language. used: its characters, or more, where the caller has them."""
    model = language_model()
    found = tokens(text, used)
    evidence = model.evidence(found)
    weight = np.ones(len(found), np.float32)
    weight[found.end - found.start == 1] = LETTER_WEIGHT
    weight[_IS_UNSPACED[found.script]] = UNSPACED_WEIGHT
    weight[found.capital] = CAPITAL_WEIGHT
    totals = np.zeros(len(model.languages))
    for start in range(0, len(found), 50_000):
        totals += weight[start : start + 50_000] @ evidence[start : start + 50_000].astype(np.float32)
    return Reading(model.languages, found, evidence, weight, totals / STEP)
