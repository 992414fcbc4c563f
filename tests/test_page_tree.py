"""One stream of events, two parsers, no page that hangs them."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from hypothesis import given, settings

from credibility.errors import UsageError
from credibility.reading.clipping import from_html
from credibility.reading.page_tree import PARSERS, Attributes, read_tree
from tests.strategies import hostile_html, nested_html

PAGE = '<!doctype html><html lang="fr"><!-- c --><body><p class="A b">One &amp; <b hidden>two</b><br>three</p></body></html>'


OPEN, TEXT, CLOSE = "open", "text", "close"


class _Kept:
    """A handler that keeps what it is told, with the tag of each element that closes."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str]] = []
        self.attributes: dict[str, Attributes] = {}
        self.open_tags: list[str] = []

    def opened(self, tag: str, attributes: Attributes) -> None:
        self.events.append((OPEN, tag))
        self.attributes[tag] = attributes
        self.open_tags.append(tag)

    def text(self, text: str) -> None:
        self.events.append((TEXT, text))

    def closed(self) -> None:
        self.events.append((CLOSE, self.open_tags.pop()))


def _kept(markup: str, parser: str, skip: frozenset[str] = frozenset()) -> _Kept:
    kept = _Kept()
    read_tree(markup, kept, parser, skip)
    return kept


def _events(markup: str, parser: str) -> list[tuple[str, str]]:
    return _kept(markup, parser).events


@pytest.mark.parametrize("parser", PARSERS)
def test_every_element_that_opens_closes_and_comments_are_left_out(parser: str) -> None:
    expected = [(OPEN, "p"), (TEXT, "One & "), (OPEN, "b"), (TEXT, "two"), (CLOSE, "b"), (OPEN, "br"), (CLOSE, "br"), (TEXT, "three")]
    events = _events(PAGE, parser)
    start = events.index((OPEN, "p"))
    assert events[start : start + len(expected)] == expected
    assert events[-3:] == [(CLOSE, "p"), (CLOSE, "body"), (CLOSE, "html")]


@pytest.mark.parametrize("parser", PARSERS)
def test_attributes_are_given_as_strings(parser: str) -> None:
    attributes = _kept(PAGE, parser).attributes
    assert dict(attributes["html"]) == {"lang": "fr"}
    assert dict(attributes["p"]) == {"class": "A b"}
    assert not attributes["b"]["hidden"]


@pytest.mark.parametrize("parser", PARSERS)
def test_skipped_elements_are_left_out_with_all_in_them(parser: str) -> None:
    markup = "<p>a</p><div><svg><g><text>x</text></g></svg></div><p>b<svg></svg></p>"
    events = _kept(markup, parser, frozenset(("svg",))).events
    assert [value for kind, value in events if kind == TEXT] == ["a", "b"]
    assert (OPEN, "svg") not in events
    assert [value for kind, value in events if kind == OPEN].count("div") == [value for kind, value in events if kind == CLOSE].count("div")


def _walk(node: Tag) -> Iterator[tuple[str, str]]:
    """The events of a tree; a text that is only white space counts as one space."""
    for child in node.contents:
        if isinstance(child, Tag):
            yield from ((OPEN, child.name), *_walk(child), (CLOSE, child.name))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield TEXT, " " if child.isspace() else str(child)


def _same_events(markup: str) -> None:
    events = [(kind, " " if value.isspace() else value) for kind, value in _events(markup, "lxml")]
    assert events == list(_walk(BeautifulSoup(markup, "lxml")))


@pytest.mark.parametrize("page", sorted(Path("fixtures").rglob("*.html")), ids=lambda path: path.name)
def test_the_events_are_those_that_beautifulsoup_makes_its_tree_of(page: Path) -> None:
    _same_events(page.read_text(encoding="utf-8", errors="replace"))


@given(nested_html)
@settings(max_examples=50, deadline=None)
def test_events_and_tree_agree_on_made_up_pages(markup: str) -> None:
    _same_events(markup)


def test_an_unknown_parser_is_the_callers_mistake() -> None:
    with pytest.raises(UsageError, match=r"no HTML parser 'html.parser'; known are: lexbor, lxml"):
        read_tree("<p>", _Kept(), "html.parser")


@given(nested_html)
@settings(max_examples=100, deadline=None)
def test_the_parsers_agree_on_pages_that_nest_as_they_should(markup: str) -> None:
    assert from_html(markup, parser="lexbor") == from_html(markup, parser="lxml")


@given(hostile_html)
@settings(max_examples=150, deadline=None)
def test_no_scraps_of_markup_raise_and_events_balance(markup: str) -> None:
    for parser in PARSERS:
        assert not _kept(markup, parser).open_tags


HOSTILE = {
    "unfinished tags": "<a " * 20_000,
    "marked sections with NUL": "<![\x00" * 15_000,
    "deep": "<div>" * 100_000 + "deep<p>end",
    "stray ends": "<span>" * 20_000 + "</p>" * 20_000 + "end",
    "lists in lists": "<ul><li>" * 30_000 + "end",
    "wrong nesting": "<font><div>" * 20_000 + "</font>" * 20_000 + "end",
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">end",
    "quoted attributes": "<p " + " ".join(f"a{n}='>'" for n in range(60_000)) + ">end",
    "angle brackets": "<" * 2_000_000,
    "noscript": "<noscript>" * 30_000,
    "menus": "<select>" + "<option>x" * 50_000,
    "JSON-LD": '<script type="application/ld+json">' + "[" * 100_000 + "</script>end",
    "classes": '<div class="' + "a " * 300_000 + '">' + "<p>x" * 2_000,
    "comments": "<!--" * 100_000,
    "hidden in hidden": "<div hidden>x" * 3_000,
}


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_linear_time(name: str, parser: str) -> None:
    """A quadratic step would take minutes over these; the limit leaves room for a busy machine."""
    started = time.process_time()
    document = from_html(HOSTILE[name], parser=parser)
    assert time.process_time() - started < 6
    assert "end" not in HOSTILE[name] or document.text.endswith("end") or "<p " in HOSTILE[name][:3]


@pytest.mark.parametrize("parser", PARSERS)
def test_elements_beyond_the_depth_of_browsers_still_part_the_text(parser: str) -> None:
    assert from_html("<div>" * 25_000 + "a<div>b</div>c", parser=parser).text.split() == ["a", "b", "c"]


@pytest.mark.parametrize("parser", PARSERS)
def test_many_unclosed_paragraphs_are_no_depth(parser: str) -> None:
    document = from_html("<p>x" * 21_000, parser=parser)
    assert {block.tag for block in document.blocks} == {"p"}
    assert len(document.blocks) == 21_000


@pytest.mark.parametrize("parser", PARSERS)
def test_markup_in_scripts_is_no_depth(parser: str) -> None:
    script = "<script>var pieces = [" + r"'<div><strong>x<\/strong><\/div>'," * 6_000 + "];</script>"
    document = from_html(f"<div>{script}<blockquote>a</blockquote><div>b</div></div>", parser=parser)
    assert [block.tag for block in document.blocks] == ["blockquote", "div"]


def test_without_selectolax_lxml_reads_the_page() -> None:
    program = (
        "import sys; sys.modules['selectolax'] = None; sys.modules['selectolax.lexbor'] = None\n"
        "from credibility.reading.clipping import from_html; from credibility.errors import MissingExtraError\n"
        "assert from_html('<p>a<p>b').text == 'a\\nb'\n"
        "try: from_html('<p>a', parser='lexbor')\n"
        "except MissingExtraError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "pip install 'credibility-lint[fast]'" in done.stdout, done.stderr
