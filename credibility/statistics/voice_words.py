"""The words of a language by which voices are told, folded and compiled: the section [attribution] of its profile."""

from functools import lru_cache

from credibility.lexicon import Phrases, Words
from credibility.normalise import fold_text
from credibility.pack import Profile, Voices, profile

_WORD_LISTS = (
    "says", "shows", "acts", "unnamed", "unnamed_adjectives", "institutions", "documents", "pronouns", "hearsay", "reported",
    "clause", "links", "auxiliaries", "breaks", "determiners", "indefinite", "gerunds", "groups", "generic", "perfect",
    "relatives", "passive_with", "agents", "laws", "asides", "evidential", "not_sources",
    "hearsay_with", "quantities", "addressed", "postposed", "own", "nominal_after", "speech", "doubtful",
    "researches", "issued", "oblique", "openers", "opening", "joins", "verbless", "roles", "learned", "learned_from",
    "adverbial", "moments", "impersonal", "accounts", "amounts", "places", "reflexives", "introducing", "coordinates", "deeds",
    "trades", "planned", "future", "grants", "ties", "binding", "titles",
)  # fmt: skip
# The lists whose words begin a cue.
_CUES = (
    "says", "acts", "deeds", "trades", "planned", "hearsay", "gerunds", "evidential", "postposed", "researches", "opening", "learned",
    "amounts",
)  # fmt: skip


class VoiceWords:
    """The [attribution] of a profile, folded and compiled."""

    def __init__(self, of: Profile) -> None:
        given: Voices = of.attribution
        self.words = {name: Words(getattr(given, name)) for name in _WORD_LISTS}
        self.cased = of.script in ("Latn", "Cyrl", "Grek", "Armn")
        # Acts of somebody named or of a body, which are none without a figure; of a phrase, its first word.
        deeds = {word.split()[0] for name in ("deeds", "trades", "planned") for word in self.words[name]}
        self.of_figures = frozenset(deeds - self.words["acts"])
        self.according = Phrases(given.according)
        self.cited = self.according.firsts
        self.bodies = Words([*given.institutions - given.places])
        self.says_phrases = Phrases(word for word in given.says if not word.isalnum())
        self.acts_phrases = Phrases(word for word in given.acts | given.deeds if not word.isalnum())
        self.passives = Phrases(given.passives)
        self.back = Phrases(given.back_references)
        self.backward = Phrases(given.backward)
        self.participle_endings = given.participle_endings
        # What a noun is followed by that another noun belongs to, where the first one heads the phrase.
        self.of = self.words["links"] - self.words["determiners"] if self.cased and not given.head_final else frozenset()
        self.nominal_endings, self.progressive_endings = given.nominal_endings, given.progressive_endings
        self.particles = {fold_text(verb): fold_text(particle) for verb, particle in given.particles.items()}
        # What no noun phrase goes on over.
        ends = ("says", "acts", "deeds", "breaks", "perfect", "passive_with", "future", "binding")
        self.verbal = frozenset[str]().union(*(self.words[name] for name in ends))
        # What tells that a clause has its verb: the auxiliaries of languages whose verb follows its subject.
        self.finite = frozenset[str]() if given.final_auxiliaries else self.words["passive_with"] | self.words["perfect"]
        self.inverts, self.bare_clauses = given.inverts, given.bare_clauses
        self.head_final = given.head_final
        self.adjective_endings = given.adjective_endings
        self.after_verb = given.after_verb
        self.final_auxiliaries = Words(given.final_auxiliaries)
        self.disagreeing = {fold_text(verb): tuple(map(fold_text, ends)) for verb, ends in given.disagreeing.items()}
        # What may begin the words that name a source.
        self.articles = frozenset[str]().union(
            *(self.words[name] for name in ("determiners", "indefinite", "pronouns", "unnamed", "groups"))
        )
        # Pronouns that can be nothing but a subject of one word.
        self.nominatives = frozenset(self.words["pronouns"] & set(map(fold_text, of.function_words))) - self.words["determiners"]
        self.numerals = Words([*of.numbers.values, *of.numbers.scales])
        self.counting = self.numerals - self.words["indefinite"] | Words(of.numbers.vague)
        self.vague_numbers = Words(of.numbers.vague)
        self.days = Words([*of.weekdays, *of.months])
        self.definite = tuple(map(fold_text, of.numbers.articles))
        self.proclitics = tuple(map(fold_text, of.proclitics))
        self.function_words = frozenset(map(fold_text, of.function_words))
        # Words that every cue begins with: one look-up a word tells whether there is anything to do.
        verbs = {word for name in _CUES for word in self.words[name]}
        phrases = self.according.firsts | self.passives.firsts | self.says_phrases.firsts | self.acts_phrases.firsts
        self.heads = frozenset(verbs | phrases)
        # Words that can be a cue of one kind alone, whatever stands around them: most verbs.
        several = phrases | self.words["evidential"] | self.words["hearsay"] | self.words["learned"]
        several = several | self.words["amounts"]
        acts = (("planned", "planned"), ("act", "deeds"), ("act", "trades"), ("act", "acts"))
        kinds = (("research", "researches"), *acts, ("gerund", "gerunds"), ("saying", "says"))  # the later ones first
        self.plain = {word: kind for kind, name in kinds for word in self.words[name] - several}
        self.ways = _Ways(self)


class _Ways(dict[str, frozenset[str]]):
    """For a word that cues begin with, the lists that it stands in or begins a phrase of; told when it is first met."""

    def __init__(self, of: VoiceWords) -> None:
        super().__init__()
        lists = {name: of.words[name] for name in _CUES}
        self.lists = lists | {name: getattr(of, name) for name in ("according", "passives", "says_phrases", "acts_phrases")}

    def __missing__(self, word: str) -> frozenset[str]:
        found = self[word] = frozenset(name for name, of in self.lists.items() if word in of)
        return found


@lru_cache(maxsize=64)
def voice_words(language: str | None) -> VoiceWords | None:
    """The compiled voices of a language; None without a section [attribution]."""
    of = profile(language)
    return VoiceWords(of) if of.attribution.says else None
