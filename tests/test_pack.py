"""Language packs: what a wrong one says, and that ours are complete."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from credibility.errors import PackError
from credibility.pack import Profile, build, languages, pack_root, profile, read_toml


@dataclass(frozen=True, slots=True)
class Inner:
    share: float


@dataclass(frozen=True, slots=True)
class Outer:
    name: str
    words: frozenset[str] = frozenset()
    pairs: tuple[tuple[str, str], ...] = ()
    inner: Inner | None = None
    values: dict[str, float] | None = None


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"nam": "x"}, "unknown key 'nam'; did you mean 'name'?"),
        ({}, "'name' is missing"),
        ({"name": 3}, "name: str is expected, not 3"),
        ({"name": "x", "words": ["a", 1]}, "words: str is expected, not 1"),
        ({"name": "x", "pairs": [["a"]]}, "2 values are expected, not 1"),
    ],
)
def test_mistakes_name_place_and_remedy(table: dict[str, Any], says: str) -> None:
    """Unknown keys, missing keys, other types."""
    with pytest.raises(PackError, match="somewhere") as error:
        build(Outer, table, "somewhere")
    assert says in str(error.value)


def test_tables_become_dataclasses() -> None:
    """Lists become sets and tuples, whole numbers become floats where floats are due."""
    assert build(Outer, {"name": "x", "words": ["a"], "pairs": [["a", "b"]]}, "").pairs == (("a", "b"),)
    assert build(Inner, {"share": 1}, "").share == 1.0


@pytest.mark.parametrize("code", ["fr", "ar", "en"])
def test_our_packs_are_complete(code: str) -> None:
    """The three first languages have everything that segmenting and dates need."""
    given = profile(code)
    assert given.code == code and given.script and len(given.function_words) >= 30
    assert len(given.months) >= 12 and len(given.weekdays) == 7 and given.quotes and given.abbreviations


def test_every_profile_loads() -> None:
    """Each folder's code is its name."""
    assert {"fr", "ar", "en"} <= set(languages())
    assert all(profile(code).code == code for code in languages())


@pytest.mark.parametrize("code", [None, "", "xx", "../fr", "fr/../fr"])
def test_a_language_without_a_pack_has_an_empty_profile(code: str | None) -> None:
    """Nothing is read from outside the packs."""
    assert profile(code) == Profile(code=code or "", name="unknown", script="")


def test_a_file_that_is_no_toml_names_its_line(tmp_path: Path) -> None:
    """The error names the file and the line."""
    path = tmp_path / "language.toml"
    path.write_text("code = \n", encoding="utf-8")
    with pytest.raises(PackError, match=r"language\.toml.*line 1"):
        read_toml(path)
    with pytest.raises(PackError, match="nowhere"):
        read_toml(tmp_path / "nowhere.toml")


def test_packs_stand_beside_the_package() -> None:
    """In a checkout the folder itself is read."""
    assert (pack_root() / "scoring.toml").is_file()
