"""Who says what: every attribution of an article with its cue, its source and the stretch it covers.

A source is named (a person, organisation, document or law; «la police» counts), unnamed («experts», «reports») or nobody at
all (a passive: «is estimated»). The words are data, the section [attribution] of a language profile; the grammar here is
shallow on purpose: subject before the verb or after it, «according to» and its kin, quotations with their speaker.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from credibility.document import Span
from credibility.lexicon import Phrases, Token, Tokens, Words, tokens
from credibility.normalise import fold_text
from credibility.pack import Profile, Voices, profile
from credibility.segment import Article

_LONGEST_SOURCE = 14
# A phrase is about the noun that heads it: among its first words, behind article and adjectives.
_HEAD = 4
_CLAUSE_ENDS = (", ", "; ", "، ", "؛ ")
_STOPS = frozenset(',;:()[]"?!|\n…«»،؛؟')
_WORD_LISTS = (
    "says", "shows", "acts", "unnamed", "unnamed_adjectives", "institutions", "documents", "pronouns", "hearsay", "reported",
    "clause", "links", "auxiliaries", "breaks", "determiners", "indefinite", "gerunds", "groups", "generic", "perfect",
)  # fmt: skip


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


class VoiceWords:
    """The [attribution] of a profile, folded and compiled."""

    def __init__(self, of: Profile) -> None:
        given: Voices = of.attribution
        self.words = {name: Words(getattr(given, name)) for name in _WORD_LISTS}
        self.according = Phrases(given.according)
        self.says_phrases = Phrases(word for word in given.says if " " in word)
        self.passives = Phrases(given.passives)
        self.back = Phrases(given.back_references)
        self.backward = Phrases(given.backward)
        self.participle_endings = given.participle_endings
        self.inverts = given.inverts
        self.head_final = given.head_final
        self.adjective_endings = given.adjective_endings or ("",)
        self.after_verb = given.after_verb
        self.days = Words([*of.weekdays, *of.months])
        self.proclitics = tuple(map(fold_text, of.proclitics))
        self.function_words = frozenset(map(fold_text, of.function_words))
        self.cased = of.script in ("Latn", "Cyrl", "Grek", "Armn")
        # Words that every cue begins with: one look-up a word tells whether there is anything to do.
        verbs = {w for name in ("says", "acts", "hearsay", "gerunds") for w in self.words[name].whole}
        self.heads = frozenset(verbs | self.according.firsts | self.passives.firsts | self.says_phrases.firsts)


@lru_cache(maxsize=64)
def voice_words(language: str | None) -> VoiceWords | None:
    """The compiled voices of a language; None without a section [attribution]."""
    of = profile(language)
    return VoiceWords(of) if of.attribution.says else None


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
        self.sentence_starts = [self.view.folded(sentence.start) for sentence in article.sentences]
        self.sentence_ends = [self.view.folded(sentence.end) for sentence in article.sentences]

    def attributions(self) -> Iterator[Attribution]:
        """All of them, in order."""
        heads, using = self.using.heads, self.using
        for number, token in enumerate(self.tokens.items):
            word = self._known(token.word)
            if word not in heads:
                continue
            row = bisect_right(self.sentence_starts, token.start) - 1
            if (
                self.using.cased
                and word not in using.according
                and self._is_capital(number)
                and token.start > self.sentence_starts[row] + 1
            ):
                continue  # «United States», «May»: a name
            if row < 0 or token.end > self.sentence_ends[row]:
                continue
            offset = len(token.word) - len(word)
            here = Token(token.start + offset, token.end, word)
            if end := using.according.match(self.text, here):
                yield from self._according(number, here, end, row)
            elif end := using.passives.match(self.text, here):
                yield self._made("passive", here.start, end, None, row)
            elif word in using.words["says"] or using.says_phrases.match(self.text, here):
                yield from self._saying(number, here, row, "saying")
            elif word in using.words["gerunds"]:
                yield self._made("saying", here.start, end or here.end, None, row, judged="pronoun", after=True)
            elif word in using.words["acts"]:
                yield from self._saying(number, here, row, "act")
            elif word in using.words["hearsay"] and self._is_participle(self.tokens.word(number + 1)):
                yield self._made("hearsay", here.start, here.end, None, row)

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
        if first > 0 and self.tokens.items[first - 1].end > end:  # «وفقا لوزارة»: the source is written onto its preposition
            first -= 1
        if source := self._to_the_right(end, row, first, is_verb=False):
            kind = self._judge(source, row)
            if kind != "nobody" or not self.tokens.items[source[0]].word[0].isdigit():
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
        definite = kind == "saying" and self.tokens.items[number].word not in self.using.words["shows"]
        of_left, of_right = (self._judge(way, row, definite=definite) if way else "nobody" for way in (left, right))
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
        return any(self.tokens.items[n].word[0].isdigit() for n in range(*source))

    def _is_body(self, source: tuple[int, int]) -> bool:
        """Whether a phrase names an institution, document or person by a word of the profile."""
        words = self.using.words
        return any(
            self.tokens.items[n].word in words[name]
            for n in range(*source)
            for name in ("institutions", "documents", "pronouns", "unnamed")
        )

    def _head(self, number: int, row: int) -> tuple[int, int] | None:
        """The phrase that opens the sentence of a verb at its end («Die Staatschefs hatten sich … geeinigt»)."""
        head = self.tokens.at(self.sentence_starts[row])
        stop = next(
            (n for n in range(head, min(number, head + _LONGEST_SOURCE)) if self.tokens.items[n].word in self.using.words["auxiliaries"]),
            head,
        )
        return (head, stop) if stop > head and self._judge((head, stop), row) == "named" else None

    def _apposed(self, number: int, row: int) -> tuple[int, int] | None:
        """«Dennis Kelleher, head of X, said»: the name at the head of a sentence whose verb follows a comma."""
        head = self.tokens.at(self.sentence_starts[row])
        if not self.using.cased or self.tokens.items[head].start > self.sentence_starts[row]:
            return None
        comma = next((n for n in range(head, min(number, head + 7)) if "," in self._gap(n, n + 1)), None)
        if comma is None or number - head > 2 * _LONGEST_SOURCE:
            return None
        source = (head, comma + 1)
        capitals = sum(self._is_capital(n) for n in range(*source))
        return source if capitals >= 2 or (self._is_body(source) and self._judge(source, row) == "named") else None

    def _frames(self, source: tuple[int, int], number: int, row: int) -> bool:
        """Whether subject and verb close or interrupt what is said, so that it stands before them too: «…, the ministry said»."""
        items, start = self.tokens.items, self.sentence_starts[row]
        first = min(source[0], number)
        if '"' in self.text[start : items[first].start]:
            return True
        behind = self.text[items[first - 1].end : items[first].start] if first > 0 and items[first - 1].start >= start else ""
        rest = self.tokens.at(self.sentence_ends[row]) - max(number, source[1] - 1)
        return ("," in behind or rest <= 4) and first > self.tokens.at(start)

    def _is_inverted(self, number: int) -> bool:
        """Whether punctuation stands before the verb, so that its subject follows."""
        items = self.tokens.items
        at = number
        while at > 0 and items[at - 1].word in self.using.words["auxiliaries"] and self._gap(at - 1, at) in (" ", "-", "'"):
            at -= 1
        return at == 0 or any(c in _STOPS for c in self._gap(at - 1, at))

    def _follows_speech(self, number: int) -> bool:
        """Whether «that» or a quotation follows a verb whose subject is understood: «وأضاف أن»."""
        following = self.tokens.word(number + 1)
        gap = self._gap(number, number + 1)
        return following in self.using.words["clause"] or any(c in '":' for c in gap)

    def _gap(self, left: int, right: int) -> str:
        items = self.tokens.items
        return self.text[items[left].end : items[right].start] if 0 <= left < right < len(items) else "\n"

    def _place(self, source: tuple[int, int]) -> tuple[int, int]:
        return self.tokens.items[source[0]].start, self.tokens.items[source[1] - 1].end

    def _to_the_left(self, number: int, row: int) -> tuple[int, int] | None:
        """Tokens of the noun phrase before a verb; None where punctuation stands before it."""
        items, words, is_verb_first = self.tokens.items, self.using.words, self.using.after_verb
        last = number
        while last > 0 and self._gap(last - 1, last) in (" ", "'", "-") and items[last - 1].word in words["auxiliaries"]:
            last -= 1
        first = last
        while first > 0 and last - first < _LONGEST_SOURCE and items[first - 1].start >= self.sentence_starts[row]:
            gap = self._gap(first - 1, first)
            if any(c in _STOPS for c in gap) or (first < last and items[first - 1].word in words["breaks"]):
                break
            first -= 1
        while is_verb_first and first + 1 < last and self._without_proclitic(items[first].word) in words["auxiliaries"]:
            first += 1  # «وكانت تقارير … كشفت»
        return (first, last) if first < last else None

    def _without_proclitic(self, word: str) -> str:
        return next((word[len(p) :] for p in self.using.proclitics if word.startswith(p) and len(word) > 3), word)

    def _opens_clause(self, word: str) -> bool:
        return word in self.using.words["clause"]

    def _to_the_right(self, position: int, row: int, number: int, *, is_verb: bool) -> tuple[int, int] | None:
        """Tokens of the noun phrase after a cue that ends at this folded position."""
        items, words, end = self.tokens.items, self.using.words, self.sentence_ends[row]
        first = number
        while is_verb and first < len(items) and first - number < 4 and self._passes(first):
            first, position = first + 1, items[first].end
        last, at = first, position
        while last < len(items) and last - first < _LONGEST_SOURCE and items[last].end <= end:
            gap, word = self.text[at : max(at, items[last].start)], items[last].word
            if any(c in _STOPS for c in gap) and not (last == first and not is_verb and gap.strip() == '"'):
                break
            is_joined = last > first and word in words["links"] and items[last - 1].word not in words["breaks"]
            opens = is_verb and self._opens_clause(word) and not is_joined and (last > first or not self.using.cased)
            if word in words["breaks"] or opens:
                break
            at, last = items[last].end, last + 1
        while last - first > 1 and items[last - 1].word in words["links"]:
            last -= 1  # «قالت مصادر محلية ل"…"»
        return (first, last) if last > first else None

    def _passes(self, number: int) -> bool:
        """Whether a word may stand between a verb and its subject: «ont mis en garde lundi des ONG», «dit-il», «a aussi dit»."""
        word = self.tokens.items[number].word
        return (
            word == "t"
            or word in self.using.days
            or (
                word in self.using.words["auxiliaries"]
                and word not in self.using.words["pronouns"]
                and word not in self.using.words["determiners"]
            )
        )

    # judgement -------------------------------------------------------------------------------------------------------

    def _is_capital(self, number: int) -> bool:
        """Whether a token is written with a capital in the source."""
        token = self.tokens.items[number]
        first = self.article.text[self.view.source(token.start, token.start + 1).start]
        return first.isupper()

    def _judge(self, source: tuple[int, int], row: int, *, definite: bool = False) -> str:
        """Whether a source is 'named', a 'pronoun', 'unnamed', an unnamed 'group', or 'nobody' who could speak."""
        words, items = self.using.words, self.tokens.items
        span = range(*source)
        if items[source[0]].word[0].isdigit():
            return "nobody"
        plain = [self._bare(items[n].word) for n in span]
        if any(word in words["pronouns"] for word in plain[:2]) and len(plain) <= 3:
            return "pronoun"
        vague = next((n for n, word in enumerate(plain) if word in words["unnamed"]), None)
        if vague is not None and not any(word in words["institutions"] for word in plain[:vague]):
            rest = range(source[0] + vague + 1, source[1])
            if any(self._is_named(n, row) or plain[n - source[0]] in words["institutions"] for n in rest):
                return "named"
            return "unnamed" if self._is_vague(source, plain, vague) else "group"
        is_named = any(self._is_named(n, row) for n in span)
        head = plain[:_HEAD]
        if any(word in words["institutions"] for word in head):
            return "named"
        if any(word in words["documents"] for word in head):
            return "group" if plain[0] in words["indefinite"] and not is_named else "named"
        if not self.using.cased:
            return "named" if any(len(word) > 2 and word not in self.using.function_words for word in plain) else "nobody"
        if is_named:
            return "named"
        if plain[-1] in words["links"]:
            return "nobody"  # «the number of confirmed cases»: the verb belongs to a noun
        points_back = plain[0] in words["determiners"] or (not words["determiners"] and len(plain) == 1)
        return "pronoun" if definite and points_back and len(plain) <= _HEAD else "nobody"

    def _is_vague(self, source: tuple[int, int], plain: list[str], at: int) -> bool:
        """Whether a phrase with an unnamed noun at this place is one that hides who speaks, and no more than that."""
        words, first, before = self.using.words, plain[0], plain[:at]
        following = plain[at + 1] if at + 1 < len(plain) else ""
        if plain[at] in words["groups"] or at > 3 or len(plain) > 9:
            return False
        if (first in words["determiners"] and first not in words["generic"]) or first in words["clause"] or first in self.using.according:
            return False
        if any(word in words["determiners"] or word in words["links"] or word in words["clause"] for word in before[1:]):
            return False  # «images on social media», «each of the experts»
        if any(word in words["pronouns"] or word in words["breaks"] for word in plain):
            return False
        if not self.using.cased:
            verbs = all(word in words["says"] or word in words["auxiliaries"] for word in before)
            written_alone = self.tokens.items[source[0]].word == first or self.tokens.word(source[0] - 1) in self.using.according
            return verbs and written_alone and following not in words["links"]
        if any(self._names_body(n) for n in range(source[0], source[0] + at)):
            return False
        if following in words["links"] and not any(word in words["unnamed"] for word in plain[at + 1 :]):
            return False  # «les estimations du fabricant»
        return not (self.using.head_final and following) or following in words["links"] or following in words["clause"]

    def _names_body(self, number: int) -> bool:
        """Whether a word before an unnamed noun names a body («Cal Fire officials»); «Spanish officials» name none."""
        token = self.tokens.items[number]
        return (
            self._is_capital(number)
            and not token.word.endswith(self.using.adjective_endings)
            and token.word not in self.using.function_words
        )

    def _bare(self, word: str) -> str:
        """An Arabic word without the preposition written onto it («لوزارة»), where the rest is known."""
        if self.using.after_verb and word[:1] in ("ل", "و", "ف", "ب") and len(word) > 3:
            rest = word[1:]
            if word.startswith("لل"):
                rest = "ال" + word[2:]
            if any(rest in self.using.words[name] for name in ("unnamed", "institutions", "documents")):
                return rest
        return word

    def _is_named(self, number: int, row: int) -> bool:
        """Whether a token is a proper name: a capital that does not only open the sentence; in scripts without capitals, no hint."""
        if not self.using.cased or not self._is_capital(number):
            return False
        token = self.tokens.items[number]
        return token.start > self.sentence_starts[row] + 1 or token.word not in self.using.function_words
