"""What a page declares of itself, from every place where pages declare it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.reading.clipping import from_html
from credibility.reading.page_metadata import iso_date, language_code
from tests.strategies import hostile_text


def _page(head: str = "", body: str = "<p>Text</p>", html: str = "") -> str:
    return f"<!DOCTYPE html><html {html}><head>{head}</head><body>{body}</body></html>"


def _ld(value: object) -> str:
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


ARTICLE = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Daily Example"},
        {
            "@type": ["NewsArticle"],
            "headline": "Bridge reopens\n after repairs",
            "author": [{"@type": "Person", "name": "Ada Writer"}, {"name": "Bo Editor"}, "https://example.org/profile"],
            "datePublished": "2024-05-01T08:00:00+02:00",
            "dateModified": "2024-05-02",
            "inLanguage": "fr-FR",
            "publisher": {"name": "Example Press"},
            "mainEntityOfPage": {"@id": "https://example.org/bridge"},
        },
    ],
}


def test_json_ld_in_a_graph() -> None:
    document = from_html(_page(_ld(ARTICLE)))
    assert document.title == "Bridge reopens after repairs"
    assert document.byline == "Ada Writer, Bo Editor"
    assert document.published == "2024-05-01T08:00:00+02:00"
    assert document.dates == {"datePublished": "2024-05-01T08:00:00+02:00", "dateModified": "2024-05-02"}
    assert (document.language, document.source, document.url) == ("fr", "Example Press", "https://example.org/bridge")


@pytest.mark.parametrize("broken", ["{", "[1, 2", "null", '"text"', "{'single': 1}", "[" * 5_000])
def test_a_broken_block_does_not_cost_the_others(broken: str) -> None:
    assert from_html(_page(_ld(broken) + _ld(ARTICLE))).byline == "Ada Writer, Bo Editor"


@pytest.mark.parametrize("value", [5, None, [], {}, [[]], {"name": 7}, True])
def test_values_of_the_wrong_type_are_passed_over(value: object) -> None:
    names = ("headline", "author", "datePublished", "inLanguage", "publisher", "url", "mainEntityOfPage", "@id")
    document = from_html(_page(_ld({"@type": "NewsArticle", **dict.fromkeys(names, value)}), "<p>Text</p>"))
    assert document.text == "Text"
    assert (document.title, document.byline, document.published, document.url) == (None, None, None, None)


def test_meta_elements_and_links() -> None:
    head = (
        "<title>Bridge reopens | Example</title><meta property='og:title' content='Bridge reopens'>"
        "<meta property='og:site_name' content='Example'>"
        "<meta name=author content='By Ada Writer'><meta property='article:published_time' content='2024-05-01T08:00:00Z'>"
        "<meta name=DC.date content='1 May'><link rel='shortlink'><link rel=canonical href='https://example.org/a'>"
        "<meta property='og:locale' content='en_GB'>"
    )
    document = from_html(_page(head))
    assert (document.title, document.source, document.byline) == ("Bridge reopens", "Example", "Ada Writer")
    assert document.published == "2024-05-01T08:00:00+00:00"
    assert document.dates == {"meta article:published_time": "2024-05-01T08:00:00+00:00", "meta dc.date": "1 May"}
    assert (document.url, document.language) == ("https://example.org/a", "en")


def test_time_elements_and_headings_where_nothing_else_speaks() -> None:
    document = from_html(
        _page("", "<h1>The <em>heading</em></h1><time datetime='2024-05-01' pubdate>1 May</time><time>x</time>", "lang=ar-EG")
    )
    assert (document.title, document.published, document.language) == ("The heading", "2024-05-01", "ar")


def test_dates_of_a_web_page_count_where_the_article_has_none() -> None:
    document = from_html(
        _page(_ld([{"@type": "WebPage", "datePublished": "2024-05-01"}, {"@type": "ImageObject", "dateCreated": "1999-01-01"}]))
    )
    assert (document.published, document.dates) == ("2024-05-01", {"datePublished": "2024-05-01"})


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("Bridge reopens - Example", "", "Bridge reopens"),
        ("Example | Bridge reopens", "", "Bridge reopens"),
        ("Bridge reopens - at last - Example", "", "Bridge reopens - at last"),
        ("Bridge reopens after repairs :: Local news", "Bridge reopens after repairs", "Bridge reopens after repairs"),
        ("Bridge reopens - at last", "", "Bridge reopens - at last"),
        ("Example", "", "Example"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(title: str, heading: str, expected: str) -> None:
    head = f"<title>{title}</title><meta property='og:site_name' content='Example'>"
    assert from_html(_page(head, f"<h1>{heading}</h1>")).title == expected


def test_what_the_caller_gives_goes_first() -> None:
    document = from_html(_page(_ld(ARTICLE)), id="7", title="Mine", published="2020-01-01", language="de", url="u", source="s")
    assert (document.id, document.title, document.published, document.language) == ("7", "Mine", "2020-01-01", "de")
    assert (document.url, document.source) == ("u", "s")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024-05-01T10:20:30Z", "2024-05-01T10:20:30+00:00"),
        ("2024-05-01 10:20:30.123 +0200", "2024-05-01T10:20:30+02:00"),
        ("2024/5/1", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("Wed, 01 May 2024 10:00:00 GMT", "2024-05-01T10:00:00+00:00"),
        ("2024-13-45", None),
        ("01/05/2024", None),
        ("1714550400", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_where_no_doubt_is_left(written: str, expected: str | None) -> None:
    assert iso_date(written) == expected


@given(hostile_text)
@settings(max_examples=150)
def test_no_text_breaks_the_readers_of_dates_and_languages(text: str) -> None:
    date, code = iso_date(text), language_code(text)
    assert date is None or date[:4].isdigit()
    assert code is None or 2 <= len(code) <= 3


_KEYS = ["@type", "@graph", "headline", "author", "name", "datePublished", "publisher"]
_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | hostile_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(_json)
@settings(max_examples=150, deadline=None)
def test_no_json_breaks_the_reader(value: object) -> None:
    document = from_html(_page(_ld(json.dumps(value).replace("</", "<\\/"))))
    assert document.text == "Text"
    assert document.title is None or isinstance(document.title, str)
