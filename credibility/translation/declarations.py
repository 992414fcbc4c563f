"""Where a text says of itself that it is a machine translation, in any of the languages that a pack knows."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from credibility.detectors.phrases import Matcher, compile_rules
from credibility.document import Span
from credibility.labels import among_labels
from credibility.lexicon import all_tokens
from credibility.pack import pack_root
from credibility.rules import read_rules
from credibility.segment import Article

RULE = "machine-translation.declared"
# Every declaration names what it declares; texts without such a word, nearly all, need not be read fifteen times.
_STEMS = (
    "neurona", "traduc", "tradui", "traduz", "tradott", "transla", "übersetz", "vertaa", "vertal", "перев", "перекла", "ترجم", "çevir",
    "çevri", "tercüme", "翻", "tłumacz", "machina", "machine",
)  # fmt: skip


@lru_cache(maxsize=1)
def _matchers() -> tuple[Matcher, ...]:
    """The declarations of every pack, a matcher for each language (excuses are kept by rule id, which they share)."""
    files = sorted(pack_root().glob("*/machine-translation.toml"))
    rules = (tuple(rule for rule in read_rules(path) if rule.id == RULE) for path in files)
    return tuple(compile_rules(found) for found in rules if found)


def declarations(article: Article) -> tuple[Span, ...]:
    """The spans of the declarations, in order; used as `article.layer(declarations)`.

    A French article may say in English how it was made, so all languages are looked for in every text.
    """
    view = article.folded
    words = "\n".join(article.layer(all_tokens).vocabulary)  # shorter than the text
    if not any(stem in words for stem in _STEMS):
        return ()
    found = {view.source(start, end) for using in _matchers() for _, start, end in using.hits(article)}
    within = (span for span in found if article.block_at(span.start) == article.block_at(span.end - 1))
    return tuple(_longest(span for span in within if not among_labels(article, span)))


def _longest(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans without those that lie inside another one."""
    end = -1
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.end > end:
            yield span
            end = span.end
