"""What kind of boilerplate a block is, and what part of the article: by cues, shape, markup and the heading above it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from credibility.document import Block
from credibility.layout.cues import Cue

# Parts of class and id names by the kind they speak of, in order of preference; names of the web at large, not of one site.
_MARKS = (
    ("cookie", ("cookie", "cookies", "consent", "gdpr", "onetrust", "didomi")),
    ("paywall", ("paywall", "paywalled", "piano", "subscriber", "donate", "donation")),
    ("newsletter", ("newsletter", "newsletters", "subscribe", "subscription", "signup", "mailchimp", "optin")),
    ("comments", ("comment", "comments", "commentlist", "commenttext", "disqus", "respond", "reply", "replies", "trackback", "discussion")),
    ("advertisement", ("ad", "ads", "advert", "advertisement", "advertising", "banner", "sponsor", "sponsored", "adsense", "promo",
                       "promoted", "outbrain", "taboola")),
    ("share", ("share", "sharing", "social", "addthis", "sharethis", "sharedaddy", "facebook", "twitter", "print", "tools", "toolbar")),
    ("author-bio", ("author", "authorbox", "bio", "byline", "biography", "vcard", "contributor")),
    ("related", ("related", "recommend", "recommended", "recommendations", "popular", "trending", "latest", "recent", "teaser", "teasers",
                 "similar", "mostread", "headlines", "stories", "readmore", "promo-list", "carousel", "posts")),
    ("date-line", ("date", "time", "timestamp", "published", "updated", "dateline", "pubdate")),
    ("legal", ("copyright", "legal", "disclaimer", "imprint", "colophon", "terms")),
    ("widget", ("widget", "weather", "poll", "ticker", "player", "quote", "market", "stocks", "rating", "calendar", "search")),
    ("navigation", ("nav", "navbar", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "header", "footer", "topbar", "sitemap",
                    "pagination", "pager", "tabs", "masthead", "sidebar", "tags", "categories", "logo")),
)  # fmt: skip
_BY_MARK = {mark: kind for kind, marks in reversed(_MARKS) for mark in marks}
_RANK = {kind: number for number, (kind, _) in enumerate(_MARKS)}
_PART = re.compile(r"[^\W\d_]+")
_NEAREST = 6

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_TIME = re.compile(r"\b[0-2]?\d[:.h][0-5]\d\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DAY = re.compile(r"\b[0-3]?\d\b")
_SEPARATORS = re.compile(r"\s[|/»›>·•]+\s|[|»›]")
_WEATHER = re.compile(r"^[-+−]?\s*\d+(?:[.,]\d+)?\s*°?\s*[CFcf%]?$")
_CODE = re.compile(r"\{\{|\}\}|</?\w+[^>]*>|\bfunction\s*\(|\bvar \w+ ?=|\);|=>|\[/?\w+(?: \w+=[^\]]*)?\]|\w+_img\b|#\w+\s*\{")
# One of these characters stands in all that `_CODE` finds.
_MAYBE_CODE = re.compile(r"[{}<(=;\[#_]")
_ADDRESS = re.compile(r"https?://|www\.|\S+@\S+\.\w+")
_ENDS = '.!?…؟。！？।)"»”'
_FIGURE = re.compile(r"\d")

# Headings of lists: what follows them, as long as it is no article, is of their kind.
_SECTIONS = frozenset(("related", "comments", "newsletter", "legal", "author-bio", "advertisement", "navigation", "share", "widget"))
# A run of boilerplate below one heading is at most this long; a footer that follows without a heading is none of its business.
_LONGEST_SECTION = 40


def boilerplate_kinds(text: str, blocks: Sequence[Block], flagged: Sequence[bool], found: Sequence[Cue]) -> list[str]:
    """The kind of each block that is flagged (one of `layout_cues.KINDS`); '' for the others."""
    out: list[str] = []
    section, since = "", 0
    seen_main = False
    for block, boilerplate, cue in zip(blocks, flagged, found, strict=True):
        if not boilerplate:
            out.append("")
            section, seen_main = "", True
            continue
        words = text[block.span.start : block.span.end]
        kind = _of_itself(words, block, cue)
        since += 1
        if cue.line and cue.line in _SECTIONS and len(words) < 80:
            section, since = cue.line, 0
        if not kind or (kind == "navigation" and not cue.line and section in ("related", "comments")):
            kind = _of_section(words, section if since <= _LONGEST_SECTION else "") or kind or _of_shape(words, seen_main)
        out.append(kind)
    return out


def _of_itself(words: str, block: Block, cue: Cue) -> str:
    """The kind that the block's own words or marks tell; '' if they do not."""
    if cue.line:
        return cue.line
    if not _LETTERS.search(words):
        return _of_figures(words)
    count = _word_count(words)
    if "©" in words or "®" in words or "(c)" in words or "(C)" in words:
        return "legal"
    if len(words) < 70 and _FIGURE.search(words) and _is_date(words, count):
        return "date-line"
    if cue.inside:
        return cue.inside
    if cue.opening and len(words) < 200:
        return cue.opening
    if count <= 2 * len(_SEPARATORS.findall(words)):
        return "navigation"
    if _MAYBE_CODE.search(words) and _CODE.search(words):
        return "code"
    kind = _of_marks(block.hints)
    # Buttons are short; a longer block in a bar of them is something else.
    return "" if kind in ("share", "date-line", "widget") and count > 4 else kind


