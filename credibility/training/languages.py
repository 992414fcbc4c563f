"""Makes the language model from the word lists of `word_lists`: counts of letter sequences, and frequent words as wholes.

    credibility train languages

needs wordfreq (extra `train`) and, for the languages that wordfreq lacks, Hunspell's dictionaries.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from credibility.languages.alphabets import points
from credibility.languages.model import ORDER, STEP, Stream, model_folder, stream
from credibility.languages.word_lists import Words, commonest, frequencies, simplified, sources, words_of

# Frequencies are counted per million words of text. Letters follow the words by their frequency to this power: content words
# that the list lacks are spelled like its rare words, not like its function words.
POWER = 0.75
PRIOR = 20.0  # pseudo-counts that a sequence gets from the shorter one
SEEN = 2.0  # per million, for a sequence of four or five letters to count at all
LEAST = {3: 8.0, 4: 20.0, 5: 40.0}  # per million, for a sequence to be kept
KEPT = {"Latn": 90_000, "Cyrl": 50_000, "Arab": 40_000, "Deva": 25_000}  # sequences of three letters and more of a script
WHOLE = 3_000  # frequent words of each language that score as wholes
WHOLE_WEIGHT = 0.8
ALPHABET = 240
# Of all sequences and words, the commonest: the rarest fifth is a fifth of the file and tells next to nothing. On the mixed
# development articles characters F1 is .9901 without it (.9903), of clauses .948 (.949); without three tenths .947, two fifths .945.
COMMONEST = 0.8


def train(data: Sequence[Path] = (), *, output: Path | None = None, say: Callable[[str], object] = print) -> None:
    """Writes `weights.npz` into the model's folder and its size and sha256 into the card there.

    data: a folder with Hunspell's .dic and .aff files, by default the one that Debian's packages fill. output: a folder other
    than the shipped one; what it lacks of `languages.toml`, `common_words.toml` and `card.toml` is taken from there. Raises
    UsageError naming the package that is missing.
    """
    dictionaries = data[0] if data else Path("/usr/share/hunspell")
    shipped = model_folder()
    target = output or shipped
    target.mkdir(parents=True, exist_ok=True)
    for name in ("languages.toml", "common_words.toml", "card.toml"):
        if not (target / name).exists():
            (target / name).write_text((shipped / name).read_text(encoding="utf-8"), encoding="utf-8")
    arrays: dict[str, NDArray[np.generic]] = {}
    languages = sources(target)
    for script in sorted({source.script for source in languages.values()}):
        here = {code: source for code, source in languages.items() if source.script == script}
        lists = {code: words_of(code, source, dictionaries, target) for code, source in here.items()}
        fitted = fit(script, lists)
        arrays |= {f"{script}_{name}": array for name, array in fitted.items()}
        say(f"{script}: {len(fitted['keys'])} sequences and words of {len(lists)} languages")
    arrays["han"] = han_lean()
    weights = target / "weights.npz"
    np.savez(weights, **arrays)  # type: ignore[arg-type]  # wheels compress it; loaded in a third of the time
    written = weights.read_bytes()
    card = (target / "card.toml").read_text(encoding="utf-8")
    card = re.sub(r"(?m)^sha256 = .*$", f'sha256 = "{hashlib.sha256(written).hexdigest()}"', card)
    card = re.sub(r"(?m)^bytes = .*$", f"bytes = {len(written)}", card)
    (target / "card.toml").write_text(card, encoding="utf-8")
    say(f"{len(written)} bytes written to {weights}")


def fit(script: str, lists: Mapping[str, Words]) -> dict[str, NDArray[np.generic]]:
    """The table of one script from the words of its languages: letters, languages, keys (the more frequent first) and rows."""
    letters: dict[str, float] = defaultdict(float)
    for words in lists.values():
        for word, share in words.items():
            for letter in word:
                letters[letter] += share
    alphabet = sorted(letter for letter, _ in commonest(letters, ALPHABET).items())
    codes = np.full(0x10000, 255, np.uint8)
    codes[[ord(letter) for letter in alphabet]] = np.arange(2, 2 + len(alphabet), dtype=np.uint8)
    streams = {code: _encode(list(words), codes) for code, words in lists.items()}
    shares = {code: np.array(list(words.values())) for code, words in lists.items()}
    spelling = _Spelling(streams, shares)
    keys, rows, weight = spelling.table(KEPT.get(script, 30_000))
    word_keys, word_rows, word_weight = _whole_words(streams, shares, spelling)
    order = np.argsort(-np.concatenate((weight, word_weight)), kind="stable")
    order = order[: int(COMMONEST * len(order))]
    return {
        "languages": np.array(list(lists)),
        "letters": np.array([ord(letter) for letter in alphabet], np.uint16),
        "keys": np.concatenate((keys, word_keys))[order],
        "rows": np.concatenate((rows, word_rows))[order],
    }


def _encode(words: list[str], codes: NDArray[np.uint8]) -> Stream:
    """The words of a list as one stream of codes."""
    return stream(codes[points("".join(words))], np.array([len(word) for word in words], np.int64))


class _Spelling:
    """Probabilities of each letter after up to four others, in each language, each length interpolated with the shorter one."""

    def __init__(self, streams: Mapping[str, Stream], shares: Mapping[str, NDArray[np.float64]]) -> None:
        self.n_languages = len(streams)
        self.keys: list[NDArray[np.uint64]] = []
        self.counts: list[NDArray[np.float32]] = []
        for order in range(1, ORDER + 1):
            gathered = []
            for code, words in streams.items():
                weights = shares[code] ** POWER
                weights = weights * (1e6 / weights.sum())
                spans = np.diff(np.append(words.first, len(words.codes) + 0))
                spread = np.concatenate(([0.0], np.repeat(weights, spans)))[: len(words.codes)]
                grams = words.grams(order)
                inside = np.ones(len(grams), np.bool_)
                inside[0] = False
                if order > 1:
                    crossing = np.zeros(len(grams), np.bool_)
                    for back in range(1, order - 1):  # a boundary may only be the first letter or the last
                        crossing[back:] |= words.codes[:-back] == 1 if back else False
                    inside &= ~crossing & (grams != 0)
                unique, inverse = np.unique(grams[inside], return_inverse=True)
                count = np.bincount(inverse, spread[inside], len(unique))
                seen = count >= (SEEN if order > 3 else 0.0)
                gathered.append((unique[seen], count[seen]))
            keys = np.unique(np.concatenate([unique for unique, _ in gathered]))
            counts = np.zeros((len(keys), self.n_languages), np.float32)
            for column, (unique, count) in enumerate(gathered):
                counts[np.searchsorted(keys, unique), column] = count
            self.keys.append(keys)
            self.counts.append(counts)
        self.logs = self._interpolate()

    def _interpolate(self) -> list[NDArray[np.float32]]:
        """Log-probability of the last letter of each sequence given the ones before it."""
        total = self.counts[0].sum(0)
        n = len(self.keys[0])
        p = (self.counts[0] + 1.0) / (total + n)
        out = [p]
        for order in range(2, ORDER + 1):
            keys, counts = self.keys[order - 1], self.counts[order - 1]
            context = keys >> np.uint64(8)
            borders = np.flatnonzero(np.concatenate(([True], context[1:] != context[:-1])))
            sums = np.repeat(np.add.reduceat(counts, borders, axis=0), np.diff(np.append(borders, len(keys))), axis=0)
            suffix = keys & np.uint64((1 << (8 * (order - 1))) - 1)
            shorter = out[-1][np.searchsorted(self.keys[order - 2], suffix)]
            out.append((counts + PRIOR * shorter) / (sums + PRIOR))
        return [np.log(p).astype(np.float32) for p in out]

    def table(self, most: int) -> tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.float64]]:
        """Keys, rows and frequency of all sequences of one and two letters, and of the `most` longer ones that tell the most.

        What a sequence tells is its frequency times how far its row lies from that of the sequence it would fall back on.
        """
        keys, rows, weights, gains = [], [], [], []
        for order in range(1, ORDER + 1):
            frequency = self.counts[order - 1].max(1)
            kept = frequency >= LEAST.get(order, 0.0)
            logs, here = self.logs[order - 1][kept], self.keys[order - 1][kept]
            gain = np.full(len(here), np.inf)
            if order > 2:
                suffix = here & np.uint64((1 << (8 * (order - 1))) - 1)
                change = logs - self.logs[order - 2][np.searchsorted(self.keys[order - 2], suffix)]
                change -= np.median(change, axis=1, keepdims=True)
                gain = frequency[kept] * np.abs(change).mean(1)
            keys.append(here)
            rows.append(_quantised(logs))
            weights.append(frequency[kept].astype(np.float64))
            gains.append(gain)
        gained = np.concatenate(gains)
        chosen = np.sort(np.argsort(-gained, kind="stable")[: most + int(np.isinf(gained).sum())])
        return np.concatenate(keys)[chosen], np.concatenate(rows)[chosen], np.concatenate(weights)[chosen]

    def words(self, given: Stream) -> NDArray[np.float32]:
        """Log-probability of each word's spelling in each language."""
        logs = np.zeros((len(given.codes), self.n_languages), np.float32)
        done = np.zeros(len(given.codes), np.bool_)
        done[0] = True
        for order in range(ORDER, 0, -1):
            grams = given.grams(order)
            place = np.minimum(np.searchsorted(self.keys[order - 1], grams), len(self.keys[order - 1]) - 1)
            hit = ~done & (self.keys[order - 1][place] == grams)
            logs[hit] = self.logs[order - 1][place[hit]]
            done |= hit
        summed: NDArray[np.float32] = np.add.reduceat(logs, given.first, axis=0)
        return summed


