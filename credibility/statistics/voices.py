"""The voices of a language, compiled, and the judgement of a source: named, unnamed, a pronoun, or nobody who could speak."""

from functools import cached_property, lru_cache

from credibility.lexicon import Phrases, Tokens, Words, capitals, tokens
from credibility.normalise import fold_text
from credibility.pack import Profile, Voices, profile
from credibility.segment import Article

# A phrase is about the noun that heads it: among its first words, behind article and adjectives.
_HEAD = 4
# «Ana Ruiz, an analyst at LakeBank»: words between a name and its role.
_BESIDE_ROLE = 5
# «une source digne de foi à la mairie»: words in which whoever stands behind a source is looked for, and what stands between them.
_LONGEST_MAKER = 8
_INSIDE = (" ", "'", "-")
# The sign of an indefinite object in Arabic; folding takes it off.
_ACCUSATIVE = "\u064b"
_WORD_LISTS = (
    "says", "shows", "acts", "unnamed", "unnamed_adjectives", "institutions", "documents", "pronouns", "hearsay", "reported",
    "clause", "links", "auxiliaries", "breaks", "determiners", "indefinite", "gerunds", "groups", "generic", "perfect",
    "relatives", "passive_with", "agents", "laws", "asides", "evidential", "not_sources",
    "hearsay_with", "quantities", "addressed", "postposed", "own", "nominal_after", "speech", "doubtful",
    "researches", "issued", "oblique", "openers", "opening", "joins", "verbless", "roles", "learned", "learned_from",
    "adverbial", "moments", "impersonal", "accounts", "amounts", "places", "reflexives",
)  # fmt: skip


class VoiceWords:
    """The [attribution] of a profile, folded and compiled."""

    def __init__(self, of: Profile) -> None:
        given: Voices = of.attribution
        self.words = {name: Words(getattr(given, name)) for name in _WORD_LISTS}
        self.cased = of.script in ("Latn", "Cyrl", "Grek", "Armn")
        self.according = Phrases(given.according)
        self.cited = self.according.firsts
        self.bodies = Words([*given.institutions - given.places])
        self.says_phrases = Phrases(word for word in given.says if " " in word)
        self.acts_phrases = Phrases(word for word in given.acts if " " in word)
        self.passives = Phrases(given.passives)
        self.back = Phrases(given.back_references)
        self.backward = Phrases(given.backward)
        self.participle_endings = given.participle_endings
        # What a noun is followed by that another noun belongs to, where the first one heads the phrase.
        self.of = self.words["links"] - self.words["determiners"] if self.cased and not given.head_final else frozenset()
        self.nominal_endings, self.progressive_endings = given.nominal_endings, given.progressive_endings
        self.particles = {fold_text(verb): fold_text(particle) for verb, particle in given.particles.items()}
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
        self.vague_numbers = Words(of.numbers.vague)
        self.days = Words([*of.weekdays, *of.months])
        self.definite = tuple(map(fold_text, of.numbers.articles))
        self.proclitics = tuple(map(fold_text, of.proclitics))
        self.function_words = frozenset(map(fold_text, of.function_words))
        # Words that every cue begins with: one look-up a word tells whether there is anything to do.
        cues = ("says", "acts", "hearsay", "gerunds", "evidential", "postposed", "researches", "opening", "learned", "amounts")
        verbs = {word for name in cues for word in self.words[name]}
        phrases = self.according.firsts | self.passives.firsts | self.says_phrases.firsts | self.acts_phrases.firsts
        self.heads = frozenset(verbs | phrases)
        # Words that can be a cue of one kind alone, whatever stands around them: most verbs.
        several = phrases | self.words["evidential"] | self.words["hearsay"] | self.words["learned"]
        several = several | self.words["amounts"]
        kinds = (("research", "researches"), ("act", "acts"), ("gerund", "gerunds"), ("saying", "says"))  # the later ones first
        self.plain = {word: kind for kind, name in kinds for word in self.words[name] - several}
        self.ways = _Ways(self)


class _Ways(dict[str, frozenset[str]]):
    """For a word that cues begin with, the lists that it stands in or begins a phrase of; told when it is first met."""

    def __init__(self, of: VoiceWords) -> None:
        super().__init__()
        names = ("evidential", "says", "gerunds", "acts", "hearsay", "postposed", "researches", "opening", "learned", "amounts")
        lists = {name: of.words[name] for name in names}
        self.lists = lists | {name: getattr(of, name) for name in ("according", "passives", "says_phrases", "acts_phrases")}

    def __missing__(self, word: str) -> frozenset[str]:
        found = self[word] = frozenset(name for name, of in self.lists.items() if word in of)
        return found


@lru_cache(maxsize=64)
def voice_words(language: str | None) -> VoiceWords | None:
    """The compiled voices of a language; None without a section [attribution]."""
    of = profile(language)
    return VoiceWords(of) if of.attribution.says else None


