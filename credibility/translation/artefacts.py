"""Marks that machine translation leaves and people do not: each one a span, with what kind of mark it is.

A translation engine works on pieces of a page (a sentence, a link, the words of a quotation) that are put together again
unread. What shows is the seams: a full stop inside a noun phrase, two articles before one noun, a phrase given out twice,
characters of the source's alphabet. Every pattern here was counted on human originals and human translations first; what
people write too («12,000» in French, doubled single words, spaces inside brackets) is not here. The rates stand at the rules
in `credibility.detectors.machine_translation`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np

from credibility.characters import holds
from credibility.document import Span
from credibility.languages.passages import passages
from credibility.lexicon import tokens
from credibility.normalise import fold_text
from credibility.pack import build, pack_root, read_toml
from credibility.segment import Article

_LETTER = r"[^\W\d_]"
_SPACE = "[ \u00a0\u202f]"
_LOWER = "[a-zß-öø-ÿœа-яё]"
# Kana and ideographs without their punctuation: people type the middle dot and the long mark among other letters.
_EAST_ASIAN = "\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_OTHER = "A-Za-zÀ-ÖØ-öø-ÿ\u0400-\u04ff\u0620-\u064a"
# Languages that are written in these scripts or among them.
_EAST_ASIAN_LANGUAGES = frozenset({"zh", "ja", "ko", "yue", "wuu"})


class Artefact(NamedTuple):
    """A mark: the name of its rule (without the flag), where it stands, and which variety it is."""

    rule: str
    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Words:
    """A table of `rules/artefacts.toml`: the words of a language that marks are told by."""

    dangling: tuple[str, ...] = ()
    prenominal: tuple[str, ...] = ()
    determiners: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Words]:
    """The words of every language. Raises PackError for a file that is not valid."""
    path = pack_root() / "artefacts.toml"
    return {language: build(Words, table, f"{path}, [{language}]") for language, table in read_toml(path).items()}


def artefacts(article: Article) -> tuple[Artefact, ...]:
    """The marks in an article, in order; used as `article.layer(artefacts)`. Empty for a text without marks."""
    language, prose = article.language or "", article.prose_alone
    found = [*_seams(article, language), *_scraps(article, language), *_spacing(article, language)]
    found = [mark._replace(span=prose.source(*mark.span)) for mark in found]
    found += (*_repeats(article, language), *_untranslated(article))
    return tuple(sorted(found, key=lambda mark: (mark.span, mark.rule)))


def _any(words: tuple[str, ...]) -> str:
    """An alternation of words, a space of theirs any space, an apostrophe either."""
    ways = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", _SPACE).replace("'", "['’]" + _SPACE + "?") for word in ways)


class _Seam(NamedTuple):
    """A kind of seam: `pivots` are quick to find and rare, `whole` is what must stand around one, compiled when one is found."""

    rule: str
    kind: str
    pivots: tuple[re.Pattern[str], ...]
    whole: str

    def spans(self, text: str) -> Iterator[Span]:
        """Where it stands; none twice."""
        done = 0
        for start, end in sorted(at.span() for pivot in self.pivots for at in pivot.finditer(text)):
            hit = _compiled(self.whole).search(text, max(done, start - _REACH), end + _REACH)
            if hit:
                done = hit.end()
                yield Span(*hit.span())


_compiled = lru_cache(maxsize=128)(re.compile)
_QUOTES = '«"“„'
_REACH = 40  # characters: the longest words before a pivot, or the rest of the word behind it


@lru_cache(maxsize=32)
def _seam_patterns(language: str) -> tuple[_Seam, ...]:
    """The seams that this language's words tell."""
    words = _tables().get(language, Words())
    before = r"(?<![\w'’.-])(?<![.…:] )(?<!^)"
    found: list[tuple[str, str, tuple[str, ...], str]] = []
    stop, following = rf"\.{_SPACE}{_LOWER}{{2}}", r"\w*"
    if words.dangling:
        dangling = f"{before}(?:{_any(words.dangling)})"
        found.append(("broken-phrase", "function word", (stop,), f"{dangling}{stop}{following}"))
        if words.prenominal:
            found.append(("broken-phrase", "adjective", (stop,), f"{dangling}{_SPACE}(?:{_any(words.prenominal)}){stop}{following}"))
    if words.determiners and words.articles:
        # A second determiner of the same noun: behind an opening quotation mark, or bare. A small letter must follow, since
        # titles with an article («le “La Haine” de 1995», la Une) are no mark.
        first = f"{before}(?:{_any(words.determiners)})"
        second = rf"(?:{_any(words.articles)})(?:(?<=['’])|{_SPACE}){_LOWER}{{3}}"
        # A pattern that begins with one mark is found in a tenth of the time of one that begins with any of four.
        quotations = tuple(f"{mark}{_SPACE}?{second}" for mark in _QUOTES)
        found.append(("doubled-article", "quotation", quotations, f"{first}{_SPACE}?[{_QUOTES}]{_SPACE}?{second}{following}"))
        found.append(("doubled-article", "bare", (second,), f"{first}{_SPACE}{second}{following}"))
    return tuple(_Seam(rule, kind, tuple(map(re.compile, pivots)), whole) for rule, kind, pivots, whole in found)


