"""Which blocks are the article and which are boilerplate, for pages and for pasted text: `block_roles`.

A model judges every block (`layout.model`, trained by `training.layout`); what it cannot know from a few lines is left alone.
"""

import numpy as np
from numpy.typing import NDArray

from credibility import lexicon
from credibility.document import BlockRole
from credibility.layout.boxes import (
    far_below,
    in_article_box,
    in_comments,
    in_cookie_box,
    in_listing,
    in_row,
    is_list_of_links,
    is_paragraph,
)
from credibility.layout.class_names import speaks_of
from credibility.layout.context import cue_features, distances, second_features
from credibility.layout.cues import Cue, cues
from credibility.layout.features import own_features, text_features
from credibility.layout.headlines import copied_headlines
from credibility.layout.kinds import boilerplate_kinds, is_page_talk
from credibility.layout.markup import markup_features, read_marks, title_share
from credibility.layout.model import LayoutModel, layout_model
from credibility.layout.parts import article_parts
from credibility.layout.words import Floats, Ints, Layout, hash_words, read_layout, tokens
from credibility.segment import Article

# In a text without a cue whose every line behind the headline is a paragraph, or this long, nothing looks left over, and the trees, a
# sixth of all time, are not asked. Of 2,716 ordinary texts 990 are so, in none of which the trees find anything to flag. So are 27 of
# 2,238 clippings with leftovers: two of their 249 lines are none of the article, and the trees find neither.
_LONG_LINE, _LEFT_IN_PROSE = 100, 0.01
# Texts of fewer blocks have no layout to judge by: there a block counts as boilerplate only if its words say so as well,
# and it is likelier boilerplate than not.
_FEW_BLOCKS, _LIKELIER = 4, 0.5
# A text with a line that is surely left over was copied with its surroundings, and what is doubtful near such a line is likelier left
# over too. Further off, and above the first paragraph, where headline and byline stand, a stricter limit holds. A text without such
# a line is most often the article alone and keeps its doubtful lines. Against one limit of .6 for all texts, on the same out-of-fold
# probabilities, characters stay at F1 .59 in clippings (.769 to .781 in those of news sets), rise from .899 to .903 in whole pages, and
# of 6,662 ordinary news articles 249 were flagged and no longer 461. That was with .8 for what is sure; .85 costs .001 of the F1 of
# lines and characters, and of these articles 239 are flagged where the trees of today would flag 291 (236 since `_is_prose`).
_SURE, _NEAR, _FAR_OFF = 0.85, 8, 0.6
# A line that is nothing but page talk counts from this probability. Whether dates and bylines are article is a convention on
# which the labelled sets disagree, so the trees waver between it and the limit; held out, all F1 move by .001 at most.
_PAGE_TALK = 0.4
# Two different phrases of page talk in one block («the opinions expressed», «do not necessarily reflect»): of eight blocks of the
# cross-validated sites that the model took for article in spite of them, seven were none. It gets this probability at least.
_SEVERAL_CUES, _BY_CUES = 2, 0.85
# On a page, one phrase of these kinds is enough for a block that the trees do not take for article at once.
_SITE_TALK, _DOUBT = frozenset(("legal", "cookie", "newsletter", "paywall")), 0.15
# A teaser in a list of articles has the shape of a paragraph; what the trees are surer of is article.
_TEASER = 0.3
# Kinds of marks whose blocks are no article, whatever their words: of the blocks of cross-validated pages that had one of them
# among their nearest class and id names and that the model took for article, 99.6% (of 755) were none. Some sites give such a
# name to the whole page, so that they only decide while half of the rest is left; cookies are never the name of an article.
_NEVER_ARTICLE = frozenset(("comments", "cookie", "newsletter"))
_COOKIES = frozenset(("cookie",))
# What a page must at least be left with, in characters, before a milder limit is tried.
_LEAST_MAIN = 120
# A block of fewer characters is no paragraph; a text of which less than this share is left, and no paragraph, is a list.
_PARAGRAPH, _LEAST_SHARE = 60, 0.2


