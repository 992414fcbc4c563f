"""Configuration files: which one holds, what goes before what, what is passed over, and what a mistake says."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

import credibility
from credibility.config import Config, Override
from credibility.document import Document
from credibility.settings.resolver import OWN, SHARED, Upwards
from credibility.toml_lines import line_of
from tests.clippings import CLIPPINGS, GOOD, VAGUE, check, put, rules_of, run
from tests.gates_world import finding


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# which file, and which layer


def test_the_nearest_file_upwards_holds(tmp_path: Path) -> None:
    """Each clipping by its own; in one folder credibility.toml goes before pyproject.toml, which needs the table."""
    put(tmp_path, pyproject_toml='[tool.credibility]\nignore = ["vague-source"]\n', a_txt=VAGUE, wire__a_txt=VAGUE, wire__deep__a_txt=VAGUE)
    put(tmp_path, wire__credibility_toml='ignore = ["unsourced-statistic"]\n', wire__deep__pyproject_toml="[tool.other]\ncredibility = 1\n")
    put(tmp_path, wire__pyproject_toml="[tool.credibility]\nignore = []\n")
    _, (top, near, deep), _ = check(tmp_path)
    assert {rule.partition(".")[0] for rule in rules_of(top)} == {"unsourced-statistic"}
    assert {rule.partition(".")[0] for rule in rules_of(near)} == {"vague-source"} == {rule.partition(".")[0] for rule in rules_of(deep)}


def test_the_command_line_goes_before_the_file_and_an_override(tmp_path: Path) -> None:
    """A list in place of the list, a table key by key."""
    put(
        tmp_path,
        a_txt=VAGUE,
        credibility_toml="""ignore = ["vague-source"]
fail-on = "never"
severity = {unsourced-statistic = "note", vague-source = "note"}
[[override]]
paths = ["*.txt"]
ignore = ["encoding"]
fail-on = "error"
severity.unsourced-statistic = "error"
""",
    )
    status, (report,), _ = check("a.txt")
    assert status == 1 and {f["flag"]: f["severity"] for f in report["findings"]} == {
        "vague-source": "note",
        "unsourced-statistic": "error",
    }
    given = ("--ignore", "typography", "--severity", "unsourced-statistic=warning", "--fail-on", "error")
    status, (report,), _ = check("a.txt", *given)
    assert status == 0 and {f["flag"]: f["severity"] for f in report["findings"]} == {
        "vague-source": "note",
        "unsourced-statistic": "warning",
    }


def test_a_named_file_or_none(tmp_path: Path) -> None:
    """--config in place of what is found; --isolated and --no-config without any; standard input by the working folder's."""
    put(tmp_path, a_txt=VAGUE, credibility_toml='select = ["vague-source"]\n', other__strict_toml='select = ["unsourced-statistic"]\n')
    assert {f["flag"] for f in check("a.txt")[1][0]["findings"]} == {"vague-source"}
    assert {f["flag"] for f in check("a.txt", "--config", "other/strict.toml")[1][0]["findings"]} == {"unsourced-statistic"}
    for option in ("--isolated", "--no-config"):
        assert len({f["flag"] for f in check("a.txt", option)[1][0]["findings"]}) == 2
    assert {f["flag"] for f in check("-", stdin=json.dumps({"id": "a", "text": VAGUE}))[1][0]["findings"]} == {"vague-source"}


def test_packs_of_a_newsroom_are_seen_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the run is started."""
    rule = '[[rule]]\nid = "quay"\nseverity = "warning"\nmessage = "Quay: {quote}"\nwhy = "House style."\nphrases = ["vieux port"]\n'
    put(tmp_path, house__fr__style_toml=rule + 'bad = ["Le [[vieux port]] est fermé."]\ngood = ["Le quai est fermé."]\n')
    put(tmp_path, news__a_txt=GOOD, news__credibility_toml='rules = ["../house"]\n[max]\n"style.quay" = 0\n')
    monkeypatch.chdir(tmp_path / "house")
    assert run("config", "../news/a.txt").stdout.startswith(f"# {tmp_path / 'news' / OWN}\n")
    status, (report,), said = check("../news/a.txt", "--select", "style")
    assert status == 1 and rules_of(report) == ["style.quay"] and "max style.quay=0" in said[0]


@pytest.mark.parametrize(
    ("override", "document", "language", "fits"),
    [
        (Override(paths=("wire/",)), Document("a", "", path="wire/x/a.txt"), "fr", True),
        (Override(paths=("wire/",)), Document("a", "", path="house/a.txt"), "fr", False),
        (Override(paths=("*.txt",)), Document("a", ""), "fr", False),
        (Override(languages=("ar", "fr")), Document("a", ""), "fr", True),
        (Override(languages=("ar",)), Document("a", ""), None, False),
        (Override(sources=("le PHARE",)), Document("a", "", source="Le Phare"), "fr", True),
        (Override(sources=("Le Phare",), languages=("ar",)), Document("a", "", source="Le Phare"), "fr", False),
    ],
)
def test_which_clippings_an_override_names(override: Override, document: Document, language: str | None, fits: bool) -> None:
    """All kinds that it gives must fit."""
    config = Config(overrides=(override,), folder=Path())
    assert (config.on(document, language) is not config) and override.fits(document, language, Path()) is fits


def test_overrides_by_language_source_and_path(tmp_path: Path) -> None:
    """Severities, thresholds and what is selected, for some clippings only; the last override weighs most."""
    rows = [{"id": source, "text": VAGUE, "source": source} for source in ("Le Phare", "La Jetée")]
    put(tmp_path, feed_jsonl="\n".join(map(json.dumps, rows)), a_txt=VAGUE)
    put(
        tmp_path,
        credibility_toml="""ignore = ["vague-source"]