# A full stop, a space and a comma: a piece that was translated as a sentence, put back in the middle of one. Abbreviations
# before a comma have no space («etc., »), and a word of small letters is asked for on both sides.
_STOP_COMMA = rf"[.!?]{_SPACE}[,،;]{_SPACE}"
_GLUED = _Seam("glued-punctuation", "end mark, then comma", (re.compile(_STOP_COMMA),), rf"(?<!\w){_LETTER}{{4,}}{_STOP_COMMA}{_LETTER}+")
_NEWLINE = re.compile("\n")
_SPACED_COMMAS = tuple(space + comma for space in " \u00a0\u202f" for comma in ",،;")
# «La Russie à développer une coopération»: the English headline "X to do Y" word for word.
_HEADLINE = re.compile(
    r"(?:La|Le|Les|L['’])[ ]?[A-ZÉ][\w-]+ à [a-zéèê]{3,}(?:er|ir|re) (?:une?|des|les?|la|l['’]|son|sa|ses|leurs?|plus)\b"
)


def _seams(article: Article, language: str) -> Iterator[Artefact]:
    """Where pieces that were translated apart meet."""
    text = article.prose_alone.text
    for start, end in _GLUED.spans(text) if holds(text, article.characters, _SPACED_COMMAS) else ():
        if not text[start:end].partition(" ")[0].isupper():
            yield Artefact(_GLUED.rule, Span(start, end), _GLUED.kind)
    for seam in _seam_patterns(language):
        yield from (Artefact(seam.rule, span, seam.kind) for span in seam.spans(text))
    if language == "fr":
        for start in (0, *(newline.end() for newline in _NEWLINE.finditer(text))):
            if hit := _HEADLINE.match(text, start):
                yield Artefact("headline-infinitive", Span(*hit.span()), "à + infinitive")


_SMALL = "a-zß-öø-ÿа-яёіїє\u0620-\u064a"
# More characters than this in one line, within 80 characters, are a name, a title or a passage in that language, not a leftover.
_MOST_LEFT_OVER = 6


class _EastAsian(NamedTuple):
    """One letter, and by kind what letters or marks look like inside a text of another script."""

    letter: re.Pattern[str]
    leftovers: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def _east_asian() -> _EastAsian:
    # Behind a word with a small first letter, or before small letters: «Zen第2版», a title, is no leftover.
    contact = f"(?<![{_OTHER}])[{_SMALL}][{_OTHER}]*[{_EAST_ASIAN}]+[{_OTHER}]*|[{_EAST_ASIAN}]+[{_SMALL}]+"
    wide_stop = f"[{_OTHER}]+[\uff0c\u3002\uff1b\uff1a](?={_SPACE}?[{_OTHER}])[{_OTHER}]*"
    leftovers = (("East Asian letters", re.compile(contact)), ("East Asian punctuation", re.compile(wide_stop)))
    return _EastAsian(re.compile(f"[{_EAST_ASIAN}]"), leftovers)


_TOKEN = re.compile(r"<unk>|\u2047|@[-.,]@|\u2581(?=\w)|(?<=\w)@@(?= \w)")
_PERHAPS_TOKEN = ("<unk>", "\u2047", "@", "\u2581")


def _scraps(article: Article, language: str) -> Iterator[Artefact]:
    """Characters of another writing system inside words, and tokens of translation engines."""
    text = article.prose_alone.text
    # The exact patterns take 15 ms to compile and wait for a text with an East Asian letter or wide mark.
    if language not in _EAST_ASIAN_LANGUAGES and any("\u3002" <= character <= "\uff1b" for character in article.rare_characters):
        letter, leftovers = _east_asian()
        for kind, pattern in leftovers:
            for hit in pattern.finditer(text):
                start, end = max(text.rfind("\n", 0, hit.start()) + 1, hit.start() - 80), hit.end() + 80
                line = text[start:end].partition("\n")[0]
                if len(letter.findall(line)) <= _MOST_LEFT_OVER:
                    yield Artefact("foreign-letters", Span(*hit.span()), kind)
    for hit in _TOKEN.finditer(text) if holds(text, article.characters, _PERHAPS_TOKEN) else ():
        yield Artefact("engine-token", Span(*hit.span()), hit.group())


# A digit before them is asked for by the patterns below. A pattern that begins with a class of marks takes three times as long.
_SPACED_NUMBERS = (re.compile(r": \d\d"), re.compile(r", \d\d"))
_SPACINGS = (
    ("clock time", re.compile(r"(?<![\d:.,])(?:[01]?\d|2[0-3]): [0-5]\d(?![\d:+])")),
    ("thousands", re.compile(r"(?<![\d,.])\d{1,3}, 000(?![\d,])")),
)
_OPEN_APOSTROPHES = tuple(mark + space for mark in "'’" for space in " \u00a0\u202f")
_ELISION = re.compile(rf"(?<![\w'’])(?:[LlDdNnSs]|[Qq]u)['’]{_SPACE}{_LOWER}{{3,}}")


