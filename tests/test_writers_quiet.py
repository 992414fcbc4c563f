"""Findings that no gate counts stay in every format, marked, and none of them is lost or loud."""

import csv
import io
import json

import pytest

from credibility.report import Report
from credibility.writers import formats
from tests.writing import HOSTILE, finding, on, quiet, report_of, written

TEXT = "Selon les chiffres disponibles, 40 000 bateaux attendent depuis mars au vieux port."
OPEN = on(TEXT, "Selon les chiffres disponibles")
ACCEPTED = quiet(on(TEXT, "40 000 bateaux", "unsourced-statistic.bare"), author="M. Dupont", expires="2026-12-31")
KNOWN = quiet(on(TEXT, "vieux port", "house-style.harbour", "error"), "baseline", "")
REPORT = report_of(TEXT, [OPEN, ACCEPTED, KNOWN])


def test_the_json_says_why() -> None:
    """Only findings that are not open have the field; what is written can be read back."""
    rows = json.loads(written("jsonl", REPORT))["findings"]
    assert [row.get("suppressed") for row in rows] == [
        None,
        {"kind": "suppression", "justification": "a quotation", "author": "M. Dupont", "expires": "2026-12-31"},
        {"kind": "baseline", "justification": "", "author": "", "expires": ""},
    ]
    assert "suppressed" not in rows[0]
    assert Report.from_dict(REPORT.to_dict()).findings == REPORT.findings


def test_the_score_is_that_of_all_findings() -> None:
    """Silencing a finding makes no clipping better: score and penalties stay, and so do the numbers of the findings."""
    loud = report_of(TEXT, [OPEN, *(on(TEXT, f.quote, f.rule, f.severity.label) for f in (ACCEPTED, KNOWN))])
    assert (REPORT.score, REPORT.penalties) == (loud.score, loud.penalties)
    assert REPORT.open == (OPEN,)


def test_the_terminal_names_the_places_only() -> None:
    """The open finding in full, the others in a line a kind; the table counts what is open."""
    out = written("console", REPORT)
    assert out.splitlines()[0].endswith("/100  1 warning, 1 suppressed, 1 known")
    assert "  suppressed: 1:33 unsourced-statistic.bare\n" in out and "  known: 1:73 house-style.harbour\n" in out
    assert "⟦40 000 bateaux⟧" not in out and "house-style        " not in out
    assert "findings 1 suppressed, 1 known" in out
    many = report_of(TEXT, [quiet(finding(TEXT, n, n + 1, "a.b"), "revision", "") for n in range(9)])
    assert "and 4 more" in written("console", many)


def test_markdown_csv_and_html_say_it_beside_the_finding() -> None:
    """With reason, author and date."""
    said = "suppressed by M. Dupont until 2026-12-31: a quotation"
    assert said in written("markdown", REPORT) and "known: in the baseline" in written("markdown", REPORT)
    rows = list(csv.DictReader(io.StringIO(written("csv", REPORT))))
    assert [(row["suppressed"], row["justification"]) for row in rows] == [("", ""), ("suppression", "a quotation"), ("baseline", "")]
    page = written("html", REPORT)
    assert said in page and page.count('<li class="warning quiet"') == 1 and page.count('<li class="error quiet"') == 1


@pytest.mark.parametrize("form", formats())
def test_a_hostile_reason_breaks_out_of_nothing(form: str) -> None:
    """The words of the suppressions file are no safer than those of a clipping."""
    reason = "\n".join(HOSTILE)
    out = written(form, report_of(TEXT, [quiet(OPEN, justification=reason, author=reason, expires=reason)]))
    assert form not in ("html", "markdown") or "<script>" not in out
    assert "\x1b" not in out and "\u202e" not in out
