"""Figures that a law, plan or act fixes of which no verb tells it.

It is named beside the figure («le plan de 40 millions», «the government's £10m package»), or in the sentences before if what is told binds
(«La loi … Les amendes seront de 40 euros.»).
"""

from collections.abc import Mapping, Sequence

from credibility.document import Span
from credibility.lexicon import Tokens, sentence_tokens, tokens
from credibility.segment import Article
from credibility.statistics.attribution import Attribution
from credibility.statistics.claim import Claim
from credibility.statistics.noun_phrases import STOPS, Phrase
from credibility.statistics.number_words import lexicon
from credibility.statistics.voice_words import VoiceWords
from credibility.statistics.wording import words_of

# Words between a figure and the noun whose worth it is: «£10m (event support) package», «plan (de relance de la région) de 40 millions».
_FARTHEST_AFTER, _FARTHEST_BEFORE = 3, 6
# «de plus de 40 millions», «the new £10m fund»: words between a figure and what ties it to the noun, or its article.
_FARTHEST_TIE = 2
# «the Scottish government's», «une aide de 40 millions de la région»: words in which whose it is is looked for.
_LONGEST_OWNER, _LONGEST_GIVER = 5, 3
# A law or act binds so many sentences behind it, if nobody else speaks; a count, or a share of nothing named, only the next.
_FARTHEST_LAW, _NEXT = 4, 1


