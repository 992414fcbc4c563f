"""Who says what: every attribution of an article with its cue, its source and the stretch it covers.

A source is named (a person, organisation, document or law; «la police» counts), unnamed («experts», «reports») or nobody at
all (a passive: «is estimated»). The words are data, the section [attribution] of a language profile; the grammar here is
shallow on purpose: subject before the verb or after it, «according to» and its kin, quotations with their speaker.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from credibility.document import Span
from credibility.lexicon import Token, Tokens, tokens
from credibility.segment import Article
from credibility.statistics.voices import Judge, VoiceWords, voice_words

_LONGEST_SOURCE = 14
_CLAUSE_ENDS = (", ", "; ", "، ", "؛ ")
_STOPS = frozenset(',;:()[]"?!|\n…«»،؛؟')


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution. `cue` are the words that make it one, `source` those that name who speaks (None: nobody stands there).

    kind: saying, according, act (an actor fixes a figure by deciding it), passive or hearsay. named: whether the source can be
    identified. pronoun: whether it only points back («il», «the official»). content: the stretch that it covers, within its
    sentence; sentence: its number in `article.sentences`. vague: its source is a phrase that hides whoever speaks («experts»),
    which not every unnamed group does («residents»).
    """

    cue: Span
    source: Span | None
    kind: str
    named: bool
    pronoun: bool
    content: Span
    sentence: int
    vague: bool = False


def attributions(article: Article) -> tuple[Attribution, ...]:
    """The attributions of an article in order, for `article.layer`; none in a language without [attribution]."""
    using = voice_words(article.language)
    return tuple(_Listener(article, using).attributions()) if using else ()


