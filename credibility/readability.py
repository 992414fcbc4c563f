"""How easy a text is to read: Flesch reading ease with the constants of its language, 0 to 100, higher is easier.

The constants, the hyphenation that counts syllables and the notion of a word are textstat's. Three things are not left to it:

- English. textstat looks syllables up in NLTK's cmudict, which it downloads where it is missing. Here every language counts
  syllables by hyphenation, so that one text has one figure on every machine and nothing ever asks the network. Hyphenation
  finds fewer syllables than a speaker does ('idea' has one), so figures are somewhat high: compare them within a language.
- Sentences. textstat ends one at every full stop ('M. Dupont', '1.5'); ours come from the segmenter.
- Memory. textstat and pyphen keep every word they saw; both are called below their caches.

Arabic has no figure. Its formula in textstat (OSMAN) needs vowel marks, which news does not print, and as of textstat 0.7.13
the code compares letters with six-character strings, so that it counts letters as syllables with or without marks.
"""

import importlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from types import ModuleType
from typing import Any, NamedTuple

from credibility.layout.roles import block_roles
from credibility.segment import Article

# The languages whose constants have an author, with the name of the formula. textstat also has Hungarian ones, without a source,
# and gives any other language the English ones without a word.
FORMULAS = {
    "de": "Flesch reading ease, constants of Amstad (1978)",
    "en": "Flesch reading ease (1948)",
    "es": "Flesch reading ease, constants of Fernández Huerta (1959)",
    "fr": "Flesch reading ease, constants of Kandel and Moles (1958)",
    "it": "Flesch reading ease, constants of Franchina and Vacca (1986)",
    "nl": "Flesch reading ease, constants of Douma (1960)",
    "ru": "Flesch reading ease, constants of Oborneva (2006)",
}
_LOCALES = {"en": "en_US"}

# Flesch took samples of 100 words; of less, one long name decides. Above 20,000 characters the figure no longer moves.
_FEWEST_WORDS = 100
_FEWEST_SENTENCES = 3
_LONGEST_TEXT = 20_000
_LONGEST_WORD = 60
_FULL_CACHE = 50_000

_END = re.compile(r"[.!?…][\"'”’»›)\]\s]*$")
_PUNCTUATION = re.compile(r"[^\w\s]")


class _Tools(NamedTuple):
    """What is taken from textstat."""

    constant: Callable[[str, str], float]
    hyphenation: Callable[[str], Any]


def readability(article: Article) -> float | None:
    """Reading ease of the article's own prose, 0 (hardest) to 100 (easiest), with one decimal.

    Prose: the sentences of main blocks that end in an end mark, so neither headings nor menus. None for a language without
    constants of its own (`FORMULAS` names those that have them) and for fewer than 100 words or 3 sentences.
    """
    if article.language not in FORMULAS:
        return None
    sentences = [words for words in _words(_prose(article)) if len(words) > 2]  # textstat counts no shorter ones either
    n_words = sum(map(len, sentences))
    if n_words < _FEWEST_WORDS or len(sentences) < _FEWEST_SENTENCES:
        return None
    return round(min(100.0, max(0.0, reading_ease(sentences, article.language))), 1)


def reading_ease(sentences: list[list[str]], language: str) -> float:
    """Flesch reading ease of sentences given as lower-case words; not cut to 0 to 100.

    language: one of `FORMULAS`. Raises ZeroDivisionError without a word.
    """
    constant, _ = _tools()
    n_words = sum(map(len, sentences))
    syllables = _syllables(language)
    n_syllables = sum(map(syllables.__getitem__, chain.from_iterable(sentences)))
    by_length = constant(language, "fre_sentence_length") * n_words / len(sentences)
    by_syllables = constant(language, "fre_syll_per_word") * n_syllables / n_words
    return constant(language, "fre_base") - by_length - by_syllables


