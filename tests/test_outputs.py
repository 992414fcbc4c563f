"""Several formats in one run, how much the console says, and completion."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from credibility.cli import main
from credibility.errors import UsageError
from credibility.report import Report
from credibility.writers import WriteOptions, formats
from credibility.writers._several import Target, write_all
from tests.writing import on, report_of, written

ROOT = Path(__file__).parent.parent
VAGUE = "Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le vieux port depuis le mois de mars.\n"
GOOD = "Le vieux port a rouvert lundi, a annoncé la mairie. Les bateaux sortent de nouveau et les pêcheurs sont contents.\n"
PATIENCE = 120  # seconds that a busy machine may take to start a process


def credibility(*arguments: str | Path) -> Result:
    """One call of the command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with two clippings."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("a.txt", VAGUE), ("b.txt", GOOD)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


# several formats


def test_every_format_in_one_run(folder: Path) -> None:
    """Each file holds what the format alone would have written, and the clippings are checked once."""
    given = [f"--format={form}:{form}.out" for form in formats() if form != "console"]
    result = credibility("check", *given, "--format", "console", "a.txt", "b.txt")
    assert result.exit_code == 0, result.output
    for form in formats():
        alone = credibility("check", "--format", form, "a.txt", "b.txt").stdout_bytes
        assert (result.stdout_bytes if form == "console" else (folder / f"{form}.out").read_bytes()) == alone, form


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--format", "sarif", "--format", "console"), "two formats go to standard output"),
        (("--format", "sarif:x", "--format", "junit:./x"), "two formats go to x"),
        (("--format", "sarif:x", "--format", "json", "-o", "y"), "--output is for one format"),
        (("--format", "sarf:x"), "did you mean 'sarif'"),
        (("--format", "json:no/such/folder/x"), "no/such/folder/x: cannot be written"),
        (("--quiet", "--verbose"), "contradict each other"),
        (("--format", "json", "--explain-score"), "--explain-score is for the console report"),
        (("--watch", "--format", "json:x"), "--watch reads files and folders"),
    ],
)
def test_what_cannot_be_written(folder: Path, options: tuple[str, ...], says: str) -> None:
    """Status 2 and the remedy, before anything is checked."""
    result = credibility("check", *options, "a.txt")
    assert result.exit_code == 2 and says in result.stderr and result.stdout == ""


def test_no_format_runs_ahead_of_the_others(tmp_path: Path) -> None:
    """Reports are made as they are wanted, and few wait: memory does not grow with the run."""
    made = 0

    def source() -> Iterator[Report]:
        nonlocal made
        for made in range(1, 200):
            assert made - (tmp_path / "1").read_text().count("\n") < 20
            yield report_of("Le port.")

    with (tmp_path / "0").open("w") as first, (tmp_path / "1").open("w") as second:
        write_all([Target("jsonl", first, WriteOptions()), Target("jsonl", second, WriteOptions())], source())
    assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes() and made == 199


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_a_format_that_fails_ends_the_run(tmp_path: Path, broken: int) -> None:
    """A full disk is told, whichever file it hits, and nobody waits for ever."""
    files = [(tmp_path / str(number)).open("w") for number in range(3)]
    files[broken].close()
    with pytest.raises(ValueError, match="closed file"):
        write_all([Target("jsonl", file, WriteOptions()) for file in files], (report_of("Le port.") for _ in range(100)))
    for file in files:
        file.close()


def test_reports_that_break_off_leave_no_whole_files(tmp_path: Path) -> None:
    """A JSON array without its end says so to whoever reads it."""

    def source() -> Iterator[Report]:
        yield report_of("Le port.")
        raise UsageError("broken pack")

    with (tmp_path / "0").open("w") as first, (tmp_path / "1").open("w") as second, pytest.raises(UsageError, match="broken pack"):
        write_all([Target("json", first, WriteOptions()), Target("json", second, WriteOptions())], source())
    for name in "01":
        with pytest.raises(json.JSONDecodeError):
            json.loads((tmp_path / name).read_text())


