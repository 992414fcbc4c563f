"""Truncated: where an article breaks off, and notices in its place; dots and subscriptions that prove nothing are left alone."""

import pytest

from credibility.detectors.truncated import DETECTOR
from credibility.document import Document, Finding
from credibility.reading.clipping import from_html
from credibility.segment import Article

STORY = "The council closed the last fish market of the harbour on Thursday evening, after a debate that lasted four hours."
CUT = "Eleven of the nineteen councillors supported the plan, among them the former mayor, who told the union that"


def found(document: Document | str) -> list[Finding]:
    """The findings in an English text or a page, in order."""
    given = Document(id="test", text=document) if isinstance(document, str) else document
    return list(DETECTOR.detect(Article(given, language="en")))


@pytest.mark.parametrize(
    "end", ["… Read more", "... Continue reading »", " [...] Read the full story", "...\nRead more", "…\nWeiterlesen →"]
)
def test_a_link_to_the_rest_behind_dots_is_a_cut(end: str) -> None:
    """On the block that breaks off, whether the link stands in it or below."""
    (finding,) = found(f"{STORY}\n{CUT}{end}")
    assert finding.rule == "truncated.stub"
    assert finding.quote.startswith("Eleven of the nineteen")


@pytest.mark.parametrize("end", ["…", " ...", "... read on in tomorrow's paper about the mayor and her plan.", ".\nRead more"])
def test_dots_or_a_link_alone_are_none(end: str) -> None:
    """Good articles trail off, and good pages end with links."""
    assert found(f"{STORY}\n{CUT}{end}") == []


@pytest.mark.parametrize(
    "notice",
    ["Il vous reste 57.09% de cet article à lire. La suite est réservée aux abonnés.", "You have 40% of this article left to read."],
)
def test_a_notice_of_what_is_left_is_a_wall(notice: str) -> None:
    """It says itself that the article goes on."""
    (finding,) = found(f"{STORY}\n{notice}")
    assert (finding.rule, finding.evidence["kind"]) == ("truncated.wall", "paywall")
    assert finding.quote == notice


def test_a_cookie_notice_above_a_whole_article_is_no_wall() -> None:
    """A page with its article is read past its notices."""
    notice = "<div class='cookie-banner'><p>We use cookies to improve this site, as our cookie policy explains at length.</p></div>"
    story = "".join(f"<p>{STORY}</p><p>{CUT} she would appeal.</p>" for _ in range(6))
    assert found(from_html(f"<html><body>{notice}<article><h1>Market closed</h1>{story}</article></body></html>", id="test")) == []
    assert [one.rule for one in found(from_html(f"<html><body>{notice * 6}<h1>Market closed</h1></body></html>", id="test"))] == [
        "truncated.wall"
    ]


def test_an_empty_text_has_no_end() -> None:
    """Nothing to look at is not clear."""
    assert DETECTOR.coverage(Article(Document(id="test", text=""), language="en")) == {"truncated": "not-applicable"}


def test_an_article_on_cookies_is_no_wall() -> None:
    """One word of such a notice, in prose."""
    assert (
        found("Cookies were sold on the quay on Monday: «We use cookies as bait», said the oldest fisher of the town to the paper.") == []
    )
