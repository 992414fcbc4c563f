"""The pages on configuration, limits and suppressions: their files are written and their commands run, from top to bottom."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from credibility.cli import main
from credibility.config import Override
from credibility.settings.table import Table

DOCS = Path(__file__).parent.parent / "docs"
_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["configuration", "gates", "suppressions"])
def test_what_a_page_shows_is_what_happens(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block with a file name is that file; in a console block each `$` line is run, and what follows is what it prints."""
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "desk")
    ran = 0
    for language, name, text in _FENCE.findall((DOCS / f"{page}.md").read_text(encoding="utf-8")):
        if name:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text, encoding="utf-8")
        elif language == "console":
            for call in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, shown = call.partition("\n")
                assert _run(command) == shown, command
                ran += 1
    assert ran


def _run(command: str) -> str:
    """What a command prints; of git nothing is shown."""
    import shlex

    program, *arguments = shlex.split(command)
    if program == "git":
        subprocess.run([program, *arguments], check=True, capture_output=True)
        return ""
    assert program == "credibility"
    return CliRunner().invoke(main, arguments).output


def test_every_key_is_explained() -> None:
    """Of the file and of an override."""
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    for field in (*fields(Table), *fields(Override)):
        assert f"`{field.name.replace('_', '-')}`" in page or f"`[[{field.name}]]`" in page, field.name
