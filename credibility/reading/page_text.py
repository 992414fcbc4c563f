"""Tree events of a page → the text that it shows, the blocks of that text, and what it carries without showing it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from credibility.document import Block, Span
from credibility.reading.page_lines import Lines
from credibility.reading.page_style import VISIBILITY_ATTRIBUTES, VISIBLE, ink_of, is_hidden
from credibility.reading.page_tree import Attributes, read_tree

# Elements that a browser starts on a new line (HTML standard, 15.3), and cells, options of a menu and buttons, which stand apart.
_BLOCKS = (
    "address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p "
    "plaintext pre search section select summary table tbody td tfoot th thead tr ul xmp"
)
BLOCK_TAGS = frozenset(_BLOCKS.split())
# Elements whose content no browser shows as text of the page (form values and fallbacks among them), and some that neither
# show text nor part it.
_SKIP = "applet audio canvas datalist iframe img input math noembed noframes noscript rp source style svg template textarea track video wbr"
SKIP_TAGS = frozenset(_SKIP.split())
_PRE_TAGS = frozenset(("pre", "listing", "plaintext", "xmp"))
# lxml puts body elements into the head where tags are misplaced, and nests what stands after an unclosed option: only the
# text that stands right inside these is left out, not that of elements in them.
_MUTE_OWN_TEXT = frozenset(("head", "option", "optgroup", "script", "select", "title"))
_PLAIN_TAGS = frozenset(("span", "b", "i", "em", "strong", "small", "label", "abbr", "cite", "font", "s", "sub", "sup", "u"))
_FACT_TAGS = frozenset(("html", "meta", "link", "time", "title", "script"))

_SPACES = re.compile(r"[ \t\n\r\f]+")
# Beside white space: no-break and zero-width spaces and marks, of which pages make gaps.
_INVISIBLE = " \t\n\r\f\xa0\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")

# Bounds that keep hostile pages linear; ordinary ones stay far below: of 100 news pages the deepest block had 38 ancestors.
_MARKS = ("itemprop", "role", "class", "id")
_LONGEST_MARK = 160
_MOST_ANCESTORS = 48
_MOST_HINTS = 32


@dataclass(slots=True)
class PageFacts:
    """What the head and the markup of a page declare, as found: input of `page_metadata`."""

    language: str | None = None
    classes: str = ""  # of the html element
    title: str | None = None
    metas: list[Attributes] = field(default_factory=list)
    links: list[Attributes] = field(default_factory=list)
    times: list[Attributes] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageText:
    """The shown text, its blocks (spans of it, in order), the texts not shown, and the declarations."""

    text: str
    blocks: tuple[Block, ...]
    hidden: tuple[str, ...]
    facts: PageFacts


def page_text(markup: str, parser: str | None = None, *, reveal: bool = False, lines: bool = False) -> PageText:
    """The text that the page shows, blocks separated by newlines, white space as a browser collapses it outside of pre.

    A single `<br>` is a newline inside its block, two end the block. parser: see `read_tree`. reveal: takes hidden
    elements for shown ones, for a page whose script uncovers it. lines: blocks know their line of the markup, which takes a
    twentieth longer.
    """
    renderer = _Renderer(reveal, Lines(markup) if lines else None)
    read_tree(markup, renderer, parser, SKIP_TAGS)
    renderer.end_block()
    return renderer.result()


# What an open element has set and its end must undo.
_CONTAINER, _LINK, _HIDDEN, _INK, _PRE, _CAPTURE = 1, 2, 4, 8, 16, 32


class _Frame:
    """An open element; where it stands is worked out when a block asks for it, from its parent."""

    __slots__ = ("attributes", "hints", "path", "tag", "undo")

    def __init__(self, tag: str, attributes: Attributes, undo: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.undo = undo
        self.path: str | None = None
        self.hints = ""

    def place_in(self, parent: "_Frame | None") -> None:
        """Set the path of ancestors and the hints, both no longer than the bounds."""
        if parent is None:
            self.path, around = "", ""
        else:
            self.path, around = _path_below(parent.path or "", parent.tag), parent.hints
        self.hints = _hints_with(around, *map(self.attributes.get, _MARKS)) if self.attributes else around


@lru_cache(maxsize=1024)  # a page repeats its few places
def _path_below(path: str, tag: str) -> str:
    """The ancestors of what stands in an element with these ancestors."""
    # lxml keeps tables as written, HTML5 adds the tbody that everybody leaves out.
    if tag != "tbody":
        path = f"{path} {tag[:_LONGEST_MARK]}" if path else tag[:_LONGEST_MARK]
    return path if path.count(" ") < _MOST_ANCESTORS else path.partition(" ")[2]


@lru_cache(maxsize=1024)
def _hints_with(around: str, *marks: str | None) -> str:
    """The hints around an element and its own: what its `_MARKS` say."""
    names = " ".join([mark[:_LONGEST_MARK] for mark in marks if mark])
    tokens = [*around.split(" "), *names.lower().split()] if around else names.lower().split()
    return " ".join(tokens[-_MOST_HINTS:]) if names else around


class _Renderer:
    """Puts the text of a page together as it is told of its events; one method for each kind of them."""

    def __init__(self, reveal: bool, markup_lines: Lines | None) -> None:
        self.facts = PageFacts()
        self.markup_lines = markup_lines
        self.reveal = reveal
        self.frames: list[_Frame] = []  # open elements from the root
        self.containers: list[_Frame] = []  # the block elements among them
        self.links = 0  # open links
        self.pres = 0  # open pre elements
        self.captured: list[str] | None = None  # text of the title or JSON-LD script that is open
        self.hiding = reveal  # whether an element that is open decides on hiding already
        self.concealed = False  # whether the text that follows is not shown
        self.hidden_pieces: list[str] = []
        self.hidden: list[str] = []
        self.inks = [VISIBLE]  # colours and sizes, where an element sets them
        self.inked = False
        self.pieces: list[str] = []  # the line that is being read
        self.lines: list[str] = []  # the lines of the block before it
        self.link_chars = 0
        self.place: tuple[str, str, str] | None = None  # tag, path and hints of the block, known from its first text on
        self.line = 0  # of the markup in which that text stands
        self.out: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []

    def opened(self, tag: str, attributes: Attributes) -> None:
        """An element opens."""
        undo = 0
        if attributes and not self.hiding and (self.inked or not VISIBILITY_ATTRIBUTES.isdisjoint(attributes)):
            undo = self.look(tag, attributes)
        frame = _Frame(tag, attributes, undo)
        if tag in _PLAIN_TAGS:
            pass  # half of all
        elif tag in BLOCK_TAGS:
            if self.pieces or self.place or self.concealed:
                self.end_block()
            self.containers.append(frame)
            frame.undo |= _CONTAINER
            if tag in _PRE_TAGS:
                self.pres += 1
                frame.undo |= _PRE
            elif tag == "html":
                self.declare(tag, attributes)
        elif tag == "a":
            if "href" in attributes:
                self.links += 1
                frame.undo |= _LINK
        elif tag == "br":
            self.end_line()
        elif tag in _FACT_TAGS:
            frame.undo |= self.declare(tag, attributes)
        self.frames.append(frame)

    def look(self, tag: str, attributes: Attributes) -> int:
        """Take note of what the attributes say on visibility and colours."""
        if is_hidden(tag, attributes):
            self.hiding = self.concealed = True
            return _HIDDEN
        after = ink_of(self.inks[-1], attributes)
        if after == self.inks[-1]:
            return 0
        self.inks.append(after)
        self.inked = True
        self.concealed = not after.legible
        return _INK

    def declare(self, tag: str, attributes: Attributes) -> int:
        """Keep what the element declares about the page."""
        facts = self.facts
        if tag == "meta":
            facts.metas.append(attributes)
        elif tag == "link":
            facts.links.append(attributes)
        elif tag == "time":
            facts.times.append(attributes)
        elif tag == "html":
            facts.language = facts.language or attributes.get("lang") or attributes.get("xml:lang")
            facts.classes = facts.classes or attributes.get("class") or ""
        elif tag == "title" or "ld+json" in (attributes.get("type") or "").lower():
            self.captured = []
            return _CAPTURE
        return 0

    def text(self, text: str) -> None:
        """A text: part of the line, or of what is not shown."""
        if self.frames and self.frames[-1].tag in _MUTE_OWN_TEXT:
            if self.captured is not None:
                self.captured.append(text)
        elif self.concealed:
            self.hidden_pieces.append(text)
        elif self.place is None:
            if text.isspace() or not text.strip(_INVISIBLE):
                # White space before a block's first word shows in preformatted text only.
                if self.pres:
                    self.pieces.append(text)
                return
            self.place = self.describe()
            if self.markup_lines:
                self.line = self.markup_lines.of(text)
            self.pieces.append(text)
            if self.links:
                self.link_chars += len(" ".join(text.split()))
        else:
            self.pieces.append(text)
            if self.links:
                self.link_chars += len(" ".join(text.split()))

    def closed(self) -> None:
        """The innermost element closes."""
        frame = self.frames.pop()
        undo = frame.undo
        if not undo:
            return
        if undo & _CONTAINER:
            if self.pieces or self.place or self.concealed:
                self.end_block()
            self.containers.pop()
        if undo & _LINK:
            self.links -= 1
        elif undo & _PRE:
            self.pres -= 1
        elif undo & _CAPTURE:
            self.keep_captured(frame.tag)
        if undo & (_HIDDEN | _INK):
            self.end_hidden()
            if undo & _HIDDEN:
                self.hiding = False
            else:
                self.inks.pop()
                self.inked = len(self.inks) > 1
            self.concealed = not self.inks[-1].legible

    def describe(self) -> tuple[str, str, str]:
        """Tag, path and hints of the block whose first text stands here."""
        frames = self.frames
        first = len(frames)
        while first and frames[first - 1].path is None:
            first -= 1
        for depth in range(first, len(frames)):
            frames[depth].place_in(frames[depth - 1] if depth else None)
        if not self.containers:
            return "", "", ""
        container = self.containers[-1]
        return container.tag, container.path or "", frames[-1].hints

    def end_line(self) -> None:
        """A `<br>`: ends the line, and the block too if the line is empty."""
        if self.concealed:
            self.hidden_pieces.append("\n")
        elif self.pres:
            self.pieces.append("\n")
        elif self.place is None:
            self.pieces.clear()
        elif line := _collapsed(self.pieces):
            self.lines.append(line)
            self.pieces.clear()
        else:
            self.end_block()

    def end_block(self) -> None:
        """What was read since the last block ended becomes one, unless it is blank."""
        if self.concealed:
            self.hidden_pieces.append("\n")
            return
        if self.place is None:
            self.pieces.clear()
            return
        if self.pres:
            text = "".join(self.pieces).strip("\n").rstrip()
        else:
            if line := _collapsed(self.pieces):
                self.lines.append(line)
            text = "\n".join(self.lines)
        self.put(text, self.place)
        self.pieces.clear()
        self.lines.clear()
        self.link_chars = 0
        self.place = None

    def put(self, text: str, place: tuple[str, str, str]) -> None:
        """Add a text and its block; preformatted text is a block for each paragraph."""
        if self.length:
            self.out.append("\n")
            self.length += 1
        self.out.append(text)
        tag, path, hints = place
        first, size = self.length, len(text)
        self.length += size
        if not self.pres:
            self.blocks.append(Block(Span(first, self.length), tag, path, hints, min(size, self.link_chars), self.line))
            return
        share = self.link_chars / size
        for start, end in _paragraphs(text):
            line = self.line + text.count("\n", 0, start) if self.line else 0
            span = Span(first + start, first + end)
            self.blocks.append(Block(span, tag, path, hints, min(end - start, round(share * (end - start))), line))

    def end_hidden(self) -> None:
        """Keep what a hidden element held, a line for each of its blocks."""
        lines = (_SPACES.sub(" ", line).strip() for line in "".join(self.hidden_pieces).split("\n"))
        if text := "\n".join(line for line in lines if line):
            self.hidden.append(text)
        self.hidden_pieces.clear()

    def keep_captured(self, tag: str) -> None:
        """Keep the title or script that was read."""
        if self.captured is None:
            return
        text = "".join(self.captured)
        if tag == "title":
            self.facts.title = self.facts.title or _SPACES.sub(" ", text).strip()
        else:
            self.facts.scripts.append(text)
        self.captured = None

    def result(self) -> PageText:
        """What was read."""
        self.end_hidden()
        return PageText("".join(self.out), tuple(self.blocks), tuple(self.hidden), self.facts)


def _collapsed(pieces: list[str]) -> str:
    """One line of text, white space as a browser collapses it; no-break spaces stay."""
    text = "".join(pieces).strip()
    # Most lines have nothing to collapse, and looking costs a tenth of the substitution.
    if "\n" in text or "  " in text or "\t" in text or "\f" in text or "\r" in text:
        return _SPACES.sub(" ", text)
    return text


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of preformatted text stand: what blank lines part."""
    start = 0
    for gap in _PARAGRAPH_BREAK.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)
