"""Accepted findings beside the clippings: written by a command, found again after edits, and reported when they are of no use."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.config import DEFAULT
from credibility.gates.anchors import whole_characters
from credibility.gates.entries import NAME, read_entries
from credibility.gates.ledger import Ledger
from credibility.gates.writing import add_entries, entries_for, entry_text, remove_entries
from credibility.report import Report
from tests.clippings import DECLARED, GOOD, VAGUE, check, put, rules_of, run
from tests.gates_world import reports
from tests.writing import HOSTILE

TODAY = date(2026, 6, 1)
RULES = ["unsourced-statistic.vague", "vague-source.unnamed"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def suppress(*arguments: str | Path) -> str:
    """What the command says, which must succeed."""
    result = run("suppress", *arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


# the command


def test_one_finding_is_accepted_and_no_other(tmp_path: Path) -> None:
    """With reason, author and date in the report; score and penalties stay; only what is open counts."""
    put(tmp_path, a_txt=VAGUE, b_txt=VAGUE)
    before = check("a.txt", "b.txt", "--fail-on", "note")
    said = suppress("a.txt", "--rule", "vague-source", "--reason", "checked", "--author", "M. Dupont", "--expires", "2999-12-31")
    assert said == "credibility-suppressions.toml: 1 entry added\n"
    status, found, lines = check("a.txt", "b.txt", "--fail-on", "note", "--max", "vague-source=0")
    assert [sorted(rules_of(report)) for report in found] == [RULES[:1], RULES]
    (marked,) = (f for f in found[0]["findings"] if "suppressed" in f)
    assert marked["suppressed"] == {"kind": "suppression", "justification": "checked", "author": "M. Dupont", "expires": "2999-12-31"}
    assert [(r["score"], r["penalties"]) for r in found] == [(r["score"], r["penalties"]) for r in before[1]]
    assert status == 1 and lines == [
        "credibility: failed: fail-on note (command line): 3 findings in 2 clippings, the first at a.txt:1:37 unsourced-statistic.vague",
        "credibility: failed: max vague-source=0 (command line): 1 finding in 1 clipping, the first at b.txt:1:1 vague-source.unnamed",
    ]
    suppress("a.txt", "b.txt", "--all", "--reason", "checked too")
    status, found, lines = check("a.txt", "b.txt", "--fail-on", "note")
    assert status == 0 and not lines and not any(map(rules_of, found))


def test_a_quotation_chooses_and_nothing_to_do_is_said(tmp_path: Path) -> None:
    """--quote as the rules read text; a second call finds nothing open."""
    put(tmp_path, a_txt=VAGUE + "\n\nSelon les experts, le vieux port a été fermé.\n")
    assert "1 entry" in suppress("a.txt", "--rule", "vague-source", "--quote", "LES  EXPERTS", "--reason", "x")
    (report,) = check("a.txt")[1]
    assert [f["quote"] for f in report["findings"] if "suppressed" in f] == ["Selon les experts"]
    assert (
        suppress("a.txt", "--rule", "vague-source", "--quote", "les experts", "--reason", "x")
        == "nothing to do: no open finding is meant\n"
    )


def test_it_holds_while_the_clipping_is_edited(tmp_path: Path) -> None:
    """A new lede, capitals, other spaces, a changed end; not when the words themselves change."""
    put(tmp_path, a_txt=VAGUE)
    suppress("a.txt", "--all", "--reason", "checked")
    edited = (
        "Le port va mal, dit la mairie.\n\n"
        + VAGUE.replace("chiffres disponibles", "CHIFFRES \u00a0disponibles")
        + "\nLa suite demain, dit-elle.\n"
    )
    put(tmp_path, a_txt=edited)
    status, (report,), lines = check("a.txt", "--fail-on", "warning")
    assert status == 0 and not lines and sorted(rules_of(report, "suppression")) == RULES
    put(tmp_path, a_txt=VAGUE.replace("disponibles", "publiés"))
    status, (report,), lines = check("a.txt")
    assert "fits no finding any more: vague-source.unnamed in a.txt, 'selon les chiffres disponibles'; remove it" in lines[0]


def test_rows_of_a_table_and_pages(tmp_path: Path) -> None:
    """Each row by its id, or by its number; a page by the words that it shows."""
    put(tmp_path, feed_jsonl="\n".join(json.dumps(row) for row in ({"id": "r1", "text": VAGUE}, {"text": VAGUE})))
    put(tmp_path, page_html=f"<html lang=fr><body><h1>Le port</h1><p>{VAGUE}</p></body></html>")
    suppress("feed.jsonl", "page.html", "--rule", "vague-source", "--reason", "x")
    named = [entry.clipping for entry in read_entries(Path(NAME), reasons=True)]
    assert named == ["feed.jsonl#r1", "feed.jsonl:2", "page.html"]
    assert all("vague-source.unnamed" in rules_of(report, "suppression") for report in check("feed.jsonl", "page.html")[1])


def test_the_file_is_the_nearest_upwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its clippings are seen from its own folder, from wherever the run starts; --suppressions names another, --isolated none."""
    put(tmp_path, wire__deep__a_txt=VAGUE)
    (tmp_path / "wire" / NAME).write_text("# ours\n", encoding="utf-8")
    assert suppress("wire/deep/a.txt", "--all", "--reason", "x").startswith(f"wire/{NAME}: 2 entries")
    assert (tmp_path / "wire" / NAME).read_text(encoding="utf-8").startswith('# ours\n\n[[suppression]]\nrule = "')
    monkeypatch.chdir(tmp_path / "wire" / "deep")
    assert rules_of(check("a.txt")[1][0]) == [] and len(rules_of(check("a.txt", "--isolated")[1][0])) == 2
    put(tmp_path, other_toml="")
    assert len(rules_of(check("a.txt", "--suppressions", "../../other.toml")[1][0])) == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "give one of --rule, --all and --prune"),
        (("--rule", "encoding", "--all", "--reason", "x"), "give one of"),
        (("--all",), "--reason is missing; say why"),
        (("--all", "--reason", " "), "--reason is missing"),
        (("--rule", "encodng", "--reason", "x"), "--rule encodng: there is no such flag or rule; did you mean 'encoding'?"),
        (("--all", "--reason", "x", "--expires", "31.12.2026"), "--expires"),
        (("--all", "--reason", "x", "--expires", "2020-01-31"), "--expires 2020-01-31 is past"),
        (("--all", "--reason", "x", "none.txt"), "none.txt: does not exist; check the path; nothing was written"),
    ],
)
def test_a_wrong_call(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    """Status 2, a line, and no file."""
    put(tmp_path, a_txt=VAGUE)
    result = run("suppress", "a.txt", *arguments)
    assert result.exit_code == 2 and says in result.stderr and not (tmp_path / NAME).exists()


# expired, unused, pruned


def test_expired_and_unused_entries_are_told_and_can_fail(tmp_path: Path) -> None:
    """Only of clippings that were checked and rules that were looked for; of all, where their whole folder was."""
    put(tmp_path, a_txt=VAGUE, b_txt=GOOD)
    entries = (
        ("vague-source", "a.txt", "2020-01-01"),
        ("encoding", "a.txt", ""),
        ("vague-source", "b.txt", ""),
        ("vague-source", "gone.txt", ""),
    )
    (tmp_path / NAME).write_text(
        "".join(
            f'[[suppression]]\nrule = "{rule}"\nclipping = "{clipping}"\nreason = "x"\n' + (f"expires = {day}\n" if day else "")
            for rule, clipping, day in entries
        ),
        encoding="utf-8",
    )
    status, (report,), lines = check("a.txt")
    assert status == 0 and "vague-source.unnamed" in rules_of(report)
    assert [line.partition(": ")[2] for line in lines] == [
        f"{NAME}:1: expired on 2020-01-01, so that its finding counts again: vague-source in a.txt",
        f"{NAME}:6: fits no finding any more: encoding in a.txt; remove it, or run suppress --prune",
    ]
    assert len(check("a.txt", "--select", "vague-source")[2]) == 1 and len(check(".")[2]) == 4 and not check(".", "--isolated")[2]
    status, _, lines = check("b.txt", "--fail-on-unused")
    assert status == 1 and lines[-1] == f"credibility: failed: fail-on-unused (command line): entries of {NAME} do not hold any more"
    put(tmp_path, credibility_toml="fail-on-unused = true\n")
    assert check("b.txt")[0] == 1
    assert suppress(".", "--prune") == f"{NAME}: 4 entries taken out, 0 left\n"
    assert check(".")[0] == 0 and suppress(".", "--prune") == "nothing to do: every entry still holds\n"


def test_pruning_keeps_the_rest_of_the_file(tmp_path: Path) -> None:
    """Comments, order and spelling; the comment right above an entry goes with it."""
    entry = '[[suppression]]\nrule = "{}"\nquote = "a"\nreason = "x"\n'
    text = (
        "# Ours.\n\n"
        + entry.format("a.a")
        + "# of b\n"
        + entry.format("a.b")
        + "\n# of c\n[[ suppression ]] # c\n"
        + "quote = 'x'\nrule = 'a.c'\nreason = 'y'\n"
    )
    path = tmp_path / NAME
    path.write_text(text, encoding="utf-8")
    remove_entries(path, [1])
    assert (
        path.read_text(encoding="utf-8")
        == "# Ours.\n\n" + entry.format("a.a") + "\n# of c\n[[ suppression ]] # c\nquote = 'x'\nrule = 'a.c'\nreason = 'y'\n"
    )
    remove_entries(path, [0, 1])
    assert path.read_text(encoding="utf-8") == "# Ours.\n"


def test_a_file_that_cannot_be_cut_is_left(tmp_path: Path) -> None:
    """Inline tables, and a text that holds a header: nothing is written, and what to do is said."""
    put(tmp_path, a_txt=GOOD)
    inline = 'suppression = [{rule = "encoding", clipping = "a.txt", reason = "x"}]\n'
    (tmp_path / NAME).write_text(inline, encoding="utf-8")
    result = run("suppress", "a.txt", "--prune")
    assert result.exit_code == 2 and "take the entries out by hand" in result.stderr
    put(tmp_path, a_txt=VAGUE)
    result = run("suppress", "a.txt", "--all", "--reason", "x")
    assert result.exit_code == 2 and "write its entries as [[suppression]] tables" in result.stderr
    assert (tmp_path / NAME).read_text(encoding="utf-8") == inline
    hidden = '[[suppression]]\nrule = "encoding"\nclipping = "a.txt"\nreason = """\n[[suppression]]\n"""\n'
    (tmp_path / NAME).write_text(hidden, encoding="utf-8")
    assert run("suppress", "a.txt", "--prune").exit_code == 2 and (tmp_path / NAME).read_text(encoding="utf-8") == hidden


# the file


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("suppresion = []\n", f"{NAME}:1: unknown key 'suppresion'; this file holds [[suppression]] tables only"),
        ('\n[suppression]\nrule = "a"\n', f"{NAME}:2: write [[suppression]], with two brackets on each side"),
        ('[[suppression]]\nrule = "a"\nclip = "b"\n', f"{NAME}:3: unknown key 'clip'; did you mean 'clipping'?"),
        ('[[suppression]]\nclipping = "b"\nreason = "x"\n', f"{NAME}:1: 'rule' is missing"),
        ('[[suppression]]\nrule = "a"\nclipping = "b"\n', f"{NAME}:1: 'reason' is missing; say why the finding may stand"),
        ('[[suppression]]\nrule = "a"\nreason = "x"\n', f"{NAME}:1: neither 'clipping' nor 'quote' is given"),
        ('[[suppression]]\nrule = "a"\nreason = "x"\nclipping = "b"\nprefix = ""\n', "'quote' is missing"),
        ('\n\n[[suppression]]\nrule = "a"\nreason = "x"\nquote = 3\n', f"{NAME}:6: quote: a text in quotes is expected, not 3"),
        ('[[suppression]]\nrule = "a"\nreason = "x"\nquote = "q"\noccurrence = 0\n', f"{NAME}:5: occurrence: counts from 1, it is 0"),
        (
            '[[suppression]]\nrule = "a"\nreason = "x"\nquote = "q"\nexpires = "2026-01-01"\n',
            f"{NAME}:5: expires: a date like 2027-01-31 is expected",
        ),
        ('[[suppression]]\nrule = "a"\nreason = "x"\nquote = "q"\nexpires = 2026-01-01T00:00:00\n', "without a time"),
        ("suppression = [1]\n", f"{NAME}:1: write [[suppression]]"),
        ("[[suppression]]\nrule = \n", f"{NAME}:2:8: Invalid value"),
        ("x = " + "[" * 3000, f"{NAME}: is no TOML of ours: brackets in brackets"),
    ],
)
def test_a_mistake_names_file_and_line(tmp_path: Path, text: str, says: str) -> None:
    """In one line, before anything is checked."""
    put(tmp_path, a_txt=GOOD)
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    status, found, lines = check("a.txt")
    assert (status, found, len(lines)) == (2, [], 1) and says in lines[0], lines