class Judge:
    """Judges the sources of one article. A source is a range of its tokens."""

    def __init__(self, article: Article, using: VoiceWords, sentence_starts: list[int], firsts: list[int]) -> None:
        """sentence_starts: in the folded text; firsts: the token that each sentence begins with."""
        self.article, self.using, self.view = article, using, article.folded
        self.tokens: Tokens = article.layer(tokens)
        self.capitals = article.layer(capitals)
        self.opening = frozenset(firsts)
        self.names = self._names(sentence_starts, firsts) if using.cased else [False] * len(self.capitals)

    @cached_property
    def inner_names(self) -> frozenset[str]:
        """The words that have a capital inside a sentence too."""
        words = self.tokens.words
        return frozenset(words[n] for n, is_name in enumerate(self.names) if is_name and n not in self.opening)

    def is_capital(self, number: int) -> bool:
        """Whether a token is written with a capital in the source."""
        return self.capitals[number]

    def _names(self, sentence_starts: list[int], firsts: list[int]) -> list[bool]:
        """Which tokens are proper names: a capital that does not only open a sentence; in scripts without capitals, no hint."""
        names, starts, words = self.capitals.copy(), self.tokens.starts, self.tokens.words
        for at, number in zip(sentence_starts, firsts, strict=True):
            while number < len(names) and starts[number] <= at + 1:
                names[number] = names[number] and words[number] not in self.using.function_words
                number += 1
        return names

    def source(self, source: tuple[int, int], *, definite: bool = False) -> str:
        """Whether a source is 'named', a 'pronoun', 'unnamed', an unnamed 'group', or 'nobody' who could speak."""
        words, items = self.using.words, self.tokens
        first, last = source
        plain = items.words[first:last]
        if self.is_number(source):
            return "nobody"
        if plain[-1] in self.using.days and len(plain) > 1 and all(word in self.using.function_words for word in plain[:-1]):
            return "nobody"  # «meldete am Montag»
        if self.using.after_verb:
            plain = list(map(self._bare, plain))
        if len(plain) <= 3 and words["pronouns"].any_of(plain[:2]):
            return "unnamed" if plain[-1] in words["unnamed"] and self.hidden.get(plain[-1], last) < first else "pronoun"
        nouns = [n for n, word in enumerate(plain) if word in words["unnamed"]]
        # «de nombreux experts», «plusieurs médias»: the noun behind the quantity is what hides who speaks
        vague = next((n for n in nouns if plain[n] not in words["groups"]), nouns[0] if nouns else None)
        if vague is not None and not words["institutions"].any_of(plain[:vague]):
            if not self.using.cased and vague and not self._goes_before(plain[vague - 1]):
                return "named"  # «نقيب تجار الخضار»: the noun before it heads the phrase
            marks = [n for n in range(first, last) if '"' in (self.tokens.gaps[n] if n > first else self.tokens.gaps[n][-1:])]
            quoted = any(self.tokens.word(n - 1) != "ل" for n in marks)  # «قالت مصادر محلية ل"…"» tells whom they told
            if any(self._names_body(n) for n in range(first, first + vague)) or self._is_apposed(first, first + vague):
                return "named"  # «FDA officials», «Fox Media»
            if self._has_maker(plain[vague + 1 :]) or self._is_office(plain, vague):
                return "named"
            has_name = any(self.names[n] and self.tokens.words[n] not in words["unnamed"] for n in range(first + vague + 1, last))
            if quoted or has_name or self.using.bodies.any_of(plain[vague + 1 :]):
                return "named"
            is_definite = plain[0] in words["determiners"] and plain[0] not in words["generic"]
            if is_definite and plain[vague] in words["roles"] and self._is_introduced(first + vague):
                return "pronoun"  # «the analyst», behind «Ana Ruiz, an analyst at LakeBank»
            if plain[vague] in words["documents"] and is_definite:
                # «the study», «l'étude»: one that has been named, unless it was introduced as one that hides who speaks
                return "unnamed" if self.hidden.get(plain[vague], last) < first else "pronoun"
            if plain[vague] in words["documents"] and self._is_of_document(plain[vague + 1 :]):
                return "pronoun"
            return "unnamed" if self._is_vague(source, plain, vague) else "group"
        head = plain[:_HEAD]
        if self.using.head_final and len(plain) > _HEAD:  # «the country's health ministry»
            end = next((n for n, word in enumerate(plain) if n and word in words["links"] and word not in self.using.articles), len(plain))
            head = [*head, *plain[max(_HEAD, end - _HEAD) : end]]
        if words["institutions"].any_of(head):
            return "named"
        if self.using.final_auxiliaries and not words["documents"].any_of(head):
            if plain[0] in self.using.vague_numbers:
                return "nobody"  # «Hunderttausende»
            if plain[0] in words["indefinite"] and len(plain) == 2:
                return "group"  # «ein Mann»: the capital of a noun names nobody
        is_named = True in self.names[first:last]
        if words["documents"].any_of(head):
            return "group" if plain[0] in words["indefinite"] and not is_named else "named"
        if not self.using.cased:
            return "named" if any(len(word) > 2 and word not in self.using.function_words for word in plain) else "nobody"
        if is_named:
            return "named"
        if plain[-1] in words["links"]:
            return "nobody"  # «the number of confirmed cases»: the verb belongs to a noun
        points_back = (plain[0] in words["determiners"] and plain[-1] not in self.using.function_words) or (
            not words["determiners"] and len(plain) == 1 and plain[0] not in self.using.function_words
        )
        return "pronoun" if definite and points_back and len(plain) <= _HEAD else "nobody"

    def _has_maker(self, following: list[str]) -> bool:
        """Whether words behind a document tell whose it is: «استطلاع أجرته جامعة لوند»."""
        words = self.using.words
        at = next((n for n, word in enumerate(following) if word in words["issued"]), len(following))
        maker = next((word for word in following[at + 1 :] if word not in words["clause"] and word not in self.using.days), "")
        return maker != "" and maker not in words["unnamed"]

    def _is_office(self, plain: list[str], at: int) -> bool:
        """Whether an Arabic role is that of one office: «مسؤول المبيعات», not «مسؤول أمني»."""
        is_role = not self.using.cased and plain[at] in self.using.words["roles"]
        following = plain[at + 1] if at + 1 < len(plain) else ""
        return is_role and following.startswith(self.using.definite) and following not in self.using.days

    def _is_introduced(self, number: int) -> bool:
        """Whether a name stands beside an earlier mention of this role."""
        return self.introduced.get(self.tokens.words[number], number) < number

    @cached_property
    def introduced(self) -> dict[str, int]:
        """The first token of each role that a name stands beside; looked for once, be the role on every line of a long text."""
        roles, found = self.using.words["roles"].among(self.tokens.vocabulary), dict[str, int]()
        for number in [number for number, word in enumerate(self.tokens.words) if word in roles]:
            if True in self.names[max(0, number - _BESIDE_ROLE) : number + _BESIDE_ROLE]:
                found.setdefault(self.tokens.words[number], number)
        return found

    @cached_property
    def hidden(self) -> dict[str, int]:
        """The first token of each document that hides who speaks («une source policière», «de sources concordantes»)."""
        words, found = self.using.words, dict[str, int]()
        nouns = (words["documents"] & words["unnamed"]).difference(words["groups"]) & self.tokens.vocabulary
        before = words["indefinite"] | words["learned_from"] | words["links"] - words["determiners"]
        for number in [number for number, word in enumerate(self.tokens.words) if word in nouns]:
            if not number or self.tokens.words[number - 1] not in before:
                continue
            farthest = min(number + _LONGEST_MAKER, len(self.tokens.words))
            end = next((n for n in range(number + 1, farthest) if self.tokens.gaps[n][:1] not in _INSIDE), farthest)
            if not words["institutions"].any_of(self.tokens.words[number:end]) and True not in self.names[number:end]:
                found.setdefault(self.tokens.words[number], number)
        return found

    def is_number(self, source: tuple[int, int]) -> bool:
        """Whether a phrase begins with a number, behind a preposition or not: «nach Einschätzung von 44 Prozent»."""
        first, second, words = self.tokens.words[source[0]], self.tokens.word(source[0] + 1), self.using.words
        is_linked = first in words["links"] and first not in words["determiners"] and source[1] - source[0] > 1
        return first[0].isdigit() or (is_linked and second[0].isdigit())

    def _is_of_document(self, following: list[str]) -> bool:
        """Whether a document that has been named follows a noun: «(results) of the survey»."""
        words = self.using.words
        is_linked = bool(following) and following[0] in words["links"] and not words["indefinite"].any_of(following[1:2])
        return is_linked and words["documents"].any_of(following[1:_HEAD])

    def is_known(self, source: tuple[int, int]) -> bool:
        """Whether the nouns of the profile tell that a source can speak; where names have no capitals, nothing else does."""
        plain = list(map(self._bare, self.tokens.words[slice(*source)]))[:_HEAD]
        linked = next((n for n in range(1, len(plain)) if plain[n] in self.using.of), len(plain))  # «le portefeuille (de l'État)»
        if plain[0] in self.using.words["places"] or self.using.bodies.any_of(plain[:linked]):
            return True
        return any(self.using.words[name].any_of(plain[:linked]) for name in ("documents", "unnamed", "pronouns"))

    def is_body(self, phrase: tuple[int, int]) -> bool:
        """Whether a phrase names an institution, document or person by a word of the profile."""
        words = self.using.words
        kinds = ("institutions", "documents", "pronouns", "unnamed")
        return any(word in words[name] for word in self.tokens.words[slice(*phrase)] for name in kinds)

    def is_document(self, source: tuple[int, int]) -> bool:
        """Whether a source is a document, or the authors of one («the researchers»)."""
        return self.using.words["documents"].any_of(list(map(self._bare, self.tokens.words[slice(*source)]))[:_HEAD])

    def _goes_before(self, word: str) -> bool:
        """Whether a word may stand before the noun that heads an Arabic phrase: verbs, quantities, particles."""
        lists = ("says", "auxiliaries", "links", "unnamed", "acts", "unnamed_adjectives", "quantities")
        return any(word in self.using.words[name] for name in lists)

    def _is_vague(self, source: tuple[int, int], plain: list[str], at: int) -> bool:
        """Whether a phrase with an unnamed noun at this place is one that hides who speaks, and no more than that."""
        words, first, before = self.using.words, plain[0], plain[:at]
        following = plain[at + 1] if at + 1 < len(plain) else ""
        if plain[at] in words["groups"] or at > 3 or len(plain) > 9:
            return False
        if (first in words["determiners"] and first not in words["generic"]) or first in words["clause"]:
            return False
        if self.using.according.match(self.view.text, self.tokens.token(source[0])):
            return False
        if any(word in words["determiners"] or word in words["links"] or word in words["clause"] for word in before[1:]):
            return False  # «images on social media», «each of the experts»
        if any(word in words["pronouns"] or word in words["breaks"] for word in plain):
            return False
        if not self.using.cased:
            verbs = all(word in words["says"] or word in words["auxiliaries"] for word in before)
            written_alone = self.tokens.words[source[0]] == first or self.tokens.word(source[0] - 1) in self.using.according
            return verbs and written_alone and following not in words["links"]
        if following in words["links"] and not any(word in words["unnamed"] for word in plain[at + 1 :]):
            return False  # «les estimations du fabricant»
        goes_on = following in words["links"] or following in words["clause"] or following in words["unnamed_adjectives"]
        return not (self.using.head_final and following) or goes_on

    def _names_body(self, number: int) -> bool:
        """Whether a word before an unnamed noun names a body («Cal Fire officials»); «Spanish officials» name none."""
        word = self.tokens.words[number]
        if not self.using.adjective_endings or (number in self.opening and not self._is_acronym(number)):
            return False
        return self.is_capital(number) and not word.endswith(self.using.adjective_endings) and word not in self.using.function_words

    def _is_acronym(self, number: int) -> bool:
        """Whether a token is written in capitals alone."""
        place = self.view.source(self.tokens.starts[number], self.tokens.ends[number])
        return place.end - place.start > 1 and self.article.text[place.start : place.end].isupper()

    def _is_apposed(self, first: int, noun: int) -> bool:
        """Whether a name and a comma stand before a noun: «Raymond Soubie, un expert»."""
        return self.using.cased and any(
            self.is_capital(n) and "," in self.view.text[self.tokens.ends[n] : self.tokens.starts[n + 1]] for n in range(first, noun)
        )

    def bare_forms(self, word: str) -> list[str]:
        """A word; an Arabic one also without a preposition and a possessive written onto it («لمواعيدها»)."""
        if not self.using.after_verb:
            return [word]
        opened = [word, *([f"ال{word[2:]}"] if word.startswith("لل") else [word[1:]] if word.startswith("ل") else [])]
        return [*opened, *(form.removesuffix(end) for form in opened for end in ("ها", "هم", "ه") if form.endswith(end))]

    def is_accusative(self, number: int) -> bool:
        """Whether an Arabic word is written with the ending of an object («أكد خططًا»): it does not speak."""
        place = self.view.source(self.tokens.starts[number], self.tokens.ends[number])
        return _ACCUSATIVE in self.article.text[place.start : place.end + 1]

    def is_verb_of(self, word: str) -> bool:
        """Whether an Arabic word is a verb of speech or act, what is said written onto it or not: «ذكرته», «أعلن», «أصدرت»."""
        verbs = {word, *(word.removesuffix(end) for end in ("ه", "ها") if word.endswith(end))}
        return any(not self.using.words[name].isdisjoint(verbs) for name in ("says", "acts", "issued"))

    def _bare(self, word: str) -> str:
        """An Arabic word without the preposition written onto it («لوزارة»), where the rest is known."""
        if word[:1] in ("ل", "و", "ف", "ب") and len(word) > 3:
            rest = word[1:]
            if word.startswith("لل"):
                rest = "ال" + word[2:]
            if any(rest in self.using.words[name] for name in ("unnamed", "institutions", "documents")):
                return rest
        return word
