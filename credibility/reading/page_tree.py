"""HTML text → one stream of tree events, told to a handler: an element opens, text, an element closes.

Two parsers give it. BeautifulSoup's builder over lxml is always there; lexbor (selectolax, extra `fast`) reads a page in four
fifths of the time. BeautifulSoup's own tree is not made: that would take three times as long as all the rest of reading. The
walk of lexbor's tree is a loop, so that no depth of nesting ends in a RecursionError, and both take linear time: markup that
nests deeper than browsers go is flattened first, for a parser that looks for the open element of every stray end tag
is quadratic in the depth, and a page with thousands of attributes in one tag goes to lxml, whichever was asked for.

Where the two differ, and may: lxml does not move text out of tables where only cells may stand, honours `<div/>` as
closed, ends the document's elements at other places when tags are wrongly nested, and drops characters that XML does not
have (controls), which is why those are taken out before either sees them. The words and their order are the same on
ordinary pages; on wrongly nested ones a block may get another parent, or text before a table may stand after it.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from typing import Any, Protocol, TypeAlias

from credibility.errors import MissingExtraError, UsageError

Attributes: TypeAlias = Mapping[str, str | None]


class Handler(Protocol):
    """Who is told of the events, in document order; every element that opens closes."""

    def opened(self, tag: str, attributes: Attributes) -> None:
        """An element opens; its tag is lower case."""

    def text(self, text: str) -> None:
        """A text right inside the innermost open element."""

    def closed(self) -> None:
        """The innermost open element closes."""


PARSERS = ("lexbor", "lxml")

# Control characters are invisible in a browser and dropped by lxml, NUL ends the document in some parsers, lone surrogates
# cannot be encoded: each becomes U+FFFD, as the HTML standard has it for NUL.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNWANTED_BYTES = bytes((*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F))
# Blink and WebKit nest 512 deep at most and put what is deeper beside it.
_DEEPEST = 512
# Under so many tags no nesting costs lexbor more than half a second; ordinary pages are spared the count.
_SHALLOW = 20_000
# '<\\/div>' is the end tag of markup that stands in a script.
_TAG = re.compile(r"<(\\?/|)([a-zA-Z][^\s/>]{0,40})[^>]*>?")
_NOSCRIPT = re.compile(r"(</?)noscript\b", re.IGNORECASE)
# They end by themselves where the next begins, or have no end: however many are open, they do not deepen the tree.
_FLAT = (
    "area base br col colgroup dd dt embed hr img input li link meta p param",
    "rp rt source tbody td tfoot th thead tr track wbr",
)
_FLAT_TAGS = frozenset(" ".join(_FLAT).split())
_INLINE_TAGS = frozenset(("a", "b", "big", "em", "font", "i", "nobr", "small", "span", "strong", "sub", "sup", "tt", "u"))
_RULES = re.compile("(?:<hr>){2,}")
# A start tag as the HTML standard reads it, to the end of the page if it never closes; possessive, so linear.
_START_TAG = re.compile(r"""<[a-zA-Z][^>=]*+(?:=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+[^>=]*+)*+>?""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
# Characters of a tag outside of quotation marks: 2,000 attributes or more. The longest seen on news pages has 188.
_CROWDED = 4_000


@cache
def default_parser() -> str:
    """'lexbor' where selectolax is installed, else 'lxml'."""
    return "lexbor" if find_spec("selectolax") else "lxml"


def read_tree(markup: str, handler: Handler, parser: str | None = None, skip: frozenset[str] = frozenset()) -> None:
    """Tell the handler of the elements and texts of an HTML page; comments, doctype and the like are left out.

    parser: 'lexbor', 'lxml' or None for the faster one that is installed. skip: tags of the elements to leave out with all
    that is in them. Raises UsageError for an unknown parser and MissingExtraError for lexbor without selectolax.
    """
    name = parser or default_parser()
    if name not in PARSERS:
        raise UsageError(f"no HTML parser {name!r}; known are: {', '.join(PARSERS)}")
    clean = _flattened(_clean(markup))
    if not clean.strip():
        return
    if name == "lexbor" and not _crowded(clean):
        _walk_lexbor(clean, handler, skip)
    else:
        _feed_lxml(clean, handler, skip)


