"""Counts below ten, which are statistics only where they are an outcome, part of a total or of a list of counts; magnitudes."""

from credibility.statistics.named_numbers import OLDEST, NamedNumbers
from credibility.statistics.quantities import quantities
from credibility.statistics.quantity import Quantity

SMALLEST_COUNT = 10
# «la mort d'au moins environ 150»: words between an outcome and its count.
_FARTHEST_OUTCOME = 6
# «Two United States service members have been killed»: words between a count and its outcome, the other way round.
_LATEST_OUTCOME = 7
# «killing in the east two», «destroyed several bridges, two dams»
_EARLIEST_OUTCOME = 3
# «il n'en reste plus que deux»: words between a negation and what it makes «only».
_FARTHEST_NEGATION = 9
# «12 véhicules de luxe volés, 8 motos»: words between the counts of a list.
_LONGEST_COUNTED = 5
_DASHES = frozenset({" - ", " – ", " — "})
_INSIDE = frozenset({"", ","})
# «Lund (613), Aarhus (559), Odense (46)»: so many numbers make a list, each not further from the one before than these words.
_SHORTEST_LIST, _LONGEST_STEP = 3, 5
# No earthquake had a magnitude of ten.
_STRONGEST = 10


class SmallCounts(NamedNumbers):
    """Tells the small counts of one article that are statistics."""

    def enumerated(self) -> frozenset[int]:
        """The first tokens of the numbers in brackets behind names, three or more in a row of which one is too high for an age."""
        rows: list[list[Quantity]] = [[]]
        for found in self.article.layer(quantities):
            in_brackets = found.form == "digits" and found.plain and self.text[found.end : found.end + 1] == ")"
            if not (in_brackets and self.gap_before(found) == " (" and self.is_capital(found.first - 1)):
                continue
            if rows[-1] and (found.first - rows[-1][-1].last > _LONGEST_STEP or "\n" in self.text[rows[-1][-1].end : found.start]):
                rows.append([])
            rows[-1].append(found)
        lists = [row for row in rows if len(row) >= _SHORTEST_LIST and any(f.value > OLDEST and not self.is_written_year(f) for f in row)]
        return frozenset(found.first for row in lists for found in row if not self.is_written_year(found))

    def is_told_small(self, found: Quantity, before: str) -> bool:
        """Whether a count below ten is told as an outcome or part, or said to be all there is."""
        words = self.using.words
        if before in words["others"] or (before in words["definite"] and before not in words["possessives"]):
            return False  # «the three victims», «the other three»
        is_one = found.value == 1
        near = self.after(found)
        if is_one and (self.goes_on(near) or near in words["times"] or before in words["negations"]):
            return False  # «one of many», «один раз», «ни один человек»
        near_outcome = near in words["outcomes"] if is_one else self.is_outcome(found)
        if near_outcome or self._meets_outcome(found) or self._follows_outcome(found):
            return True
        if near in words["persons"] and not is_one:
            return True  # «quatre personnes»: newsrooms count so, a scene has «four men»
        if is_one:
            return before in words["parts"] or before in words["at_least"]
        if self._is_only(found, before) or self.text.endswith(self.using.totals, 0, found.start - 1):
            return True  # «a total of six»
        if before in words["change"] and not self.goes_on(near):
            return True  # «زاد ست منصات»
        is_part = near in words["part_of"] and not self.goes_on(self.after(found, 1))  # «ثلاثة من مساعديه»
        return is_part or before in words["parts"] or near in words["parts"]  # «خمسة منهم»

    def is_magnitude(self, found: Quantity) -> bool:
        """«a 7.7 magnitude quake», «der Stärke 7,7»: the strength of an earthquake is written with decimals."""
        words = self.using.words["magnitudes"]
        if found.unit_kind or found.form != "digits" or found.value >= _STRONGEST or self.is_whole(found):
            return False
        following = self.tokens.word(found.last) if self.text[found.end : found.end + 1] in (" ", "-") else ""
        return following in words or any(self.tokens.word(found.first - n) in words for n in (1, 2))

    @staticmethod
    def is_whole(found: Quantity) -> bool:
        """Whether a number has no decimals."""
        return found.value == int(found.value)

    def _tells_outcome(self, number: int) -> bool:
        """Whether a word tells an outcome, in Arabic with a conjunction written onto it («وأصيب»), or the last of a phrase does."""
        outcomes, word = self.using.words["outcomes"], self.tokens.words[number]
        if word in outcomes or (word[:1] in self.using.prefixes and word[1:] in outcomes):
            return True
        pair = f"{self.tokens.word(number - 1)} {word}"
        return pair in outcomes or f"{self.tokens.word(number - 2)} {pair}" in outcomes  # «ums Leben», «perdu la vie»

    def _meets_outcome(self, found: Quantity) -> bool:
        """«Three people were killed», «Deux «gilets jaunes» ont été condamnés»: the outcome is told of them a little later."""
        first = found.last + (self.after(found) in self.using.words["others"])
        for number in range(first, min(first + _LATEST_OUTCOME, len(self.tokens.words))):
            word = self.tokens.words[number]
            is_number = word[0].isdigit() or self.using.values.get(word, 0) > 1 or word in self.using.scales
            if is_number or self.tokens.gaps[number].strip(" '\"-"):
                return False  # «four villages where 1,148 cases were counted»
            if number > first + 1 and self._tells_outcome(number):
                return True
        return False

    def _follows_outcome(self, found: Quantity) -> bool:
        """«القبض على ثلاثة», «killing at least three»: the outcome stands before a small count."""
        first = found.first - (self.tokens.word(found.first - 1) in self.using.words["approximators"])
        for number in range(first, max(0, first - _EARLIEST_OUTCOME), -1):
            if self.tokens.gaps[number].strip(" '\"") not in _INSIDE:
                return False
            if self._tells_outcome(number - 1):
                return True
        return False

    def tells_outcome(self, found: Quantity) -> bool:
        """«la mort d'environ 150 personnes», «the death of about 40»: only small words stand between an outcome and its count."""
        for number in range(found.first - 1, max(0, found.first - _FARTHEST_OUTCOME), -1):
            word = self.tokens.words[number]
            if self.tokens.gaps[number + 1].strip(" '"):
                return False
            if word in self.using.words["outcomes"]:
                return found.unit_kind == ""
            if word not in self.function_words and word not in self.using.words["approximators"]:
                return False
        return False

    def _is_only(self, found: Quantity, before: str) -> bool:
        """Whether a small count is said to be all there is: «only two», «il n'en reste que deux», not «il dit que deux facteurs»."""
        words, at = self.using.words, found.first - 1
        if self.after(found, 1) in words["only_after"]:
            return True  # «سبع قضايا فقط»
        if before in self.function_words and self.tokens.word(at - 1) in words["only_negated"]:
            at -= 1  # «ils ne bloquent que sur trois ronds-points»
        if self.tokens.word(at) not in words["only_negated"]:
            return before in words["only"]
        return words["negations"].any_of(self.tokens.words[max(0, at + 1 - _FARTHEST_NEGATION) : at])

    def is_joined(self, found: Quantity, last: Quantity) -> bool:
        """Whether a comma or «and» joins a count to the one before it, with no more than what that counts between."""
        between = found.first - last.last
        if not (last.form in ("digits", "words") and not last.unit_kind and 0 < between <= _LONGEST_COUNTED):
            return False
        gaps = self.tokens.gaps[last.last : found.first]
        words = self.tokens.words[last.last : found.first]
        if any(gap.strip(" '\"-") not in _INSIDE for gap in gaps) or any(word in self.using.words["durations"] for word in words):
            return False
        joins = self.using.words["between_and"]
        is_after_comma = self.tokens.gaps[found.first].strip() == ","
        if self.text[found.end : found.end + 3] in _DASHES:
            return is_after_comma or words[-1] in joins  # «402 российских солдата, 12 — молдавских»
        if self.goes_on(self.after(found)):
            return is_after_comma and bool(self.after(found)) and words[0] in self.function_words and found.value >= SMALLEST_COUNT
        return (
            is_after_comma
            or self.is_attached(found)
            or words[-1] in joins
            or (between > 1 and words[-2] in joins and words[-1] in self.function_words)
        )
