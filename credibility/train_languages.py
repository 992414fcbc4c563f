"""Makes the language model from word lists that installable packages ship: wordfreq's frequency lists, Hunspell dictionaries.

A language is a line in `languages.toml` of the model's folder: its script and where its words come from. Languages that no
frequency list covers take half of their text from the words in `common_words.toml` and half from their dictionary.
"""

import hashlib
import heapq
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from credibility.alphabets import FIRST_SCRIPT, SCRIPT_NUMBER, SKIPPED, character_table, points
from credibility.errors import UsageError
from credibility.language_model import ORDER, STEP, Stream, model_folder, stream
from credibility.pack import read_toml

WORDS = 60_000  # of each language's list
LONGEST = 36
# Frequencies are counted per million words of text. Letters follow the words by their frequency to this power: content words
# that the list lacks are spelled like its rare words, not like its function words.
POWER = 0.75
PRIOR = 20.0  # pseudo-counts that a sequence gets from the shorter one
LEAST = {3: 8.0, 4: 20.0, 5: 40.0}  # per million, for a sequence to be kept
KEPT = {"Latn": 110_000, "Cyrl": 60_000, "Arab": 50_000, "Deva": 30_000}  # sequences of three letters and more of a script
SEEN = 2.0  # per million, for a sequence of four or five letters to count at all
FORMS = 12  # of each stem of a dictionary
STEMS = 60_000  # of a dictionary
WHOLE = 4_000  # frequent words of each language that score as wholes
WHOLE_WEIGHT = 0.8
ALPHABET = 240
Words = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the words of a language come from. Several lists of one language count the same."""

    script: str
    wordfreq: tuple[str, ...] = ()
    dictionary: tuple[str, ...] = ()
    transliterate: bool = False
    like: tuple[str, ...] = ()  # languages whose frequencies the words of the dictionary take where they share them


def sources(folder: Path | None = None) -> dict[str, Source]:
    """The languages of `languages.toml`, by code."""
    from credibility.pack import build

    path = (folder or model_folder()) / "languages.toml"
    return {code: build(Source, table, f"{path}: {code}") for code, table in read_toml(path).items()}


def train(dictionaries: Path = Path("/usr/share/hunspell"), folder: Path | None = None) -> dict[str, str]:
    """Makes `weights.npz` in the model's folder; gives the number of sequences of each script and the sha256.

    dictionaries: a folder with Hunspell's .dic and .aff files. Raises UsageError naming the package that is missing.
    """
    target = folder or model_folder()
    arrays: dict[str, NDArray[np.generic]] = {}
    told = {}
    languages = sources(target)
    for script in sorted({source.script for source in languages.values()}):
        here = {code: source for code, source in languages.items() if source.script == script}
        lists = {code: words_of(code, source, dictionaries, target) for code, source in here.items()}
        fitted = fit(script, lists)
        arrays |= {f"{script}_{name}": array for name, array in fitted.items()}
        told[script] = f"{len(fitted['keys'])} sequences and words of {len(lists)} languages"
    arrays["han"] = han_lean()
    path = target / "weights.npz"
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    told["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    return told


def words_of(code: str, source: Source, dictionaries: Path, folder: Path) -> dict[str, float]:
    """Lower-case words of a language in its script with their share of a million words of text."""
    parts = [_cleaned(_wordfreq(name), source) for name in source.wordfreq]
    if source.dictionary:
        common = _by_rank(str(read_toml(folder / "common_words.toml").get(code, "")).split())
        shared: dict[str, float] = {}
        for other in source.like:
            for word, share in _wordfreq(other).items():
                shared[word] = max(shared.get(word, 0.0), share)
        listed: dict[str, float] = {}
        # In an order that is not the alphabet's, since only so many are kept.
        for word in sorted({word for name in source.dictionary for word in expand(dictionaries, name)}, key=_shuffled):
            listed[word] = 1e-7 + shared.get(word, 0.0)
        # The commonest words of the neighbours are common there for another reason; ours are in the list written for it.
        top = sorted(listed.values())[-max(1, len(listed) // 2000)] if listed else 0.0
        rest = _cleaned({word: min(share, top) for word, share in listed.items()}, source)
        parts.append(_mixed([_cleaned(common, source), rest]) if common else rest)
    return _mixed(parts)


def _mixed(parts: list[dict[str, float]]) -> dict[str, float]:
    """Lists put together, each with the same weight."""
    total: Counter[str] = Counter()
    for part in parts:
        for word, share in part.items():
            total[word] += share / len(parts)
    return dict(total.most_common(WORDS))


def _shuffled(word: str) -> int:
    return zlib.crc32(word.encode("utf-8"))


def _by_rank(words: list[str]) -> dict[str, float]:
    """Shares by Zipf's law, for a list in order of frequency."""
    unique = list(dict.fromkeys(words))
    return {word: 1.0 / (rank + 5) for rank, word in enumerate(unique)}


