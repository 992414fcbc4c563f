"""Console, CSV and Markdown: nothing of a clipping breaks out of them, and they say what they are meant to say."""

import csv
import io
import re

import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from credibility.document import Document
from credibility.report import DISCLAIMER, Report
from credibility.visible import HIDDEN, disarmed, one_line, visible_lines
from credibility.writers.csv import CLIPPING, FINDING
from credibility.writers.markdown import escaped
from tests.writing import HOSTILE, finding, on, report_of, reports, texts, unreadable, written

TEXT = "Le port\n\nSelon les chiffres disponibles, des centaines de pêcheurs sont partis depuis mars, et 40 000 bateaux attendent."
VAGUE = on(TEXT, "Selon les chiffres disponibles")
FIGURE = on(TEXT, "40 000 bateaux", "unsourced-statistic.bare", "error", unit="bateaux")


def commands(text: str) -> set[str]:
    """What a terminal would obey in it; the isolates around right-to-left words and line ends are ours."""
    return set(HIDDEN.findall(text)) - {"\n", "\u2068", "\u2069"}


# console


def test_a_finding_in_its_line() -> None:
    """Rule, place, the quotation in brackets where there is no colour, the message, the table, what is never judged."""
    out = written("console", report_of(TEXT, [VAGUE, FIGURE], title="Le port"), report_of("Le port."), unreadable())
    lines = out.splitlines()
    assert lines[0] == "clipping.txt  fr  B 85.8/100  1 error, 1 warning"
    assert lines[1] == "  Le port"
    assert lines[2] == "  warning  3:1  vague-source.figure  83% sure"
    assert lines[3] == "    ⟦Selon les chiffres disponibles⟧, des centaines de pêcheurs sont partis…"
    assert lines[6].endswith("et ⟦40 000 bateaux⟧ attendent.") and lines[6].startswith("    …")
    assert "  not assessed: boilerplate (fewer than 20 words)" in lines
    assert "clipping.txt  fr  A 100/100  no findings" in lines
    assert "broken.txt  could not be read: the file is empty" in lines
    assert "all flags                 1         1      0          1" in [line.replace("·", "0") for line in lines]
    assert "3 clippings: 1 × A, 1 × B, 1 could not be read" in lines
    assert DISCLAIMER in " ".join(lines)
    assert max(map(len, lines)) <= 80


def test_beside_a_long_quotation_no_half_word_stands() -> None:
    """Where next to nothing has room beside the quotation, … stands alone."""
    text = "Selon lui, dès mars " + "les bateaux attendent " * 3 + "au large de la côte."
    (line,) = [line for line in written("console", report_of(text, [on(text, text[20:85])])).splitlines() if "⟦" in line]
    assert line == f"    … ⟦{text[20:85]}⟧…"


def test_no_place_twice_and_no_space_at_the_end_of_a_line() -> None:
    broken = Report(Document("feed.jsonl:2", "", path="feed.jsonl", error="feed.jsonl:2: is no JSON"))
    out = written("console", broken, report_of("Le port \nrouvre", [on("Le port \nrouvre", "port")]))
    assert out.startswith("feed.jsonl:2  could not be read: is no JSON\n")
    assert not re.search(r" $", out, re.MULTILINE)


def test_verbose_says_each_reason_once_and_names_lines() -> None:
    """What a finding rests on is said in words: lines for positions, nothing that is empty or that the message says."""
    text = "Le port rouvre\n\nLe port rouvre\n\nLe port rouvre"
    again = [finding(text, start, start + 14, "repetition.headline", kind="port", unit="", of_start=0, of_end=14) for start in (16, 32)]
    out = written("console", report_of(text, again), verbose=True)
    assert out.count("Rests on: first at line 1, column 1\n") == 2 and out.count("Why: ") == 1


def test_colour_is_for_terminals_or_when_asked_for() -> None:
    """A file gets none by default, and brackets only where there is no colour."""
    report = report_of(TEXT, [VAGUE])
    assert "\x1b" not in written("console", report) and "⟦" in written("console", report)
    coloured = written("console", report, color=True)
    assert "\x1b[" in coloured and "⟦" not in coloured


def test_markup_of_the_terminal_library_is_text() -> None:
    """Square brackets and emoji names in a clipping are shown as they stand."""
    text = "Mot [bold red]gras[/bold red] :smile: [/] [link=http://evil]x[/link]."
    out = written("console", report_of(text, [on(text, "gras")], title="[red]Titre[/red]", id="[i]", path=None), color=True)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert "[bold red]gras[/bold red] :smile: [/] [link=http://evil]x[/link]." in plain
    assert "[red]Titre[/red]" in plain and plain.startswith("[i]  ") and "\x1b]8" not in out


def test_commands_in_a_clipping_are_named() -> None:
    """Escape sequences, carriage returns and bidi controls are shown, not sent."""
    text = "\n".join(HOSTILE)
    report = report_of(text, [on(text, piece) for piece in HOSTILE], id="\x1b]0;own\x07", path=None, title="\u202ebackwards")
    out = written("console", report)
    assert not commands(out)
    assert "␛[31mred␛[0m␛]8;;http" in out and "‹U+202E›gnirts" in out and "‹U+202E›backwards" in out and "␛]0;own␇" in out


def test_right_to_left_lines_are_isolated() -> None:
    """An Arabic quotation cannot draw line numbers to its side."""
    text = "وقالت مصادر مطلعة إن عشرات الأشخاص غادروا المدينة."
    line = written("console", report_of(text, [on(text, "مصادر مطلعة")], language="ar")).splitlines()[2]
    assert line.startswith("    \u2068") and line.endswith("\u2069") and "⟦مصادر مطلعة⟧" in line


