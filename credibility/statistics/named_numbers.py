"""Numbers that are part of something else: of a date, a name, a title, a page or list number, a score."""

import re

from credibility.lexicon import Tokens, capitals, tokens
from credibility.segment import Article
from credibility.statistics.digits import YEARS
from credibility.statistics.number_words import Lexicon
from credibility.statistics.quantities import quantities
from credibility.statistics.quantity import Quantity

_GROUPED = re.compile(r"\d[ .,'٬]\d{3}(?!\d)")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_OLD_YEARS = range(1000, 1900)
_BRACKETS = (") ", " ) ")
_BESIDE = frozenset({" ", "-", "\n", " '", ' "', " (", "'"})
_THOUSAND = 1000
_SMALLEST_RANGE = 10  # below it «2-1» is a score
# Smaller numbers behind one name may be what a town or party has: «Lund 40, Aarhus 35».
_SMALLEST_MODEL = 100


class NamedNumbers:
    """Tells the number expressions of one article that are part of something else from what stands beside them."""

    def __init__(self, article: Article, using: Lexicon) -> None:
        self.article, self.using = article, using
        self.text = article.folded.text
        self.tokens: Tokens = article.layer(tokens)
        self.function_words = article.profile.function_words
        self.capitals, self.is_cased = article.layer(capitals), article.profile.script != "Arab"
        self.named = self._named_numbers()
        self.numbered = self._numbered()

    def after(self, found: Quantity, number: int = 0) -> str:
        """The word after an expression, if only a space stands between."""
        at = found.last + number
        if at >= len(self.tokens.words):
            return ""
        if number == 0 and self.using.articles and self.text[found.end : self.tokens.starts[at]] in _BRACKETS:
            return self.tokens.words[at] if self.gap_before(found).strip() == "(" else ""  # «(9) حالات»: an Arabic habit
        before = found.end if number == 0 else self.tokens.ends[at - 1]
        return self.tokens.words[at] if self.text[before : self.tokens.starts[at]] in _BESIDE else ""

    def before(self, found: Quantity) -> str:
        """The word before an expression, if no more than spaces, brackets and quotation marks stand between."""
        return self.tokens.word(found.first - 1) if self.gap_before(found).strip(" -.#('\"") == "" else ""

    def gap_before(self, found: Quantity) -> str:
        """What stands between an expression and the word before it; a line break at the beginning."""
        at = found.first - 1
        return self.text[self.tokens.ends[at] : found.start] if at >= 0 else "\n"

    def is_capital(self, number: int) -> bool:
        """Whether a token is written with a capital."""
        return number < len(self.capitals) and self.capitals[number]

    def is_grouped(self, found: Quantity) -> bool:
        """Whether a number is written in groups of digits («letztes Jahr 4.000 Boote»): no year, page or room is."""
        return found.form == "digits" and found.value >= _THOUSAND and _GROUPED.search(self.text, found.start, found.end) is not None

    def is_outcome(self, found: Quantity) -> bool:
        """Whether dead, injured, arrested, votes … are counted."""
        return any(self.after(found, n) in self.using.words["outcomes"] for n in (0, 1)) and bool(self.after(found))

    def _numbered(self) -> frozenset[int]:
        """The tokens behind the numbers that the word before takes, or those joined to such: «at the age of 17», «page 3 and 12»."""
        words, ends = self.using.words, set[int]()
        for found in self.article.layer(quantities):
            before = self.before(found)
            is_joined = found.first - 1 in ends and before in words["between_and"]
            is_taken = before in words["not_after"] or (
                before in words["links"] and self.tokens.word(found.first - 2) in words["durations"]
            )
            if (is_joined or is_taken) and not self.is_date(found, self.after(found), before):
                ends.add(found.last)
        return frozenset(ends)

    def _named_numbers(self) -> frozenset[float]:
        """The numbers of models, flights and roads: those behind a name that several numbers stand behind («Lumia 820», «Lumia 920»)."""
        behind: dict[str, set[float]] = {}
        for found in self.article.layer(quantities):
            is_named = found.form == "digits" and found.plain and found.value >= _SMALLEST_MODEL and self.gap_before(found) == " "
            if is_named and self.is_capital(found.first - 1) and (name := self.before(found)) not in self.using.dates:
                behind.setdefault(name, set()).add(found.value)
        return frozenset(value for values in behind.values() if len(values) > 1 for value in values)

    def is_date(self, found: Quantity, near: str, before: str) -> bool:
        """Days, years, times of day, dates in digits."""
        if found.form != "digits":
            return near in self.using.months
        following = self.text[found.end : found.end + 2]
        if (following[:1] in ":/" and following[1:].isdigit()) or following[:1] in "°º":
            return True
        if self.text[found.end : found.end + 2] == ". " and self.tokens.word(found.last) in self.using.months:
            return True  # «am 19. Juli»
        month = before or (self.tokens.word(found.first - 1) if self.gap_before(found) == ".\n" else "")  # «Jan.», then a line break
        if near in self.using.dates or (month in self.using.months and found.value < 2100):
            return True
        if any(self.after(found, n) in self.using.months for n in (1, 2)) and found.high <= 31 and near:
            return (
                self.after(found, 1).isdecimal()
                or self.after(found, 2) not in self.using.months
                or self.after(found, 1) in self.using.months
            )
        written = self.text[found.start : found.end]
        is_year = len(written) == 4 and written.isdecimal() and found.value in YEARS
        is_years = found.high in YEARS and found.value in YEARS
        if (is_year and self.is_outcome(found)) or (near and before in self.using.words["approximators"]):
            return False
        is_old_year = len(written) == 4 and written.isdecimal() and found.value in _OLD_YEARS and not near
        return is_year or is_old_year or is_years or _DATE.fullmatch(written) is not None

    def is_part_of_name(self, found: Quantity, near: str) -> bool:
        """List numbers, telephone numbers, «12-year-old», «Apollo 13», scores."""
        start, end, text = found.start, found.end, self.text
        if self._is_model(found, near) or "x" in (near, self.before(found)):  # «40 x 10 metres»
            return True
        if found.form == "digits" and (start == 0 or text[start - 1] == "\n") and text[end : end + 1] in (".", ")"):
            return True
        following, behind = text[end : end + 2], text[max(0, start - 2) : start]
        if following[:1] == "-" and following[1:].isalpha() and found.form == "digits":
            return True
        if any(len(side) == 2 and side[0] in " -./" and side[1].isdigit() for side in (following, behind[::-1])) and found.form == "digits":
            return True
        return found.high != found.value and found.form == "digits" and "-" in text[start:end] and found.high < _SMALLEST_RANGE

    def _is_model(self, found: Quantity, near: str) -> bool:
        """«Lumia 820», «the FTSE 100 index», «Fonds «Afrique 50»», «12+»: numbers that a name ends with or that rate a film."""
        if found.form != "digits":
            return False
        if found.value in self.named:
            return True
        behind, at = self.text[found.end : found.end + 2], found.first - 1
        if self.is_capital(at) and near in self.using.words["market"]:
            return True
        if behind[:1] == "+" and not behind[1:].strip(" .,;)"):
            return behind[1:] != " "
        is_name = behind[:1] == '"' and self.gap_before(found) == " " and '"' in self.tokens.gaps[at]
        return is_name and (self.is_capital(at) or not self.is_cased) and self.tokens.words[at] not in self.function_words

    def is_in_title(self, found: Quantity) -> bool:
        """Whether an article stands before a number word that is written with a capital, as the word after it is."""
        if found.form not in ("vague", "words") or self.before(found) not in self.using.words["definite"]:
            return False
        origin, words = self.article.folded.source, self.tokens
        first = self.article.text[origin(found.start, found.end).start]
        following = words.starts[found.last] if found.last < len(words.starts) and self.after(found) else -1
        return first.isupper() and following >= 0 and self.article.text[origin(following, following + 1).start].isupper()

    def has_article(self, found: Quantity) -> bool:
        """Whether an article is written onto a numeral («الثلاثة»): it points back at somebody, or counts anniversaries."""
        return self.text[max(0, found.start - 2) : found.start] in self.using.articles
