"""How likely an article was machine translated: a small model of its words, and the marks that engines leave.

The model is a linear one over runs of one to three words, each counted once, whatever its place: connectives, function words
and set phrases of translation engines. A run is kept only if it occurs in several data sets of different origin, so that the
topic of one is not learned for the class. `credibility.training.translation` makes it, `rules/models/translation-<language>/`
holds it, and `docs/machine-translation.md` says what it can and cannot tell.
"""

import math
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from credibility.document import Span
from credibility.errors import PackError
from credibility.pack import build, pack_root, read_toml
from credibility.segment import Article
from credibility.translation.artefacts import artefacts
from credibility.translation.declarations import declarations

Keys = NDArray[np.uint32]
LONGEST_RUN = 3
# Below this many words nothing is said at all; verdicts and the note on style ask for VERDICT_WORDS. Between the two the
# probability is that of texts as short as this one, closer to even.
LEAST_WORDS = 40
VERDICT_WORDS = 120
# What a mark adds to the logarithm of the odds: that of its rate in machine translations over that in human texts (counts in
# docs/machine-translation.md), at least 1.5, since on clean test sets the rarest ones occur in neither.
MARK_ODDS = {
    "spacing": 3.2,
    "repeated-words": 1.9,
    "foreign-letters": 2.9,
    "untranslated": 2.5,
    "glued-punctuation": 1.5,
    "broken-phrase": 1.5,
    "doubled-article": 1.5,
    "headline-infinitive": 1.5,
    "engine-token": 1.5,
}
DECLARED_ODDS = 6.0

