"""The report on each clipping of `fixtures/clippings` is, byte for byte, the golden one beside it."""

import json
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.goldens import CLIPPINGS, ENDING, clippings, golden, report_text


@pytest.mark.parametrize("clipping", clippings(), ids=lambda path: path.name)
def test_report_is_the_golden_one(clipping: Path) -> None:
    """A change that is meant is made with `make goldens` and read as a diff."""
    expected = golden(clipping).read_text(encoding="utf-8")
    found = report_text(clipping)
    if found != expected:
        diff = unified_diff(expected.split("\n"), found.split("\n"), golden(clipping).name, "report now", n=4, lineterm="")
        pytest.fail("\n".join([*diff][:200]) + "\nIf this is what you meant: make goldens", pytrace=False)


def test_no_golden_report_without_a_clipping() -> None:
    """A clipping that was renamed takes its report along."""
    assert sorted(CLIPPINGS.glob("*" + ENDING)) == [golden(clipping) for clipping in clippings()]


def test_golden_reports_cover_the_contract() -> None:
    """Three languages of the mission and more, text and HTML, clean ones and ones with errors."""
    reports = {path.name: json.loads(golden(path).read_text(encoding="utf-8")) for path in clippings()}
    assert len(reports) >= 12
    assert {"fr", "ar", "en", "de", "es", "ru"} <= {report["language"] for report in reports.values()}
    assert {".txt", ".html"} == {Path(name).suffix for name in reports}
    for name, report in reports.items():
        for finding in report["findings"]:
            assert report["text"][finding["start"] : finding["end"]] == finding["quote"], name
    for name in ("fr-agency-copy.txt", "ar-agency-copy.txt", "en-sourced-feature.txt", "es-sourced-report.txt"):
        assert reports[name]["grade"] == "A", name
    for name in ("fr-agency-copy.txt", "ar-agency-copy.txt"):
        assert not [finding for finding in reports[name]["findings"] if finding["severity"] != "note"], name


@pytest.mark.parametrize(
    ("name", "flag"),
    [
        ("fr-translated-page.txt", "machine-translation"),
        ("fr-undeclared-translation.txt", "machine-translation"),
        ("fr-english-clause.txt", "mixed-language"),
        ("fr-vague-sources.txt", "vague-source"),
        ("ar-share-leftovers.txt", "boilerplate"),
        ("ar-jsonld-page.html", "boilerplate"),
        ("en-page-full-of-leftovers.html", "boilerplate"),
        ("en-unsourced-figures.txt", "unsourced-statistic"),
        ("ru-unsourced-figures.txt", "unsourced-statistic"),
        ("de-repeated-paragraph.txt", "repetition"),
        ("fr-date-conflict.html", "date-conflict"),
        ("fr-mojibake.txt", "encoding"),
        ("fr-old-page.html", "code-scrap"),
        ("hostile.txt", "encoding"),
        ("hostile.html", "code-scrap"),
    ],
)
def test_a_clipping_has_the_flag_that_it_is_there_for(name: str, flag: str) -> None:
    """So that renewing the goldens cannot lose what a clipping shows."""
    report = json.loads(golden(CLIPPINGS / name).read_text(encoding="utf-8"))
    assert report["checks"][flag] == "fired"