def _prose(article: Article) -> Iterator[str]:
    """The sentences of main blocks that end in an end mark, 20,000 characters at most."""
    mains = iter([role.span for role in article.layer(block_roles) if role.role == "main"])
    block = next(mains, None)
    size = 0
    for sentence in article.sentences:
        while block and block.end <= sentence.start:
            block = next(mains, None)
        if block is None or size > _LONGEST_TEXT:
            return
        ended = article.text[sentence.end - 1] in ".!?…" or _END.search(article.text, max(sentence.start, sentence.end - 8), sentence.end)
        if sentence.start >= block.start and ended:
            size += sentence.end - sentence.start
            yield article.text[sentence.start : sentence.end]


def _words(sentences: Iterable[str]) -> list[list[str]]:
    """Lower-case words of each as textstat counts them: what stands between spaces, without punctuation ('l'idée' is one)."""
    lines = "\n".join(sentence.replace("\n", " ") for sentence in sentences)
    return [line.split() for line in _PUNCTUATION.sub("", lines).lower().split("\n")]


class _Syllables(dict[str, int]):
    """Syllables of each word by hyphenation: a break at every point, as textstat counts them. Emptied when it is full.

    pyphen looks every stretch of a word up that could be as long as its longest pattern; here those that are longer than any
    pattern with their first two letters are left out, which is most of them.
    """

    def __init__(self, hyphenation: Any) -> None:
        """hyphenation: a Pyphen. Its `patterns` hold for a run of letters an offset and what each place from there on is worth."""
        super().__init__()
        self.left, self.right = hyphenation.left, hyphenation.right
        self.patterns: dict[str, tuple[int, tuple[int, ...]]] = hyphenation.hd.patterns
        self.longest: dict[str, int] = {}
        for pattern in self.patterns:
            if len(pattern) > self.longest.get(pattern[:2], 1):
                self.longest[pattern[:2]] = len(pattern)

    def __missing__(self, word: str) -> int:
        if len(self) >= _FULL_CACHE:
            self.clear()
        count = self[word] = self._breaks(word[:_LONGEST_WORD]) + 1
        return count

    def _breaks(self, word: str) -> int:
        """The places where the word may be broken, far enough from its ends: those with an odd worth."""
        pattern_of, longest = self.patterns.get, self.longest.get
        pointed = f".{word}."
        end = len(pointed)
        worth = [0] * (end + 1)
        for first in range(end - 1):
            for last in range(first + 1, min(end, first + longest(pointed[first : first + 2], 1)) + 1):
                if found := pattern_of(pointed[first:last]):
                    for place, value in enumerate(found[1], first + found[0]):
                        if value > worth[place]:
                            worth[place] = value
        return sum([value % 2 for value in worth[self.left + 1 : len(word) - self.right + 2]])


@lru_cache(maxsize=len(FORMULAS))
def _syllables(language: str) -> _Syllables:
    """The counts of one language; loading its patterns takes 10 to 300 ms, once."""
    return _Syllables(_tools().hyphenation(_LOCALES.get(language, language)))


@lru_cache(maxsize=1)
def _tools() -> _Tools:
    """textstat, imported without NLTK, which it needs for cmudict alone and which costs two seconds and 200 MB.

    A program that has loaded NLTK, or loads it later, gets and keeps the real one; so does textstat when it is asked for cmudict.
    """
    stand_in = _LateNltk("nltk")
    if sys.modules.setdefault("nltk", stand_in) is not stand_in:
        stand_in = _LateNltk("unused")
    try:
        utils = importlib.import_module("textstat.backend.utils")
        constants = importlib.import_module("textstat.backend.utils._get_lang_cfg")
    finally:
        if sys.modules.get("nltk") is stand_in:
            del sys.modules["nltk"]
    return _Tools(constants.get_lang_cfg, utils.get_pyphen)


class _LateNltk(ModuleType):
    """Stands for NLTK until somebody asks it for something; then the real one is imported and answers."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get("nltk") is self:
            del sys.modules["nltk"]
        return getattr(importlib.import_module("nltk"), name)
