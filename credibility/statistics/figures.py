"""Statistics and who stands behind them: every quantitative claim with its label, source and what the label rests on.

A claim is 'sourced' if an identifiable source covers it, 'vague' if only an unnamed one or a passive does, else 'unsourced'.
Coverage is told step by step, the nearest first: in the sentence, in the running quotation, in the sentence after («Об этом
сообщает …»), by continuation of the account before, between two mentions of one source, by the same figure elsewhere.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from credibility.document import Span, Statistic
from credibility.lexicon import tokens
from credibility.segment import Article
from credibility.statistics.antecedents import SAID, Antecedents
from credibility.statistics.attribution import Attribution, attributions
from credibility.statistics.claim import Claim
from credibility.statistics.continuation import Continuation, FloatRows, continuation
from credibility.statistics.number_claims import claims
from credibility.statistics.number_words import lexicon
from credibility.statistics.stretches import Asides, quotations
from credibility.statistics.surroundings import Surroundings
from credibility.statistics.voice_words import voice_words
from credibility.statistics.wording import words_of
from credibility.statistics.worths import Worths

# Below it the figures of a headline are told exactly.
_FEWEST_ROUNDED = 20
# A count below it is the same as another only if the same is counted, told by so many letters.
_SMALL = 10
_STEM = 4
# A lede, in sentences with its headline.
_LEDE = 3


class Ground(NamedTuple):
    """What a label rests on: the attribution (None: none), and how it reaches the claim."""

    label: str
    how: str
    attribution: Attribution | None = None
    doubt: float = 0.0  # probability that an unsourced figure continues an attributed account after all


class Figure(NamedTuple):
    """A claim with its ground and where the nearest attribution stands, in sentences (-1 before, 1 after, None: none at all)."""

    claim: Claim
    ground: Ground
    nearest: int | None


def statistics(article: Article) -> tuple[Statistic, ...]:
    """The statistics of an article in order. evidence: value, high, unit, kind, topic, how the label was told, nearest attribution."""
    return tuple(map(statistic_of, article.layer(figures)))


def statistic_of(figure: Figure) -> Statistic:
    """The figure as a report shows it."""
    quantity, ground = figure.claim.quantity, figure.ground
    source = ground.attribution.source if ground.attribution else None
    high = None if quantity.high == quantity.value or quantity.high != quantity.high else quantity.high
    return Statistic(
        span=figure.claim.span,
        label=ground.label,
        source=source,
        evidence={
            "value": None if quantity.value != quantity.value else round(quantity.value, 6),
            "high": high,
            "unit": quantity.unit,
            "kind": figure.claim.kind,
            "topic": figure.claim.topic,
            "how": ground.how,
            "nearest_attribution": figure.nearest,
            "doubt": round(ground.doubt, 3),
        },
    )


def figures(article: Article) -> tuple[Figure, ...]:
    """The claims of an article with their grounds, in order, for `article.layer`."""
    return figures_told_by(article, continuation())


def figures_told_by(article: Article, model: Continuation | None) -> tuple[Figure, ...]:
    """The claims with the grounds that this model gives to what rules leave open; None leaves it open."""
    found = article.layer(claims)
    return tuple(_Account(article, found).figures(model)) if found else ()


def open_claims(article: Article) -> list[tuple[Span, FloatRows]]:
    """The claims that rules leave without a source, with their features: what `training.continuation` learns from."""
    found = article.layer(claims)
    if not found:
        return []
    account = _Account(article, found)
    grounds = account.told_by_rules()
    rows = account.features(grounds)
    return [(claim.span, rows[n]) for n, claim in enumerate(found) if grounds[n].label == "unsourced"]


class _Account:
    """Tells the grounds of the claims of one article."""

    def __init__(self, article: Article, found: Sequence[Claim]) -> None:
        self.article, self.claims = article, found
        self.attributions = article.layer(attributions)
        self.by_sentence: dict[int, list[Attribution]] = {}
        for attribution in self.attributions:
            self.by_sentence.setdefault(attribution.sentence, []).append(attribution)
        self.starts = [sentence.start for sentence in article.sentences]
        self.rows = [self._row(claim.span) for claim in found]
        self.asides = Asides(article, article.layer(quotations))
        self.antecedents = Antecedents(article)
        using = voice_words(article.language)
        self.worths = Worths(article, using) if using else None
        self.attributed = sorted(self.by_sentence)
        self.voiced = sorted(row for row in self.by_sentence if self._named(row))
        self.backward, self.reported, self.back = self._marked_sentences()

    def _row(self, span: Span) -> int:
        """Number of the sentence that a claim stands in."""
        return max(0, bisect_right(self.starts, span.start) - 1)

    def figures(self, model: Continuation | None) -> Iterable[Figure]:
        """All claims; the label of a figure that is attributed elsewhere holds for its repeats and its headline."""
        for claim, row, ground in zip(self.claims, self.rows, self._settled(model), strict=True):
            yield Figure(claim, ground, self._nearest(row))

    def _settled(self, model: Continuation | None) -> list[Ground]:
        """The grounds of the claims, repeats included, then what the model says of those that stay open."""
        grounds = self.told_by_rules()
        open_rows = [n for n, ground in enumerate(grounds) if ground.label == "unsourced"]
        if open_rows and model:
            told = model.trees.probability(self.features(grounds)[open_rows]).tolist()
            for n, probability in zip(open_rows, told, strict=True):
                doubt = 0.0 if self.claims[n].topic == "market" else probability
                source = self._before(n) if doubt > model.threshold else None
                grounds[n] = Ground("sourced", "continuation", source) if source else Ground("unsourced", "", doubt=doubt)
        return self._repeated(self._vague_continued(grounds))

    def _vague_continued(self, grounds: list[Ground]) -> list[Ground]:
        """Figures that go on from one with a vague source, in its sentence or in one that says so («Из них …»), are vague as well."""
        for n in range(1, len(grounds)):
            before, distance = grounds[n - 1], self.rows[n] - self.rows[n - 1]
            goes_on = distance == 0 or (distance == 1 and self.rows[n] in self.back)
            if grounds[n].label == "unsourced" and before.label == "vague" and before.how != "hearsay" and goes_on:
                grounds[n] = Ground("vague", "continuation", before.attribution)
        return grounds

    def told_by_rules(self) -> list[Ground]:
        """The grounds before the model is asked."""
        return self._repeated([self._ground(claim, row) for claim, row in zip(self.claims, self.rows, strict=True)])

    def _repeated(self, grounds: list[Ground]) -> list[Ground]:
        """Claims without a source that repeat a figure with one take it over; a headline may round it."""
        known: dict[tuple[float, str], Ground] = {}
        for label in ("sourced", "vague"):
            for claim, ground in zip(self.claims, grounds, strict=True):
                if ground.label == label:
                    known.setdefault(self._worth(claim), ground)
        return [
            Ground(same.label, "repeat", same.attribution)
            if ground.label != "sourced" and (same := self._same(claim, row, known)) and same.label != ground.label
            else ground
            for claim, row, ground in zip(self.claims, self.rows, grounds, strict=True)
        ]

    def _same(self, claim: Claim, row: int, known: Mapping[tuple[float, str], Ground]) -> Ground | None:
        """The ground of a figure that is worth the same: «630 millions» is «630 millions d'euros», in a headline «60,000» is 60,496."""
        value, unit = self._worth(claim)
        if found := known.get((value, unit)):
            return None if claim.topic == "market" and found.how == "continuation" else found
        is_headline = value >= _FEWEST_ROUNDED and (row == 0 or (row < _LEDE and self._is_approximate(claim)))
        if not is_headline and (unit or not claim.quantity.scaled):
            return None
        alike = (ground for (other, of), ground in known.items() if _rounds(value, other) and (of == unit or not unit))
        return next(alike, None) if is_headline else next((g for (v, _), g in known.items() if v == value), None)

    def _worth(self, claim: Claim) -> tuple[float, str]:
        """Value and unit; of a small count also the beginning of what is counted, since «two» is often another two."""
        value, unit = _worth(claim)
        if unit or value >= _SMALL:
            return value, unit
        following = self.article.layer(tokens).word(claim.quantity.last)
        return value, f"of {following[:_STEM]}"

    def _is_approximate(self, claim: Claim) -> bool:
        """Whether a claim says that it rounds: «more than 60,000»."""
        using = lexicon(self.article.language)
        return using is not None and self.article.layer(tokens).word(claim.quantity.first - 1) in using.words["approximators"]

    def _before(self, n: int) -> Attribution | None:
        """The last named voice up to the sentence of a claim, else one in the next; none that it counts («nine in ten parents say»)."""
        rows, row = self.voiced, self.rows[n]
        at = bisect_right(rows, row)
        near = rows[at - 1] if at else rows[at] if at < len(rows) and rows[at] == row + 1 else None
        found = None if near is None else self._named(near)
        is_counted = found is not None and found.source is not None and found.source.overlaps(self.claims[n].span)
        return self.antecedents.in_full(found) if found and not is_counted else None

    def features(self, grounds: Sequence[Ground]) -> FloatRows:
        """One row of numbers for each claim; see FEATURES."""
        around = Surroundings(self.article, self.claims, self.rows, self.by_sentence, self._named, self.asides.is_quoted, self.back)
        return around.table([ground.label for ground in grounds])

    def _nearest(self, row: int) -> int | None:
        """Distance to the nearest sentence with an attribution; of two as near, the one before."""
        at = bisect_right(self.attributed, row)
        near = [self.attributed[n] - row for n in (at - 1, at) if 0 <= n < len(self.attributed)]
        return min(near, key=abs) if near else None

    def _ground(self, claim: Claim, row: int) -> Ground:
        """What stands behind one claim."""
        here = [a for a in self.by_sentence.get(row, ()) if a.content.covers(claim.span) or a.content.overlaps(claim.span)]
        here = [a for a in here if not self.asides.is_aside(claim.span, a)]
        hidden = [a for a in here if not a.named and a.kind in SAID]
        if named := [a for a in here if a.named and not (a.kind == "act" and hidden)]:  # «the city will buy 40 boats, officials said»
            said = [a for a in named if a.kind in SAID] or named
            if self.asides.is_quoted(claim.span):  # whoever speaks, not whom the quotation names
                said = [a for a in said if not self.asides.is_quoted(a.cue)] or said
            best = min(said, key=lambda a: (a in self.antecedents.bare, self._is_manner(a), abs(a.cue.start - claim.span.start)))
            # «We counted 40 boats» in a quotation, but not «…», he said; «По его словам»
            is_told_by_name = best in self.antecedents.bare and (best.kind == "according" or self.asides.is_quoted(best.cue))
            return Ground("sourced", best.kind, self.antecedents.in_full(best) if is_told_by_name else self.antecedents.resolved(best))
        if row in self.backward and (following := self._named(row + 1, first=True)):
            return Ground("sourced", "backward", self.antecedents.resolved(following))
        if here := hidden or here:
            goes_on = row in self.back and here[0].kind == "passive"
            before = self._named(row - 1) if goes_on else None
            return (
                Ground("sourced", "continuation", self.antecedents.resolved(before)) if before else Ground("vague", here[0].kind, here[0])
            )
        if self.asides.is_quoted(claim.span) and (speaker := self._speaker(row)):
            return Ground("sourced", "quotation", speaker)
        return self._fixed(claim, row) or Ground("unsourced", "")

    def _fixed(self, claim: Claim, row: int) -> Ground | None:
        """The law or act that fixes a claim, or indirect speech that goes on."""
        fixed = self.worths.beside(claim, row) if self.worths else None
        if fixed is None and (around := self._from_around(row)):
            return around
        if fixed is None and self.worths and not self.asides.is_quoted(claim.span):
            fixed = self.worths.bound(claim, row, self.by_sentence)
        return Ground("sourced", "law", self.antecedents.in_full(fixed)) if fixed else None

    def _from_around(self, row: int) -> Ground | None:
        """Indirect speech that goes on («… lägen auf Platz 3»)."""
        if row in self.reported and (speaker := next((a for n in (1, 2, 3, 4) if (a := self._named(row - n))), None)):
            return Ground("sourced", "reported", self.antecedents.in_full(speaker))
        return None

    def _marked_sentences(self) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
        """Numbers of the sentences whose source the next one names, of those in indirect speech, and of those that continue."""
        using, words = voice_words(self.article.language), self.article.layer(tokens)
        if using is None:
            return frozenset(), frozenset(), frozenset()
        view, backward, reported, back = self.article.folded, set(), set(), set()
        told = using.words["reported"].among(words.vocabulary)
        for row in {row for at in self.rows for row in (at, at + 1)}:
            if row >= len(self.article.sentences):
                continue
            start, end = self.article.folded_sentences[row]
            first, last = words.at(start), words.at(end)
            if first < last and using.backward.match(view.text, words.token(first)):
                backward.add(row - 1)
            if first < last and using.back.match(view.text, words.token(first)):
                back.add(row)
            if not told.isdisjoint(words.words[first:last]):
                reported.add(row)
        return frozenset(backward), frozenset(reported), frozenset(back)

    def _named(self, row: int, *, first: bool = False) -> Attribution | None:
        """The last (or first) named saying of a sentence."""
        said = [a for a in self.by_sentence.get(row, ()) if a.named and a.kind in SAID]
        return (said[0] if first else said[-1]) if said else None

    def _speaker(self, row: int) -> Attribution | None:
        """Who speaks in a quotation that runs over whole sentences: the nearest named voice around it."""
        following = self._named(row + 1, first=True)
        closes = following is not None and self.asides.closes_quotation(following)
        for distance in (1, -1, 2, -2) if closes else (-1, 1, -2, 2):
            if found := self._named(row + distance):
                return self.antecedents.in_full(found)
        return None

    def _is_manner(self, attribution: Attribution) -> bool:
        """Whether an attribution may only tell how something is done («حسب الخطة», «selon le plan»), so that who speaks goes first."""
        using, source = voice_words(self.article.language), attribution.source
        if using is None or source is None or attribution.kind != "according":
            return False
        return using.words["laws"].any_of(words_of(self.article, source))


def _rounds(value: float, other: float) -> bool:
    """Whether a value of a headline stands for another: at most one part in twenty away."""
    return abs(value - other) <= abs(other) / 20


def _worth(claim: Claim) -> tuple[float, str]:
    """Value and unit: what two mentions of one figure have in common."""
    quantity = claim.quantity
    if quantity.form in ("fraction", "ratio"):
        return (round(100 * quantity.value, 2), "%")  # «la moitié» and «50 %»
    return (round(quantity.value, 2), quantity.unit)
