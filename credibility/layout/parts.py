"""What part of the article each block of it is: headline, heading, paragraph, list, quotation, table or caption."""

import re
from collections.abc import Sequence

from credibility.document import Block

_TAG_KINDS = {
    "li": "list", "dd": "list", "dt": "list", "td": "table", "th": "table", "caption": "caption", "figcaption": "caption",
    "blockquote": "quotation", "h1": "headline",
} | dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading")  # fmt: skip
# Elements that old pages lay whole articles out with; where most of an article stands in them they say nothing of its parts.
_LAYOUT_TAGS = frozenset(("td", "th", "li", "dd", "dt", "blockquote"))
_MOST = 0.5

_BULLET = re.compile(r"[*•·▪‣◦]\s?(?=\S)")
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)](?:\s|(?=[^\W\d]))")
_DASH = re.compile(r"[-–—]\s")
# Names of a picture and of who made it, as they open the line below one; the whole line in brackets counts as well.
CREDIT = re.compile(
    r"[(\[]?\s?(?:(?:image|photo|picture|figure) )?(?:photo(?:graph(?:ie|y|er)?)?s?|pictures?|images?|credits?|caption|copyright|fotos?"
    r"|fotografía|imagen|crédits?|bild(?:quelle)?|immagine|zdjęcie|billede|bilde|kuva|φωτογραφία|фото(?:графия)?|снимок|الصورة|صورة"
    r"|تصویر|عکس|צילום|תמונה|图片?|圖片?|写真)(?:\s?(?:by|par|von|di|de|d'|credit|caption))?\s?[:：/©(|]|[Cc]redit[A-Z]",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 300
_ITEM = 400  # characters of the longest item of a list: interviews put a bullet before a question with its answer
_LABEL, _CELL = 100, 80  # characters of the longest heading and of the longest cell of a table that is no paragraph
_HEADLINE = 160
_DATE = 40  # characters of the longest date above a headline
_TITLED = re.compile("title|headline")
_TITLE = 15  # characters of the shortest line that is known for the headline since the page's title has it
_NEAR = 2  # blocks before and after among which a list goes on: links and comments stand between
_ROW, _ROW_LINE = 4, 60  # lines in a row that are a list without bullets, and the longest of them
_QUOTATION = 40  # characters of the shortest quotation that is a block of its own
_CLOSING = "\"'»”’)]」』 "
_END_MARKS = ".!?…؟۔。！？।:,;،"
_PAIRS = {'"': '"', "«": "»", "“": "”", "„": "“”", "‘": "’", "「": "」", "『": "』", "''": "''"}


def article_parts(words: Sequence[str], blocks: Sequence[Block], title: str = "") -> list[str]:
    """The part of each block of the article, in order. words: their texts, as long as `blocks`. title: the one that the page declares."""
    tags = [_tag(block) for block in blocks]
    length = [len(own) for own in words]
    whole = max(1, sum(length))
    layout = {tag for tag in _LAYOUT_TAGS if sum(size for size, own in zip(length, tags, strict=True) if own == tag) > _MOST * whole}
    marks = [_list_mark(own) for own in words]
    rows = _rows(words)
    title = " ".join(title.split())
    opening = _opening(words)
    parts: list[str] = []
    for number, (own, tag, block) in enumerate(zip(words, tags, blocks, strict=True)):
        near = {*marks[max(0, number - _NEAR) : number], *marks[number + 1 : number + 1 + _NEAR]}
        own = own.strip()
        headline = "headline" not in parts and (number == opening or (len(own) >= _TITLE and own in title))
        cell = tag in ("td", "th")
        titled = cell and _TITLED.search(block.hints.rpartition(" ")[2])
        kind = "" if tag in layout or (cell and (headline or titled or not _is_cell(own))) else _TAG_KINDS.get(tag, "")
        if kind == "headline" and "headline" in parts:
            kind = "heading"
        elif not kind and "caption" in block.hints.rpartition(" ")[2]:
            kind = "caption"
        parts.append(kind or _by_shape(own, marks[number], near, headline, rows[number]))
    return parts


def _opening(words: Sequence[str]) -> int:
    """Number of the first block that is more than a date or time."""
    return next((number for number, own in enumerate(words[:3]) if len(own) > _DATE or not any(map(str.isdigit, own))), 0)


def _rows(words: Sequence[str]) -> list[bool]:
    """Which blocks are one of several short lines in a row that end in no mark: a list without bullets."""
    short = [len(own) <= _ROW_LINE and own.rstrip(_CLOSING)[-1:] not in _END_MARKS for own in words]
    out = [False] * len(words)
    start = 0
    for number in range(len(words) + 1):
        if number == len(words) or not short[number]:
            if number - start >= _ROW:
                out[start:number] = [True] * (number - start)
            start = number + 1
    return out


def _tag(block: Block) -> str:
    """The element that says what the block is: its own, or the one right around it."""
    within = block.path.rpartition(" ")[2]
    return within if within in ("blockquote", "figcaption", "caption") else block.tag


def _is_cell(words: str) -> bool:
    """Whether a cell is short enough to be one of a table of figures or names."""
    return len(words) <= _CELL and words.rstrip(_CLOSING)[-1:] not in ".!?…؟۔。！？।"


def _list_mark(words: str) -> str:
    """The mark of a list that a block opens with: 'bullet', 'number', 'dash' or ''."""
    opening = words.lstrip()[:8]
    if opening[:2].isalpha():  # as most blocks begin
        return ""
    if _BULLET.match(opening):
        return "bullet"
    if _NUMBER.match(opening):
        return "number"
    return "dash" if _DASH.match(opening) else ""


def _by_shape(words: str, mark: str, near: set[str], first: bool, in_row: bool) -> str:
    """The part that the words tell. mark: of a list, at their start; near: those of blocks close by; in_row: see `_rows`."""
    ended = words.rstrip(_CLOSING)[-1:] in _END_MARKS
    # Dashes open spoken words too: in a list they stand in a row, and no sentence follows. A number alone is that of a heading.
    if (mark == "bullet" and len(words) <= _ITEM) or (
        mark in near and (mark == "number" or (mark == "dash" and (not ended or words[2:].lstrip()[:1].islower())))
    ):
        return "list"
    if len(words) <= _LONGEST_CAPTION and CREDIT.match(words):
        return "caption"
    if len(words) > _QUOTATION and _is_quotation(words) and not (len(words) <= _ROW_LINE and words[-2] not in ".!?…؟۔。！？।,"):
        return "quotation"
    if ended or len(words) > _HEADLINE:
        return "paragraph"
    if first:
        return "headline"
    if in_row:
        return "list"
    return "heading" if len(words) <= _LABEL and mark != "dash" else "paragraph"


def _is_quotation(words: str) -> bool:
    """Whether one pair of quotation marks holds it all; where the marks close before the end, somebody is named in between."""
    body = words.rstrip(".,")
    opening = body[:2] if body.startswith("''") else body[0]
    closing = _PAIRS.get(opening, "")
    if not closing or not body.endswith(tuple(closing) if opening != "''" else closing):
        return False
    inner = body[len(opening) : -1]
    if opening in closing:
        return opening not in inner.rstrip("'")
    depth = 1
    for place, character in enumerate(inner):
        if character == opening:
            depth += 1
        # An apostrophe is no end of a quotation.
        elif character in closing and not (character == "’" and inner[place + 1 : place + 2].isalpha()):
            depth -= 1
            if not depth:
                return False
    return True
