"""A report and its JSON say the same: `to_dict` and `from_dict` undo each other."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.document import BlockRole, Document, Finding, Severity, Span, Statistic
from credibility.report import SCHEMA, Penalty, Report

TEXT = "Le port\nrouvre lundi,\r\ndit-on. 😀 e\u0301te\u0301\n\nمرفأ\u2028fin \x00."
flags = st.sampled_from(["machine-translation", "vague-source", "house-style"])
shares = st.integers(0, 10_000).map(lambda n: n / 10_000)
words = st.none() | st.text(max_size=12)
scalars = st.none() | st.booleans() | st.integers(-9, 9) | shares | st.text(max_size=5)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A span of TEXT with at least one character."""
    start = draw(st.integers(0, len(TEXT) - 1))
    return Span(start, draw(st.integers(start + 1, len(TEXT))))


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """A finding whose quote stands at its span."""
    span = draw(spans())
    rule = f"{draw(flags)}.{draw(st.sampled_from(['a', 'b-c']))}"
    evidence = draw(st.dictionaries(st.text(max_size=4), scalars, max_size=2))
    return Finding(
        rule, span, TEXT[span.start : span.end], draw(st.text(max_size=9)), draw(st.sampled_from(Severity)), draw(shares), evidence
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report with everything that its JSON holds."""
    found = tuple(sorted(draw(st.lists(findings(), max_size=5)), key=lambda finding: finding.order))
    numbers: dict[str, list[int]] = {}
    for number, finding in enumerate(found):
        numbers.setdefault(finding.flag, []).append(number)
    document = Document(
        id=draw(st.text(max_size=5)),
        text=TEXT,
        path=draw(words),
        url=draw(words),
        source=draw(words),
        title=draw(words),
        byline=draw(words),
        published=draw(words),
    )
    return Report(
        document=document,
        language=draw(st.sampled_from(["fr", "ar", None])),
        score=draw(st.none() | st.integers(0, 1000).map(lambda n: n / 10)),
        grade=draw(st.sampled_from(["A", "E", None])),
        penalties={flag: Penalty(draw(shares), tuple(of)) for flag, of in numbers.items()},
        signals=draw(st.none() | st.dictionaries(st.sampled_from(["words", "readability"]), st.none() | shares, max_size=2)),
        checks=draw(st.dictionaries(flags, st.sampled_from(["fired", "clear", "not-assessed: why"]), max_size=3)),
        findings=found,
        statistics=tuple(
            Statistic(span, label, source, {"words": 1} if source else {})
            for span, label, source in draw(
                st.lists(st.tuples(spans(), st.sampled_from(["sourced", "vague", "unsourced"]), st.none() | spans()), max_size=3)
            )
        ),
        blocks=tuple(BlockRole(span, "main", "paragraph", draw(shares)) for span in draw(st.lists(spans(), max_size=3))),
    )


@settings(max_examples=100, deadline=None)
@given(reports())
def test_from_dict_undoes_to_dict(report: Report) -> None:
    """Through real JSON, with the text included nothing is lost; the other way round neither."""
    data = json.loads(json.dumps(report.to_dict(include_text=True)))
    assert data["schema"] == SCHEMA
    again = Report.from_dict(data)
    assert again == report
    assert again.to_dict(include_text=True) == data


@settings(max_examples=50, deadline=None)
@given(reports())
def test_without_the_text_all_but_the_text_is_kept(report: Report) -> None:
    """Quotes, spans, numbers and statuses need no text."""
    again = Report.from_dict(json.loads(json.dumps(report.to_dict())))
    assert again.statistics == report.statistics
    assert replace(again, document=report.document, blocks=report.blocks) == report


@settings(max_examples=50, deadline=None)
@given(reports())
def test_line_and_column_lead_to_the_quote(report: Report) -> None:
    """Both count from 1, in code points; a line ends at a line feed and nowhere else."""
    for finding in report.to_dict()["findings"]:
        line = TEXT.split("\n")[finding["line"] - 1]
        assert line[finding["column"] - 1 :].startswith(finding["quote"].split("\n")[0])


def test_an_unreadable_clipping() -> None:
    """All keys are there, and empty."""
    report = Report(Document(id="x", text="", error="x: is no text"))
    data = report.to_dict()
    assert data["error"] == "x: is no text"
    assert (data["score"], data["grade"], data["signals"], data["findings"], data["checks"]) == (None, None, None, [], {})
    assert Report.from_dict(data) == report


def test_keys_of_the_contract() -> None:
    """A field that others rely on cannot disappear unseen."""
    data: dict[str, Any] = Report(Document(id="x", text=TEXT), findings=(Finding("a.b", Span(0, 2), "Le", "m", Severity.NOTE),)).to_dict()
    named = "schema id path url source title published language error score grade penalties signals checks findings statistics"
    assert set(named.split()) <= set(data)
    own = "flag rule severity confidence start end line column quote message evidence"
    assert set(own.split()) == set(data["findings"][0])
    assert {"text", "main_text", "blocks"} <= set(Report(Document(id="x", text=TEXT)).to_dict(include_text=True))


def test_another_schema_is_refused() -> None:
    """Rather than read wrongly."""
    data = Report(Document(id="x", text="")).to_dict() | {"schema": "credibility.report/9"}
    with pytest.raises(ValueError, match=r"credibility\.report/9"):
        Report.from_dict(data)
