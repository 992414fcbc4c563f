"""What a box of a page says of all blocks in it: the article, a notice on cookies, comments with their dates, a list of articles.

Trees judge block by block. A site whose class names say nothing has boxes all the same: blocks with the same ancestors and names.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from credibility.document import Block
from credibility.layout.cues import Cue
from credibility.layout.kinds import CLOSING, ENDS, is_date
from credibility.layout.words import Floats

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# So many blocks of a box must speak of cookies, and hold this share of its characters.
_COOKIE_BLOCKS, _COOKIE_SHARE = 2, 0.5
# A page of which so much stands in links, in so many blocks, is a list; and a list has so many linked headings in a row,
_LINKED, _ENTRIES = 0.8, 4
# the longest of them and what stands below it within so many blocks and characters.
_ENTRY_BLOCKS, _ENTRY = 4, 600
_TITLE = 15  # characters of the shortest linked heading
_PARAGRAPH = 60  # characters of the shortest paragraph
# Comments stand below so many characters of the article at least, and of every so many blocks one is a date.
_ARTICLE, _DATES = 200, 3
_GAP, _LITTLE = 10, 0.1  # leftovers between the article and what else is left, and the share of it that is little
_LABEL = 60  # characters of the longest heading of comments
# The paragraphs of one box that are half of what is left of the page are the article, all of them, if in the mean of their characters
# the trees put them no higher than this: of cross-validated pages 15 are better for it and 4 worse. Pages in languages that the
# trees never saw, whose words say nothing to them, lose .015 of F1 and no longer .045 (`tests.benchmarks.pages --without fr,ar,fa`).
_ARTICLE_SHARE, _ARTICLE_MEAN = 0.5, 0.6


def in_cookie_box(blocks: Sequence[Block], found: Sequence[Cue]) -> NDArray[np.bool_]:
    """Which blocks stand in a box that speaks of cookies («By choosing accept», «our partners store»), whatever they say themselves."""
    inside = np.zeros(len(blocks), np.bool_)
    if sum(cue.inside == "cookie" for cue in found) < _COOKIE_BLOCKS:
        return inside
    boxes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        boxes[block.path, block.hints].append(number)
    for numbers in boxes.values():
        speak = [number for number in numbers if found[number].inside == "cookie"]
        if len(speak) >= _COOKIE_BLOCKS and _size(blocks, speak) >= _COOKIE_SHARE * _size(blocks, numbers):
            inside[numbers] = True
    return inside


def in_article_box(
    text: str, blocks: Sequence[Block], flagged: NDArray[np.bool_], found: Sequence[Cue], probability: Floats
) -> NDArray[np.bool_]:
    """Which flagged blocks are paragraphs of the article, with others of their box: sentences without links or cues."""
    boxes: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    inside = np.zeros(len(blocks), np.bool_)
    left = 0
    for number, block in enumerate(blocks):
        if number and found[number].line == "comments" and flagged[number] and left > _ARTICLE:
            break
        boxes[block.tag, block.path, block.hints].append(number)
        left += 0 if flagged[number] else block.span.end - block.span.start
    for numbers in boxes.values():
        if all(flagged[number] for number in numbers):
            continue
        own = [n for n in numbers if found[n] == Cue() and not blocks[n].link_chars and is_paragraph(text, blocks[n])]
        size, lost = _size(blocks, own), _size(blocks, [number for number in own if flagged[number]])
        doubt = sum(float(probability[n]) * _size(blocks, [n]) for n in own)
        if doubt <= _ARTICLE_MEAN * size and size >= _ARTICLE_SHARE * (left + lost):
            inside[own] = flagged[own]
    return inside


def in_comments(text: str, blocks: Sequence[Block], flagged: NDArray[np.bool_], found: Sequence[Cue]) -> NDArray[np.bool_]:
    """Which blocks stand below a line such as «3 comments» and with about a date for each. flagged: those known for boilerplate.

    Of 79 blocks of cross-validated pages that the trees took for article in spite of that, 76 were none.
    """
    inside = np.zeros(len(blocks), np.bool_)
    article, number = 0, 0
    while number < len(blocks):
        size = blocks[number].span.end - blocks[number].span.start
        if found[number].line == "comments" and flagged[number] and size < _LABEL and article >= _ARTICLE:
            end = _end_of_box(blocks, number)
            below = range(number + 1, end)
            dates = sum(is_date(text, blocks[n]) for n in below if flagged[n])
            if dates > 1 and _DATES * dates >= sum(not flagged[n] for n in below) + dates:
                inside[number + 1 : end] = True
            number = end
        else:
            article += 0 if flagged[number] else size
            number += 1
    return inside


def _end_of_box(blocks: Sequence[Block], heading: int) -> int:
    """Number of the first block behind the box that a heading opens."""
    around = blocks[heading].path
    if blocks[heading].tag in _HEADINGS:
        around = around.rpartition(" ")[0]
    return next((number for number in range(heading + 1, len(blocks)) if not blocks[number].path.startswith(around)), len(blocks))


def is_list_of_links(text: str, blocks: Sequence[Block], main: Sequence[int]) -> bool:
    """Whether what is left of a page (`main`, numbers of blocks) is linked headlines and no sentence: a page that lists articles."""
    if len(main) < _ENTRIES or sum(blocks[number].link_chars for number in main) < _LINKED * _size(blocks, main):
        return False
    return not any(is_paragraph(text, blocks[number]) for number in main)


def in_listing(blocks: Sequence[Block]) -> NDArray[np.bool_]:
    """Which blocks are of a listing: linked headings of one place in a row, each with a teaser below it, or none."""
    inside = np.zeros(len(blocks), np.bool_)
    headings: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        size = block.span.end - block.span.start
        if block.tag in _HEADINGS and size >= _TITLE and block.link_chars >= _LINKED * size:
            headings[block.tag, block.path, block.hints].append(number)
    for numbers in headings.values():
        if len(numbers) < _ENTRIES or not all(_is_entry(blocks, one, other) for one, other in pairwise(numbers)):
            continue
        end, around = numbers[-1] + 1, blocks[numbers[0]].path.rpartition(" ")[0]
        while end < len(blocks) and blocks[end].path.startswith(around) and _is_entry(blocks, numbers[-1], end):
            end += 1
        inside[numbers[0] : end] = True
    return inside


def _is_entry(blocks: Sequence[Block], heading: int, end: int) -> bool:
    """Whether the blocks from a heading up to another one can be an entry of a list."""
    return end - heading <= _ENTRY_BLOCKS and blocks[end].span.start - blocks[heading].span.start <= _ENTRY


def in_row(blocks: Sequence[Block], flagged: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which blocks stand in a row of like ones (element, ancestors, class names) most of which are flagged: dates and titles in cells."""
    inside = np.zeros(len(blocks), np.bool_)
    rows: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        rows[block.tag, block.path, block.hints].append(number)
    for numbers in rows.values():
        inside[numbers] = len(numbers) >= _ENTRIES and 2 * int(flagged[numbers].sum()) > len(numbers)
    return inside


