"""How likely each token of a text is in each language: tables of letter sequences and frequent words, looked up at once.

Within a script, a word scores the sum of the log-probabilities of its letters given up to four before them (the end of the
word counts as a letter); frequent words score as wholes. The tables are made by `training.languages` and hold, for each
sequence, how much less likely it is in each language of the script than in the one that fits best.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from credibility.languages.alphabets import SCRIPT_NAMES, SHARED, SKIPPED, SOLE, character_table
from credibility.languages.tokens import Tokens
from credibility.pack import pack_root

ORDER = 5  # letters of the longest sequence
STEP = 16.0  # units of the tables and of scores in one nat
# One token says at most this much against a language, in nats: a name or a misprint must not decide a sentence.
CAP = 4.0
OTHER_SCRIPT = 7.0
_CAPPED = np.uint8(CAP * STEP)
_BOUNDARY = 1
_WORD_BIT = np.uint64(1 << 63)
_LONGEST_WORD = 40
_MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_RADIX = np.uint64(0x100000001B3)
_LAST = [np.uint64((1 << 8 * order) - 1) for order in range(ORDER + 1)]  # of a packed number its last codes


def _powers() -> NDArray[np.uint64]:
    powers = np.ones(_LONGEST_WORD, np.uint64)
    for i in range(1, _LONGEST_WORD):
        powers[i] = powers[i - 1] * _RADIX
    return powers


with np.errstate(over="ignore"):
    _POWERS = _powers()


class Stream(NamedTuple):
    """The words of one script as codes of its letters, a boundary before each and after the last.

    codes: uint64, 1 for a boundary; first: where each word's first letter stands; its end boundary closes it.
    """

    codes: NDArray[np.uint64]
    first: NDArray[np.int64]

    def packed(self) -> NDArray[np.uint64]:
        """For each position the last `ORDER` codes packed into one number, the last in its lowest byte; fewer at the beginning."""
        packed = self.codes.copy()
        for back in range(1, ORDER):
            packed[back:] |= self.codes[:-back] << np.uint64(8 * back)
        return packed

    def grams(self, order: int) -> NDArray[np.uint64]:
        """For each position the last `order` codes packed into one number (0 where there are not that many)."""
        packed = self.packed() & _LAST[order]
        packed[: order - 1] = 0
        return packed

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many letters each word has, and its end boundary."""
        sizes = np.empty_like(self.first)
        np.subtract(self.first[1:], self.first[:-1], out=sizes[:-1])
        sizes[-1:] = len(self.codes) - self.first[-1:]
        return sizes

    def words(self) -> NDArray[np.uint64]:
        """One number for each whole word; 0 for one of more than 40 letters."""
        if not len(self.first):
            return np.zeros(0, np.uint64)
        sizes, at = self.sizes, self.first - 1  # without the first boundary
        place = np.minimum(np.arange(len(self.codes) - 1) - at.repeat(sizes), _LONGEST_WORD - 1)
        sums: NDArray[np.uint64] = np.add.reduceat(self.codes[1:] * _POWERS.take(place), at)
        sums -= _POWERS.take(place.take(at + sizes - 1))  # of the end boundary, whose code is 1
        sums = (sums ^ (sums >> np.uint64(29))) * _MULTIPLIERS[0] | _WORD_BIT
        sums[sizes > _LONGEST_WORD + 1] = 0
        return sums


def stream(codes: NDArray[np.uint8], lengths: NDArray[np.int64]) -> Stream:
    """Codes of the letters of all words, one after the other, and the length of each word (at least 1), with boundaries put in."""
    words = len(lengths)
    numbers = np.arange(words)
    out = np.full(len(codes) + words + 1, _BOUNDARY, np.uint64)
    out[np.arange(len(codes)) + np.repeat(numbers, lengths) + 1] = codes
    return Stream(out, np.cumsum(lengths) - lengths + numbers + 1)