def test_a_huge_file_is_refused_and_a_large_one_is_not(tmp_path: Path) -> None:
    """20 MB at most; 20,000 entries are read in a moment, and those of other clippings cost nothing."""
    put(tmp_path, a_txt=GOOD)
    (tmp_path / NAME).write_text("#" * 20_000_001, encoding="utf-8")
    assert "is larger than 20 MB" in check("a.txt")[2][0]
    entry = '[[suppression]]\nrule = "encoding"\nclipping = "b.txt"\nquote = "mot"\nprefix = "{}"\nsuffix = ""\nreason = "x"\n'
    (tmp_path / NAME).write_text("".join(entry.format(n) for n in range(20_000)), encoding="utf-8")
    start = time.process_time()
    assert check("a.txt")[0] == 0
    assert time.process_time() - start < 20


def test_entries_by_hand(tmp_path: Path) -> None:
    """A flag for a whole clipping; a quotation for any clipping, everywhere it stands."""
    put(tmp_path, a_txt=VAGUE, wire__b_txt=VAGUE + "\n" + VAGUE)
    (tmp_path / NAME).write_text(
        '[[suppression]]\nrule = "unsourced-statistic"\nclipping = "a.txt"\nreason = "x"\n'
        '[[suppression]]\nrule = "vague-source.unnamed"\nquote = "selon les chiffres disponibles"\nreason = "y"\n',
        encoding="utf-8",
    )
    _, (a, b), lines = check(".")
    assert rules_of(a) == [] and "vague-source.unnamed" not in rules_of(b) and rules_of(b, "suppression").count("vague-source.unnamed") == 2
    assert not lines