def _whole_words(
    streams: Mapping[str, Stream], shares: Mapping[str, NDArray[np.float64]], spelling: _Spelling
) -> tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.float64]]:
    """The frequent words of all languages: keys, rows, frequency."""
    keys, spelled = [], []
    for words in streams.values():
        top = words.words()[:WHOLE]
        keys.append(top)
        codes_end = words.first[WHOLE] - 1 if len(words.first) > WHOLE else len(words.codes) - 1
        spelled.append(spelling.words(Stream(words.codes[: codes_end + 1], words.first[:WHOLE])))
    unique, first = np.unique(np.concatenate(keys), return_index=True)
    chars = np.concatenate(spelled)[first]
    share = np.zeros((len(unique), len(streams)))
    for column, (code, words) in enumerate(streams.items()):
        all_keys = words.words()
        order = np.argsort(all_keys, kind="stable")
        place = np.minimum(np.searchsorted(all_keys[order], unique), len(all_keys) - 1)
        hit = all_keys[order][place] == unique
        share[hit, column] = shares[code][order[place[hit]]] / 1e6
    logs = np.log(WHOLE_WEIGHT * share + (1 - WHOLE_WEIGHT) * np.exp(chars.astype(np.float64)))
    good = unique != 0
    return unique[good], _quantised(logs[good]), 1e6 * share[good].max(1)


