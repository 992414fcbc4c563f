"""Several formats in one run, several processes, watching, progress, completion, and how much the console says."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

from credibility.cli import main
from credibility.config import DEFAULT, Config
from credibility.document import Document
from credibility.errors import UsageError
from credibility.report import Report
from credibility.workers import check_all
from credibility.writers import WriteOptions, formats
from credibility.writers._several import Target, write_all
from tests.goldens import clippings, golden
from tests.writing import on, report_of, reports, written

ROOT = Path(__file__).parent.parent
VAGUE = "Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le vieux port depuis le mois de mars.\n"
GOOD = "Le vieux port a rouvert lundi, a annoncé la mairie. Les bateaux sortent de nouveau et les pêcheurs sont contents.\n"
PATIENCE = 120  # seconds that a busy machine may take to start a process
SCHEMA = json.loads((ROOT / "credibility" / "report.schema.json").read_text(encoding="utf-8"))


def credibility(*arguments: str | Path) -> Result:
    """One call of the command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def command(*arguments: str | Path) -> list[str]:
    """The same as a process."""
    return [sys.executable, "-m", "credibility", *map(str, arguments)]


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


# several processes


def _plugin(folder: Path) -> dict[str, str]:
    """An installed detector that ends its process at 'KILL', fails at 'FAIL', and sleeps at 'SLEEP'; the environment to find it."""
    metadata = folder / "site" / "hostile_plugin-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile-plugin\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[credibility.detectors]\nhostile = hostile_plugin:DETECTOR\n")
    (folder / "site" / "hostile_plugin.py").write_text(
        "import os, signal, time\n"
        "class Detector:\n"
        "    name, rules = 'hostile', ()\n"
        "    def coverage(self, article): return {'hostile': 'assessed'}\n"
        "    def detect(self, article):\n"
        "        if 'KILL' in article.text: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        if 'FAIL' in article.text: raise KeyError('lost')\n"
        "        if 'SLEEP' in article.text: time.sleep(300)\n"
        "        return ()\n"
        "DETECTOR = Detector()\n"
    )
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(folder / "site"), str(ROOT)])}


