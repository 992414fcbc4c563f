"""Numbers that are part of something else: of a name, a title, a page or list number, a score."""

import re

from credibility.segment import Article
from credibility.statistics.dated_numbers import DatedNumbers
from credibility.statistics.number_words import Lexicon
from credibility.statistics.quantities import quantities
from credibility.statistics.quantity import Quantity

_GROUPED = re.compile(r"\d[ .,'٬]\d{3}(?!\d)")
_THOUSAND = 1000
_SMALLEST_RANGE = 10  # below it «2-1» is a score
_SMALLEST_COUNT = 10
# Smaller numbers behind one name may be what a town or party has: «Lund 40, Aarhus 35».
_SMALLEST_MODEL = 100
# «16 East Lake Hill Road»: so many words of a name before the street.
_LONGEST_NAME = 3
OLDEST = 120
# Units of memories and engines; a dam holds cubic metres.
_SPEC_UNITS, _FARTHEST_SPEC = frozenset({"MB", "GB", "TB", "l"}), 5
_NUMBER_SIGNS = ("№", "#", "§")
_TIMES_SIGN = "×"
_OF = "ل"  # written onto the next word in Arabic
_FARTHEST_DURATION = 5
# «88548 Mobily or 636250 Zain, beginning with the code 160»: words between the numbers of networks and the word for the code.
_FARTHEST_TEXT = 12
# So many lines that begin with one number after the other are a table.
_SHORTEST_TABLE = 3


