"""One name in several spellings in one article: a mark of translation through another alphabet.

Names are looked for in the article itself, not in its leftovers, and only where their capital says something: inside a
sentence. Two spellings are left alone where each goes with a first or last name of its own, since they are two people then,
and where either is an ordinary word of the text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import compress
from typing import NamedTuple

from credibility.detector import ASSESSED, NOT_APPLICABLE, not_assessed
from credibility.document import Finding, Severity, Span
from credibility.layout.roles import block_roles
from credibility.lexicon import capitals, n_words, tokens
from credibility.names import Name, arabic_skeleton, names_in, plain, same_arabic_name, same_name, skeleton, sound
from credibility.rules import Example, Rule
from credibility.segment import Article

# Languages whose names keep their form; German writes every noun with a capital, Slavic and Baltic ones decline names.
_LATIN = frozenset({"fr", "en", "es", "it", "pt", "nl", "ca", "gl", "ro", "da", "sv", "no", "nb", "nn", "id", "ms"})
_SHORTEST_WORD = 5  # letters
_MOST_COMPARED = 20
_SHORTEST_PROSE = 60  # characters of a block whose capitals say something: headings may capitalise every word
_MOST_FORMS = 8
# Titles stand before anybody's name.
_TITLES = frozenset(
    re.findall(
        r"\w+",
        "president presidente minister ministre ministro premier general colonel colonelle prince princess princesse king queen roi reine "
        "sheikh cheikh imam pope pape dr mr mrs ms mme mlle sir lord lady senator senateur deputy judge saint san santa the les des street",
    )
)
_BETWEEN = r"[ \u00a0]?[-–,]?[ \u00a0]?(?:[a-zà-ÿ]{1,12}['’ \u00a0]){0,3}"
_SMALL = re.compile(r"(?<![^\W\d_])[a-zà-ÿ][^\W\d_]{4,}")
_ARABIC_WORD = re.compile("[\u0621-\u064a]+")
_ARABIC_COMMON = frozenset(
    re.findall(r"\w+", "من في على و الى عن ان او قال مع هذا هذه كل بين بعد قبل حيث كما لا ما لم كان كانت قد التي الذي ثم غير اي عند خلال")
)

SPELLING = Rule(
    id="inconsistent-name.spelling",
    severity=Severity.WARNING,
    message="One name in several spellings: {forms}",
    why="A reader thinks of several people or places; translation through another alphabet leaves such names.",
    bad=(
        Example(
            "fr",
            "Le ministre a reçu hier les délégués du [[Zoulouland]], puis il est reparti sans un mot. La presse a cité la veille un chef "
            "du [[Zululand]] qui disait le contraire.",
        ),
        Example(
            "fr",
            "Le train pour [[Marrakech]] est parti hier soir avec du retard. Celui qui revient de [[Marrakesh]] n'est pas arrivé du tout.",
        ),
        Example("ar", "زار المدينة رمضان [[قاديروف]] أمس برفقة وفد كبير من الوزراء، ثم غادر رمضان [[قادروف]] مساء إلى بلاده."),
        Example(
            "en",
            "On Monday the envoy met [[Sergei Luzhkov]] in the old harbour office for an hour. Two days later the mayor said that "
            "[[Sergey Loujkov]] had never been there at all.",
        ),
    ),
    good=(
        Example(
            "fr",
            "Le président a salué François Petit et les ouvriers de la Française des ports. Le Français a remercié la France, puis "
            "Mohamed Salem a chanté. Après lui Mohammed Karim a lu un poème.",
        ),
        Example("ar", "قال المعلمون إن المدرسة مغلقة، وشكر الوزير المعلمين والمعلمات في البلاد، ثم زار كاتب المدينة كتاب المعرض."),
        Example(
            "en",
            "The museum thanked Anna Hermann for the gift. Her friend, Paul Herrmann, was away. Trains go through Shaanxi, Henan and "
            "Shanxi. Some Princes and one Princess came from Iran with an Iranian guide.",
        ),
    ),
    false_alarms="1 of 6,746 texts by human authors, where 7 more do spell a name in two ways; 8 of 2,238 clippings, 5 of which do. Words "
    "of a passage in another language, and two people of one first name of whom one is never named in full.",
)


class _Spelling(NamedTuple):
    """One spelling of a name: the names it stands in with its place in each, the other words of those as they sound, its sentences."""

    names: list[tuple[Name, int]]
    company: frozenset[str]
    sentences: frozenset[int]


class InconsistentNames:
    """Finds names spelled in several ways."""

    rules: tuple[Rule, ...] = (SPELLING,)
    name: str = "inconsistent-name"

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Languages in Latin script whose names keep their form, and Arabic."""
        if article.language is None:
            return {"inconsistent-name": not_assessed("language unknown")}
        if article.language not in _LATIN and article.language != "ar":
            return {"inconsistent-name": not_assessed(f"names of language {article.language!r} change their form or have no capitals")}
        return {"inconsistent-name": ASSESSED if article.layer(n_words) else NOT_APPLICABLE}

    def detect(self, article: Article) -> Iterator[Finding]:
        """The first place of each spelling, in order; `evidence.forms` lists them all."""
        groups = _arabic_groups(article) if article.language == "ar" else _latin_groups(article)
        seen: set[Span] = set()
        for spans in groups:
            forms = " | ".join(" ".join(article.text[start:end].split()) for start, end in spans)
            for span in (span for span in spans if span not in seen):
                seen.add(span)
                yield article.flag(SPELLING, span, confidence=0.9, forms=forms, of_start=spans[0].start, of_end=spans[0].end)


