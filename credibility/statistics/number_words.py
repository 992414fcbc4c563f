"""The section [numbers] of a language profile, folded and compiled for reading."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from credibility.lexicon import Phrases, Words, folded
from credibility.normalise import fold_text
from credibility.pack import Numbers, Profile, profile

T = TypeVar("T")

_TABLES = ("values", "scales", "attached_scales", "vague", "fractions", "multiples", "ordinals")
_WORD_LISTS = (
    "joiners", "quantifiers", "fraction_needs", "fraction_not_after", "fraction_of", "definite", "times", "compare", "links",
    "durations", "lengths", "between", "between_and", "ranges", "ordinal_suffixes", "rank_before", "rank_after", "not_after",
    "not_before", "outcomes", "only", "out_of", "change", "market", "sport", "approximators",
    "parts", "multiplied", "multiplied_by", "multiple_needs", "multiple_of", "multiple_after", "each",
    "others", "attendance", "indefinite", "fraction_not_before", "out_of_apart", "only_negated", "negations", "aged",
    "age_before", "date_joins", "ordinal_after", "streets", "year_after", "vague_needs", "magnitudes", "compounds", "at_least",
    "possessives", "subject_verbs", "phones", "changed_by", "part_of", "only_after", "texted", "editions", "specs",
    "halves", "fraction_nouns", "day_before", "persons", "containers", "precipitation", "vague_not_after", "moves", "moved_from",
    "points_by", "worldwide",
)  # fmt: skip


class Lexicon:
    """The [numbers] of a profile, folded and compiled."""

    def __init__(self, of: Profile) -> None:
        given: Numbers = of.numbers
        fold = {name: _folded_table(getattr(given, name)) for name in _TABLES}
        self.given = given
        self.values, self.scales, self.vague = fold["values"], fold["scales"], fold["vague"]
        if given.fused:
            self.values |= _fused(self.values, self.scales, fold_text(given.fused))
        self.fractions, self.ordinals, self.attached = fold["fractions"], fold["ordinals"], fold["attached_scales"]
        self.multiples = fold["multiples"]
        self.ranks = _fused_ranks(self.ordinals, folded(given.rank_superlatives))
        self.words = {name: Words(getattr(given, name)) for name in _WORD_LISTS}
        # First words of what stands before the whole of a ratio, the shortest way to tell that none does.
        self.wholes = frozenset(entry.split()[0] for name in ("out_of", "out_of_apart") for entry in self.words[name])
        if given.attached_joiner:
            self.words["not_after"] = Words(_with_prefixes(given.not_after, given.attached_joiner))
        self.phrases = Phrases(given.vague_phrases)
        self.dates = Words([*of.months, *given.short_months, *of.weekdays])
        self.months = Words([*of.months, *given.short_months])
        self.articles = frozenset(map(fold_text, given.articles))
        self.prefixes = frozenset(map(fold_text, given.prefixes))
        self.article_starts = tuple(before + article for article in self.articles for before in ("", *self.prefixes))
        tables = (self.values, self.scales, self.vague, self.fractions, self.multiples, self.ordinals, self.ranks)
        # «وثالث أكبر», «لمضاعفة»: what a preposition may be written onto
        self.prefixed = frozenset().union(self.values, self.scales, self.fractions, self.multiples, self.ordinals)
        self.heads = self.words["rank_before"].union(*tables)
        self.heads |= self.words["each"] if self.ordinals else frozenset()
        self.firsts = self.heads | self.phrases.firsts | self.words["multiplied"]
        self.units, self.unit_of = _units(given)
        self.totals = tuple(folded(given.totals))
        self.decimal = given.decimal
        self.points, self.commas = _decimals(given, r"\."), _decimals(given, ",")
        self.groups = frozenset(given.groups)
        self.by_name = {fold_text(w): c for w, c in given.currencies.items() if w.upper() == c or w in _SHORT_CURRENCIES}


# Short names that stand before their number: «Rs 500».
_PREPOSITIONS = ("ب", "ك", "وب")
_SHORTEST_PREFIXED = 3
_SHORT_CURRENCIES = frozenset({"rs", "rmb"})


def _with_prefixes(words: Collection[str], joiner: str) -> Iterator[str]:
    """Arabic words, with and without the prepositions and the joiner that may be written onto them: «للفصل», «والمادة»."""
    yield from words
    for word in words:
        yield joiner + word
        if len(word) > _SHORTEST_PREFIXED:
            yield from (f"{before}{word}" for before in _PREPOSITIONS)
            yield f"لل{word[2:]}" if word.startswith("ال") else f"ل{word}"


def _folded_table(table: Mapping[str, T]) -> dict[str, T]:
    """The table with its words folded."""
    return dict(zip(folded(table), table.values(), strict=True))


def _fused(values: dict[str, float], scales: dict[str, float], particle: str) -> dict[str, float]:
    """Numerals written as one word: 'fünfundzwanzig', 'dreihundert', 'zweitausend'."""
    units = {word: value for word, value in values.items() if 0 < value < 10}
    tens = {word: value for word, value in values.items() if value >= 20 and value % 10 == 0}
    made = {f"{unit}{particle}{ten}": a + b for unit, a in units.items() for ten, b in tens.items()}
    big = {word: value for word, value in scales.items() if value in (100, 1000)}
    small = {word: value for word, value in (values | made).items() if 0 < value < 100}
    return made | {f"{word}{scale}": a * b for word, a in small.items() for scale, b in big.items()}


def _fused_ranks(ordinals: dict[str, float], superlatives: list[str]) -> dict[str, float]:
    """Ranks written as one word, in all endings: 'zweitgrößte', 'drittmeisten'."""
    stems = {word[:-1]: value for word, value in ordinals.items() if word.endswith("te")}
    endings = [f"{stem}{end}" for stem in superlatives for end in ("e", "en", "er", "es", "em")]
    return {f"{stem}{ending}": value for stem, value in stems.items() for ending in endings}


def _units(given: Numbers) -> tuple[re.Pattern[str] | None, dict[str, tuple[str, str]]]:
    """A pattern for what may stand after a number, and kind and code of each unit."""
    of: dict[str, tuple[str, str]] = {}
    for phrase in given.percent:
        sign = "%" if "100" not in phrase and "‰" not in phrase else phrase
        of[fold_text(phrase)] = ("share", sign)
    of |= {word: ("measure", unit) for word, unit in _folded_table(given.measures).items()}
    of |= {word: ("money", code) for word, code in _folded_table(given.currencies).items()}
    if not of:
        return None, of
    ways = "|".join(
        re.escape(word).replace(r"\ ", "[ \\n-]") + (r"(?![^\W_])" if word[-1].isalnum() else "")
        for word in sorted(of, key=len, reverse=True)
    )
    links = "|".join(re.escape(fold_text(word)) for word in sorted(given.links, key=len, reverse=True))
    adjectives = "|".join(re.escape(fold_text(word)) for word in sorted(given.currency_adjectives, key=len, reverse=True))
    link = f"(?:(?:{links})[ ']+)?" if links else ""
    adjective = f"(?:(?:{adjectives}) )?" if adjectives else ""
    after = f"(?: (?:{adjectives})(?![^\\W_]))?" if adjectives else ""
    return re.compile(f"[ \\n-]?{link}{adjective}({ways}){after}"), of


def _decimals(given: Numbers, mark: str) -> re.Pattern[str] | None:
    """A pattern for shares and large numbers whose decimals have this mark; None where no decimal comma could be mistaken."""
    if given.decimal != ",":
        return None
    ways = "|".join(re.escape(word) for word in folded([*given.percent, *given.scales]))
    return re.compile(rf"\d{mark}\d{{1,2}} ?(?:{ways})(?![^\W_])")


@lru_cache(maxsize=64)
def lexicon(language: str | None) -> Lexicon | None:
    """The compiled numbers of a language; None without a section [numbers]."""
    of = profile(language)
    return Lexicon(of) if of.numbers.scales else None