# whatever the text


def suppressed(report: Report, path: Path) -> list[int]:
    """Numbers of the findings that a file of suppressions marks."""
    marked = Ledger(path, "suppression", TODAY).mark(report, DEFAULT)
    return [number for number, finding in enumerate(marked.findings) if finding.suppressed]


@settings(max_examples=150, deadline=None)
@given(reports(), st.data())
def test_an_entry_suppresses_its_finding_and_no_other(report: Report, data: st.DataObject) -> None:
    """Written to a file and read back, for any text; the order of entries makes no difference."""
    path = Path(NAME)
    path.unlink(missing_ok=True)
    numbers = data.draw(st.sets(st.integers(0, len(report.findings) - 1)).map(sorted))
    entries = entries_for(report, numbers, Path.cwd(), reason=data.draw(st.sampled_from(HOSTILE)) or "x", author="\u202e\x00\x7f")
    add_entries(path, data.draw(st.permutations(entries)))
    assert suppressed(report, path) == numbers
    assert {e.reason for e in read_entries(path, reasons=True)} == {whole_characters(e.reason) for e in entries}
    if numbers:
        gone = data.draw(st.integers(0, len(numbers) - 1))
        kept = read_entries(path, reasons=True)
        remove_entries(path, [gone])
        assert [entry_text(e) for e in read_entries(path, reasons=True)] == [entry_text(e) for n, e in enumerate(kept) if n != gone]


