"""Which number expressions are statistics: claims that somebody counted, measured, paid or ranked.

Dates, ages, durations, lengths, scores and names with numbers are none; counts below ten only where they are an outcome
(«three dead») or part of a total («three of nine»), as the guideline of the labelled data has it.
"""

import re
from collections import Counter
from collections.abc import Iterator

from credibility.layout.roles import block_roles
from credibility.segment import Article
from credibility.statistics.claim import Claim, with_quotes
from credibility.statistics.number_words import Lexicon, lexicon
from credibility.statistics.quantities import quantities
from credibility.statistics.quantity import Quantity
from credibility.statistics.small_counts import SMALLEST_COUNT, SmallCounts

# Share of sport words from which a text counts as a sports report: its numbers are performance, not statistics. Measured on
# the development articles: match reports have 3 to 10 in 100 words, other news up to 1.5.
_SPORT_SHARE = 0.025
_SPORT_WORDS = 4
# No word counts more often: «fitness clubs» are a trade.
_MOST_OF_ONE = 4
# A block is left out where the layout is that sure: on labelled articles all sentences with a figure below it were of the article.
_SURE = 0.7
# Marks of a school examination share their word with magnitudes in Russian.
_STRONGEST_QUAKE = 12
_DEFINITE_BELOW = 100
# No athlete achieves millions of anything.
_NO_SCORE = 1e3
_DIGITS = re.compile(r"^\D?\d+")
# Lengths that are figures where they measure rain or snow.
_DEPTHS = frozenset({"mm", "cm", "in"})
# Words between a depth and the rain or snow it is of, also in the sentence before; and between a share and what was played.
_FARTHEST_RAIN, _FARTHEST_PLAY, _FARTHEST_WORLD = 120, 6, 5


def claims(article: Article) -> tuple[Claim, ...]:
    """The statistics of an article in order, for `article.layer`, those in boilerplate left out."""
    using = lexicon(article.language)
    return tuple(with_quotes(article, list(_Judge(article, using).claims()))) if using else ()


