"""The documentation says what the program does."""

import importlib.util
import json
import re
import shlex
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
from click.testing import CliRunner

from credibility.cli import main

ROOT = Path(__file__).parent.parent


@pytest.fixture(name="build", scope="module")
def _build() -> ModuleType:
    """The module docs/build.py."""
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "docs" / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_made_pages_are_fresh(build: ModuleType) -> None:
    """`make docs` would change nothing, and remove nothing."""
    there = {path: path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")}
    different = [str(path) for path, text in build.pages().items() if there.get(ROOT / "docs" / path) != text]
    assert different == [] and build.stale() == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "rules").glob("*.md")), ids=lambda path: path.stem)
def test_every_rule_page_has_all_its_parts(page: Path) -> None:
    """What, why, examples of both kinds, misses, a counted false-alarm figure, and how to switch the rule off."""
    text = page.read_text(encoding="utf-8")
    parts = re.split(r"^## (.*)$", text, flags=re.M)[1:]
    body = dict(zip(parts[::2], parts[1::2], strict=True))
    assert list(body) == ["What it says", "Why", "Flagged", "Not flagged", "Known misses", "False alarms", "Score", "Switch it off"]
    assert all(part.strip() for part in body.values())
    assert re.search(r"\| [\d,]+ \| [\d,]+ \| [\d.]+% \||^Not counted yet", body["False alarms"], re.M)
    assert f"(rules/{page.name})" in (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")


def commands(command: click.Command, name: str) -> list[tuple[str, click.Command]]:
    """All commands below this one, with their full names."""
    inner = command.commands.items() if isinstance(command, click.Group) else ()
    return [(name, command), *(pair for part, below in inner for pair in commands(below, f"{name} {part}"))]


@pytest.mark.parametrize(("name", "command"), commands(main, "credibility"))
def test_commands_and_options_have_help(name: str, command: click.Command) -> None:
    """No command and no option goes without a sentence."""
    assert command.help, name
    assert all(option.help for option in command.params if isinstance(option, click.Option)), name


def test_links_lead_somewhere() -> None:
    """Relative links and pictures of README and docs exist."""
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target and "⟦" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_commands_shown_exist() -> None:
    """Every `credibility …` line of a code block of README and docs names a real command and real options."""
    known = dict(commands(main, "credibility"))
    pages = "".join(page.read_text(encoding="utf-8") for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
    lines = [line for block in re.findall(r"```(?:sh|console)\n(.*?)```", pages, re.S) for line in block.splitlines()]
    shown = [shlex.split(line.removeprefix("$ "), comments=True) for line in lines if re.match(r"(?:\$ )?credibility ", line)]
    assert len(shown) > 100
    for words in shown:
        name = max((n for n in known if words[: len(n.split())] == n.split()), key=len)
        options = {opt for param in known[name].params for opt in (*param.opts, *param.secondary_opts)}
        assert {word.partition("=")[0] for word in words if word.startswith("-") and word not in ("-", "--")} <= options | {"--help"}, (
            " ".join(words)
        )


def test_output_shown_in_the_readme_is_what_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The console block is the real report on the fixture that it names."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n\$ credibility ([^\n]*)\n(.*?)```", readme, re.S)
    assert blocks
    for command, shown in blocks:
        assert CliRunner().invoke(main, command.split()).stdout.rstrip() == shown.rstrip()


def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a feed of two clippings."""
    rows = [
        {"id": n, "text": "Le port a rouvert lundi, a annoncé la mairie.", "source": "Le Phare", "published": f"2026-0{m}-01"}
        for m, n in enumerate("ab", 1)
    ]
    (tmp_path / "feed.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    names: dict[str, Any] = {}
    exec(code, names)
    assert names["report"].findings[0].quote == "Selon les chiffres disponibles"
    assert len(names["summary"]) == 2 and list(names["rates"].index) == ["Le Phare"]
    assert names["trends"].to_dict() == {"Le Phare": {"2026-01": 100.0, "2026-02": 100.0}}
