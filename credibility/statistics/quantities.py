"""Number expressions of a text: where they stand, what they are worth and in which unit.

The grammar is data: the section [numbers] of a language profile. A quantity is number, scale word and unit («25 milliards
d'euros», «14 lakh», «30 %»), without approximators and head nouns. `number_claims` tells which of them are statistics.
"""

import math
import re
from collections.abc import Iterator

from credibility.lexicon import Token
from credibility.segment import Article
from credibility.statistics.digits import DIGITS, YEARS, is_inside, worth
from credibility.statistics.number_words import Lexicon, lexicon
from credibility.statistics.quantity import MOST_WORDS, NumberText, Quantity
from credibility.statistics.spelled import Spelled

# Beyond it «times» counts occasions: «sold 40 million times».
_MOST_TIMES = 1000
# «has risen from 5,697 to 8,655», «celui de la Chine passe, lui, de 3503 à 15 643»; smaller ends are told as one count.
_SMALLEST_MOVE, _FARTHEST_MOVE = 10, 7
_FOREIGN_GROUP = re.compile(r"\d{1,3}[.,]\d{3}")
_MOST_GROUPED = 1000
_SIGNS = frozenset("€$£¥")
# Arabic agencies write it between decimals and whole, which right to left stand the other way round.
_DECIMAL_LETTER = "ر"
_PART = re.compile(r"([1-9])/([2-9]|10)(?![\d/])")
_CURRENCY_BEFORE = re.compile(r"(?:(?<![^\W_])(?:us|a|c|ca|hk|nz|s|r))?[$£€¥₹₽₴₪₦₩] ?$")


def quantities(article: Article) -> tuple[Quantity, ...]:
    """The number expressions of an article in order, for `article.layer`; none in a language without [numbers]."""
    using = lexicon(article.language)
    return tuple(_Reader(article, using).read()) if using else ()