def _quantised(logs: NDArray[np.floating]) -> NDArray[np.uint8]:
    """How far below the best of its row each value lies, in steps of 1/16 nat, at most 255 of them."""
    steps: NDArray[np.uint8] = np.clip(np.rint((logs.max(1, keepdims=True) - logs) * STEP), 0, 255).astype(np.uint8)
    return steps


def han_lean() -> NDArray[np.int8]:
    """For each code point how much it speaks for Chinese (positive) or Japanese, in 1/16 nat.

    Traditional forms count as half as frequent as their simplified ones. A character alone says at most 1.2 nats, a kana 2.4:
    both languages quote each other's names.
    """
    counts = np.full((0x10000, 2), 0.5)
    for column, language in enumerate(("zh", "ja")):
        for word, share in frequencies(language).items():
            for character in word:
                if ord(character) < 0x10000:
                    counts[ord(character), column] += 1e6 * share
    for traditional, simple in simplified().items():
        if traditional < 0x10000 and ord(simple) < 0x10000:
            counts[traditional, 0] = max(counts[traditional, 0], 0.5 * counts[ord(simple), 0])
    lean = np.log(counts[:, 0] / counts[:, 1])
    out: NDArray[np.float64] = np.rint(np.clip(lean * 0.6, -1.2, 1.2) * STEP)
    kana = np.r_[0x3041:0x3100, 0x31F0:0x3200, 0xFF66:0xFF9E]
    out[kana] = -np.rint(2.4 * STEP)
    out[[0x30FB, 0x3005]] = 0
    lean_in_steps: NDArray[np.int8] = out.astype(np.int8)
    return lean_in_steps
