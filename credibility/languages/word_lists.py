"""Word lists that installable packages ship, as shares of a million words of text: what the language model is trained on.

A language is a line in `languages.toml` of the model's folder: its script, and its lists among wordfreq's frequency lists and
Hunspell's dictionaries. Languages that no frequency list covers take half of their text from the words in
`common_words.toml` and half from their dictionary.
"""

import gzip
import heapq
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np

from credibility.errors import UsageError
from credibility.languages.alphabets import FIRST_SCRIPT, SCRIPT_NUMBER, SKIPPED, character_table
from credibility.languages.model import model_folder
from credibility.pack import build, read_toml

WORDS = 60_000  # of each language's list
FORMS = 12  # of each stem
LONGEST = 36  # letters
Words: TypeAlias = Mapping[str, float]
Affix: TypeAlias = tuple[str, str, re.Pattern[str], bool]  # what it strips, adds and asks for; whether it stands in front


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
    path = (folder or model_folder()) / "languages.toml"
    return {code: build(Source, table, f"{path}: {code}") for code, table in read_toml(path).items()}


def words_of(code: str, source: Source, dictionaries: Path, folder: Path) -> dict[str, float]:
    """Lower-case words of a language in its script with their share of a million words of text."""
    parts = [_cleaned(frequencies(name), source) for name in source.wordfreq]
    if source.dictionary:
        common = _by_rank(str(read_toml(folder / "common_words.toml").get(code, "")).split())
        shared: dict[str, float] = {}
        for other in source.like:
            for word, share in frequencies(other).items():
                shared[word] = max(shared.get(word, 0.0), share)
        listed: dict[str, float] = {}
        forms = {word for name in source.dictionary for word in expand(dictionaries, name)}
        # In an order that is not the alphabet's, since only so many are kept, and the same in every process.
        for word in sorted(forms, key=lambda word: (_shuffled(word), word)):
            listed[word] = 1e-7 + shared.get(word, 0.0)
        # The commonest words of the neighbours are common there for another reason; ours are in the list written for it.
        top = sorted(listed.values())[-max(1, len(listed) // 2000)] if listed else 0.0
        rest = _cleaned({word: min(share, top) for word, share in listed.items()}, source)
        parts.append(_mixed([_cleaned(common, source), rest]) if common else rest)
    return _mixed(parts)


def _mixed(parts: list[dict[str, float]]) -> dict[str, float]:
    """Lists put together, each with the same weight."""
    total: dict[str, float] = defaultdict(float)
    for part in parts:
        for word, share in part.items():
            total[word] += share / len(parts)
    return commonest(total, WORDS)


def _shuffled(word: str) -> int:
    return zlib.crc32(word.encode("utf-8"))


def commonest(words: Words, most: int) -> dict[str, float]:
    """The words with the greatest shares, the greatest first."""
    return dict(heapq.nlargest(most, words.items(), key=lambda pair: pair[1]))


def _by_rank(words: list[str]) -> dict[str, float]:
    """Shares by Zipf's law, for a list in order of frequency."""
    unique = list(dict.fromkeys(words))
    return {word: 1.0 / (rank + 5) for rank, word in enumerate(unique)}


def frequencies(language: str) -> dict[str, float]:
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
    out: dict[str, float] = defaultdict(float)
    for word, share in commonest(words, 4 * WORDS).items():
        for piece in _APART.split(_cyrillic(word) if source.transliterate else word):
            if piece and len(piece) <= LONGEST and letters.fullmatch(piece) and (kept := marks.sub("", piece)):
                out[kept.translate(lower)] += share
    total = sum(out.values()) or 1.0
    return {word: 1e6 * share / total for word, share in commonest(out, 2 * WORDS).items()}


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
    for line in entries.decode(encoding, "replace").splitlines()[1:]:
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


def _affixes(text: str) -> tuple[dict[str, list[Affix]], Callable[[str], Iterable[str]]]:
    """The affixes of an .aff file by flag, and the function that splits a string of flags."""
    kind = re.search(r"^FLAG\s+(\S+)", text, re.M)
    split: Callable[[str], Iterable[str]] = list
    if kind and kind.group(1) == "num":
        split = partial(str.split, sep=",")
    elif kind and kind.group(1) == "long":
        split = partial(re.findall, "..")
    affixes: dict[str, list[Affix]] = {}
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


def simplified() -> dict[int, str]:
    """Traditional ideographs (code points) and their simplified form: the table that wordfreq ships."""
    import msgpack  # type: ignore[import-untyped,import-not-found,unused-ignore]
    import wordfreq

    packed = (Path(wordfreq.__file__).parent / "data" / "_chinese_mapping.msgpack.gz").read_bytes()
    table = msgpack.unpackb(gzip.decompress(packed), raw=False, strict_map_key=False)
    return {int(point): str(simple) for point, simple in table.items() if simple and len(simple) == 1}
