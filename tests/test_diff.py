"""`--diff REV`: what was there at a git revision is known, what came since is open."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.clippings import GOOD, VAGUE, check, put, rules_of

EXPERTS = "Selon les experts, le vieux port va mal.\n"


def git(*command: str, folder: Path | None = None) -> None:
    """One git command, with an author and without the user's own settings."""
    who = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *who, *command], cwd=folder, check=True, capture_output=True)


@pytest.fixture(name="repository", autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one commit of three clippings."""
    folder = tmp_path / "news"
    put(folder, a_txt=VAGUE, wire__b_txt=VAGUE, wire__c_txt=GOOD)
    git("init", folder=folder)
    git("add", ".", folder=folder)
    git("commit", "-m", "one", folder=folder)
    monkeypatch.chdir(folder)
    return folder


def test_only_what_is_new_counts(repository: Path) -> None:
    """Unchanged files are known whole; in a changed one the old findings are, also in a line that was touched; new files are open."""
    put(repository, a_txt=VAGUE.rstrip() + " " + EXPERTS, wire__new_txt=VAGUE)
    status, (a, b, c, new), lines = check(".", "--diff", "HEAD", "--max", "vague-source=0", "--fail-on", "never")
    assert sorted(rules_of(a, "revision")) == ["unsourced-statistic.vague", "vague-source.unnamed"] and rules_of(a) == [
        "vague-source.unnamed"
    ]
    assert rules_of(b) == [] == rules_of(c) and len(rules_of(b, "revision")) == 2 and len(rules_of(new)) == 2
    assert status == 1 and "max vague-source=0 (command line): 2 findings in 2 clippings" in lines[0]
    assert next(f for f in a["findings"] if "suppressed" in f)["suppressed"]["justification"] == "HEAD"
    git("add", ".")
    git("commit", "-m", "two")
    assert not any(map(rules_of, check(".", "--diff", "HEAD")[1])) and rules_of(check("a.txt", "--diff", "HEAD~1")[1][0])


def test_renamed_files_keep_their_history(repository: Path) -> None:
    """As git tells; from any working folder, by any spelling of the path."""
    git("mv", "a.txt", "wire/z.txt")
    assert rules_of(check("./wire/../wire/z.txt", "--diff", "HEAD")[1][0]) == []
    assert rules_of(check(repository / "wire" / "z.txt", "--diff", "main")[1][0]) == []


def test_rows_and_pages(repository: Path) -> None:
    """A row by its id; a page by the words that it shows, wherever its lines are."""
    rows = [{"id": "r1", "text": VAGUE}, {"id": "r2", "text": GOOD}]
    put(repository, feed_jsonl="\n".join(map(json.dumps, rows)), page_html=f"<html lang=fr><body><p>{VAGUE}</p></body></html>")
    git("add", ".")
    git("commit", "-m", "two")
    rows = [{"id": "r0", "text": VAGUE}, {"id": "r2", "text": GOOD + EXPERTS}, {"id": "r1", "text": VAGUE}]
    put(repository, feed_jsonl="\n".join(map(json.dumps, rows)))
    put(repository, page_html=f"<html lang=fr><body>\n\n<h1>Le port</h1>\n<p>{GOOD}</p>\n<p>{VAGUE}</p><p>{EXPERTS}</p></body></html>")
    _, (r0, r2, r1), _ = check("feed.jsonl", "--diff", "HEAD")
    assert (len(rules_of(r0)), len(rules_of(r2)), len(rules_of(r1))) == (2, 1, 0)
    (page,) = check("page.html", "--diff", "HEAD", "--select", "vague-source")[1]
    assert [f["quote"] for f in page["findings"] if "suppressed" not in f] == ["Selon les experts"]


def test_a_suppression_goes_before(repository: Path) -> None:
    """What somebody decided says more than that it was there."""
    (repository / "credibility-suppressions.toml").write_text('[[suppression]]\nrule = "vague-source"\nclipping = "a.txt"\nreason = "x"\n')
    (report,) = check("a.txt", "--diff", "HEAD")[1]
    assert rules_of(report, "suppression") == ["vague-source.unnamed"] and rules_of(report, "revision") == ["unsourced-statistic.vague"]


@pytest.mark.parametrize("revision", ["nowhere", "--help", "HEAD:a.txt", "", "-", "HEAD..HEAD"])
def test_an_unknown_revision(revision: str) -> None:
    """Is named, with what to do; never taken for an option of git."""
    status, _, lines = check("a.txt", f"--diff={revision}")
    assert status == 2 and len(lines) == 1 and f"--diff {revision}: there is no such revision" in lines[0] and "check its name" in lines[0]


def test_outside_of_a_repository_and_standard_input(tmp_path: Path) -> None:
    """There is no history."""
    put(tmp_path, a_txt=VAGUE)
    assert "a.txt is in no git repository; check it without --diff" in check(tmp_path / "a.txt", "--diff", "HEAD")[2][0]
    assert "standard input has no history" in check("-", "--diff", "HEAD", stdin=json.dumps({"text": VAGUE}))[2][0]


def test_a_shallow_clone_says_so(repository: Path, tmp_path: Path) -> None:
    """The usual trap of CI, with its remedy."""
    put(repository, a_txt=GOOD)
    git("commit", "-am", "two")
    git("clone", "--depth", "1", f"file://{repository}", str(tmp_path / "shallow"))
    (line,) = check(tmp_path / "shallow" / "a.txt", "--diff", "HEAD~1")[2]
    assert "this is a shallow clone: fetch it whole (git fetch --unshallow, or fetch-depth: 0)" in line
    assert check(tmp_path / "shallow" / "a.txt", "--diff", "HEAD")[0] == 0


def test_without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, no traceback."""
    monkeypatch.setenv("PATH", "")
    assert check("a.txt", "--diff", "HEAD")[2] == ["credibility: --diff needs git, which is not installed or not on the PATH"]


def test_settings_of_a_hostile_repository_run_nothing(repository: Path) -> None:
    """Neither its external diff, nor its text conversion, nor its file watcher, nor its filters."""
    mark = repository.parent / "ran"
    program = repository / "program.sh"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    (repository / ".gitattributes").write_text("*.txt diff=evil\n", encoding="utf-8")
    for key in ("diff.external", "diff.evil.command", "diff.evil.textconv", "core.fsmonitor"):
        git("config", key, str(program))
    put(repository, a_txt=VAGUE + EXPERTS)
    assert len(rules_of(check("a.txt", "--diff", "HEAD")[1][0])) == 1
    assert not mark.exists()


def test_inside_of_a_hook(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git has set GIT_DIR for another repository."""
    monkeypatch.setenv("GIT_DIR", str(repository.parent / "nowhere"))
    assert rules_of(check("a.txt", "--diff", "HEAD")[1][0]) == []