def _clean(markup: str) -> str:
    """The markup with one kind of line end and no character that only one of the parsers takes."""
    if "\r" in markup:
        markup = markup.replace("\r\n", "\n").replace("\r", "\n")
    try:
        data = markup.encode()
        # Looking for the characters by pattern takes longer than lexbor takes for the page.
        clean = len(data) == len(data.translate(None, _UNWANTED_BYTES)) and "\ufffe" not in markup and "\uffff" not in markup
    except UnicodeEncodeError:
        clean = False
    return markup if clean else _UNWANTED.sub("\ufffd", markup)


def _flattened(markup: str) -> str:
    """The markup without the tags that nest deeper than 512; their text stays, as lines. Only hostile pages have any."""
    if markup.count("<") < _SHALLOW:
        return markup
    opened: dict[str, int] = {}
    dropped: dict[str, int] = {}
    depth = 0

    def shallow(hit: re.Match[str]) -> str:
        nonlocal depth
        name = hit[2].lower()
        if name in _FLAT_TAGS:
            return hit[0]
        if not hit[1]:
            if depth >= _DEEPEST:
                dropped[name] = dropped.get(name, 0) + 1
                return "" if name in _INLINE_TAGS else "<hr>"
            depth += 1
            opened[name] = opened.get(name, 0) + 1
        elif dropped.get(name):
            dropped[name] -= 1
            return "" if name in _INLINE_TAGS else "<hr>"
        elif opened.get(name):
            opened[name] -= 1
            depth -= 1
        return hit[0]

    flat = _TAG.sub(shallow, markup)
    return _RULES.sub("<hr>", flat) if dropped else flat


def _crowded(markup: str) -> bool:
    """Whether a tag has so many attributes that lexbor, which compares each with all, would take seconds over it."""
    return any(len(tag) > _CROWDED and len(_QUOTED.sub("", tag)) > _CROWDED for tag in _START_TAG.findall(markup))


def _feed_lxml(markup: str, handler: Handler, skip: frozenset[str]) -> None:
    """The events from which BeautifulSoup's builder over lxml makes its tree, told to the handler instead."""
    from bs4.builder._lxml import LXMLTreeBuilder

    opened, text, closed = handler.opened, handler.text, handler.closed
    open_tags = [""]
    skipped = 0  # how many of them are elements to skip, or in one
    pieces: list[str] = []  # of the text that is being read

    def end_text(*_: object) -> None:
        if pieces:
            if not skipped:
                text(pieces[0] if len(pieces) == 1 else "".join(pieces))
            pieces.clear()

    def start(tag: str, attributes: Attributes, _: object = None) -> None:
        nonlocal skipped
        if pieces:
            end_text()
        if skipped or tag in skip:
            skipped += 1
        else:
            opened(tag, attributes)
        open_tags.append(tag)

    def end(tag: str) -> None:
        nonlocal skipped
        if pieces:
            end_text()
        if tag != open_tags[-1] and tag not in open_tags:
            return
        innermost = ""
        while innermost != tag:
            innermost = open_tags.pop()
            if skipped:
                skipped -= 1
            else:
                closed()

    builder: Any = LXMLTreeBuilder()
    # The parser tells these of what it finds; functions with variables of their own are quicker than methods.
    builder.start, builder.end, builder.data = start, end, pieces.append
    builder.comment = builder.pi = builder.doctype = end_text
    parser = builder.parser_for(None)
    parser.feed(markup)
    parser.close()
    end_text()
    while len(open_tags) > 1:
        end(open_tags[-1])


def _walk_lexbor(markup: str, handler: Handler, skip: frozenset[str]) -> None:
    """The events of lexbor's tree."""
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise MissingExtraError("the HTML parser 'lexbor'", "selectolax", "fast") from error

    # lexbor reads as a browser without scripts, for which a noscript in the head ends the head and shows its text.
    tree = LexborHTMLParser(_NOSCRIPT.sub(r"\1template", markup))  # kept: the tree lives as long as its parser
    node: Any = tree.root
    opened, text, closed = handler.opened, handler.text, handler.closed
    open_nodes: list[Any] = []
    while node is not None:
        tag = node.tag or "-"  # a processing instruction has none
        if tag == "-text":
            text(node.text_content)
        elif tag[0] != "-" and tag not in skip:
            opened(tag, node.attributes)
            if (inner := node.child) is not None:
                open_nodes.append(node)
                node = inner
                continue
            closed()
        following = node.next if open_nodes else None
        while following is None and open_nodes:
            node = open_nodes.pop()
            closed()
            following = node.next if open_nodes else None
        node = following
