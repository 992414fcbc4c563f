"""What stands around a figure, as numbers: where voices and other figures are, and what its sentence has in common with theirs.

One row for each claim, one column for each of `continuation.FEATURES`; distances are counted in sentences. Rows of claims that rules
have told a source for stay zero, since nobody asks for them.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from credibility.document import Span
from credibility.segment import Article
from credibility.statistics.attribution import Attribution
from credibility.statistics.claim import Claim
from credibility.statistics.continuation import FEATURES, FloatRows
from credibility.statistics.voice_words import voice_words
from credibility.statistics.wording import Wording, words_of

# A distance that stands for none.
_FAR = 99
# A chain of sentences with figures is followed so far back.
_LONGEST_CHAIN = 8
# Of the voices before and behind a figure, so many are compared with its sentence.
_COMPARED = 8
# A lede, in sentences with its headline, and where the end of an article begins.
_LEDE = 3
_TAIL = 0.8
_SHORTEST_NAME = 4
# The words of a sentence that tell how it speaks, each a column.
_KINDS = ("reported", "passive_with", "says", "documents", "acts", "unnamed")


class Surroundings:
    """The surroundings of the claims of one article."""

    def __init__(
        self,
        article: Article,
        claims: Sequence[Claim],
        rows: Sequence[int],
        attributions: Mapping[int, Sequence[Attribution]],
        named: Callable[[int], Attribution | None],
        is_quoted: Callable[[Span], bool],
        back: frozenset[int],
    ) -> None:
        """rows: the sentence of each claim; attributions, named: all those of a sentence, and its last named voice; back: sentences
        that begin with continuing words."""
        self.article, self.claims, self.rows = article, claims, rows
        self.attributions, self.named, self.is_quoted, self.back = attributions, named, is_quoted, back
        self.using = voice_words(article.language)
        self.voiced = sorted(row for row in attributions if named(row))
        self.voiced_set = frozenset(self.voiced)
        self.around = Wording(article)
        self.per_row = Counter(rows)
        self.told: dict[int, tuple[float, ...]] = {}  # of sentences, by their numbers

    def table(self, labels: Sequence[str]) -> FloatRows:
        """One row for each claim. labels: what rules told of each, of which the unsourced get a row."""
        table = np.zeros((len(self.claims), len(FEATURES)), np.float32)
        sourced = frozenset(row for row, label in zip(self.rows, labels, strict=True) if label == "sourced")
        units = frozenset((row, unit(claim)) for claim, row in zip(self.claims, self.rows, strict=True) if row in sourced)
        voices = [voice for row in self.voiced if (voice := self.named(row))]
        count, whole = sum(label == "sourced" for label in labels), max(1, len(labels))
        of_article = (
            len(self.voiced) / max(1, len(self.article.sentences)),
            count / whole,
            min(1.0, whole / max(1, len(self.article.sentences))),
            min(count, 8) / 8,
            min(whole, 30) / 30,
            sum(map(self.around.is_document, voices)) / max(1, len(voices)),
        )
        for n, label in enumerate(labels):
            if label == "unsourced":
                row = self.rows[n]
                table[n] = (
                    *self.of_sentence(row),
                    *self._of_claim(n),
                    *self._of_sourced(n, sourced, units),
                    *self._of_neighbours(n, labels),
                    *of_article,
                    min(20, row - self.voiced[0]) / 20 if self.voiced else 1.0,
                    min(50, len(self.around.words(row))) / 50,
                )
        return table

    def _near(self, row: int) -> tuple[int, int]:
        """Distance to the last sentence with a named voice, this included, and to the next."""
        at = bisect_right(self.voiced, row)
        before = row - self.voiced[at - 1] if at else _FAR
        return before, self.voiced[at] - row if at < len(self.voiced) else _FAR

    def of_sentence(self, row: int) -> tuple[float, ...]:
        """What all claims of a sentence have in common."""
        if row not in self.told:
            self.told[row] = self._of_sentence(row)
        return self.told[row]

    def _of_sentence(self, row: int) -> tuple[float, ...]:
        before, after = self._near(row)
        around, sentences = self.around, self.article.sentences
        place, words = row / len(sentences), around.words(row)
        near = bisect_left(self.voiced, row - 3), bisect_right(self.voiced, row + 3)
        compared = self.voiced[max(0, near[0] - _COMPARED) : near[1] + _COMPARED]
        here, previous = self.attributions.get(row, ()), self.attributions.get(row - 1, ())
        acts = (a for r in (row - 1, row, row + 1) for a in self.attributions.get(r, ()))
        between = range(row - before + 1, row) if before < _FAR else range(0)
        lists = self.using.words if self.using else {}
        return (
            before <= 1, before == 2, 2 < before <= 4, before == _FAR, after == 1, after == 2, after == _FAR, before <= 2 and after <= 2,
            min(4, self.per_row[row]) / 4, before < _FAR and row - before in self.per_row, row == 0, row < _LEDE, place, place >= _TAIL,
            before < _FAR and sentences[row].block == sentences[row - before].block, row in self.back, min(before, 10) / 10,
            around.shared(row, row - before) if before < _FAR else 0.0, around.shared(row, row + after) if after < _FAR else 0.0,
            around.shared(row, row - 1), max((around.shared(row, other) for other in compared), default=0.0), around.has_law(row),
            around.has_law(row - 1), around.has_year(row), (near[1] - near[0]) / 7, bool(here), any(not a.named for a in here),
            any(not a.named for a in previous), any(a.kind == "act" and a.named for a in acts),
            sum(r in self.per_row for r in between) / len(between) if between else float(before < _FAR),
            bool(words) and bool(lists) and words[0] in lists["pronouns"], *(bool(lists) and lists[kind].any_of(words) for kind in _KINDS),
            *(self._of_voice(row - before, row) if before < _FAR else (0.0,) * 6),
        )  # fmt: skip

    def _of_voice(self, at: int, row: int) -> tuple[float, ...]:
        """The voice of one sentence, seen from another: whether it only points back, is a document, is a body, its capitals, whether
        its cue is «according to», and whether its words come again."""
        voice = self.named(at)
        if voice is None or voice.source is None or self.using is None:
            return (voice is not None and voice.pronoun, *(0.0,) * 5)
        said = self.article.text[voice.source.start : voice.source.end]
        words = words_of(self.article, voice.source)
        again = {word for word in words if len(word) >= _SHORTEST_NAME}
        return (
            voice.pronoun,
            self.around.is_document(voice),
            self.using.words["institutions"].any_of(words),
            min(4, sum(word[:1].isupper() for word in said.split())) / 4,
            voice.kind == "according",
            not again.isdisjoint(self.around.words(row)),
        )

    def _of_claim(self, n: int) -> tuple[float, ...]:
        """The claim itself."""
        claim, is_share = self.claims[n], self.claims[n].kind in ("share", "change")
        return (
            is_share, claim.kind == "money", claim.kind == "vague", claim.kind == "rank", claim.topic == "outcome", claim.topic == "market",
            is_share and self._near(self.rows[n])[0] <= 2, self.is_quoted(claim.span),
        )  # fmt: skip

    def _of_sourced(self, n: int, sourced: frozenset[int], units: frozenset[tuple[int, str]]) -> tuple[float, ...]:
        """How a claim stands to figures with a source: whether a chain of figures leads to one or to a voice, and its unit."""
        chain = row = self.rows[n]
        while chain in self.per_row and chain not in sourced and row - chain < _LONGEST_CHAIN:
            chain -= 1
        mine = unit(self.claims[n])
        return chain in sourced, chain in self.voiced_set, any((row - k, mine) in units for k in (1, 2, 3))

    def _of_neighbours(self, n: int, labels: Sequence[str]) -> tuple[float, ...]:
        """The claims before and behind: how far, whether sourced and near, of the same unit; the one before also whether open and near."""
        told: list[float] = []
        for other in (n - 1, n + 1):
            if not 0 <= other < len(labels):
                told += (1.0, 0.0, 0.0, 0.0)
                continue
            distance = abs(self.rows[other] - self.rows[n])
            is_near, label = distance <= 1, labels[other]
            same = unit(self.claims[other]) == unit(self.claims[n])
            told += (min(5, distance) / 5, is_near and label == "sourced", same, is_near and label == "unsourced" and other < n)
        return tuple(told[:-1])


def unit(claim: Claim) -> str:
    """The unit of a claim, for plain counts the kind."""
    return claim.quantity.unit or claim.kind
