"""Boilerplate: the blocks flagged, their kinds, the share of a page, and what is left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.detectors.boilerplate import DETECTOR, HEAVY
from credibility.document import Document, Severity
from credibility.rules_test import failures
from credibility.segment import Article

STORY = (
    "Oldwick closes its fish market",
    "The council of Oldwick voted on Thursday evening to close the last fish market of the harbour, which has stood there since 1891.",
    "Eleven of the nineteen councillors supported the plan, according to the minutes, after a debate that lasted almost four hours.",
    "“We kept it open as long as the sums allowed,” said the mayor, Ellen Marsh, who promised the traders a place in the new hall.",
    "The fishermen’s union, which counts some two hundred members in the town, wants to appeal against the decision in court.",
)


def kinds(*lines: str) -> dict[str, str]:
    """Kind of each line of a text that is flagged as a block."""
    found = DETECTOR.detect(Article(Document(id="x", text="\n".join(lines)), language="en"))
    return {finding.quote: str(finding.evidence["kind"]) for finding in found if finding.rule == "boilerplate.block"}


@pytest.mark.parametrize("rule", DETECTOR.rules, ids=lambda rule: rule.id)
def test_examples_hold(rule):
    """Every rule finds its bad examples at their marks and nothing in its good ones."""
    assert list(failures(rule, DETECTOR)) == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share on Facebook", "share"),
        ("Leave a comment", "comments"),
        ("Advertisement", "advertisement"),
        ("Subscribe to our newsletter", "newsletter"),
        ("Related stories", "related"),
        ("All rights reserved", "legal"),
        ("About the author", "author-bio"),
        ("We use cookies", "cookie"),
    ],
)
def test_a_leftover_behind_the_article_is_flagged_with_its_kind(line, kind):
    """The words of a leftover tell its kind."""
    assert kinds(*STORY, line, "Weather today: 14°C") == {line: kind, "Weather today: 14°C": "widget"}


def test_an_article_alone_has_no_leftovers():
    """Headline, paragraphs and quotations are no boilerplate."""
    assert kinds(*STORY) == {}


def test_prose_that_speaks_of_the_site_is_flagged():
    """A disclaimer has the shape of a paragraph; its words give it away."""
    disclaimer = "DISCLAIMER: the opinions expressed here are those of their authors and do not necessarily reflect those of this paper."
    assert kinds(STORY[0], disclaimer, *STORY[1:]) == {disclaimer: "legal"}


def test_headlines_below_a_heading_belong_to_its_list():
    """What stands below 'Related stories' is related, though its words say nothing."""
    found = kinds(*STORY, "Related stories", "Storm tears the roof off the pool", "Bridge stays shut until spring")
    assert set(found.values()) == {"related"}


def test_one_line_alone_is_not_flagged_without_words_that_tell():
    """A text of one line has no layout to judge by."""
    assert kinds("Storm tears the roof off the swimming pool") == {}


def test_a_page_of_menus_is_heavy_once_and_the_span_is_boilerplate():
    """The finding stands on the longest run of leftovers, not on the article."""
    menus = HEAVY.bad[0].unmarked()[0]
    text = "\n".join((STORY[1], menus, menus))
    found = [f for f in DETECTOR.detect(Article(Document(id="x", text=text), language="en")) if f.rule == "boilerplate.heavy"]
    assert len(found) == 1
    assert found[0].severity == Severity.WARNING
    assert STORY[1] not in found[0].quote


def test_an_empty_text_is_not_applicable():
    """There is nothing to judge."""
    assert DETECTOR.coverage(Article(Document(id="x", text=" \n"))) == {"boilerplate": "not-applicable"}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from((*STORY, "Advertisement", "Share on Facebook", "published: 2023-11-04")), max_size=8),
    st.text(alphabet=st.characters(codec="utf-32"), max_size=100),
)
def test_any_text_gives_findings_on_its_own_words(lines, noise):
    """No text breaks it, and every quotation stands where it is said to; there is always one."""
    text = "\n".join((*lines, noise, *STORY, "All rights reserved"))
    findings = list(DETECTOR.detect(Article(Document(id="x", text=text), language="en")))
    assert findings
    for finding in findings:
        assert text[finding.span.start : finding.span.end] == finding.quote
        assert 0 <= finding.confidence <= 1


def test_leftovers_of_one_kind_in_a_row_are_one_finding():
    """A menu of thirty entries is one leftover, with the number of its blocks."""
    assert kinds(*STORY, "Share on Facebook", "Print this page") == {"Share on Facebook\nPrint this page": "share"}
