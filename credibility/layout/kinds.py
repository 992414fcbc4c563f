"""What kind of boilerplate a block is: by cues, shape, markup, the list it stands in and the heading above it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from credibility.document import Block
from credibility.layout.class_names import BOXES, kind_of_names
from credibility.layout.cues import Cue
from credibility.layout.parts import CREDIT

_IN_BOXES = frozenset(("legal", "related", "advertisement", "cookie", "paywall", "comments"))
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_TIME = re.compile(r"\b[0-2]?\d[:h][0-5]\d\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\d月\s?\d{1,2}日")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DAY = re.compile(r"\b[0-3]?\d\b")
_DATE_LETTERS = 26  # letters of weekday, month and a word such as «published»; four are a character of a script without spaces
_TIME_LETTERS = 16  # the same beside a date or time in figures
_SEPARATORS = re.compile(r"\s[|/»›>·•]+\s|[|»›┊]")
_DASHED = re.compile(r"(?:^|\s)[-–]\s\S[^-–\n]{1,30}(?:\s[-–]\s[^-–\n]{1,30}){2}")
_DEGREES = re.compile(r"\d\s?°")
_COUNTED = re.compile(r"[^\n.:;]{2,40} ?[(\[]\d{1,5}[)\]]$")
_COUNT = re.compile(r"[(\[]\d{1,5}[)\]]")
# «By», in the languages whose bylines open with a word, before a name in capitals.
_BYLINE = re.compile(r"(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|[Aa]v|[Aa]f)\s[^\W\d_a-z]")
_CODE = re.compile(
    r"\{\{|\}\}|</?(?:a|b|br|div|form|h[1-6]|iframe|img|input|li|p|script|span|strong|style|table|td|tr|ul)[ />]|\bfunction\s*\("
    r"|\bvar \w+ ?=|^\W*\);\s*$|=>|\[/\w+\]|\[\w+ \w+=[^\]]*\]|\w+_img\b|#\w+\s*\{|&(?:nbsp|amp|quot|#\d+);"
)
# One of these characters stands in all that `_CODE` finds.
_MAYBE_CODE = re.compile(r"[{}<(=;\[#_&]")
_ADDRESS = re.compile(r"https?://|www\.|\S+@\S+\.\w+")
ENDS = ".!?…؟۔。！？।"
_END_MARKS = frozenset(ENDS)
CLOSING = " )]\"'»”’」』"
_ENOUGH = 200  # characters that most often hold twelve words
_FIGURE = re.compile(r"\d")

# Headings of lists, and how many blocks below one belong to it as long as no article comes between. Links go on for long, a form
# or a mark does not; comments end where the page does or where lists of links begin.
_SECTIONS = {"related": 40, "comments": 400, "newsletter": 5, "legal": 2, "author-bio": 2, "advertisement": 2, "share": 4, "widget": 2}
_WITHIN_COMMENTS = frozenset(("share", "widget", "author-bio"))
_OWN_NAMES = 3  # class and id names of a heading and of what is right around it: the others are those of its box
_MOST_NAMES = 30  # blocks with more names have lost the outermost
_BARS = frozenset(("nav", "footer"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "legend"))
_TALK = 90  # characters of the longest byline, and of a headline below «Read also:»
_LABEL = 4  # words of the longest label of a menu
_ROW = 4  # labels, or headlines of a page, that are a menu or a list
_QUIET = 8  # labels and links in a row after which the comments of a text are over
# Kinds that an entry of a menu keeps, where its words say so; other words are names of its sections.
_OF_MENUS = frozenset(("newsletter", "legal", "cookie", "paywall", "share", "comments", "advertisement"))
# Kinds that a headline's first word says too easily («Warning: …»).
_TOO_EASY = frozenset(("legal", "advertisement", "widget", "newsletter", "author-bio", "paywall", "navigation", "share", "comments"))

# Kinds whose phrases open nothing else.
_SURE = frozenset(("newsletter", "comments"))


def boilerplate_kinds(text: str, blocks: Sequence[Block], flagged: Sequence[bool], found: Sequence[Cue]) -> list[str]:
    """The kind of each block that is flagged (one of `layout_cues.KINDS`); '' for the others."""
    out: list[str] = []
    section = _Section()
    seen_main = False
    lines = [_read(text, block) if boilerplate else None for block, boilerplate in zip(blocks, flagged, strict=True)]
    menus, lists = _rows(blocks, lines)
    for number, (block, line, in_menu, in_list, cue) in enumerate(zip(blocks, lines, menus, lists, found, strict=True)):
        if line is None:
            out.append("")
            section, seen_main = _Section(), True
            continue
        section.step(block, line, cue, in_menu)
        kind = _of_comments(section, line, block, cue) or _of_itself(line, block, cue, in_menu, in_list)
        if not kind or (
            kind == "navigation" and not cue.line and not (in_menu and block.tag) and section.kind in ("related", "author-bio")
        ):
            below = lines[number + 1] if number + 1 < len(lines) else None
            kind = section.of(line) or kind or _of_shape(line, block, seen_main, _is_teaser(line, out[-3:], below), out[-1:])
        out.append(kind)
    return out


class _Line(NamedTuple):
    """A block while its kind is looked for: its words, how many they are (up to 12), whether they end like a sentence, are a date.

    label: whether it is as short as an entry of a menu.
    """

    words: str
    n_words: int
    ended: bool
    is_date: bool
    label: bool


def _read(text: str, block: Block) -> _Line:
    words = text[block.span.start : block.span.end].strip()
    count = min(12, len(_WORD.findall(words[:_ENOUGH])))
    if count < 12 and len(words) > _ENOUGH:
        count = min(12, len(_WORD.findall(words)))
    if count < 12 and not words.isascii() and _SPACELESS.search(words):
        count = min(12, max(count, len(words) // 3))
    ended = words.strip(CLOSING)[-1:] in _END_MARKS
    return _Line(words, count, ended, _is_date(words), count <= _LABEL and not ended)


def _rows(blocks: Sequence[Block], lines: Sequence[_Line | None]) -> tuple[list[bool], list[bool]]:
    """Which blocks stand in a row of labels, and which in a row of headlines; on a page, all of one list."""
    rows = ([False] * len(lines), [False] * len(lines))
    start, before = 0, None
    for number in range(len(lines) + 1):
        line = lines[number] if number < len(lines) else None
        here = None if line is None else (line.label, blocks[number].tag, blocks[number].path)
        if here != before:
            if before and number - start >= _ROW and (before[0] or before[1]):
                rows[not before[0]][start:number] = [True] * (number - start)
            start, before = number, here
    return rows


class _Section:
    """The heading that the blocks stand below: its kind, how far above, and where on the page its list is."""

    __slots__ = ("around", "kind", "names", "quiet", "since")

    def __init__(self) -> None:
        self.kind, self.around = "", ""
        self.names: list[str] = []
        self.since = self.quiet = 0

    def step(self, block: Block, line: _Line, cue: Cue, in_menu: bool) -> None:
        """Go on to the next block: it may open a section, belong to the one above, or end it; an entry of a menu opens none."""
        self.since += 1
        self.quiet = 0 if line.ended or line.is_date else self.quiet + 1
        opens = cue.line in _SECTIONS and len(line.words) < 80 and not (in_menu and block.tag)
        if opens and (self.kind != "comments" or cue.line not in _WITHIN_COMMENTS):
            self.kind, self.since, self.quiet = cue.line, 0, 0
            self.around = block.path.rpartition(" ")[0] if block.tag in _HEADINGS else block.path
            self.names = block.hints.split()[:-_OWN_NAMES]
        elif self.kind and (
            self.since > _SECTIONS[self.kind]
            or self._is_left(block)
            or (block.tag in _HEADINGS and not cue.line and self.kind not in ("related", "comments"))
            or (self.kind == "comments" and not block.tag and self.quiet >= _QUIET)
        ):
            self.kind = ""

    def _is_left(self, block: Block) -> bool:
        """Whether the block stands outside the box of the heading: further out in the page, or below other names."""
        if not block.path.startswith(self.around):
            return True
        return bool(self.names) and not block.hints.startswith(" ".join(self.names)) and block.hints.count(" ") < _MOST_NAMES

    def of(self, line: _Line) -> str:
        """The kind of the heading above, where the block can belong to it."""
        if self.kind in ("share", "widget") and line.n_words > _LABEL:
            return ""
        if self.kind == "author-bio" and self.since == 1 and line.label:
            return self.kind  # the name
        if self.kind in ("legal", "advertisement", "author-bio") and (line.n_words < 8 or not line.ended):
            return ""
        if self.kind == "newsletter" and not line.ended:
            return ""
        # Comments are sentences; what follows them without an end mark are headlines of another list.
        if self.kind == "comments" and not line.ended and line.n_words >= _LABEL:
            return ""
        return self.kind


def _of_comments(section: _Section, line: _Line, block: Block, cue: Cue) -> str:
    """'comments' for names, dates and buttons between comments, and for the fields of the form."""
    if cue.line == "author-bio" and ("form" in block.path.split() or block.tag == "form"):
        return "comments"
    if 2 * block.link_chars > len(line.words) and line.n_words >= _LABEL:
        return ""
    inside = section.kind == "comments" and section.since and cue.line in ("", "date-line", "author-bio")
    short = line.n_words <= 2 * _LABEL and (section.names or section.quiet <= _QUIET // 2)
    return "comments" if inside and (line.ended or short) and "©" not in line.words else ""


def _of_itself(line: _Line, block: Block, cue: Cue, in_menu: bool, in_list: bool) -> str:
    """The kind that the block's own words, marks or list tell; '' if they do not."""
    words = line.words
    marks = kind_of_names(block.hints)
    if marks in BOXES and cue.line not in _IN_BOXES:
        return marks
    if not _LETTERS.search(words):
        return _of_figures(line, marks)
    if line.label and words[-1] in ")]" and cue.line != "comments" and _COUNTED.match(words):
        return "navigation"
    if block.tag and (in_menu or (line.label and (block.tag in _BARS or _in_bar(block.path)))):
        own = cue.line or cue.inside or marks
        return own if own in _OF_MENUS or (own == "widget" and not cue.line) else "navigation"
    if cue.line and (cue.inside or not in_list or line.n_words < _LABEL or cue.line not in _TOO_EASY):
        return cue.inside if cue.line == "navigation" and cue.inside else cue.line
    if "©" in words or "(c)" in words or "(C)" in words:
        return "legal"
    if line.is_date:
        return "date-line"
    if in_menu and not cue.inside:
        return "navigation"
    if (")" in words or "]" in words) and len(_COUNT.findall(words)) > 1:
        return "navigation"
    if "°" in words and len(words) < 60 and _DEGREES.search(words):
        return "widget"
    if cue.inside or (len(words) < 200 and not in_list and (cue.opening in _SURE or (line.ended and cue.opening not in _TOO_EASY))):
        return cue.inside or cue.opening
    if (CREDIT.match(words) and len(words) < 100) or (line.n_words <= _LABEL + 1 and not line.ended and _BYLINE.match(words)):
        return "author-bio"
    if line.n_words <= 2 * len(_SEPARATORS.findall(words)) or _DASHED.match(words):
        return "navigation"
    if _MAYBE_CODE.search(words) and _CODE.search(words):
        return "code"
    # Buttons are short; a longer block in a bar of them is something else.
    if marks in ("share", "date-line", "widget", "navigation") and line.n_words > _LABEL:
        return ""
    return "related" if marks == "author-bio" and in_list else marks


