"""Numbers that are part of a date or a time of day, and what stands beside a number."""

import re

from credibility.lexicon import Tokens, capitals, tokens
from credibility.segment import Article
from credibility.statistics.digits import YEARS
from credibility.statistics.number_words import Lexicon
from credibility.statistics.quantity import Quantity

_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_OLD_YEARS = range(1000, 1900)
_ROUND = 2000
# «in 1853 and»; «bis 1001 an» is rather a count.
_EARLIEST_WRITTEN = 1500
_TWO_YEARS = re.compile(r"(\d{4})\D+(\d{4})")
# «20 / 1 / 1419», «104/47»
_SLASH_AFTER, _SLASH_BEFORE = re.compile(r" ?/ ?\d"), re.compile(r"\d ?/ ?$")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d(?:\D+(?:[01]?\d|2[0-4])\.[0-5]\d)?")
_HALF_DAY = re.compile(r" ?[ap]\.? ?m(?![^\W_])")
_MOST_HOURS, _MOST_DAYS, _MOST_MINUTES = 24, 31, 60
# «10, 11, 12 et 13 mai»: so many words and numbers may stand between a day and its month.
_FARTHEST_MONTH = 8
_DATE_GAPS = frozenset({" ", ", ", "-", " - ", ". ", "., "})
_BRACKETS = (") ", " ) ")
_BESIDE = frozenset({" ", "-", "\n", " '", ' "', " (", "'"})


