"""How likely an article was machine translated: a small model of its words and letters, and the marks that engines leave.

The model is the sum of two linear ones, over runs of one to three words and over runs of three to five characters, each counted
once, whatever its place: connectives, function words, endings and set phrases of translation engines. A run is kept only if it
occurs in several data sets of different origin, so that the topic of one is not learned for the class.
`credibility.training.translation` makes it, `rules/models/translation-<language>/` holds it, and `docs/machine-translation.md`
says what it can and cannot tell.
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

from credibility.characters import Kinds, codes_of, text_of
from credibility.document import Span
from credibility.errors import PackError
from credibility.lexicon import n_words
from credibility.pack import build, pack_root, read_toml
from credibility.segment import Article
from credibility.translation.artefacts import artefacts
from credibility.translation.declarations import declarations

Slots = NDArray[np.uint32]
LONGEST_RUN = 3  # `weightiest` counts on it
SHORTEST_LETTERS, LONGEST_LETTERS = 3, 5
# Runs are hashed to 2 ** BITS slots. Slots that two runs share cost less than .005 of area: 18 bits against exact keys, on French.
BITS = 18
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
# Arabic vowel signs belong to their word.
_TOKEN = re.compile('[^\\W\\d_]+(?:[\u064b-\u0652\u0670]+[^\\W\\d_]*)*|\\d+|[^\\w\\s"“”„«»‹›‘‚`´\u064b-\u0652\u0670]')
_VOWEL_SIGNS = frozenset(map(chr, (*range(0x64B, 0x653), 0x670)))
# The kinds of characters of a text without vowel signs: runs of letters and of digits are tokens, and every other mark.
_NONE, _LETTER, _DIGIT, _SINGLE = 1, 2, 3, 4
_KINDS = Kinds(
    lambda character: (
        _DIGIT
        if character.isdecimal()
        else _LETTER
        if character.isalnum()
        else _NONE
        if character.isspace() or character in '_"“”„«»‹›‘‚`´'
        else _SINGLE
    )
)
_MARK = re.compile(r"[^\w\s'’]|^'|'$|\d")
_DASHES = dict.fromkeys("–—‐‑−", "-")
# Apostrophes and dashes are one kind each; Arabic vowel signs and the stretching of letters are the typist's choice.
_CHOICES = {"’": "'", **_DASHES, **dict.fromkeys(map(chr, (*range(0x64B, 0x653), 0x670, 0x640)), "")}
_ALIKE = str.maketrans(_CHOICES)
_PLAIN = {**dict.fromkeys('"“”„«»‹›‘‚`´', ""), **_CHOICES}


class _Meant(dict[str, str]):
    """What a character is taken for, told when it is first met."""

    def __missing__(self, typed: str) -> str:
        meant = self[typed] = _PLAIN.get(typed, "0" if typed.isdecimal() else " " if typed.isspace() else typed)
        return meant


_MEANT = _Meant()
_AFTER_NO_SPACE = np.zeros(0x10000, np.bool_)
_AFTER_NO_SPACE[[ord(mark) for mark in " ،,.;:؛؟?!"]] = True


def word_slots(text: str, used: frozenset[str] | None = None) -> Slots:
    """The slots of all runs of one to three tokens (words, numbers as one kind, single marks), in order of length and place.

    used: the characters of the text, or more, where the caller has them.

    They are below 2 ** BITS and made from the CRC-32 of the tokens in lower case: the same on every machine, and quick.
    """
    found = _plain_tokens(text) if _VOWEL_SIGNS.isdisjoint(text if used is None else used) else _TOKEN.findall(text)
    single = np.array(list(map(_TOKEN_KEYS.__getitem__, found)), np.uint32)
    runs = [single]
    longer = single
    for length in range(2, min(LONGEST_RUN, len(single)) + 1):
        longer = longer[:-1] * _FACTOR + single[length - 1 :] + np.uint32(length)
        runs.append(longer)
    return _slots(np.concatenate(runs))


def _plain_tokens(text: str) -> list[str]:
    """What `_TOKEN` finds in a text without vowel signs, in half the time."""
    codes = codes_of(text)
    kinds = _KINDS.of(codes)
    opens = kinds == _SINGLE
    opens[1:] |= kinds[1:] != kinds[:-1]
    apart = np.full(len(codes) + np.count_nonzero(opens), ord(" "), np.uint32)
    apart[np.arange(len(codes)) + np.cumsum(opens)] = np.where(kinds == _NONE, np.uint32(ord(" ")), codes)
    return text_of(apart).split()


def letter_slots(text: str, used: frozenset[str] | None = None) -> Slots:
    """The slots of all runs of three to five characters, below 2 ** BITS: lower case, spaces and numbers as one character each.

    used: the characters of the text, or more, where the caller has them.
    """
    plain = text.lower()
    for typed in frozenset(text) if used is None else used:  # a pattern of these characters takes several times as long
        if (meant := _MEANT[typed]) != typed:
            plain = plain.replace(typed, meant)
    codes = np.frombuffer(f" {plain.strip()} ".encode("utf-32-le", "replace"), np.uint32)
    # Of several spaces or numbers in a row one stays; before some marks people put a space or none.
    spaces, numbers = (codes == ord(" ")).nonzero()[0][1:-1], (codes == ord("0")).nonzero()[0]
    drop = spaces[_AFTER_NO_SPACE.take(codes.take(spaces + 1), mode="clip")], numbers[codes.take(numbers + 1) == ord("0")]
    keep = np.ones(len(codes), np.bool_)
    keep[np.concatenate(drop)] = False
    single = _mixed(codes[keep] * _FACTOR)
    found = []
    longer = single
    for length in range(2, min(LONGEST_LETTERS, len(single)) + 1):
        longer = longer[:-1] * _FACTOR + single[length - 1 :] + np.uint32(length)
        if length >= SHORTEST_LETTERS:
            found.append(longer)
    return _slots(np.concatenate(found or [longer]))


_FACTOR = np.uint32(2654435761)


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


def _mixed(keys: Slots) -> Slots:
    """The keys with their bits spread, so that sums of similar words do not meet."""
    keys = keys ^ (keys >> np.uint32(16))
    keys = keys * np.uint32(0x45D9F3B)
    return keys ^ (keys >> np.uint32(15))


def _slots(keys: Slots) -> Slots:
    """The first bits of the keys, spread."""
    return _mixed(keys) >> np.uint32(32 - BITS)


@dataclass(frozen=True, slots=True)
class Card:
    """What `card.toml` of a model says that the program needs; the rest of it is for people.

    `step` is the unit of the stored weights. `calibration` are slope, offset and slope by length of `logit`. `style` and `verdict`
    are the least logarithms of the odds at which the note and the verdict are given.
    """

    step: float
    calibration: tuple[float, float, float]
    style: float
    verdict: float


class Model(NamedTuple):
    """The linear model of a language: for runs of words and of letters a weight a slot, 0 where the run is not known.

    Weights are in steps of the card: a quarter of the memory that a text is looked up in, and sums are exact.
    """

    card: Card
    words: NDArray[np.int8]
    letters: NDArray[np.int8]

    def raw(self, words: Slots, letters: Slots) -> float:
        """What the runs of a text say together; 0 where none is known."""
        return self.card.step * (_mean(self.words, words) + _mean(self.letters, letters))

    def logit(self, raw: float, words: int) -> float:
        """The calibrated logarithm of the odds: short texts say less."""
        slope, offset, by_length = self.card.calibration
        return offset + raw * (slope + by_length * length_term(words))


def _mean(weights: NDArray[np.int8], slots: Slots) -> float:
    """The sum of the weights of the known slots, each once, over the square root of their number: a long text has more of them."""
    if not len(slots):
        return 0.0
    if len(slots) < _FEW:
        ordered = np.sort(slots)
        found = weights.take(ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))])
    else:
        there = np.zeros(len(weights), np.bool_)  # sorting more of them takes longer than looking all slots through
        there[slots.astype(np.int64)] = True  # in half the time of 32 bits
        found = weights.take(there.nonzero()[0])
    known = np.count_nonzero(found)
    return float(found.sum(dtype=np.float64)) / math.sqrt(known) if known else 0.0


_FEW = 4_000


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
    return Model(card, *_arrays(folder / "weights.npz"))


def _arrays(path: Path) -> tuple[NDArray[Any], NDArray[Any]]:
    """The weights of the runs of words and of letters, in steps of the card.

    Raises PackError for a file that numpy cannot read without pickle, or that does not hold both.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            words, letters = stored["words"], stored["letters"]
    except (OSError, ValueError, KeyError) as error:
        raise PackError(f"{path}: {error}") from error
    if {(words.shape, words.dtype.name), (letters.shape, letters.dtype.name)} != {((1 << BITS,), "int8")}:
        raise PackError(f"{path}: {words.shape} and {letters.shape} weights where {1 << BITS} of 8 bits each are due")
    return words, letters


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
    declared = bool(article.layer(declarations) or article.document.translated_by)
    marks = tuple(sorted({mark.rule for mark in article.layer(artefacts)})) + (("declared",) if declared else ())
    using, words = model(article.language), article.layer(n_words)
    added = sum(MARK_ODDS.get(mark, 0.0) for mark in marks) + DECLARED_ODDS * declared
    if using is None or words < LEAST_WORDS:
        return Judgement(None, added, words, marks) if declared else None
    from_words = using.logit(using.raw(article.layer(article_slots), letter_slots(article.prose_alone.text, article.characters)), words)
    return Judgement(from_words, from_words + added, words, marks)


