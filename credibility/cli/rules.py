"""`credibility rules` and `credibility explain`: what can be flagged, and whether its examples hold."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from credibility.cli.group import Group
from credibility.cli.new_rule import counted, inside, new_rule, run_examples
from credibility.cli.shell import rule_names
from credibility.errors import UsageError, nearest

if TYPE_CHECKING:
    from credibility.rules import Rule


@click.group(cls=Group)
def rules() -> None:
    """List the rules, or test them on their examples."""


def all_rules(roots: tuple[Path, ...]) -> "list[Rule]":
    """Every rule of every detector, those of further packs included, in order of its id and language."""
    from credibility.config import Config
    from credibility.pipeline import active

    every = (rule for detector in active(Config(rules=roots)) for rule in detector.rules)
    return sorted(every, key=lambda rule: (rule.id, rule.language))


_pack_option = click.option(
    "--rules",
    "roots",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder with rule packs of your own.",
)


@rules.command("list")
@_pack_option
def list_rules(roots: tuple[Path, ...]) -> None:
    """A line a rule: id, severity, languages, what it says."""
    by_id: dict[str, list[Rule]] = {}
    for rule in all_rules(roots):
        by_id.setdefault(rule.id, []).append(rule)
    for name, same in by_id.items():
        languages = " ".join(sorted({rule.language for rule in same if rule.language})) or "any"
        click.echo(f"{name:38} {same[0].severity.label:8} {languages:18} {same[0].message}")


@rules.command("test")
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[DIR]...")
def test_rules(folders: tuple[Path, ...]) -> None:
    """Run the examples of all rules, or of the packs in DIR; status 1 if one does not hold.

    A failure shows the sentence as it is marked and as it is flagged, where the rule stands, and what to do next.
    """
    from credibility.detectors.phrases import no_rules

    tested, failed = run_examples(folders, lambda rule: not folders or inside(rule, folders))
    if folders and not tested:
        raise UsageError(no_rules(folders[0]))
    click.echo(f"{counted(tested, 'rule')} tested, {counted(failed, 'failure')}")
    sys.exit(1 if failed else 0)


rules.add_command(new_rule)


@rules.command("changed")
@click.option("--since", "version", metavar="VERSION", help="Compare with this version; by default the last one that is kept.")
def changed_rules(version: str | None) -> None:
    """Say which rules were added, removed or changed since a version.

    A rule counts as changed where its severity, phrases, patterns or examples did; shared word lists and models are told too.
    """
    from credibility.history import changes, current, since

    before = since(version)
    found = list(changes(before, current(all_rules(()))))
    for change in found:
        click.echo(f"{change.kind:8} {change.name}{': ' + change.what if change.what else ''}")
    if not found:
        click.echo(f"Nothing that decides what is flagged has changed since {before.version}.")


@click.command()
@click.argument("name", metavar="RULE", shell_complete=rule_names)
@_pack_option
def explain(name: str, roots: tuple[Path, ...]) -> None:
    """Say what a rule or flag means, why it matters, where it errs, with its examples."""
    every = all_rules(roots)
    chosen = [rule for rule in every if name in (rule.id, rule.flag)]
    if not chosen:
        raise UsageError(f"there is no rule or flag {name!r}; {nearest(name, {n for rule in every for n in (rule.id, rule.flag)})}")
    for rule in chosen:
        click.echo(_explanation(rule) + "\n")


def _explanation(rule: "Rule") -> str:
    """A rule as text for a terminal."""
    from credibility.alarms import counted
    from credibility.pack import pack_root

    lines = [f"{rule.id} ({rule.severity.label}{', ' + rule.language if rule.language else ''})", f"  {rule.message}", f"  Why: {rule.why}"]
    if rule.false_alarms:
        lines.append(f"  False alarms: {rule.false_alarms}")
    for of in counted() if rule.path is None or rule.path.is_relative_to(pack_root()) else ():
        rate = of.rate(rule.id, {rule.language} - {""})
        if rate.articles:
            low, high = (100 * bound for bound in rate.interval())
            share = f"{100 * rate.flagged / rate.articles:.2f}%, 95% interval {low:.2f} to {high:.2f}%"
            lines.append(f"  Flags {rate.flagged:,} of {rate.articles:,} ({share}): {of.about}")
    for title, examples in (("Flagged", rule.bad), ("Not flagged", rule.good), ("Known to be missed", rule.known_misses)):
        for example in examples:
            indented = example.text.replace("\n", "\n      ")
            lines.append(f"  {title} [{example.language}]: {indented}")
    return "\n".join(lines)