def test_a_long_line_costs_no_more_than_its_window() -> None:
    """A quotation as long as the article, and findings in one line of 200,000 characters, fit the screen."""
    text = "mot " * 50_000
    out = written(
        "console", report_of(text, [finding(text, 0, len(text), "machine-translation.article"), finding(text, 99_996, 99_999, "a.b")])
    )
    assert max(map(len, out.splitlines())) <= 80
    assert re.search(r"⟦mot mot [mot ]+… ?mot[mot ]+⟧", out) and re.search(r"…[mot ]+⟦mot⟧[mot ]+…", out)


@settings(max_examples=100, deadline=None)
@given(reports())
def test_no_clipping_commands_a_terminal(report: Report) -> None:
    """Whatever text, title, id, evidence and spans."""
    assert not commands(written("console", report))


# csv


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_a_finding() -> None:
    """A clipping without findings, and one that could not be read, keep a row, so that none is lost."""
    found = rows(written("csv", report_of(TEXT, [VAGUE, FIGURE]), report_of("Le port."), unreadable()))
    assert [row["rule"] for row in found] == ["vague-source.figure", "unsourced-statistic.bare", "", ""]
    assert found[1]["evidence"] == '{"unit": "bateaux"}' and (found[0]["line"], found[0]["column"]) == ("3", "1")
    assert TEXT[int(found[0]["start"]) : int(found[0]["end"])] == found[0]["quote"]
    assert found[3]["error"] == "the file is empty"


@settings(max_examples=100, deadline=None)
@given(reports())
def test_csv_reads_back_without_formulas(report: Report) -> None:
    """Every cell is what was written, but for named controls, broken log commands and the apostrophe before a formula."""
    found = rows(written("csv", report))
    data = report.to_dict()
    assert len(found) == max(1, len(report.findings))
    for row, wanted in zip(found, data["findings"], strict=False):
        for name in ("id", "title", "quote", "message", "url"):
            value = data[name] if name in CLIPPING else wanted[name]
            shown = disarmed(visible_lines(value or ""))
            assert row[name].removeprefix("'" if row[name] != shown else "") == shown
        for name in (*CLIPPING, *FINDING):
            assert not row[name].startswith(tuple("=+-@\t\r\n＝＋－＠"))
            assert not set(row[name]) & set("\x1b\x00\u202e\u2066\ud800")


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1"])
def test_each_start_of_a_formula(title: str) -> None:
    """The list of OWASP, one by one."""
    (row,) = rows(written("csv", report_of("Le port.", title=title)))
    assert row["title"] == "'" + title


# markdown


def tokens(markdown: str) -> list[Token]:
    """What a reader with tables and raw HTML makes of it, flat."""
    parsed = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)
    return [inner for token in parsed for inner in (token, *(token.children or []))]


def test_markdown_says_it_all() -> None:
    """Summary first, then each clipping with its quotations."""
    out = written(
        "markdown", report_of(TEXT, [VAGUE] + [finding(TEXT, n, n + 2, "a.b") for n in range(0, 12)]), report_of("Le port."), unreadable()
    )
    kinds = [token.type for token in tokens(out)]
    assert kinds.count("heading_open") == 4 and kinds.count("blockquote_open") == 13 and kinds.count("ordered_list_open") == 1
    assert kinds.count("tr_open") == 4 and kinds.index("table_open") < kinds.index("blockquote_open")
    assert "> Selon les chiffres disponibles\n" in out and DISCLAIMER in out and "could not be read: the file is empty" in out


@settings(max_examples=200, deadline=None)
@given(texts)
@example("1. a")
@example("12) a")
@example("- a")
@example("====")
@example("\\")
@example("&amp; &#64;")
@example("a@b.example http://x www.x.example #1 GH-1 :tada:")
def test_escaped_text_is_shown_letter_by_letter(text: str) -> None:
    """In a paragraph, a quotation and a table cell there is no markup in it and no text lost."""
    wanted = one_line(text)
    for before, after in (("", ""), ("> ", ""), ("| a |\n|---|\n| ", " |")):
        plain = {"text", "inline", "text_special", "paragraph_open", "blockquote_open", "table_open", "thead_open", "tbody_open"}
        plain |= {"tr_open", "th_open", "td_open"}
        assert {t.type for t in tokens(before + escaped(text) + after) if not t.type.endswith("_close")} <= plain
    shown = "".join(token.content for token in tokens("x" + escaped(text)) if token.type in ("text", "text_special"))
    assert shown.replace("\u2060", "") == "x" + wanted


REFERENCES = ["@everyone", "#12", "GH-13", "http://evil.example", "https://evil.example", "www.evil.example", "a@evil.example", ":smile:"]


@pytest.mark.parametrize("reference", REFERENCES)
def test_github_makes_no_link_of_it(reference: str) -> None:
    """What GitHub links after rendering is broken by a character that shows nothing."""
    shown = "".join(token.content for token in tokens(escaped(f"x {reference} y")) if token.type in ("text", "text_special"))
    assert reference not in shown and reference in shown.replace("\u2060", "")


@settings(max_examples=100, deadline=None)
@given(reports())
def test_no_clipping_breaks_out_of_markdown(report: Report) -> None:
    """No raw HTML, link or image, and nothing for a terminal that shows the file."""
    out = written("markdown", report)
    assert not {t.type for t in tokens(out)} & {"link_open", "image", "html_inline", "html_block", "fence", "code_inline", "code_block"}
    assert set(HIDDEN.findall(out)) <= {"\n"}
    assert sum(token.type == "blockquote_open" for token in tokens(out)) == len(report.findings)
