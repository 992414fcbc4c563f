"""Statistics and who stands behind them: every quantitative claim with its label, source and what the label rests on.

A claim is 'sourced' if an identifiable source covers it, 'vague' if only an unnamed one or a passive does, else 'unsourced'.
Coverage is told step by step, the nearest first: in the sentence, in the running quotation, in the sentence after («Об этом
сообщает …»), by continuation of the account before, between two mentions of one source, by the same figure elsewhere.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from credibility.attribution import Attribution, attributions, voice_words
from credibility.document import Span, Statistic
from credibility.lexicon import tokens
from credibility.number_claims import Claim, claims
from credibility.segment import Article

_SAID = ("saying", "according")
_NEAR = 2  # sentences within which a source on both sides covers a figure between them (the guideline's «sandwich»)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a label rests on: the attribution (None: none), and how it reaches the claim."""

    label: str
    how: str
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A claim with its ground and where the nearest attribution stands, in sentences (-1 before, 1 after, None: none at all)."""

    claim: Claim
    ground: Ground
    nearest: int | None


def statistics(article: Article) -> tuple[Statistic, ...]:
    """The statistics of an article in order. evidence: value, high, unit, kind, topic, how the label was told, nearest attribution."""
    return tuple(_statistic(figure) for figure in article.layer(figures))


def _statistic(figure: Figure) -> Statistic:
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
        },
    )


def figures(article: Article) -> tuple[Figure, ...]:
    """The claims of an article with their grounds, in order, for `article.layer`."""
    found = article.layer(claims)
    return tuple(_Account(article, found).figures()) if found else ()


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
        self.quoted = _quoted_sentences(article)
        self.antecedents = self._antecedents()
        self.backward, self.reported = self._marked_sentences()

    def _row(self, span: Span) -> int:
        """Number of the sentence that a claim stands in."""
        return max(0, bisect_right(self.starts, span.start) - 1)

    def figures(self) -> Iterable[Figure]:
        """All claims; the label of a figure that is attributed elsewhere holds for its repeats and its headline."""
        grounds = [self._ground(claim, row) for claim, row in zip(self.claims, self.rows, strict=True)]
        known: dict[tuple[float, str], Ground] = {}
        for claim, ground in zip(self.claims, grounds, strict=True):
            if ground.label == "sourced":
                known.setdefault(_worth(claim), ground)
        for claim, row, ground in zip(self.claims, self.rows, grounds, strict=True):
            if ground.label != "sourced" and (same := known.get(_worth(claim))):
                ground = Ground("sourced", "repeat", same.attribution)
            yield Figure(claim, ground, self._nearest(row))

    def _nearest(self, row: int) -> int | None:
        """Distance to the nearest sentence with an attribution."""
        near = [at - row for at in self.by_sentence]
        return min(near, key=lambda distance: (abs(distance), distance)) if near else None

    def _ground(self, claim: Claim, row: int) -> Ground:
        """What stands behind one claim."""
        here = [a for a in self.by_sentence.get(row, ()) if a.content.covers(claim.span) or a.content.overlaps(claim.span)]
        if named := [a for a in here if a.named]:
            said = [a for a in named if a.kind in _SAID] or named
            best = min(said, key=lambda a: abs(a.cue.start - claim.span.start))
            return Ground("sourced", best.kind, self._resolved(best))
        if here:
            return Ground("vague", here[0].kind, here[0])
        if row in self.quoted and (speaker := self._speaker(row)):
            return Ground("sourced", "quotation", speaker)
        return self._from_around(row) or Ground("unsourced", "")

    def _from_around(self, row: int) -> Ground | None:
        """The source named in the sentence after, indirect speech, or a source on both sides."""
        if row in self.backward and (following := self._named(row + 1)):
            return Ground("sourced", "backward", following)
        if row in self.reported and (speaker := next((a for n in (1, 2, 3, 4) if (a := self._named(row - n))), None)):
            return Ground("sourced", "reported", self._resolved(speaker))
        before = self._named(row - 1)
        after = self._named(row + 1)
        if before and after:
            return Ground("sourced", "sandwich", self._resolved(before))
        return None

    def _marked_sentences(self) -> tuple[frozenset[int], frozenset[int]]:
        """Numbers of the sentences whose source the next one names, and of those in indirect speech."""
        using, words = voice_words(self.article.language), self.article.layer(tokens)
        if using is None:
            return frozenset(), frozenset()
        view, backward, reported = self.article.folded, set(), set()
        for row in {row for at in self.rows for row in (at, at + 1)}:
            if row >= len(self.article.sentences):
                continue
            sentence = self.article.sentences[row]
            first, last = words.at(view.folded(sentence.start)), words.at(view.folded(sentence.end))
            if first < last and using.backward.match(view.text, words.items[first]):
                backward.add(row - 1)
            if any(token.word in using.words["reported"] for token in words.items[first:last]):
                reported.add(row)
        return frozenset(backward), frozenset(reported)

    def _named(self, row: int) -> Attribution | None:
        """The last named saying of a sentence."""
        said = [a for a in self.by_sentence.get(row, ()) if a.named and a.kind in _SAID]
        return said[-1] if said else None

    def _speaker(self, row: int) -> Attribution | None:
        """Who speaks in a quotation that runs over whole sentences: the nearest named voice around it."""
        for distance in (1, -1, 2, -2):
            if found := self._named(row + distance):
                return self._resolved(found)
        return None

    def _antecedents(self) -> dict[Attribution, Attribution]:
        """For each attribution that only points back, the last one that names its source."""
        last, found = None, {}
        for attribution in self.attributions:
            if attribution.pronoun:
                if last is not None:
                    found[attribution] = last
            elif attribution.named and attribution.source and attribution.kind in _SAID:
                last = attribution
        return found

    def _resolved(self, attribution: Attribution) -> Attribution:
        """The attribution, or for one without words of its own the last that names the source."""
        return self.antecedents.get(attribution, attribution) if attribution.source is None else attribution


def _worth(claim: Claim) -> tuple[float, str]:
    """Value and unit: what two mentions of one figure have in common."""
    return (round(claim.quantity.value, 6), claim.quantity.unit)


def _quoted_sentences(article: Article) -> frozenset[int]:
    """Numbers of the sentences that lie in a quotation as a whole: opened before their end, closed after their start."""
    text, rows, inside, block = article.text, set(), False, -1
    for row, sentence in enumerate(article.sentences):
        if sentence.block != block and not (inside and text[sentence.start] in '«“"'):
            inside, block = False, sentence.block
        block = sentence.block
        piece = text[sentence.start : sentence.end]
        opened = sum(piece.count(mark) for mark in "«“„")
        closed = sum(piece.count(mark) for mark in "»”")
        straight = piece.count('"')
        starts = piece[0] in "«“„\"'"
        if inside or starts:
            rows.add(row)
        balance = opened - closed
        inside = (inside or starts) if not (balance or straight % 2) else (balance > 0 or (straight % 2 == 1 and not inside))
        if starts and not balance and straight % 2 == 0 and (straight or opened):
            inside = False
    return frozenset(rows)