def _word_count(words: str) -> int:
    """How many words a block has, counted up to 12."""
    if len(words) < 200:
        return min(12, len(_WORD.findall(words)))
    return sum(1 for _ in zip(range(12), _WORD.finditer(words), strict=False))


def _is_date(words: str, count: int) -> bool:
    """Whether a block of so many words is a date or time with little beside it."""
    if count <= 10 and _TIME.search(words):
        return True
    return bool(_YEAR.search(words)) and (count <= 2 or (count <= 7 and _DAY.search(words) is not None))


def _of_figures(words: str) -> str:
    """The kind of a block without words: a time or date, a reading, or scraps of code."""
    if _TIME.search(words):
        return "date-line"
    if _WEATHER.match(words.strip()) or any(character.isdigit() for character in words):
        return "widget"
    return "code" if _CODE.search(words) or sum(c in "{}()[];<>=" for c in words) * 2 > len(words.strip()) else "navigation"


def _of_marks(hints: str) -> str:
    """The kind that the nearest class and id names speak of; '' if none does."""
    return min(_spoken_of(hints), key=_RANK.__getitem__, default="")


@lru_cache(maxsize=4096)
def _spoken_of(hints: str) -> frozenset[str]:
    """The kinds that the nearest class and id names speak of."""
    parts = _PART.findall(" ".join(hints.split()[-_NEAREST:]))
    return frozenset(_BY_MARK[part] for part in parts if part in _BY_MARK)


def speaks_of(hints: str, kinds: frozenset[str]) -> bool:
    """Whether the nearest class and id names speak of one of these kinds.

    >>> speaks_of("page comments comment-body", frozenset({"comments"}))
    True
    """
    return not kinds.isdisjoint(_spoken_of(hints))


def _of_section(words: str, section: str) -> str:
    """The kind of the heading above, where the block can belong to it."""
    if section in ("navigation", "share", "widget") and len(words) > 60:
        return ""
    # Comments are sentences; what follows them without an end mark are headlines of another list.
    if section == "comments" and words.rstrip()[-1] not in _ENDS and len(_WORD.findall(words)) >= 4:
        return ""
    return section


def _of_shape(words: str, seen_main: bool) -> str:
    """The kind where nothing else tells it: addresses, short labels, headlines of other articles."""
    if len(words) < 60 and _ADDRESS.search(words):
        return "navigation"
    count = len(_WORD.findall(words[:200]))
    spaceless = count and len(words) / count > 14
    if count <= 3 and not (spaceless and len(words) > 12):
        return "navigation"
    return "related" if len(words) <= 160 and (seen_main or words.rstrip()[-1] not in ".!؟。") else "other"


_LIST_ITEM = re.compile(r"^(?:[-*•·▪–—]|\d{1,2}[.)])\s")
_OPENS_QUOTE, _CLOSES_QUOTE = "\"«“„‘'「『", "\"»”“’'」』"
_TAG_KINDS = {
    "li": "list", "dd": "list", "dt": "list", "td": "table", "th": "table", "caption": "caption", "figcaption": "caption",
    "blockquote": "quotation", "h1": "headline",
} | dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading")  # fmt: skip


def main_kind(words: str, block: Block, first: bool) -> str:
    """What part of the article a block is: headline, heading, paragraph, list, quotation, table or caption.

    first: whether it is the first block of the article.
    """
    if kind := _TAG_KINDS.get(block.tag):
        return kind
    within = block.path.rpartition(" ")[2]
    if within in ("blockquote", "figcaption"):
        return _TAG_KINDS[within]
    if _LIST_ITEM.match(words):
        return "list"
    stripped = words.strip()
    if len(stripped) > 40 and stripped[0] in _OPENS_QUOTE and stripped.rstrip(".,")[-1] in _CLOSES_QUOTE:
        return "quotation"
    if len(stripped) <= 160 and stripped[-1] not in ".!?…؟。:,;،":
        return "headline" if first else "heading" if len(stripped) <= 100 else "paragraph"
    return "paragraph"
