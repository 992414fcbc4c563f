"""The sources of an article: who is cited, how often, and for how many figures.

Mentions are of one source if the names in one are all among those of the other («Bruno Le Maire» and «M. Le Maire»), or if one has
no name and its words are all among those of the other («the fisheries ministry of Lund» and «the ministry»); of several such the last
one cited. A pronoun is the source named last.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from credibility.document import Source, Span
from credibility.layout.roles import leftovers
from credibility.lexicon import Tokens, capitals, tokens
from credibility.normalise import fold_text
from credibility.segment import Article
from credibility.statistics.antecedents import SAID
from credibility.statistics.attribution import Attribution, attributions
from credibility.statistics.figures import figures
from credibility.statistics.voice_words import VoiceWords, voice_words
from credibility.statistics.wording import words_of

# So many sources with one word in common are compared; ordinary articles have two or three.
_COMPARED = 8
_SHORTEST_NAME = 3


def said(article: Article) -> list[Attribution]:
    """The attributions with a source of their own that stand in the article itself, for `article.layer`."""
    outside = article.layer(leftovers)
    return [
        attribution
        for attribution in article.layer(attributions)
        if attribution.kind in SAID and attribution.source and article.block_at(attribution.cue.start) not in outside
    ]


def sources(article: Article) -> tuple[Source, ...]:
    """The sources of an article, those cited most first, for `article.layer`; none in a language without [attribution]."""
    using = voice_words(article.language)
    return tuple(_Sources(article, using).listed()) if using else ()


@dataclass(slots=True, eq=False)
class _Cited:
    """A source while it is counted: the names in it, all its longer words, its fullest mention, the place of its last."""

    names: frozenset[str]
    words: frozenset[str]
    span: Span
    last: int
    named: bool
    cited: int = 0
    statistics: int = 0


class _Sources:
    """Counts the sources of one article."""

    def __init__(self, article: Article, using: VoiceWords) -> None:
        self.article, self.using = article, using
        self.tokens: Tokens = article.layer(tokens)
        self.capitals = article.layer(capitals)
        self.found: list[_Cited] = []
        self.by_word: dict[str, list[_Cited]] = {}
        self.of: dict[Attribution, _Cited] = {}

    def listed(self) -> Iterable[Source]:
        """All of them, the most cited first; of two as often cited, the first in the text."""
        last: _Cited | None = None
        for attribution in self.article.layer(said):
            if not attribution.source or (attribution.pronoun and not last and self._is_pronoun(attribution.source)):
                continue
            here = last if attribution.pronoun and last else self._cited(attribution.source, attribution.named)
            here.cited += 1
            self.of[attribution] = here
            last = here if attribution.named else last
        based = Counter(f.ground.attribution for f in self.article.layer(figures) if f.ground.attribution in self.of)
        for attribution, count in based.items():
            if attribution:
                self.of[attribution].statistics += count
        ranked = sorted(self.found, key=lambda here: (-here.cited, here.span))
        text = self.article.text
        return (Source(here.span, text[here.span.start : here.span.end], here.named, here.cited, here.statistics) for here in ranked)

    def _cited(self, span: Span, named: bool) -> _Cited:
        """The source that a mention is of, a new one if it is the first."""
        names, words = self._wording(span)
        alike = {here for word in names or words for here in self.by_word.get(word, ())[-_COMPARED:]}
        same = max(
            (here for here in alike if here.named == named and _is_one(names, words, here)), key=lambda h: (h.last, h.span), default=None
        )
        if same is None:
            same = _Cited(names, words, span, span.start, named)
            self.found.append(same)
        elif _fullness(names, words) > _fullness(same.names, same.words):
            same.names, same.words, same.span = names, words, span
        same.last = span.start
        for word in words:
            known = self.by_word.setdefault(word, [])
            if same not in known[-_COMPARED:]:
                known.append(same)
        return same

    def _wording(self, span: Span) -> tuple[frozenset[str], frozenset[str]]:
        """The capitalised words of a mention, and all of its words but function words and numbers; never empty both."""
        view, known = self.article.folded, self.article.profile.function_words
        first, last = self.tokens.at(view.folded(span.start)), self.tokens.at(view.folded(span.end))
        written = words_of(self.article, span)
        said = zip(written, [False] * (len(written) - last + first) + self.capitals[first:last], strict=True)
        words = [(word, capital) for word, capital in said if word not in known and not word.isdecimal()]
        names = frozenset([word for word, capital in words if capital]) if self.using.cased else frozenset()
        return names, frozenset([word for word, _ in words]) or frozenset({self.article.text[span.start : span.end]})

    def _is_pronoun(self, span: Span) -> bool:
        """Whether a mention is nothing but a pronoun, that points back at nobody here."""
        return fold_text(self.article.text[span.start : span.end]) in self.using.words["pronouns"]


def _fullness(names: frozenset[str], words: frozenset[str]) -> tuple[int, int]:
    """How well a mention shows its source: by many names and little else, or else by many words."""
    return len(names), -len(words) if names else len(words)


def _is_one(names: frozenset[str], words: frozenset[str], here: _Cited) -> bool:
    """Whether a mention is of a known source: it names no more than that does, or that no more than it."""
    if not names or not here.names:
        fewer, more = (words, here.words) if not names else (here.words, words)
        return fewer <= more and max(map(len, fewer)) >= _SHORTEST_NAME
    return names <= here.names or here.names <= names
