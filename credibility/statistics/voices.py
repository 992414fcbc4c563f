"""The judgement of a source: named, unnamed, a pronoun, or nobody who could speak."""

from functools import cached_property

from credibility.lexicon import Tokens, capitals, tokens
from credibility.segment import Article
from credibility.statistics.voice_words import VoiceWords

# A phrase is about the noun that heads it: among its first words, behind article and adjectives.
_HEAD = 4
# «Ana Ruiz, an analyst at LakeBank»: words between a name and its role.
_BESIDE_ROLE = 5
# «une source digne de foi à la mairie»: words in which whoever stands behind a source is looked for, and what stands between them.
_LONGEST_MAKER = 8
_INSIDE = (" ", "'", "-")
# «Board Says 40 Boats Sank After Storm»: letters of a word that has a capital in such a headline.
_SHORTEST_CAPITAL = 4
_YEAR = 4
# «census», «analysis»: English nouns that are no plural.
_SINGULAR = ("us", "is", "ss")
# The sign of an indefinite object in Arabic; folding takes it off.
_ACCUSATIVE = "\u064b"


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

    def is_title(self, first: int, last: int) -> bool:
        """Whether all longer words of a sentence have a capital, as those of an English headline do; first, last: its tokens."""
        return all(self.capitals[n] for n in range(first, last) if len(self.tokens.words[n]) >= _SHORTEST_CAPITAL)

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
            plain = list(map(self.bare, plain))
        if len(plain) <= 3 and words["pronouns"].any_of(plain[:2]):
            return "unnamed" if plain[-1] in words["unnamed"] and self.hidden.get(plain[-1], last) < first else "pronoun"
        hides = words["unnamed"].any_of(plain)
        nouns = [n for n, word in enumerate(plain) if word in words["unnamed"]] if hides else []
        # «de nombreux experts», «plusieurs médias»: the noun behind the quantity is what hides who speaks
        vague = next((n for n in nouns if plain[n] not in words["groups"]), nouns[0] if nouns else None)
        if vague is not None and not words["institutions"].difference(words["quantities"]) & set(plain[:vague]):
            return self._of_unnamed(source, plain, vague)
        return self._of_head(source, plain, definite=definite)

    def _of_unnamed(self, source: tuple[int, int], plain: list[str], vague: int) -> str:
        """What a source is that has an unnamed noun at this place («experts», «مصادر»), as `source` says it."""
        words, (first, last) = self.using.words, source
        if not self.using.cased and vague and not self._goes_before(plain[vague - 1]):
            return "named"  # «نقيب تجار الخضار»: the noun before it heads the phrase
        marks = [n for n in range(first, last) if '"' in (self.tokens.gaps[n] if n > first else self.tokens.gaps[n][-1:])]
        quoted = any(self.tokens.word(n - 1) != "ل" for n in marks)  # «قالت مصادر محلية ل"…"» tells whom they told
        if any(self._names_body(n) for n in range(first, first + vague)) or self._is_apposed(first, first + vague):
            return "named"  # «FDA officials», «Fox Media»
        if self._has_maker(plain[vague + 1 :]) or self._is_office(plain, vague):
            return "named"
        has_name = any(self.names[n] and self._is_proper(self.tokens.words[n]) for n in range(first + vague + 1, last))
        if quoted or has_name or self.using.bodies.any_of(plain[vague + 1 :]):
            return "named"
        is_definite = plain[0] in words["determiners"] and plain[0] not in words["generic"]
        if is_definite and plain[vague] in words["roles"] and self._is_introduced(first + vague):
            return "pronoun"  # «the analyst», behind «Ana Ruiz, an analyst at LakeBank»
        if plain[vague] in words["documents"] and is_definite and words["unnamed_adjectives"].any_of(plain[1:vague]):
            return "group"  # «the latest data»
        if plain[vague] in words["documents"] and is_definite:
            # «the study», «l'étude»: one that has been named, unless it was introduced as one that hides who speaks
            return "unnamed" if self.hidden.get(plain[vague], last) < first else "pronoun"
        if plain[vague] in words["documents"] and self._is_of_document(plain[vague + 1 :]):
            return "pronoun"
        return "unnamed" if self._is_vague(source, plain, vague) else "group"

    def _of_head(self, source: tuple[int, int], plain: list[str], *, definite: bool) -> str:
        """What a source is by the words that head it, as `source` says it."""
        words, (first, last) = self.using.words, source
        head = plain[:_HEAD]
        if self.using.head_final and len(plain) > _HEAD:  # «the country's health ministry»
            end = next((n for n, word in enumerate(plain) if n and word in words["links"] and word not in self.using.articles), len(plain))
            head = [*head, *plain[max(_HEAD, end - _HEAD) : end]]
        if words["institutions"].any_of(head):
            is_any = len(plain) == 2 and plain[0] in words["indefinite"] and plain[0] in words["links"]
            return "group" if is_any and not self.using.head_final else "named"  # «des associations»
        if self.using.final_auxiliaries and not words["documents"].any_of(head):
            if plain[0] in self.using.vague_numbers:
                return "nobody"  # «Hunderttausende»
            if plain[0] in words["indefinite"] and sum(self.capitals[n] for n in range(first + 1, last)) == 1 and self.capitals[last - 1]:
                return "group"  # «ein junger Mann»: the capital of a noun names nobody
        is_named = True in self.names[first:last]
        if words["documents"].any_of(head):
            return "group" if self._is_any(plain) and not self._has_name(source) else "named"
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

    def _is_any(self, plain: list[str]) -> bool:
        """Whether a document is introduced as any of its kind: «a report», «documents», «تقرير»."""
        words, first = self.using.words, plain[0]
        if not self.using.cased:
            return len(plain) == 1 and not first.startswith(self.using.definite)
        is_plural = plain[-1].endswith("s") and not plain[-1].endswith(_SINGULAR)
        return first in words["indefinite"] or (self.using.head_final and is_plural and first not in words["determiners"])

    def _has_name(self, source: tuple[int, int]) -> bool:
        """Whether a proper name is part of a phrase; a German document has a capital as well («einer Umfrage», «einer Forsa-Umfrage»)."""
        spoken = self.tokens.words
        return any(self.names[n] and self._is_proper(spoken[n]) and not self._only_opens(n) for n in range(*source))

    def _is_proper(self, word: str) -> bool:
        """Whether a word with a capital names something: no day, and no noun of the lists, which has one in German."""
        return word not in self.using.words["unnamed"] and word not in self.using.words["documents"] and word not in self.using.days

    def _only_opens(self, number: int) -> bool:
        """Whether a word may have its capital only because it opens a sentence."""
        return number in self.opening and not self._is_acronym(number) and self.tokens.words[number] not in self.inner_names

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
        first, second, words = self.tokens.words[source[0]], self.tokens.beside[source[0] + 1], self.using.words
        is_linked = first in words["links"] and first not in words["determiners"] and source[1] - source[0] > 1
        is_dated = first in words["indefinite"] and second.isdecimal() and len(second) == _YEAR  # «a 2014 ministry study»
        return first[0].isdigit() or (is_linked and second[0].isdigit() and not is_dated)

    def _is_of_document(self, following: list[str]) -> bool:
        """Whether a document that has been named follows a noun: «(results) of the survey»."""
        words = self.using.words
        is_linked = bool(following) and following[0] in words["links"] and not words["indefinite"].any_of(following[1:2])
        return is_linked and words["documents"].any_of(following[1:_HEAD])

    def is_known(self, source: tuple[int, int]) -> bool:
        """Whether the nouns of the profile tell that a source can speak; where names have no capitals, nothing else does."""
        plain = list(map(self.bare, self.tokens.words[slice(*source)]))[:_HEAD]
        linked = next((n for n in range(1, len(plain)) if plain[n] in self.using.of), len(plain))  # «le portefeuille (de l'État)»
        if plain[0] in self.using.words["places"] or self.using.bodies.any_of(plain[:linked]):
            return True
        hidden = self.using.words["unnamed"].difference(self.using.words["groups"]) if self.using.cased else self.using.words["unnamed"]
        return not hidden.isdisjoint(plain[:linked]) or any(
            self.using.words[name].any_of(plain[:linked]) for name in ("documents", "pronouns")
        )

    def is_body(self, phrase: tuple[int, int]) -> bool:
        """Whether a phrase names an institution, document or person by a word of the profile."""
        words = self.using.words
        kinds = ("institutions", "documents", "pronouns", "unnamed")
        return any(word in words[name] for word in self.tokens.words[slice(*phrase)] for name in kinds)

    def is_document(self, source: tuple[int, int]) -> bool:
        """Whether a source is a document, or the authors of one («the researchers»)."""
        return self.using.words["documents"].any_of(list(map(self.bare, self.tokens.words[slice(*source)]))[:_HEAD])

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

    def bare(self, word: str) -> str:
        """An Arabic word without the preposition written onto it («لوزارة»), where the rest is known."""
        if word[:1] in ("ل", "و", "ف", "ب") and len(word) > 3:
            rest = word[1:]
            if word.startswith("لل"):
                rest = "ال" + word[2:]
            if any(rest in self.using.words[name] for name in ("unnamed", "institutions", "documents")):
                return rest
        return word
