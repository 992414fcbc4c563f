"""Folded words of an article with their places, and word lists that may hold stems."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from itertools import compress, repeat
from typing import NamedTuple
from unicodedata import category

import numpy as np

from credibility.characters import Kinds, codes_of, text_of
from credibility.document import Span
from credibility.normalise import fold_text
from credibility.segment import Article

WORD = re.compile(r"([^\W_]+)")
# The same, character by character.
_GAP, _WORD = 1, 2
_OUTSIDE = [""] * 8
_KINDS = Kinds(lambda character: _WORD if character.isalnum() else _GAP)


class Token(NamedTuple):
    """A run of letters and digits of the folded text."""

    start: int
    end: int
    word: str


class Tokens(NamedTuple):
    """All tokens of an article, in order: their words, starts and ends; a record for each would cost more than reading them.

    `gaps` are what stands before each token, and last what stands after all of them. `beside` are the words with eight '' behind
    them, so that up to eight places before the first and behind the last, numbers outside the article are '' in it without a call.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]
    vocabulary: frozenset[str]
    beside: list[str]

    @classmethod
    def of(cls, words: list[str], starts: list[int], ends: list[int], gaps: list[str]) -> "Tokens":
        """The tokens with these words, places and gaps."""
        return cls(words, starts, ends, gaps, frozenset(words), words + _OUTSIDE)

    def at(self, position: int) -> int:
        """Number of the first token that starts at or after the folded position."""
        return bisect_left(self.starts, position)

    def among(self, words: Container[str]) -> list[int]:
        """The numbers of the tokens whose words are among these, in order."""
        return list(compress(range(len(self.words)), map(words.__contains__, self.words)))

    def token(self, number: int) -> Token:
        """The token with this number. Raises IndexError outside the article."""
        return Token(self.starts[number], self.ends[number], self.words[number])

    def word(self, number: int) -> str:
        """The word with this number; '' outside the article."""
        words = self.words
        return words[number] if 0 <= number < len(words) else ""


def tokens(article: Article) -> Tokens:
    """The tokens of an article's prose, for `article.layer`."""
    read = article.layer(all_tokens)
    return read if article.prose is article.text else _within(read, article.folded_kept, article.folded_prose.text)


def all_tokens(article: Article) -> Tokens:
    """The tokens of the whole page, menus and teasers too, for `article.layer`."""
    return tokens_of(article.folded.text)


def tokens_of(text: str) -> Tokens:
    """The tokens of a folded text."""
    codes = codes_of(text)
    inside = np.zeros(len(codes) + 2, np.bool_)
    np.equal(_KINDS.of(codes), _WORD, out=inside[1:-1])
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    starts, ends = edges[::2], edges[1::2]
    # A pattern that splits the text takes twice as long. Between words stands one space, and for a word between gaps one digit,
    # which no gap holds.
    between, beside = codes.copy(), ~inside[1:-1]
    between[beside] = ord(" ")
    beside[starts] = True
    gaps = codes.copy()
    gaps[starts] = ord("0")
    words = text_of(between).split()
    return Tokens.of(words, starts.tolist(), ends.tolist(), text_of(gaps[beside]).split("0"))