class DatedNumbers:
    """Tells the number expressions of one article that are part of a date or a time from what stands beside them."""

    def __init__(self, article: Article, using: Lexicon) -> None:
        self.article, self.using = article, using
        self.text = article.folded.text
        self.tokens: Tokens = article.layer(tokens)
        self.function_words = article.profile.function_words
        self.capitals, self.is_cased = article.layer(capitals), article.profile.script != "Arab"
        self.has_half_days = "a.m" in using.words["durations"]

    def after(self, found: Quantity, number: int = 0) -> str:
        """The word after an expression, if only a space or the end of a line stands between."""
        at = found.last + number
        if at >= len(self.tokens.words):
            return ""
        if number == 0 and self.using.articles and self.text[found.end : self.tokens.starts[at]] in _BRACKETS:
            return self.tokens.words[at] if self.gap_before(found).strip() == "(" else ""  # «(9) حالات»: an Arabic habit
        before = found.end if number == 0 else self.tokens.ends[at - 1]
        gap = self.text[before : self.tokens.starts[at]]
        if gap == "\n" and self.is_capital(at):
            return ""  # a new paragraph: «dies at 95», then the place
        return self.tokens.words[at] if gap in _BESIDE else ""

    def is_capital(self, number: int) -> bool:
        """Whether a token is written with a capital."""
        return number < len(self.capitals) and self.capitals[number]

    def before(self, found: Quantity) -> str:
        """The word before an expression, if no more than spaces, brackets and quotation marks stand between."""
        return self.tokens.word(found.first - 1) if self.gap_before(found).strip(" -.#('\"") == "" else ""

    def gap_before(self, found: Quantity) -> str:
        """What stands between an expression and the word before it; a line break at the beginning."""
        at = found.first - 1
        return self.text[self.tokens.ends[at] : found.start] if at >= 0 else "\n"

    def is_outcome(self, found: Quantity) -> bool:
        """Whether dead, injured, arrested, votes … are counted."""
        return any(self.after(found, n) in self.using.words["outcomes"] for n in (0, 1)) and bool(self.after(found))

    def goes_on(self, near: str) -> bool:
        """Whether no noun follows a number: nothing does, or a function word."""
        return not near or near in self.function_words

    def is_date(self, found: Quantity, near: str, before: str) -> bool:
        """Days, years, times of day, dates in digits."""
        if found.form != "digits":
            return near in self.using.months
        text, start, end = self.text, found.start, found.end
        if (text[end : end + 1] == ":" and text[end + 1 : end + 2].isdigit()) or text[end : end + 1] in ("°", "º"):
            return True
        if _SLASH_AFTER.match(text, end) or _SLASH_BEFORE.search(text, max(0, start - 4), start):
            return True
        return self._is_time(found, near, before) or self._is_day(found, near, before) or self._is_year(found, near, before)

    def _is_time(self, found: Quantity, near: str, before: str) -> bool:
        """«10 a.m.», «17.00» where decimals have a comma, «20 heures 54»."""
        if self.has_half_days and found.value <= _MOST_HOURS and _HALF_DAY.match(self.text, found.end):
            return True
        written = self.text[found.start : found.end]
        if self.using.decimal == "," and _CLOCK.fullmatch(written) and self.goes_on(near):
            return True
        is_rest = before in self.using.words["durations"] and self.tokens.word(found.first - 2)[-1:].isdigit()
        return is_rest and found.value < _MOST_MINUTES and (self.goes_on(near) or near in self.using.words["approximators"])

    def _is_day(self, found: Quantity, near: str, before: str) -> bool:
        """A day of a month, also one of several: «10, 11 et 12 mai», «May 10 and 11»."""
        using = self.using
        month = before or (self.tokens.word(found.first - 1) if self.gap_before(found) == ".\n" else "")  # «Jan.», then a line break
        if near in using.dates and (found.high <= _MOST_DAYS or near in using.months or self.is_written_year(found)):
            return True
        if month in using.months and found.value < YEARS.stop:
            return True
        if found.high > _MOST_DAYS:
            return False
        if (month in using.words["day_before"] or month in using.dates) and self.goes_on(near):
            return True
        if near and any(self.after(found, n) in using.months for n in (1, 2)):
            return self.after(found, 1).isdecimal() or self.after(found, 2) not in using.months or self.after(found, 1) in using.months
        return self._has_month(found, 1) or (self.goes_on(near) and self._has_month(found, -1))

    def _has_month(self, found: Quantity, step: int) -> bool:
        """Whether nothing but other days stand between a day and a month after it (step 1) or before it (-1)."""
        words, gaps = self.tokens.words, self.tokens.gaps
        joins, joiner = self.using.words["date_joins"], self.using.given.attached_joiner
        at = found.last if step > 0 else found.first - 1
        for number in range(at, at + step * _FARTHEST_MONTH, step):
            if not 0 <= number < len(words) or gaps[number + (step < 0)] not in _DATE_GAPS:
                return False
            word = words[number].removeprefix(joiner) if joiner else words[number]
            if word in self.using.months:
                return step > 0 or number < at
            if not (word in joins or (word.isdecimal() and len(word) < 3 and int(word) <= _MOST_DAYS)):
                return False
        return False

    def _is_about(self, found: Quantity, before: str) -> bool:
        """Whether an approximator stands before a number: «environ 2000», «cerca de 2000»."""
        words = self.using.words
        known = words["approximators"]
        return before in known or (before in words["fraction_of"] and self.tokens.word(found.first - 2) in known)

    def _counts_many(self, found: Quantity, near: str, before: str) -> bool:
        """Whether 2000 counts what stands behind it: «où 2000 personnes sont bloquées», not «les années 2000», «the 2000 elections»."""
        words = self.using.words
        if not near or near in self.function_words or not self.is_cased:
            return False
        is_dated = before in self.using.dates or any(before in words[of] for of in ("year_after", "durations", "definite"))
        return not (is_dated or self.is_capital(found.first - 1))

    @staticmethod
    def is_year_word(word: str) -> bool:
        """Whether these are the four digits of a year."""
        return len(word) == 4 and word.isdecimal() and int(word) in YEARS

    def is_written_year(self, found: Quantity) -> bool:
        """Whether a number is written as years are."""
        return self.is_year_word(self.text[found.start : found.end])

    def _is_year(self, found: Quantity, near: str, before: str) -> bool:
        """A year, two years, or a whole date in digits."""
        written = self.text[found.start : found.end]
        if len(written) > 4:
            if both := _TWO_YEARS.fullmatch(written):
                years = [int(year) for year in both.groups()]
                is_old = years[0] in _OLD_YEARS and years[1] < YEARS.stop and self.goes_on(near)
                return is_old or all(year in YEARS for year in years)
            return _DATE.fullmatch(written) is not None
        in_year = before in self.using.words["year_after"]
        if near and (self._is_about(found, before) or (self.is_outcome(found) and not in_year)):
            return False
        if found.value == _ROUND and self._counts_many(found, near, before):
            return False
        is_old = found.value in _OLD_YEARS and len(written) == 4 and written.isdecimal()
        is_written = in_year and found.value >= _EARLIEST_WRITTEN and near in self.function_words
        return self.is_written_year(found) or (is_old and (not near or is_written))
