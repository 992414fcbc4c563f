"""The pre-commit hooks, the GitHub action and the GitLab template, each run here as far as it can be run without its service."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION = ROOT / ".github" / "actions" / "credibility"
GITLAB = ROOT / ".gitlab" / "credibility.yml"
DECLARED = "Cet article a été traduit automatiquement. Le vieux port est fermé depuis le mois de mars et les pêcheurs attendent.\n"
GOOD = "Le vieux port a rouvert lundi, a annoncé la mairie. Les bateaux sortent de nouveau et les pêcheurs sont contents.\n"
CI_PAGE = ROOT / "docs" / "ci.md"
# Each would leave a file behind, or change what is checked, if it were ever read as code or as a further option.
HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    "; touch pwned",
    "' && touch pwned #",
    '" && touch pwned #',
    "a\n--output=pwned",
    "* ?",
    "-o pwned",
]


@pytest.fixture(name="clippings")
def _clippings(tmp_path: Path) -> Path:
    """A folder to run in, with clippings in folders with spaces in their names."""
    (tmp_path / "bad news").mkdir()
    (tmp_path / "good news").mkdir()
    (tmp_path / "bad news" / "a b.txt").write_text(DECLARED, encoding="utf-8")
    (tmp_path / "good news" / "c d.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def environment(**more: str) -> dict[str, str]:
    """The environment of a job: `credibility` on the path, this checkout importable, nothing of ours beside it."""
    folder = str(Path(sys.executable).parent)
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    return kept | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), **more}


def stub(folder: Path) -> str:
    """A path on which `credibility` and `python` only print their words, a line each, with line ends shown."""
    folder.mkdir(exist_ok=True)
    for name in ("credibility", "python"):
        path = folder / name
        path.write_text(f"#!{sys.executable}\nimport sys\nfor word in sys.argv[1:]: print(repr(word))\n", encoding="utf-8")
        path.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def words(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The words that the stub was called with."""
    return [ast.literal_eval(line) for line in done.stdout.splitlines() if line.startswith(("'", '"'))]


def run(*command: str | Path, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """One command with its output."""
    return subprocess.run([str(word) for word in command], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8")


def example(start: str) -> Any:
    """The YAML block of docs/ci.md that begins so."""
    (block,) = re.findall(rf"^```yaml\n({re.escape(start)}.*?)^```", CI_PAGE.read_text(encoding="utf-8"), re.S | re.M)
    return yaml.safe_load(block)


# pre-commit


def git(*words: str | Path, cwd: Path) -> None:
    """A git command that must succeed."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = run("git", *identity, *words, cwd=cwd, env=environment(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1"))
    assert done.returncode == 0, done.stderr


def hook_repository(folder: Path) -> Path:
    """A repository that offers our hooks, as the checkout of a release does."""
    folder.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
    git("init", "-q", cwd=folder)
    git("add", "-A", cwd=folder)
    git("commit", "-qm", "hooks", cwd=folder)
    return folder


def pre_commit(*words: str, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """A command of pre-commit, with its cache in a folder of this test."""
    return run(sys.executable, "-m", "pre_commit", *words, cwd=cwd, env=environment(PRE_COMMIT_HOME=str(home), PRE_COMMIT_COLOR="never"))


def test_the_hooks_run_in_a_repository(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The example of docs/ci.md: a bad clipping stops the commit, a good one does not, rules of the newsroom are tested.
    `language: system` takes the command that is installed here instead of installing it once more."""
    outside = tmp_path_factory.mktemp("outside")
    config = example("repos:")
    (repository,) = config["repos"]
    repository |= {"repo": str(hook_repository(outside / "hooks")), "rev": "HEAD"}
    for hook in repository["hooks"]:
        hook["language"] = "system"
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (tmp_path / "clippings").mkdir()
    (tmp_path / "clippings" / "a b.txt").write_text(DECLARED, encoding="utf-8")
    (tmp_path / "clippings" / "c d.txt").write_text(GOOD, encoding="utf-8")
    pack = tmp_path / "our-rules" / "fr" / "house-style.toml"
    pack.parent.mkdir(parents=True)
    rule = '[[rule]]\nid = "port"\nseverity = "note"\nmessage = "m"\nwhy = "w."\nphrases = ["port"]\nbad = ["[[port]]"]\ngood = ["quai"]\n'
    pack.write_text(rule, encoding="utf-8")
    git("init", "-q", cwd=tmp_path)

    def run_all() -> subprocess.CompletedProcess[str]:
        git("add", "-A", cwd=tmp_path)
        return pre_commit("run", "--all-files", cwd=tmp_path, home=outside / "home")

    bad = run_all()
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert "machine-translation.declared" in bad.stdout and "a b.txt" in bad.stdout and "c d.txt  fr" in bad.stdout
    assert re.search(r"credibility rules test\.+Passed", bad.stdout)
    (tmp_path / "clippings" / "a b.txt").write_text(GOOD, encoding="utf-8")
    pack.write_text(rule.replace('["quai"]', '["le port"]'), encoding="utf-8")
    broken = run_all()
    assert broken.returncode == 1 and "a good sentence is flagged" in broken.stdout
    assert re.search(r"^credibility\.+Passed", broken.stdout, re.M)


def test_the_manifest_is_valid(tmp_path: Path) -> None:
    """By pre-commit's own check; the hooks take the endings that the program reads and nothing else."""
    done = pre_commit("validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"), cwd=tmp_path, home=tmp_path)
    assert done.returncode == 0, done.stdout
    from credibility.reading.formats import READERS
    from credibility.reading.read import read_paths

    assert list(read_paths([])) == []  # the readers register when they are imported
    (hook,) = [hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text()) if hook["id"] == "credibility"]
    taken = {ending for ending in READERS if re.search(hook["files"], f"a/b{ending}") and re.search(hook["files"], f"a/b{ending}.gz")}
    assert taken == set(READERS) - {".md"}, "Markdown is mostly a README"