def _wordfreq(language: str) -> dict[str, float]:
    """The frequency list of a language. Raises UsageError where wordfreq is not installed."""
    try:
        import wordfreq
    except ImportError as error:
        raise UsageError("training needs wordfreq: pip install 'credibility-lint[train]'") from error
    return dict(wordfreq.get_frequency_dict(language, wordlist="best"))


_APART = re.compile(r"[\s'’ʼ\-‐‑·.]+")


def _cleaned(words: Words, source: Source) -> dict[str, float]:
    """The words cut as the tokens of a text are, those of other scripts left out, as shares of a million."""
    letters, lower, marks = _letters(source.script)
    out: Counter[str] = Counter()
    for word, share in heapq.nlargest(4 * WORDS, words.items(), key=lambda pair: pair[1]):
        for piece in _APART.split(_cyrillic(word) if source.transliterate else word):
            if piece and len(piece) <= LONGEST and letters.fullmatch(piece) and (kept := marks.sub("", piece)):
                out[kept.translate(lower)] += share
    total = sum(out.values()) or 1.0
    return {word: 1e6 * share / total for word, share in out.most_common(2 * WORDS)}


def _letters(script: str) -> tuple[re.Pattern[str], dict[int, int], re.Pattern[str]]:
    """What matches a word of the script, how its letters fold, and what matches the marks that are left out."""
    table = character_table()
    own = np.flatnonzero(table.kind == FIRST_SCRIPT + SCRIPT_NUMBER[script])
    skipped = "".join(f"\\u{point:04x}" for point in np.flatnonzero(table.kind == SKIPPED))
    characters = "".join(f"\\u{point:04x}" for point in own)
    return re.compile(f"[{characters}{skipped}]+"), {int(p): int(table.lower[p]) for p in own}, re.compile(f"[{skipped}]+")


_SERBIAN = str.maketrans("abcčćdđefghijklmnoprsštuvzž", "абцчћдђефгхијклмнопрсштувзж")


def _cyrillic(word: str) -> str:
    """A Serbian word in the other alphabet.

    >>> _cyrillic("ljubav")
    'љубав'
    """
    return word.replace("lj", "љ").replace("nj", "њ").replace("dž", "џ").translate(_SERBIAN)


def expand(folder: Path, name: str) -> Iterator[str]:
    """The word forms of a Hunspell dictionary: stems, and a sample of what single prefixes and suffixes make of each.

    Raises UsageError where the dictionary is not installed.
    """
    try:
        raw = (folder / f"{name}.aff").read_bytes()
        entries = (folder / f"{name}.dic").read_bytes()
    except OSError as error:
        raise UsageError(f"no dictionary {name!r} in {folder}: apt-get install hunspell-{name[:2]}") from error
    found = re.search(rb"^\s*SET\s+(\S+)", raw, re.M)
    encoding = found.group(1).decode("ascii") if found else "utf-8"
    affixes, split = _affixes(raw.decode(encoding, "replace"))
    lines = entries.decode(encoding, "replace").splitlines()[1:]
    every = len(lines) // STEMS + 1
    for line in lines:
        if every > 1 and _shuffled(line) % every:
            continue
        stem, _, flags = line.partition("\t")[0].split(" ")[0].partition("/")
        if stem and stem == stem.lower():  # names are spelled alike everywhere
            yield stem
            ways = [affix for flag in split(flags) for affix in affixes.get(flag, ())]
            step = len(ways) // (2 * FORMS) + 1  # about half of them fit
            yield from filter(None, (_form(stem, *affix) for affix in ways[_shuffled(stem) % step :: step]))


def _form(stem: str, strip: str, add: str, condition: re.Pattern[str], prefix: bool) -> str:
    """The stem with the affix; empty where the affix does not fit."""
    if prefix:
        return add + stem[len(strip) :] if stem.startswith(strip) and condition.match(stem) else ""
    return stem[: len(stem) - len(strip)] + add if stem.endswith(strip) and condition.search(stem) else ""


