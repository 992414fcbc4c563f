"""What a number expression is, and what digits and words have in common: gaps, units, the whole of a ratio, the rest behind a scale."""

import re
from typing import NamedTuple

from credibility.lexicon import Tokens, tokens
from credibility.segment import Article
from credibility.statistics.digits import MOST_DIGITS
from credibility.statistics.number_words import Lexicon

# A number expression has at most so many words.
MOST_WORDS = 12
_SIGNS, _BEFORE_SIGN = ("-", "+"), ("", " ", "(", "\n")


class Quantity(NamedTuple):
    """A number expression. `high` is the upper end of a range, else equal to `value`.

    start, end: in the folded text; first, last: its tokens, `last` exclusive. form: how it is written: digits, words, ordinal,
    fraction, multiple, vague, rank or ratio. unit: ISO 4217 code, '%', a measure, '' for a plain number; unit_kind: money,
    share, measure or ''. suffix: letters written onto the digits that are no unit ('5g').
    """

    start: int
    end: int
    first: int
    last: int
    value: float
    high: float
    form: str
    scaled: bool = False
    unit: str = ""
    unit_kind: str = ""
    suffix: str = ""

    @property
    def plain(self) -> bool:
        """Whether it is a bare number, without scale or unit."""
        return self.form in ("digits", "words") and not self.scaled and not self.unit_kind


class NumberText:
    """The text of one article as its numbers are read from it."""

    def __init__(self, article: Article, using: Lexicon) -> None:
        self.article, self.text = article, article.folded.text
        self.tokens: Tokens = article.layer(tokens)
        self.using = using

    def made(self, first: int, start: int, end: int, value: float, form: str, *, scaled: bool = False) -> Quantity:
        """A quantity without a unit; first: its first token, start and end: in the folded text."""
        return Quantity(start, end, first, self.tokens.at(end), value, value, form, scaled)

    def gap(self, left: int, right: int) -> str:
        """What stands between two tokens; a line break or punctuation separates them."""
        items = self.tokens
        return self.text[items.ends[left] : items.starts[right]] if 0 <= left < right < len(items.words) else "\n"

    def is_numeral(self, word: str) -> bool:
        """Whether a word is a number or a scale."""
        return word in self.using.values or word in self.using.scales

    def is_size(self, word: str) -> bool:
        """Whether a word is a scale or a vague size («dozens»)."""
        return word in self.using.scales or word in self.using.vague

    def and_rest(self, end: int, value: float, scaled: bool) -> tuple[int, float, bool]:
        """«14 ألفا و340», «un millón y medio»: the rest of a number behind the scale, joined by a particle."""
        at, particle = self.tokens.at(end), self.using.given.attached_joiner
        if scaled and self.using.words["halves"] and (half := self._half(at)):
            return self.tokens.ends[at + 1], value + half, True
        if not scaled or not particle or at >= len(self.tokens.words) or self.text[end : self.tokens.starts[at]] != " ":
            return end, value, scaled
        token = self.tokens.token(at)
        rest = token.word.removeprefix(particle)
        if rest == token.word or not ((rest.isdecimal() and len(rest) <= 3) or self.is_numeral(rest)):
            return end, value, scaled
        if rest.isdecimal():
            following = self.tokens.word(at + 1)
            scale = self.using.scales.get(following, 1.0) if self.gap(at, at + 1) == " " else 1.0
            if int(rest) * scale < value:
                return (self.tokens.ends[at + 1] if scale > 1 else token.end), value + int(rest) * scale, True
        return end, value, scaled

    def _half(self, at: int) -> float:
        """What «and a half» from this token on adds to the scale before it; 0.0 if it does not stand there."""
        words, gaps = self.using.words, (self.gap(at - 1, at), self.gap(at, at + 1))
        is_half = self.tokens.word(at) in words["joiners"] and self.tokens.word(at + 1) in words["halves"] and gaps == (" ", " ")
        return self.using.scales.get(self.tokens.word(at - 1), 0.0) / 2 if is_half else 0.0

    def counts_wholes(self, end: int) -> bool:
        """Whether whole things are counted by the number that ends at this folded position: «6,678 cas», «1,500 pastores»."""
        at, words = self.tokens.at(end), self.using.words
        following = self.tokens.word(at) if self.text[end : end + 1] == " " else ""
        if following in words["outcomes"]:
            return True
        is_noun = following.isalpha() and following not in self.article.profile.function_words and following not in self.using.scales
        return is_noun and not self.unit_at(end) and not any(following in words[of] for of in ("durations", "lengths", "times"))

    def unit_at(self, position: int) -> re.Match[str] | None:
        """The unit written at this folded position."""
        return self.using.units.match(self.text, position) if self.using.units else None

    def with_unit(self, found: Quantity) -> Quantity:
        """The quantity with the currency, percent sign or measure after it."""
        if (hit := self.unit_at(found.end)) is None:
            return found
        written = hit.group(1)
        kind, unit = self.using.unit_of[written if written in self.using.unit_of else re.sub("[\n-]", " ", written)]
        if unit == "points" and found.form == "vague":
            return found  # «une centaine de points d'eau»
        start = found.start
        if kind == "share" and self.text[start - 1 : start] in _SIGNS and self.text[max(0, start - 2) : start - 1] in _BEFORE_SIGN:
            start -= 1  # «-0,57%», «+8%»: the sign belongs to it, a dash before a list item or a space does not
        return found._replace(start=start, end=hit.end(), last=self.tokens.at(hit.end()), unit=unit, unit_kind=kind)

    def is_ratio(self, found: Quantity) -> bool:
        """Whether «in five» or «sur quatre» follows."""
        return self.out_of(found.last) > 0

    def out_of(self, last: int, *, least: float = 0.0) -> int:
        """The token of the whole in «one in five», «un vieux cheminot sur trois»; 0 if there is none.

        least: if given, «three of the five», «trois des cinq» count too, if the whole is at least so much.
        """
        words, word = self.using.words, self.tokens.word
        if least and word(last) in words["fraction_of"]:
            whole = last + 1 + (word(last + 1) in words["definite"])
            if self.value_of(whole) >= least:
                return whole
        if self.using.wholes.isdisjoint(self.tokens.beside[last : last + 3]):
            return 0
        for at in (last, last + 1, last + 2):
            length = self._length(at, "out_of" if at == last else "out_of_apart")
            whole = at + length + (word(at + length) in words["each"])  # «four out of ten», «one in every five»
            if length and self.value_of(whole):
                return whole if self.value_of(whole) > 1 else 0
        return 0

    def _length(self, at: int, name: str) -> int:
        """How many tokens an entry of a word list has that stands here, two («out of») or one; 0 if none does."""
        words, first = self.using.words[name], self.tokens.word(at)
        return 2 if f"{first} {self.tokens.word(at + 1)}" in words else int(first in words)

    def value_of(self, number: int) -> float:
        """What one token is worth as a number in digits or words; 0.0 if it is none."""
        word = self.tokens.word(number)
        known = self.using.values.get(word) or self.using.scales.get(word)
        return known or float(word if word.isdecimal() and len(word) <= MOST_DIGITS else 0)
