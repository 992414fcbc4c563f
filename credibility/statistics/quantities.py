"""Number expressions of a text: where they stand, what they are worth and in which unit.

The grammar is data: the section [numbers] of a language profile. A quantity is number, scale word and unit («25 milliards
d'euros», «14 lakh», «30 %»), without approximators and head nouns. `number_claims` tells which of them are statistics.
"""

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from credibility.lexicon import Token, Tokens, tokens
from credibility.segment import Article
from credibility.statistics.digits import DIGITS, MOST_DIGITS, is_inside, worth
from credibility.statistics.number_words import Lexicon, lexicon

_CURRENCY_BEFORE = re.compile(r"(?:(?<![^\W_])(?:us|a|c|ca|hk|nz|s|r))?[$£€¥₹₽₴₪₦₩] ?$")
_MOST_WORDS = 12


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


def quantities(article: Article) -> tuple[Quantity, ...]:
    """The number expressions of an article in order, for `article.layer`; none in a language without [numbers]."""
    using = lexicon(article.language)
    return tuple(_Reader(article, using).read()) if using else ()


class _Reader:
    """Reads the numbers of one article from left to right, each token once."""

    def __init__(self, article: Article, using: Lexicon) -> None:
        self.article, self.text = article, article.folded.text
        self.tokens: Tokens = article.layer(tokens)
        self.using = using

    def read(self) -> Iterator[Quantity]:
        """All number expressions, ranges and ratios as one."""
        following, reach = 0, 0
        known = self.tokens.vocabulary & self.using.firsts
        others = self.tokens.vocabulary - known
        begins = known.union(word for word in others if word[0].isdigit() or word[-1].isdigit())
        if self.using.prefixes:
            begins = begins.union(word for word in others if self._without_prefix(word) in self.using.heads)
        for number in [number for number, word in enumerate(self.tokens.words) if word in begins]:
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
            if word[:length] in self.using.prefixes and self._is_numeral(word[length:]) and len(word) - length > 2:
                return word[length:]
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
        if end := using.phrases.match(text, token):
            return self._with_unit(self._made(number, token.start, end, math.nan, "vague"))
        if token.word[0].isdigit() or token.word[-1].isdigit():
            return self._digits(number, token)
        word, before = token.word, self.tokens.word(number - 1)
        if word in using.words["multiplied"]:
            return self._multiplied(number, token)
        if word in using.multiples:
            return self._made(number, token.start, token.end, using.multiples[word], "multiple")
        if word in using.fractions and word not in using.values and (part := self._fraction(number, token, before, None)):
            return part
        if word in using.ordinals and not (word in using.values or word in using.scales):
            return self._made(number, token.start, token.end, using.ordinals[word], "ordinal") if self._ranks(number, number + 1) else None
        if word in using.words["rank_before"]:
            return self._rank(number, token)
        if word in using.vague and (word not in using.scales or not self._counted(number)):
            return self._vague(number, token)
        return self._numeral(number, token)

    def _made(self, first: int, start: int, end: int, value: float, form: str, *, scaled: bool = False) -> Quantity:
        return Quantity(start, end, first, self.tokens.at(end), value, value, form, scaled)

    def _counted(self, number: int) -> bool:
        """Whether an article stands before a scale word: «un million» is a number, «des millions» is not."""
        return self.using.values.get(self.tokens.word(number - 1)) == 1

    def _gap(self, left: int, right: int) -> str:
        """What stands between two tokens; a line break or punctuation separates them."""
        items = self.tokens
        return self.text[items.ends[left] : items.starts[right]] if 0 <= left < right < len(items.words) else "\n"

    # digits ----------------------------------------------------------------------------------------------------------

    def _digits(self, number: int, token: Token) -> Quantity | None:
        """A number in digits; None for what is no number: parts of names, dates, addresses, versions."""
        start = token.start
        while start < token.end and not self.text[start].isdigit():
            start += 1
        glued = self.text[token.start : start]
        if glued and glued not in self.using.prefixes:
            return self._named_currency(number, token, start, glued)
        if not glued and (behind := self.text[max(0, start - 2) : start]) and is_inside(behind):
            return None
        return self._from_digits(number, start)

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
        letters = end
        while letters < len(self.text) and letters - end < 24 and self.text[letters].isalpha():
            letters += 1
        attached = self.text[end:letters]
        if attached in self.using.words["ordinal_suffixes"]:
            ordinal = self._made(number, start, letters, value, "ordinal")
            return ordinal if self._ranks(number, ordinal.last) else None
        start, code = self._currency_before(number, start)
        if attached in self.using.attached and (code or len(attached) > 1 or self._is_long_scale(attached)):
            value, end, scaled = value * self.using.attached[attached], letters, True
        elif attached in self.using.scales:
            value, end, scaled = value * self.using.scales[attached], letters, True
        elif attached and not self._unit_at(end):
            suffix = attached
        found = self._made(number, start, end, value, "digits", scaled=scaled)._replace(suffix=suffix)
        if suffix:
            return found
        found = self._scaled(found)
        if code:
            return found._replace(unit=code, unit_kind="money")
        return self._with_unit(found)

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
            and self._gap(number - 1, number).strip(". ") == ""
            and "\n" not in self._gap(number - 1, number)
        ):
            return self.tokens.starts[number - 1], code
        return start, ""

    # words -----------------------------------------------------------------------------------------------------------

    def _numeral(self, number: int, token: Token) -> Quantity | None:
        """A number in words: «soixante-dix mille», «خمسة وعشرون ألف», «two hundred and five»."""
        using, items = self.using, self.tokens
        total = current = 0.0
        last_value, at, end, scaled, joined = math.inf, number, token.start, False, False
        while at < len(items.words) and at - number < _MOST_WORDS:
            word = token.word if at == number else items.words[at]
            if at > number and self._gap(at - 1, at) not in (" ", "-", "\n"):
                break
            if "و" in using.words["joiners"] and at > number and word.startswith("و") and self._is_numeral(word[1:]):
                word, joined = word[1:], True
            if (value := using.values.get(word)) is not None:
                if value >= last_value and not joined and not (value in (10, 20) and last_value < 10):
                    break
                current = current * value if value == 20 and last_value == 4 else current + value
                last_value = value
            elif (scale := using.scales.get(word)) is not None:
                if scale < 1000:
                    current = max(current, 1) * scale
                else:
                    total, current = total + max(current, 1) * scale, 0.0
                last_value, scaled = scale, scaled or scale >= 1000
            elif word in using.words["joiners"] and at > number and self._is_numeral(self.tokens.word(at + 1)) and last_value >= 10:
                at, joined = at + 1, True
                continue
            elif at > number and word in using.fractions and word not in using.values:
                return self._fraction(at, items.token(at), items.words[at - 1], number)
            elif at > number and word in using.vague:
                return self._vague(at, items.token(at), start=token.start, count=total + current)
            else:
                break
            at, end, joined = at + 1, items.ends[at], False
        end, total, scaled = self._and_rest(end, total, scaled)
        at = max(at, self.tokens.at(end))
        if at == number:
            return None
        found = Quantity(token.start, end, number, at, total + current, total + current, "words", scaled)
        if number + 1 == at and using.values.get(token.word) == 1 and not scaled:
            return None if not self._is_ratio(found) else found
        return self._with_unit(found)

    def _is_numeral(self, word: str) -> bool:
        return word in self.using.values or word in self.using.scales

    def _fraction(self, number: int, token: Token, before: str, first: int | None) -> Quantity | None:
        """«la moitié», «two-thirds»: with its numerator where it has one."""
        using = self.using
        value, following = using.fractions[token.word], self.tokens.word(number + 1)
        count = using.values.get(before) or (1.0 if before in ("a", "un", "une") else None)
        gap = self._gap(number - 1, number)
        if count == 1.0 and first is None and self.tokens.word(number - 2) in using.words["joiners"]:
            return None  # «an hour and a half»
        if before in using.words["fraction_not_after"] and count is None and first is None:
            return None
        if following in using.words["durations"] or following in ("time", "hour", "an"):
            return None
        if token.word in using.words["fraction_needs"]:
            of = not using.words["fraction_of"] or following in using.words["fraction_of"]
            if count is None or gap not in (" ", "-") or not (of or count > 1):
                return None
        if count is not None and gap in (" ", "-"):
            first = number - 1 if first is None else first
            return self._made(first, self.tokens.starts[first], token.end, count * value, "fraction")
        return self._made(number, token.start, token.end, value, "fraction")

    def _vague(self, number: int, token: Token, start: int | None = None, count: float = 0.0) -> Quantity:
        """«plusieurs dizaines», «centaines de milliers d'euros»."""
        using, items = self.using, self.tokens
        value, end, at = using.vague[token.word] * max(1.0, count), token.end, number + 1
        while at < len(items.words) and at - number < _MOST_WORDS and self._gap(at - 1, at) in (" ", "'", "-"):
            if items.words[at] in using.words["links"] and at + 1 < len(items.words) and self._is_size(items.words[at + 1]):
                at += 1
                continue
            if not self._is_size(items.words[at]):
                break
            value *= using.scales.get(items.words[at]) or using.vague[items.words[at]]
            at, end = at + 1, items.ends[at]
        begin, first = (token.start, number) if start is None else (start, number)
        if start is None and self.tokens.word(number - 1) in using.words["quantifiers"] and self._gap(number - 1, number) == " ":
            begin, first = items.starts[number - 1], number - 1
        form = "words" if count else "vague"
        return self._with_unit(Quantity(begin, end, first, self.tokens.at(end), value, value, form, True))

    def _is_size(self, word: str) -> bool:
        return word in self.using.scales or word in self.using.vague

    def _multiplied(self, number: int, token: Token) -> Quantity | None:
        """«multiplié par cinq»."""
        by, factor = self.tokens.word(number + 1), self.tokens.word(number + 2)
        value = float(factor) if factor.isdecimal() and len(factor) <= MOST_DIGITS else self.using.values.get(factor)
        if by not in self.using.words["multiplied_by"] or value is None:
            return None
        return self._made(number, token.start, self.tokens.ends[number + 2], value, "multiple")

    # ranks -----------------------------------------------------------------------------------------------------------

    def _ranks(self, number: int, last: int) -> bool:
        """Whether an ordinal ranks something: «third largest», «la 3e économie»; being first in ten years is no rank."""
        after = [self.tokens.word(last), self.tokens.word(last + 1)]
        return any(word in self.using.words["rank_after"] for word in after) and self._gap(last - 1, last) in (" ", "-")

    def _rank(self, number: int, token: Token) -> Quantity | None:
        """«Platz 3», «ranked 5th», «المرتبة الثالثة»."""
        following = self.tokens.word(number + 1)
        if self._gap(number, number + 1) != " ":
            return None
        following_token = self.tokens.token(number + 1)
        if following in self.using.ordinals:
            return self._made(number, token.start, following_token.end, self.using.ordinals[following], "rank")
        digits = following.rstrip("abcdefghijklmnopqrstuvwxyz")
        if (
            digits.isdecimal()
            and len(digits) < 4
            and (digits == following or following[len(digits) :] in self.using.words["ordinal_suffixes"])
        ):
            return self._made(number, token.start, following_token.end, float(int(digits)), "rank")
        return None

    # what follows ----------------------------------------------------------------------------------------------------

    def _scaled(self, found: Quantity) -> Quantity:
        """Digits with the scale words after them: «400 000 milliards», «٣ ملايين و٥٠٠ ألف»."""
        items, at, value, end, scaled = self.tokens, self.tokens.at(found.end), found.value, found.end, found.scaled
        while at < len(items.words) and at - found.first < _MOST_WORDS:
            gap = self.text[end : items.starts[at]]
            scale = self.using.scales.get(items.words[at])
            if gap not in (" ", "-", "\n", ". ") or scale is None or (gap == "\n" and not found.scaled and scale < 100):
                break
            value, end, scaled = value * scale, items.ends[at], True
            at += 1
        # «тыс.», «Mio.»: the full stop of an abbreviated scale, where the sentence goes on.
        following = self.text[end : end + 3]
        if scaled and following[:1] == "." and (self._unit_at(end + 1) or (following[1:2] == " " and self._goes_on(end + 2))):
            end += 1
        end, value, scaled = self._and_rest(end, value, scaled)
        return found._replace(end=end, last=self.tokens.at(end), value=value, high=value, scaled=scaled)

    def _goes_on(self, position: int) -> bool:
        """Whether a small letter stands at this folded position of the source."""
        view = self.article.folded
        return position < len(self.text) and self.article.text[view.source(position, position + 1).start].islower()

    def _and_rest(self, end: int, value: float, scaled: bool) -> tuple[int, float, bool]:
        """«14 ألفا و340»: the rest of a number behind the scale, joined by a particle written onto it."""
        at = self.tokens.at(end)
        if (
            not scaled
            or "و" not in self.using.words["joiners"]
            or at >= len(self.tokens.words)
            or self.text[end : self.tokens.starts[at]] != " "
        ):
            return end, value, scaled
        token = self.tokens.token(at)
        rest = token.word[1:]
        if token.word[0] != "و" or not ((rest.isdecimal() and len(rest) <= 3) or self._is_numeral(rest)):
            return end, value, scaled
        if rest.isdecimal():
            following = self.tokens.word(at + 1)
            scale = self.using.scales.get(following, 1.0) if self._gap(at, at + 1) == " " else 1.0
            if int(rest) * scale < value:
                return (self.tokens.ends[at + 1] if scale > 1 else token.end), value + int(rest) * scale, True
        return end, value, scaled

    def _unit_at(self, position: int) -> re.Match[str] | None:
        return self.using.units.match(self.text, position) if self.using.units else None

    def _with_unit(self, found: Quantity) -> Quantity:
        """The quantity with the currency, percent sign or measure after it."""
        if (hit := self._unit_at(found.end)) is None:
            return found
        written = hit.group(1)
        kind, unit = self.using.unit_of[written if written in self.using.unit_of else re.sub("[\n-]", " ", written)]
        start = found.start
        if kind == "share" and self.text[start - 1 : start] == "-" and self.text[max(0, start - 2) : start - 1] in ("", " ", "(", "\n"):
            start -= 1  # «-0,57%»: the sign belongs to it, a dash before a list item or a space does not
        return found._replace(start=start, end=hit.end(), last=self.tokens.at(hit.end()), unit=unit, unit_kind=kind)

    def _is_ratio(self, found: Quantity) -> bool:
        """Whether «in five» or «sur quatre» follows."""
        return self._out_of(found.last) > 0

    def _out_of(self, last: int) -> int:
        """The token of the whole in «one in five», «un cheminot sur trois»; 0 if there is none."""
        out_of, word = self.using.words["out_of"], self.tokens.word
        for at in (last, last + 1):
            whole = word(at + 1)
            if word(at) in out_of and (at == last or word(at) in ("sur", "out")) and (self._is_numeral(whole) or whole.isdecimal()):
                return at + 1
        return 0

    def _extended(self, found: Quantity) -> Quantity:
        """The quantity as a range («10 à 15%»), ratio («three of nine») or multiple («32 раза») where it is part of one."""
        using, last = self.using, found.last
        if found.form in ("vague", "fraction", "multiple", "rank", "ordinal") or found.suffix:
            return found
        following = self.tokens.word(last)
        if following in using.words["times"] and self.text[found.end : self.tokens.starts[last]] in (" ", "-", ""):
            beside = {self.tokens.word(found.first - 1), self.tokens.word(last + 1)}
            if any(word in using.words["compare"] for word in beside):
                return found._replace(end=self.tokens.ends[last], last=last + 1, form="multiple")
        if found.unit_kind not in ("", "money", "share"):
            return found
        if found.plain and found.value < 10 and (whole := self._out_of(last)) > last + 1 and self._gap(last - 1, last) == " ":
            of = self.using.values.get(self.tokens.word(whole)) or float(self.tokens.word(whole).isdecimal() and self.tokens.word(whole))
            end = self.tokens.ends[whole]
            return found._replace(end=end, last=whole + 1, value=found.value / max(1.0, of), high=found.value / max(1.0, of), form="ratio")
        second = self._second(found, following)
        if second is None or second.form in ("vague", "fraction", "multiple", "rank", "ordinal"):
            return found
        if self._is_ratio(found) and found.plain and second.plain and second.value >= found.value and following in using.words["out_of"]:
            return second._replace(start=found.start, first=found.first, form="ratio", value=found.value / max(1.0, second.value))
        alike = found.unit == second.unit and second.value > found.value and not self._is_span(found)
        if (found.unit_kind and not alike) or second.suffix or second.value <= 0:
            return found
        low = found.value if found.scaled or not second.scaled else found.value * second.value / max(second.value, 1.0)
        return second._replace(start=found.start, first=found.first, value=low, high=second.value, scaled=found.scaled or second.scaled)

    def _is_span(self, found: Quantity) -> bool:
        """Whether two figures with their units are a change rather than a range: «from $5 to $6», «de 5% à 10%»."""
        return self.tokens.word(found.first - 1) not in self.using.words["between"]

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
        if self._gap(at, at + 1) not in (" ", " $", " £", " €"):
            return None
        token = self.tokens.token(at + 1)
        if token.word[0].isdigit():
            return self._from_digits(at + 1, token.start)
        return self._numeral(at + 1, token) if self._is_numeral(token.word) else None