class _Listener:
    """Finds the attributions of one article."""

    def __init__(self, article: Article, using: VoiceWords) -> None:
        self.article, self.using = article, using
        self.view, self.text = article.folded, article.folded.text
        self.tokens: Tokens = article.layer(tokens)
        self.sentence_starts = [span.start for span in article.folded_sentences]
        self.judge = Judge(article, using, self.sentence_starts)
        self.sentence_ends = [span.end for span in article.folded_sentences]

    def attributions(self) -> Iterator[Attribution]:
        """All of them, in order."""
        cues = self._cues()
        for number, written in enumerate(self.tokens.words):
            if (word := cues.get(written)) is None:
                continue
            end = self.tokens.ends[number]
            here = Token(end - len(word), end, word)
            kind, end = self._cue(number, here)
            if kind and (row := self._row(number, word)) >= 0:
                yield from self._told(kind, number, here, end, row)

    def _cue(self, number: int, here: Token) -> tuple[str, int]:
        """What a word that is no name would begin, and where that ends; '' if it begins nothing."""
        using, word = self.using, here.word
        if end := using.according.match(self.text, here):
            return "according", end
        if end := using.passives.match(self.text, here):
            return "passive", end
        if word in using.words["says"] or using.says_phrases.match(self.text, here):
            return "saying", here.end
        if word in using.words["gerunds"]:
            return "gerund", here.end
        if word in using.words["acts"]:
            return "act", here.end
        is_hearsay = word in using.words["hearsay"] and self._is_participle(self.tokens.word(number + 1))
        return ("hearsay" if is_hearsay else ""), here.end

    def _row(self, number: int, word: str) -> int:
        """The sentence of a cue; -1 for one that runs over its end, and for a name («United States», «May»)."""
        start = self.tokens.starts[number]
        row = bisect_right(self.sentence_starts, start) - 1
        if row < 0 or self.tokens.ends[number] > self.sentence_ends[row]:
            return -1
        inside = start > self.sentence_starts[row] + 1
        return -1 if inside and self.using.cased and word not in self.using.according and self.judge.is_capital(number) else row

    def _told(self, kind: str, number: int, here: Token, end: int, row: int) -> Iterator[Attribution]:
        """The attribution that a cue makes, if any."""
        if kind == "according":
            yield from self._according(number, here, end, row)
        elif kind in ("saying", "act"):
            yield from self._saying(number, here, row, kind)
        elif kind == "gerund":
            yield self._made("saying", here.start, end, None, row, judged="pronoun", after=True)
        else:
            yield self._made(kind, here.start, end, None, row)

    def _cues(self) -> dict[str, str]:
        """The words of the article that a cue may begin with, and what of each the profile knows."""
        vocabulary, heads = self.tokens.vocabulary, self.using.heads
        if not self.using.proclitics:
            return {word: word for word in vocabulary & heads}
        return {word: bare for word in vocabulary if (bare := self._known(word)) in heads}

    def _known(self, word: str) -> str:
        """The word without a particle written onto it, where only the rest is a cue."""
        if word not in self.using.heads:
            for particle in self.using.proclitics:
                if word.startswith(particle) and word[len(particle) :] in self.using.heads:
                    return word[len(particle) :]
        return word

    @staticmethod
    def _is_participle(word: str) -> bool:
        """Whether a French or Spanish word may be a past participle: «aurait reçu», «habría muerto»."""
        return len(word) > 2 and word.endswith(("é", "és", "ée", "i", "is", "u", "us", "t", "o"))

    def _made(
        self,
        kind: str,
        start: int,
        end: int,
        source: tuple[int, int] | None,
        row: int,
        *,
        judged: str = "group",
        after: bool = False,
    ) -> Attribution:
        sentence = self.article.sentences[row]
        cue = self.view.source(start, end)
        content = Span(cue.end, sentence.end) if after and cue.end < sentence.end else sentence.span
        if kind in ("passive", "hearsay"):
            content = self._clause(start, end, row)
        named = judged not in ("unnamed", "group")
        place = self.view.source(*source) if source else None
        return Attribution(cue, place, kind, named, judged == "pronoun", content, row, judged == "unnamed")

    def _clause(self, start: int, end: int, row: int) -> Span:
        """The stretch between commas and semicolons that folded positions stand in: what a passive covers."""
        first = max(self.text.rfind(mark, self.sentence_starts[row], start) for mark in _CLAUSE_ENDS)
        ends = [at for mark in _CLAUSE_ENDS if (at := self.text.find(mark, end, self.sentence_ends[row])) >= 0]
        left = self.sentence_starts[row] if first < 0 else first
        return self.view.source(left, min(ends, default=self.sentence_ends[row]))

    # sources ---------------------------------------------------------------------------------------------------------

    def _according(self, number: int, token: Token, end: int, row: int) -> Iterator[Attribution]:
        """«selon X», «по данным X»."""
        first = self.tokens.at(end)
        if first > 0 and self.tokens.ends[first - 1] > end:  # «وفقا لوزارة»: the source is written onto its preposition
            first -= 1
        if source := self._to_the_right(end, row, first, is_verb=False):
            kind = self.judge.source(source, row)
            if kind != "nobody" or not self.tokens.words[source[0]][0].isdigit():
                yield self._made("according", token.start, end, self._place(source), row, judged=kind)

    def _saying(self, number: int, token: Token, row: int, kind: str) -> Iterator[Attribution]:
        """A reporting verb with its subject: before it, after it («a annoncé le ministre»), or understood (Arabic)."""
        using = self.using
        if not self._is_finite(number, token):
            return
        end = max(token.end, using.says_phrases.match(self.text, token))
        source, judged, before = self._subject(number, self.tokens.at(end), end, row, kind)
        if source is None:
            if using.after_verb and kind == "saying" and self._follows_speech(number):
                yield self._made(kind, token.start, end, None, row, judged="pronoun", after=True)
            return
        if kind == "act" and judged in ("unnamed", "group"):
            return
        after = (before or using.after_verb) and not self._frames(source, number, row)
        yield self._made(kind, token.start, end, self._place(source), row, judged=judged, after=after)

    def _is_finite(self, number: int, token: Token) -> bool:
        """Whether a verb form speaks here: a participle needs its auxiliary («a annoncé», not «l'accord annoncé»)."""
        if not self.using.participle_endings or not token.word.endswith(self.using.participle_endings):
            return True
        return any(self.tokens.word(number - n) in self.using.words["perfect"] for n in (1, 2, 3))

    def _subject(self, number: int, following: int, end: int, row: int, kind: str) -> tuple[tuple[int, int] | None, str, bool]:
        """The noun phrase that speaks, how it is judged, and whether it stands before the verb."""
        left, right = self._to_the_left(number, row), self._to_the_right(end, row, following, is_verb=True)
        left = None if left and self._holds_digits(left) else left
        right = None if right and kind == "act" and self._holds_digits(right) else right
        definite = kind == "saying" and self.tokens.words[number] not in self.using.words["shows"]
        of_left, of_right = (self.judge.source(way, row, definite=definite) if way else "nobody" for way in (left, right))
        inverted = self._is_inverted(number)
        ways: tuple[tuple[tuple[int, int] | None, str, bool], ...]
        if self.using.after_verb or (
            left
            and self.using.inverts
            and left[1] - left[0] <= 2
            and of_right == "named"
            and of_left == "named"
            and not self._is_body(left)
        ):
            ways = ((right, of_right, False), (left, of_left, True))
        elif inverted and not left:
            definite_right = (right, of_right, False) if of_right != "pronoun" else (None, "nobody", False)
            ways = (definite_right, (self._apposed(number, row), "named", True), (right, of_right, False))
        else:
            ways = ((left, of_left, True), (None, "nobody", True))
        for way, judged, before in ways:
            if way is not None and judged != "nobody":
                return way, judged, before
        if kind == "act" and self.using.inverts and (head := self._head(number, row)):
            return head, "named", False
        return None, "nobody", True

    def _holds_digits(self, source: tuple[int, int]) -> bool:
        return any(self.tokens.words[n][0].isdigit() for n in range(*source))

    def _is_body(self, source: tuple[int, int]) -> bool:
        """Whether a phrase names an institution, document or person by a word of the profile."""
        words = self.using.words
        return any(
            self.tokens.words[n] in words[name] for n in range(*source) for name in ("institutions", "documents", "pronouns", "unnamed")
        )

    def _head(self, number: int, row: int) -> tuple[int, int] | None:
        """The phrase that opens the sentence of a verb at its end («Die Staatschefs hatten sich … geeinigt»)."""
        head = self.tokens.at(self.sentence_starts[row])
        stop = next(
            (n for n in range(head, min(number, head + _LONGEST_SOURCE)) if self.tokens.words[n] in self.using.words["auxiliaries"]),
            head,
        )
        return (head, stop) if stop > head and self.judge.source((head, stop), row) == "named" else None

    def _apposed(self, number: int, row: int) -> tuple[int, int] | None:
        """«Dennis Kelleher, head of X, said»: the name at the head of a sentence whose verb follows a comma."""
        head = self.tokens.at(self.sentence_starts[row])
        if not self.using.cased or self.tokens.starts[head] > self.sentence_starts[row]:
            return None
        comma = next((n for n in range(head, min(number, head + 7)) if "," in self._gap(n, n + 1)), None)
        if comma is None or number - head > 2 * _LONGEST_SOURCE:
            return None
        source = (head, comma + 1)
        capitals = sum(self.judge.is_capital(n) for n in range(*source))
        return source if capitals >= 2 or (self._is_body(source) and self.judge.source(source, row) == "named") else None

    def _frames(self, source: tuple[int, int], number: int, row: int) -> bool:
        """Whether subject and verb close or interrupt what is said, so that it stands before them too: «…, the ministry said»."""
        items, start = self.tokens, self.sentence_starts[row]
        first = min(source[0], number)
        if '"' in self.text[start : items.starts[first]]:
            return True
        behind = self.text[items.ends[first - 1] : items.starts[first]] if first > 0 and items.starts[first - 1] >= start else ""
        rest = self.tokens.at(self.sentence_ends[row]) - max(number, source[1] - 1)
        return ("," in behind or rest <= 4) and first > self.tokens.at(start)

    def _is_inverted(self, number: int) -> bool:
        """Whether punctuation stands before the verb, so that its subject follows."""
        items = self.tokens
        at = number
        while at > 0 and items.words[at - 1] in self.using.words["auxiliaries"] and self._gap(at - 1, at) in (" ", "-", "'"):
            at -= 1
        return at == 0 or not _STOPS.isdisjoint(self._gap(at - 1, at))

    def _follows_speech(self, number: int) -> bool:
        """Whether «that» or a quotation follows a verb whose subject is understood: «وأضاف أن»."""
        following = self.tokens.word(number + 1)
        gap = self._gap(number, number + 1)
        return following in self.using.words["clause"] or any(c in '":' for c in gap)

    def _gap(self, left: int, right: int) -> str:
        items = self.tokens
        return self.text[items.ends[left] : items.starts[right]] if 0 <= left < right < len(items.words) else "\n"

    def _place(self, source: tuple[int, int]) -> tuple[int, int]:
        return self.tokens.starts[source[0]], self.tokens.ends[source[1] - 1]

    def _to_the_left(self, number: int, row: int) -> tuple[int, int] | None:
        """Tokens of the noun phrase before a verb; None where punctuation stands before it."""
        items, words, is_verb_first = self.tokens, self.using.words, self.using.after_verb
        last = number
        while last > 0 and self._gap(last - 1, last) in (" ", "'", "-") and items.words[last - 1] in words["auxiliaries"]:
            last -= 1
        first = last
        while first > 0 and last - first < _LONGEST_SOURCE and items.starts[first - 1] >= self.sentence_starts[row]:
            gap = self._gap(first - 1, first)
            if not _STOPS.isdisjoint(gap) or (first < last and items.words[first - 1] in words["breaks"]):
                break
            first -= 1
        while is_verb_first and first + 1 < last and self._without_proclitic(items.words[first]) in words["auxiliaries"]:
            first += 1  # «وكانت تقارير … كشفت»
        return (first, last) if first < last else None

    def _without_proclitic(self, word: str) -> str:
        return next((word[len(p) :] for p in self.using.proclitics if word.startswith(p) and len(word) > 3), word)

    def _opens_clause(self, word: str) -> bool:
        return word in self.using.words["clause"]

    def _to_the_right(self, position: int, row: int, number: int, *, is_verb: bool) -> tuple[int, int] | None:
        """Tokens of the noun phrase after a cue that ends at this folded position."""
        items, words, end = self.tokens, self.using.words, self.sentence_ends[row]
        first = number
        while is_verb and first < len(items.words) and first - number < 4 and self._passes(first):
            first, position = first + 1, items.ends[first]
        last, at = first, position
        while last < len(items.words) and last - first < _LONGEST_SOURCE and items.ends[last] <= end:
            gap, word = self.text[at : max(at, items.starts[last])], items.words[last]
            if not _STOPS.isdisjoint(gap) and not (last == first and not is_verb and gap.strip() == '"'):
                break
            is_joined = last > first and word in words["links"] and items.words[last - 1] not in words["breaks"]
            opens = is_verb and self._opens_clause(word) and not is_joined and (last > first or not self.using.cased)
            if word in words["breaks"] or opens:
                break
            at, last = items.ends[last], last + 1
        while last - first > 1 and items.words[last - 1] in words["links"]:
            last -= 1  # «قالت مصادر محلية ل"…"»
        return (first, last) if last > first else None

    def _passes(self, number: int) -> bool:
        """Whether a word may stand between a verb and its subject: «ont mis en garde lundi des ONG», «dit-il», «a aussi dit»."""
        word = self.tokens.words[number]
        return (
            word == "t"
            or word in self.using.days
            or (
                word in self.using.words["auxiliaries"]
                and word not in self.using.words["pronouns"]
                and word not in self.using.words["determiners"]
            )
        )
