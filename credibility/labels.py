"""Lines that are no sentences: labels in lists (the topics that a site writes of, its sections, its tags) and headings."""

from credibility.document import Span
from credibility.layout.kinds import CLOSING, ENDS
from credibility.segment import Article

# So many labels before and after make a list. A page that says what it is does so beside its headline or its first sentence.
_LABELS = 4
_WORDS = 4
_CHARACTERS = 40
_END_MARKS = ENDS + ":"
_HEADING_WORDS = 20


def among_labels(article: Article, span: Span) -> bool:
    """Whether the span stands in a short line with four short lines before it and four after it, none with an end mark."""
    number = article.block_at(span.start)
    first, last = number - _LABELS, number + _LABELS
    return first >= 0 and last < len(article.blocks) and all(_is_label(article, other) for other in range(first, last + 1))


def is_heading(article: Article, number: int) -> bool:
    """Whether the block with this number is a line of a few words without an end mark."""
    line = article.text[slice(*article.blocks[number].span)].rstrip(CLOSING + "\n")
    return len(line.split()) <= _HEADING_WORDS and line[-1:] not in _END_MARKS


def _is_label(article: Article, number: int) -> bool:
    line = article.text[slice(*article.blocks[number].span)].rstrip()
    return len(line) <= _CHARACTERS and len(line.split()) <= _WORDS and line[-1:] not in _END_MARKS
