"""Code among the words is found; code that is spoken of, or stands in its own block, is not."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.detectors.code_scrap import DETECTOR
from credibility.document import Block, Document, Finding, Span
from credibility.segment import Article


def found(text: str, blocks: tuple[Block, ...] = ()) -> list[Finding]:
    """The findings in an English text, in order."""
    return list(DETECTOR.detect(Article(Document(id="test", text=text, blocks=blocks), language="en")))


@pytest.mark.parametrize(
    ("scrap", "rule"),
    [
        ("{{article.title}}", "template"),
        ("{% if user %}", "template"),
        ("%%SITE_NAME%%", "template"),
        ("[object Object]", "template"),
        ('[caption id="attachment_9" align="left"]', "shortcode"),
        ("[/caption]", "shortcode"),
        ('[et_pb_section fb_built="1"]', "shortcode"),
        ("td_block_12", "shortcode"),
        ("&eacute;", "markup"),
        ("&#8217;", "markup"),
        ("&amp;nbsp;", "markup"),
        ('<iframe src="https://example.org/x">', "markup"),
        ("var total = items.length;", "script"),
        ("function() {", "script"),
        ('{"@type": "NewsArticle", "headline": "x"}', "script"),
    ],
)
def test_scraps(scrap: str, rule: str) -> None:
    """Each kind is found in the middle of a line, on its exact words."""
    (finding,) = found(f"The quay was full and {scrap} the crowd cheered for an hour.")
    assert finding.rule == f"code-scrap.{rule}"
    assert finding.quote.startswith(scrap.partition(";")[0])


@pytest.mark.parametrize(
    "text",
    [
        "Shares fell 5 %; the pound (£) rose. He laughed ;) and left :-)",
        "See https://example.org/a?b=1&amp;c=2&lt=3 for the list.",
        "A draw (the “ninth”); nobody won.\n* * *\n(1); (2); (3);",
        "If x < y, then {x, y} is a set and f(x) = {x | x > 0}.",
        "Dial *100#; press #; write to a_b@example.org. C'est 100 %d'accord.",
        "The heart function (the pump) and window frames; var. maritima = beach pea",
        "{{{{ Maria }}}} hugs!",
    ],
)
def test_what_looks_like_code_and_is_not(text: str) -> None:
    """Maths, prices, addresses, emoticons and prose with brackets."""
    assert found(text) == []


def test_articles_about_code() -> None:
    """A text that speaks of scripts may show them; the same scrap in other news is found."""
    scrap = 'It wrote <div class="a"> there.'
    assert found(scrap) != []
    assert found(scrap + " Every JavaScript developer knows why.") == []
    assert found("You can use HTML tags like <b> and <i> here.\nFamilies waited.") == []


def test_code_blocks_of_a_page() -> None:
    """A `pre` shows code on purpose, wherever it stands in the tree."""
    text = "{{ name }}\nFamilies waited on the quay."
    spans = (Span(0, 10), Span(11, len(text)))
    for tag, path in (("pre", "body"), ("span", "body pre")):
        assert found(text, (Block(spans[0], tag=tag, path=path), Block(spans[1], tag="p", path="body"))) == []
    assert len(found(text, (Block(spans[0], tag="p", path="body"), Block(spans[1], tag="p", path="body")))) == 1


def test_a_page_in_pieces_is_few_findings_in_linear_time() -> None:
    """Hits beyond the twentieth of a block are one; a megabyte of openings takes no longer than reading it."""
    assert len(found("<b>x " * 20_000)) <= 21
    for unit in ("{{", "<!--", "[gallery ", "window.a.", "a:b{", '{"a": ', "&amp", "%%A", ");\n", "<a ", "[vc_row ", "function a("):
        times = []
        for size in (20_000, 100_000):
            started = time.process_time()
            found(unit * (size // len(unit)))
            times.append(time.process_time() - started)
        assert times[1] < 15 * max(times[0], 0.01), unit


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("{}<>[]%&;:=ab \n/#$()\"'.§é")), st.sampled_from(["", "{{ a }}", "<p>", "&nbsp;", "%s"]))
def test_findings_are_in_order_and_apart(text: str, scrap: str) -> None:
    """On any text."""
    end = 0
    for finding in found(text + scrap + text):
        assert finding.span.start >= end
        end = finding.span.end
