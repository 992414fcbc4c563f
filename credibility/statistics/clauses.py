"""The clauses that a passive, a rumour or an act covers: from one comma or semicolon to the next."""

from credibility.document import Span
from credibility.segment import Article
from credibility.statistics.subjects import Subjects
from credibility.statistics.voice_words import VoiceWords

_ENDS = (", ", "; ", "، ", "؛ ")


class Clauses:
    """Finds the clauses of one article, each told by the folded positions of a cue and the number of its sentence."""

    def __init__(self, article: Article, using: VoiceWords, subjects: Subjects) -> None:
        self.view, self.text, self.speech = article.folded, article.folded.text, using.words["speech"]
        self.tokens, self.cut = subjects.tokens, subjects.cut
        self.sentence_starts, self.sentence_ends = subjects.sentence_starts, subjects.sentence_ends

    def at(self, start: int, end: int, row: int) -> Span:
        """The clause that a cue stands in; for a cue that has one to itself the clauses beside it."""
        first = max(self.text.rfind(mark, self.sentence_starts[row], start) for mark in _ENDS)
        if self.tokens.word(self.tokens.at(end)) in self.speech and self.text[end : end + 1] == ",":
            end += 1  # «Сообщается, что …»
        left, last = max(first, self.sentence_starts[row]), self._end(end, row)
        if self.text[left:start].strip(" ,") == "" and self.text[end:last].strip(" .") == "":
            return self._around(left, end, row)
        return self.view.source(left, last)

    def _around(self, start: int, end: int, row: int) -> Span:
        """«Le prix, dit-on, est de 40 euros», «Apparemment, 40 bateaux …»."""
        opening = self.sentence_starts[row]
        left = max(self.text.rfind(mark, opening, start) for mark in _ENDS)
        return self.view.source(max(opening, left), self._end(end + 1, row))

    def _end(self, position: int, row: int) -> int:
        """Where the clause that a position stands in ends."""
        ends = [at for mark in _ENDS if (at := self.text.find(mark, position, self.sentence_ends[row])) >= 0]
        return min(ends, default=self.sentence_ends[row])

    def described(self, number: int, end: int, row: int) -> Span:
        """What a participle tells of: its clause, and the one before if punctuation parts them («une hausse de 4 %, annoncée par …»)."""
        start = self.tokens.starts[number]
        before = self.tokens.ends[number - 1] if number and self.cut[number] else start
        return Span(self.at(max(before, self.sentence_starts[row]), end, row).start, self.at(start, end, row).end)