class Worths:
    """Finds the laws and acts of one article that fix figures."""

    def __init__(self, article: Article, using: VoiceWords) -> None:
        self.article, self.using = article, using
        self.tokens: Tokens = article.layer(tokens)
        self.firsts = article.layer(sentence_tokens)
        lists, vocabulary = using.words, self.tokens.vocabulary
        self.laws, self.binding = lists["laws"].among(vocabulary), lists["binding"].among(vocabulary)
        self.grants = lists["grants"].among(vocabulary)
        self.fixed = self.laws | self.grants
        numbers = lexicon(article.language)
        self.approximators = numbers.words["approximators"] if numbers else frozenset[str]()
        self.named: dict[int, Phrase | None] = {}  # by sentence

    # beside a figure -------------------------------------------------------------------------------------------------

    def beside(self, claim: Claim, row: int) -> Attribution | None:
        """The law, plan or grant whose worth a figure tells, as an attribution of its sentence; None if none stands beside it."""
        if not self.fixed or claim.kind in ("vague", "rank"):
            return None
        first, last = claim.quantity.first, claim.quantity.last
        source = self._behind(first, last) or self._before(first, last)
        return None if source is None else self._made(source, claim.span, row)

    def _made(self, source: Phrase, content: Span, row: int) -> Attribution:
        place = self.article.folded.source(self.tokens.starts[source[0]], self.tokens.ends[source[1] - 1])
        return Attribution(place, place, "act", True, False, content, row)

    def _behind(self, first: int, last: int) -> Phrase | None:
        """Whose worth a figure before its noun is: «(the government's) £10m package», «(the) $3 trillion bill»."""
        lists, word = self.using.words, self.tokens.word
        noun = next((n for n in range(last, last + _FARTHEST_AFTER) if word(n) in self.fixed), 0)
        if not noun or any(map(self._cuts, range(last, noun + 1))):
            return None
        if not self.using.head_final and self.tokens.gaps[last] != "-":
            return None  # «700-Milliarden-Plan»
        for at in range(first - 1, max(-1, first - 2 - _FARTHEST_TIE), -1):
            if self._cuts(at + 1):
                return None
            if word(at) == "s" and self.tokens.gaps[at] == "'":
                return self._owner(at)
            if word(at) in lists["determiners"]:
                return (at, noun + 1) if word(noun) in self.laws else None
            if word(at) in lists["indefinite"]:
                return self._giver(noun + 1)
        return None

    def _before(self, first: int, last: int) -> Phrase | None:
        """Whose worth a figure behind its noun is: «(le plan) de 40 millions», «une aide de 40 millions (de la région)»."""
        lists, word = self.using.words, self.tokens.word
        tie = next((n for n in range(first - 1, max(-1, first - 2 - _FARTHEST_TIE), -1) if word(n) in lists["ties"]), -1)
        if tie < 1 or any(map(self._cuts, range(tie + 1, first + 1))):
            return None
        if any(word(n) not in self.approximators and word(n) not in lists["links"] for n in range(tie + 1, first)):
            return None
        near = range(tie - 1, max(-1, tie - 1 - _FARTHEST_BEFORE), -1)
        noun = next((n for n in near if word(n) in self.fixed or word(n) in self.using.verbal), -1)
        if noun < 0 or word(noun) not in self.fixed or any(map(self._cuts, range(noun + 1, tie + 1))):
            return None
        if owner := self._body(noun + 1, tie) or self._giver(last):
            return owner
        return (start, tie) if word(noun) in self.laws and (start := self._definite(noun, 0)) >= 0 else None

    def _owner(self, number: int) -> Phrase | None:
        """The body before its possessive: «(the Scottish government)'s»."""
        first = number
        for at in range(number - 1, max(-1, number - 1 - _LONGEST_OWNER), -1):
            if self._cuts(at + 1) or self.tokens.words[at] in self.using.verbal:
                break
            first = at
            if self.tokens.words[at] in self.using.words["determiners"]:
                break
        return self._body(first, number)

    def _giver(self, number: int) -> Phrase | None:
        """The body that gives something, told behind it: «(aide de 40 millions) de la région», «(a £10m grant) from the council»."""
        lists, word = self.using.words, self.tokens.word(number)
        if self._cuts(number) or not (word in lists["agents"] or word in self.using.of or word in lists["learned_from"]):
            return None
        first = number + 1
        return self._body(first, next((n for n in range(first, first + _LONGEST_GIVER) if self._cuts(n)), first + _LONGEST_GIVER))

    def _body(self, first: int, last: int) -> Phrase | None:
        """The part of the range that names a body, up to its noun."""
        bodies, words = self.using.words["institutions"], self.tokens.words
        noun = next((n for n in range(first, min(last, len(words))) if words[n] in bodies), -1)
        return (first, noun + 1) if noun >= 0 else None

    def _definite(self, number: int, first: int) -> int:
        """Where the words of a noun begin that mean one law («la nouvelle loi», «القانون», «закон о»), not before `first`; else -1."""
        determiners, word = self.using.words["determiners"], self.tokens.word
        if self.using.after_verb:
            return number if word(number).startswith(self.using.definite) else -1
        if not determiners:
            return number if word(number + 1) in self.using.words["titles"] or '"' in self.tokens.gaps[number + 1] else -1
        return next((n for n in (number - 1, number - 2) if n >= first and word(n) in determiners and not self._cuts(n + 1)), -1)

    def _cuts(self, number: int) -> bool:
        gap = self.tokens.gaps[min(number, len(self.tokens.words))]
        return not STOPS.isdisjoint(gap) or " - " in gap

    # in the sentences before -----------------------------------------------------------------------------------------

    def bound(self, claim: Claim, row: int, voices: Mapping[int, Sequence[Attribution]]) -> Attribution | None:
        """The law or act of the sentences before that a figure is a term of: «(Le tribunal a condamné …) Elle devra payer 40 euros»."""
        if not self.binding or claim.kind in ("vague", "rank") or not self._binds(claim, row):
            return None
        is_count = claim.kind == "count"
        is_term = claim.kind == "money" or (not is_count and not self.grants.isdisjoint(self._words(row)))
        for at in range(row - 1, max(-1, row - 1 - (_FARTHEST_LAW if is_term else _NEXT)), -1):
            law = None if is_count else self._law(at)
            if named := [a for a in voices.get(at, ()) if a.named]:
                has_act = law or ((is_term or is_count) and any(map(self._is_public, named)))
                return ([a for a in named if a.kind != "act"] or named)[-1] if has_act else None
            if law:
                return self._made(law, self.article.sentences[at].span, at)
        return None

    def _is_public(self, act: Attribution) -> bool:
        """Whether an attribution is the act of a body, which binds others, and not of a person, who binds nobody."""
        if act.kind != "act" or act.source is None:
            return False
        words = words_of(self.article, act.source)
        return any(self.using.words[name].any_of(words) for name in ("institutions", "documents"))

    def _binds(self, claim: Claim, row: int) -> bool:
        """Whether a word that binds stands before a figure in its sentence or behind it in its clause: «40 boats will be sent»."""
        words, first, last = self.tokens.words, claim.quantity.first, claim.quantity.last
        closing = self.article.folded_sentences[row].end
        if "?" in self.article.folded.text[claim.quantity.end : closing + 1]:
            return False
        if not self.binding.isdisjoint(words[self.firsts[row] : first]):
            return True
        over = self.tokens.at(closing)
        breaks = self.using.words["breaks"]
        end = next((n for n in range(last, over) if self._cuts(n) or words[n] in breaks), over)
        return not self.binding.isdisjoint(words[last:end])

    def _words(self, row: int) -> list[str]:
        return self.tokens.words[self.firsts[row] : self.tokens.at(self.article.folded_sentences[row].end)]

    def _law(self, row: int) -> Phrase | None:
        """The law or plan that a sentence names as one that is known."""
        if row not in self.named:
            first = self.firsts[row]
            nouns = [] if not self.laws else [n for n, word in enumerate(self._words(row), first) if word in self.laws]
            starts = ((self._definite(n, first), n + 1) for n in nouns)
            self.named[row] = next((found for found in starts if found[0] >= 0), None)
        return self.named[row]
