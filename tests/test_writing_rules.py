"""The page docs/writing-rules.md, step by step as it stands, and what `rules new` does with answers nobody expects."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from credibility.cli import main
from credibility.errors import PackError, UsageError
from credibility.rule_draft import Draft, add
from credibility.rules import read_rules

PAGE = Path(__file__).parent.parent / "docs" / "writing-rules.md"
QUESTIONS = ("Language of", "Kind of issue", "Name of", "The phrase", "A sentence", "Why it", "What an editor")
CLIPPING = "Prices rose in the wake of the storm, the harbour office said.\n\nGulls flew in the wake of the ferry.\n"


def run(*words: str, answers: str = "") -> Result:
    """One call of the command in this process."""
    return CliRunner().invoke(main, list(words), input=answers)


def shown_and_answered(shown: str) -> tuple[str, list[tuple[str, str]]]:
    """What a console block shows without its questions, and the questions with their answers."""
    questions = [line.rpartition(": ")[::2] for line in shown.split("\n") if line.startswith(QUESTIONS)]
    kept = [line for line in shown.split("\n") if not line.startswith(QUESTIONS)]
    return "\n".join(kept), questions


def test_the_page_step_by_step(tmp_path: Path) -> None:
    """Each command prints what the page shows, each listing of the file is what stands there or what the reader makes of it."""
    (tmp_path / "clippings").mkdir()
    (tmp_path / "clippings" / "storm.txt").write_text(CLIPPING, encoding="utf-8")
    blocks = re.findall(r"^```(console|toml)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.S | re.M)
    assert [kind for kind, _ in blocks] == ["console", "toml", "toml", "console", "toml", "console", "console", "console"]
    file, out = tmp_path / "our-rules" / "en" / "house-style.toml", ""
    for number, (kind, block) in enumerate(blocks):
        if kind == "toml":
            if number == 1:
                assert file.read_text(encoding="utf-8") == block
            file.write_text(block, encoding="utf-8")
            continue
        command, _, rest = block.removeprefix("$ ").partition("\n")
        shown, questions = shown_and_answered(rest)
        answers = "".join(answer + "\n" for _, answer in questions)
        done = subprocess.run(
            [sys.executable, "-m", *shlex.split(command)], cwd=tmp_path, input=answers, capture_output=True, text=True, encoding="utf-8"
        )
        assert all(question + ": " in done.stderr for question, _ in questions), done.stderr
        out = done.stdout
        assert not shown or out == shown
        if "--format csv" in command:
            assert out.count("house-style.wake") == 1 and "ferry" not in out
    assert out.startswith("house-style.wake (warning, en)")


def options(**changed: str) -> list[str]:
    """The options of `rules new` for a rule, some of them changed; '' leaves one out."""
    given = {"language": "fr", "flag": "house-style", "name": "port", "phrase": "vieux port", "bad": "Le Vieux  port dort."}
    given |= {"good": "Le quai dort.", "why": "Style.", "message": "Non: {quote}"} | changed
    return [word for option, value in given.items() if value for word in (f"--{option}", value)]


def test_what_stands_in_the_file_stays(tmp_path: Path) -> None:
    """To the last byte, comments and line ends included; the same name twice is refused and told where it stands."""
    path = tmp_path / "fr" / "house-style.toml"
    assert run("rules", "new", str(tmp_path), *options()).exit_code == 0
    before = b"\xef\xbb\xbf# ours\r\n" + path.read_bytes().replace(b"\n", b"\r\n").rstrip()
    path.write_bytes(before)
    assert (
        run("rules", "new", str(tmp_path), *options(name="quai", phrase="quai", bad="Le quai dort.", good="Le port dort.")).exit_code == 0
    )
    assert path.read_bytes().startswith(before) and b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert [rule.id for rule in read_rules(path)] == ["house-style.port", "house-style.quai"]
    after = path.read_bytes()
    again = run("rules", "new", str(tmp_path), *options())
    assert again.exit_code == 2 and f"{path}:2, rule 'port': this rule is there already" in again.stderr
    assert path.read_bytes() == after and [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"language": "français"}, "no code of a language"),
        ({"language": "../fr"}, "no code of a language"),
        ({"flag": "../etc"}, "cannot be a name"),
        ({"flag": "language"}, "cannot be a name"),
        ({"name": "Old Port"}, "cannot be a name"),
        ({"phrase": "…"}, "has no word in it"),
        ({"bad": "Le quai dort."}, "none of the phrases stands in it"),
        ({"bad": "Le [[vieux port dort."}, "never closes it"),
        ({"good": "Le [[quai]] dort."}, "nothing in it is to be flagged"),
        ({"message": "Non: {qoute}"}, "only {quote}"),
        ({"message": "Non: {quote"}, "a brace that does not pair"),
        ({"why": ""}, "--why is not given and nobody answers"),
        ({"why": "\udcff a"}, "not UTF-8"),
    ],
)
def test_a_wrong_answer_writes_nothing(tmp_path: Path, changed: dict[str, str], says: str) -> None:
    """Status 2, one line, and an empty folder."""
    result = run("rules", "new", str(tmp_path), *options(**changed))
    assert result.exit_code == 2 and says in result.stderr
    assert not list(tmp_path.rglob("*.toml"))


def test_a_wrong_answer_is_asked_again(tmp_path: Path) -> None:
    """Where somebody sits at the keyboard."""
    result = run("rules", "new", str(tmp_path), *options(language=""), answers="French\nfr\n")
    assert result.exit_code == 0 and "no code of a language" in result.stderr


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file where a folder is due; a link is followed."""
    (tmp_path / "fr").write_text("", encoding="utf-8")
    result = run("rules", "new", str(tmp_path), *options())
    assert result.exit_code == 2 and "house-style.toml: cannot be" in result.stderr
    (tmp_path / "fr").unlink()
    (tmp_path / "fr").mkdir()
    (tmp_path / "kept.toml").write_text("", encoding="utf-8")
    (tmp_path / "fr" / "house-style.toml").symlink_to(tmp_path / "kept.toml")
    assert run("rules", "new", str(tmp_path), *options(language=" FR ")).exit_code == 0
    assert (tmp_path / "fr" / "house-style.toml").is_symlink() and "vieux port" in (tmp_path / "kept.toml").read_text(encoding="utf-8")


