"""What a verb form is: finite, passive, hearsay or a noun, and whether what follows it is speech or something decided."""

from bisect import bisect_right

from credibility.lexicon import Token
from credibility.statistics.noun_phrases import Phrase
from credibility.statistics.subjects import Subjects
from credibility.statistics.voice_words import VoiceWords

# A German clause keeps its auxiliary and its participle at most so many words apart.
LONGEST_FRAME = 14
# What stands between the words of one clause; a full stop or comma without a space is part of a number.
_INSIDE_CLAUSE = (" ", "-", ' "', '" ', ".", ",")
# «annoncée mardi 3 mai par la mairie»: words between a participle and its agent.
_FARTHEST_AGENT = 4
# «أوضح مدير عام الزراعة بعنيزة المهندس يوسف بن عبدالله أن …»: words between a verb and «that».
_FARTHEST_SPEECH = 16


class Verbs:
    """Answers questions about the verb forms of one article, each told by the number of its token."""

    def __init__(self, using: VoiceWords, subjects: Subjects) -> None:
        self.using, self.subjects, self.judge = using, subjects, subjects.judge
        self.tokens, self.text, self.firsts = subjects.tokens, subjects.text, subjects.firsts
        self.sentence_starts, self.sentence_ends = subjects.sentence_starts, subjects.sentence_ends

    def is_hearsay(self, number: int) -> bool:
        """Whether what follows an auxiliary makes it hearsay: «aurait reçu», «soll Geld angenommen haben»."""
        if not self.using.words["hearsay_with"]:
            return self.is_participle(self.tokens.word(number + 1))
        at = number + 1
        while at < len(self.tokens.words) and at - number < 2 * LONGEST_FRAME and self.subjects.gap(at - 1, at) in _INSIDE_CLAUSE:
            if self.tokens.words[at] in self.using.words["hearsay_with"]:
                return True
            at += 1
        return False

    def is_bare(self, number: int, start: int) -> bool:
        """Whether a German participle stands without an auxiliary: «60 Neuinfektionen gemeldet»."""
        first = self.firsts[max(0, bisect_right(self.sentence_starts, start) - 1)]
        auxiliaries = self.using.final_auxiliaries
        if number == first or not self.subjects.cut[number + 1] or self.tokens.word(number + 1) in self.using.words["speech"]:
            return False  # «Angenommen, …», «Die Bundesbank erwartet ein Plus», «berichtet, dass»
        return bool(auxiliaries) and not any(self.tokens.word(n) in auxiliaries for n in (*range(first, number), number + 1))

    @staticmethod
    def is_participle(word: str) -> bool:
        """Whether a French or Spanish word may be a past participle: «aurait reçu», «habría muerto»."""
        return len(word) > 2 and word.endswith(("é", "és", "ée", "i", "is", "u", "us", "t", "o"))

    def has_particle(self, number: int, particle: str, row: int) -> bool:
        """Whether the particle of a verb, or one of several, ends its clause: «geht von 40 Booten aus»."""
        particles = particle.split()
        last = min(self.tokens.at(self.sentence_ends[row]), number + 2 * LONGEST_FRAME)
        return any(self.tokens.words[n] in particles and self.subjects.cut[n + 1] for n in range(number + 1, last))

    def decides(self, number: int) -> bool:
        """Whether what is decided follows an Arabic act whose subject is understood: «وقرر منحهم», «ووافق على تخصيص»."""
        at = number + 1 + (self.tokens.word(number + 1) == "على")
        return any(form in self.using.words["openers"] for form in self.judge.bare_forms(self.tokens.word(at)))

    def opens_speech(self, number: int) -> bool:
        """Whether «that», a quotation, a colon or a pronoun follows."""
        return self.opens_clause(number) or self.tokens.word(number + 1) in self.using.nominatives

    def opens_clause(self, number: int) -> bool:
        """Whether «that», a quotation or a colon follows."""
        is_clause = self.tokens.word(number + 1) in self.using.words["speech"]
        return is_clause or any(c in '":' for c in self.subjects.gap(number, number + 1))

    def may_introduce(self, number: int, row: int) -> bool:
        """Whether what a verb of many senses could tell stands in its sentence: «that» or a colon behind it, or a quotation."""
        return self.opens_clause(number) or self.text.find('"', self.sentence_starts[row], self.sentence_ends[row]) >= 0

    def introduces(self, number: int, subject: Phrase) -> bool:
        """Whether a verb of many senses with what it may introduce has it beside itself («hoped that», «“…,” Kern continued»)."""
        if self.opens_clause(number) or self.subjects.is_inquit(number, subject):
            return True
        return subject[0] > number and self.subjects.is_inverted(number)

    def is_finite(self, number: int, token: Token) -> bool:
        """Whether a verb form speaks here: a participle needs its auxiliary («a annoncé», not «l'accord annoncé»)."""
        if not self.using.participle_endings or not token.word.endswith(self.using.participle_endings):
            return True
        if self.tokens.beside[number - 2] in self.using.words["reflexives"]:
            return True
        return any(self.tokens.beside[number - n] in self.using.words["perfect"] for n in (1, 2, 3))

    def is_reduced(self, number: int) -> bool:
        """Whether a participle without an auxiliary describes what its agent gave: «la hausse annoncée par la mairie»."""
        endings, words = self.using.participle_endings, self.using.words
        if (
            not endings
            or not self.tokens.words[number].endswith(endings)
            or words["perfect"].any_of(self.tokens.words[max(0, number - 3) : number])
        ):
            return False
        return words["agents"].any_of(self.tokens.words[number + 1 : number + _FARTHEST_AGENT + 1])

    def is_nominal(self, number: int, kind: str) -> bool:
        """Whether the word before a verb form makes a noun of it: «an estimated», «d'analyse», «l'annonce» behind no subject."""
        words, before = self.using.words, self.tokens.beside[number - 1]
        if self.using.bare_clauses and self.tokens.beside[number + 1] in words["says"] and not self.subjects.cut[number + 1]:
            return True  # «early reports said»
        if kind == "act" and (endings := self.using.nominal_endings) and before.endswith(endings):
            return not self.judge.is_capital(number - 1) and not self.tokens.words[number].endswith(endings)  # «abandoned plans»
        if self.using.after_verb and (before in self.using.numerals or before in self.subjects.digits) and not self.subjects.cut[number]:
            return True  # «35 ألف طالب» are students, and «طالب» demanded
        if before not in words["nominal_after"] or self.subjects.cut[number]:
            return False
        if kind == "act":
            return before in words["indefinite"]  # «envisage de supprimer» is an act
        if before not in words["auxiliaries"]:
            return True
        # «l'annonce» is a noun and «le ministre l'annonce» none
        return self.subjects.cut[number - 1] or self.tokens.word(number - 2) in self.using.function_words - words["pronouns"]

    def is_doubtful(self, number: int, verb: str, subject: Phrase) -> bool:
        """Whether a verb with this subject needs speech beside it: one that has other senses, of a subject that may not speak."""
        if verb not in self.using.words["doubtful"]:
            return False
        is_pronoun = subject[1] - subject[0] == 1 and self.tokens.words[subject[0]] in self.using.words["pronouns"]
        is_impersonal = is_pronoun and self.using.cased and subject[0] == number + 1 and not self.subjects.cut[number]
        is_law = self.using.words["laws"].any_of(self.tokens.words[slice(*subject)])  # «le projet avance», «the plan added 40 boats»
        return is_impersonal or is_law or not self.judge.is_known(subject)  # «dort gab es 40 Boote»

    def names_follow(self, number: int) -> bool:
        """Whether a name or an article follows at once: «…, so Kern», not «so hoch wie» or «so können Betriebe»."""
        following, words = self.tokens.word(number + 1), self.using.words
        is_article = following in words["determiners"] or following in words["indefinite"]
        return bool(following) and (is_article or self.judge.is_capital(number + 1))

    def is_speech(self, number: int, row: int) -> bool:
        """Whether a quotation, a colon or «that» stands in the sentence of a verb, the last behind it."""
        start, end = self.sentence_starts[row], self.sentence_ends[row]
        if '"' in self.text[start:end] or ":" in self.text[self.tokens.ends[number] : end]:
            return True
        words, before = self.using.words, ""
        for word in self.tokens.words[number + 1 : min(number + _FARTHEST_SPEECH, self.tokens.at(end))]:
            if word in words["speech"] and before not in words["breaks"]:  # «alors que»
                return True
            if word in words["says"] or word in words["gerunds"]:
                return False  # «le projet avance, a dit le maire, notant que …»
            before = word
        return False

    def is_passive(self, number: int, start: int) -> bool:
        """Whether a verb form is passive («was told», «a été annoncé», «wurden gemeldet»): what stands before it does not speak."""
        passive, words = self.using.words["passive_with"], self.tokens.words
        if not passive or (self.using.progressive_endings and self.tokens.words[number].endswith(self.using.progressive_endings)):
            return False  # «is refusing»
        if self.using.final_auxiliaries and self.tokens.words[number] in self.using.words["planned"]:
            return False  # «wird … kaufen»
        if self.using.final_auxiliaries:
            first = max(self.firsts[max(0, bisect_right(self.sentence_starts, start) - 1)], number - LONGEST_FRAME)
            clause = next((n for n in range(number, first, -1) if self.subjects.cut[n]), first)  # «…, so Kern»
            following = [] if self.subjects.cut[number + 1] else words[number + 1 : number + 2]
            return passive.any_of((*words[clause:number], *following))
        before = words[max(0, number - 2) : number]
        if len(before) == 2 and before[0] in self.using.words["reflexives"]:
            return False  # «se sont accordés»
        return bool(before) and (before[-1] in passive or (before[0] in passive and before[-1] in self.using.words["auxiliaries"]))

    def follows_speech(self, number: int, row: int) -> bool:
        """Whether what is said follows a verb whose subject is understood: «وأضاف أن», «وقال في بيان إن», not «تظهر على شكل»."""
        following = self.tokens.word(number + 1)
        gap = self.subjects.gap(number, number + 1)
        if following in self.using.words["speech"] or any(c in '":' for c in gap):
            return True
        if self.tokens.words[number] in self.using.words["doubtful"]:
            return following in self.using.words["clause"] and self.is_speech(number, row)
        return following in self.using.words["clause"]