[[override]]
sources = ["le phare"]
select = ["vague-source"]
ignore = []
[[override]]
languages = ["fr"]
severity.vague-source = "error"
[[override]]
paths = ["/a.txt"]
ignore = ["vague-source", "unsourced-statistic"]
""",
    )
    _, (a, phare, jetty), _ = check("a.txt", "feed.jsonl")
    assert rules_of(a) == [] and {f["flag"] for f in jetty["findings"]} == {"unsourced-statistic"}
    assert {(f["flag"], f["severity"]) for f in phare["findings"]} == {("vague-source", "error")}


def test_python_has_the_same_settings() -> None:
    """`Config` takes what the file takes."""
    config = Config(select=("vague-source",), severity={"vague-source": "note"})
    assert [f.severity.label for f in credibility.check(VAGUE, language="fr", config=config).findings] == ["note"]


def test_a_threshold_leaves_out_what_is_less_sure() -> None:
    """A rule's own goes before its flag's; what is as sure as the threshold stays."""
    text = "Le port."
    unsure, sure = (replace(finding(text, 0, 2, rule), confidence=0.9) for rule in ("a.b", "a.c"))
    assert list(Config(threshold={"a": 0.95, "a.c": 0.9}).settled([unsure, sure])) == [sure]
    found = check(CLIPPINGS / "fr-english-clause.txt", "--threshold", "mixed-language=1")[1][0]
    assert {f["flag"] for f in found["findings"]} == {"machine-translation"} and found["checks"]["mixed-language"] == "clear"


# which files


def test_folders_are_walked_by_the_patterns(tmp_path: Path) -> None:
    """`include` and `exclude` as in .gitignore, seen from the file; what is named is checked all the same."""
    for name in ("a.txt", "a.draft.txt", "old/a.txt", "wire/old/b.txt", "wire/c.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    put(tmp_path, credibility_toml='include = ["*.txt"]\nexclude = ["/old/", "*.draft.txt"]\n')

    def walked(*arguments: str) -> list[str]:
        return [report["path"] for report in check(*arguments)[1]]

    assert walked(".") == ["a.txt", "wire/old/b.txt"]
    assert walked("old", "a.draft.txt", "wire/c.md") == ["old/a.txt", "a.draft.txt", "wire/c.md"]
    assert walked("old", "a.draft.txt", "a.txt", "--force-exclude") == ["a.txt"]
    assert walked(".", "--exclude", "wire/") == ["a.draft.txt", "a.txt", "old/a.txt"]


def test_what_git_ignores_is_passed_over(tmp_path: Path) -> None:
    """In a repository, by the nearest .gitignore; not outside of one, not for what is named, not when asked not to."""
    for name in ("a.txt", "b.txt", "out/a.txt", "deep/b.txt", "deep/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("b.txt\n/out/\n", encoding="utf-8")
    (tmp_path / "deep" / ".gitignore").write_text("!b.txt\nc.*\n", encoding="utf-8")

    def walked(*arguments: str) -> list[str]:
        return [report["path"] for report in check(*arguments)[1]]

    assert len(walked(".")) == 5
    (tmp_path / ".git").mkdir()
    assert walked(".") == ["a.txt", "deep/b.txt"]
    assert walked("out", "b.txt") == ["out/a.txt", "b.txt"]
    assert len(walked(".", "--no-respect-gitignore")) == 5


# what a mistake says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('\nselekt = ["encoding"]', "credibility.toml:2: unknown key 'selekt'; did you mean 'select'?"),
        ("# one\n\n[max-shares]\na = 1", "credibility.toml:3: unknown key 'max-shares'; did you mean 'max-share'?"),
        (
            'select = [\n"encoding",\n"vague-sorce"]',
            "credibility.toml:1: select: vague-sorce: there is no such flag or rule; did you mean 'vague-source'?",
        ),
        ("[max]\nencoding = 1\nencodng = 2", "credibility.toml:3: max: encodng: there is no such flag or rule; did you mean 'encoding'?"),
        ('[severity]\nencoding = "warn"', "credibility.toml:2: severity.encoding: 'warn' is none; did you mean 'warning'?"),
        ("threshold = {encoding = 90}", "credibility.toml:1: threshold.encoding: a share from 0 to 1 is expected, not 90"),
        ("max.encoding = -1", "credibility.toml:1: max.encoding: 0 or more is expected, not -1"),
        ("max-share.encoding = 1.5", "credibility.toml:1: max-share.encoding: a share from 0 to 1 is expected, not 1.5"),
        ("min-score = 101", "credibility.toml:1: min-score: 0 to 100 is expected, not 101"),
        ('fail-on = "errors"', "credibility.toml:1: fail-on: 'errors' is none; did you mean 'error'?"),
        ('select = "encoding"', "credibility.toml:1: select: a list of texts in quotes is expected, not 'encoding'"),
        ('language = "French"', "credibility.toml:1: language: 'French' is no language code; give that of ISO 639-1"),
        ('[[override]]\nlanguages = ["fr-FR"]', "credibility.toml:2: languages: 'fr-FR' is no language code"),
        ("max = 3", "credibility.toml:1: max: a table of whole numbers is expected, not 3"),
        ("max.all = true", "credibility.toml:1: max: a table of whole numbers is expected, not {'all': True}"),
        ("fail-on-unused = 1", "credibility.toml:1: fail-on-unused: true or false is expected, not 1"),
        ('rules = ["nowhere"]', "rules: there is no folder"),
        ("override = 1", "credibility.toml:1: override: a list of tables is expected, not 1"),
        ('\n[[override]]\nfail-on = "error"', "credibility.toml:2: an override names its clippings with 'paths', 'languages' or 'sources'"),
        ('[[override]]\npaths = ["a"]\n[[override]]\npath = ["a"]', "credibility.toml:4: unknown key 'path'; did you mean 'paths'?"),
        ('[[override]]\npaths = ["a"]\n\nignore = ["x"]', "credibility.toml:4: ignore: x: there is no such flag or rule"),
        ('[[override]]\npaths = ["a"]\nseverity.encoding = ""', "credibility.toml:3: severity.encoding: '' is none"),
        ("a = \n", "credibility.toml:1:5: Invalid value"),
        ("a = [", "credibility.toml:1: Invalid value"),
        ("a = 1\nb = '''\n\n", "credibility.toml:4: Expected"),
        ("a=" + "[" * 5000, "credibility.toml: is no TOML of ours: brackets in brackets"),
        ("a=" + "1" * 5000, "credibility.toml: is no TOML of ours: "),
        ("\n" + "a." * 50_000 + "a=1", "credibility.toml:2: a key of more than 32 parts; no setting has one"),
    ],
)
def test_a_mistake_names_file_line_and_remedy(tmp_path: Path, text: str, says: str) -> None:
    """One line on standard error, status 2, nothing checked, in no time."""
    put(tmp_path, a_txt=GOOD, credibility_toml=text)
    start = time.process_time()
    status, found, said = check("a.txt")
    assert (status, found, len(said)) == (2, [], 1) and says in said[0], said
    assert time.process_time() - start < 3


def test_mistakes_in_a_shared_file_and_on_the_command_line(tmp_path: Path) -> None:
    """Lines count in the whole file; an option is called by its name."""
    put(tmp_path, a_txt=GOOD, pyproject_toml='[project]\nname = "x"\n[tool.credibility]\n# c\nfail_on = "note"\n')
    assert check("a.txt")[2] == ["credibility: pyproject.toml:5: unknown key 'fail_on'; did you mean 'fail-on'?"]
    put(tmp_path, pyproject_toml="[tool]\ncredibility = 1\n")
    assert check("a.txt")[2] == ["credibility: pyproject.toml:2: [tool.credibility] is a table"]
    put(tmp_path, pyproject_toml="")
    for options, says in (
        (("--max", "encodng=1"), "--max encodng: there is no such flag or rule; did you mean 'encoding'?"),
        (("--max", "encoding"), "'encoding' is not of the form FLAG=10"),
        (("--threshold", "encoding=2"), "threshold.encoding: a share from 0 to 1 is expected, not 2"),
        (("--severity", "encoding=bad"), "severity.encoding: 'bad' is none"),
        (("--config", "none.toml"), "none.toml"),
    ):
        status, found, said = check("a.txt", *options)
        assert status == 2 and not found and says in said[-1], said
    (tmp_path / OWN).write_bytes(b"a = 1\n# \xff\n")
    assert check("a.txt")[2] == ["credibility: credibility.toml:2: is not UTF-8; save the file as UTF-8"]


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2\n", ("b",), 2),
        ("[a]\n# b = 3\nb = [\n1,\n2]\nc = 3", ("a", "b"), 3),
        ("[a]\nb = '''\nc = 3\n'''\nc = 3", ("a", "c"), 5),
        ("a.b.c = 1\n[x]\na = 1", ("x", "a"), 3),
        ("[[o]]\na = 1\n[[o]]\n\na = 2", ("o", 1, "a"), 5),
        ("[[o]]\na = 1\n[[o]]\n", ("o", 1), 3),
        ("[t.c]\na = {b = 1}", ("t", "c", "a", "b"), 2),
        ('"a\\u0062" = 1', ("ab",), 1),
        ("", ("a",), 1),
    ],
)
def test_the_line_of_a_key(text: str, path: tuple[str | int, ...], line: int) -> None:
    """However it is written; 1 where it cannot be told."""
    assert line_of(text, path) == line


@pytest.mark.parametrize("name", ["credibility.toml", "credibility-suppressions.toml"])
def test_a_mistake_further_down_stops_nothing_else(tmp_path: Path, name: str) -> None:
    """Clippings for which it holds are not checked, each with the reason; all others have their reports. Status 2."""
    put(tmp_path, a_txt=VAGUE, deep__b_txt=VAGUE, deep__er__c_txt=VAGUE, z_txt=VAGUE)
    (tmp_path / "deep" / name).write_text("selekt = 1\n", encoding="utf-8")
    status, found, said = check(".")
    assert status == 2 and [bool(report["error"]) for report in found] == [False, True, True, False]
    assert [line.partition(": is not checked: ")[2].partition(";")[0] for line in said] == [f"deep/{name}:1: unknown key 'selekt'"] * 2
    assert rules_of(found[3]) and found[1]["score"] is None
    assert run("suppress", ".", "--all", "--reason", "x").exit_code == 2
    assert check("deep/b.txt")[1] == []


# what holds, shown


def test_config_shows_what_holds_and_from_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every key with its place: TOML that can be used as it is."""
    put(
        tmp_path,
        wire__a_txt=GOOD,
        credibility_toml="""fail-on = "warning"
[max]
encoding = 3
"vague-source.unnamed" = 2
[[override]]
paths = ["wire/"]
ignore = []
""",
        credibility__suppressions_toml="",
    )
    (tmp_path / "credibility" / "suppressions.toml").rename(tmp_path / "credibility-suppressions.toml")
    lines = run("config", "wire/a.txt", "--max", "encoding=1").stdout.splitlines()
    assert lines[0] == "# credibility.toml" and lines[-1] == "# suppressions: credibility-suppressions.toml"
    assert 'fail-on = "warning"  # credibility.toml:1' in lines and "select = []  # default" in lines
    assert "max.encoding = 1  # command line" in lines and 'max."vague-source.unnamed" = 2  # credibility.toml:4' in lines
    assert "[[override]]  # credibility.toml:5, fits" in lines
    (tmp_path / "shown.toml").write_text("\n".join(lines), encoding="utf-8")
    again = run("config", "wire/a.txt", "--config", "shown.toml").stdout.splitlines()
    assert [line.partition("  #")[0] for line in again[1:]] == [line.partition("  #")[0] for line in lines[1:]]
    assert run("config", "--isolated").stdout.startswith("# no configuration file\n")
    monkeypatch.chdir("wire")
    assert run("config", "a.txt").stdout.startswith("# ../credibility.toml\n")


def test_each_folder_is_looked_into_once(tmp_path: Path) -> None:
    """A thousand clippings of one folder cost what one costs."""
    seen: list[Path] = []

    def there(path: Path) -> bool:
        seen.append(path)
        return path.is_file()

    put(tmp_path, credibility_toml="", a__b__c__x_txt="")
    search = Upwards(OWN, SHARED, there=there)
    for folder in ("a/b/c", "a/b", "a/b/c", "a"):
        assert search.from_folder(tmp_path / folder) == tmp_path / OWN
    assert len(seen) == len(set(seen)) == 7