class _Judge(SmallCounts):
    """Decides on the number expressions of one article."""

    def __init__(self, article: Article, using: Lexicon) -> None:
        super().__init__(article, using)
        counts = Counter(self.tokens.words)
        sport = sum(min(_MOST_OF_ONE, counts[word]) for word in using.words["sport"].among(self.tokens.vocabulary))
        self.is_sport = sport >= _SPORT_WORDS and sport >= _SPORT_SHARE * len(self.tokens.words)
        self.listed = self.enumerated()
        self.of_market = using.words["market"].among(self.tokens.vocabulary)
        self.of_precipitation = using.words["precipitation"].among(self.tokens.vocabulary)
        self.outside = [role.span for role in article.layer(block_roles) if role.role == "boilerplate" and role.probability > _SURE]

    def claims(self) -> Iterator[Claim]:
        """The claims in order, each with the topic that the words near it tell."""
        outside, row, last = self.outside, 0, None
        for found in self.article.layer(quantities):
            if not (self.is_claim(found) or (last and self._is_listed(found, last))):
                continue
            last = found
            span = self.article.folded.source(found.start, found.end)
            while row < len(outside) and outside[row].end <= span.start:
                row += 1
            if row < len(outside) and outside[row].overlaps(span):
                continue
            yield Claim(span, self._kind(found), self._topic(found), found)

    def is_claim(self, found: Quantity) -> bool:
        """Whether a number expression is a statistic."""
        if found.suffix:
            return False
        if found.unit_kind == "money":
            return True
        if self.is_magnitude(found):
            return True
        if self._is_time_or_length(found):
            return False
        if found.unit in _DEPTHS:
            return self._is_precipitation(found)
        if found.unit == "points":
            moved = self._changes(found) or self.before(found) in self.using.words["points_by"] or not self.is_whole(found)
            return self._topic(found) == "market" or (moved and not self.is_sport)
        if found.unit == "magnitude" and found.value > _STRONGEST_QUAKE:
            return False
        if self.is_sport and not (self.is_outcome(found) or self._is_attendance(found) or self._is_of_business(found)):
            return False
        if found.form == "ordinal" and found.value < 2 and not self._is_first_of_all(found):
            return False
        if found.form == "ratio" and self.after(found) in self.using.words["not_before"]:
            return False  # «11 of 13 games»
        if self.is_in_title(found) or (found.form == "fraction" and self.text[found.end : found.end + 1] == "-"):
            return False  # «the Million Women Study», «half-marathon»
        if self.is_spec(found):
            return False
        if found.unit_kind or found.form in ("vague", "multiple", "rank", "ordinal", "ratio", "fraction"):
            return True
        return self._is_scaled_count(found) if found.scaled else self._is_count(found)

    def _is_time_or_length(self, found: Quantity) -> bool:
        """«10 dernières années», «24 hours», «30 km»."""
        words = self.using.words
        near, far = self.after(found), self.after(found, 1)
        if not near:
            return False
        if near in words["date_joins"] and found.plain and far[:1].isdigit() and self.after(found, 2) in words["durations"]:
            return True  # «aged 33 and 30 years», «von 62 auf 64 Jahre»
        if not near[-1].isdigit() and (near[0].isdigit() or near[1:2].isdigit()) and _DIGITS.sub("", near) in words["durations"]:
            return True  # «بين 14 و17عاما»
        is_linked = near in words["links"] and (found.form in ("vague", "words") or found.scaled)
        if is_linked and (far in words["durations"] or far in words["lengths"]):
            return True  # «une trentaine de kilomètres», «2,5 millions d'années»
        if near in words["durations"] or near in words["lengths"]:
            return found.unit_kind in ("", "measure") and (found.form != "fraction" or near in words["lengths"])
        is_adjective = found.form != "vague" and near not in words["outcomes"]
        is_length = found.plain and far in words["lengths"] and near not in self.function_words  # «269 статутных миль»
        is_far = is_length or (far in words["durations"] and found.value < 200)
        return is_adjective and is_far and found.unit_kind == "" and found.form in ("digits", "words")

    def _is_attendance(self, found: Quantity) -> bool:
        """Whether spectators are counted, which a report on sport does not do for its matches: «Attendance: 12,836»."""
        beside = [*(self.after(found, n) for n in (0, 1)), *(self.tokens.word(found.first - n) for n in (1, 2, 3))]
        return found.value >= SMALLEST_COUNT and any(word in self.using.words["attendance"] for word in beside)

    def _is_first_of_all(self, found: Quantity) -> bool:
        """«le premier producteur mondial», «la première banque privée au monde»: it leads, where «le premier marché» came before others."""
        near = self.tokens.words[found.last : found.last + _FARTHEST_WORLD]
        return self.using.words["worldwide"].any_of(near)

    def _is_precipitation(self, found: Quantity) -> bool:
        """Whether rain or snow is measured: «40 cm» of snow fell, a table is that wide."""
        near = self.tokens.words[max(0, found.first - _FARTHEST_RAIN) : found.last + _FARTHEST_RAIN]
        return not self.of_precipitation.isdisjoint(near)

    def _is_of_business(self, found: Quantity) -> bool:
        """Whether a report on sport tells a size or share of something else than play: «6,000 seats», not «30 percent of her shots»."""
        if not found.scaled and not found.unit_kind:
            return False
        if found.scaled and found.value >= _NO_SCORE:
            return True
        near = self.tokens.words[max(0, found.first - _FARTHEST_PLAY) : found.last + _FARTHEST_PLAY]
        words = self.using.words
        return not (words["not_before"].any_of(near) or (found.unit_kind == "share" and words["sport"].any_of(near)))

    def _is_often(self, found: Quantity) -> bool:
        """Whether it is told how often, and nobody counted: «he said it 20 times», not «viewed more than 800 times»."""
        beside = (self.tokens.word(found.first - 1), self.tokens.word(found.first - 2))
        return found.form == "digits" and not self.is_grouped(found) and not self.using.words["approximators"].any_of(beside)

    def _is_listed(self, found: Quantity, last: Quantity) -> bool:
        """Whether a small count goes on from the count before it: «61 missiles and five drones», «147 à Lund, 118 à Aarhus»."""
        near, before = self.after(found), self.before(found)
        if not found.plain or self.is_sport or self._is_time_or_length(found) or not self.is_whole(found) or found.value < 1:
            return False
        if not self.is_joined(found, last) or self.is_date(found, near, before) or self.is_part_of_name(found, near):
            return False
        return not (near in self.using.words["not_before"] or found.last in self.numbered or self.has_article(found))

    def _is_scaled_count(self, found: Quantity) -> bool:
        return self.before(found) not in self.using.words["not_after"] or found.value >= 10_000

    def _is_count(self, found: Quantity) -> bool:
        """Whether a plain number counts something."""
        words, near, before = self.using.words, self.after(found), self.before(found)
        if found.first in self.listed:
            return True
        if self.is_date(found, near, before) or self.is_part_of_name(found, near):
            return False
        outcome = self.is_outcome(found)
        if found.last in self.numbered and not outcome and not self.is_grouped(found):
            return False
        if near in words["not_before"] or (self.is_capital(found.last) and self.after(found, 1) in words["not_before"]):
            return False  # «30 goals», «40 Wall Street»
        if self.has_article(found) and found.value < _DEFINITE_BELOW:
            return False
        if near in words["times"] and self._is_often(found):
            return False
        if found.value < SMALLEST_COUNT and not self.is_whole(found):
            return bool(self.of_market) and self._topic(found) == "market" and self._changes(found)  # «down 8.28»
        if found.value < SMALLEST_COUNT:
            return found.value >= 1 and bool(near) and self.is_told_small(found, before)
        if before in words["definite"] and found.value < _DEFINITE_BELOW and self.goes_on(near):
            return False  # «les dirigeants des 27 ont dit»
        if near in words["subject_verbs"] and found.form == "digits":
            return True  # «70 sont administratives»
        if near in words["links"] and not near[0].isdigit() and self.after(found, 1):
            return True  # «24 of the narrators», «أربعة وعشرين من الرواة»
        if outcome or (near in words["others"] and self.after(found, 1) not in self.function_words):
            return True  # «twelve were killed», «douze autres personnes»
        if not near or (near in self.function_words and found.value < 1000):
            return self._stands_alone(found, near, before)
        return not near[0].isdigit()

    def _stands_alone(self, found: Quantity, near: str, before: str) -> bool:
        """Whether a number without a noun after it is a count: not one behind a name («Apollo 13») or in «a pack of 20»."""
        if before in self.using.words["links"] and self.tokens.word(found.first - 2) in self.using.words["containers"]:
            return False
        if found.high != found.value and found.high < _DEFINITE_BELOW:
            return False
        if self.is_grouped(found):
            return True
        if before in self.using.words["approximators"] and self.tokens.word(found.first - 2) in self.using.words["aged"]:
            return False  # «women over 30»
        if found.form != "digits" or not before or self.gap_before(found) not in (" ", " (", "("):
            return found.value >= 1000 and found.form == "digits" and not self.text[found.start : found.end].isdecimal()
        token = self.tokens.token(found.first - 1)
        first = self.article.text[self.article.folded.source(token.start, token.end).start]
        is_name = first.isupper() and not (near and before in self.function_words)  # «Les 100 plus gros sites» begins a sentence
        return not is_name and not before[-1].isdigit()

    def _kind(self, found: Quantity) -> str:
        """The kind of claim."""
        if found.form == "vague":
            return "money" if found.unit_kind == "money" else "vague"
        if found.form in ("rank", "ordinal"):
            return "rank"
        if found.unit_kind == "money":
            return "money"
        if found.form == "multiple":
            return "change"
        if found.unit_kind == "share" or found.form in ("fraction", "ratio"):
            return "change" if self._changes(found) else "share"
        return "rate" if found.unit_kind == "measure" and "/" in found.unit else "count"

    def _changes(self, found: Quantity) -> bool:
        """Whether a change is told before, of points also after: «fell by», «15 Punkte weniger», «15 points de plus»."""
        words, word = self.using.words, self.tokens.word
        if found.unit == "points" and any(word(found.last + n) in words[of] for n in (0, 1, 2) for of in ("change", "approximators")):
            return True
        return any(word(found.first - n) in words["change"] for n in range(1, 6))

    def _topic(self, found: Quantity) -> str:
        """Market quotes and counts of dead, injured, arrested: a newsroom may want to switch them."""
        if self.is_outcome(found) or self.tells_outcome(found):
            return "outcome"
        near = self.tokens.words[max(0, found.first - 8) : found.last + 8]
        return "" if self.of_market.isdisjoint(near) else "market"