def block_roles(article: Article) -> tuple[BlockRole, ...]:
    """Role, kind and probability of being boilerplate of every block, in order."""
    return roles_of(article, *judged(article, layout_model())) if article.blocks else ()


def leftovers(article: Article) -> frozenset[int]:
    """Numbers of the blocks that are no part of the article, for `article.layer`."""
    return frozenset(number for number, role in enumerate(article.layer(block_roles)) if role.role == "boilerplate")


def roles_of(article: Article, probability: Floats, limit: float) -> tuple[BlockRole, ...]:
    """The roles that follow from the model's probabilities. limit: the one from which a block counts as boilerplate."""
    blocks = article.blocks
    found = article.layer(block_cues)
    probability = _weighed(article, probability, found)
    flagged = _flagged(article, probability, limit, found)
    kinds = boilerplate_kinds(article.text, blocks, flagged.tolist(), found)
    main = [block for block, boilerplate in zip(blocks, flagged.tolist(), strict=True) if not boilerplate]
    parts = iter(article_parts([article.text[block.span.start : block.span.end] for block in main], main, article.document.title or ""))
    return tuple(
        BlockRole(block.span, "boilerplate", kind, chance) if kind else BlockRole(block.span, "main", next(parts), chance)
        for block, kind, chance in zip(blocks, kinds, probability.tolist(), strict=True)
    )


def flags(article: Article, probability: Floats, limit: float) -> NDArray[np.bool_]:
    """Which blocks count as boilerplate at a limit."""
    found = article.layer(block_cues)
    return _flagged(article, _weighed(article, probability, found), limit, found)


def _weighed(article: Article, probability: Floats, found: list[Cue]) -> Floats:
    """The model's probabilities, and those that the cues decide."""
    return np.where(_decided(article, found), np.maximum(probability, np.float32(_BY_CUES)), probability)


def _decided(article: Article, found: list[Cue]) -> NDArray[np.bool_]:
    """Which blocks are boilerplate by their cues, or by those of the box that they stand in."""
    several = np.array([cue.count >= _SEVERAL_CUES or cue.line == "advertisement" for cue in found], dtype=np.bool_)
    return several | in_cookie_box(article.blocks, found) if article.document.blocks else several


def block_cues(article: Article) -> list[Cue]:
    """The cues of each block."""
    return cues(article.folded, article.blocks, article.layer(lexicon.all_tokens))


def judged(article: Article, model: LayoutModel) -> tuple[Floats, float]:
    """Probability of boilerplate of each block, and the one from which it counts as such."""
    if _is_prose(article):
        return np.full(len(article.blocks), _LEFT_IN_PROSE, dtype=np.float32), model.text.threshold
    layout = read_layout(article.text, article.blocks)
    judge = model.page if article.document.blocks else model.text
    rows = features(article, layout, model)
    first = judge.first.probability(rows)
    return judge.second.probability(np.hstack((rows, second_features(first, layout)))), judge.threshold


def _is_prose(article: Article) -> bool:
    """Whether this is a text without a cue, of paragraphs alone behind its first line."""
    text, lines = article.text, article.blocks[1:] or article.blocks
    if article.document.blocks or not all(line.span.end - line.span.start >= _LONG_LINE or is_paragraph(text, line) for line in lines):
        return False
    return not any(cue.line or cue.inside for cue in article.layer(block_cues))


def features(article: Article, layout: Layout, model: LayoutModel) -> Floats:
    """The rows for the first round: with the markup's columns for a page, without them for a text."""
    scores = model.words.scores(*tokens(layout), len(article.blocks))
    if not article.document.blocks:
        return first_features(article, layout, scores)
    marks = read_marks(article.blocks)
    of_marks = model.marks.scores(marks.owner, marks.hash, int(marks.place.max()) + 1)[marks.place]
    return first_features(article, layout, scores, marks.place, of_marks, title_share(layout, hash_words(article.document.title or "")))


