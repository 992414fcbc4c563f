"""Which blocks are the article and which are boilerplate, for pages and for pasted text: `block_roles`.

A model judges every block (`layout.model`, trained by `training.layout`); what it cannot know from a few lines is left alone.
"""

import numpy as np
from numpy.typing import NDArray

from credibility import lexicon
from credibility.document import BlockRole
from credibility.layout.cues import Cue, cues
from credibility.layout.features import (
    Floats,
    Layout,
    hash_words,
    own_features,
    read_layout,
    second_features,
    text_features,
    tokens,
)
from credibility.layout.kinds import boilerplate_kinds, speaks_of
from credibility.layout.markup import markup_features, read_marks, title_share
from credibility.layout.model import LayoutModel, layout_model
from credibility.layout.parts import article_parts
from credibility.segment import Article

# Texts of fewer blocks have no layout to judge by: there a block counts as boilerplate only if its words say so as well.
_FEW_BLOCKS = 4
# Two different phrases of page talk in one block («the opinions expressed», «do not necessarily reflect»): of eight blocks of the
# cross-validated sites that the model took for article in spite of them, seven were none. It gets this probability at least.
_SEVERAL_CUES, _BY_CUES = 2, 0.85
# Kinds of marks whose blocks are no article, whatever their words: of the blocks of cross-validated pages that had one of them
# among their nearest class and id names and that the model took for article, 99.6% (of 755) were none. Some sites give such a
# name to the whole page, so that they only decide while half of the rest is left; cookies are never the name of an article.
_NEVER_ARTICLE = frozenset(("comments", "cookie", "newsletter"))
_COOKIES = frozenset(("cookie",))
# Where the blocks that are left are likelier boilerplate than article, in the mean of their characters, the page is a list of
# links or teasers, and each of them is judged by what is likelier.
_UNLIKELY = 0.5
# What a page must at least be left with, in characters, before a milder limit is tried.
_LEAST_MAIN = 120


def block_roles(article: Article) -> tuple[BlockRole, ...]:
    """Role, kind and probability of being boilerplate of every block, in order."""
    return roles_of(article, *judged(article, layout_model())) if article.blocks else ()


def roles_of(article: Article, probability: Floats, limit: float) -> tuple[BlockRole, ...]:
    """The roles that follow from the model's probabilities. limit: the one from which a block counts as boilerplate."""
    blocks = article.blocks
    found = article.layer(block_cues)
    several = np.array([cue.count >= _SEVERAL_CUES for cue in found])
    probability = np.where(several, np.maximum(probability, _BY_CUES), probability)
    flagged = _flagged(article, probability, limit, found)
    kinds = boilerplate_kinds(article.text, blocks, flagged.tolist(), found)
    main = [block for block, boilerplate in zip(blocks, flagged.tolist(), strict=True) if not boilerplate]
    parts = iter(article_parts([article.text[block.span.start : block.span.end] for block in main], main, article.document.title or ""))
    return tuple(
        BlockRole(block.span, "boilerplate", kind, chance) if kind else BlockRole(block.span, "main", next(parts), chance)
        for block, kind, chance in zip(blocks, kinds, probability.tolist(), strict=True)
    )


def block_cues(article: Article) -> list[Cue]:
    """The cues of each block."""
    # A page is not known yet to hold more than its prose.
    read = lexicon.tokens_of(article.folded.text) if article.document.blocks else article.layer(lexicon.tokens)
    return cues(article.folded, article.blocks, read)


def judged(article: Article, model: LayoutModel) -> tuple[Floats, float]:
    """Probability of boilerplate of each block, and the one from which it counts as such."""
    layout = read_layout(article.text, article.blocks)
    judge = model.page if article.document.blocks else model.text
    rows = features(article, layout, model)
    first = judge.first.probability(rows)
    return judge.second.probability(np.hstack((rows, second_features(first, layout)))), judge.threshold


def features(article: Article, layout: Layout, model: LayoutModel) -> Floats:
    """The rows for the first round: with the markup's columns for a page, without them for a text."""
    count = len(article.blocks)
    scores = model.words.scores(*tokens(layout), count)
    said = np.array([(bool(cue.line), bool(cue.inside)) for cue in article.layer(block_cues)], dtype=np.float32).reshape(-1, 2)
    own = own_features(layout, scores, said)
    rows = text_features(layout, own)[0]
    if not article.document.blocks:
        return rows
    marks = read_marks(article.blocks)
    all_marks = model.marks.scores(marks.owner, marks.hash, int(marks.place.max()) + 1)[marks.place]
    title = title_share(layout, hash_words(article.document.title or ""))
    return np.hstack((rows, markup_features(article.blocks, layout, own, marks.place, all_marks, title)))


def _flagged(article: Article, probability: Floats, limit: float, found: list[Cue]) -> NDArray[np.bool_]:
    """Which blocks count as boilerplate."""
    flagged = probability >= limit
    if len(found) < _FEW_BLOCKS:
        return np.asarray(flagged & np.array([bool(cue.line or cue.inside) for cue in found]))
    if not article.document.blocks:
        return flagged
    length = np.array([block.span.end - block.span.start for block in article.blocks])
    left = length * ~flagged
    if left.sum() and float((probability * left).sum()) > _UNLIKELY * left.sum():
        flagged = probability >= _UNLIKELY
    for kinds in (_NEVER_ARTICLE, _COOKIES):
        marked = flagged | np.array([speaks_of(block.hints, kinds) for block in article.blocks])
        least = _LEAST_MAIN / 2 if kinds is _COOKIES else length[~flagged].sum() / 2
        if length[~marked].sum() >= least:
            flagged = marked
            break
    # A page whose article is short and odd loses all of it at the usual limit; the likeliest blocks are better than none.
    if length[~flagged].sum() < min(_LEAST_MAIN, length.sum()):
        flagged = flagged & (probability > min(0.97, float(probability.min()) * 1.5 + 0.05))
    return np.asarray(flagged)