# GitHub


def action() -> dict[str, Any]:
    """The action as data."""
    data: dict[str, Any] = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))
    return data


def github(clippings: Path, path: str | None = None, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The check step as GitHub runs it: inputs or their defaults in the variables that the step names."""
    (step,) = [step for step in action()["runs"]["steps"] if step.get("id") == "check"]
    given = {name: about["default"] for name, about in action()["inputs"].items()} | inputs
    variables = {}
    for variable, expression in step["env"].items():
        (name,) = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", expression).groups()  # type: ignore[union-attr]
        variables[variable] = given.pop(name)
    assert not given, "an input reaches no variable"
    variables |= {"GITHUB_OUTPUT": str(clippings / ".out"), "GITHUB_STEP_SUMMARY": str(clippings / ".summary")}
    variables |= {"GITHUB_ACTION_PATH": str(ACTION)} | ({"PATH": path} if path else {})
    return run("bash", "-e", "-o", "pipefail", "-c", step["run"], cwd=clippings, env=environment(**variables))


def test_the_page_names_every_input_and_variable() -> None:
    """The examples of docs/ci.md use nothing that does not exist, and its tables leave nothing out."""
    page = CI_PAGE.read_text(encoding="utf-8")
    variables = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["credibility"]["variables"]
    for name, about in action()["inputs"].items():
        assert f"| `{name}` | {'`' + about['default'] + '`' if about['default'] else ''} | {about['description']} |" in page
    assert all(f"| `{name}` | {'`' + default + '`' if default else ''} |" in page for name, default in variables.items())
    steps = example("name: clippings")["jobs"]["credibility"]["steps"]
    (used,) = [step["with"] for step in steps if "actions/credibility@" in step["uses"]]
    assert set(used) <= set(action()["inputs"])
    assert set(example("include:")["credibility"]["variables"]) <= set(variables)


def test_no_input_is_part_of_a_command() -> None:
    """GitHub writes `${{ }}` into the script before a shell reads it; inputs go through the environment instead."""
    for step in action()["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
    assert all(about["description"] for about in action()["inputs"].values())


def test_the_action_annotates_and_fails(clippings: Path) -> None:
    """An annotation on the line, a summary, the reports that were asked for, and the status of the command."""
    done = github(clippings, paths="bad news\ngood news", sarif="out dir.sarif", html="report.html")
    assert done.returncode == 1, done.stderr
    assert re.search(r"^::error .*file=bad news/a b\.txt.*line=1", done.stdout, re.M)
    assert json.loads((clippings / "out dir.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert "<html" in (clippings / "report.html").read_text(encoding="utf-8")
    assert "machine-translation.declared" in (clippings / ".summary").read_text(encoding="utf-8")
    assert (clippings / ".out").read_text(encoding="utf-8") == "status=1\n"
    assert github(clippings, paths="good news").returncode == 0
    assert github(clippings, **{"fail-on": "never"}).returncode == 0
    assert github(clippings, ignore="machine-translation").returncode == 0
    assert "::error" not in github(clippings, annotations="false").stdout
    assert github(clippings, paths="nowhere").returncode == 2


def test_the_workflow_of_the_page_gates_what_is_new(tmp_path: Path) -> None:
    """The example of docs/ci.md: what stood in origin/main is known, what came since fails the run; the reports are where it says."""
    (inputs,) = [
        step["with"] for step in example("name: clippings")["jobs"]["credibility"]["steps"] if "actions/credibility@" in step["uses"]
    ]
    folder = tmp_path / inputs["paths"]
    folder.mkdir()
    (folder / "old.txt").write_text(DECLARED, encoding="utf-8")
    git("init", "-q", cwd=tmp_path)
    git("add", "-A", cwd=tmp_path)
    git("commit", "-qm", "old", cwd=tmp_path)
    git("update-ref", "refs/remotes/origin/main", "HEAD", cwd=tmp_path)
    known = github(tmp_path, **inputs)
    assert known.returncode == 0, known.stderr
    (folder / "new.txt").write_text("Une autre phrase ouvre la page.\n" + DECLARED, encoding="utf-8")
    new = github(tmp_path, **inputs)
    assert new.returncode == 1 and "new.txt" in new.stdout and "file=clippings/old.txt" not in new.stdout
    assert all((tmp_path / inputs[name]).is_file() for name in ("sarif", "html"))


@pytest.mark.parametrize("value", HOSTILE)
def test_no_input_of_the_action_runs_as_code(clippings: Path, value: str) -> None:
    """Whatever an input holds: it is one word behind the name of its option, or a path behind --, and runs nothing."""
    path = stub(clippings / "bin")
    for name in action()["inputs"]:
        called = words(github(clippings, path, **{name: value}))
        cut = called.index("--")
        assert all(re.match(r"--(fail-on|select|ignore|config|diff|rules|format)=", word) for word in called[1:cut]), called
        if name == "paths":
            assert called[cut + 1 :] == value.split("\n")
        elif name == "rules":
            assert [word for word in called[:cut] if word.startswith("--rules=")] == [f"--rules={line}" for line in value.split("\n")]
        elif name in ("sarif", "html"):
            assert f"--format={name}:{value}" in called[:cut]
        elif name != "annotations":
            assert f"--{name}={value}" in called[:cut]
    assert not list(clippings.glob("pwned*"))


def test_the_install_step_installs_the_checkout_of_the_action(tmp_path: Path) -> None:
    """The version of the tool is the version of the action: pip is given the root of this repository."""
    (step,) = [step for step in action()["runs"]["steps"] if step["name"].startswith("Install")]
    env = environment(PATH=stub(tmp_path / "bin"), GITHUB_ACTION_PATH=str(ACTION))
    called = words(run("bash", "-e", "-c", step["run"], cwd=tmp_path, env=env))
    assert called[:3] == ["-m", "pip", "install"] and Path(called[-1]).resolve() == ROOT.resolve()


# GitLab


def gitlab(clippings: Path, shell: str = "sh", **variables: str) -> subprocess.CompletedProcess[str]:
    """The script of the job, its variables as the template sets them or as given."""
    job = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["credibility"]
    given = {name: str(value) for name, value in job["variables"].items()} | variables
    return run(shell, "-c", "\n".join(job["script"]), cwd=clippings, env=environment(**given))


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_the_gitlab_job_writes_its_reports(clippings: Path, shell: str) -> None:
    """Code quality, JUnit and the page for readers, under the names that the artifacts have; the status decides."""
    done = gitlab(clippings, shell, CREDIBILITY_PATHS="bad news\ngood news")
    assert done.returncode == 1, done.stderr
    artifacts = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["credibility"]["artifacts"]
    (finding,) = [
        row for row in json.loads((clippings / artifacts["reports"]["codequality"]).read_text()) if "declared" in row["check_name"]
    ]
    assert finding["location"]["path"] == "bad news/a b.txt"
    assert "<testsuite" in (clippings / artifacts["reports"]["junit"]).read_text(encoding="utf-8")
    assert all((clippings / path).is_file() for path in artifacts["paths"])
    assert gitlab(clippings, shell, CREDIBILITY_PATHS="good news").returncode == 0
    assert gitlab(clippings, shell, CREDIBILITY_PATHS="bad news", CREDIBILITY_FAIL_ON="never").returncode == 0


@pytest.mark.parametrize("value", HOSTILE)
def test_no_variable_of_the_gitlab_job_runs_as_code(clippings: Path, value: str) -> None:
    """All of them at once: each is one word behind the name of its option, or a path behind --."""
    names = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["credibility"]["variables"]
    called = words(gitlab(clippings, PATH=stub(clippings / "bin"), **dict.fromkeys(names, value)))
    cut = called.index("--")
    assert called[cut + 1 :] == value.split("\n")
    assert {f"--{name}={value}" for name in ("fail-on", "select", "ignore", "config", "diff")} <= set(called[:cut])
    assert not list(clippings.glob("pwned*"))
