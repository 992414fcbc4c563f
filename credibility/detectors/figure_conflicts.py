"""Figures of one article that contradict each other.

A part above its whole, a total that does not add up, a headline that its text denies; only exact counts, told without «about».
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from credibility.detector import ASSESSED, NOT_APPLICABLE, not_assessed
from credibility.document import Finding, Severity
from credibility.lexicon import Tokens, tokens
from credibility.rules import Example, Rule
from credibility.segment import Article
from credibility.statistics.claim import Claim
from credibility.statistics.number_claims import claims
from credibility.statistics.number_words import Lexicon, lexicon

FLAG = "figure-conflict"
# Between a whole and «of them»: «23 boats, among them 12 …»; further apart other things are counted.
_FARTHEST_PART = 7
# Nouns of fewer letters meet by chance.
_SHORTEST_NOUN = 4
# A text that gives another count of the same thing differs a little; a hundred and three are counts of two things.
_FARTHEST_VALUE = 2.0

PART = Rule(
    id=f"{FLAG}.part",
    severity=Severity.NOTE,
    message="Counts more in a part ({quote}) than in its whole ({whole})",
    why="One of the two figures is wrong, or the part is not one of that whole.",
    bad=(
        Example("en", "The storm sank 23 boats, including [[31]] trawlers."),
        Example("fr", "La tempête a coulé 23 barques, dont [[31]] chalutiers."),
        Example("ar", "أغرقت العاصفة 23 قاربا، بينها [[31]] سفينة."),
        Example("de", "Der Sturm versenkte 23 Boote, darunter [[31]] Kutter."),
        Example("es", "La tormenta hundió 23 barcas, entre ellas [[31]] pesqueros."),
    ),
    good=(
        Example("en", "The storm sank 23 boats, including 12 trawlers."),
        Example("en", "The storm sank more than 23 boats, including 31 trawlers."),
        Example("en", "The port lost 23 percent of its boats, including 31 trawlers."),
        Example("fr", "La tempête a coulé 23 barques, dont 12 chalutiers."),
    ),
)
SUM = Rule(
    id=f"{FLAG}.total",
    severity=Severity.NOTE,
    message="The total does not add up: {parts} make {sum}, not {quote}",
    why="A total beside its parts can be checked by anybody; one of these figures is wrong.",
    bad=(
        Example("en", "The storm sank 12 trawlers and 19 ferries, a total of [[32]] vessels."),
        Example("fr", "La tempête a coulé 12 chalutiers et 19 bacs, soit [[32]] navires."),
    ),
    good=(
        Example("en", "The storm sank 12 trawlers and 19 ferries, a total of 31 vessels."),
        Example("fr", "La tempête a coulé 12 chalutiers et 19 bacs, soit 31 navires."),
        Example("fr", "La tempête a coulé 12 chalutiers et environ 19 bacs, soit 32 navires."),
    ),
)
HEADLINE = Rule(
    id=f"{FLAG}.headline",
    severity=Severity.NOTE,
    message="The headline counts {quote}, the text {other}",
    why="Headline and text tell the same count with two values; a reader cannot know which one holds.",
    bad=(Example("en", "Storm sinks [[23]] trawlers\n\nThe storm sank 27 trawlers in the bay on Monday. No trawler was insured."),),
    good=(
        Example("en", "Storm sinks 23 trawlers\n\nThe storm sank 23 trawlers in the bay on Monday. In 2019 it sank 27 trawlers."),
        Example("en", "Storm sinks 20 trawlers\n\nThe storm sank about 23 trawlers in the bay on Monday."),
        Example("en", "Storm sinks 23 trawlers\n\nThe storm sank 27 ferries in the bay on Monday."),
    ),
)


class FigureConflicts:
    """Flags figures of an article that cannot both be right; only exact counts, told without «about»."""

    name: str = "figure_conflicts"
    rules: tuple[Rule, ...] = (PART, SUM, HEADLINE)

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Not assessed in a language without [numbers]; not applicable to an article with fewer than two figures."""
        if lexicon(article.language) is None:
            return {FLAG: not_assessed(f"no numbers known for language {article.language!r}" if article.language else "language unknown")}
        return {FLAG: ASSESSED if len(article.layer(claims)) > 1 else NOT_APPLICABLE}

    def detect(self, article: Article) -> Iterable[Finding]:
        """All conflicts, in the order of the rules."""
        using = lexicon(article.language)
        if using is None:
            return
        counts = _Counts(article, using)
        yield from counts.parts()
        yield from counts.totals()
        yield from counts.headlines()