def test_a_process_that_dies_costs_its_clipping_only(folder: Path) -> None:
    """The one gets a report with an error, also when it is the last; all others are what they are without it, in order."""
    environment = _plugin(folder)
    texts = [GOOD, "KILL", VAGUE, "FAIL " + GOOD, *[f"{GOOD}\n{number}" for number in range(12)], "KILL"]
    rows = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    (folder / "feed.jsonl").write_text("\n".join([*rows[:5], "{broken", *rows[5:]]), encoding="utf-8")
    done = subprocess.run(
        command("check", "--jobs", "2", "--format", "jsonl", "feed.jsonl"), env=environment, capture_output=True, timeout=PATIENCE
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [report["id"] for report in found] == ["0", "1", "2", "3", "4", "feed.jsonl:6", *map(str, range(5, 17))]
    assert [report["id"] for report in found if report["error"]] == ["1", "feed.jsonl:6", "16"]
    assert "was ended by signal 9" in found[1]["error"] and found[1]["file_line"] == 2
    told = done.stderr.decode().splitlines()
    assert len(told) == 4 and "the other flags of this clipping are not affected" in told[1]
    (folder / "good.jsonl").write_text("\n".join(row for row in rows if "KILL" not in row), encoding="utf-8")
    alone = subprocess.run(command("check", "--format", "jsonl", "good.jsonl"), env=environment, capture_output=True, timeout=PATIENCE)
    wanted = {(report := json.loads(line))["id"]: report["checks"] for line in alone.stdout.splitlines()}
    assert {report["id"]: report["checks"] for report in found if not report["error"]} == wanted


def test_few_clippings_are_held_at_a_time() -> None:
    """Those that wait for a process, and for their turn, are no more than eight a process."""
    read = 0

    def source() -> Iterator[tuple[Document, Config]]:
        nonlocal read
        for read in range(1, 201):
            yield Document(str(read), GOOD), DEFAULT

    given = 0
    for given, (report, problems) in enumerate(check_all(source(), 2), 1):
        assert (report.document.id, problems) == (str(given), ()) and read - given < 2 * 8
    assert given == read == 200


def test_the_same_bytes_from_any_number_of_processes() -> None:
    """Text, pages and a clipping unread, in the order of the call; each report is the same in another order."""
    paths = [str(path.relative_to(ROOT)) for path in clippings()[::3]]
    paths.insert(3, "nowhere.txt")

    def run(jobs: int, given: list[str]) -> list[bytes]:
        done = subprocess.run(
            command("check", "--fail-on", "never", "--jobs", str(jobs), "--format", "jsonl", *given),
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": str(jobs)},
            capture_output=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1, done.stderr
        return done.stdout.splitlines()

    one = run(1, paths)
    assert run(3, paths) == one
    assert run(2, paths[::-1]) == one[::-1]


def _interrupted(arguments: list[str], folder: Path, environment: dict[str, str], ready: Callable[[], bool]) -> tuple[int, str]:
    """Status and standard error of a process group that gets Ctrl-C once it is ready; none of the group is left."""
    with (folder / "err").open("wb") as said, (folder / "out").open("wb") as out:
        process = subprocess.Popen(arguments, cwd=folder, env=environment, stdout=out, stderr=said, start_new_session=True)
        until = time.monotonic() + PATIENCE
        while not ready() and time.monotonic() < until:
            assert process.poll() is None, (folder / "err").read_text()
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        status = process.wait(PATIENCE)
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.1)
    else:
        raise AssertionError("a process is left behind")
    return status, (folder / "err").read_text()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_a_run(folder: Path, jobs: str) -> None:
    """At once, with one line, status 130, what was made before it, and no process left behind."""
    rows = [json.dumps({"text": text}) for text in (GOOD, "SLEEP", "SLEEP")]
    (folder / "feed.jsonl").write_text("\n".join(rows), encoding="utf-8")
    environment = _plugin(folder)
    arguments = command("check", "--jobs", jobs, "--format", "jsonl", "feed.jsonl")
    assert _interrupted(arguments, folder, environment, lambda: (folder / "out").stat().st_size > 0) == (130, "credibility: interrupted\n")
    assert len((folder / "out").read_text().splitlines()) == 1


# watching


def test_watching_checks_what_changes(folder: Path) -> None:
    """A real process: all files at first, then the one that changed and the one that is new; Ctrl-C ends it with status 0."""
    watched = folder / "in"
    watched.mkdir()
    (watched / "a.txt").write_text(GOOD, encoding="utf-8")
    (watched / "b.txt").write_text(GOOD, encoding="utf-8")
    step = 0

    def ready() -> bool:
        nonlocal step
        told = (folder / "err").read_text().count("watching for changes")
        if told == 1 and step == 0:
            (watched / "b.txt").write_text(VAGUE, encoding="utf-8")
            (watched / "c.txt").write_text(GOOD, encoding="utf-8")
            step = 1
        if step == 1 and len((folder / "out").read_text().splitlines()) == 4:
            (watched / "a.txt").unlink()
            step = 2
        return step == 2 and "a.txt: is gone" in (folder / "err").read_text()

    arguments = command("check", "--watch", "--format", "jsonl", "in")
    status, _ = _interrupted(arguments, folder, dict(os.environ), ready)
    found = [json.loads(line) for line in (folder / "out").read_text().splitlines()]
    assert status == 0
    assert [Path(report["path"]).name for report in found] == ["a.txt", "b.txt", "b.txt", "c.txt"]
    assert [bool(report["findings"]) for report in found] == [False, False, True, False]


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


def _on_terminal(arguments: list[str], folder: Path) -> bytes:
    """What a process writes to standard error if that is a terminal; its standard output is a file."""
    ours, theirs = pty.openpty()
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(arguments, cwd=folder, stdout=out, stderr=theirs)
        os.close(theirs)
        said = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            said += part
    os.close(ours)
    assert process.wait(PATIENCE) == 2
    return said


def test_progress_is_for_terminals(folder: Path) -> None:
    """There a line says how far it is, above it stand the problems; --quiet and files get the problems alone."""
    arguments = command("check", "--format", "jsonl", "a.txt", "b.txt", "nowhere.txt")
    said = _on_terminal(arguments, folder)
    assert b"3 clippings" in said and b"credibility: nowhere.txt: does not exist" in said
    assert _on_terminal([*arguments, "--quiet"], folder).strip() == b"credibility: nowhere.txt: does not exist; check the path"
    done = subprocess.run(arguments, cwd=folder, capture_output=True, timeout=PATIENCE)
    assert done.stderr == b"credibility: nowhere.txt: does not exist; check the path\n"


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


# the schema


def test_schema_is_printed_and_valid() -> None:
    """The command prints the file that ships with the package."""
    assert json.loads(credibility("schema").output) == SCHEMA
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def _closed(schema: object) -> object:
    """The schema without room for fields that it does not name: ours are all in it."""
    if isinstance(schema, dict):
        closed = {key: _closed(value) for key, value in schema.items()}
        return closed | {"additionalProperties": False} if "properties" in schema and "additionalProperties" not in schema else closed
    return [_closed(part) for part in schema] if isinstance(schema, list) else schema


CLOSED = jsonschema.Draft202012Validator(_closed(SCHEMA))  # type: ignore[arg-type]


@pytest.mark.parametrize("clipping", clippings(), ids=lambda path: path.name)
def test_golden_reports_keep_the_schema(clipping: Path) -> None:
    """Every field is named in it."""
    CLOSED.validate(json.loads(golden(clipping).read_text(encoding="utf-8")))


@settings(max_examples=30, deadline=None)
@given(reports())
def test_any_report_keeps_the_schema(report: Report) -> None:
    """With the text and without it, whatever the clipping holds."""
    for include_text in (True, False):
        CLOSED.validate(json.loads(written("jsonl", report, include_text=include_text)))


def test_unreadable_and_unscored_reports_keep_the_schema() -> None:
    """An error, a row, a text without a word."""
    result = CliRunner().invoke(main, ["check", "--format", "jsonl", "-"], input='{"id": "x", "text": "…"}\n{broken\n')
    for line in result.stdout.splitlines():
        CLOSED.validate(json.loads(line))
        assert json.loads(line)["file_line"] in (1, 2)