def test_a_report_is_no_clipping_of_its_own_run(folder: Path) -> None:
    """In a folder that is walked it would be read while it grows, without end; so would one of the shell's making."""
    for path in ("reports.jsonl", "again.jsonl"):
        assert credibility("check", "--format", "jsonl", "-o", path, "a.txt", "b.txt", ".").exit_code in (0, 2)
    assert len((folder / "reports.jsonl").read_text().splitlines()) == 4
    told = [json.loads(line)["error"] for line in (folder / "again.jsonl").read_text().splitlines()]
    assert told[:4] == [None] * 4 and all("is a report and no clipping" in error for error in told[4:]) and len(told) == 8
    arguments = [sys.executable, "-m", "credibility", "check", "--format", "jsonl", "."]
    with (folder / "shell.jsonl").open("w") as out:
        subprocess.run(
            arguments, stdout=out, stderr=subprocess.DEVNULL, timeout=PATIENCE, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
    assert "shell.jsonl" not in (folder / "shell.jsonl").read_text()


@pytest.mark.parametrize("output", [("-o", "./a.txt"), ("--format", "json:link.txt"), ("--write-baseline", "a.txt")])
def test_no_report_is_written_over_a_clipping(folder: Path, output: tuple[str, ...]) -> None:
    """Whatever name it has there."""
    (folder / "link.txt").symlink_to("a.txt")
    result = credibility("check", *output, "b.txt", "a.txt")
    assert result.exit_code == 2 and "a.txt: is a clipping" in result.stderr
    assert (folder / "a.txt").read_text(encoding="utf-8") == VAGUE
    (folder / "a.txt").with_name("report.html").write_text("<p>of yesterday")
    excluded = ("--exclude", "report.html", "--force-exclude", "b.txt", "report.html")
    assert credibility("check", "--format", "html", "-o", "report.html", *excluded).exit_code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize(
    "command", ["check a.txt", "check --format json -o /dev/full a.txt", "check --format html --format csv:/dev/full a.txt", "rules list"]
)
def test_an_output_that_is_full_is_told(folder: Path, command: str) -> None:
    """In one line, with status 2 and no traceback."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "credibility", *command.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1) and "cannot be written: No space left" in done.stderr


@pytest.mark.parametrize(
    ("redirect", "status", "says"),
    [("| true; exit ${PIPESTATUS[0]}", 141, ""), (">&-", 2, "standard output is closed"), ("2>&-", 0, ""), (">&- 2>&- -o x", 0, "")],
)
def test_an_output_that_nobody_reads(folder: Path, redirect: str, status: int, says: str) -> None:
    """What a shell does to the ends of a command: no limit is said to be broken, and nothing is traced back."""
    if not (bash := shutil.which("bash")):
        pytest.skip("needs bash")
    clippings = "a.txt " * 200  # more than a pipe holds
    command = f'"{sys.executable}" -m credibility check --format jsonl {clippings} {redirect}'
    done = subprocess.run(
        [bash, "-c", command], capture_output=True, text=True, timeout=PATIENCE, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == status and says in done.stderr and "Traceback" not in done.stderr, done.stderr


# the console, and standard error


def test_quiet_shows_what_was_found(folder: Path) -> None:
    """No clean clippings, no summary."""
    out = credibility("check", "--quiet", "a.txt", "b.txt").stdout
    assert out.startswith("a.txt  fr") and "b.txt" not in out and "Judges" not in out
    assert credibility("check", "--quiet", "b.txt").output == ""


def test_verbose_says_why(folder: Path) -> None:
    """The reason of the rule, what the finding rests on, and of clean clippings too what was not assessed."""
    out = " ".join(credibility("check", "--verbose", "a.txt").stdout.split())
    assert "Why: " in out and "Rests on: " in out
    assert "Why: a rule of another version" in written("console", report_of("Le port.", [on("Le port.", "port", "old.rule")]), verbose=True)


def test_statistics_count_by_rule() -> None:
    """A line a rule instead of a flag."""
    text = "Le port est fermé."
    given = report_of(text, [on(text, "Le", "a.one"), on(text, "port", "a.one"), on(text, "est", "a.two", "error")])
    lines = [" ".join(line.split()) for line in written("console", given, statistics=True).splitlines()]
    assert {"rule errors warnings notes clippings", "a.one · 2 · 1", "a.two 1 · · 1", "all rules 1 2 · 1"} <= set(lines)


def test_the_score_is_explained() -> None:
    """Every lost point stands there with the places of the findings that took it, and the sum is the score."""
    text = "Le port.\nSelon les chiffres disponibles, ils sont 40 000."
    given = report_of(text, [on(text, "Selon les chiffres disponibles"), on(text, "40 000", "unsourced-statistic.bare", "error")])
    out = written("console", given, explain_score=True)
    parts = [float(number) for number in re.search(r"score 100(.*) = ", out)[1].replace("−", "").split()]  # type: ignore[index]
    assert 100 - sum(parts) == pytest.approx(given.score, abs=0.051)  # the score has one decimal
    assert re.search(r"−[\d.]+ vague-source.*\n +2:1  Selon les chiffres disponibles\n", out)
    assert re.search(r"−[\d.]+ unsourced-statistic.*\n +2:42  40 000\n", out)
    assert "score 100, nothing lost" in written("console", report_of("Le port."), explain_score=True, verbose=True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    """Each script asks the command; bash is asked for real."""
    script = credibility("completion", shell).output
    assert "_CREDIBILITY_COMPLETE" in script and f"{shell}_complete" in script
    if shell != "bash" or not (bash := shutil.which("bash")):
        return
    asks = f'{script}\ncredibility() {{ "{sys.executable}" -m credibility "$@"; }}\n'
    for words, wanted in (
        ("credibility ch", "check"),
        ("credibility check --for", "--format"),
        ("credibility check --format sa", "sarif"),
        ("credibility completion z", "zsh"),
        ("credibility check --select vague-source,enc", "vague-source,encoding"),
        ("credibility explain encoding.moj", "encoding.mojibake"),
    ):
        given = " ".join(f'"{word}"' for word in words.split())
        asks += f"COMP_WORDS=({given}); COMP_CWORD={len(words.split()) - 1}; COMPREPLY=(); _credibility_completion credibility\n"
        asks += f'[[ " ${{COMPREPLY[*]}} " == *" {wanted} "* ]] || echo "{words}: ${{COMPREPLY[*]}}"\n'
    # The script starts the command with env, which knows programs and no functions.
    asks = asks.replace("$1)", f'"{sys.executable}" -c "from credibility.cli import main; main(prog_name=\'credibility\')")')
    done = subprocess.run([bash, "-c", asks], capture_output=True, text=True, timeout=PATIENCE, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("", "")
