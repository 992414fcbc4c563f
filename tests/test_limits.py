"""What a run fails on: severity, score, counts and shares, over what is open, each told in one line."""

import json
from pathlib import Path

import pytest

from credibility.score import open_score
from tests.clippings import CLIPPINGS, DECLARED, GOOD, VAGUE, check, put, run
from tests.writing import on, quiet, report_of


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, a_txt=VAGUE, b_txt=GOOD, c_txt=DECLARED, d_txt=GOOD)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "fail-on error (default): 1 finding in 1 clipping, the first at c.txt:1:1 machine-translation.declared"),
        (
            ("--fail-on", "warning"),
            "fail-on warning (command line): 2 findings in 2 clippings, the first at a.txt:1:1 vague-source.unnamed",
        ),
        (("--fail-on", "never"), None),
        (("--min-score", "80"), "min-score 80 (command line): 1 of 4 clippings below it, the lowest c.txt with 76"),
        (("--min-score", "76"), None),
        (
            ("--max", "vague-source=0"),
            "max vague-source=0 (command line): 1 finding in 1 clipping, the first at a.txt:1:1 vague-source.unnamed",
        ),
        (("--max", "vague-source.unnamed=1"), None),
        (("--max", "warning=0"), "max warning=0 (command line): 1 finding in 1 clipping, the first at a.txt:1:1 vague-source.unnamed"),
        (("--max", "all=2"), "max all=2 (command line): 3 findings in 2 clippings, the first at a.txt:1:1 vague-source.unnamed"),
        (("--max", "all=3", "--max", "error=1"), None),
        (
            ("--max-share", "all=0.4"),
            "max-share all=0.4 (command line): 2 of 4 clippings (50.0%), the first at a.txt:1:1 vague-source.unnamed",
        ),
        (("--max-share", "all=0.5"), None),
    ],
)
def test_each_limit(options: tuple[str, ...], said: str | None) -> None:
    """Status 1 and one line that says which, where it was set, what was counted and where to look."""
    never = () if not options or options[0] == "--fail-on" else ("--fail-on", "never")
    status, found, lines = check(".", *options, *never)
    assert (status, lines) == ((0, []) if said is None else (1, [f"credibility: failed: {said}"]))
    assert len(found) == 4


def test_limits_of_a_file_hold_for_its_clippings(tmp_path: Path) -> None:
    """Two files count apart; one of the command line counts the whole run; what an override sets says so."""
    put(tmp_path, wire__a_txt=VAGUE, wire__credibility_toml="[max]\nvague-source = 1\n", credibility_toml="[max]\nvague-source = 1\n")
    assert check(".", "--fail-on", "never")[0] == 0
    status, _, lines = check(".", "--fail-on", "never", "--max", "vague-source=1")
    assert status == 1 and "max vague-source=1 (command line): 2 findings in 2 clippings" in lines[0]
    put(tmp_path, credibility_toml='min-score = 100\n[[override]]\npaths = ["/a.txt"]\nfail-on = "warning"\nmin-score = 50\n')
    _, _, lines = check("a.txt", "b.txt")
    assert [line.partition("failed: ")[2].partition(":")[0] for line in lines] == ["fail-on warning (credibility.toml)"]


def test_what_could_not_be_read_is_status_2_and_in_no_count(tmp_path: Path) -> None:
    """The limits are told all the same."""
    status, found, lines = check("a.txt", "none.txt", "--max-share", "vague-source=0.6")
    assert status == 2 and len(found) == 2 and "max-share vague-source=0.6 (command line): 1 of 1 clipping (100.0%)" in lines[-1]


def test_no_limit_counts_what_is_suppressed_or_known() -> None:
    """Nor does --min-score: it asks what the open findings alone would leave; the report's own score stays."""
    text = "Selon les chiffres disponibles, 40 000 bateaux attendent."
    findings = [on(text, "Selon les chiffres disponibles"), on(text, "40 000 bateaux", "unsourced-statistic.bare")]
    loud = report_of(text, findings)
    half = report_of(text, [findings[0], quiet(findings[1])])
    still = report_of(text, [quiet(f, "baseline", "") for f in findings])
    assert loud.score == half.score == still.score == open_score(loud)
    assert open_score(still) == 100 and (open_score(half) or 0) > (loud.score or 0)
    run("suppress", "c.txt", "--all", "--reason", "x")
    status, (report,), lines = check("c.txt", "--min-score", "100", "--max", "all=0", "--max-share", "all=0", "--fail-on", "note")
    assert status == 0 and not lines and report["score"] == 76


def test_a_run_without_anything_set_is_what_it_was() -> None:
    """No field is added to a report, and no other process is thought of."""
    import subprocess
    import sys

    code = (
        "import sys\nfrom credibility.cli import main\n"
        f"try: main(['check', '--format', 'jsonl', {str(CLIPPINGS / 'fr-english-clause.txt')!r}, '.'])\nexcept SystemExit: pass\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'subprocess'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    *lines, modules = done.stdout.splitlines()
    assert modules == "[]", done.stderr
    assert all("suppressed" not in finding for line in lines for finding in json.loads(line)["findings"])


def test_the_same_in_several_processes(tmp_path: Path) -> None:
    """Settings by path, suppressions and limits: reports and lines are those of one process."""
    put(tmp_path, credibility_toml='fail-on = "note"\n[[override]]\npaths = ["/c.txt"]\nseverity.machine-translation = "note"\n')
    run("suppress", "a.txt", "--rule", "vague-source", "--reason", "x")
    one, two = (check(".", "--max", "all=1", "--jobs", jobs) for jobs in ("1", "2"))
    assert one == two and one[0] == 1 and len(one[2]) == 2
