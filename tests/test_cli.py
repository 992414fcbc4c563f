"""The command keeps its contract: formats, exit status, errors on standard error, nothing lost."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from credibility.cli import main

VAGUE = "Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le vieux port depuis le mois de mars.\n"
DECLARED = "Cet article a été traduit automatiquement. Le vieux port est fermé depuis le mois de mars et les pêcheurs attendent.\n"
GOOD = "Le vieux port a rouvert lundi, a annoncé la mairie. Les bateaux sortent de nouveau et les pêcheurs sont contents.\n"


def credibility(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """One call of the command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def reports(result: Result) -> list[dict[str, Any]]:
    """The reports on standard output."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return [json.loads(line) for line in result.stdout.split("\n") if line]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A folder with three clippings."""
    for name, text in (("a.txt", VAGUE), ("b.txt", GOOD), ("c.txt", DECLARED)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_in_name_order(folder: Path) -> None:
    """Each clipping has its report, in order, with its path."""
    found = reports(credibility("check", "--format", "jsonl", folder))
    assert [Path(report["path"]).name for report in found] == ["a.txt", "b.txt", "c.txt"]
    assert {report["schema"] for report in found} == {"credibility.report/1"}


@pytest.mark.parametrize(
    ("name", "options", "status"),
    [
        ("b.txt", (), 0),
        ("a.txt", (), 0),
        ("a.txt", ("--fail-on", "warning"), 1),
        ("a.txt", ("--fail-on", "note"), 1),
        ("b.txt", ("--fail-on", "note", "--select", "vague-source"), 0),
        ("c.txt", (), 1),
        ("c.txt", ("--fail-on", "never"), 0),
        ("c.txt", ("--ignore", "machine-translation"), 0),
        ("nowhere.txt", (), 2),
        ("nowhere.txt", ("--fail-on", "never"), 2),
    ],
)
def test_exit_status(folder: Path, name: str, options: tuple[str, ...], status: int) -> None:
    """0 clean, 1 at or above the limit, 2 unusable."""
    result = credibility("check", "--format", "jsonl", *options, folder / name)
    assert result.exit_code == status, result.output


def test_a_run_that_checks_nothing_says_so(tmp_path: Path) -> None:
    """A gate that looks into the wrong folder passes, but not in silence."""
    (tmp_path / "notes.docx").write_bytes(b"PK")
    result = credibility("check", "--quiet", tmp_path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(f"credibility: nothing was checked: there is no clipping in {tmp_path}; ")


def test_unreadable_input_loses_nothing(folder: Path) -> None:
    """A missing file, a broken line, a row without text: each a report with error and one line; the rest is checked."""
    rows = folder / "d.jsonl"
    rows.write_text('{"id": "x", "text": "' + GOOD.strip() + '"}\n{broken\n{"id": "y"}\n', encoding="utf-8")
    (folder / "e.txt.gz").write_bytes(gzip.compress(GOOD.encode())[:-12])
    result = credibility("check", "--format", "jsonl", folder / "none.txt", rows, folder / "e.txt.gz", folder / "a.txt")
    found = reports(result)
    assert result.exit_code == 2
    assert [bool(report["error"]) for report in found] == [True, False, True, True, True, False]
    assert len(result.stderr.splitlines()) == 4
    for report in found:
        if report["error"]:
            assert report["score"] is None and report["findings"] == [] and report["signals"] is None
            assert "\n" not in report["error"]


def test_standard_input() -> None:
    """JSON Lines by default, or one text, or one page, or a table."""
    row = json.dumps({"id": "r1", "text": VAGUE, "source": "Le Phare", "published": "2026-03-02", "title": "Port"})
    (report,) = reports(credibility("check", "--format", "jsonl", "-", stdin=row + "\n"))
    assert (report["id"], report["source"], report["published"], report["title"]) == ("r1", "Le Phare", "2026-03-02", "Port")
    (report,) = reports(credibility("check", "--format", "jsonl", "--stdin-format", "text", "-", stdin=VAGUE))
    assert report["language"] == "fr"
    page = f"<html><body><nav><a href=x>Accueil</a></nav><p>{VAGUE}</p></body></html>"
    (report,) = reports(credibility("check", "--format", "jsonl", "--include", "text", "--stdin-format", "html", "-", stdin=page))
    assert VAGUE.strip() in report["text"] and "<p>" not in report["text"]
    (report,) = reports(credibility("check", "--format", "jsonl", "--stdin-format", "csv", "-", stdin=f'id,text\nr1,"{VAGUE}"\n'))
    assert (report["id"], report["path"], report["language"]) == ("r1", "-", "fr")


def test_columns_can_be_named(tmp_path: Path) -> None:
    """A table of another make is read without rewriting it."""
    path = tmp_path / "t.csv"
    path.write_text(f'key,body,outlet\n1,"{GOOD.strip()}",Le Phare\n', encoding="utf-8")
    (report,) = reports(
        credibility("check", "--format", "jsonl", "--id-column", "key", "--text-column", "body", "--source-column", "outlet", path)
    )
    assert (report["id"], report["source"], report["error"]) == ("1", "Le Phare", None)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("check", "--select", "vague-sorce", "x.txt"), "did you mean 'vague-source'"),
        (("chek",), "did you mean 'check'"),
        (("explain", "vague-sorce"), "did you mean 'vague-source'"),
        (("check",), "Missing argument"),
        (("check", "--format", "sarf", "x.txt"), "--format"),
        (("check", "--max", "zzz=1", "x.txt"), "known are: all, boilerplate, code-scrap, "),
        (("check", "--language", "French", "x.txt"), "command line: language: 'French' is no language code"),
        (("check", "--output", "no/such/folder/out", "x.txt"), "no/such/folder/out: cannot be written"),
    ],
)
def test_a_wrong_call_names_the_remedy(arguments: tuple[str, ...], says: str) -> None:
    """Status 2, and the nearest name."""
    result = credibility(*arguments)
    assert result.exit_code == 2 and says in result.output


