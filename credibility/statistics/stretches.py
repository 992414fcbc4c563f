"""Stretches of an article that change who speaks: quotations, and asides of the outlet inside what somebody says."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from credibility.document import Span
from credibility.lexicon import Tokens, tokens
from credibility.segment import Article
from credibility.statistics.attribution import Attribution
from credibility.statistics.voice_words import voice_words

_QUOTE_MARKS = re.compile('[«»“”„"]')
OPENING = '«“„"”'  # Arabic pages open with ” as well
CLOSING = '»”"“'
_PAUSES = (", ", "، ", " - ", " - ")
# «…", avait déclaré»: characters between a quotation and the verb behind it.
_AUXILIARY = 10
# «the old plant of the firm that»: words of a noun phrase in which its article is looked for.
_NOUN_PHRASE = 4
_ENDS = (",", "،", ";", "؛", " -")


def quotations(article: Article) -> list[Span]:
    """The quotations of an article in order, for `article.layer`; one left open ends with its block or goes on in the next."""
    found: list[Span] = []
    marks: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for hit in _QUOTE_MARKS.finditer(article.text):
        marks[article.block_at(hit.start())].append((hit.start(), hit.group()))
    marks.pop(-1, None)
    for number, inside in marks.items():
        block, start = article.blocks[number], -1
        for at, mark in inside:
            if at >= block.span.end:
                break
            closes = mark == '"' and _closes(article.text, at, block.span)
            if start < 0 and closes:
                found.append(Span(block.span.start, at + 1))  # opened in a block before
            elif start < 0 and mark in OPENING:
                start = at
            elif start >= 0 and mark in CLOSING:
                found.append(Span(start, at + 1))
                start = -1
        if start >= 0:
            found.append(Span(start, block.span.end))
    return found


def _closes(text: str, at: int, block: Span) -> bool:
    """Whether a straight quotation mark can only close: punctuation follows it, and it does not open the block."""
    return at > block.start and text[at + 1 : at + 2] in (",", ".", ";") and text[at - 1 : at] not in ("(", "")


class Asides:
    """Tells the relative clauses between commas that an outlet slips into what somebody says: «…, which owes 3 billion, …»."""

    def __init__(self, article: Article, quoted: Sequence[Span]) -> None:
        self.article, self.quoted = article, quoted
        self.tokens: Tokens = article.layer(tokens)
        self.using = using = voice_words(article.language)
        self.relatives = using.words["asides"] if using else None
        self.view, self.text = article.folded, article.folded.text

    def is_aside(self, claim: Span, attribution: Attribution) -> bool:
        """Whether a claim in the sentence of an attribution is the outlet's own all the same.

        It is, if it stands in a relative clause behind the cue and the sentence goes on after that clause, or what was said is
        over: a quotation has closed, or the cue itself stands behind it.
        """
        if self.relatives is None or attribution.kind not in ("saying", "act") or self.is_quoted(claim):
            return False
        if self._is_apposed(claim, attribution) or self._is_behind(claim, attribution) or self._is_presupposed(claim, attribution):
            return True
        sentence = self.article.sentences[attribution.sentence]
        start, end = self._clause(claim, sentence.start, sentence.end)
        cue = self.view.folded(attribution.cue.end)
        if start < 0 or start < cue or (attribution.source and self.view.folded(attribution.source.start) > start):
            return False
        framed = attribution.content.start < attribution.cue.start
        return framed or end < self.view.folded(sentence.end) - 1 or '"' in self.text[cue:start]

    def _is_apposed(self, claim: Span, attribution: Attribution) -> bool:
        """Whether a claim stands between commas between who speaks and the verb: «Ruiz, one of nine founders, said»."""
        source, cue = attribution.source, attribution.cue
        if source is None or not source.end <= claim.start < claim.end <= cue.start:
            return False
        return self._pauses(source.end, claim.start) and self._pauses(claim.end, cue.start)

    def _is_behind(self, claim: Span, attribution: Attribution) -> bool:
        """Whether a claim follows speaker and verb that close a quotation: «…», he told 300 guests."""
        source, cue = attribution.source, attribution.cue
        said = min(cue.start, source.start if source else cue.start)
        over = max(cue.end, source.end if source else cue.end)
        if claim.start < over or attribution.kind != "saying":
            return False
        at, opening = self.view.folded(said), self.view.folded(self.article.sentences[attribution.sentence].start)
        before = self.text[max(opening, at - _AUXILIARY) : at]
        between = self.text[self.view.folded(over) : self.view.folded(claim.start)]
        is_title = source is not None and source.start > cue.start and between.startswith(", ")  # «said Kern, head of a group that …»
        return '"' in before and not any(mark in between for mark in '":') and not self._reports(over, claim.start, is_title=is_title)

    def closes_quotation(self, attribution: Attribution) -> bool:
        """Whether a quotation ends right before speaker and verb: «…», he said."""
        source, cue = attribution.source, attribution.cue
        at = self.view.folded(min(cue.start, source.start if source else cue.start))
        return '"' in self.text[max(0, at - _AUXILIARY) : at]

    def _is_presupposed(self, claim: Span, attribution: Attribution) -> bool:
        """Whether a claim describes a thing already known: «he announced the closure of the plant that makes 600,000 pots»."""
        if self.using is None or attribution.kind != "saying" or claim.start < attribution.cue.end:
            return False
        words, cue = self.using.words, self.view.folded(attribution.cue.end)
        first, last = self.tokens.at(cue), self.tokens.at(self.view.folded(claim.start))
        between = self.tokens.words[first:last]
        at = next((n for n in range(last - 1, first, -1) if between[n - first] in words["asides"] and self._is_relative(n)), None)
        if at is not None and "," in self.tokens.gaps[at] and any("," in gap for gap in self.tokens.gaps[at + 1 : last + 1]):
            return False  # «… the singer, who is a star, could cost the firm millions»: the clause is over
        if at is None or words["speech"].any_of(between[: at - first]) or ":" in self.text[cue : self.tokens.starts[at]]:
            return False
        before = self.tokens.words[max(first, at - _NOUN_PHRASE) : at]
        article = next((word for word in reversed(before) if word in words["determiners"] or word in words["indefinite"]), "")
        return article in words["determiners"]

    def _is_relative(self, number: int) -> bool:
        """Whether a word that may be an article as well («die Zahl der Boote») stands behind a comma, as its relative pronoun does."""
        is_article = self.using is not None and self.tokens.words[number] in self.using.words["determiners"]
        return not is_article or "," in self.tokens.gaps[number]

    def _reports(self, start: int, end: int, *, is_title: bool) -> bool:
        """Whether «that», unless it describes a title, or another verb of speech stands between two places of the source."""
        first, last = self.tokens.at(self.view.folded(start)), self.tokens.at(self.view.folded(end))
        between = self.tokens.words[first:last]
        return self.using is not None and any(
            self.using.words[name].any_of(between) for name in ("gerunds", "says", *(() if is_title else ("speech",)))
        )

    def _pauses(self, start: int, end: int) -> bool:
        return any(mark in self.text[self.view.folded(start) : self.view.folded(end)] for mark in (",", "،"))

    def is_quoted(self, span: Span) -> bool:
        """Whether a span stands inside a quotation."""
        at = bisect_right(self.quoted, span.start, key=lambda q: q.start) - 1
        return at >= 0 and self.quoted[at].covers(span)

    def _clause(self, claim: Span, first: int, last: int) -> tuple[int, int]:
        """Where the relative clause around a claim starts and ends in the folded text; -1, -1 if it stands in none."""
        low, high = self.view.folded(first), self.view.folded(last)
        at, until = self.view.folded(claim.start), self.view.folded(claim.end)
        start = max(self.text.rfind(mark, low, at) + len(mark) if mark in self.text[low:at] else -1 for mark in _PAUSES)
        if start < 0 or self.relatives is None or self.tokens.word(self.tokens.at(start)) not in self.relatives:
            return -1, -1
        ends = [place for mark in _ENDS if (place := self.text.find(mark, until, high)) >= 0]
        return start, min(ends, default=high)