def _spacing(article: Article, language: str) -> Iterator[Artefact]:
    """Spaces that a tokenizer put into a time, a number, or behind the apostrophe of an elided article.

    One space behind an apostrophe is a slip of the hand (4 in 1,000 human translations), so two are asked for.
    """
    text = article.prose_alone.text
    for at in chain.from_iterable(spaced.finditer(text) for spaced in _SPACED_NUMBERS):
        for kind, pattern in _SPACINGS:
            if hit := pattern.search(text, max(0, at.start() - 3), at.end() + 3):
                yield Artefact("spacing", Span(*hit.span()), kind)
    if language == "fr" and holds(text, article.characters, _OPEN_APOSTROPHES):
        hits = list(_ELISION.finditer(text))
        if len(hits) >= 2:
            yield from (Artefact("spacing", Span(*hit.span()), "apostrophe") for hit in hits)


# Two to five words, then the same again with nothing between. Possessive, so that no text makes it try words in halves.
_REPEAT = re.compile(r"(?<![\w'’.-])([^\W\d_]++(?:['’ ][^\W\d_]++){1,4}?) \1(?![\w'’-])")


def _repeated(words: Sequence[str]) -> list[int]:
    """The words from which on two to five stand again right behind themselves, in order: in few articles any, where `_REPEAT` need look."""
    keys = np.fromiter(map(hash, words), np.int64, len(words))
    found: set[int] = set()
    for length in range(2, 6):
        alike = (keys[length:] == keys[:-length]).tobytes()
        at = alike.find(b"\1" * length)
        while at >= 0:
            found.add(at)
            at = alike.find(b"\1" * length, at + 1)
    return sorted(found)


# Spoken English, written down, repeats its little words («the only the only», «would then we would then»).
_LONGEST_WORD = {"en": 6}


@lru_cache(maxsize=32)
def _joining(language: str) -> frozenset[str]:
    return frozenset(fold_text(word) for word in _tables().get(language, Words()).joining)


def _repeats(article: Article, language: str) -> Iterator[Artefact]:
    """A phrase that stands twice without a break, except where people do so: names, «encore et encore», songs in capitals."""
    if language not in _tables():
        return
    read, text, done = article.layer(tokens), article.prose, 0
    for start in article.folded.origins([read.starts[number] for number in _repeated(read.words)]):
        if start < done or (hit := _REPEAT.match(text, start)) is None:
            continue
        done = hit.end()
        words = fold_text(hit.group(1)).replace("'", " ").split()
        if (
            len(words) < 2
            or len(set(words)) < 2
            or max(map(len, words)) < _LONGEST_WORD.get(language, 4)
            or _joining(language).intersection(words)
        ):
            continue
        if hit.group(1)[:1].isupper() or hit.group(1).isupper():
            continue
        yield Artefact("repeated-words", Span(*hit.span()), f"{len(words)} words")


# Fewer tokens than this are a title or a term; in East Asian scripts a token is a character.
_LEAST_TOKENS = 9
_LEAST_IDEOGRAPHS = 30
# The languages that news is translated from; songs and code look like rarer ones.
_SOURCES = frozenset({"ar", "de", "en", "es", "fa", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "uk", "zh"})
# Between languages as close as these a sentence may be taken for the other.
_CLOSE = tuple(map(frozenset, ({"pt", "gl", "es", "ca"}, {"ru", "uk", "be", "bg"}, {"ar", "fa", "ur"}, {"nl", "de", "af"})))
_OPENING = "\"'“„«‹‘‚(["
_CLOSING = "\"'”»›’)]"


def _untranslated(article: Article) -> Iterator[Artefact]:
    """Passages in another language that begin or end inside a sentence: nobody changes language there, engines stop there.

    Quotations and what stands in brackets are left out, and whole sentences and paragraphs too: people quote those. So is what
    runs over several lines, which is code or verse.
    """
    for passage in article.layer(passages):
        start, end = passage.span
        before, after = article.text[max(0, start - 9) : start].rstrip()[-1:], article.text[end : end + 9].lstrip()[:1]
        quoted = (before and before in _OPENING) or (after and after in _CLOSING)
        least = _LEAST_IDEOGRAPHS if passage.language in _EAST_ASIAN_LANGUAGES else _LEAST_TOKENS
        close = any({passage.language, article.language} <= group for group in _CLOSE)
        if quoted or close or passage.language not in _SOURCES or "\n" in article.text[start:end]:
            continue
        if passage.kind == "clause" and passage.n_tokens >= least:
            yield Artefact("untranslated", passage.span, passage.language)
