"""The dates that say when an article was published are read in every form, and compared with nothing else."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.detectors.dates import DETECTOR, Dates, page_dates
from credibility.document import Document, Finding, Severity, Span
from credibility.segment import Article

STORY = "The old lighthouse in the strait was lit again last night before the islanders, who had waited for it through two winters."


def article(text: str, language: str = "en", **given: object) -> Article:
    """An article whose language is not guessed."""
    return Article(Document(id="test", text=text, **given), language=language)  # type: ignore[arg-type]


def found(text: str, language: str = "en", **given: object) -> list[Finding]:
    """The findings, of a run on 1 June 2024."""
    made, detector = article(text, language, **given), Dates(today=datetime.date(2024, 6, 1))
    return list(detector.detect(made)) if detector.coverage(made)["date-conflict"] == "assessed" else []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Mercredi 1er mai 2024"),
        ("fr", "Publié le 1 mai 2024 à 10h30"),
        ("fr", "01/05/2024"),
        ("en", "Wednesday, May 1, 2024"),
        ("en", "1st May 2024 10:30 am GMT"),
        ("en", "2024-05-01"),
        ("es", "Miércoles, 1 de mayo de 2024"),
        ("de", "Mittwoch, 1. Mai 2024, 10:30 Uhr"),
        ("ru", "1 мая 2024"),
        ("ar", "الأربعاء 1 مايو 2024"),
        ("ar", "١ أيار ٢٠٢٤"),
        ("ar", "1 أيار/مايو 2024 - 10:30"),
    ],
)
def test_lines_that_are_a_date(language: str, line: str) -> None:
    """Every usual form, with weekday, time, ordinal and either month names of Arabic."""
    (one,) = page_dates(article(f"{line}\nTitle", language))
    assert datetime.date(2024, 5, 1) in one.days
    assert one.span == Span(0, len(line))


@pytest.mark.parametrize(
    "line",
    [
        "Updated 1 May 2024",
        "Concert on 1 May 2024",
        "© 2024",
        "Version 5.1 of 1 May 2024",
        "45 May 2024",
        "1 May 2024 and 2 June 2025: two days",
        "May 2024",
    ],
)
def test_lines_that_are_not(line: str) -> None:
    """Updates, events, copyright, impossible days and months alone."""
    assert page_dates(article(f"{line}\nTitle")) == ()


@pytest.mark.parametrize(
    ("language", "start"),
    [
        ("en", "OSLO, 6 March 2021 (Fjord Press) - "),
        ("en", "6 March 2021 – "),
        ("en", "Bergen (Norway), March 6, 2021: "),
        ("fr", "Oslo, le 6 mars 2021 — "),
        ("ar", "أوسلو، 6 آذار 2021 - "),
    ],
)
def test_datelines(language: str, start: str) -> None:
    """A place, a date and a dash open the paragraph."""
    (one,) = page_dates(article(f"Title\n{start}{STORY}", language))
    assert (one.kind, one.days) == ("dateline", (datetime.date(2021, 3, 6),))


@pytest.mark.parametrize("start", ["Since 6 March 2021 ", "The meeting of 6 March 2021 - ", "He died on 6 March 2021, in Oslo: "])
def test_dates_inside_sentences_are_no_datelines(start: str) -> None:
    """Nothing but a place may stand before it."""
    assert page_dates(article(f"Title\n{start}{STORY}")) == ()


def test_declared_dates_and_the_address() -> None:
    """The dateline is compared with the page's metadata and address; either agreeing clears it."""
    text = f"Title\nOSLO, 6 March 2021 - {STORY}"
    (finding,) = found(text, published="2024-05-01T10:00:00Z")
    assert (finding.quote, finding.evidence["days"], finding.evidence["kind"]) == (
        "6 March 2021",
        1152,
        "metadata",
    )
    assert found(text, published="2021-03-07") == []
    assert found(text, published="2024-05-01", url="https://example.org/2021/03/06/lighthouse") == []
    assert len(found(text, url="https://example.org/2024/05/01/lighthouse")) == 1
    (finding,) = found("Title\nText.", published="2024-05-01", url="https://example.org/2021/03/06/x")
    assert finding.quote == "Title"


def test_an_ambiguous_date_is_given_the_nearer_meaning() -> None:
    """3/4 may be March or April: no conflict unless both are far."""
    text = "{}\nOSLO, 6 March 2021 - " + STORY
    assert found(text.format("11/03/2021")) == []
    assert len(found(text.format("11/03/2022"))) == 1


def test_ninety_days_and_history() -> None:
    """Ninety days are no conflict, ninety-one are; a dateline of another age is a note."""
    text = "{}\nOSLO, 6 March 2021 - " + STORY
    assert found(text.format("4 June 2021")) == []
    assert len(found(text.format("5 June 2021"))) == 1
    (finding,) = found(text.format("1 May 2024").replace("2021", "1940"))
    assert finding.severity is Severity.NOTE


def test_the_future() -> None:
    """Declared or labelled dates after today, with two days of grace; a bare line may announce an event."""
    assert [f.rule for f in found("Title\nText.", published="2024-07-01")] == ["date-conflict.future"]
    assert found("Title\nText.", published="2024-06-03") == []
    assert found("1 July 2024\nOpening of the lighthouse") == []


def test_one_date_is_not_applicable() -> None:
    """Nothing to compare it with."""
    assert DETECTOR.coverage(article("1 May 2024\nTitle")) == {"date-conflict": "not-applicable"}
    assert DETECTOR.coverage(article("")) == {"date-conflict": "not-applicable"}


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from("0123456789/-. may,()\n–:")),
    st.sampled_from(["", "31 February 2021", "99/99/2021", "٣١ أيار ٢٠٢١"]),
    st.text(max_size=12),
)
def test_any_text(noise: str, date: str, published: str) -> None:
    """No text and no declared value breaks the reading of dates."""
    for one in page_dates(article(f"{date}{noise}\n{noise}", "ar", published=published, url=f"/2021/{noise}/")):
        assert one.days
