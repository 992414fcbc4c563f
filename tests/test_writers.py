"""The registry of formats, and JSON: what is written can be read back, whatever the clipping holds."""

import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from credibility.errors import UsageError
from credibility.report import Report
from credibility.visible import HIDDEN, name, one_line, visible, visible_lines
from credibility.writers import WriteOptions, formats, write
from tests.writing import HOSTILE, finding, on, report_of, reports, texts, unreadable, written


def test_an_unknown_format_names_the_nearest() -> None:
    """A typing mistake is answered with the right name."""
    with pytest.raises(UsageError, match="did you mean 'jsonl'"):
        write("jsnl", [], io.StringIO())


def test_no_format_loads_the_libraries_of_another() -> None:
    """Asking for jsonl imports neither rich nor another format."""
    code = (
        "import sys, io\nfrom credibility.writers import write, formats\nformats()\nwrite('jsonl', [], io.StringIO())\n"
        "print(sorted(m for m in sys.modules if m.partition('.')[0] == 'rich' or m.startswith('credibility.writers.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "['credibility.writers.jsonl']\n", done.stderr


def test_json_lines_are_flushed_as_they_are_made() -> None:
    """Each line is out before the next clipping is looked at."""
    out = io.StringIO()
    seen: list[int] = []

    def source() -> Iterator[Report]:
        for _ in range(3):
            seen.append(out.getvalue().count("\n"))
            yield report_of("Le port.")

    write("jsonl", source(), out)
    assert seen == [0, 1, 2]


@settings(max_examples=100, deadline=None)
@given(reports())
def test_json_gives_the_report_back(report: Report) -> None:
    """Both JSON formats hold the whole contract, in ASCII: nothing a terminal, log or UTF-8 encoder could trip over."""
    expected = [report.to_dict(include_text=True)] * 2
    line = written("jsonl", report, report, include_text=True)
    array = written("json", report, report, include_text=True)
    assert line.isascii() and array.isascii() and not HIDDEN.search(line.replace("\n", ""))
    assert [json.loads(row) for row in line.splitlines()] == expected == json.loads(array)
    assert Report.from_dict(json.loads(array)[0]).to_dict(include_text=True) == expected[0]


def test_json_without_reports_and_with_an_unreadable_one() -> None:
    """An empty run is an empty array, and a clipping that could not be read is not lost."""
    assert written("jsonl") == "" and json.loads(written("json")) == []
    (report,) = json.loads(written("json", unreadable()))
    assert (report["error"], report["score"], report["findings"]) == ("the file is empty", None, [])


def test_text_is_written_only_when_asked_for() -> None:
    """`--include text` adds the text, its main part and its blocks."""
    report = report_of("Le port. Selon les chiffres disponibles.", [on("Le port. Selon les chiffres disponibles.", "Selon")])
    assert "text" not in json.loads(written("jsonl", report))
    assert json.loads(written("jsonl", report, include_text=True))["text"] == report.document.text


@settings(max_examples=200, deadline=None)
@given(texts)
def test_nothing_hidden_stays_hidden(text: str) -> None:
    """Every control, bidi control, tag and lone surrogate is named; all other characters stay."""
    assert not HIDDEN.search(visible(text)) and not HIDDEN.search(one_line(text))
    assert not set(visible_lines(text)) & set("\x1b\x9b\x00\u202e\u2066\u200f\u2028\ud800\U000e0041")
    assert "".join(name(c) if HIDDEN.match(c) else c for c in text) == visible(text)
    visible(text).encode("utf-8")


@pytest.mark.parametrize("form", formats())
def test_every_format_takes_any_clipping(form: str) -> None:
    """No format stops at a hostile clipping, one without text, without findings or unreadable; the same twice is the same."""
    text = "\n".join(HOSTILE)
    hostile = report_of(text, [on(text, piece) for piece in HOSTILE], **dict.fromkeys(("id", "title", "source", "published", "url"), text))
    without_text = Report.from_dict(hostile.to_dict())
    given = (hostile, without_text, unreadable(), report_of("Le port."))
    out = written(form, *given, include_text=True)
    assert out == written(form, *given, include_text=True) and out.endswith("\n")
    out.encode("utf-8")


@pytest.mark.parametrize("form", formats())
def test_an_empty_run_is_no_mistake(form: str) -> None:
    """Without clippings every format writes what its readers take for empty."""
    out = io.StringIO()
    write(form, [], out, WriteOptions(color=False))
    assert out.getvalue() == "" or out.getvalue().endswith("\n")


@settings(max_examples=100, deadline=None)
@given(reports())
def test_line_and_column_of_every_finding(report: Report) -> None:
    """Counted from 1 in code points; lines end at a newline."""
    for row in report.to_dict()["findings"]:
        before = report.document.text[: row["start"]]
        assert (row["line"], row["column"]) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize("form", formats())
def test_one_endless_line_with_thousands_of_findings(form: str) -> None:
    """1 MB without a newline and 5,000 findings: time in proportion, not to the square (which would be 40 s and more)."""
    text = "mot " * 250_000
    report = report_of(text, [finding(text, n, n + 3, "a.b") for n in range(0, len(text), 200)])
    start = time.process_time()
    written(form, report)
    assert time.process_time() - start < 5