def _prose(article: Article) -> Iterator[Span]:
    """The blocks of the article itself."""
    for role in article.layer(block_roles):
        if role.role == "main":
            yield role.span


def _latin_groups(article: Article) -> Iterator[list[Span]]:
    """The places of each name that has several spellings."""
    text = article.text
    if not _any_alike(_capitalised(article)):
        return
    standing: dict[str, list[tuple[Name, int]]] = defaultdict(list)
    for block in _prose(article):
        if block.end - block.start >= _SHORTEST_PROSE:
            for name in names_in(text, *block):
                for number, (start, end) in enumerate(name.words):
                    if end - start >= _SHORTEST_WORD:
                        standing[text[start:end]].append((name, number))
    by_skeleton: dict[str, dict[str, list[tuple[Name, int]]]] = defaultdict(dict)
    for word, names in standing.items():
        if any(name.inside for name, _ in names):
            by_skeleton[skeleton(word)].setdefault(plain(word), []).extend(names)
    for bones, forms in by_skeleton.items():
        if len(forms) > 1 and len(bones) > 2:
            spellings = {form: _spelling(article, names) for form, names in list(forms.items())[:_MOST_COMPARED]}
            if group := _group(text, spellings):
                yield _places(text, {form: spellings[form] for form in group})


def _capitalised(article: Article) -> frozenset[str]:
    """The longer words that are written with a capital, folded."""
    read = article.layer(tokens)
    return frozenset([word for word in set(compress(read.words, article.layer(capitals))) if len(word) >= _SHORTEST_WORD])


def _any_alike(words: Iterable[str]) -> bool:
    """Whether any two of these words, more than one name can have, may be spellings of one: in most articles none are."""
    plain_of: dict[str, str] = {}
    return any(plain_of.setdefault(skeleton(word), own := plain(word)) != own for word in words)


def _spelling(article: Article, names: list[tuple[Name, int]]) -> _Spelling:
    """What the names that a spelling stands in say about it."""
    company: set[str] = set()
    for name, own in names:
        words = [article.text[start:end] for start, end in name.words]
        company.update(sound(word) for n, word in enumerate(words) if n != own and len(word) > 2 and plain(word) not in _TITLES)
    places = (article.sentence_at(name.span.start) for name, _ in names)
    return _Spelling(names, frozenset(company), frozenset(place.start for place in places if place))


