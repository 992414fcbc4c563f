"""Numbers in words: numerals, fractions, multiples, vague quantities and ranks."""

import math

from credibility.lexicon import Token
from credibility.statistics.digits import DIGITS, worth
from credibility.statistics.quantity import MOST_WORDS, NumberText, Quantity

# «every third»: the ordinals that shares are told with; the seventh son is none.
_TEN = 10
_FARTHEST_CHANGE = 6
# What Arabic adverbs end with: «عالميا».
_ADVERB = "ا"
_TENS = frozenset(range(20, 100, 10))
_SHARES = (2.0, 3.0, 4.0, 5.0, 10.0)


class Spelled(NumberText):
    """Reads the numbers in words of one article."""

    def read(self, number: int, token: Token) -> Quantity | None:
        """The number expression in words that begins with this token: a multiple, fraction, rank, vague quantity or numeral."""
        using = self.using
        word, before, following = token.word, self.tokens.word(number - 1), self.tokens.word(number + 1)
        if word in using.words["multiplied"]:
            return self._multiplied(number, token)
        if word in using.multiples:
            is_noun = following in using.words["multiple_of"] or before in using.words["multiple_after"]
            if word in using.words["multiple_needs"] and not is_noun:
                return None  # «think twice», «une triple crise»
            return self.made(number, token.start, token.end, using.multiples[word], "multiple")
        if word in using.words["each"]:
            return self._each(number, token)
        if word in using.fractions and word not in using.values and (part := self._fraction(number, token, before, None)):
            return part
        if word in using.ranks:
            return self.made(number, token.start, token.end, using.ranks[word], "ordinal")
        if word in using.ordinals and not (word in using.values or word in using.scales):
            return self.made(number, token.start, token.end, using.ordinals[word], "ordinal") if self.ranks(number, number + 1) else None
        if word in using.words["rank_before"]:
            return self._rank(number, token)
        if self._lacks_link(number):
            return None
        if word in using.vague and (word not in using.scales or not self._counted(number)):
            return self._vague(number, token)
        if using.values.get(word) == _TEN and (before in using.ordinals or before[1:] in using.ordinals):
            return None  # «القرن الثالث عشر», «والرابعة عشرة»
        return self.numeral(number, token)

    def _lacks_link(self, number: int) -> bool:
        """«low scores», not «scores of people»; «la cinquantaine» is an age, «la centaine de bergers» counts."""
        words, word = self.using.words, self.tokens.word(number)
        if self.tokens.word(number + 1) in words["links"]:
            return False
        return word in words["vague_needs"] or (word in self.using.vague and self.tokens.word(number - 1) in words["vague_not_after"])

    def _counted(self, number: int) -> bool:
        """Whether an article stands before a scale word: «un million» is a number, «des millions» is not."""
        return self.using.values.get(self.tokens.word(number - 1)) == 1

    def numeral(self, number: int, token: Token) -> Quantity | None:
        """A number in words: «soixante-dix mille», «خمسة وعشرون ألف», «two hundred and five»."""
        using, items = self.using, self.tokens
        total = current = 0.0
        last_value, at, end, scaled, joined = math.inf, number, token.start, False, False
        while at < len(items.words) and at - number < MOST_WORDS:
            word = token.word if at == number else items.words[at]
            if at > number and self.gap(at - 1, at) not in (" ", "-", "\n"):
                break
            particle = using.given.attached_joiner
            if particle and at > number and word.startswith(particle) and self.is_numeral(word.removeprefix(particle)):
                word, joined = word.removeprefix(particle), True
            if (value := using.values.get(word)) is not None:
                if value >= last_value and not joined and not (value in (10, 20) and last_value < 10):
                    break
                current = current * value if value == 20 and last_value == 4 else current + value
                last_value, scaled = value, scaled or value >= 1000  # «ألفان و482»
            elif (scale := using.scales.get(word)) is not None:
                if at == number and len(word) < 4 and word in using.attached and not self.tokens.word(number - 1)[-1:].isdigit():
                    return None  # «Nashville, TN»: a scale in short stands behind digits
                if scale < 1000:
                    current = max(current, 1) * scale
                elif 0 < total < scale:
                    total, current = (total + current) * scale, 0.0  # «tres mil quinientos millones»
                else:
                    total, current = total + max(current, 1) * scale, 0.0
                last_value, scaled = scale, scaled or scale >= 1000
            elif word in using.words["joiners"] and at > number and self.is_numeral(self.tokens.word(at + 1)) and last_value >= 10:
                at, joined = at + 1, True
                continue
            elif last_value in _TENS and word in using.ordinals and word not in using.fractions:
                return None  # «двадцать пятого декабря»
            elif at > number and word in using.fractions and word not in using.values:
                return self._fraction(at, items.token(at), items.words[at - 1], number)
            elif at > number and word in using.vague and not self._lacks_link(at):
                return self._vague(at, items.token(at), start=token.start, count=total + current)
            else:
                break
            at, end, joined = at + 1, items.ends[at], False
        end, total, scaled = self.and_rest(end, total + current, scaled)
        at = max(at, self.tokens.at(end))
        if at == number:
            return None
        start, first = self._quantified(number, token) if token.word in using.scales else (token.start, number)
        found = Quantity(start, end, first, at, total, total, "words", scaled)
        if number + 1 == at and using.values.get(token.word) == 1 and not scaled:
            one = self.with_unit(found)  # «one percent»; «un» alone is mostly an article
            return one if one.unit_kind == "share" or self.is_ratio(found) or token.word not in using.words["indefinite"] else None
        return self.with_unit(found)

    def _fraction(self, number: int, token: Token, before: str, first: int | None) -> Quantity | None:
        """«la moitié», «two-thirds»: with its numerator where it has one."""
        using = self.using
        value, following = using.fractions[token.word], self.tokens.word(number + 1)
        count = using.values.get(before) or (1.0 if before in using.words["indefinite"] else None)
        gap = self.gap(number - 1, number)
        if count == 1.0 and first is None and self.tokens.word(number - 2) in using.words["joiners"]:
            return None  # «an hour and a half»
        if before in using.words["fraction_not_after"] and count is None and first is None:
            return None
        if following in using.words["durations"] or following in using.words["fraction_not_before"]:
            return None
        if following in using.words["links"] and self._skips_to_duration(number + 2):
            return None  # «un quart d'heure», «a quarter of an hour»
        if first is None and (scaled := self._of_scale(number, token, value)):
            return scaled
        if following in using.words["fraction_nouns"] and self.gap(number, number + 1) == " ":
            start = number if count is None else number - 1 if first is None else first
            return self.made(start, self.tokens.starts[start], self.tokens.ends[number + 1], (count or 1.0) * value, "fraction")
        if token.word in using.words["fraction_needs"]:
            of = not using.words["fraction_of"] or following in using.words["fraction_of"]
            by = self.tokens.word(number - 2) in using.words["changed_by"]
            by = by and using.words["change"].any_of(self.tokens.words[max(0, number - _FARTHEST_CHANGE) : number + _FARTHEST_CHANGE])
            if count is None or gap not in (" ", "-") or not (of or count > 1 or by):  # «cut deaths by a third»
                return None
        if count is not None and gap in (" ", "-"):
            first = number - 1 if first is None else first
            return self.made(first, self.tokens.starts[first], token.end, count * value, "fraction")
        return self.made(number, token.start, token.end, value, "fraction")

    def _skips_to_duration(self, number: int) -> bool:
        """Whether a duration stands here or behind an indefinite article."""
        return self.tokens.word(number + (self.tokens.word(number) in self.using.words["indefinite"])) in self.using.words["durations"]

    def _of_scale(self, number: int, token: Token, value: float) -> Quantity | None:
        """A part of a scale: «half a million», «a quarter of a million», «نصف مليون»; None if it is none."""
        using, word = self.using, self.tokens.word
        one = number + 1 + (word(number + 1) in using.words["fraction_of"])
        at = one + (word(one) in using.words["indefinite"] or using.values.get(word(one)) == 1)
        scale = using.scales.get(word(at), 0.0) if at > one or at == number + 1 else 0.0
        if scale < 1000 or any(self.gap(n - 1, n) not in (" ", "-") for n in range(number + 1, at + 1)):
            return None
        first = number - 1 if using.values.get(word(number - 1)) == 1 and self.gap(number - 1, number) == " " else number
        start = token.start if first == number else self.tokens.starts[first]
        return self.with_unit(self.made(first, start, self.tokens.ends[at], value * scale, "words", scaled=True))

    def _vague(self, number: int, token: Token, start: int | None = None, count: float = 0.0) -> Quantity:
        """«plusieurs dizaines», «centaines de milliers d'euros»."""
        using, items = self.using, self.tokens
        value, end, at = using.vague[token.word] * max(1.0, count), token.end, number + 1
        while at < len(items.words) and at - number < MOST_WORDS and self.gap(at - 1, at) in (" ", "'", "-"):
            if items.words[at] in using.words["links"] and at + 1 < len(items.words) and self.is_size(items.words[at + 1]):
                at += 1
                continue
            if not self.is_size(items.words[at]):
                break
            value *= using.scales.get(items.words[at]) or using.vague[items.words[at]]
            at, end = at + 1, items.ends[at]
        begin, first = self._quantified(number, token) if start is None else (start, number)
        form = "words" if count else "vague"
        return self.with_unit(Quantity(begin, end, first, self.tokens.at(end), value, value, form, True))

    def _quantified(self, number: int, token: Token) -> tuple[int, int]:
        """Where a size begins with its quantifier, and its first token: «plusieurs dizaines», «several hundred», «a few dozen»."""
        word, known = self.tokens.word, self.using.words["quantifiers"]
        if word(number - 1) not in known or self.gap(number - 1, number) != " ":
            return token.start, number
        first = number - 1 - (f"{word(number - 2)} {word(number - 1)}" in known)
        return self.tokens.starts[first], first

    def _multiplied(self, number: int, token: Token) -> Quantity | None:
        """«multiplié par cinq», «by a factor of 2.5»."""
        by, factor = self.tokens.word(number + 1), self.tokens.word(number + 2)
        if by not in self.using.words["multiplied_by"]:
            return None
        if hit := DIGITS.match(self.text, self.tokens.starts[number + 2]) if factor[:1].isdigit() else None:
            digits = worth(hit.group(), self.using.decimal, self.using.groups)
            return None if digits is None else self.made(number, token.start, hit.end(), digits, "multiple")
        value = self.using.values.get(factor)
        return None if value is None else self.made(number, token.start, self.tokens.ends[number + 2], value, "multiple")

    def _each(self, number: int, token: Token) -> Quantity | None:
        """«jedes fünfte Boot», «каждая пятая лодка»."""
        value = self.using.ordinals.get(self.tokens.word(number + 1), 0.0)
        if value not in _SHARES or self.gap(number, number + 1) != " ":
            return None
        return self.made(number, token.start, self.tokens.ends[number + 1], 1 / value, "ratio")

    def ranks(self, number: int, last: int) -> bool:
        """Whether an ordinal ranks something: «third largest», «la 3e économie»; being first in ten years is no rank."""
        after = [self.tokens.word(last), self.tokens.word(last + 1)]
        if self.tokens.word(number - 1) in self.using.words["indefinite"]:
            return False  # «a second win on the spin»
        if self.using.articles and self.tokens.word(number).startswith(self.using.article_starts) and after[0][-1:] != _ADVERB:
            return False  # «الربع الثاني أعلى من الأول», where a rank is «ثاني أعلى» or «الثانية عالميا»
        return any(word in self.using.words["rank_after"] for word in after) and self.gap(last - 1, last) in (" ", "-", ". ")

    def _rank(self, number: int, token: Token) -> Quantity | None:
        """«Platz 3», «ranked 5th», «المرتبة الثالثة»."""
        following = self.tokens.word(number + 1)
        if self.gap(number, number + 1) != " ":
            return None
        following_token = self.tokens.token(number + 1)
        if following in self.using.ordinals:
            return self.made(number, token.start, following_token.end, self.using.ordinals[following], "rank")
        digits = following.rstrip("abcdefghijklmnopqrstuvwxyz")
        if (
            digits.isdecimal()
            and len(digits) < 4
            and (digits == following or following[len(digits) :] in self.using.words["ordinal_suffixes"])
        ):
            return self.made(number, token.start, following_token.end, float(int(digits)), "rank")
        return None