def article_slots(article: Article) -> Slots:
    """The slots of the runs of words of an article's prose."""
    return word_slots(article.prose_alone.text, article.characters)


def probability(article: Article) -> float | None:
    """The probability that the article was machine translated, 0 to 1; None where `judgement` is."""
    found = article.layer(judgement)
    return None if found is None else round(found.probability, 4)


def weightiest(article: Article, most: int = 3) -> Iterator[Span]:
    """The first places of the runs of two or three words that speak most for a machine, heaviest first."""
    using = model(article.language)
    if using is None:
        return
    prose = article.prose_alone
    tokens = [prose.source(*hit.span()) for hit in _TOKEN.finditer(prose.text)]
    weight = using.words[article.layer(article_slots)]
    weight[: len(tokens)] = 0
    taken: list[Span] = []
    said: set[str] = set()
    known = np.flatnonzero(weight > 0)
    for row in known[np.argsort(-weight[known], kind="stable")[: 40 * most]].tolist():
        if len(taken) == most:
            return
        length, first = (2, row - len(tokens)) if row < 2 * len(tokens) - 1 else (3, row - 2 * len(tokens) + 1)
        span = Span(tokens[first][0], tokens[first + length - 1][1])
        words = article.text[span.start : span.end]
        if "\n" in words or _MARK.search(words) or words.casefold() in said:
            continue
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
            said.add(words.casefold())
            yield span