def test_a_file_that_is_not_valid_is_left_alone(tmp_path: Path) -> None:
    """And told, with its line."""
    path = tmp_path / "fr" / "house-style.toml"
    path.parent.mkdir()
    path.write_text("[[rule]\n", encoding="utf-8")
    result = run("rules", "new", str(tmp_path), *options())
    assert result.exit_code == 2 and "line 1" in result.stderr and path.read_text(encoding="utf-8") == "[[rule]\n"


def test_examples_that_do_not_hold_are_shown(tmp_path: Path) -> None:
    """The rule is written, so that it can be mended; status 1 says that it must be."""
    result = run("rules", "new", str(tmp_path), *options(good="Au vieux port, tout dort."))
    assert result.exit_code == 1 and "found:    Au ⟦vieux port⟧, tout dort." in result.stdout
    assert "mend the rule" in result.stdout and list(tmp_path.rglob("*.toml"))


def test_a_folder_without_rules_is_told(tmp_path: Path) -> None:
    """A test of nothing does not pass, nor does a check by rules that are not there."""
    result = run("rules", "test", str(tmp_path))
    assert result.exit_code == 2 and "there is no rule in it" in result.stderr
    (tmp_path / "a.txt").write_text("Au vieux port, tout dort.", encoding="utf-8")
    result = run("check", "--rules", str(tmp_path), str(tmp_path / "a.txt"))
    assert (result.exit_code, result.stdout) == (2, "") and "there is no rule in" in result.stderr


def test_a_pattern_that_runs_away_ends_no_run(tmp_path: Path) -> None:
    """It is told by `rules test` and before a check, in a moment; a clipping would have hung."""
    (tmp_path / "fr").mkdir()
    rule = 'id = "a"\nseverity = "note"\nmessage = "m"\nwhy = "W."\nbad = ["[[crier au feu zzq]]."]\ngood = ["crier."]\n'
    (tmp_path / "fr" / "own.toml").write_text(f"[[rule]]\n{rule}patterns = ['.*.*.*.*zzq']\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("zzq " + "le port de la ville " * 190, encoding="utf-8")
    for arguments in (("rules", "test", str(tmp_path)), ("check", "--rules", str(tmp_path), str(tmp_path / "a.txt"))):
        result = run(*arguments)
        assert result.exit_code == 2 and "own.toml:1, rule 'a': pattern '.*.*.*.*zzq' takes" in result.stderr


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(lambda text: text.replace("[[", "").replace("]]", "") + "é")


@given(WORDS, WORDS, st.lists(WORDS, min_size=1, max_size=3))
def test_any_text_comes_back_as_it_was_given(why: str, good: str, phrases: list[str]) -> None:
    """Quotation marks, backslashes, line ends and controls included."""
    draft = Draft("fr", "house-style", "a", "note", "m", why, tuple(phrases), ("[[é]] b",), (good,))
    (rule,) = tomllib.loads(draft.toml())["rule"]
    assert (rule["why"], rule["good"], rule["phrases"], rule["bad"]) == (why, [good], phrases, ["[[é]] b"])


def test_marks_are_set_on_the_longest_phrase(tmp_path: Path) -> None:
    """Whole words only, whatever their case and quotation marks."""
    draft = Draft(
        "fr", "house-style", "a", "note", "m", "w", ("port", "vieux port"), ("Le VIEUX port des ports, l’autre port.",), ("Le quai.",)
    )
    assert add(draft, tmp_path).bad[0].text == "Le [[VIEUX port]] des ports, l’autre [[port]]."
    with pytest.raises(PackError, match="severity"):
        add(Draft("fr", "house-style", "b", "warn", "m", "w", ("a",), ("[[a]]",), ("b",)), tmp_path)
    with pytest.raises(UsageError, match="a rule needs"):
        Draft("fr", "house-style", "b", "note", "m", "w", (), ("[[a]]",), ("b",))