class _Counts:
    """The exact counts of one article, and what they say of each other."""

    def __init__(self, article: Article, using: Lexicon) -> None:
        self.article, self.using = article, using
        self.tokens: Tokens = article.layer(tokens)
        self.text = article.folded.text
        self.claims: Sequence[Claim] = article.layer(claims)

    def _is_exact(self, claim: Claim) -> bool:
        """Whether a claim is a plain count without «about», a scale or a range."""
        quantity = claim.quantity
        before = {self.tokens.word(quantity.first - n) for n in (1, 2)}
        hedged = any(word in self.using.words[name] for word in before for name in ("approximators", "only"))
        return quantity.plain and quantity.value == quantity.high and quantity.value == int(quantity.value) and not hedged

    def _gap(self, left: Claim, right: Claim) -> str:
        return self.text[left.quantity.end : right.quantity.start]

    def _same_sentence(self, left: Claim, right: Claim) -> bool:
        return self.article.sentence_at(left.span.start) == self.article.sentence_at(right.span.start)

    def parts(self) -> Iterator[Finding]:
        """«23 boats, including 31 trawlers»."""
        for whole, part in pairwise(self.claims):
            distance = part.quantity.first - whole.quantity.last
            if not (self._is_exact(whole) and self._is_exact(part)) or distance > _FARTHEST_PART or not self._same_sentence(whole, part):
                continue
            gap = self._gap(whole, part)
            is_part = self.tokens.word(part.quantity.first - 1) in self.using.words["parts"]
            if is_part and gap.count(",") + gap.count("،") == 1 and part.quantity.value > whole.quantity.value:
                yield self.article.flag(PART, part.span, whole=self._words(whole))

    def totals(self) -> Iterator[Finding]:
        """«12 trawlers and 9 ferries, a total of 22»."""
        for first, second, total in zip(self.claims, self.claims[1:], self.claims[2:], strict=False):
            if not all(map(self._is_exact, (first, second, total))) or not self._same_sentence(first, total):
                continue
            near = all(0 < b.quantity.first - a.quantity.last <= _FARTHEST_PART for a, b in ((first, second), (second, total)))
            joined = self.tokens.word(second.quantity.first - 1) in self.using.words["between_and"]
            if not near or not joined or not self._says_total(second, total) or "," in self._gap(first, second):
                continue
            made = int(first.quantity.value + second.quantity.value)
            if made != total.quantity.value:
                parts = f"{self._words(first)} + {self._words(second)}"
                yield self.article.flag(SUM, total.span, parts=parts, sum=made)

    def _says_total(self, last: Claim, total: Claim) -> bool:
        """Whether the words before a count say that it sums up: «, soit», «, a total of»."""
        gap = self._gap(last, total)
        return any(gap.endswith(phrase + " ") for phrase in self.using.totals) and "," in gap

    def headlines(self) -> Iterator[Finding]:
        """«Storm sinks 23 trawlers» over «the storm sank 27 trawlers»."""
        if not self.claims or not self.article.sentences:
            return
        block = self.article.blocks[self.article.sentences[0].block].span
        if self.article.text[block.end - 1 : block.end] in (".", "…") or len(self.article.blocks) < 2:
            return
        values = {claim.quantity.value for claim in self.claims if claim.span.start >= block.end}
        for claim in self.claims:
            noun = self._noun(claim)
            if claim.span.start >= block.end or not noun or not self._is_exact(claim) or claim.quantity.value in values:
                continue
            others = [other for other in self.claims if other.span.start >= block.end and self._noun(other) == noun]
            if len(others) == 1 and self._is_exact(others[0]) and self._is_near(claim, others[0]):
                yield self.article.flag(HEADLINE, claim.span, other=self._words(others[0]))

    @staticmethod
    def _is_near(claim: Claim, other: Claim) -> bool:
        low, high = sorted((claim.quantity.value, other.quantity.value))
        return low * _FARTHEST_VALUE >= high

    def _noun(self, claim: Claim) -> str:
        """The word right behind a count; '' if it is too short to tell."""
        word = self.tokens.word(claim.quantity.last)
        return word if len(word) >= _SHORTEST_NOUN and self.text[claim.quantity.end : claim.quantity.end + 1] == " " else ""

    def _words(self, claim: Claim) -> str:
        return self.article.text[claim.span.start : claim.span.end]


DETECTOR = FigureConflicts()
