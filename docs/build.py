"""Writes the pages of docs/ that come from the program itself: `commands.md` and `rules.md`. Run by `make docs`."""

from collections.abc import Iterator
from pathlib import Path

import click

from credibility.cli import main
from credibility.detectors import detectors
from credibility.rules import Rule
from credibility.score import scoring

HERE = Path(__file__).parent
MADE = "<!-- Written by `make docs` from the program itself: change it there. -->\n\n"


def commands() -> str:
    """Every command with its help text."""
    return MADE + "# Commands\n\n" + "\n".join(_help(main, "credibility"))


def _help(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100, **main.context_settings)
    yield f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            inner = command.get_command(context, part)
            if inner is not None:
                yield from _help(inner, f"{name} {part}")


def rules() -> str:
    """Every rule with its reason, its false alarms and its examples, by flag."""
    by_flag: dict[str, dict[str, list[Rule]]] = {}
    for detector in detectors():
        for rule in detector.rules:
            by_flag.setdefault(rule.flag, {}).setdefault(rule.id, []).append(rule)
    parts = [MADE, "# Rules\n\n", "Marks like ⟦this⟧ show the exact words that a rule flags. Each example is run by the tests.\n"]
    for flag, of in sorted(by_flag.items()):
        weight = scoring().weight(flag)
        parts.append(f"\n## {flag}\n\n{weight.reason} Costs {weight.points:g} points per {weight.per}, at most {weight.cap:g}.\n")
        for name, same in sorted(of.items()):
            parts += _rule(name, same)
    return "".join(parts)


def _rule(name: str, same: list[Rule]) -> Iterator[str]:
    languages = ", ".join(sorted({rule.language for rule in same if rule.language})) or "any language"
    yield f"\n### {name}\n\n*{same[0].severity.label}, {languages}.* {same[0].why}\n\n"
    for note in dict.fromkeys(rule.false_alarms for rule in same if rule.false_alarms):
        yield f"False alarms: {note}\n\n"
    for title, kind in (("Flagged", "bad"), ("Not flagged", "good"), ("Known to be missed", "known_misses")):
        for rule in same:
            for example in getattr(rule, kind)[:3]:
                yield f"- {title} ({example.language}): {_quoted(example.text)}\n"


def _quoted(text: str) -> str:
    """An example on one line, as code so that nothing in it is markup; long ones cut."""
    line = " ⏎ ".join(part.strip() for part in text.splitlines() if part.strip())
    line = line.replace("[[", "⟦").replace("]]", "⟧").replace("`", "ˋ")
    return f"`{line if len(line) <= 400 else line[:399] + '…'}`"


if __name__ == "__main__":
    (HERE / "commands.md").write_text(commands(), encoding="utf-8")
    (HERE / "rules.md").write_text(rules(), encoding="utf-8")