def test_a_whole_article_is_not_copied() -> None:
    """A verdict on all of a text is told by its two ends."""
    from tests.gates_world import finding, report_on

    text = "Le port est fermé. " * 500
    (entry,) = entries_for(report_on(text, [finding(text, 0, len(text))]), [0], Path.cwd())
    assert len(entry_text(entry)) < 400


# the baseline


def test_a_baseline_is_written_and_known(tmp_path: Path) -> None:
    """All that is open goes in; then only what is new counts, and what is gone is told in one line."""
    put(tmp_path, old__a_txt=VAGUE, old__b_txt=VAGUE + "\n" + VAGUE, old__c_txt=DECLARED)
    suppress("old/c.txt", "--all", "--reason", "x")
    status, found, lines = check("old", "--fail-on", "note", "--write-baseline", "ci/baseline.toml".replace("ci/", ""))
    assert status == 0 and not lines and not any(map(rules_of, found))
    entries = read_entries(Path("baseline.toml"), reasons=False)
    assert {entry.clipping for entry in entries} == {"old/a.txt", "old/b.txt"}
    status, found, lines = check("old", "--fail-on", "note", "--baseline", "baseline.toml")
    assert status == 0 and not lines and all(rules_of(report, "baseline") for report in found[:2])
    put(
        tmp_path,
        old__a_txt=VAGUE + "\nSelon les experts, le port va mal.\n",
        old__b_txt=GOOD,
        credibility_toml='baseline = "baseline.toml"\nfail-on = "note"\n',
    )
    status, found, lines = check("old")
    assert status == 1 and rules_of(found[0]) == ["vague-source.unnamed"]
    gone = len([entry for entry in entries if entry.clipping == "old/b.txt"])
    assert (
        lines[0]
        == f"credibility: baseline.toml: {gone} of {len(entries)} entries fit no finding any more; write it again with --write-baseline"
    )
    assert check("old", "--fail-on-unused", "--fail-on", "never")[0] == 1
    assert check("old", "--write-baseline", "baseline.toml")[0] == 0 == check("old")[0]


def test_a_baseline_that_is_not_there(tmp_path: Path) -> None:
    """Is a mistake, not an empty one; so is a folder that cannot be written to."""
    put(tmp_path, a_txt=VAGUE)
    assert check("a.txt", "--baseline", "none.toml")[2] == [
        "credibility: none.toml: cannot be read: No such file or directory; check the path"
    ]
    status, _, lines = check("a.txt", "--write-baseline", "no/folder/b.toml")
    assert status == 2 and "no/folder/b.toml: cannot be written" in lines[-1]
