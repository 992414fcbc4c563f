"""Patterns of paths mean what git takes them for, and none takes long."""

import random
import subprocess
import time
from pathlib import Path

import pytest

from credibility.patterns import Patterns
from credibility.settings.resolver import Resolver
from credibility.settings.walk import Walk

LINES = (
    *("*.txt", "/a/", "a/", "b", "!ab.txt", "a/*.txt", "**/b", "a/**", "!/a/b.txt", "*.ab.*", "a/**/b", "a*b", "**", "*/b", "/*"),
    *(
        "# c",
        "",
        "\\!b",
        "\\#b",
        "b  ",
        "b\\ ",
        "[ab].txt",
        "[!a]b",
        "[a-",
        "[]a]b",
        "[[:digit:]]*",
        "a\\*b",
        "a[/]b",
        "***/a",
        "!a/",
        "a//b",
        "\\",
    ),
)
NAMES = ("a", "b", "ab", "ab.txt", "a.ab.b", "!b", "#b", "b ", "-b", "]b", "1a", "a*b", "aab")


def ignored(folder: Path, lines: list[str], paths: list[str]) -> set[str]:
    """Which of the paths git ignores by these lines."""
    (folder / ".gitignore").write_text("\n".join(lines) + "\n", encoding="utf-8")
    asked = "\0".join(paths) + "\0"
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "-z", "--stdin"], cwd=folder, input=asked.encode(), capture_output=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return {path for path in done.stdout.decode().split("\0") if path}


def test_the_same_as_git(tmp_path: Path) -> None:
    """Random lines of every kind, alone and together, on random paths; and lines of random characters."""
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    rng = random.Random(7)
    paths = sorted({"/".join(rng.choices(NAMES, k=rng.randint(1, 4))) for _ in range(400)})
    given = [[line] for line in LINES] + [rng.sample(LINES, 4) for _ in range(60)]
    given += [["".join(rng.choices("ab*?/[]!-\\ .", k=rng.randint(1, 7)))] for _ in range(120)]
    for lines in given:
        ours = Patterns(lines)
        assert {path for path in paths if ours.fits(path)} == ignored(tmp_path, lines, paths), lines


@pytest.mark.parametrize(
    "line", ["*a" * 100 + "b", "*" * 5000 + "b", "**/a/" * 60 + "b", "?*" * 100 + "b", "[ab]*" * 100 + "c", "a/**/" * 50 + "*a*a*a*b"]
)
def test_no_pattern_takes_long(line: str) -> None:
    """On names and paths made for it, where matching that goes back would take years."""
    start = time.process_time()
    given = Patterns([line])
    for path in ("a" * 4000, "/".join("a" * 2000), "/".join(["ab" * 100] * 20)):
        assert given.says(path + "/x", folder=False) is None
    assert time.process_time() - start < 2


def test_a_walk_asks_of_each_folder_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is set, a thousand entries cost no look at the disk."""
    monkeypatch.chdir(tmp_path)
    walk = Walk(Resolver({}))
    assert walk.keeps(Path("a.txt"), False)
    monkeypatch.setattr(Path, "is_file", None)
    assert all(walk.keeps(Path(f"{n}.txt"), False) for n in range(1000))