# Quotation marks give away who typeset the text, not who wrote it: they are left out.
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s\"“”„«»‹›‘‚`´]")
_MARK = re.compile(r"[^\w\s'’]|^'|'$|\d")
_ALIKE = str.maketrans({"’": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u0640": ""})


class Runs(NamedTuple):
    """The runs of words of a text: a key for each, and where it starts and ends. A run may occur more than once.

    `tokens` is how many of them, the first ones, are single tokens.
    """

    tokens: int
    keys: Keys
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def runs(text: str, keys: Keys | None = None) -> Runs:
    """All runs of one to three tokens (words, numbers as one kind, single marks), in order of length and place.

    keys: those of `run_keys`, where they are known.

    The key of a run is made from the CRC-32 of its tokens in lower case: the same on every machine, and quick.
    """
    tokens = list(_TOKEN.finditer(text))
    starts = np.array([hit.start() for hit in tokens], np.int64)
    ends = np.array([hit.end() for hit in tokens], np.int64)
    lengths = range(1, min(LONGEST_RUN, len(tokens)) + 1)
    return Runs(
        len(tokens),
        run_keys(text) if keys is None else keys,
        np.concatenate([starts, *(starts[: len(tokens) - length + 1] for length in lengths[1:])]),
        np.concatenate([ends, *(ends[length - 1 :] for length in lengths[1:])]),
    )


def run_keys(text: str) -> Keys:
    """The keys of `runs` alone, in the same order."""
    single = np.array([_TOKEN_KEYS[token] for token in _TOKEN.findall(text)], np.uint32)
    keys = [single]
    longer = single
    for length in range(2, min(LONGEST_RUN, len(single)) + 1):
        longer = longer[:-1] * np.uint32(2654435761) + single[length - 1 :] + np.uint32(length)
        keys.append(longer)
    return _mixed(np.concatenate(keys))


class _TokenKeys(dict[str, int]):
    """The key of each token that was seen, worked out when it is first asked for. Emptied when it is full."""

    def __missing__(self, token: str) -> int:
        if len(self) >= _FULL:
            self.clear()
        word = b"0" if token[0].isdecimal() else token.translate(_ALIKE).lower().encode("utf-8", "replace")
        key = self[token] = zlib.crc32(word)
        return key


_FULL = 20_000
_TOKEN_KEYS = _TokenKeys()


def _mixed(keys: Keys) -> Keys:
    """The keys with their bits spread, so that sums of similar words do not meet."""
    keys = keys ^ (keys >> np.uint32(16))
    keys = keys * np.uint32(0x45D9F3B)
    return keys ^ (keys >> np.uint32(15))


@dataclass(frozen=True, slots=True)
class Card:
    """What `card.toml` of a model says that the program needs; the rest of it is for people.

    `calibration` are slope, offset and slope by length of `logit`. `style` and `verdict` are the least logarithms of the odds
    at which the note and the verdict are given.
    """

    bias: float
    calibration: tuple[float, float, float]
    style: float
    verdict: float


@dataclass(frozen=True, slots=True)
class Model:
    """The linear model of a language. `keys` are sorted; `rarity` is the inverse document frequency that a run counts with."""

    card: Card
    keys: Keys
    rarity: NDArray[np.float32]
    weights: NDArray[np.float32]

    def rows(self, found: Keys) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """For each key its row in the model, and whether it is there at all."""
        at = np.minimum(np.searchsorted(self.keys, found), len(self.keys) - 1)
        return at, self.keys[at] == found

    def raw(self, found: Keys) -> float:
        """The distance from the plane for the distinct runs of a text; the offset alone where none is known."""
        at, known = self.rows(found)
        rarity = self.rarity[at[known]].astype(np.float64)
        length = math.sqrt(float(rarity @ rarity))
        return self.card.bias + (float(rarity @ self.weights[at[known]]) / length if length else 0.0)

    def logit(self, raw: float, words: int) -> float:
        """The calibrated logarithm of the odds: short texts say less."""
        slope, offset, by_length = self.card.calibration
        return offset + raw * (slope + by_length * length_term(words))


def length_term(words: int) -> float:
    """How much longer than usual a text is: 0 at 150 words, natural logarithm, between 30 and 600 words."""
    return math.log(min(600, max(30, words)) / 150)


def model_folder(language: str) -> Path:
    """Where the model of a language is, if there is one."""
    return pack_root() / "models" / f"translation-{language}"


@lru_cache(maxsize=8)
def model(language: str | None) -> Model | None:
    """The model of a language; None where there is none. Raises PackError for a folder that is not valid."""
    folder = model_folder(language or "")
    if not language or not language.isalpha() or not folder.is_dir():
        return None
    card = build(Card, read_toml(folder / "card.toml").get("model", {}), str(folder / "card.toml"))
    return Model(card, **_arrays(folder / "weights.npz"))


def _arrays(path: Path) -> dict[str, Any]:
    """The arrays of a model. Raises PackError for a file that numpy cannot read without pickle, or that lacks one."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            gaps, rarity, weights = stored["gaps"], stored["rarity"], stored["weights"]
    except (OSError, ValueError, KeyError) as error:
        raise PackError(f"{path}: {error}") from error
    # Keys are kept as the gaps between them, which pack better.
    keys = np.cumsum(gaps, dtype=np.uint64).astype(np.uint32)
    return {"keys": keys, "rarity": rarity.astype(np.float32), "weights": weights.astype(np.float32)}


class Judgement(NamedTuple):
    """What is known of a whole article: the logarithm of the odds from its words, that with the marks added, and its marks."""

    from_words: float | None
    logit: float
    words: int
    marks: tuple[str, ...]

    @property
    def probability(self) -> float:
        """The probability, 0 to 1."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.logit))))


def judgement(article: Article) -> Judgement | None:
    """What the words and marks say together; used as `article.layer(judgement)`.

    None where it cannot be known: no model for the language or fewer than LEAST_WORDS words, and no declaration either.
    """
    declared = bool(article.layer(declarations))
    marks = tuple(sorted({mark.rule for mark in article.layer(artefacts)})) + (("declared",) if declared else ())
    using, words = model(article.language), article.n_words
    added = sum(MARK_ODDS.get(mark, 0.0) for mark in marks) + DECLARED_ODDS * declared
    if using is None or words < LEAST_WORDS:
        return Judgement(None, added, words, marks) if declared else None
    from_words = using.logit(using.raw(_distinct(article.layer(article_keys))), words)
    return Judgement(from_words, from_words + added, words, marks)


def article_keys(article: Article) -> Keys:
    """The keys of the runs of an article's prose."""
    return run_keys(article.prose)


def _distinct(keys: Keys) -> Keys:
    """The keys in order, each once. (numpy's `unique` imports its masked arrays for this, 10 ms of a first article.)"""
    keys = np.sort(keys)
    return keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys


def probability(article: Article) -> float | None:
    """The probability that the article was machine translated, 0 to 1; None where `judgement` is."""
    found = article.layer(judgement)
    return None if found is None else round(found.probability, 4)


def weightiest(article: Article, most: int = 3) -> Iterator[Span]:
    """The first places of the runs of two or three words that speak most for a machine, heaviest first."""
    using = model(article.language)
    if using is None:
        return
    found = runs(article.prose, article.layer(article_keys))
    at, known = using.rows(found.keys)
    weight = np.where(known, using.rarity[at] * using.weights[at], 0.0)
    weight[: found.tokens] = 0.0
    taken: list[Span] = []
    said: set[str] = set()
    for row in np.argsort(-weight, kind="stable")[: 40 * most]:
        span = Span(int(found.starts[row]), int(found.ends[row]))
        if len(taken) == most or weight[row] <= 0:
            return
        words = article.text[span.start : span.end]
        if "\n" in words or _MARK.search(words) or words.casefold() in said:
            continue
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
            said.add(words.casefold())
            yield span
