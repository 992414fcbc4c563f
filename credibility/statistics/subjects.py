"""Who speaks for a verb: the noun phrases before and behind it, and which of them is its subject.

A phrase is a half-open range of tokens. The grammar is shallow: a phrase ends at punctuation and at the words that the profile
names; where two phrases could speak, word order of the language decides.
"""

from typing import NamedTuple

from credibility.segment import Article
from credibility.statistics.appositions import Appositions
from credibility.statistics.voices import Judge, VoiceWords

Phrase = tuple[int, int]

_LONGEST = 14
# A quoted name inside a source («Le Monde», "بريتش بتروليوم") has at most so many words.
_LONGEST_NAME = 5
# «the World Health Organization (WHO) said»: words in the brackets of an acronym.
_LONGEST_ACRONYM = 3
# «the director, Ana Maria de la Cruz, said»: words of a name behind a title.
_FEWEST_NAMES, _MOST_NAMES = 2, 5
_STOPS = frozenset(',;:()[]"?!|\n…«»،؛؟–—')


class Subject(NamedTuple):
    """A noun phrase, how it is judged, and whether it stands before its verb. phrase: None if nobody speaks."""

    phrase: Phrase | None
    judged: str
    before: bool


NOBODY = Subject(None, "nobody", True)


class Subjects:
    """Finds the subjects of the verbs of one article."""

    def __init__(self, article: Article, using: VoiceWords, judge: Judge, starts: list[int], ends: list[int], firsts: list[int]) -> None:
        """starts, ends: of the sentences, in the folded text; firsts: the token that each begins with."""
        self.using, self.judge = using, judge
        tokens = self.tokens = judge.tokens
        self.text = article.folded.text
        cuts = {gap for gap in set(tokens.gaps) if not _STOPS.isdisjoint(gap) or " - " in gap}
        # Whether punctuation stands before each token; a line break stands before the first and behind the last.
        self.cut = [gap in cuts for gap in tokens.gaps]
        self.cut[0] = self.cut[-1] = True
        self.digits = frozenset(word for word in tokens.vocabulary if word[0].isdigit())
        self.sentence_starts, self.sentence_ends, self.firsts = starts, ends, firsts
        self.appositions = Appositions(using, judge, self.cut, starts, firsts)

    def of(self, number: int, end: int, row: int, kind: str) -> Subject:
        """The subject of the verb with this token number, which ends at `end` in sentence `row`; kind: saying or act."""
        using = self.using
        definite = kind == "saying" and self.tokens.words[number] not in using.words["shows"]
        left = self._spoken(self._last_clause(self.left(number, row)), row, definite=definite, before=True)
        right = NOBODY
        if using.after_verb or left.phrase is None or (using.inverts and left.judged == "named"):  # else it is not asked for
            following = number + 1 if end == self.tokens.ends[number] else self.tokens.at(end)
            phrase = self._before_agent(self.right(end, row, following, is_verb=True), number)
            right = self._spoken(phrase, row, definite=definite, before=False, digits=kind == "saying")
        for way in self._ways(number, row, left, right):
            if way.phrase is not None and way.judged != "nobody":
                return way
        if kind == "act" and using.inverts and (head := self._head(number, row)):
            return Subject(head, "named", False)
        return NOBODY

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
        words, (first, last) = self.tokens.words, phrase
        verb = next((n for n in range(last - 2, first - 1, -1) if words[n] in self.using.finite), last)
        joined = next((n for n in range(last - 2, verb, -1) if words[n] in self.using.words["joins"]), -1)
        return phrase if joined < 0 else (joined + 1, last)

    def _spoken(self, phrase: Phrase | None, row: int, *, definite: bool, before: bool, digits: bool = False) -> Subject:
        """A phrase as the subject that it makes; digits: whether one that holds figures may speak."""
        if phrase is not None and before:
            phrase = self._behind_year(phrase)
        if phrase is None or (not digits and self._holds_digits(phrase)):
            return Subject(None, "nobody", before)
        if self.tokens.words[phrase[0]] in self.using.words["oblique"]:
            return Subject(None, "oblique", before)
        return Subject(phrase, self.judge.source(phrase, definite=definite), before)

    def _behind_year(self, phrase: Phrase) -> Phrase:
        """The named phrase behind the year that opens a sentence («In 2019 the ministry», «В 2022 г. правительство»), else the phrase."""
        first, last = phrase
        year = next((n for n in range(last - 2, first - 1, -1) if self.tokens.words[n] in self.digits), -1)
        is_year = year >= 0 and len(self.tokens.words[year]) == 4 and first in self.judge.opening
        rest = (year + 1, last)
        return rest if is_year and self.judge.source(rest) == "named" else phrase

    def _ways(self, number: int, row: int, left: Subject, right: Subject) -> tuple[Subject, ...]:
        """The phrases that may be the subject, the likelier first."""
        using = self.using
        both_named = left.judged == right.judged == "named"
        short = left.phrase is not None and left.phrase[1] - left.phrase[0] <= 2 and not self.judge.is_body(left.phrase)
        if using.after_verb and left.judged == "named" and self.tokens.words[number - 1] in using.words["perfect"]:
            return left, right  # «وكان الوزير قد صرح»
        if using.after_verb or (using.inverts and both_named and short):
            return right, left
        if using.final_auxiliaries and (framed := self._framed(number, row)).phrase is not None:
            return framed, left
        if left.judged == "oblique" and using.inverts:
            return (right,)  # «In Lund sagte Kern …»
        if left.phrase is None and self._is_inverted(number):
            is_phrase = right.phrase is not None and right.phrase[1] - right.phrase[0] > 1 and not using.bare_clauses
            definite_right = right if right.judged != "pronoun" or is_phrase else NOBODY  # «a fait savoir la même source», not «a-t-il dit»
            if self.tokens.words[number] in using.words["addressed"]:
                definite_right = NOBODY
            source, judged = self.appositions.named_before(number, row)
            apposed = Subject(source, judged, True)
            if using.bare_clauses and '"' not in self.tokens.gaps[self._verb_start(number)]:
                return apposed, definite_right, right  # «Ana Ruiz, the director, said the company had …»
            return definite_right, apposed, right
        return (left,)

    def _framed(self, number: int, row: int) -> Subject:
        """«Kürzlich hat eine Studie der Universität … ergeben»: the subject of a participle whose auxiliary stands before it."""
        words, start = self.tokens.words, self.firsts[row]
        auxiliary = next((n for n in range(number - 1, start, -1) if words[n] in self.using.final_auxiliaries), None)
        if auxiliary is None or "," in self.text[self.tokens.ends[auxiliary] : self.tokens.starts[number]]:
            return NOBODY
        last = next((n for n in range(auxiliary + 1, number) if self._ends_phrase(n, auxiliary)), number)
        phrase = (auxiliary + 1, last)
        if last > auxiliary + 1 and (judged := self.judge.source(phrase, definite=True)) != "nobody":
            return Subject(phrase, judged, False)  # what is said stands between it and the participle
        before = self.left(auxiliary, row)
        is_oblique = before is not None and words[before[0]] in self.using.words["oblique"]  # «Allerdings hätten 36 Prozent …»
        judged = self.judge.source(before, definite=True) if before and not is_oblique and not self._holds_digits(before) else "nobody"
        return Subject(before, judged, True) if judged != "nobody" else NOBODY

    def _ends_phrase(self, number: int, auxiliary: int) -> bool:
        """Whether the phrase behind an auxiliary ends before this token: at digits, a clause word, punctuation."""
        word = self.tokens.words[number]
        is_number = word in self.digits or word in self.using.numerals
        return (
            self.cut[number]
            or is_number
            or (number > auxiliary + 1 and word in self.using.words["clause"])
            or number - auxiliary > _LONGEST
        )

    def left(self, number: int, row: int) -> Phrase | None:
        """The noun phrase before a verb; None where punctuation stands before it. «X, who said»: X, if only the pronoun stands there."""
        written, gaps, words, is_verb_first = self.tokens.words, self.tokens.gaps, self.using.words, self.using.after_verb
        start, auxiliaries, breaks = self.firsts[row], words["auxiliaries"], words["breaks"]
        last = number
        while last > 0 and written[last - 1] in auxiliaries and gaps[last] in (" ", "'", "-") and not self._is_turned(last - 1):
            last -= 1
        is_relative = last > start and written[last - 1] in words["relatives"] and self.tokens.starts[last - 1] > self.sentence_starts[row]
        is_relative = is_relative and gaps[last] != ") "  # «the health office (WHO) said»
        if is_relative:
            last -= 1
            if last > 0 and gaps[last] not in (" ", ", "):
                return None
        first, farthest = last, max(start, last - _LONGEST)
        while first > farthest:
            if gaps[first] == ") " and (opened := self._opened(first)) < first:
                first, last = opened, opened if first == last else last
            elif self.cut[first] and not (is_relative and first == last and gaps[first] == ", "):
                break
            if first < last and written[first - 1] in breaks:
                break
            first -= 1
        if is_relative and first > 0 and gaps[first] == ", " and self.using.cased and self.judge.is_capital(first - 1):
            first -= 1  # «Raymond Soubie, un expert, qui affirme»
        while is_verb_first and first + 1 < last and self._without_proclitic(written[first]) in auxiliaries:
            first += 1  # «وكانت تقارير … كشفت»
        if last - first > 1 and self._is_turned(last - 1):
            first = last - 1
        return (first, last) if first < last else None

    def _is_turned(self, number: int) -> bool:
        """Whether a token is a pronoun behind its auxiliary: «a-t-elle dit»."""
        return self.tokens.gaps[number] == "-" and self.tokens.words[number] in self.using.nominatives

    def _opened(self, number: int) -> int:
        """Where the brackets of an acronym open that close before this token («the fisheries office (FO) said»); else the token."""
        gaps = self.tokens.gaps
        return next((n for n in range(number - 1, max(0, number - 1 - _LONGEST_ACRONYM), -1) if gaps[n] == " ("), number)

    def right(self, position: int, row: int, number: int, *, is_verb: bool) -> Phrase | None:
        """The noun phrase behind a cue that ends at this folded position, from this token on."""
        items, words, end = self.tokens, self.using.words, self.sentence_ends[row]
        breaks, links = words["breaks"], words["links"]
        first = number
        while is_verb and first < len(items.words) and first - number < 4 and self._passes(first):
            first, position = first + 1, items.ends[first]
        last, at = first, position
        while last < len(items.words) and last - first < _LONGEST and items.ends[last] <= end:
            word = items.words[last]
            # What stands between the cue, which may end inside a token, and the first is no gap of tokens.
            cut = self.cut[last] if last > first else not _STOPS.isdisjoint(self.text[at : items.starts[last]])
            if cut:
                gap = self.text[at : max(at, items.starts[last])]
                if gap.strip() == '"' and last > first and (name_end := self._quoted_name(last)):
                    at, last = items.ends[name_end - 1], name_end
                    break
                is_name = last == first and gap.strip() == '"' and (not is_verb or self._is_quoted_subject(number, first))
                if not is_name:
                    break
                if is_verb:
                    last = self._quoted_name(first)
                    break
            is_joined = last > first and word in links and items.words[last - 1] not in breaks
            is_joined = is_joined or (last > first and items.words[last - 1] in words["issued"])
            opens = is_verb and word in words["clause"] and not is_joined and (last > first or not self.using.cased)
            if (
                word in breaks
                or opens
                or (
                    last > first
                    and (self._is_verb_behind(last) or (self.using.after_verb and (word in self.digits or self._ends_idafa(last))))
                )
            ):
                break
            at, last = items.ends[last], last + 1
        if is_verb and self.using.after_verb and last > first and items.words[first] in words["openers"]:
            return None  # «الأرقام توضح اعتناق 40 شخصا»: what is shown, not who shows it
        if is_verb and self.using.cased and last - first > 1 and items.words[first] in self.using.nominatives:
            last = first + 1  # «announced he would run»
        while last - first > 1 and items.words[last - 1] in links:
            last -= 1  # «قالت مصادر محلية ل"…"»
        return (first, last) if last > first else None

    def _ends_idafa(self, number: int) -> bool:
        """Whether a verb or verbal noun stands behind a noun with its article, that no genitive can follow («نادي الميناء توقيع عقد»)."""
        before = self.tokens.words[number - 1]
        return self.tokens.words[number] in self.using.words["openers"] and before.startswith(self.using.definite)

    def _is_verb_behind(self, number: int) -> bool:
        """Whether a small word behind a German noun is the verb: «Laut Ana Weber sank …»; nouns have capitals there."""
        if not self.using.final_auxiliaries:
            return False
        is_noun_before = self.judge.is_capital(number - 1) or self.tokens.words[number - 1][0].isdigit()
        if self.tokens.words[number] in self.using.words["auxiliaries"] and is_noun_before:
            return True  # «Laut Bericht von 2019 ist …»
        small = self.tokens.words[number] not in self.using.function_words and not self.judge.is_capital(number)
        before_noun = number + 1 < len(self.tokens.words) and self.judge.is_capital(number + 1) and not self.cut[number + 1]
        return small and self.judge.is_capital(number - 1) and not before_noun

    def _is_quoted_subject(self, number: int, first: int) -> bool:
        """Whether a name in quotation marks speaks: «…, пишет «Коммерсант»»; number: behind the verb, first: of the name."""
        return self.using.inverts and self._is_inverted(number) and self.judge.is_capital(first) and self._quoted_name(first) > 0

    def _quoted_name(self, number: int) -> int:
        """Where a short quotation that begins with this token ends; 0 for a long one, which is speech."""
        for last in range(number + 1, min(number + 1 + _LONGEST_NAME, len(self.tokens.words) + 1)):
            if '"' in self.tokens.gaps[last]:
                return last
            if self.cut[last]:
                return 0
        return 0

    def trimmed(self, phrase: Phrase) -> Phrase:
        """A phrase without the verbs and particles at its ends: «dit le ministre», «some officials have since»."""
        words, using = self.tokens.words, self.using
        first, last = phrase
        while last - first > 1 and self._is_edge(first) and words[first] not in using.articles:
            first += 1
        while last - first > 1 and words[last - 1] in using.function_words and not (using.cased and self.judge.is_capital(last - 1)):
            last -= 1
        return first, last

    def with_name(self, phrase: Phrase) -> Phrase:
        """A title with the name that follows it between commas: «the director of the office, Anna Kern, said»."""
        first, last = phrase
        gaps, words = self.tokens.gaps, self.tokens.words
        if gaps[last] not in (", ", "، ") or all(map(self.judge.is_capital, range(first, last))):
            return phrase
        end = next((n for n in range(last + 1, min(last + _MOST_NAMES, len(words)) + 1) if self.cut[n]), 0)
        if end - last < _FEWEST_NAMES or not self.digits.isdisjoint(words[last:end]):
            return phrase
        if not self.using.cased:
            is_name = gaps[end] == "، " and self.tokens.word(end) in self.using.words["speech"]
            return (first, end) if is_name and not any(word in self.using.function_words for word in words[last:end]) else phrase
        small = [n for n in range(last, end) if not self.judge.is_capital(n)]
        is_name = last not in small and end - 1 not in small and all(words[n] in self.using.function_words for n in small)
        return (first, end) if is_name and not self.using.days.any_of(words[last:end]) else phrase

    def _is_edge(self, number: int) -> bool:
        """Whether a word is a verb or particle and not part of a name («US»)."""
        word, lists = self.tokens.words[number], self.using.words
        if self.using.cased and self.judge.is_capital(number) and number not in self.judge.opening:
            return False
        if self.tokens.word(number + 1) in lists["unnamed"]:
            return word in lists["says"]  # «De nombreux experts»
        return word in lists["says"] or word in lists["auxiliaries"] or word in self.using.function_words

    def _holds_digits(self, phrase: Phrase) -> bool:
        return not self.digits.isdisjoint(self.tokens.words[phrase[0] : phrase[1]])

    def _head(self, number: int, row: int) -> Phrase | None:
        """The phrase that opens the sentence of a verb at its end («Die Staatschefs hatten sich … geeinigt»)."""
        head, words = self.firsts[row], self.tokens.words
        ends = (n for n in range(head, min(number, head + _LONGEST)) if words[n] in self.using.words["auxiliaries"])
        stop = next(ends, head)
        is_named = stop > head and words[head] not in self.using.words["oblique"] and self.judge.source((head, stop)) == "named"
        return (head, stop) if is_named else None

    def topic(self, number: int, row: int) -> Phrase | None:
        """The named phrase behind an auxiliary of a sentence, else that which opens it, up to this token: whom the sentence is about."""
        start, end = self.firsts[row], self.tokens.at(self.sentence_ends[row])
        end = min(end, number + 2 * _LONGEST)
        behind = [n + 1 for n in range(start, end) if self.tokens.words[n] in self.using.words["auxiliaries"]]
        for first in (*behind, start):
            last = first
            while last < end and last != number and last - first < _LONGEST and not (last > first and self._closes(last)):
                last += 1
            if last > first and not self._holds_digits((first, last)) and self.judge.source((first, last)) == "named":
                return first, last
        return None

    def _closes(self, number: int) -> bool:
        """Whether the phrase that a sentence is about ends before this token."""
        word, words = self.tokens.words[number], self.using.words
        is_verb = word in words["auxiliaries"] or word in words["says"] or self._is_verb_behind(number)
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

    def _is_inverted(self, number: int) -> bool:
        """Whether punctuation stands before the verb, so that its subject follows."""
        at = self._verb_start(number)
        return self.cut[at] or at in self.judge.opening

    def is_inquit(self, number: int) -> bool:
        """Whether a verb whose subject follows can only tell who said what stands before it: «Le lac baisse, assure Léa Martin»."""
        return not (self.using.inverts or self.using.after_verb) and self.cut[self._verb_start(number)]

    def _verb_start(self, number: int) -> int:
        """The token that a verb begins with, its auxiliaries included."""
        at = number
        while at > 0 and self.tokens.words[at - 1] in self.using.words["auxiliaries"] and self.gap(at - 1, at) in (" ", "-", "'"):
            at -= 1
        return at

    def gap(self, left: int, right: int) -> str:
        """What stands between two tokens; a line break outside the article."""
        return self.tokens.gaps[right] if 0 <= left < right < len(self.tokens.words) else "\n"

    def _without_proclitic(self, word: str) -> str:
        return next((word[len(p) :] for p in self.using.proclitics if word.startswith(p) and len(word) > 3), word)

    def _passes(self, number: int) -> bool:
        """Whether a word may stand between a verb and its subject: «ont mis en garde lundi des ONG», «dit-il», «a aussi dit»."""
        word, words = self.tokens.words[number], self.using.words
        is_auxiliary = word in words["auxiliaries"] and word not in words["pronouns"] and word not in words["determiners"]
        if is_auxiliary and len(word) == 1 and self.using.cased and self.judge.is_capital(number):
            return False  # «a indiqué M. Dupont»
        return word == "t" or word in self.using.days or is_auxiliary
