"""Runs in several processes, runs that are interrupted, watching, and progress on a terminal."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from credibility.config import DEFAULT, Config
from credibility.document import Document
from credibility.workers import check_all
from tests.goldens import clippings

ROOT = Path(__file__).parent.parent
VAGUE = "Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le vieux port depuis le mois de mars.\n"
GOOD = "Le vieux port a rouvert lundi, a annoncé la mairie. Les bateaux sortent de nouveau et les pêcheurs sont contents.\n"
PATIENCE = 120  # seconds that a busy machine may take to start a process


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


def _hears_interrupts() -> None:
    """A shell starts what it puts into the background deaf to Ctrl-C, and all that comes of it with it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _interrupted(arguments: list[str], folder: Path, environment: dict[str, str], ready: Callable[[], bool]) -> tuple[int, str]:
    """Status and standard error of a process group that gets Ctrl-C once it is ready; none of the group is left."""
    with (folder / "err").open("wb") as said, (folder / "out").open("wb") as out:
        process = subprocess.Popen(
            arguments, cwd=folder, env=environment, stdout=out, stderr=said, start_new_session=True, preexec_fn=_hears_interrupts
        )
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


# progress


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
