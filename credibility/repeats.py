"""Which stretches of words stand twice in an article, compared with itself sentence by sentence.

The first and the last words of each sentence are keys; sentences that share one are compared word by word, on folded text,
as far as they agree, across sentences and blocks. What one stretch covers is not looked at again, so the time is linear in
the text even where it is one line a thousand times.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from credibility.document import Span
from credibility.lexicon import sentence_ends, sentence_tokens, tokens
from credibility.segment import Article, Sentence

KEY = 4  # words that must agree before two sentences are compared
_CANDIDATES = 6  # earlier sentences with the same key that are compared
# A character of a script without spaces counts as a word.
_WORD = re.compile("[^\\W_\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]")


class Unit(NamedTuple):
    """A sentence with its folded words and the number of its first word in the article."""

    sentence: Sentence
    words: list[str]
    first: int

    @property
    def end(self) -> int:
        """Number of the word after its last."""
        return self.first + len(self.words)


class Match(NamedTuple):
    """`length` words from number `repeat` on are those from number `origin` on.

    glued: but for letters run onto the first word, as in «ActualitéUn pont».
    """

    origin: int
    repeat: int
    length: int
    glued: bool = False


def sentence_words(article: Article) -> list[Unit]:
    """The sentences with their words, in order."""
    text, units, count = article.folded_prose.text, [], 0
    read, spaced = article.layer(tokens), not any("\u3040" <= character <= "\u9fff" for character in article.rare_characters)
    places = zip(article.folded_sentences, article.layer(sentence_tokens), article.layer(sentence_ends), strict=True)
    for sentence, ((start, end), first, last) in zip(article.sentences, places, strict=True):
        whole = spaced and not (first and read.ends[first - 1] > start) and not (last > first and read.ends[last - 1] > end)
        words = read.words[first:last] if whole else _WORD.findall(text, start, end)
        units.append(Unit(sentence, words, count))
        count += len(words)
    return units


def _heads(units: list[Unit]) -> list[tuple[str, ...]]:
    """The first words of sentences."""
    return [tuple(unit.words[:KEY]) for unit in units]


def _tails(units: list[Unit]) -> list[tuple[str, ...]]:
    """The last words of sentences."""
    return [tuple(unit.words[-KEY + 1 :]) for unit in units]


def _comparable(units: list[Unit]) -> list[Unit]:
    """The sentences that are not too short to compare."""
    return [unit for unit in units if len(unit.words) >= KEY]


def any_alike(units: list[Unit]) -> bool:
    """Whether any two sentences begin or end alike: no two of most articles do, so that they cost no more than this."""
    units = _comparable(units)
    return len(set(_heads(units))) < len(units) or len(set(_tails(units))) < len(units)


class Repeats:
    """An article while it is compared with itself; words are known by their numbers."""

    def __init__(self, article: Article, units: list[Unit]) -> None:
        """units: of `sentence_words`."""
        self.article, self.units = article, units
        self.words = list(chain.from_iterable([unit.words for unit in units]))
        self._firsts = [unit.first for unit in units]

    def matches(self) -> Iterator[Match]:
        """The longest stretch that each sentence repeats, in order; none begins inside the one before it."""
        heads: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
        tails: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
        done = 0
        units = _comparable(self.units)
        for unit, head, tail in zip(units, _heads(units), _tails(units), strict=True):
            begun, ended = heads[head], tails[tail]
            if (begun or ended) and unit.first >= done:
                found = [self._forward(earlier.first, unit.first) for earlier in begun]
                found += [match for earlier in ended if (match := _backward(earlier, unit))]
                if found:
                    best = max(found, key=lambda match: match.length)
                    yield best
                    done = best.repeat + best.length
            if len(begun) < _CANDIDATES:
                begun.append(unit)
            if len(ended) < _CANDIDATES:
                ended.append(unit)

    def _forward(self, origin: int, repeat: int) -> Match:
        """How far the words from two places on agree."""
        words, length = self.words, 0
        while repeat + length < len(words) and words[origin + length] == words[repeat + length]:
            length += 1
        return Match(origin, repeat, length)

    @cached_property
    def by_block(self) -> Mapping[int, list[Unit]]:
        """The sentences of each block."""
        by_block = defaultdict(list)
        for unit in self.units:
            by_block[unit.sentence.block].append(unit)
        return by_block

    def unit(self, word: int) -> Unit:
        """The sentence that a word stands in."""
        return self.units[bisect_right(self._firsts, word) - 1]

    def units_in(self, start: int, end: int) -> list[Unit]:
        """The sentences that these words (end excluded) stand in."""
        return self.units[bisect_right(self._firsts, start) - 1 : bisect_right(self._firsts, end - 1)]

    def block(self, word: int) -> int:
        """Number of the block that a word stands in."""
        return self.unit(word).sentence.block

    def block_words(self, block: int) -> int:
        """How many words the block holds."""
        return sum(len(unit.words) for unit in self.by_block.get(block, ()))

    def characters(self, match: Match) -> int:
        """Letters and digits of the stretch, counted up to its sixtieth word."""
        return sum(map(len, self.words[match.repeat : match.repeat + min(match.length, 60)]))

    def span(self, word: int, length: int) -> Span:
        """Where these words stand; from the start of a sentence, or to its end, with the marks there."""
        first, last = self.unit(word), self.unit(word + length - 1)
        start = first.sentence.start if word == first.first else self.word(word).start
        end = last.sentence.end if word + length == last.end else self.word(word + length - 1).end
        return Span(start, end)

    def word(self, word: int) -> Span:
        """Where a word stands in the text."""
        unit, view = self.unit(word), self.article.folded
        hits = _WORD.finditer(view.text, view.folded(unit.sentence.start), view.folded(unit.sentence.end))
        hit = next(hit for number, hit in enumerate(hits, unit.first) if number == word)
        return view.source(*hit.span())


def _backward(origin: Unit, repeat: Unit) -> Match | None:
    """One sentence that is the end of another, which may begin with a label run onto it («ActualitéUn pont»)."""
    shorter = min(len(origin.words), len(repeat.words))
    a, b = origin.words[-shorter:], repeat.words[-shorter:]
    glued = a[0] != b[0] and (a[0].endswith(b[0]) or b[0].endswith(a[0]))
    if a[1:] != b[1:] or not (glued or a[0] == b[0]):
        return None
    return Match(origin.end - shorter, repeat.end - shorter, shorter, glued)
