"""Boxes of a page: which blocks are taken together with their neighbours, and where the rules must not reach."""

import numpy as np
from numpy.typing import NDArray

from credibility.document import Block, Span
from credibility.layout.boxes import far_below, in_article_box, in_comments, in_cookie_box, in_listing, in_row, is_list_of_links
from credibility.layout.cues import Cue
from credibility.layout.headlines import copied_headlines

PARAGRAPH = "The council voted on Thursday to close the market, the minutes say."
COOKIES, COMMENTS = Cue(inside="cookie", count=1), Cue(line="comments", opening="comments")


def page(*given: tuple[str, str]) -> tuple[str, list[Block]]:
    """Text and blocks of a page. given: tag and words of each; a tag with '@' is that of a block that is all link."""
    blocks, start = [], 0
    for tag, words in given:
        span = Span(start, start + len(words))
        blocks.append(Block(span, tag.strip("@"), "html body div", "", len(words) if "@" in tag else 0))
        start = span.end + 1
    return "\n".join(words for _, words in given), blocks


def which(mask: NDArray[np.bool_]) -> list[int]:
    """Numbers of the blocks."""
    return [int(number) for number in np.flatnonzero(mask)]


def test_two_lines_on_cookies_speak_for_their_box() -> None:
    """Its heading too; one line does not, nor two in a box that holds more than that."""
    _, notice = page(("h2", "Your choice"), ("p", PARAGRAPH), ("p", PARAGRAPH))
    assert which(in_cookie_box(notice, [Cue(), COOKIES, COOKIES])) == [0, 1, 2]
    assert which(in_cookie_box(notice, [Cue(), COOKIES, Cue()])) == []
    _, article = page(*[("p", PARAGRAPH)] * 5)
    assert which(in_cookie_box(article, [COOKIES, COOKIES, Cue(), Cue(), Cue()])) == []


def test_linked_headings_in_a_row_are_a_listing() -> None:
    """With a teaser below each; three are too few, and an article of many paragraphs below one is no teaser."""
    entry = [("h2@", "Storm tears the roof off"), ("p", PARAGRAPH)]
    assert which(in_listing(page(*entry * 4)[1])) == list(range(8))
    assert which(in_listing(page(*entry * 3)[1])) == []
    assert which(in_listing(page(*entry * 2, *[("p", PARAGRAPH)] * 8, *entry * 2)[1])) == []
    assert which(in_listing(page(*[("h2", "What the council wants"), ("p", PARAGRAPH)] * 4)[1])) == []


def test_a_page_of_links_and_no_sentence_is_a_list() -> None:
    """Sentences that a broken page puts into one long link are an article."""
    text, blocks = page(*[("li@", "Storm tears the roof off the pool")] * 4)
    assert is_list_of_links(text, blocks, range(4))
    assert not is_list_of_links(text, blocks, range(3))
    text, blocks = page(*[("p@", PARAGRAPH)] * 4)
    assert not is_list_of_links(text, blocks, range(4))


def test_a_row_of_like_blocks_is_told_by_most_of_them() -> None:
    """Four and more, over half of them flagged; other elements are no part of it."""
    _, blocks = page(*[("td", "3 June"), ("td", "Storm tears the roof off")] * 2, ("h1", "Region"))
    assert which(in_row(blocks, np.array([True, True, True, False, False]))) == [0, 1, 2, 3]
    assert which(in_row(blocks, np.array([True, True, False, False, True]))) == []
    assert which(in_row(blocks[1:], np.array([True, True, False, False]))) == []


def test_comments_have_their_dates() -> None:
    """Below a line that says so, and below an article; without dates the line may be a button."""
    comment = [("b", "gullwatcher 4 May 2024"), ("p", PARAGRAPH)]
    story = [("p", PARAGRAPH)] * 4
    found = [Cue()] * 4 + [COMMENTS] + [Cue()] * 4
    flagged = np.array([False] * 4 + [True, True, False, True, False])
    text, blocks = page(*story, ("h3", "2 comments"), *comment * 2)
    assert which(in_comments(text, blocks, flagged, found)) == [5, 6, 7, 8]
    text, blocks = page(*story, ("h3", "2 comments"), *[("b", "gullwatcher"), ("p", PARAGRAPH)] * 2)
    assert which(in_comments(text, blocks, flagged, found)) == []
    text, blocks = page(("h3", "2 comments"), *comment * 2)
    assert which(in_comments(text, blocks, flagged[4:], found[4:])) == []


def test_the_paragraphs_of_the_box_of_the_article_belong_to_it() -> None:
    """Not those of another box, of one that the trees doubt in the mean, one with a cue or a link, nor what stands below comments."""
    text, blocks = page(("p", PARAGRAPH), ("p", PARAGRAPH), ("p", PARAGRAPH), ("p", PARAGRAPH), ("div", PARAGRAPH))
    flagged = np.array([True, False, False, True, True])
    mild = np.array([0.9, 0.2, 0.2, 0.9, 0.9], np.float32)
    plain = [Cue()] * 5
    assert which(in_article_box(text, blocks, flagged, plain, mild)) == [0, 3]
    assert which(in_article_box(text, blocks, flagged, plain, np.array([0.9, 0.4, 0.4, 0.9, 0.9], np.float32))) == []
    assert which(in_article_box(text, blocks, flagged, [*plain[:3], COOKIES, Cue()], mild)) == [0]
    linked = page(("p", PARAGRAPH), ("p", PARAGRAPH), ("p", PARAGRAPH), ("p@", PARAGRAPH), ("div", PARAGRAPH))
    assert which(in_article_box(*linked, flagged, plain, mild)) == [0]
    assert which(in_article_box(text, blocks, flagged | (mild < 0.5), plain, mild)) == []
    text, blocks = page(*[("p", PARAGRAPH)] * 4, ("h3", "2 comments"), ("p", PARAGRAPH))
    flagged = np.array([False] * 4 + [True, True])
    assert which(in_article_box(text, blocks, flagged, [Cue()] * 4 + [COMMENTS, Cue()], np.full(6, 0.6, np.float32))) == []


def test_copies_of_the_headline_are_no_article() -> None:
    """The h1 stays, or the copy nearest to the article; a heading between paragraphs stays, and so does all where none are left."""
    title = "Oldwick closes its market"
    text, blocks = page(("a", title), ("h1", title), ("p", PARAGRAPH), ("h2", title), ("p", PARAGRAPH), ("h3", title.upper()), ("p", "Yes"))
    assert which(copied_headlines(text, blocks, range(7), "")) == [0, 5]
    text, blocks = page(("a", title), ("div", title), ("p", PARAGRAPH), ("b", "The market of 1891"))
    assert which(copied_headlines(text, blocks, range(4), "The market of 1891 | Courier")) == [0, 3]
    assert which(copied_headlines(text, blocks, [0, 1], title)) == []


def test_what_stands_far_below_the_article_is_none_of_it() -> None:
    """Unless it is a tenth of it, stands near, or above."""
    _, blocks = page(*[("p", PARAGRAPH)] * 10, *[("li@", "Storm")] * 12, ("p", "Write to us"), ("p", PARAGRAPH))
    assert which(far_below(blocks, [*range(10), 22])) == [22]
    assert which(far_below(blocks, [*range(10), 22, 23])) == []
    assert which(far_below(blocks, [*range(10), 15])) == []
    assert which(far_below(blocks, [0, *range(12, 24)])) == []
    assert which(far_below(blocks, [])) == []