@dataclass(frozen=True)
class ScriptModel:
    """The table of one script: letters to codes, sequences to rows, rows of uint8 with one column for each language.

    A row says how far each language lies below the best one, in 1/16 nat.
    """

    languages: tuple[str, ...]
    codes: NDArray[np.uint8]  # by code point up to U+FFFF
    keys: NDArray[np.uint64]  # the more frequent first
    rows: NDArray[np.uint8]  # 0 for the best language

    @cached_property
    def letters(self) -> NDArray[np.uint8]:
        """By code point up to U+FFFF, capital or small: the code of the letter, 0 for a mark that may be left out."""
        table = character_table()
        letters = self.codes.take(table.lower)
        letters[table.kind == SKIPPED] = 0
        return letters

    @cached_property
    def _slots(self) -> tuple[NDArray[np.int32], NDArray[np.int32], np.uint64]:
        bits = max(4, int(len(self.keys) * 3).bit_length())
        shift = np.uint64(64 - bits)
        first, second = np.full(1 << bits, -1, np.int32), np.full(1 << bits, -1, np.int32)
        numbers = np.arange(len(self.keys), dtype=np.int32)
        place = self.keys * _MULTIPLIERS[0] >> shift
        first[place[::-1]] = numbers[::-1]  # the last written stays, so the more frequent of two wins
        lost = numbers[first[place] != numbers]
        second[(self.keys[lost] * _MULTIPLIERS[1] >> shift)[::-1]] = lost[::-1]
        return first, second, shift

    def find(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The row of each key, -1 where the table does not hold it."""
        first, second, shift = self._slots
        # `take` and its signed places cost a third of what brackets and unsigned ones do. Of -1 the last key stands there.
        rows: NDArray[np.int32] = first.take((keys * _MULTIPLIERS[0] >> shift).view(np.int64))
        wrong = (self.keys.take(rows) != keys).nonzero()[0]
        lost = keys.take(wrong)
        again = second.take((lost * _MULTIPLIERS[1] >> shift).view(np.int64))
        again[self.keys.take(again) != lost] = -1
        rows[wrong] = again
        return rows

    def scores(self, words: Stream) -> NDArray[np.uint8]:
        """For each word how far each language lies below the best, in 1/16 nat, CAP at most: shape (words, languages), ≥ 0."""
        sizes, whole = words.sizes, self.find(words.words())
        below = np.minimum(self.rows.take(whole, axis=0), _CAPPED)
        unknown = (whole < 0).nonzero()[0]
        if len(unknown):
            spelled = self._spelled(words, words.first.take(unknown), sizes.take(unknown))
            below[unknown] = np.minimum(spelled - spelled.min(axis=1, keepdims=True), _CAPPED)
        return below

    def _spelled(self, words: Stream, first: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int32]:
        """The same from the letters alone, of the words that begin at these places and have these sizes."""
        starts = np.cumsum(sizes) - sizes
        packed = words.packed().take(np.arange(starts[-1] + sizes[-1]) + (first - starts).repeat(sizes))
        # What the longest sequences hold of the word before is in no table.
        rows = self.find(packed & _LAST[ORDER])
        todo = (rows < 0).nonzero()[0]
        for order in range(ORDER - 1, 0, -1):
            found = self.find(packed.take(todo) & _LAST[order])
            rows[todo] = found
            todo = todo[found < 0]
        below = self.rows.take(rows, axis=0)
        below[todo] = 0
        total: NDArray[np.int32] = np.add.reduceat(below, starts, axis=0, dtype=np.int32)
        return total


class LanguageModel(NamedTuple):
    """All scripts together. `languages` are the columns of every score, grouped by script."""

    languages: tuple[str, ...]
    columns: dict[str, slice]  # script -> its columns
    scripts: dict[str, ScriptModel]
    han: NDArray[np.int8]  # by code point: zh against ja, in 1/16 nat, positive for zh

    def evidence(self, tokens: Tokens) -> NDArray[np.int8]:
        """What each token says of each language, in 1/16 nat, 0 for the best and down to -64 (-112 for another script)."""
        out = np.full((len(tokens), len(self.languages)), -int(OTHER_SCRIPT * STEP), np.int8)
        counts = np.bincount(tokens.script).tolist()
        for number in (number for number, count in enumerate(counts) if count):
            script = SCRIPT_NAMES[number]
            # Most texts are in one script: a slice of them all needs no gathering.
            here = slice(None) if counts[number] == len(tokens) else np.flatnonzero(tokens.script == number)
            columns = self.columns.get(script)
            if columns is None:
                out[here] = 0
            elif script in SOLE:
                out[here, columns] = 0
            elif script == "Hani":
                out[here, columns] = self._han_scores(tokens.points[tokens.start[here]])
            else:
                model = self.scripts[script]
                below = model.scores(self._stream(model, tokens, here))
                out[here, columns] = np.negative(below.view(np.int8))
        return out

    def _han_scores(self, characters: NDArray[np.uint16]) -> NDArray[np.int8]:
        """Columns zh and ja for each ideograph or kana."""
        lean = self.han[characters]
        return np.stack([np.minimum(lean, 0), np.minimum(-lean, 0)], axis=1).astype(np.int8)

    def _stream(self, model: ScriptModel, tokens: Tokens, here: NDArray[np.int64] | slice) -> Stream:
        """The words of these tokens as codes, marks that may be left out dropped."""
        starts = tokens.start[here]
        sizes = tokens.end[here] - starts + 1  # with the boundary at the end
        ends = np.cumsum(sizes)
        first = ends - sizes
        codes = model.letters.take(tokens.points.take(np.arange(ends[-1]) + (starts - first).repeat(sizes), mode="clip"))
        codes[ends - 1] = _BOUNDARY
        if not codes.all():
            keep = codes != 0
            sizes = np.add.reduceat(keep, first, dtype=np.int64)
            codes, first = codes[keep], np.cumsum(sizes) - sizes
        out = np.empty(len(codes) + 1, np.uint64)
        out[0] = _BOUNDARY
        out[1:] = codes
        return Stream(out, first + 1)


def model_folder() -> Path:
    """Where the weights and their card are."""
    return pack_root() / "models" / "languages"


@lru_cache(maxsize=1)
def language_model() -> LanguageModel:
    """The model that ships, loaded once (plain arrays, no pickles)."""
    with np.load(model_folder() / "weights.npz", allow_pickle=False) as arrays:
        scripts = {}
        for script in SHARED:
            if f"{script}_keys" in arrays:
                languages = tuple(str(code) for code in arrays[f"{script}_languages"])
                codes = np.zeros(0x10000, np.uint8)
                letters = arrays[f"{script}_letters"]
                codes[0:] = 255
                codes[letters] = np.arange(2, 2 + len(letters), dtype=np.uint8)
                scripts[script] = ScriptModel(languages, codes, arrays[f"{script}_keys"], arrays[f"{script}_rows"])
        han = arrays["han"]
    return assemble(scripts, han)


def assemble(scripts: dict[str, ScriptModel], han: NDArray[np.int8]) -> LanguageModel:
    """The model of these scripts, with a column for each language of a script of its own."""
    names: list[str] = []
    columns = {}
    for script in SCRIPT_NAMES:
        own = (
            ("zh", "ja")
            if script == "Hani"
            else scripts[script].languages
            if script in scripts
            else (SOLE[script],)
            if script in SOLE
            else ()
        )
        columns[script] = slice(len(names), len(names) + len(own))
        names += own
    return LanguageModel(tuple(names), {script: place for script, place in columns.items() if place.stop > place.start}, scripts, han)
