"""`credibility completion` and `credibility schema`: what shells and other programs ask for."""

from pathlib import Path

import click

_SHELLS = ("bash", "fish", "zsh")
_VARIABLE = "_CREDIBILITY_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> None:
    """Print what teaches a shell to complete commands, options, formats, flags and rules.

    \b
    bash: credibility completion bash > ~/.local/share/bash-completion/completions/credibility
    zsh:  credibility completion zsh > a file named _credibility in a folder of $fpath
    fish: credibility completion fish > ~/.config/fish/completions/credibility.fish
    """
    from click.shell_completion import get_completion_class

    from credibility.cli import main

    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"this version of click knows no completion for {shell}")
    shape = made(main, {}, "credibility", _VARIABLE)
    # Not shape.source(): that of bash runs bash first, to see how old it is.
    click.echo(shape.source_template % shape.source_vars())


@click.command()
def schema() -> None:
    """Print the JSON Schema of a report, as --format json and --format jsonl write it."""
    click.echo((Path(__file__).parent.parent / "report.schema.json").read_text(encoding="utf-8"), nl=False)


def rule_names(_context: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The flags, and the rules of a flag that is written out, that a shell may complete to; after a comma the next one."""
    from credibility.config import DEFAULT
    from credibility.pipeline import active

    before, comma, last = incomplete.rpartition(",")
    rules = {rule.id: rule.flag for detector in active(DEFAULT) for rule in detector.rules}
    names = {rule if last.startswith(flag) else flag for rule, flag in rules.items()} | set(rules.values())
    return [before + comma + name for name in sorted(names) if name.startswith(last)]