class NamedNumbers(DatedNumbers):
    """Tells the number expressions of one article that are part of something else from what stands beside them."""

    def __init__(self, article: Article, using: Lexicon) -> None:
        super().__init__(article, using)
        self.named, self.named_again = self._named_numbers()
        self.numbered = self._numbered()
        self.has_addresses = bool(using.words["texted"].among(self.tokens.vocabulary))
        self.ranked = self._ranked()

    def is_grouped(self, found: Quantity) -> bool:
        """Whether a number is written in groups of digits («letztes Jahr 4.000 Boote»): no year, page or room is."""
        return found.form == "digits" and found.value >= _THOUSAND and _GROUPED.search(self.text, found.start, found.end) is not None

    def _numbered(self) -> frozenset[int]:
        """The tokens behind the numbers that the word before takes, or those joined to such: «at the age of 17», «page 3 and 12»."""
        words, ends = self.using.words, set[int]()
        for found in self.article.layer(quantities):
            before = self.before(found)
            is_attached = self.is_attached(found) and found.first in ends  # «القرارات 16 و17 و18»
            is_joined = is_attached or (found.first - 1 in ends and before in words["between_and"])
            is_taken = before in words["not_after"] or (
                before in words["links"] and self.tokens.word(found.first - 2) in words["durations"]
            )
            if (is_joined or is_taken) and not self.is_date(found, self.after(found), before):
                ends.add(found.last)
        return frozenset(ends)

    def _ranked(self) -> frozenset[int]:
        """The first tokens of numbers that count the lines of a table or list they open: «10 Anna 2275 3», «11 Ben 2274 0»."""
        row: list[Quantity] = []
        ranked = set[int]()
        for found in self.article.layer(quantities):
            if not found.plain or found.form != "digits" or self.gap_before(found)[-1:] != "\n":
                continue
            if row and found.value != row[-1].value + 1:
                row.clear()
            row.append(found)
            if len(row) >= _SHORTEST_TABLE:
                ranked.update(line.first for line in row)
        return frozenset(ranked)

    def _named_numbers(self) -> tuple[frozenset[float], frozenset[int]]:
        """The numbers of models, flights and roads, and the tokens of those that one name has again before other words.

        The first stand behind a name that several numbers stand behind («Lumia 820», «Lumia 920») or are called («called 911»), of the
        second there is but one («Bellator 206», twice). Arabic has no capitals: there the word before must be no function word.
        """
        behind: dict[str, dict[float, list[Quantity]]] = {}
        phones: set[float] = set()
        for found in self.article.layer(quantities):
            if not (found.form == "digits" and found.plain and found.value >= _SMALLEST_COUNT and self.gap_before(found) == " "):
                continue
            name = self.before(found)
            if name in self.using.words["phones"] and found.value >= _SMALLEST_MODEL and self.goes_on(self.after(found)):
                phones.add(found.value)
            is_name = (self.is_capital(found.first - 1) or not self.is_cased) and name not in self.function_words
            if is_name and name not in self.using.dates and not any(name in self.using.words[of] for of in ("approximators", "only")):
                behind.setdefault(name, {}).setdefault(found.value, []).append(found)
        models = [values for values in behind.values() if self.is_cased and sum(v >= _SMALLEST_MODEL for v in values) > 1]
        again = [
            found
            for values in behind.values()
            for same in values.values()
            if len({self.after(found) for found in same}) > 1 and not any(self.is_outcome(found) for found in same)
            for found in same
        ]
        return (
            frozenset(value for values in models for value in values if value >= _SMALLEST_MODEL) | phones,
            frozenset(found.first for found in again),
        )

    def is_part_of_name(self, found: Quantity, near: str) -> bool:
        """List numbers, telephone numbers, «12-year-old», «Apollo 13», «le 16 East Lake Road», «a 911 caller», «007», scores."""
        if self._is_model(found, near) or "x" in (near, self.before(found)):  # «40 x 10 metres»
            return True
        if self._is_age(found, near) or (self.has_addresses and self._is_address(found)):
            return True
        if found.form != "digits":
            return False
        start, end, text = found.start, found.end, self.text
        if text[end : end + 2].strip()[:1] == _TIMES_SIGN or text[max(0, start - 2) : start].strip()[-1:] == _TIMES_SIGN:
            return True  # «36 × 24 مم»
        if self._is_edition(found, near):
            return True
        if found.first in self.ranked or ((start == 0 or text[start - 1] == "\n") and text[end : end + 1] in (".", ")")):
            return True
        following, behind = text[end : end + 2], text[max(0, start - 2) : start]
        if following[:1] == "-" and following[1:].isalpha():
            return self.tokens.word(found.last) not in self.using.words["compounds"]  # «a 200-member assembly»
        if (text[start] == "0" and text[start + 1 : start + 2].isdigit()) or self.gap_before(found).strip()[-1:] in _NUMBER_SIGNS:
            return True
        is_behind_year = text[start - 1 : start] == " " and self.is_year_word(self.tokens.word(found.first - 1))
        sides = (following,) if is_behind_year else (following, behind[::-1])  # «die 2008 106 Tote forderten»
        if any(len(side) == 2 and side[0] in " -./" and side[1].isdigit() for side in sides):
            return True
        is_one = near and found.plain and found.high == found.value and self.before(found) in self.using.words["indefinite"]
        if is_one and not self.is_grouped(found):
            return True
        return self._is_score(found) or self._is_ordinal(found) or self._is_house(found)

    def is_attached(self, found: Quantity) -> bool:
        """Whether «and» is written onto a number: «و17»."""
        joiner = self.using.given.attached_joiner
        return bool(joiner) and self.text[max(0, found.start - 2) : found.start] == f" {joiner}"

    def _is_edition(self, found: Quantity, near: str) -> bool:
        """«مهرجان الوادي 36», «معرض الصوف 12 للرعاة»: what is held again and again is numbered, where no capitals tell a name."""
        known, word = self.using.words["editions"], self.tokens.word
        if found.value >= _THOUSAND or not found.plain or not self.before(found) or self.before(found) in self.function_words:
            return False
        return any(word(found.first - n) in known for n in (1, 2, 3)) and (self.goes_on(near) or near[:1] == _OF)

    def is_spec(self, found: Quantity) -> bool:
        """«ذاكرة سعتها 16 غيغابايت», «محرك سعة 4.4 لتر»: what a device has."""
        words = self.tokens.words[max(0, found.first - _FARTHEST_SPEC) : found.first]
        return found.unit in _SPEC_UNITS and self.using.words["specs"].any_of(words)

    def _is_address(self, found: Quantity) -> bool:
        """Whether a text message is to be sent to a number: «تبدأ بالرمز (2) ثم نص الرسالة إلى 88591»."""
        beside = self.tokens.words[max(0, found.first - _FARTHEST_TEXT) : found.last + _FARTHEST_TEXT]
        return not self.is_grouped(found) and self.using.words["texted"].any_of(beside)

    def _is_score(self, found: Quantity) -> bool:
        """«2-1», «66-46»: a range does not go down, unless votes are told."""
        if found.high == found.value or not found.plain or "-" not in self.text[found.start : found.end]:
            return False
        beside = [self.tokens.word(n) for n in (*range(found.first - 3, found.first), found.last, found.last + 1)]
        goes_down = found.high < found.value and not self.using.words["outcomes"].any_of(beside)
        return found.high < _SMALLEST_RANGE or goes_down

    def _is_age(self, found: Quantity, near: str) -> bool:
        """«She was 84.», «74 ans dont 34 au pouvoir», «six mois de prison dont trois avec sursis»: years or months left out."""
        if not found.plain or found.value > OLDEST or not self.goes_on(near):
            return False
        word, first = self.tokens.word, found.first
        if f"{word(first - 2)} {word(first - 1)}" in self.using.words["age_before"]:
            return True
        if (
            word(first - 1) in self.using.words["date_joins"]
            and word(first - 2) in self.using.words["durations"]
            and word(first - 3).isdecimal()
        ):
            return True  # «с 62 лет до 64»
        return self._is_part_of_duration(found, near)

    def _is_part_of_duration(self, found: Quantity, near: str) -> bool:
        """«74 ans dont 34 au pouvoir», «six mois de prison, dont trois avec sursis»."""
        if self.before(found) not in self.using.words["parts"] or not self.goes_on(near):
            return False
        words = self.tokens.words[max(0, found.first - _FARTHEST_DURATION) : found.first - 1]
        return any(word in self.using.words["durations"] for word in words)

    def _is_ordinal(self, found: Quantity) -> bool:
        """«im 16. Jahrhundert», «zum 200. Geburtstag», «(79.)»: where ordinals are written with a full stop."""
        end, last = found.end, found.last
        if "." not in self.using.words["ordinal_suffixes"] or self.text[end : end + 1] != "." or not found.plain:
            return False
        if self.text[end + 1 : end + 2] == ")":
            return True
        if self.text[end + 1 : end + 2] not in (" ", "\n") or last >= len(self.tokens.words) or self.tokens.starts[last] != end + 2:
            return False
        following, before = self.tokens.words[last], self.before(found)
        if not self.is_capital(last):
            return True
        known = self.using.words["ordinal_after"]
        is_behind = before in known or (before and not self.is_capital(found.first - 1) and self.tokens.word(found.first - 2) in known)
        return following in self.using.words["durations"] or (bool(is_behind) and following not in self.function_words)

    def _is_house(self, found: Quantity) -> bool:
        """«7414 East Lake Road»: a name with a street at its end."""
        for number in range(_LONGEST_NAME + 1):
            word = self.after(found, number)
            if not word or not self.is_capital(found.last + number):
                return False
            if number and word in self.using.words["streets"]:
                return True
        return False

    def _is_model(self, found: Quantity, near: str) -> bool:
        """«Lumia 820», «the FTSE 100 index», «Fonds «Afrique 50»», «12+»: numbers that a name ends with or that rate a film."""
        if found.form != "digits":
            return False
        if found.value in self.named or found.first in self.named_again:
            return True
        behind, at = self.text[found.end : found.end + 2], found.first - 1
        if self.text[found.start - 1 : found.start] == "+" and found.plain:
            return True  # «+20» is no count
        if not self.is_cased and found.plain and found.value < _THOUSAND and self._is_definite(at) and self._is_linked(found, near):
            return True  # «المؤتمر 16 للرعاة»
        if self.is_capital(at) and near in self.using.words["market"]:
            return True
        if behind[:1] == "+" and not behind[1:].strip(" .,;)"):
            return behind[1:] != " "
        is_name = behind[:1] == '"' and self.gap_before(found) == " " and '"' in self.tokens.gaps[at]
        return is_name and (self.is_capital(at) or not self.is_cased) and self.tokens.words[at] not in self.function_words

    def _is_linked(self, found: Quantity, near: str) -> bool:
        """Whether «of the» is written onto the next word, or the article alone, which no counted noun has."""
        return bool(near) and (self._is_definite(found.last) or (near[:1] == _OF and not self.is_outcome(found)))

    def _is_definite(self, number: int) -> bool:
        """Whether an article is written onto a word."""
        return self.tokens.word(number).startswith(self.using.article_starts)

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
        return self.text[max(0, found.start - 2) : found.start] in self.using.articles or (
            bool(self.using.articles) and found.form == "digits" and self.before(found) in self.using.articles  # «الـ 23»
        )
