"""Which words of an article begin an attribution: reporting verbs, «according to» and its kin, passives, acts."""

from credibility.lexicon import Token
from credibility.statistics.subjects import Subjects
from credibility.statistics.verbs import Verbs
from credibility.statistics.voice_words import VoiceWords

# «annoncée en baisse par la direction», «appris jeudi auprès de la mairie»: who acts or tells stands among so many words behind.
NEAR_AGENT = 5
# «le plan de relance de l'économie du pays, doté de …»: words between a law and what tells its worth.
_FARTHEST_LAW = 14
# The lists of verbs by which somebody fixes a figure.
_ACTS = ("acts", "deeds", "trades")


class Cues:
    """Finds the cues of one article."""

    def __init__(self, using: VoiceWords, subjects: Subjects, verbs: Verbs) -> None:
        self.using, self.subjects, self.verbs, self.judge = using, subjects, verbs, subjects.judge
        self.tokens, self.text = subjects.tokens, subjects.text

    def words(self) -> dict[str, str]:
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

    def kind(self, number: int, here: Token) -> tuple[str, int]:
        """What a word that is no name would begin, and where that ends; '' if it begins nothing."""
        using, word = self.using, here.word
        if kind := using.plain.get(word):
            return kind, here.end
        ways = using.ways[word]
        if "postposed" in ways:
            return "postposed", here.end
        if "amounts" in ways and self.law_before(number):
            return "amount", here.end
        if "according" in ways and (end := self._phrase_end(number, here)) and self.text[end : end + 1] != "-":  # «fin d'après-midi»
            return "according", end
        if "passives" in ways and (end := using.passives.match(self.text, here)):
            return "passive", end
        if "evidential" in ways and (self.verbs.is_passive(number, here.start) or self.verbs.is_bare(number, here.start)):
            return "passive", here.end
        if "acts_phrases" in ways and using.acts_phrases.match(self.text, here):
            return "act", here.end
        if "learned" in ways and self.learned_from(number):
            return "learned", here.end
        if "says" in ways or ("says_phrases" in ways and using.says_phrases.match(self.text, here)):
            return "saying", here.end
        if "opening" in ways and number in self.judge.opening:
            return "according", here.end
        if "gerunds" in ways:
            return "gerund", here.end
        if not ways.isdisjoint(_ACTS):
            return "act", here.end
        if "planned" in ways:
            return "planned", here.end
        if "researches" in ways:
            return "research", here.end
        return ("hearsay" if "hearsay" in ways and self.verbs.is_hearsay(number) else ""), here.end

    def _phrase_end(self, number: int, here: Token) -> int:
        """Where a phrase that stands before its source ends, one adjective inside it or not («по уточненному прогнозу»); 0 if none does."""
        using = self.using
        if (end := using.according.match(self.text, here)) or using.head_final:
            return end
        if using.words["accounts"] and self._opens_account(number):
            return here.end
        if not using.adjective_endings:
            return 0
        adjective, noun = self.tokens.beside[number + 1 : number + 3]
        if not adjective.endswith(using.adjective_endings) or self.subjects.cut[number + 1] or self.subjects.cut[number + 2]:
            return 0
        phrase = f"{here.word} {noun}"
        is_phrase = using.according.match(phrase, Token(0, len(here.word), here.word)) == len(phrase)
        return self.tokens.ends[number + 2] if is_phrase else 0

    def _opens_account(self, number: int) -> bool:
        """Whether a German account follows a preposition: «nach Polizeiangaben», «nach Kerns Worten»; «einer» is none."""
        words, lists, cut = self.tokens.words, self.using.words, self.subjects.cut
        if cut[number + 1] or words[number] in lists["indefinite"] or words[number] in lists["determiners"]:
            return False
        if words[number + 1] in lists["accounts"]:
            return True
        is_genitive = words[number + 1].endswith("s") and self.judge.is_capital(number + 1)
        return is_genitive and not cut[number + 2] and words[number + 2] in lists["accounts"]

    def hides(self, number: int, end: int) -> bool:
        """Whether a cue itself says of what it names nobody for: «по последним данным»."""
        words = self.tokens.words[number : self.tokens.at(end)]
        return len(words) > 2 and words[-1] in self.using.words["unnamed"]

    def is_apart(self, number: int) -> bool:
        """Whether a German phrase behind a noun does not belong to it: «nach ersten Angaben (neun Boote)», but «… (des Seeamts)»."""
        words, lists = self.tokens.words, self.using.words
        if not self.using.final_auxiliaries or number >= len(words):
            return False
        return words[number] not in lists["links"] and words[number] not in lists["agents"] and words[number] not in lists["indefinite"]

    def is_impersonal(self, number: int) -> bool:
        """Whether nobody is the subject behind a verb: «précise-t-on de même source», «hieß es aus dem Amt»."""
        at = number + 1 + (self.tokens.beside[number + 1] == "t")
        return self.tokens.beside[at] in self.using.words["impersonal"] and self.tokens.gaps[at] in ("-", " ")

    def law_before(self, number: int) -> tuple[int, int] | None:
        """The law or plan whose worth a word tells: «(le plan de l'État), doté de 40 millions», «(the deal) amounts to 40 million»."""
        words, lists, cut = self.tokens.words, self.using.words, self.subjects.cut
        nouns = (n for n in range(number - 1, max(0, number - _FARTHEST_LAW), -1) if words[n] in lists["laws"])
        if (noun := next(nouns, None)) is None or not self.judge.opening.isdisjoint(range(noun + 1, number + 1)):
            return None
        articles = lists["determiners"] | lists["indefinite"] | lists["links"]
        first = next((n for n in (noun - 1, noun - 2) if n >= 0 and words[n] in articles), None)
        last = next((n for n in range(noun + 1, number) if cut[n] or words[n] in lists["breaks"]), number)
        verbs = (n for n in range(noun + 1, last) if words[n] in lists["says"] or words[n] in lists["acts"])
        is_verb_between = any(self.verbs.is_finite(n, self.tokens.token(n)) for n in verbs)
        return None if first is None or is_verb_between or '"' in "".join(self.tokens.gaps[noun : number + 1]) else (first, last)

    def learned_from(self, number: int) -> int:
        """The token behind which stands from whom something was learned («a-t-on appris jeudi auprès de la mairie»); 0 if none does."""
        for at in range(number + 1, number + NEAR_AGENT):
            if self.subjects.cut[at]:
                return 0
            if self.tokens.beside[at] in self.using.words["learned_from"]:
                return at + 1
        return 0
