"""docs/comparison.toml claims nothing of ours that no test covers or that is not there."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest

from credibility.cli import main
from credibility.writers import formats

ROOT = Path(__file__).parent.parent
TABLE = tomllib.loads((ROOT / "docs" / "comparison.toml").read_text(encoding="utf-8"))
ROWS = TABLE["row"]


@cache
def functions_of(path: str) -> frozenset[str]:
    """The names of the test functions of a module."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def options_of(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the words begin with, `check` if they name none, and the words behind it."""
    command: click.Command = main
    while words and isinstance(command, click.Group) and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    return (main.commands["check"] if command is main else command), words


@pytest.mark.parametrize("row", ROWS, ids=[row["feature"] for row in ROWS])
def test_every_claim_of_ours_holds(row: dict[str, Any]) -> None:
    """Its tests and options exist, also those that its cell shows; no cell is empty."""
    assert row["ours"].strip() and (row["tests"] or row["ours"].startswith("no: ")), row["feature"]
    for test in row["tests"]:
        path, _, name = test.partition("::")
        assert name in functions_of(path), test
    shown = re.findall(r"`((?:credibility |--)[^`]*)`", row["ours"])
    assert not row["ours"].startswith("no: ") or not shown
    for words in [*(option.split() for option in row["options"]), *(code.removeprefix("credibility ").split() for code in shown)]:
        command, rest = options_of(words)
        known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        assert {word for word in rest if word.startswith("--")} <= known, " ".join(words)
        if rest[:1] == ["--format"]:
            assert {word.partition(":")[0] for word in rest[1:] if not word.startswith("--")} <= set(formats()), " ".join(words)


@pytest.mark.parametrize("row", ROWS, ids=[row["feature"] for row in ROWS])
@pytest.mark.parametrize("other", ["ruff", "eslint", "semgrep", "vale"])
def test_every_claim_about_others_names_its_page(row: dict[str, Any], other: str) -> None:
    """And that page is one of the tool's own, or of the package that the cell speaks of."""
    text, _, page = row[other].rpartition(" @")
    assert text.strip() and page.startswith(other) and TABLE["pages"][page].startswith("https://")


def test_every_page_is_cited() -> None:
    """A page that no cell rests on goes."""
    cited = {row[other].rpartition(" @")[2] for row in ROWS for other in ("ruff", "eslint", "semgrep", "vale")}
    assert set(TABLE["pages"]) == cited
