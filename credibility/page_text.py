"""Tree events of a page → the text that it shows, the blocks of that text, and what it carries without showing it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from credibility.document import Block, Span
from credibility.page_style import VISIBILITY_ATTRIBUTES, VISIBLE, Ink, ink_of, is_hidden
from credibility.page_tree import CLOSE, OPEN, TEXT, Attributes, Event

# Elements that a browser starts on a new line (HTML standard, 15.3), and cells, options of a menu and buttons, which stand apart.
_BLOCKS = (
    "address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p "
    "plaintext pre search section select summary table tbody td tfoot th thead tr ul xmp"
)
BLOCK_TAGS = frozenset(_BLOCKS.split())
# Elements whose content no browser shows as text of the page (form values and fallbacks among them).
_MUTE = (
    "applet audio canvas datalist frameset head iframe link math meta noembed noframes noscript option rp script style svg "
    "template textarea title video"
)
MUTE_TAGS = frozenset(_MUTE.split())
_PRE_TAGS = frozenset(("pre", "listing", "plaintext", "xmp"))
# lxml puts body elements into the head where tags are misplaced, and nests what stands after an unclosed option: only the
# text that stands right inside these is left out, not that of elements in them.
_MUTE_OWN_TEXT = frozenset(("head", "option"))
_FACT_TAGS = frozenset(("html", "meta", "link", "time", "title", "script"))

_SPACES = re.compile(r"[ \t\n\r\f]+")
# Beside white space: no-break and zero-width spaces and marks, of which pages make gaps.
_INVISIBLE = " \t\n\r\f\xa0\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")

# Bounds that keep hostile pages linear; ordinary ones stay far below: of 100 news pages the deepest block had 38 ancestors.
_LONGEST_MARK = 160
_MOST_ANCESTORS = 48
_MOST_HINTS = 32


@dataclass(slots=True)
class PageFacts:
    """What the head and the markup of a page declare, as found: input of `page_metadata`."""

    language: str | None = None
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


def page_text(events: Iterable[Event], *, reveal: bool = False) -> PageText:
    """The text that the page shows, blocks separated by newlines, white space as a browser collapses it outside of pre.

    A single `<br>` is a newline inside its block, two end the block. reveal: takes hidden elements for shown ones, for a
    page whose script uncovers it.
    """
    renderer = _Renderer(reveal)
    for kind, value, attributes in events:
        if kind == TEXT:
            renderer.text(value)
        elif kind == OPEN:
            renderer.open(value, attributes)
        else:
            assert kind == CLOSE
            renderer.close(value)
    renderer.end_block()
    return renderer.result()


class _Renderer:
    """Puts the text of the events together; one method for each kind of event."""

    def __init__(self, reveal: bool) -> None:
        self.facts = PageFacts()
        self.reveal = reveal
        self.tags: list[str] = []  # open elements from the root
        self.marks: list[str] = []  # class, id, role and itemprop of each
        self.containers: list[int] = []  # depths of the open block elements
        self.links: list[int] = []  # depths of the open links
        self.pres = 0  # open pre elements
        self.mute_at: int | None = None  # depth of the element whose content is left out
        self.captured: list[str] | None = None  # text of the title or JSON-LD script that is open
        self.hidden_at: int | None = None  # depth of the element that is not shown
        self.hidden_pieces: list[str] = []
        self.hidden: list[str] = []
        self.inks: list[tuple[int, Ink]] = [(-1, VISIBLE)]  # colours and sizes, where an element sets them
        self.pieces: list[str] = []  # the line that is being read
        self.lines: list[str] = []  # the lines of the block before it
        self.link_chars = 0
        self.place: tuple[str, str, str] | None = None  # tag, path and hints of the block, known from its first text on
        self.out: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []

    def open(self, tag: str, attributes: Attributes) -> None:
        """An element opens."""
        depth = len(self.tags)
        self.tags.append(tag)
        if not attributes:
            self.marks.append("")
        else:
            self.marks.append(_mark(attributes))
            if self.mute_at is None:
                self.look(depth, tag, attributes)
        if tag in _FACT_TAGS:
            self.declare(tag, attributes)
        if self.mute_at is not None:
            return
        if tag in BLOCK_TAGS:
            self.end_block()
            self.containers.append(depth)
            if tag in _PRE_TAGS:
                self.pres += 1
        elif tag == "a":
            if "href" in attributes:
                self.links.append(depth)
        elif tag == "br":
            self.end_line()
        if tag in MUTE_TAGS and tag not in _MUTE_OWN_TEXT:
            self.mute_at = depth

    def look(self, depth: int, tag: str, attributes: Attributes) -> None:
        """Take note of what the attributes say on visibility and colours."""
        if self.reveal or self.hidden_at is not None:
            return
        before = self.inks[-1][1]
        if VISIBILITY_ATTRIBUTES.isdisjoint(attributes) and before is VISIBLE:
            return
        if is_hidden(tag, attributes):
            self.hidden_at = depth
            return
        after = ink_of(before, attributes)
        if after != before:
            self.inks.append((depth, after))

    def declare(self, tag: str, attributes: Attributes) -> None:
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
        elif self.mute_at is None and (tag == "title" or "ld+json" in (attributes.get("type") or "").lower()):
            self.captured = []

    def text(self, text: str) -> None:
        """A text: part of the line, or of what is not shown."""
        if self.mute_at is not None:
            if self.captured is not None:
                self.captured.append(text)
            return
        if self.tags and self.tags[-1] in _MUTE_OWN_TEXT:
            return
        if self.hidden_at is not None or not self.inks[-1][1].legible:
            self.hidden_pieces.append(text)
            return
        self.pieces.append(text)
        if self.place is None:
            if not text.strip() or not text.strip(_INVISIBLE):
                return
            self.place = self.describe()
        if self.links:
            self.link_chars += len(" ".join(text.split()))

    def close(self, tag: str) -> None:
        """The innermost element closes."""
        self.tags.pop()
        self.marks.pop()
        depth = len(self.tags)
        if self.mute_at is not None:
            if depth == self.mute_at:
                self.mute_at = None
                self.keep_captured(tag)
                self.end_element(depth, tag)
            return
        self.end_element(depth, tag)

    def end_element(self, depth: int, tag: str) -> None:
        """Undo what the element that stood at this depth had set."""
        if self.containers and self.containers[-1] == depth:
            self.end_block()
            self.containers.pop()
            if tag in _PRE_TAGS:
                self.pres -= 1
        if self.links and self.links[-1] == depth:
            self.links.pop()
        if depth == self.hidden_at:
            self.hidden_at = None
            self.end_hidden()
        if self.inks[-1][0] == depth:
            self.inks.pop()
            self.end_hidden()

    def describe(self) -> tuple[str, str, str]:
        """Tag, path and hints of the block whose first text stands here."""
        tags = self.tags
        at = self.containers[-1] if self.containers else -1
        # lxml keeps the tree as written, HTML5 adds the tbody that everybody leaves out.
        path = " ".join(tag for tag in tags[max(0, at - _MOST_ANCESTORS) : max(0, at)] if tag != "tbody")
        marks = [mark for mark in self.marks[max(0, len(tags) - _MOST_ANCESTORS) :] if mark]
        hints = " ".join(marks).lower().split()[-_MOST_HINTS:]
        return tags[at] if at >= 0 else "", path, " ".join(hints)

    def end_line(self) -> None:
        """A `<br>`: ends the line, and the block too if the line is empty."""
        if self.hidden_at is not None:
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
        if self.hidden_at is not None:
            self.hidden_pieces.append("\n")
            return
        if self.place is None:
            if self.pieces:
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
        share = self.link_chars / len(text)
        for start, end in _paragraphs(text) if self.pres else ((0, len(text)),):
            span = Span(self.length + start, self.length + end)
            self.blocks.append(Block(span, tag, path, hints, min(end - start, round(share * (end - start)))))
        self.length += len(text)

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
    return _SPACES.sub(" ", "".join(pieces)).strip()


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of preformatted text stand: what blank lines part."""
    start = 0
    for gap in _PARAGRAPH_BREAK.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


def _mark(attributes: Attributes) -> str:
    """What the author calls an element: its class, id, role and itemprop."""
    names = [value[:_LONGEST_MARK] for name in ("itemprop", "role", "class", "id") if (value := attributes.get(name))]
    return " ".join(names)
