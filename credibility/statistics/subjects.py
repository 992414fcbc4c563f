"""Who speaks for a verb: which of the noun phrases before and behind it is its subject.

Where two phrases could speak, word order of the language decides.
"""

from typing import NamedTuple

from credibility.segment import Article
from credibility.statistics.appositions import Appositions
from credibility.statistics.noun_phrases import LONGEST, NounPhrases, Phrase
from credibility.statistics.voice_words import VoiceWords
from credibility.statistics.voices import Judge

# «a young fisherman said»: words of a phrase that is somebody without a name.
_SHORT = 6


class Subject(NamedTuple):
    """A noun phrase, how it is judged, and whether it stands before its verb. phrase: None if nobody speaks."""

    phrase: Phrase | None
    judged: str
    before: bool


NOBODY = Subject(None, "nobody", True)


class Subjects(NounPhrases):
    """Finds the subjects of the verbs of one article."""

    def __init__(self, article: Article, using: VoiceWords, judge: Judge, starts: list[int], ends: list[int], firsts: list[int]) -> None:
        """starts, ends: of the sentences, in the folded text; firsts: the token that each begins with."""
        super().__init__(article, using, judge, starts, ends, firsts)
        self.appositions = Appositions(using, judge, self.cut, starts, firsts)

    def of(self, number: int, end: int, row: int, kind: str) -> Subject:
        """The subject of the verb with this token number, which ends at `end` in sentence `row`; kind: saying or act."""
        using = self.using
        definite = kind == "saying" and self.tokens.words[number] not in using.words["shows"]
        left = self._spoken(self._nominative(self._last_clause(self.left(number, row))), row, definite=definite, before=True)
        if left.judged == "nobody" and definite and self._is_anybody(left.phrase, number):
            left = left._replace(judged="group")
        right = NOBODY
        is_asked = using.after_verb or left.phrase is None or (using.inverts and left.judged == "named")
        if is_asked or (using.disagreeing and left.judged == "nobody"):
            following = number + 1 if end == self.tokens.ends[number] else self.tokens.at(end)
            phrase = self._before_agent(self.right(end, row, following, is_verb=True), number)
            if phrase is not None and not self._disagrees(number, phrase):
                right = self._spoken(phrase, row, definite=definite, before=False, digits=kind == "saying")
            if right.judged == "nobody" and definite and self._is_somebody(right.phrase, number):
                right = right._replace(judged="group")
        for way in self._ways(number, row, left, right, kind):
            if way.phrase is not None and way.judged != "nobody":
                return way
        if kind == "act" and using.inverts and (head := self._head(number, row)):
            return Subject(head, "named", False)
        return self._shared(number, row) if definite and left.judged == "nobody" and self._is_plain(number) else NOBODY

    def _is_plain(self, number: int) -> bool:
        """Whether a verb form has no sense but to speak."""
        word, lists = self.tokens.words[number], self.using.words
        is_noun = self.using.bare_clauses and f"{word}s" in lists["says"]  # «a claim», «the report»
        return not is_noun and word not in lists["doubtful"] and word not in lists["introducing"]

    def _shared(self, number: int, row: int) -> Subject:
        """Who speaks for a second verb of a clause: «Kern called the plan, which costs 40 million, careless, but said that …»."""
        words, lists, at = self.tokens.words, self.using.words, self.verb_start(number)
        head = self.firsts[row]
        if words[number].endswith(self.using.participle_endings) or words[number] not in lists["says"]:
            return NOBODY  # «Nous avons construit et évalué», «put the»
        if not lists["coordinates"] or at <= head or words[at - 1] not in lists["coordinates"] or self.judge.is_capital(at - 1):
            return NOBODY
        commas = [n for n in range(max(head + 1, at - 2 * LONGEST), at - 1) if self.tokens.gaps[n] == ", "]
        for first in (*reversed(commas[-3:]), head):
            if (phrase := self._opens(first, at - 1)) is not None:
                judged = self.judge.source(phrase)
                return Subject(phrase, judged, True) if judged in ("named", "pronoun", "unnamed") else NOBODY
        return NOBODY

    def _opens(self, first: int, end: int) -> Phrase | None:
        """The name, pronoun or body that begins with this token and a verb follows; None if there is none."""
        words, lists, last = self.tokens.words, self.using.words, first
        if words[first] in self.using.nominatives and words[first] not in lists["relatives"]:
            return first, first + 1
        while last < end and (last == first or not self.cut[last]) and last - first < LONGEST and self._names(last):
            last += 1
        while last > first and words[last - 1] in self.using.function_words:
            last -= 1
        is_name = last > first and not (last == first + 1 and first in self.judge.opening and words[first] not in self.judge.inner_names)
        return (first, last) if is_name and last < end and (not self.cut[last] or self.tokens.gaps[last] == ", ") else None

    def _names(self, number: int) -> bool:
        """Whether a token may be part of a name or of the words for a body: «the fisheries (office of) Lund»."""
        word, lists = self.tokens.words[number], self.using.words
        if self.judge.is_capital(number) or word in lists["determiners"] or word in lists["indefinite"] or word in lists["links"]:
            return True
        return any(word in lists[name] for name in ("institutions", "unnamed", "documents"))

    def _is_somebody(self, phrase: Phrase | None, number: int) -> bool:
        """Whether a phrase behind an inverted verb is somebody without a name: «…, explique un marin»."""
        return phrase is not None and self.tokens.words[phrase[0]] in self.using.words["indefinite"] and self.is_inverted(number)

    def _is_anybody(self, phrase: Phrase | None, number: int) -> bool:
        """Whether a short phrase before a verb is somebody without a name: «a fisherman said», «des pêcheurs ont raconté»."""
        if phrase is None or phrase[1] != self.verb_start(number) or not 1 < phrase[1] - phrase[0] <= _SHORT:
            return False
        return self.tokens.words[phrase[0]] in self.using.words["indefinite"] and self._is_plain(number)

    def _nominative(self, phrase: Phrase | None) -> Phrase | None:
        """A phrase before a verb from the first word on that may be a subject: «(министру) Анна Керн сообщила»; None if none may."""
        endings = self.using.disagreeing.get("")
        if phrase is None or not endings or self.tokens.words[phrase[0]] in self.using.words["clause"]:
            return phrase
        first, last = phrase
        while first < last and self._is_small(first) and self.tokens.words[first].endswith(endings):
            first += 1
        return (first, last) if first < last else None

    def _is_small(self, number: int) -> bool:
        """Whether a token is neither a name nor a pronoun."""
        return not self.judge.is_capital(number) and self.tokens.words[number] not in self.using.words["pronouns"]

    def _disagrees(self, number: int, phrase: Phrase) -> bool:
        """Whether a phrase behind a verb cannot be its subject: «оценил (сильные стороны)», «سيطالبون (بإنشاء معهد)»."""
        verb, first = self.tokens.words[number], self.tokens.words[phrase[0]]
        if self.using.after_verb and first in self.using.cited:
            return True  # «يعتقد حسب التراث»
        if self.using.after_verb and (self.judge.is_accusative(phrase[0]) or (first in self.closing and first not in self.digits)):
            return True
        if not self.using.disagreeing or (self.using.cased and not self._is_small(phrase[0])) or first in self.using.words["quantities"]:
            return False
        if self.using.cased and number < phrase[0] - 1 and self.tokens.words[phrase[0] - 1] in self.using.words["clause"]:
            return True  # «агентство сообщило об (уничтожении лодок)»
        if self.using.cased and first in self.using.words["clause"]:
            return not self.is_inverted(number)  # «сообщил о крушении», but «…», рассказала о своем опыте Анна
        return any(verb.endswith(end) and first.endswith(ends) for end, ends in self.using.disagreeing.items())

    def _before_agent(self, phrase: Phrase | None, number: int) -> Phrase | None:
        """The phrase behind a verb without what its particle needs: «geht die Feuerwehr (von 40 Booten aus)»."""
        if phrase is None or self.tokens.words[number] not in self.using.particles:
            return phrase
        first, last = phrase
        last = next((n for n in range(first, last) if self.tokens.words[n] in self.using.words["agents"]), last)
        return (first, last) if last > first else None

    def _last_clause(self, phrase: Phrase | None) -> Phrase | None:
        """The subject in a phrase that begins with another clause: «(was jailed after) a jury (found)»."""
        if phrase is None or not self.using.finite:
            return phrase
        words, lists, (first, last) = self.tokens.words, self.using.words, phrase
        if not self.using.finite.isdisjoint(words[first : last - 1]):
            verb = next(n for n in range(last - 2, first - 1, -1) if words[n] in self.using.finite)
            joined = next((n for n in range(last - 2, verb, -1) if words[n] in lists["joins"]), -1)
            if joined >= 0:
                return joined + 1, last
        if last < len(words) and words[last - 1] in lists["breaks"]:
            head = next((n for n in range(first + 1, last) if words[n] in self.using.finite or words[n] in lists["auxiliaries"]), last)
            return first, head  # «(the office) has sold its boats but expects»
        told = next((n for n in range(last - 2, first, -1) if self._opens_bare_clause(n)), -1) if self.using.bare_clauses else -1
        return (told + 1, last) if told >= 0 else phrase

    def _opens_bare_clause(self, number: int) -> bool:
        """Whether a verb of speech stands before what is said with nothing between: «Kern said (people expect)»."""
        words, lists = self.tokens.words, self.using.words
        if words[number] not in lists["says"] or words[number] in lists["introducing"] or words[number - 1] in lists["nominal_after"]:
            return False
        following = words[number + 1]
        return following not in lists["adverbial"] and following not in self.using.days and following not in lists["agents"]

    def _spoken(self, phrase: Phrase | None, row: int, *, definite: bool, before: bool, digits: bool = False) -> Subject:
        """A phrase as the subject that it makes; digits: whether one that holds figures may speak."""
        if phrase is not None and not digits and self.holds_digits(phrase):
            phrase = self._behind_year(phrase) if before else None
        if phrase is None:
            return Subject(None, "nobody", before)
        if self.tokens.words[self._opening(phrase, row) if before else phrase[0]] in self.using.words["oblique"]:
            return Subject(None, "oblique", before)
        if self.tokens.words[phrase[0]] in self.using.words["impersonal"] and phrase[1] - phrase[0] == 1:
            return Subject(None, "nobody", before)  # «Es gab 40 Boote»
        return Subject(phrase, self.judge.source(phrase, definite=definite), before)

    def _opening(self, phrase: Phrase, row: int) -> int:
        """The token that a phrase before a German verb begins with, or its sentence if that is long («Nach der Tat … sagte Kern»)."""
        first, start = phrase[0], self.firsts[row]
        is_long = bool(self.using.final_auxiliaries) and start < first <= phrase[1] - LONGEST and not self.cut[first]
        return start if is_long else first

    def _behind_year(self, phrase: Phrase) -> Phrase | None:
        """The named phrase behind the year that opens a sentence («In 2019 the ministry», «В 2022 г. правительство»), if any."""
        first, last = phrase
        year = next((n for n in range(last - 2, first - 1, -1) if self.tokens.words[n] in self.digits), -1)
        is_year = year >= 0 and len(self.tokens.words[year]) == 4 and first in self.judge.opening
        rest = (year + 1, last)
        return rest if is_year and not self.holds_digits(rest) and self.judge.source(rest) == "named" else None

    def _ways(self, number: int, row: int, left: Subject, right: Subject, kind: str) -> tuple[Subject, ...]:
        """The phrases that may be the subject, the likelier first."""
        using = self.using
        both_named = left.judged == right.judged == "named"
        short = left.phrase is not None and left.phrase[1] - left.phrase[0] <= 2 and not self.judge.is_body(left.phrase)
        short = short and left.phrase is not None and self.tokens.words[left.phrase[0]] not in using.words["determiners"]
        if using.after_verb and left.judged == "named" and self.tokens.words[number - 1] in using.words["perfect"]:
            return left, right  # «وكان الوزير قد صرح»
        if using.after_verb and left.phrase is not None and left.judged == "named" and not self._stands_before(left.phrase):
            return (right,)
        is_fronted = using.disagreeing and left.phrase is not None and self.tokens.words[left.phrase[0]] in using.words["clause"]
        may_turn = using.inverts and not using.final_auxiliaries  # «Emil Kern sagte der Zeitung»
        if using.after_verb or (may_turn and both_named and (short or is_fronted)):
            return right, left  # «Об этом в интервью «Порту» рассказала Анна Керн»
        if using.final_auxiliaries and (framed := self._framed(number, row)).phrase is not None:
            return framed, left
        if left.judged == "oblique" and using.inverts:
            return (right,)  # «In Lund sagte Kern …»
        if left.phrase is None and self.is_inverted(number):
            is_phrase = right.phrase is not None and right.phrase[1] - right.phrase[0] > 1 and not using.bare_clauses
            definite_right = right if right.judged != "pronoun" or is_phrase else NOBODY  # «a fait savoir la même source», not «a-t-il dit»
            if using.disagreeing and right.phrase is not None and self.tokens.words[right.phrase[0]] in using.words["clause"]:
                definite_right = NOBODY  # «Анна Керн, у которой 40 лодок, рассказала о порте»
            if self.tokens.words[number] in using.words["addressed"]:
                definite_right = right = NOBODY
            source, judged = self.appositions.named_before(number, row)
            if judged in ("unnamed", "group") and self.tokens.words[number] in using.words["shows"]:
                source = None  # «A witness, who was fishing, found the car»
            apposed = Subject(source, judged, True)
            if using.final_auxiliaries and (headed := self.appositions.headed(number, row)):
                return (Subject(headed, self.judge.source(headed, definite=True), True), right)
            start = self.verb_start(number)
            if using.bare_clauses and '"' not in self.tokens.gaps[start]:
                # «Ana Ruiz, the director, said the company had …»; «…, said the warden» and not «…, has denied the claims»
                return (apposed, definite_right, right) if start == number else (apposed, definite_right)
            return definite_right, apposed, right
        is_turned = using.inverts and using.disagreeing and right.judged != "pronoun" and kind == "saying"
        return (left, right) if is_turned else (left,)  # «Об этом 26 июля заявил министр»

    def _stands_before(self, phrase: Phrase) -> bool:
        """Whether an Arabic subject may stand before its verb: one told by its noun, or behind an auxiliary («وكان سالم الكردي قال»)."""
        before = self.tokens.word(phrase[0] - 1)
        return self.judge.is_known(phrase) or self._without_proclitic(before) in self.using.words["auxiliaries"]

    def _framed(self, number: int, row: int) -> Subject:
        """«Kürzlich hat eine Studie der Universität … ergeben»: the subject of a participle whose auxiliary stands before it."""
        words, start = self.tokens.words, self.firsts[row]
        auxiliary = next((n for n in range(number - 1, start, -1) if words[n] in self.using.final_auxiliaries), None)
        if auxiliary is None or "," in self.text[self.tokens.ends[auxiliary] : self.tokens.starts[number]]:
            return NOBODY
        before = self.left(auxiliary, row)
        is_oblique = before is not None and words[before[0]] in self.using.words["oblique"]  # «Allerdings hätten 36 Prozent …»
        judged = self.judge.source(before, definite=True) if before and not is_oblique and not self.holds_digits(before) else "nobody"
        if judged in ("named", "unnamed") and before is not None and before[0] == start:
            return Subject(before, judged, True)  # «Rice hatte bei ihrem Aufenthalt in Lund erklärt»
        last = next((n for n in range(auxiliary + 1, number) if self._ends_phrase(n, auxiliary)), number)
        phrase = (auxiliary + 1, last)
        is_object = words[phrase[0]] in self.using.words["oblique"]  # «Er hatte (im Wahlkampf) versprochen»
        if last > auxiliary + 1 and not is_object and (behind := self.judge.source(phrase, definite=True)) != "nobody":
            return Subject(phrase, behind, False)  # what is said stands between it and the participle
        return Subject(before, judged, True) if judged != "nobody" else NOBODY

    def _ends_phrase(self, number: int, auxiliary: int) -> bool:
        """Whether the phrase behind an auxiliary ends before this token: at digits, a clause word, punctuation."""
        word = self.tokens.words[number]
        is_number = word in self.digits or word in self.using.numerals
        return (
            self.cut[number] or is_number or (number > auxiliary + 1 and word in self.using.words["clause"]) or number - auxiliary > LONGEST
        )

    def _head(self, number: int, row: int) -> Phrase | None:
        """The phrase that opens the sentence of a verb at its end («Die Staatschefs hatten sich … geeinigt»)."""
        head, words = self.firsts[row], self.tokens.words
        ends = (n for n in range(head, min(number, head + LONGEST)) if words[n] in self.using.words["auxiliaries"])
        stop = next(ends, head)
        is_named = stop > head and words[head] not in self.using.words["oblique"] and self.judge.source((head, stop)) == "named"
        return (head, stop) if is_named else None

    def topic(self, number: int, row: int) -> Phrase | None:
        """The named phrase behind an auxiliary of a sentence, else that which opens it, up to this token: whom the sentence is about."""
        start, end = self.firsts[row], self.tokens.at(self.sentence_ends[row])
        end = min(end, number + 2 * LONGEST)
        behind = [n + 1 for n in range(start, end) if self.tokens.words[n] in self.using.words["auxiliaries"]]
        for first in (*behind, start):
            last = first
            while last < end and last != number and last - first < LONGEST and not (last > first and self._closes(last)):
                last += 1
            if last > first and not self.holds_digits((first, last)) and self.judge.source((first, last)) == "named":
                return first, last
        return None

    def _closes(self, number: int) -> bool:
        """Whether the phrase that a sentence is about ends before this token."""
        word, words = self.tokens.words[number], self.using.words
        is_verb = word in words["auxiliaries"] or word in words["says"] or self.is_verb_behind(number)
        return self.cut[number] or word in self.digits or word in words["breaks"] or is_verb

    def frames(self, source: Phrase, number: int, row: int) -> bool:
        """Whether subject and verb close or interrupt what is said, so that it stands before them too: «…, the ministry said»."""
        items, start = self.tokens, self.sentence_starts[row]
        first = min(source[0], number)
        if '"' in self.text[start : items.starts[first]]:
            return True
        behind = self.text[items.ends[first - 1] : items.starts[first]] if first > 0 and items.starts[first - 1] >= start else ""
        if source[0] < number and items.word(number + 1) in self.using.words["breaks"]:
            return False  # «After the storm, the mayor said that …»
        rest = self.tokens.at(self.sentence_ends[row]) - max(number, source[1] - 1)
        return ("," in behind or rest <= 4) and first > self.firsts[row]