@pytest.mark.parametrize("form", ["console", "csv", "html", "json", "jsonl", "markdown"])
def test_every_format_writes_to_a_file(folder: Path, form: str) -> None:
    """What goes to --output is what would go to standard output."""
    out = folder / "out"
    result = credibility("check", "--format", form, "--output", out, folder / "a.txt", folder / "b.txt")
    assert result.stdout == "" and "chiffres disponibles" in out.read_text(encoding="utf-8")
    assert credibility("check", "--format", form, folder / "a.txt", folder / "b.txt").stdout_bytes == out.read_bytes()


def test_rules_of_a_newsroom(tmp_path: Path, folder: Path) -> None:
    """--rules adds a pack; `rules test` runs its examples and fails on a wrong one; `explain` and `rules list` know it."""
    pack = tmp_path / "pack" / "fr"
    pack.mkdir(parents=True)
    rule = """[[rule]]
id = "harbour"
severity = "warning"
message = "Our house says quay: {quote}"
why = "House style."
phrases = ["vieux port"]
bad = ["Le [[vieux port]] est fermé."]
good = ["Le quai est fermé."]
"""
    (pack / "house-style.toml").write_text(rule, encoding="utf-8")
    (report,) = reports(credibility("check", "--format", "jsonl", "--rules", pack.parent, "--select", "house-style", folder / "b.txt"))
    assert [finding["quote"] for finding in report["findings"]] == ["vieux port"]
    assert credibility("rules", "test", pack.parent).output == "1 rule tested, 0 failures\n"
    assert "house-style.harbour" in credibility("rules", "list", "--rules", pack.parent).output
    assert "House style." in credibility("explain", "--rules", pack.parent, "house-style").output
    wrong = tmp_path / "wrong" / "fr"
    wrong.mkdir(parents=True)
    (wrong / "house-style.toml").write_text(rule.replace("quai est", "vieux port est"), encoding="utf-8")
    result = credibility("rules", "test", wrong.parent)
    assert result.exit_code == 1 and "found:    Le ⟦vieux port⟧ est fermé." in result.output


def test_a_broken_pack_names_file_and_rule(tmp_path: Path, folder: Path) -> None:
    """One line on standard error, status 2, before anything is checked."""
    pack = tmp_path / "pack" / "fr"
    pack.mkdir(parents=True)
    (pack / "house-style.toml").write_text('[[rule]]\nid = "x"\nphrase = []\n', encoding="utf-8")
    result = credibility("check", "--rules", pack.parent, folder / "b.txt")
    assert result.exit_code == 2 and result.stdout == ""
    assert "house-style.toml:3, rule 'x': unknown key 'phrase'; did you mean 'phrases'?" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_installed_command_streams(folder: Path) -> None:
    """The real process: UTF-8 out whatever the locale, reports in the order of the input."""
    done = subprocess.run(
        [sys.executable, "-m", "credibility", "check", "--format", "jsonl", "--fail-on", "never", str(folder)],
        capture_output=True,
        env={"PATH": "/usr/bin", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["language"] for line in done.stdout.decode("utf-8").splitlines()] == ["fr", "fr", "fr"]


def test_help_is_light() -> None:
    """`--help` loads none of the heavy libraries."""
    code = (
        "import sys\nfrom credibility.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'numpy', 'pandas', 'sklearn', 'textstat', 'bs4', 'lxml', 'rich', 'sentencex', 'nltk'}\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_a_check_of_text_loads_no_tables_and_no_scikit_learn(folder: Path) -> None:
    """One text clipping costs no second of imports."""
    code = (
        "import sys\nfrom credibility.cli import main\n"
        f"try: main(['check', '--format', 'jsonl', {str(folder / 'a.txt')!r}])\nexcept SystemExit: pass\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'pandas','sklearn','bs4','lxml','rich','nltk','scipy'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_every_model_that_can_be_trained_has_its_command() -> None:
    """The choices of `train` are the modules that train."""
    modules = {path.stem for path in (Path(__file__).parent.parent / "credibility" / "training").glob("[!_]*.py")}
    assert set(main.commands["train"].params[0].type.choices) == modules  # type: ignore[attr-defined]


def test_evaluate_on_our_own_labels(tmp_path: Path) -> None:
    """The command measures the small sets of fixtures/evaluation and writes a page with every task."""
    data = Path(__file__).parent.parent / "fixtures" / "evaluation"
    out = tmp_path / "figures.md"
    result = credibility("evaluate", "all", data, "--jobs", "1", "--output", out)
    assert result.exit_code == 0, result.output
    page = out.read_text(encoding="utf-8")
    assert all(task in page for task in ("mixed", "statistics", "lines", "pages", "clippings"))
