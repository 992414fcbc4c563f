"""Who says what: every attribution of an article with its cue, its source and the stretch it covers.

A source is named (a person, organisation, document or law; «la police» counts), unnamed («experts», «reports») or nobody at
all (a passive: «is estimated»). The words are data, the section [attribution] of a language profile; the grammar here is
shallow on purpose: subject before the verb or after it, «according to» and its kin, quotations with their speaker.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from credibility.document import Span
from credibility.lexicon import Token, Tokens, sentence_tokens, tokens
from credibility.segment import Article
from credibility.statistics.subjects import Subjects
from credibility.statistics.voices import Judge, VoiceWords, voice_words

_CLAUSE_ENDS = (", ", "; ", "، ", "؛ ")
# A German clause keeps its auxiliary and its participle at most so many words apart.
_LONGEST_FRAME = 14
# What stands between the words of one clause; a full stop or comma without a space is part of a number.
_INSIDE_CLAUSE = (" ", "-", ' "', '" ', ".", ",")
# «estimé à 900 000 euros par …»: words between a participle and its agent.
_FARTHEST_AGENT = 8
# «annoncée en baisse par la direction»: in a passive the agent stands among so many words behind its participle.
_NEAR_AGENT = 5
# «أوضح مدير عام الزراعة بعنيزة المهندس يوسف بن عبدالله أن …»: words between a verb and «that».
_FARTHEST_SPEECH = 16


class Attribution(NamedTuple):
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
        self.sentence_ends = [span.end for span in article.folded_sentences]
        self.firsts = article.layer(sentence_tokens)
        self.judge = Judge(article, using, self.sentence_starts, self.firsts)
        self.subjects = Subjects(article, using, self.judge, self.sentence_starts, self.sentence_ends, self.firsts)

    def attributions(self) -> Iterator[Attribution]:
        """All of them, in order."""
        cues, taken = self._cues(), 0
        for number, written in [(number, word) for number, word in enumerate(self.tokens.words) if word in cues]:
            word = cues[written]
            end = self.tokens.ends[number]
            here = Token(end - len(word), end, word)
            kind, end = self._cue(number, here)
            if number < taken and kind != "according":
                continue  # «according to reports»: no verb
            if kind == "according":
                taken = self.tokens.at(end) + 2
            if kind and (row := self._row(number, word)) >= 0 and (told := self._told(kind, number, here, end, row)):
                yield told

    def _cue(self, number: int, here: Token) -> tuple[str, int]:
        """What a word that is no name would begin, and where that ends; '' if it begins nothing."""
        using, word = self.using, here.word
        if kind := using.plain.get(word):
            return kind, here.end
        ways = using.ways[word]
        if "postposed" in ways:
            return "postposed", here.end
        if (
            "according" in ways and (end := using.according.match(self.text, here)) and self.text[end : end + 1] != "-"
        ):  # «fin d'après-midi»
            return "according", end
        if "passives" in ways and (end := using.passives.match(self.text, here)):
            return "passive", end
        if "evidential" in ways and (self._is_passive(number, here.start) or self._is_bare(number, here.start)):
            return "passive", here.end
        if "says" in ways or ("says_phrases" in ways and using.says_phrases.match(self.text, here)):
            return "saying", here.end
        if "gerunds" in ways:
            return "gerund", here.end
        if "acts" in ways:
            return "act", here.end
        if "researches" in ways:
            return "research", here.end
        return ("hearsay" if "hearsay" in ways and self._is_hearsay(number) else ""), here.end

    def _row(self, number: int, word: str) -> int:
        """The sentence of a cue; -1 for one that runs over its end, and for a name («United States», «May»)."""
        start = self.tokens.starts[number]
        row = bisect_right(self.sentence_starts, start) - 1
        if row < 0 or self.tokens.ends[number] > self.sentence_ends[row]:
            return -1
        inside = start > self.sentence_starts[row] + 1
        return -1 if inside and self.using.cased and word not in self.using.according and self.judge.is_capital(number) else row

    def _told(self, kind: str, number: int, here: Token, end: int, row: int) -> Attribution | None:
        """The attribution that a cue makes, if any."""
        if kind == "according":
            return self._according(number, here, end, row)
        if kind == "postposed":
            return self._postposed(number, here, row)
        if kind in ("saying", "act", "research"):
            return self._saying(number, here, row, kind)
        if kind == "passive" and (agent := self._named_agent(number, row)):
            return self._made("saying", here.start, end, self._place(agent), row, judged="named")
        if kind == "gerund":
            return self._made("saying", here.start, end, None, row, judged="pronoun", after=True)
        return self._made(kind, here.start, end, None, row)

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

    def _is_hearsay(self, number: int) -> bool:
        """Whether what follows an auxiliary makes it hearsay: «aurait reçu», «soll Geld angenommen haben»."""
        if not self.using.words["hearsay_with"]:
            return self._is_participle(self.tokens.word(number + 1))
        at = number + 1
        while at < len(self.tokens.words) and at - number < 2 * _LONGEST_FRAME and self.subjects.gap(at - 1, at) in _INSIDE_CLAUSE:
            if self.tokens.words[at] in self.using.words["hearsay_with"]:
                return True
            at += 1
        return False

    def _is_bare(self, number: int, start: int) -> bool:
        """Whether a German participle stands without an auxiliary: «60 Neuinfektionen gemeldet»."""
        first = self.firsts[max(0, bisect_right(self.sentence_starts, start) - 1)]
        auxiliaries = self.using.final_auxiliaries
        return bool(auxiliaries) and not any(self.tokens.word(n) in auxiliaries for n in (*range(first, number), number + 1))

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
        if kind in ("passive", "hearsay", "act"):
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

    def _according(self, number: int, token: Token, end: int, row: int) -> Attribution | None:
        """«selon X», «по данным X»."""
        first = self.tokens.at(end)
        if first > 0 and self.tokens.ends[first - 1] > end:  # «وفقا لوزارة»: the source is written onto its preposition
            first -= 1
        if pronoun := next((n for n in range(number + 1, first) if self.tokens.words[n] in self.using.words["pronouns"]), 0):
            return self._made("according", token.start, end, self._place((pronoun, pronoun + 1)), row, judged="pronoun")
        source = self.subjects.right(end, row, first, is_verb=False)
        if about := self._own((number, source[1] if source else self.tokens.at(end)), row):
            return self._made("according", token.start, end, self._place(about), row, judged="named")
        kind = self.judge.source(source) if source else "nobody"
        if kind == "nobody" and self._hides(number, end):
            return self._made("according", token.start, end, (token.start, end), row, judged="unnamed")
        if source and (kind != "nobody" or not self.tokens.words[source[0]][0].isdigit()) and not self._is_measure(source):
            return self._made("according", token.start, end, self._place(source), row, judged=kind)
        return None

    def _postposed(self, number: int, token: Token, row: int) -> Attribution | None:
        """«der Umfrage zufolge», «eigenen Angaben zufolge»."""
        source = self.subjects.left(number, row)
        if source and (about := self._own(source, row)):
            return self._made("according", token.start, token.end, self._place(about), row, judged="named")
        if source and (kind := self.judge.source(source)) != "nobody":
            return self._made("according", token.start, token.end, self._place(source), row, judged=kind)
        return None

    def _own(self, source: tuple[int, int], row: int) -> tuple[int, int] | None:
        """Whom a sentence is about, if what a cue names as its source is their own: «nach eigenen Angaben»."""
        own = self.using.words["own"]
        at = next((n for n in range(*source) if self.tokens.words[n] in own), None) if own else None
        return None if at is None else self.subjects.topic(at, row)

    def _hides(self, number: int, end: int) -> bool:
        """Whether a cue itself says of what it names nobody for: «по последним данным»."""
        words = self.tokens.words[number : self.tokens.at(end)]
        return len(words) > 2 and words[-1] in self.using.words["unnamed"]

    def _is_measure(self, source: tuple[int, int]) -> bool:
        """Whether what follows «according to» is what something depends on: «selon les pays», «according to age»."""
        words = self.tokens.words[source[0] : min(source[1], source[0] + 2)]
        return any(not self.using.words["not_sources"].isdisjoint(self.judge.bare_forms(word)) for word in words)

    def _saying(self, number: int, token: Token, row: int, kind: str) -> Attribution | None:
        """A reporting verb with its subject: before it, after it («a annoncé le ministre»), or understood (Arabic)."""
        using = self.using
        if self._is_passive(number, token.start):
            return self._agent(number, token, row)
        if not self._is_finite(number, token) or self._is_nominal(number, kind):
            return None
        end = max(token.end, using.says_phrases.match(self.text, token)) if token.word in using.says_phrases else token.end
        subject = self.subjects.of(number, end, row, kind)
        if subject.phrase is None:
            if using.after_verb and kind == "saying" and self._follows_speech(number):
                return self._made(kind, token.start, end, None, row, judged="pronoun", after=True)
            return None
        if kind == "act" and (subject.judged in ("unnamed", "group") or not (self.using.cased or self.judge.is_known(subject.phrase))):
            return None
        if kind == "research":
            if not self.judge.is_document(subject.phrase):
                return None
            return self._made("act", token.start, end, self._place(subject.phrase), row, judged=subject.judged)
        if kind == "saying" and self._is_doubtful(number, token.word, subject.phrase) and not self._is_speech(number, row):
            return None
        after = (subject.before or using.after_verb) and not self.subjects.frames(subject.phrase, number, row)
        return self._made(kind, token.start, end, self._place(subject.phrase), row, judged=subject.judged, after=after)

    def _is_finite(self, number: int, token: Token) -> bool:
        """Whether a verb form speaks here: a participle needs its auxiliary («a annoncé», not «l'accord annoncé»)."""
        if not self.using.participle_endings or not token.word.endswith(self.using.participle_endings):
            return True
        return any(self.tokens.word(number - n) in self.using.words["perfect"] for n in (1, 2, 3))

    def _is_nominal(self, number: int, kind: str) -> bool:
        """Whether the word before a verb form makes a noun of it: «an estimated», «d'analyse», «l'annonce» behind no subject."""
        words, before = self.using.words, self.tokens.word(number - 1)
        if before not in words["nominal_after"] or self.subjects.cut[number]:
            return False
        if kind == "act":
            return before in words["indefinite"]  # «envisage de supprimer» is an act
        if before not in words["auxiliaries"]:
            return True
        # «l'annonce» is a noun and «le ministre l'annonce» none
        return self.subjects.cut[number - 1] or self.tokens.word(number - 2) in self.using.function_words - words["pronouns"]

    def _is_doubtful(self, number: int, verb: str, subject: tuple[int, int]) -> bool:
        """Whether a verb with this subject needs speech beside it: one that has other senses, of a subject that may not speak."""
        if verb not in self.using.words["doubtful"]:
            return False
        is_pronoun = subject[1] - subject[0] == 1 and self.tokens.words[subject[0]] in self.using.words["pronouns"]
        is_impersonal = is_pronoun and self.using.cased and subject[0] == number + 1 and not self.subjects.cut[number]
        return is_impersonal or not self.judge.is_known(subject)  # «dort gab es 40 Boote»

    def _is_speech(self, number: int, row: int) -> bool:
        """Whether a quotation, a colon or «that» stands in the sentence of a verb, the last behind it."""
        start, end = self.sentence_starts[row], self.sentence_ends[row]
        if '"' in self.text[start:end] or ":" in self.text[self.tokens.ends[number] : end]:
            return True
        following = self.tokens.words[number + 1 : min(number + _FARTHEST_SPEECH, self.tokens.at(end))]
        return self.using.words["speech"].any_of(following)

    def _is_passive(self, number: int, start: int) -> bool:
        """Whether a verb form is passive («was told», «a été annoncé», «wurden gemeldet»): what stands before it does not speak."""
        passive, words = self.using.words["passive_with"], self.tokens.words
        if not passive:
            return False
        if self.using.final_auxiliaries:
            first = max(self.firsts[max(0, bisect_right(self.sentence_starts, start) - 1)], number - _LONGEST_FRAME)
            clause = next((n for n in range(number, first, -1) if self.subjects.cut[n]), first)  # «…, so Kern»
            following = [] if self.subjects.cut[number + 1] else words[number + 1 : number + 2]
            return passive.any_of((*words[clause:number], *following))
        before = words[max(0, number - 2) : number]
        return bool(before) and (before[-1] in passive or (before[0] in passive and before[-1] in self.using.words["auxiliaries"]))

    def _agent(self, number: int, token: Token, row: int) -> Attribution | None:
        """Who speaks in a passive: «annoncé par le ministre»."""
        at = next((n for n in range(number + 1, number + _NEAR_AGENT) if self.tokens.word(n) in self.using.words["agents"]), 0)
        if not at or any(self.subjects.cut[number + 1 : at + 1]):
            return None
        end = self.tokens.ends[at]
        source = self.subjects.right(end, row, at + 1, is_verb=False)
        if source is None or (judged := self.judge.source(source)) == "nobody":
            return None
        return self._made("saying", token.start, end, self._place(source), row, judged=judged)

    def _named_agent(self, number: int, row: int) -> tuple[int, int] | None:
        """Who stands behind an evidential passive after all: «estimé à 900 000 euros par ses services»."""
        for at in range(number + 1, min(number + _FARTHEST_AGENT, len(self.tokens.words))):
            if self.tokens.ends[at] > self.sentence_ends[row] or "," in self.subjects.gap(at - 1, at):
                return None
            if self.tokens.words[at] in self.using.words["agents"]:
                source = self.subjects.right(self.tokens.ends[at], row, at + 1, is_verb=False)
                return source if source and self.judge.source(source) == "named" else None
        return None

    def _follows_speech(self, number: int) -> bool:
        """Whether «that» or a quotation follows a verb whose subject is understood: «وأضاف أن»."""
        following = self.tokens.word(number + 1)
        gap = self.subjects.gap(number, number + 1)
        return following in self.using.words["clause"] or any(c in '":' for c in gap)

    def _place(self, source: tuple[int, int]) -> tuple[int, int]:
        first, last = self.subjects.with_name(self.subjects.trimmed(source))
        return self.tokens.starts[first], self.tokens.ends[last - 1]