def first_features(
    article: Article, layout: Layout, scores: Floats, place: Ints | None = None, marks: Floats | None = None, title: Floats | None = None
) -> Floats:
    """The rows for the first round, shape (blocks, columns). scores: of words; place, marks and title: of a page, as `markup_features`."""
    found = article.layer(block_cues)
    said = np.array([(bool(cue.line), bool(cue.inside)) for cue in found], dtype=np.float32).reshape(-1, 2)
    own = own_features(layout, scores, said)
    rows = (text_features(layout, own), cue_features(found))
    if place is None or marks is None or title is None:
        return np.hstack(rows)
    return np.hstack((*rows, markup_features(article.blocks, layout, own, place, marks, title)))


def _flagged(article: Article, probability: Floats, limit: float, found: list[Cue]) -> NDArray[np.bool_]:
    """Which blocks count as boilerplate."""
    length = np.array([block.span.end - block.span.start for block in article.blocks])
    flagged = probability >= (limit if article.document.blocks else _limits(probability, length, limit))
    if len(found) < _FEW_BLOCKS:
        return np.asarray((probability >= max(limit, _LIKELIER)) & np.array([bool(cue.line or cue.inside) for cue in found]))
    for number in np.flatnonzero((probability >= _PAGE_TALK) & ~flagged).tolist():
        flagged[number] = is_page_talk(article.text, article.blocks[number], found[number])
    if article.document.blocks:
        return _flagged_on_page(article, probability, flagged, found, length)
    left = length * ~flagged
    # What is left of a copied menu or list of headlines is one of its lines, and no article.
    nothing = left.max() < _PARAGRAPH and left.sum() < _LEAST_SHARE * length.sum()
    return np.asarray(flagged | nothing)


def _limits(probability: Floats, length: Ints, limit: float) -> Floats:
    """The probability from which each block of a text counts as boilerplate. length: in characters; limit: near what is sure."""
    sure = probability >= _SURE
    if not sure.any():
        return np.full(len(length), _SURE, dtype=np.float32)
    number = np.arange(len(length))
    paragraphs = np.flatnonzero((probability < limit) & (length >= _PARAGRAPH))
    near = (np.minimum(*distances(sure, number)) <= _NEAR) & (number >= paragraphs[:1].sum())
    return np.where(near, limit, max(limit, _FAR_OFF)).astype(np.float32)


def _flagged_on_page(
    article: Article, probability: Floats, flagged: NDArray[np.bool_], found: list[Cue], length: Ints
) -> NDArray[np.bool_]:
    """Which blocks of a page count as boilerplate, by its markup too. flagged: those that do in any case; length: of each block."""
    blocks = article.blocks
    flagged = flagged | ((probability >= _DOUBT) & np.array([cue.inside in _SITE_TALK for cue in found]))
    listing = in_listing(blocks)
    flagged |= (probability >= _TEASER) & listing
    flagged |= in_comments(article.text, blocks, flagged, found)
    flagged &= listing | ~in_article_box(article.text, blocks, flagged, found, probability)
    for kinds in (_NEVER_ARTICLE, _COOKIES):
        marked = flagged | np.array([speaks_of(block.hints, kinds) for block in blocks])
        least = _LEAST_MAIN / 2 if kinds is _COOKIES else length[~flagged].sum() / 2
        if length[~marked].sum() >= least:
            flagged = marked
            break
    if is_list_of_links(article.text, blocks, np.flatnonzero(~flagged).tolist()):
        flagged = np.ones_like(flagged)
    # A page whose article is short and odd loses all of it at the usual limit; the likeliest blocks that may be article are better
    # than none.
    if length[~flagged].sum() < min(_LEAST_MAIN, length.sum()):
        long = (length >= _PARAGRAPH) & ~_decided(article, found) & ~listing
        if long.any():
            likeliest = float(probability[long].min())
            milder = max(likeliest, min(0.97, likeliest * 1.5 + 0.05))
            restored = long | np.array([block.tag == "h1" for block in blocks])
        else:
            # None of them is a paragraph: what is left is of a list, and the likeliest is enough.
            flagged = flagged | in_row(blocks, flagged)
            milder, restored = float(probability.min()), np.ones_like(long)
        flagged = flagged & ((probability > milder) | ~restored)
    left = np.flatnonzero(~flagged).tolist()
    copies = copied_headlines(article.text, blocks, left, article.document.title or "")
    return np.asarray(flagged | copies | far_below(blocks, left))