def _affixes(text: str):  # type: ignore[no-untyped-def]
    """The affixes of an .aff file by flag, and the function that splits a string of flags."""
    kind = re.search(r"^FLAG\s+(\S+)", text, re.M)
    if kind and kind.group(1) == "num":
        split = lambda flags: flags.split(",")  # noqa: E731
    elif kind and kind.group(1) == "long":
        split = lambda flags: [flags[i : i + 2] for i in range(0, len(flags), 2)]  # noqa: E731
    else:
        split = list
    affixes: dict[str, list[tuple[str, str, re.Pattern[str], bool]]] = {}
    for line in text.splitlines():
        parts = line.split()
        if len(parts) >= 5 and parts[0] in ("PFX", "SFX"):
            prefix = parts[0] == "PFX"
            strip = "" if parts[2] == "0" else parts[2]
            add = parts[3].partition("/")[0]
            condition = parts[4] if parts[4] != "." else ""
            try:
                pattern = re.compile(f"^(?:{condition})" if prefix else f"(?:{condition})$")
            except re.error:
                continue
            affixes.setdefault(parts[1], []).append((strip, "" if add == "0" else add, pattern, prefix))
    return affixes, split


def fit(script: str, lists: Mapping[str, Words]) -> dict[str, NDArray[np.generic]]:
    """The table of one script from the words of its languages: letters, languages, keys (the more frequent first) and rows."""
    letters: Counter[str] = Counter()
    for words in lists.values():
        for word, share in words.items():
            for letter in word:
                letters[letter] += share
    alphabet = sorted(letter for letter, _ in letters.most_common(ALPHABET))
    codes = np.full(0x10000, 255, np.uint8)
    codes[[ord(letter) for letter in alphabet]] = np.arange(2, 2 + len(alphabet), dtype=np.uint8)
    streams = {code: _encode(list(words), codes) for code, words in lists.items()}
    shares = {code: np.array(list(words.values())) for code, words in lists.items()}
    spelling = _Spelling(streams, shares)
    keys, rows, weight = spelling.table(KEPT.get(script, 30_000))
    word_keys, word_rows, word_weight = _whole_words(streams, shares, spelling)
    order = np.argsort(-np.concatenate((weight, word_weight)), kind="stable")
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


def _quantised(logs: NDArray[np.floating]) -> NDArray[np.uint8]:  # type: ignore[type-arg]
    """How far below the best of its row each value lies, in steps of 1/16 nat, at most 255 of them."""
    return np.clip(np.rint((logs.max(1, keepdims=True) - logs) * STEP), 0, 255).astype(np.uint8)


def han_lean() -> NDArray[np.int8]:
    """For each code point: how much it speaks for Chinese (positive) or Japanese, in 1/16 nat; traditional forms count as their simplified ones."""
    counts = np.full((0x10000, 2), 0.5)
    for column, language in enumerate(("zh", "ja")):
        for word, share in _wordfreq(language).items():
            for character in word:
                if ord(character) < 0x10000:
                    counts[ord(character), column] += 1e6 * share
    for traditional, simple in _simplified().items():
        if traditional < 0x10000 and ord(simple) < 0x10000:
            counts[traditional, 0] = max(counts[traditional, 0], 0.5 * counts[ord(simple), 0])
    lean = np.log(counts[:, 0] / counts[:, 1])
    out = np.rint(np.clip(lean * 0.6, -1.2, 1.2) * STEP)
    kana = np.r_[0x3041:0x3100, 0x31F0:0x3200, 0xFF66:0xFF9E]
    out[kana] = -np.rint(2.4 * STEP)
    out[[0x30FB, 0x3005]] = 0
    return out.astype(np.int8)


def _simplified() -> dict[int, str]:
    """Traditional ideographs (code points) and their simplified form: the table that wordfreq ships."""
    import gzip

    import msgpack  # type: ignore[import-untyped,unused-ignore]
    import wordfreq

    packed = (Path(wordfreq.__file__).parent / "data" / "_chinese_mapping.msgpack.gz").read_bytes()
    table = msgpack.unpackb(gzip.decompress(packed), raw=False, strict_map_key=False)
    return {int(point): str(simple) for point, simple in table.items() if simple and len(simple) == 1}