def far_below(blocks: Sequence[Block], main: Sequence[int]) -> NDArray[np.bool_]:
    """Which blocks stand far below the article and are little beside it: what the trees kept of other lists and forms.

    main: numbers of the blocks that are left of the page. The article is the largest run of them without a wide gap. On
    cross-validated pages this made 108 better and 13 worse.
    """
    below = np.zeros(len(blocks), np.bool_)
    cuts = [0, *(at for at in range(1, len(main)) if main[at] - main[at - 1] > _GAP), len(main)]
    runs = [main[start:end] for start, end in pairwise(cuts)]
    sizes = [_size(blocks, run) for run in runs]
    largest = sizes.index(max(sizes))
    for run, size in zip(runs[largest + 1 :], sizes[largest + 1 :], strict=True):
        below[run] = size < _LITTLE * sum(sizes)
    return below


def is_paragraph(text: str, block: Block) -> bool:
    """Whether a block is long enough for a paragraph and ends like a sentence."""
    words = text[block.span.start : block.span.end].rstrip(CLOSING)
    return len(words) >= _PARAGRAPH and words[-1] in ENDS


def _size(blocks: Sequence[Block], numbers: Sequence[int]) -> int:
    return sum(blocks[number].span.end - blocks[number].span.start for number in numbers)
