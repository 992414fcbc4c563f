"""What the sentences of an article have in common: shared words, laws and years, as `figures` asks of the sentences around a figure."""

from credibility.document import Span
from credibility.lexicon import Tokens, sentence_tokens, tokens
from credibility.segment import Article
from credibility.statistics.attribution import Attribution
from credibility.statistics.voice_words import voice_words

# A word as long as this is rarely a function word in the languages that have voices; Arabic writes its short.
_LONG = 5
_LONG_ARABIC = 4
_YEARS = range(1900, 2100)


class Wording:
    """Answers questions about the words of an article's sentences, each worked out when first asked."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.tokens: Tokens = article.layer(tokens)
        self.using = voice_words(article.language)
        self.long = _LONG_ARABIC if self.using and not self.using.cased else _LONG
        # By sentence. A `functools.cache` of methods would be a cycle, which keeps the whole article until the collector comes by.
        self._words: dict[int, tuple[str, ...]] = {}
        self._contents: dict[int, frozenset[str]] = {}

    def words(self, row: int) -> tuple[str, ...]:
        """The words of a sentence; none outside the article."""
        if row not in self._words:
            self._words[row] = self._words_of(row)
        return self._words[row]

    def contents(self, row: int) -> frozenset[str]:
        """The beginnings of the longer words of a sentence: «employees» and «employers» meet, as cases of one word do."""
        if row not in self._contents:
            self._contents[row] = self._contents_of(row)
        return self._contents[row]

    def _words_of(self, row: int) -> tuple[str, ...]:
        if not 0 <= row < len(self.article.sentences):
            return ()
        first, end = self.article.layer(sentence_tokens)[row], self.article.folded_sentences[row].end
        return tuple(self.tokens.words[first : self.tokens.at(end)])

    def _contents_of(self, row: int) -> frozenset[str]:
        known = self.article.profile.function_words
        long = self.long
        return frozenset([word[:long] for word in self.words(row) if len(word) >= long and word not in known and not word.isdecimal()])

    def shared(self, row: int, other: int) -> float:
        """Share of the longer words of a sentence that another has too, 0 to 1; 0.0 outside the article."""
        mine = self.contents(row)
        return len(mine & self.contents(other)) / len(mine) if mine and row != other else 0.0

    def has_law(self, row: int) -> bool:
        """Whether a sentence speaks of a document that fixes figures itself."""
        return self.using is not None and self.using.words["laws"].any_of(self.words(row))

    def has_year(self, row: int) -> bool:
        """Whether a sentence names a year."""
        return any(len(word) == 4 and word.isdecimal() and int(word) in _YEARS for word in self.words(row))

    def is_document(self, voice: Attribution) -> bool:
        """Whether a source is a document («le rapport»)."""
        if voice.source is None or self.using is None:
            return False
        return self.using.words["documents"].any_of(words_of(self.article, voice.source))


def words_of(article: Article, span: Span) -> list[str]:
    """The folded words of a stretch of an article; of one that it begins inside («ل(وزارة)»), the rest."""
    items, view = article.layer(tokens), article.folded
    start = view.folded(span.start)
    first = items.at(start)
    cut = [view.text[start : items.ends[first - 1]]] if first and items.ends[first - 1] > start else []
    return cut + items.words[first : items.at(view.folded(span.end))]
