"""Writes the pages of docs/ that come from the program itself: commands, output formats, rules, comparison. Run by `make docs`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from credibility.cli import main

HERE = Path(__file__).parent
if str(HERE) not in sys.path:  # the pages' own modules lie beside this file, also when a test loads it
    sys.path.insert(0, str(HERE))

import comparison_page  # noqa: E402
import format_pages  # noqa: E402
import rule_pages  # noqa: E402

MADE = "<!-- Written by `make docs` from the program itself: change it there. -->\n\n"


def pages() -> dict[Path, str]:
    """Every made page by its path below docs/."""
    made = {Path("commands.md"): commands(), Path("rules.md"): rule_pages.index(), Path("output-formats.md"): format_pages.page()}
    made[Path("comparison.md")] = comparison_page.page()
    for of in rule_pages.by_flag().values():
        made |= {Path("rules") / f"{name}.md": rule_pages.page(name, same, of) for name, same in of.items()}
    return {path: MADE + text for path, text in made.items()}


def commands() -> str:
    """Every command with its help text."""
    return "# Commands\n\n" + "\n".join(_help(main, "credibility"))


def _help(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100, **main.context_settings)
    yield f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            inner = command.get_command(context, part)
            if inner is not None:
                yield from _help(inner, f"{name} {part}")


def stale() -> list[Path]:
    """Pages in docs/rules that no rule has any more."""
    return [path for path in (HERE / "rules").glob("*.md") if path.relative_to(HERE) not in pages()]


if __name__ == "__main__":
    (HERE / "rules").mkdir(exist_ok=True)
    for path, text in pages().items():
        (HERE / path).write_text(text, encoding="utf-8")
    for path in stale():
        path.unlink()
