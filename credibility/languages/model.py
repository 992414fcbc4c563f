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

    def only(self, chosen: NDArray[np.bool_]) -> "Stream":
        """The words chosen by a mask, as a stream of their own."""
        lengths = np.diff(np.append(self.first, len(self.codes)))
        inside = np.concatenate(([True], np.repeat(chosen, lengths)))
        starts = np.cumsum(lengths[chosen]) - lengths[chosen] + 1
        return Stream(self.codes[inside], starts)

    def words(self) -> NDArray[np.uint64]:
        """One number for each whole word; 0 for one of more than 40 letters."""
        ends = np.append(self.first[1:] - 1, len(self.codes) - 1)
        place = np.arange(len(self.codes)) - np.repeat(
            np.append(0, self.first), np.diff(np.concatenate(([0], self.first, [len(self.codes)])))
        )
        spread = self.codes * _POWERS[np.minimum(place, _LONGEST_WORD - 1)]
        spread[self.codes == _BOUNDARY] = 0
        sums = np.add.reduceat(spread, self.first) if len(self.first) else np.zeros(0, np.uint64)
        sums = (sums ^ (sums >> np.uint64(29))) * _MULTIPLIERS[0] | _WORD_BIT
        return np.where(ends - self.first <= _LONGEST_WORD, sums, np.uint64(0))


def stream(codes: NDArray[np.uint8], lengths: NDArray[np.int64]) -> Stream:
    """Codes of the letters of all words, one after the other, and the length of each word (at least 1), with boundaries put in."""
    words = len(lengths)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64) if words else np.zeros(0, np.int64)
    out = np.full(len(codes) + words + 1, _BOUNDARY, np.uint64)
    out[np.arange(len(codes)) + np.repeat(np.arange(words), lengths) + 1] = codes
    return Stream(out, starts + np.arange(words) + 1)


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
        rows: NDArray[np.int32] = first[keys * _MULTIPLIERS[0] >> shift]
        wrong = np.flatnonzero(self.keys[rows] != keys)
        again = second[keys[wrong] * _MULTIPLIERS[1] >> shift]
        rows[wrong] = np.where((again >= 0) & (self.keys[again] == keys[wrong]), again, -1)
        return rows

    def scores(self, words: Stream) -> NDArray[np.uint8]:
        """For each word how far each language lies below the best, in 1/16 nat, CAP at most: shape (words, languages), ≥ 0."""
        whole = self.find(words.words())
        below = np.minimum(self.rows.take(whole, axis=0), _CAPPED)
        unknown = whole < 0
        if unknown.any():
            spelled = self._spelled(words.only(unknown))
            below[unknown] = np.minimum(spelled - spelled.min(axis=1, keepdims=True), _CAPPED)
        return below

    def _spelled(self, words: Stream) -> NDArray[np.int32]:
        """The same from the letters alone."""
        rows = np.full(len(words.codes), -1, np.int32)
        packed, todo = words.packed(), np.arange(1, len(rows))
        for order in range(ORDER, 0, -1):
            found = self.find(packed[todo] & _LAST[order])
            rows[todo] = found
            todo = todo[found < 0]
        below = self.rows.take(rows, axis=0)
        below[rows < 0] = 0
        total: NDArray[np.int32] = np.add.reduceat(below, words.first, axis=0, dtype=np.int32)
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
        counts = np.bincount(tokens.script)
        for number in np.flatnonzero(counts):  # np.unique would import numpy.ma for this, 10 ms
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
        table = character_table()
        starts, lengths = tokens.start[here], (tokens.end - tokens.start)[here]
        ends = np.cumsum(lengths)
        characters = tokens.points[np.repeat(starts - ends + lengths, lengths) + np.arange(int(ends[-1]))]
        keep = table.kind[characters] != SKIPPED
        if keep.all():
            return stream(model.codes[table.lower[characters]], lengths)
        return stream(model.codes[table.lower[characters[keep]]], np.add.reduceat(keep, ends - lengths, dtype=np.int64))


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