def is_page_talk(text: str, block: Block, cue: Cue) -> bool:
    """Whether a short block is nothing but page talk by its words: a cue, a date, a byline with its date, what else to read.

    >>> from credibility.document import Span
    >>> is_page_talk("By Ada Lind | 4 min read", Block(Span(0, 24)), Cue())
    True
    """
    if cue.line:
        return True
    if block.span.end - block.span.start > _TALK:
        return False
    line = _read(text, block)
    byline = not line.ended and _BYLINE.match(line.words) and _FIGURE.search(line.words)
    return bool("related" in (cue.opening, cue.inside) or byline) or line.is_date


def is_date(text: str, block: Block) -> bool:
    """Whether a block is a date or time with little beside it, such as a name.

    >>> from credibility.document import Span
    >>> is_date("Ada, 4 May 2024", Block(Span(0, 15)))
    True
    """
    return block.span.end - block.span.start < _TALK and _read(text, block).is_date


def _is_date(words: str) -> bool:
    """Whether words are a date or time with little beside it."""
    if len(words) >= 70 or not _FIGURE.search(words):
        return False
    rest, times = _TIME.subn("", words)
    spelled = _YEAR.search(rest) and _DAY.search(rest)
    if not times and not spelled:
        return False
    spaced, spaceless = (words, 0) if words.isascii() else _SPACELESS.subn("", words)
    letters = sum(map(str.isalpha, spaced)) + 4 * spaceless
    return letters <= (_DATE_LETTERS if spelled else _TIME_LETTERS) * max(1, times // 2)


def _of_figures(line: _Line, marks: str) -> str:
    """The kind of a block without words: a time or date, a reading, or scraps of code."""
    words = line.words
    if _TIME.search(words):
        return "date-line"
    if _FIGURE.search(words):
        return "navigation" if _YEAR.search(words) else "widget"
    return "code" if _CODE.search(words) or sum(c in "{}();=" for c in words) * 2 > len(words) else "navigation"


@lru_cache(maxsize=1024)  # a page repeats its few paths
def _in_bar(path: str) -> bool:
    """Whether one of the ancestors is a bar of the page."""
    return not _BARS.isdisjoint(path.split())


def _is_teaser(line: _Line, before: Sequence[str], below: _Line | None) -> bool:
    """Whether a sentence is one of another article: below its headline or date, above the next one, or cut short."""
    cut = line.words.endswith(("...", "…", "»", "]", "[…]", "[...]", ">>"))
    return cut or not {"related", "date-line"}.isdisjoint(before) or (below is not None and not below.ended and below.n_words > _LABEL)


def _of_shape(line: _Line, block: Block, seen_main: bool, teaser: bool, before: Sequence[str]) -> str:
    """The kind where nothing else tells it: addresses, short labels, headlines and teasers of other articles, terms that go on."""
    words = line.words
    if len(words) < 60 and _ADDRESS.search(words):
        return "navigation"
    in_bar = kind_of_names(block.hints) == "navigation" or _in_bar(block.path)
    if line.n_words < _LABEL or (in_bar and not line.ended):
        return "navigation"
    if 2 * block.link_chars > len(words) or teaser:
        return "related"
    if line.ended and len(words) > 60:
        return "legal" if before[-1:] == ["legal"] else "other"
    return "related" if len(words) <= 160 and (seen_main or not line.ended) else "other"