def _group(text: str, spellings: Mapping[str, _Spelling]) -> list[str]:
    """The spellings that are of one name, in order; none where fewer than two are left."""
    forms = list(spellings)
    pairs = [(a, b) for n, a in enumerate(forms) for b in forms[n + 1 :] if _are_one(a, b, spellings)]
    if not pairs:
        return []
    ordinary = {plain(word) for word in _SMALL.findall(text)}
    group = [form for form in dict.fromkeys(form for pair in pairs for form in pair) if form not in ordinary]
    return group if len(group) > 1 else []


def _are_one(one: str, other: str, spellings: Mapping[str, _Spelling]) -> bool:
    """Whether two spellings are one name: not two people, nor two things told apart in one sentence."""
    if not (how := same_name(one, other)):
        return False
    a, b = spellings[one], spellings[other]
    if (a.company and b.company and a.company.isdisjoint(b.company)) or not a.sentences.isdisjoint(b.sentences):
        return False
    return how == "sound" or not a.company.isdisjoint(b.company)


def _places(text: str, spellings: Mapping[str, _Spelling]) -> list[Span]:
    """The first place of each way to write the name, with the words that go with all spellings; in order."""
    shared = frozenset.intersection(*(spelling.company for spelling in spellings.values()))
    whole: dict[str, Span] = {}
    bare: dict[str, Span] = {}
    for form, spelling in spellings.items():
        for name, number in spelling.names:
            span = _extent(text, name, number, shared)
            if span == name.words[number]:
                bare.setdefault(form, span)
            else:
                whole.setdefault(" ".join(text[span.start : span.end].split()), span)
    covered = {form for form in bare for way in whole if form in plain(way)}
    return sorted([*whole.values(), *(span for form, span in bare.items() if form not in covered)])[:_MOST_FORMS]


def _extent(text: str, name: Name, number: int, shared: frozenset[str]) -> Span:
    """The word with those of its name that go with all spellings, also where small words stand between («Isis - province de …»)."""
    start, end = name.words[number]
    kept = [word for word in name.words if sound(text[word.start : word.end]) in shared]
    if kept:
        return Span(min(start, kept[0].start), max(end, kept[-1].end))
    for other in shared:
        for hit in re.finditer(rf"[^\W\d_]{{{max(2, len(other) - 1)},{len(other) + 3}}}(?={_BETWEEN}\Z)", text[max(0, start - 60) : start]):
            if sound(hit.group()) == other:
                return Span(max(0, start - 60) + hit.start(), end)
    return Span(start, end)


def _arabic_groups(article: Article) -> Iterator[list[Span]]:
    """The places of words that differ in one weak letter and stand behind the same word."""
    view, read = article.folded, article.layer(tokens)
    first: dict[str, int] = {}
    before: dict[str, set[str]] = defaultdict(set)
    for start, end in view.folded_spans(_prose(article)):
        last = ""
        for number in range(read.at(start), read.at(end)):
            word = read.words[number]
            if len(word) > 5 and last and last not in _ARABIC_COMMON and not word.startswith("ال") and _ARABIC_WORD.fullmatch(word):
                first.setdefault(word, number)
                before[word].add(last)
            last = word
    by_skeleton = defaultdict(list)
    for word in first:
        by_skeleton[arabic_skeleton(word)].append(word)
    for words in by_skeleton.values():
        one = next((p for n, a in enumerate(words[:20]) for b in words[n + 1 : 20] if (p := (a, b)) and same_arabic_name(a, b)), None)
        if one and not before[one[0]].isdisjoint(before[one[1]]):
            yield sorted(view.source(read.starts[first[word]], read.ends[first[word]]) for word in one)


DETECTOR = InconsistentNames()