def _within(read: Tokens, spans: Iterable[Span], text: str) -> Tokens:
    """Those of the tokens that stand in these stretches, given in order. text: what they were read from, all else blanked out."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps: list[str] = []
    done = 0
    for start, end in spans:
        first, last = read.at(start), read.at(end)
        if (first and read.ends[first - 1] > start) or (last > first and read.ends[last - 1] > end):
            return tokens_of(text)  # a word that runs from one block into the next
        if first < last:
            words += read.words[first:last]
            starts += read.starts[first:last]
            ends += read.ends[first:last]
            gaps += (text[done : read.starts[first]], *read.gaps[first + 1 : last])
            done = read.ends[last - 1]
    return Tokens.of(words, starts, ends, [*gaps, text[done:]])


def gaps(article: Article) -> frozenset[str]:
    """What stands between the words of the prose, each once, for `article.layer`: a mark in none of them need not be looked for."""
    return frozenset(article.layer(tokens).gaps)


def n_words(article: Article) -> int:
    """How many words the prose has: runs of letters and digits with their marks, without apostrophes and hyphens."""
    inner = article.layer(tokens).gaps[1:-1]
    # As in Hindi, inside a word. Between two words stands something.
    inside = {gap for gap in article.layer(gaps) if gap and all(category(character)[0] == "M" for character in gap)}
    return len(article.layer(tokens).words) - sum(gap in inside for gap in (inner if inside else ()))


def sentence_tokens(article: Article) -> list[int]:
    """The number of the token that each sentence begins with, or of the next where it holds none, for `article.layer`."""
    return _numbers(article, [start for start, _ in article.folded_sentences])


def sentence_ends(article: Article) -> list[int]:
    """The number of the token behind the last of each sentence, for `article.layer`."""
    return _numbers(article, [end for _, end in article.folded_sentences])


def _numbers(article: Article, places: list[int]) -> list[int]:
    """The number of the first token that starts at or after each of these folded positions."""
    return list(map(bisect_left, repeat(article.layer(tokens).starts), places))


def capitals(article: Article) -> list[bool]:
    """Which tokens are written with a capital in the source, for `article.layer`."""
    return list(map(str.isupper, map(article.text.__getitem__, article.folded.origins(article.layer(tokens).starts))))


def folded(entries: Iterable[str]) -> list[str]:
    """The entries of a list, folded all at once, which is quicker than one by one. None may hold a line break.

    >>> folded(["L\u2019ONU", "\u00c9tats-Unis"])
    ["l'onu", '\u00e9tats-unis']
    """
    given = list(entries)
    return fold_text("\n".join(given)).split("\n") if given else []


class Words(frozenset[str]):
    """A word list; entries that end in * stand for all words that begin so, those that begin with * for all that end so.

    As a set it holds the others, which are looked up as fast.

    >>> words = Words(["mort*", "cas", "*amt"])
    >>> "mortel" in words, "cas" in words, "case" in words, "gesundheitsamt" in words
    (True, True, False, True)
    """

    stems: tuple[str, ...]
    endings: tuple[str, ...]

    def __new__(cls, entries: Iterable[str]) -> "Words":
        """The list of these entries."""
        given = folded(entries)
        stems = tuple(entry[:-1] for entry in given if entry.endswith("*"))
        endings = tuple(entry[1:] for entry in given if entry.startswith("*"))
        whole = (entry for entry in given if not entry.endswith("*") and not entry.startswith("*"))
        made = super().__new__(_Stems if stems or endings else Words, whole)
        made.stems, made.endings = stems, endings
        return made

    def any_of(self, words: Sequence[str]) -> bool:
        """Whether the list holds any of these words."""
        return not self.isdisjoint(words)

    def among(self, vocabulary: frozenset[str]) -> frozenset[str]:
        """Those of these words that the list holds."""
        return vocabulary & self


class _Stems(Words):
    """A list with stems or endings."""

    def __contains__(self, word: object) -> bool:
        return super().__contains__(word) or (isinstance(word, str) and (word.startswith(self.stems) or word.endswith(self.endings)))

    def __bool__(self) -> bool:
        return True

    def any_of(self, words: Sequence[str]) -> bool:
        return super().any_of(words) or any(word.startswith(self.stems) or word.endswith(self.endings) for word in words)

    def among(self, vocabulary: frozenset[str]) -> frozenset[str]:
        stems, endings = self.stems, self.endings
        return super().among(vocabulary).union(word for word in vocabulary if word.startswith(stems) or word.endswith(endings))


class Phrases:
    """Phrases of one or more words, found at a token by their first word; one that ends in * may end inside a word («وفقا ل*»)."""

    __slots__ = ("_any", "_by_first")

    def __init__(self, phrases: Iterable[str]) -> None:
        # By first word: phrases, longest first, without their *, and whether no letter may follow.
        self._by_first: dict[str, list[tuple[str, bool]]] = {}
        for phrase in sorted(set(folded(phrases)), key=len, reverse=True):
            if first := WORD.search(phrase):
                self._by_first.setdefault(first.group(), []).append((phrase.removesuffix("*"), phrase[-1].isalnum()))
        # All of a first word at once: mostly none is there, and one call tells.
        self._any = {word: tuple(phrase for phrase, _ in of) for word, of in self._by_first.items()}

    def match(self, text: str, token: Token) -> int:
        """Where the longest phrase that begins with this token ends; 0 if there is none."""
        if token.word not in self._any or not text.startswith(self._any[token.word], token.start):
            return 0
        for phrase, is_closed in self._by_first[token.word]:
            if text.startswith(phrase, token.start):
                end = token.start + len(phrase)
                if not (is_closed and text[end : end + 1].isalnum()):
                    return end
        return 0

    def __contains__(self, word: str) -> bool:
        return word in self._by_first

    @property
    def firsts(self) -> frozenset[str]:
        """The first words of all phrases."""
        return frozenset(self._by_first)
