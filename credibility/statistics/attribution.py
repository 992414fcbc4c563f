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
from credibility.statistics.clauses import Clauses
from credibility.statistics.cues import NEAR_AGENT, Cues
from credibility.statistics.deeds import Deeds
from credibility.statistics.mentions import Mentions
from credibility.statistics.noun_phrases import Phrase
from credibility.statistics.subjects import Subject, Subjects
from credibility.statistics.verbs import Verbs
from credibility.statistics.voice_words import VoiceWords, voice_words
from credibility.statistics.voices import Judge

# «estimé à 900 000 euros par …»: words between a participle and its agent.
_FARTHEST_AGENT = 8


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
        self.verbs = Verbs(using, self.subjects)
        self.deeds = Deeds(using, self.subjects)
        self.cues = Cues(using, self.subjects, self.verbs)
        self.clauses = Clauses(article, using, self.subjects)
        self.mentions = Mentions(using, self.judge, self.subjects.cut)

    def attributions(self) -> Iterator[Attribution]:
        """All of them, in order."""
        cues, taken = self.cues.words(), 0
        for number in self.tokens.among(cues):
            word = cues[self.tokens.words[number]]
            end = self.tokens.ends[number]
            here = Token(end - len(word), end, word)
            kind, end = self.cues.kind(number, here)
            if number < taken and kind != "according":
                continue  # «according to reports»: no verb
            if kind == "according":
                taken = self.tokens.at(end) + 2
            if kind and (row := self._row(number, word)) >= 0 and (told := self._told(kind, number, here, end, row)):
                yield told

    def _row(self, number: int, word: str) -> int:
        """The sentence of a cue; -1 for one that runs over its end, and for a name («United States», «May»)."""
        start = self.tokens.starts[number]
        row = bisect_right(self.sentence_starts, start) - 1
        if row < 0 or self.tokens.ends[number] > self.sentence_ends[row]:
            return -1
        inside = start > self.sentence_starts[row] + 1
        if not inside or not self.using.cased or word in self.using.according or not self.judge.is_capital(number):
            return row
        is_headline = word in self.using.words["says"] and self.judge.is_title(self.firsts[row], self.tokens.at(self.sentence_ends[row]))
        return row if is_headline else -1

    def _told(self, kind: str, number: int, here: Token, end: int, row: int) -> Attribution | None:
        """The attribution that a cue makes, if any."""
        if kind == "according":
            told = self._according(number, here, end, row)
            if told is None and here.word in self.using.words["says"]:  # «сообщили в» opens a source and «сообщили в среду» a day
                return self._saying(number, here, row, "saying")
            return self._in_brackets(told, here.start, row) if told and self.text[here.start - 1 : here.start] == "(" else told
        if kind == "postposed":
            return self._postposed(number, here, row)
        if kind == "learned":
            told = self._learned(number, here, row)
            is_verb = here.word in self.using.words["says"] and not (told and told.named)
            return (self._saying(number, here, row, "saying") if is_verb else None) or told  # «نقلت الوكالة عن مصادر»: the agency
        if kind == "amount":
            law = self.cues.law_before(number)
            return self._made("act", here.start, end, self._place(law), row, judged="named") if law else None
        if kind in ("act", "planned"):
            return self._saying(number, here, row, "act") if self.deeds.is_one(number, here.word, kind) else None
        if kind in ("saying", "research"):
            return self._saying(number, here, row, kind)
        if kind == "passive" and (agent := self._named_agent(number, row)):
            return self._made("saying", here.start, end, self._place(agent), row, judged="named")
        if kind == "gerund":
            if here.word in self.using.words["doubtful"] and not self.verbs.opens_speech(number):
                return None  # «adding 40 boats»
            return self._made("saying", here.start, end, None, row, judged="pronoun", after=True)
        return self._made(kind, here.start, end, None, row)

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
            content = self.clauses.at(start, end, row)
            content = Span(max(content.start, cue.end), content.end) if after else content
        named = judged not in ("unnamed", "group")
        place = self.view.source(*source) if source else None
        return Attribution(cue, place, kind, named, judged == "pronoun", content, row, judged == "unnamed")

    # sources ---------------------------------------------------------------------------------------------------------

    def _according(self, number: int, token: Token, end: int, row: int) -> Attribution | None:
        """«selon X», «по данным X»."""
        first = self.tokens.at(end)
        if first > 0 and self.tokens.ends[first - 1] > end:  # «وفقا لوزارة»: the source is written onto its preposition
            first -= 1
        if pronoun := next((n for n in range(number + 1, first) if self.tokens.words[n] in self.using.words["pronouns"]), 0):
            return self._made("according", token.start, end, self._place((pronoun, pronoun + 1)), row, judged="pronoun")
        source = self.subjects.right(end, row, first, is_verb=False)
        if source and self.using.days.any_of(self.tokens.words[source[0] : source[0] + 1]) and self.using.disagreeing:
            return None
        if source and self.using.after_verb and (source := self._behind_verb(source)) is None:
            return None
        if source and source[0] == first and self.tokens.words[first] in self.using.nominatives and self.using.words["determiners"]:
            source = (first, first + 1)  # «selon lui devrait», not «по словам его адвоката»
        if about := self._own((number, source[1] if source else self.tokens.at(end)), row):
            return self._made("according", token.start, end, self._place(about), row, judged="named")
        kind = self.judge.source(source) if source else "nobody"
        if source and kind in ("unnamed", "group") and (issuer := self._issuer(source[1], row)):
            return self._made("according", token.start, end, self._place(issuer), row, judged="named")
        if source and self.using.after_verb and self.judge.is_document(source) and (maker := self._maker(source[1], row)):
            return self._made("according", token.start, end, self._place(maker), row, judged="named")
        if (kind == "nobody" or self.cues.is_apart(first)) and self.cues.hides(number, end):
            return self._made("according", token.start, end, (token.start, end), row, judged="unnamed")
        if source and kind == "nobody" and self.using.cased and self.tokens.words[source[0]] in self.using.words["indefinite"]:
            kind = "group"  # «according to a former employee»
        if source and (kind != "nobody" or not self.judge.is_number(source)) and not self._is_measure(source):
            place = self._place(source)
            is_attached = place[0] < end < place[1] and not self.text.startswith("لل", place[0])  # «للوزارة»: its article is cut
            return self._made("according", token.start, end, (end, place[1]) if is_attached else place, row, judged=kind)
        return None

    def _behind_verb(self, source: tuple[int, int]) -> tuple[int, int] | None:
        """What an Arabic phrase names as a source: «وفقا لما (ذكرته) صحيفة الميناء»; None if it is none: «في بيان له»."""
        words, (first, last) = self.using.words, source
        while first < last and self.judge.is_verb_of(self.tokens.words[first]):
            first += 1
        if first == last or self.judge.is_accusative(first):
            return None
        if self.tokens.words[first] in words["clause"] or self.tokens.words[first] in words["auxiliaries"]:
            return None
        return first, last

    def _issuer(self, at: int, row: int) -> tuple[int, int] | None:
        """Who gave out figures of a day: «les données publiées, jeudi 28 mai, par la Fédération»; at: the token behind their name."""
        words, agents = self.tokens.words, self.using.words["agents"]
        last = min(at + NEAR_AGENT, self.tokens.at(self.sentence_ends[row]))
        while at < last and words[at] not in agents and (words[at] in self.using.days or words[at].isdecimal()):
            at += 1
        if at >= last or words[at] not in agents:
            return None
        source = self.subjects.right(self.tokens.ends[at], row, at + 1, is_verb=False)
        return source if source and self.judge.source(source) == "named" else None

    def _maker(self, at: int, row: int) -> tuple[int, int] | None:
        """Who made a document, where its clause tells that later: «لإحصاء شمل 60 خبيرا أجرته وكالة الميناء»; at: the token behind."""
        words, last = self.tokens.words, min(at + _FARTHEST_AGENT, self.tokens.at(self.sentence_ends[row]))
        made = next((n for n in range(at, last) if words[n] in self.using.words["issued"]), 0)
        if not made or any("," in gap or "،" in gap for gap in self.tokens.gaps[at : made + 1]):
            return None
        source = self.subjects.right(self.tokens.ends[made], row, made + 1, is_verb=False)
        return source if source and self.judge.source(source) == "named" else None

    def _in_brackets(self, told: Attribution, start: int, row: int) -> Attribution:
        """An attribution in brackets covers what stands before it: «40 boats (according to the board), but …»."""
        close = self.text.find(")", start, self.sentence_ends[row])
        return told if close < 0 else told._replace(content=self.view.source(self.sentence_starts[row], close))

    def _learned(self, number: int, token: Token, row: int) -> Attribution | None:
        """«a-t-on appris auprès de la mairie»."""
        at = self.cues.learned_from(number)
        source = self.subjects.right(self.tokens.ends[at - 1], row, at, is_verb=False)
        judged = self.judge.source(source) if source else "nobody"
        if source is None or judged == "nobody":
            return None
        return self._made("saying", token.start, token.end, self._place(source), row, judged=judged)

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

    def _is_measure(self, source: tuple[int, int]) -> bool:
        """Whether what follows «according to» is what something depends on: «selon les pays», «according to age»."""
        words = self.tokens.words[source[0] : min(source[1], source[0] + 2)]
        return any(not self.using.words["not_sources"].isdisjoint(self.judge.bare_forms(word)) for word in words)

    def _saying(self, number: int, token: Token, row: int, kind: str) -> Attribution | None:
        """A reporting verb with its subject: before it, after it («a annoncé le ministre»), or understood (Arabic)."""
        using = self.using
        if self.verbs.is_passive(number, token.start):
            return None if token.word in using.words["introducing"] else self._agent(number, token, row, kind)
        if self.cues.is_impersonal(number):
            return self._learned(number, token, row) if self.cues.learned_from(number) else None
        if self.verbs.is_reduced(number):
            return self._agent(number, token, row, kind, reduced=True)
        if not self.verbs.is_finite(number, token) or self.verbs.is_nominal(number, kind):
            return None
        is_introducing = kind == "saying" and token.word in using.words["introducing"]
        if is_introducing and not self.verbs.may_introduce(number, row):
            return None
        if token.word in using.words["verbless"] and not self.verbs.names_follow(number):
            return None
        needs_particle = token.word in using.particles and (kind == "saying" or token.word not in using.words["says"])
        if needs_particle and not self.verbs.has_particle(number, using.particles[token.word], row):
            return self._saying(number, token, row, "act") if kind == "saying" and token.word in using.words["acts"] else None
        phrases = using.says_phrases if kind == "saying" else using.acts_phrases
        end = max(token.end, phrases.match(self.text, token)) if token.word in phrases else token.end
        subject = self.subjects.of(number, end, row, kind)
        if subject.phrase is None:
            if using.after_verb and (
                self.verbs.follows_speech(number, row) if kind == "saying" else kind == "act" and self.verbs.decides(number)
            ):
                return self._made(kind, token.start, end, None, row, judged="pronoun", after=True)
            return None
        if kind == "act":
            return self._act(number, Token(token.start, end, token.word), row, subject.phrase, subject)
        if kind == "research":
            if not self.judge.is_document(subject.phrase):
                return None
            return self._made("act", token.start, end, self._place(subject.phrase), row, judged=subject.judged)
        if is_introducing and not self.verbs.introduces(number, subject.phrase):
            return None
        is_doubtful = kind == "saying" and self.verbs.is_doubtful(number, token.word, subject.phrase)
        if is_doubtful and not self.subjects.is_inquit(number, subject.phrase) and not self.verbs.is_speech(number, row):
            return None
        after = (subject.before or using.after_verb) and not self.subjects.frames(subject.phrase, number, row)
        return self._made(kind, token.start, end, self._place(subject.phrase), row, judged=subject.judged, after=after)

    def _act(self, number: int, cue: Token, row: int, phrase: Phrase, subject: Subject) -> Attribution | None:
        """A verb by which its subject, this phrase, fixes figures."""
        using = self.using
        is_decided = using.after_verb and self.verbs.decides(number)
        if is_decided and not (subject.before and self.judge.is_known(phrase)):  # «الوزارة تدرس تخصيص» has its subject
            return self._made("act", cue.start, cue.end, None, row, judged="pronoun")
        if subject.judged in ("unnamed", "group") or not (using.cased or self.judge.is_known(phrase)):
            return None
        if not self.deeds.may_decide(cue.word, phrase):
            return None
        # What somebody decides follows, unless the verb ends its clause.
        after = (subject.before or using.after_verb) and not using.final_auxiliaries
        told = self._made("act", cue.start, cue.end, self._place(phrase), row, judged=subject.judged, after=after)
        if cue.word not in using.words["trades"]:
            return told
        start, end = told.content.start, self.view.source(cue.start, self.deeds.object_end(number)).end
        return told._replace(content=Span(start, max(start, min(end, told.content.end))))

    def _agent(self, number: int, token: Token, row: int, kind: str, *, reduced: bool = False) -> Attribution | None:
        """Who speaks in a passive: «a été annoncé par le ministre»; reduced: a participle tells of the noun before it alone."""
        at = next((n for n in range(number + 1, number + NEAR_AGENT) if self.tokens.beside[n] in self.using.words["agents"]), 0)
        if not at or any(self.subjects.cut[number + 1 : at + 1]):
            return None
        end = self.tokens.ends[at]
        source = self.subjects.right(end, row, at + 1, is_verb=False)
        if source is None or (judged := self.judge.source(source)) == "nobody":
            return None
        if kind == "act" and not self.deeds.may_decide(token.word, source, is_agent=True):
            return None
        if kind == "research" and not self.judge.is_document(source):
            return None  # «portée par la reprise du tourisme à Lund»
        if reduced:  # an act, since what a noun is said to be by the way starts no account
            told = self._made("act", token.start, end, self._place(source), row, judged=judged)
            described = self.clauses.described(number, end, row)
            return told._replace(content=Span(described.start, told.cue.end) if kind == "act" else described)
        return self._made("act" if kind == "act" else "saying", token.start, end, self._place(source), row, judged=judged)

    def _named_agent(self, number: int, row: int) -> tuple[int, int] | None:
        """Who stands behind an evidential passive after all: «estimé à 900 000 euros par ses services»."""
        for at in range(number + 1, min(number + _FARTHEST_AGENT, len(self.tokens.words))):
            if self.tokens.ends[at] > self.sentence_ends[row] or "," in self.subjects.gap(at - 1, at):
                return None
            if self.tokens.words[at] in self.using.words["agents"]:
                source = self.subjects.right(self.tokens.ends[at], row, at + 1, is_verb=False)
                return source if source and self.judge.source(source) == "named" else None
        return None

    def _place(self, source: tuple[int, int]) -> tuple[int, int]:
        first, last = self.mentions.in_full(source)
        return self.tokens.starts[first], self.tokens.ends[last - 1]
