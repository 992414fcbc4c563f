"""`credibility rules new`: asks for what a rule needs, writes it, and runs its examples as `rules test` does."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from credibility.errors import CredibilityError, UsageError

if TYPE_CHECKING:
    from credibility.rules import Rule


def counted(count: int, noun: str) -> str:
    """The noun with its number.

    >>> counted(1, "rule"), counted(0, "rule")
    ('1 rule', '0 rules')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"


def inside(rule: "Rule", folders: tuple[Path, ...]) -> bool:
    """Whether the rule comes from one of these folders."""
    return rule.path is not None and any(rule.path.is_relative_to(folder) for folder in folders)


def run_examples(roots: tuple[Path, ...], wanted: "Callable[[Rule], bool]") -> tuple[int, int]:
    """Runs the examples of the rules that are wanted and says what fails; how many were tested, and how many failures there are."""
    from credibility.config import Config
    from credibility.detectors.phrases import validate_packs
    from credibility.pipeline import active
    from credibility.rules_test import failures

    validate_packs(roots)
    tested = failed = 0
    for detector in active(Config(rules=roots)):
        for rule in filter(wanted, detector.rules):
            tested += 1
            for failure in failures(rule, detector):
                failed += 1
                click.echo("\n".join(failure.lines()))
    return tested, failed


def _ask(option: str, question: str, check: Callable[[str], str], default: str | None = None) -> str:
    """An answer that the check accepts; asked again until it does. Raises UsageError, naming the option, where nobody answers."""

    def accepted(answer: str) -> str:
        try:
            return check(answer)
        except CredibilityError as error:
            raise click.BadParameter(str(error)) from error

    try:
        return str(click.prompt(question, default=default, value_proc=accepted, err=True))
    except click.Abort:
        raise UsageError(f"--{option} is not given and nobody answers; give it as an option") from None


@click.command("new")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--language", metavar="CODE", help="Language of the clippings that the rule reads.")
@click.option("--flag", metavar="WORD", help="Kind of issue, like house-style; the name of the file.")
@click.option("--name", metavar="WORD", help="What the rule is called behind its flag: house-style.NAME.")
@click.option("--phrase", "phrases", multiple=True, metavar="TEXT", help="A phrase to flag; again for more.")
@click.option("--unless", multiple=True, metavar="TEXT", help="A phrase that excuses the words, in the same sentence; again for more.")
@click.option("--bad", multiple=True, metavar="TEXT", help="A sentence to flag; [[ ]] around the words, or none and the phrases get them.")
@click.option("--good", multiple=True, metavar="TEXT", help="A sentence that must not be flagged; again for more.")
@click.option("--why", metavar="TEXT", help="Why it matters, for whoever reads the flag.")
@click.option("--message", metavar="TEXT", help="What an editor reads; {quote} are the words found.")
@click.option("--severity", type=click.Choice(["note", "warning", "error"]), default="warning", show_default=True, help="How bad it is.")
def new_rule(folder: Path, severity: str, unless: tuple[str, ...], **given: str | tuple[str, ...] | None) -> None:
    """Write a phrase rule into the pack in DIR, and run its examples at once.

    What is not given as an option is asked for. The rule is added to DIR/<language>/<flag>.toml; nothing that stands there is
    changed. Status 1 if an example does not hold.
    """
    from credibility.rule_draft import DEFAULT_FLAG, DEFAULT_MESSAGE, Draft, add, check_language, check_message, check_name, check_text

    def word(option: str, question: str, check: Callable[[str], str], default: str | None = None) -> str:
        answer = given[option]
        return check(answer) if isinstance(answer, str) else _ask(option, question, check, default)

    def texts(option: str, question: str) -> tuple[str, ...]:
        answers = given[option + "s" if option == "phrase" else option]
        return answers if isinstance(answers, tuple) and answers else (_ask(option, question, check_text),)

    draft = Draft(
        language=word("language", "Language of the clippings (fr, ar, en, …)", check_language),
        flag=word("flag", "Kind of issue, the flag", check_name, DEFAULT_FLAG),
        name=word("name", "Name of the rule, in one word", check_name),
        phrases=texts("phrase", "The phrase that annoys you"),
        bad=texts("bad", "A sentence with it"),
        good=texts("good", "A sentence like it that is fine"),
        why=word("why", "Why it matters, in a sentence", check_text),
        message=word("message", "What an editor reads; {quote} are the words found", check_message, DEFAULT_MESSAGE),
        severity=severity,
        unless=unless,
    )
    rule = add(draft, folder)
    click.echo(f"Wrote {rule.place}")
    _, failed = run_examples((folder,), lambda other: (other.id, other.language, other.path) == (rule.id, rule.language, rule.path))
    if failed:
        click.echo(f"{counted(failed, 'failure')}: mend the rule in that file, then run: credibility rules test {folder}")
    else:
        click.echo(f"Its examples hold. Use it with: credibility check --rules {folder} CLIPPINGS")
    sys.exit(1 if failed else 0)
