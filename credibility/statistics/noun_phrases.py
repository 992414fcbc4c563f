"""Noun phrases: those before and behind a verb or cue, and their words without verbs and particles.

A phrase is a half-open range of tokens. The grammar is shallow: a phrase ends at punctuation and at the words that the profile names.
"""

from bisect import bisect_right
from itertools import compress
from operator import or_

from credibility.lexicon import gaps
from credibility.segment import Article
from credibility.statistics.adverbials import Adverbials
from credibility.statistics.voice_words import VoiceWords
from credibility.statistics.voices import Judge

Phrase = tuple[int, int]

LONGEST = 14
# «annoncée par Léa Martin surprend»: words of a name that a verb follows.
_SHORTEST_NAME = 2
# A quoted name inside a source («Le Monde», "بريتش بتروليوم") has at most so many words.
_LONGEST_NAME = 5
# «the World Health Organization (WHO) said»: words in the brackets of an acronym.
_LONGEST_ACRONYM = 3
# «a ajouté vendredi 24 juillet 2026 au soir»: words between a verb and its subject.
_MOST_PASSED = 8
STOPS = frozenset(',;:()[]"?!|\n…«»،؛؟–—')


class NounPhrases:
    """Finds the noun phrases of one article."""

    def __init__(self, article: Article, using: VoiceWords, judge: Judge, starts: list[int], ends: list[int], firsts: list[int]) -> None:
        """starts, ends: of the sentences, in the folded text; firsts: the token that each begins with."""
        self.using, self.judge = using, judge
        tokens = self.tokens = judge.tokens
        self.text = article.folded.text
        cuts = {gap for gap in article.layer(gaps) if not STOPS.isdisjoint(gap) or " - " in gap or "--" in gap}
        # Whether punctuation stands before each token; a line break stands before the first and behind the last.
        self.cut = list(map(cuts.__contains__, tokens.gaps))
        self.cut[0] = self.cut[-1] = True
        self._left_edges = self._edges()
        self.digits = frozenset(word for word in tokens.vocabulary if word[0].isdigit())
        self.sentence_starts, self.sentence_ends, self.firsts = starts, ends, firsts
        self.adverbials = Adverbials(using, judge, self.cut)
        self.closing = self._closing() if using.after_verb else frozenset[str]()

    def _closing(self) -> frozenset[str]:
        """The words that end an Arabic noun phrase: digits, and the next verb with its particle («ذكرت الوزارة … وأوضحت أن»)."""
        says, openings = self.using.words["says"], {particle[0] for particle in self.using.proclitics}
        joined = (word for word in self.tokens.vocabulary if word[0] in openings and word not in says)
        return self.digits.union(word for word in joined if self._without_proclitic(word) in says)

    def _edges(self) -> list[int]:
        """The tokens at which a phrase before a verb may begin: those behind punctuation and behind words that break a phrase."""
        breaks = self.using.words["breaks"]
        behind = map(breaks.among(self.tokens.vocabulary).__contains__, ["", *self.tokens.words])
        return list(compress(range(len(self.cut)), map(or_, self.cut, behind)))

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
        if gaps[last] == '" ' and (opened := self._outlet(number, last, start)) >= 0:
            return opened, last
        first, farthest = last, max(start, last - LONGEST)
        while first > farthest:
            first = max(farthest, self._left_edges[bisect_right(self._left_edges, first) - 1])
            if first == farthest:
                break
            if gaps[first] in (") ", ".) ") and (opened := self._opened(first)) < first:
                first, last = opened, opened if first == last else last
            elif self.cut[first] and not (is_relative and first == last and gaps[first] == ", "):
                break
            if first < last and written[first - 1] in breaks:
                break
            first -= 1
        if is_relative and first > 0 and gaps[first] == ", " and self.using.cased and self.judge.is_capital(first - 1):
            first -= 1  # «Raymond Soubie, un expert, qui affirme»
        while is_verb_first and first + 1 < last and self._opens_clause(written[first]):
            first += 1  # «وكانت تقارير … كشفت», «وأكد الوزير … وقال»
        if self.using.finite and self.using.cased and first < last:
            if is_relative:
                first = self._antecedent(first, last)
            elif first > start and written[first - 1] in words["breaks"] and self._is_relative_clause(first, last):
                return self.left(first - 1, row)
        if last - first > 1 and self._is_turned(last - 1):
            first = last - 1
        return (first, last) if first < last else None

    def _outlet(self, number: int, last: int, start: int) -> int:
        """Where a name in quotation marks before a verb begins, with the words that lead to it («Der „Hafenbote“ schreibt»); -1 if none."""
        if not self.using.cased:
            return -1
        name = next((n for n in range(last - 1, max(start, last - _LONGEST_NAME) - 1, -1) if '"' in self.tokens.gaps[n]), -1)
        if name < 0 or not self.judge.is_capital(name):
            return -1
        first = name
        while first > start and name - first < 3 and (first == name or not self.cut[first]) and self.tokens.gaps[first][:1] == " ":
            first -= 1
        leads = self.tokens.words[first:name]
        is_led = self.using.words["institutions"].any_of(leads) or self.using.words["determiners"].any_of(leads)
        following = self.tokens.word(number + 1)
        is_speech = following in self.using.words["speech"] or following in self.using.words["clause"]
        return first if is_led or (name == start and is_speech) else -1

    def _antecedent(self, first: int, last: int) -> int:
        """Where in a phrase begins what a relative pronoun behind it stands for: «il décrit une crise (qui rappelle)», «the man who»."""
        words, lists = self.tokens.words, self.using.words
        verb = next((n for n in range(last - 2, first, -1) if words[n] in self.using.finite), first - 1)
        articles = lists["determiners"] | lists["indefinite"]
        of = lists["links"] - lists["determiners"] - (lists["indefinite"] if self.using.head_final else frozenset())  # «des»
        articles -= of
        found = next((n for n in range(last - 2, verb, -1) if words[n] in articles and words[n - 1] not in of), verb + 1)
        return first if self.cut[found] else found  # «Raymond Soubie, un expert, qui affirme»

    def _is_relative_clause(self, first: int, last: int) -> bool:
        """Whether the words between a pronoun and a verb are a clause of their own: «the man who (leads the study) said»."""
        words, lists = self.tokens.words, self.using.words
        if words[first - 1] in lists["relatives"]:
            opens = lists["determiners"] | lists["indefinite"] | lists["pronouns"] | lists["unnamed"] | lists["institutions"]
            if words[first] not in opens and not self.judge.is_capital(first):
                return True
        is_pronoun = words[first - 1] in lists["relatives"] or (
            words[first - 1] in lists["speech"] and words[first - 2] not in lists["says"]
        )
        return is_pronoun and any(words[n] in self.using.finite for n in range(first + 1, last))

    def _opens_clause(self, word: str) -> bool:
        """Whether an Arabic word stands before the subject of its clause: an auxiliary or another verb of speech."""
        bare, words = self._without_proclitic(word), self.using.words
        return bare in words["auxiliaries"] or bare in words["says"]

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
        while is_verb and first < len(items.words) and first - number < _MOST_PASSED and self._passes(first):
            first, position = first + 1, items.ends[first]
        if is_verb and first < len(items.words):
            subject = self.adverbials.behind(first, number, is_inverted=self.is_inverted(number - 1))
            if subject is None:
                return None
            if subject >= 0:
                first, position = subject, items.starts[subject]
            elif self.using.disagreeing and first > number and items.gaps[first] == ", " and items.words[first - 1] in self.using.days:
                position = items.starts[first]  # «сообщает в субботу, 25 июля, газета»
        if is_verb and self.using.after_verb and (addressed := self._addressed(first)):
            first, position = addressed, items.starts[addressed]
        last, at = first, position
        while last < len(items.words) and last - first < LONGEST and items.ends[last] <= end:
            word = items.words[last]
            # What stands between the cue, which may end inside a token, and the first is no gap of tokens.
            cut = self.cut[last] if last > first else not STOPS.isdisjoint(self.text[at : items.starts[last]])
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
            if last > first and word in breaks and self.tokens.word(last + 1) in words["issued"]:
                at, last = items.ends[last], last + 1  # «البيانات التي نشرتها وزارة الصيد»
                continue
            opens = is_verb and word in words["clause"] and not is_joined and (last > first or not self.using.cased)
            if word in breaks or opens or (not is_verb and self._ends_name(first, last)):
                break
            if last > first and (word in self.closing or self._ends_german(last) or self._closes_phrase(last)):
                break
            at, last = items.ends[last], last + 1
        if (
            is_verb
            and self.using.after_verb
            and last > first
            and any(form in words["openers"] for form in self.judge.bare_forms(items.words[first]))
        ):
            return None  # «الأرقام توضح اعتناق 40 شخصا»: what is shown, not who shows it
        if is_verb and self.using.cased and last - first > 1 and items.words[first] in self.using.nominatives:
            last = first + 1  # «announced he would run»
        while last - first > 1 and items.words[last - 1] in links:
            last -= 1  # «قالت مصادر محلية ل"…"»
        is_link = last - first == 1 and items.words[first] in links and items.words[first] not in words["determiners"]
        return (first, last) if last > first and not is_link else None  # «nach Einschätzung von 44 Prozent»

    def _ends_name(self, first: int, last: int) -> bool:
        """Whether a verb must stand behind a name of several words and nothing else: «annoncée par Léa Martin surprend»."""
        if not self.using.cased or self.using.head_final or self.using.final_auxiliaries or last - first < _SHORTEST_NAME:
            return False
        is_name = all(map(self.judge.is_capital, range(first, last))) and not self.judge.is_capital(last)
        return is_name and self.tokens.words[last] not in self.using.function_words

    def _ends_german(self, number: int) -> bool:
        """Whether an adverbial or a number stands behind a German noun: «nach Angaben des Amts (am Freitag 40 Boote)»."""
        if not self.using.final_auxiliaries:
            return False
        word = self.tokens.words[number]
        is_number = word in self.digits and self.tokens.words[number - 1] not in self.using.words["links"]  # «Bericht von 2019»
        return word in self.using.words["adverbial"] or is_number or self._opens_object(number)

    def _opens_object(self, number: int) -> bool:
        """Whether an article that is no genitive stands behind a German noun: «…, erklärte Kern (die Folgen)»."""
        word, lists = self.tokens.words[number], self.using.words
        is_article = word in lists["determiners"] or word in lists["indefinite"] or word in ("den", "dem", "einen")
        return is_article and not word.endswith(("er", "es", "as")) and self.judge.is_capital(number - 1)

    def _closes_phrase(self, number: int) -> bool:
        """Whether a phrase behind a verb ends before a token: at the next verb, or at «пишет «Порт» (со ссылкой на) полицию»."""
        if self.using.after_verb and self._ends_idafa(number):
            return True
        is_cited = self.tokens.words[number] in self.using.cited and self.using.according.match(self.text, self.tokens.token(number)) > 0
        return is_cited or self.is_verb_behind(number)

    def _addressed(self, number: int) -> int:
        """The token behind a name in quotation marks whom an Arabic verb speaks to («أكد لـ«الميناء» مدير المصنع»); 0 if none."""
        if self.tokens.word(number) != "ل" or self.gap(number, number + 1) != '"':
            return 0
        end = self._quoted_name(number + 1)
        return end if 0 < end < len(self.tokens.words) and self.tokens.gaps[end] == '" ' else 0

    def _ends_idafa(self, number: int) -> bool:
        """Whether a verb or verbal noun stands behind a noun with its article, that no genitive can follow («نادي الميناء توقيع عقد»)."""
        before = self.tokens.words[number - 1]
        return self.tokens.words[number] in self.using.words["openers"] and before.startswith(self.using.definite)

    def is_verb_behind(self, number: int) -> bool:
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
        return self.using.inverts and self.is_inverted(number) and self.judge.is_capital(first) and self._quoted_name(first) > 0

    def _quoted_name(self, number: int) -> int:
        """Where a short quotation that begins with this token ends; 0 for a long one, which is speech."""
        for last in range(number + 1, min(number + 1 + _LONGEST_NAME, len(self.tokens.words) + 1)):
            if '"' in self.tokens.gaps[last]:
                return last
            if self.cut[last]:
                return 0
        return 0

    def holds_digits(self, phrase: Phrase) -> bool:
        """Whether a number in digits is part of the phrase."""
        return not self.digits.isdisjoint(self.tokens.words[phrase[0] : phrase[1]])

    def is_inverted(self, number: int) -> bool:
        """Whether punctuation stands before the verb, so that its subject follows."""
        at = self.verb_start(number)
        return self.cut[at] or at in self.judge.opening

    def is_inquit(self, number: int, subject: Phrase) -> bool:
        """Whether a verb can only tell who said what stands before it: «Le lac baisse, assure Léa Martin», «…, Kern added.»."""
        if self.using.inverts or self.using.after_verb:
            return False
        first = subject[0]
        return (
            self.cut[first] and first not in self.judge.opening and self.cut[number + 1]
            if first < number
            else self.cut[self.verb_start(number)]
        )

    def verb_start(self, number: int) -> int:
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
        is_dated = word in words["links"] and self.tokens.beside[number + 1] in self.using.days and not words["determiners"]
        return word == "t" or is_auxiliary or is_dated or self.adverbials.is_moment(number)  # «сообщил в среду министр»