class _Reader(NumberText):
    """Reads the numbers of one article from left to right, each token once."""

    def __init__(self, article: Article, using: Lexicon) -> None:
        super().__init__(article, using)
        self.spelled = Spelled(article, using)
        # Whether decimals have a point here though the language has a comma, as in Mexico: «4.7%» beside «1,500 millones».
        self.has_points = bool(using.points and using.points.search(self.text)) and not (using.commas and using.commas.search(self.text))

    def read(self) -> Iterator[Quantity]:
        """All number expressions, ranges and ratios as one."""
        following, reach = 0, 0
        known = self.tokens.vocabulary & self.using.firsts
        others = self.tokens.vocabulary - known
        begins = known.union(word for word in others if word[0].isdigit() or word[-1].isdigit())
        if self.using.prefixes:
            begins = begins.union(word for word in others if self._without_prefix(word) in self.using.heads)
        for number in self.tokens.among(begins):
            if number < following:
                continue
            if (found := self._quantity(number)) is None:
                following = self._past_digits(number)
                continue
            found = self._extended(found)
            if found.start < reach:  # «5€7»: the sign belongs to the number before it
                found = found._replace(start=reach)
            yield found
            following, reach = found.last, found.end

    def _without_prefix(self, word: str) -> str:
        """The numeral in a word with a preposition written onto it («لأربعة»), else the word."""
        for length in (1, 2):
            bare = word[length:]
            if word[:length] in self.using.prefixes and len(bare) > 2 and bare in self.using.prefixed:
                return bare
        return word

    def _past_digits(self, number: int) -> int:
        """The token after this one and after the digits that belong to it ('12.05.2020' is not read again from '05')."""
        token = self.tokens.token(number)
        if (hit := DIGITS.match(self.text, token.start)) is None:
            return number + 1
        return max(number + 1, self.tokens.at(hit.end()))

    def _quantity(self, number: int) -> Quantity | None:
        """The number expression that begins with this token, with scale and unit."""
        token, using, text = self.tokens.token(number), self.using, self.text
        if using.prefixes and token.word not in using.heads and (bare := self._without_prefix(token.word)) != token.word:
            token = Token(token.end - len(bare), token.end, bare)
            if bare in using.fractions and self.tokens.word(number + 1) not in using.scales:
                return None  # «عامين ونصف»; «ونصف مليون» is a figure
        if end := using.phrases.match(text, token):
            return self.with_unit(self.made(number, token.start, end, math.nan, "vague"))
        if token.word[0].isdigit() or token.word[-1].isdigit():
            return self._digits(number, token)
        return self.spelled.read(number, token)

    def _digits(self, number: int, token: Token) -> Quantity | None:
        """A number in digits; None for what is no number: parts of names, dates, addresses, versions."""
        start = token.start
        while start < token.end and not self.text[start].isdigit():
            start += 1
        glued = self.text[token.start : start]
        if glued and glued not in self.using.prefixes:
            found = self._named_currency(number, token, start, glued)
            return found or (self._from_digits(number, start) if self._is_word(glued) else None)
        if not glued and (behind := self.text[max(0, start - 2) : start]) and is_inside(behind):
            return None
        return self._from_digits(number, start)

    def _is_word(self, glued: str) -> bool:
        """Whether a space was forgotten before digits, in Arabic, where it is common: «زاد1%», «بين10»."""
        words = self.using.words
        return bool(self.using.prefixes) and (
            glued in self.article.profile.function_words or glued in words["change"] or glued in words["approximators"]
        )

    def _named_currency(self, number: int, token: Token, start: int, glued: str) -> Quantity | None:
        """«Rs500», «USD20»: a currency written onto its number."""
        code = self.using.by_name.get(glued)
        found = self._from_digits(number, start) if code else None
        return found._replace(start=token.start, unit=code, unit_kind="money") if found and code else None

    def _from_digits(self, number: int, start: int) -> Quantity | None:
        hit = DIGITS.match(self.text, start)
        if hit is None or (value := worth(hit.group(), self.using.decimal, self.using.groups)) is None:
            return None
        end, scaled, suffix = hit.end(), False, ""
        if part := self._part(number, start):
            return part
        if value < _MOST_GROUPED and _FOREIGN_GROUP.fullmatch(hit.group()) and (self.has_points or self.counts_wholes(end)):
            value *= 1000
        letters = end
        while letters < len(self.text) and letters - end < 24 and self.text[letters].isalpha():
            letters += 1
        attached = self.text[end:letters]
        if attached == _DECIMAL_LETTER and (rest := DIGITS.match(self.text, letters)) and rest.group().isdecimal():
            value, end, attached = float(f"{int(rest.group())}.{hit.group()}"), rest.end(), ""  # «50ر11» is 11.50
        if attached in self.using.words["ordinal_suffixes"]:
            ordinal = self.made(number, start, letters, value, "ordinal")
            return ordinal if self.spelled.ranks(number, ordinal.last) else None
        if stop := self._ordinal_end(end):
            ordinal = self.made(number, start, stop, value, "ordinal")
            if self.spelled.ranks(number, ordinal.last):
                return ordinal
        start, code = self._currency_before(number, start)
        if attached in self.using.attached and (code or len(attached) > 1 or self._is_long_scale(attached) or self._is_money(letters)):
            value, end, scaled = value * self.using.attached[attached], letters, True
        elif attached in self.using.scales:
            value, end, scaled = value * self.using.scales[attached], letters, True
        elif attached and not self.unit_at(end):
            suffix = attached
        found = self.made(number, start, end, value, "digits", scaled=scaled)._replace(suffix=suffix)
        if suffix:
            return found
        found = self._scaled(found)
        if code:
            return found._replace(unit=code, unit_kind="money")
        return self._bracketed(found) or self._spelled_again(found) or self.with_unit(found)

    def _part(self, number: int, start: int) -> Quantity | None:
        """«les 2/3 des loups», «2/3 компаний»; None for dates, pages and rounds of a cup."""
        if (hit := _PART.match(self.text, start)) is None or int(hit.group(1)) >= int(hit.group(2)):
            return None
        at, of = self.tokens.at(hit.end()), self.using.words["fraction_of"]
        following = self.tokens.word(at) if self.text[hit.end() : hit.end() + 1] == " " else ""
        is_part = following in of if of else following.isalpha() and following not in self.using.dates
        return self.made(number, start, hit.end(), int(hit.group(1)) / int(hit.group(2)), "fraction") if is_part else None

    def _ordinal_end(self, end: int) -> int:
        """The end of the full stop that makes digits an ordinal in German: «auf dem 15. Platz»; 0 if there is none."""
        return end + 1 if "." in self.using.words["ordinal_suffixes"] and self.text[end : end + 2] == ". " else 0

    def _bracketed(self, found: Quantity) -> Quantity | None:
        """A number in brackets with its scale or unit behind them: «(135) مليون ريال»; None if there is none."""
        if self.text[found.start - 1 : found.start] != "(" or self.text[found.end : found.end + 2] != ") ":
            return None
        wide = self.with_unit(self._scaled(found._replace(end=found.end + 1)))
        return wide if wide.end > found.end + 1 else None

    def _spelled_again(self, found: Quantity) -> Quantity | None:
        """A number in brackets with its words behind it: «(15) خمسة عشر راعيا»; None if there are none."""
        if self.text[found.start - 1 : found.start] != "(" or self.text[found.end : found.end + 2] != ") ":
            return None
        at = self.tokens.at(found.end)
        words = self.spelled.numeral(at, self.tokens.token(at)) if self.is_numeral(self.tokens.word(at)) else None
        return words._replace(start=found.start - 1, first=found.first) if words and words.value == found.value else None

    def _is_money(self, position: int) -> bool:
        """Whether a currency stands at this folded position: «40m euros»."""
        hit = self.unit_at(position)
        return hit is not None and self.using.unit_of.get(hit.group(1), ("", ""))[0] == "money"

    def _is_long_scale(self, attached: str) -> bool:
        return attached in self.using.scales

    def _currency_before(self, number: int, start: int) -> tuple[int, str]:
        """Where the expression starts with a currency before its digits, and its code; '' without one."""
        if hit := _CURRENCY_BEFORE.search(self.text, max(0, start - 4), start):
            sign = hit.group().strip()
            known = self.using.unit_of.get(sign) or self.using.unit_of.get(sign[-1:])
            return hit.start(), known[1] if known else {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY"}.get(sign[-1], sign)
        before = self.tokens.word(number - 1)
        if (
            (code := self.using.by_name.get(before))
            and self.gap(number - 1, number).strip(". ") == ""
            and "\n" not in self.gap(number - 1, number)
        ):
            return self.tokens.starts[number - 1], code
        return start, ""

    def _scaled(self, found: Quantity) -> Quantity:
        """Digits with the scale words after them: «400 000 milliards», «٣ ملايين و٥٠٠ ألف»."""
        items, at, value, end, scaled = self.tokens, self.tokens.at(found.end), found.value, found.end, found.scaled
        while at < len(items.words) and at - found.first < MOST_WORDS:
            gap = self.text[end : items.starts[at]]
            scale = self.using.scales.get(items.words[at])
            if scale is None and self.text[items.ends[at] : items.ends[at] + 1] in _SIGNS:
                scale = self.using.attached.get(items.words[at])  # «3 M€»
            if scale is None and items.words[at] == "m" and self._is_great_m(at):
                scale = self.using.attached.get("m")  # «8,1 M en 2017»
            if gap not in (" ", "-", "\n", ". ") or scale is None or (gap == "\n" and not found.scaled and scale < 100):
                break
            value, end, scaled = value * scale, items.ends[at], True
            at += 1
        # «тыс.», «Mio.»: the full stop of an abbreviated scale, where the sentence goes on.
        following = self.text[end : end + 3]
        if scaled and following[:1] == "." and (self.unit_at(end + 1) or (following[1:2] == " " and self._goes_on(end + 2))):
            end += 1
        end, value, scaled = self.and_rest(end, value, scaled)
        return found._replace(end=end, last=self.tokens.at(end), value=value, high=value, scaled=scaled)

    def _is_great_m(self, number: int) -> bool:
        """Whether an M stands here as a capital and is no abbreviation: «8,1 M», not «8 m», «M. Dupont»."""
        start, end = self.article.folded.source(self.tokens.starts[number], self.tokens.ends[number])
        return self.article.text[start:end] == "M" and self.text[self.tokens.ends[number] : self.tokens.ends[number] + 1] != "."

    def _goes_on(self, position: int) -> bool:
        """Whether a small letter stands at this folded position of the source."""
        view = self.article.folded
        return position < len(self.text) and self.article.text[view.source(position, position + 1).start].islower()

    def _extended(self, found: Quantity) -> Quantity:
        """The quantity as a range («10 à 15%»), ratio («three of nine») or multiple («32 раза») where it is part of one."""
        using, last = self.using, found.last
        if found.form in ("vague", "fraction", "multiple", "rank", "ordinal") or found.suffix:
            return found
        following = self.tokens.word(last)
        if multiple := self._times(found, following):
            return multiple
        if found.unit_kind not in ("", "money", "share"):
            return found
        if found.plain and self._moves(found):
            return found
        if found.plain and found.value < 10 and self.gap(last - 1, last) == " " and (whole := self._whole(found)):
            share = found.value / self.value_of(whole)
            return found._replace(end=self.tokens.ends[whole], last=whole + 1, value=share, high=share, form="ratio")
        second = self._second(found, following)
        if second is None or second.form in ("vague", "fraction", "multiple", "rank", "ordinal"):
            return found
        if self._is_year(found) != self._is_year(second) and self._is_span(found):
            return found  # «from 678 boats in 2007 to 4,862 in 2011»
        if self.is_ratio(found) and found.plain and second.plain and second.value >= found.value and following in using.words["out_of"]:
            return second._replace(start=found.start, first=found.first, form="ratio", value=found.value / max(1.0, second.value))
        alike = found.unit == second.unit and second.value > found.value and not self._is_span(found)
        if (found.unit_kind and not alike) or second.suffix or second.value <= 0:
            return found
        low = found.value if found.scaled or not second.scaled else found.value * second.value / max(second.value, 1.0)
        both = second._replace(start=found.start, first=found.first, value=low, high=second.value, scaled=found.scaled or second.scaled)
        return self._times(both, self.tokens.word(both.last)) or both

    def _times(self, found: Quantity, following: str) -> Quantity | None:
        """A number and «times» where it compares: «32 times more», «в 10-15 раз выше»; None where it counts occasions."""
        words, last, word = self.using.words, found.last, self.tokens.word
        if following not in words["times"] or self.text[found.end : self.tokens.starts[last]] not in (" ", "-", ""):
            return None
        changes = found.value < _MOST_TIMES and any(word(found.first - n) in words["change"] for n in (1, 2, 3))
        if changes or following in self.using.multiples or any(word(n) in words["compare"] for n in (found.first - 1, last + 1)):
            return found._replace(end=self.tokens.ends[last], last=last + 1, form="multiple")
        return None

    def _whole(self, found: Quantity) -> int:
        """The token of what a small number is a part of, a noun or article between: «un berger sur trois», «three of the five»."""
        whole = self.out_of(found.last, least=max(3.0, found.value) if found.value > 1 else 0.0)
        is_apart = whole > found.last + 1 or self.tokens.word(found.last) in self.using.words["definite"]  # «trois des cinq»
        return whole if is_apart and self.value_of(whole) >= found.value else 0

    def _is_span(self, found: Quantity) -> bool:
        """Whether two figures with their units are a change rather than a range: «from $5 to $6», «de 5% à 10%», not «environ 5% à 10%»."""
        before = [self.tokens.word(found.first - n) for n in (1, 2, 3)]
        if before[0] in self.using.words["between"]:
            return False
        is_share = found.unit_kind == "share" and before[0] in self.using.words["approximators"]
        return not is_share or any(word in self.using.words["change"] for word in before)

    def _moves(self, found: Quantity) -> bool:
        """Whether a count of many changes rather than ranges: «rose from 5,697 to 8,655», «passe de 3503 à 15 643»."""
        word, first, words = self.tokens.word, found.first, self.using.words
        is_from = found.value >= _SMALLEST_MOVE and word(first - 1) in words["moved_from"]
        return is_from and any(word(first - n) in words["moves"] for n in range(2, _FARTHEST_MOVE))

    def _is_year(self, found: Quantity) -> bool:
        """Whether a number is written as years are."""
        written = self.text[found.start : found.end]
        return len(written) == 4 and written.isdecimal() and int(found.value) in YEARS

    def _second(self, found: Quantity, following: str) -> Quantity | None:
        """The other end of a range or ratio, if one follows."""
        words, at = self.using.words, found.last
        if at >= len(self.tokens.words):
            return None
        gap = self.text[found.end : self.tokens.starts[at]]
        if gap.strip(" ") == "-" and following[:1].isdigit():
            return self._from_digits(at, self.tokens.starts[at])
        before = [self.tokens.word(found.first - n) for n in (1, 2, 3)]
        is_between = following in words["between_and"] and any(word in words["between"] for word in before)
        if (
            not (is_between or following in words["ranges"] or following in words["out_of"])
            or gap != " "
            or at + 1 >= len(self.tokens.words)
        ):
            return None
        if self.gap(at, at + 1) not in (" ", " $", " £", " €"):
            return None
        token = self.tokens.token(at + 1)
        if token.word[0].isdigit():
            return self._from_digits(at + 1, token.start)
        return self.spelled.numeral(at + 1, token) if self.is_numeral(token.word) else None
