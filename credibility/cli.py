"""The command line: `credibility check`, `rules`, `explain`, `evaluate`, `train`.

Only click is imported here; every command imports what it needs, so that `--help` is instant.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from credibility.errors import CredibilityError, UsageError, nearest
from credibility.visible import one_line
from credibility.writers import formats

if TYPE_CHECKING:
    from credibility.config import Config
    from credibility.detector import Detector
    from credibility.errors import DetectorError
    from credibility.reading.read import ReadOptions
    from credibility.report import Report
    from credibility.rules import Rule

COLUMNS = ("id", "text", "html", "url", "source", "title", "published", "language")


class _Group(click.Group):
    """A group whose mistakes end with status 2 and one line, and that knows the nearest command."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(f"there is no command {args[0]!r}; {nearest(args[0], self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CredibilityError as error:
            click.echo(f"credibility: {one_line(str(error))}", err=True)
            ctx.exit(2)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="credibility-lint", prog_name="credibility")
def main() -> None:
    """Flags what a careful reader should not take on trust in a news clipping, on the exact words.

    It judges the quality and transparency of a text, never whether it is true.
    """


def _names(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Names given once or several times, each time one or several with commas between."""
    return tuple(name.strip() for part in given for name in part.split(",") if name.strip())


def _column_options(command: Any) -> Any:
    """--id-column, --text-column and so on."""
    for name in reversed(COLUMNS):
        command = click.option(
            f"--{name}-column", metavar="NAME", help=f"Column or key that holds the {name}.", default=name, show_default=True
        )(command)
    return command


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(formats()), default="console", show_default=True, help="How the reports are written.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write to instead of standard output.")
@click.option("--include", type=click.Choice(["text"]), multiple=True, help="Add the analysed text and its blocks to JSON reports.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="End with status 1 if a finding is at least this severe.",
)
@click.option("--select", multiple=True, callback=_names, metavar="FLAGS", help="Only these flags or rules.")
@click.option("--ignore", multiple=True, callback=_names, metavar="FLAGS", help="All but these flags or rules.")
@click.option(
    "--rules",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder with rule packs of your own, DIR/<language>/<flag>.toml.",
)
@click.option("--language", metavar="CODE", help="Main language of all clippings, where you know better than the text shows.")
@click.option("--stdin-format", type=click.Choice(["jsonl", "text", "html"]), default="jsonl", show_default=True, help="What '-' holds.")
@click.option("--color/--no-color", default=None, help="Colour on or off; by default only on a terminal.")
@_column_options
def check(
    paths: tuple[str, ...],
    form: str,
    output: Path | None,
    include: tuple[str, ...],
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    rules: tuple[Path, ...],
    language: str | None,
    stdin_format: str,
    color: bool | None,
    **columns: str,
) -> None:
    """Check clippings: files, folders, or - for standard input.

    Endings: .txt .md .html .htm .jsonl .ndjson .csv .tsv .parquet .warc, each also with .gz.

    Status 0: nothing at or above --fail-on. 1: something was. 2: the call or an input was unusable; what could be read has
    its report all the same.
    """
    from credibility.config import Config
    from credibility.detectors.phrases import validate_packs
    from credibility.pipeline import active
    from credibility.reading.read import ReadOptions
    from credibility.writers import WriteOptions, write

    config = Config(select=select, ignore=ignore, rules=rules, language=language)
    validate_packs(rules)
    config.check_names(rule.id for rule in (_all_rules(rules) if select or ignore else ()))
    options = ReadOptions(stdin_format=stdin_format, **{name: columns[f"{name}_column"] for name in COLUMNS})
    run = _Run(config, active(config), fail_on)
    reports = run.reports(paths, options)
    if output is None:
        write(form, reports, _standard_output(), WriteOptions(color=color, include_text=bool(include)))
    else:
        try:
            out = output.open("w", encoding="utf-8", errors="surrogatepass", newline="")
        except OSError as error:
            raise UsageError(f"{output}: cannot be written: {error.strerror}; name another file with --output") from error
        with out:
            write(form, reports, out, WriteOptions(color=bool(color), include_text=bool(include)))
    sys.exit(run.status)


def _standard_output() -> Any:
    """Standard output as UTF-8 with unchanged newlines, whatever the locale says."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass", newline="")
    return sys.stdout


class _Run:
    """One run of `check`: reports go out as they are made, and the exit status gathers meanwhile."""

    def __init__(self, config: "Config", using: "tuple[Detector, ...]", fail_on: str) -> None:
        self.config, self.using, self.fail_on = config, using, fail_on
        self.unusable = self.failed = False

    @property
    def status(self) -> int:
        """2 for an input that was unusable, else 1 for a finding at or above the limit, else 0."""
        return 2 if self.unusable else int(self.failed)

    def reports(self, paths: tuple[str, ...], options: "ReadOptions") -> "Iterator[Report]":
        """The report of each clipping, in the order of the input; what is wrong is said on standard error."""
        from credibility.pipeline import check
        from credibility.reading.read import read_paths

        for document in read_paths(paths, options):
            report = check(document, self.config, using=self.using, on_error=self._tell_bug)
            if document.error:
                self._tell(document.error)
            if self.fail_on != "never" and report.worst is not None and report.worst.label in self._limits():
                self.failed = True
            yield report

    def _limits(self) -> tuple[str, ...]:
        order = ("note", "warning", "error")
        return order[order.index(self.fail_on) :]

    def _tell_bug(self, error: "DetectorError") -> None:
        self._tell(f"{error}; the other flags of this clipping are not affected. This is a bug of the detector")

    def _tell(self, problem: str) -> None:
        self.unusable = True
        click.echo(f"credibility: {one_line(problem)}", err=True)


@main.group(cls=_Group)
def rules() -> None:
    """List the rules, or test them on their examples."""


def _all_rules(roots: tuple[Path, ...]) -> "list[Rule]":
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
    for rule in _all_rules(roots):
        by_id.setdefault(rule.id, []).append(rule)
    for name, same in by_id.items():
        languages = " ".join(sorted({rule.language for rule in same if rule.language})) or "any"
        click.echo(f"{name:38} {same[0].severity.label:8} {languages:18} {same[0].message}")


@rules.command("test")
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[DIR]...")
def test_rules(folders: tuple[Path, ...]) -> None:
    """Run the examples of all rules, or of the packs in DIR; status 1 if one does not hold."""
    from credibility.config import Config
    from credibility.pipeline import active
    from credibility.rules_test import failures

    tested = failed = 0
    for detector in active(Config(rules=folders)):
        for rule in detector.rules:
            if folders and not any(rule.place.startswith(str(folder)) for folder in folders):
                continue
            tested += 1
            for failure in failures(rule, detector):
                failed += 1
                click.echo(one_line(failure))
    click.echo(f"{tested} rules tested, {failed} failures")
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("name", metavar="RULE")
@_pack_option
def explain(name: str, roots: tuple[Path, ...]) -> None:
    """Say what a rule or flag means, why it matters, where it errs, with its examples."""
    every = _all_rules(roots)
    chosen = [rule for rule in every if name in (rule.id, rule.flag)]
    if not chosen:
        raise UsageError(f"there is no rule or flag {name!r}; {nearest(name, {n for rule in every for n in (rule.id, rule.flag)})}")
    for rule in chosen:
        click.echo(_explanation(rule) + "\n")


def _explanation(rule: "Rule") -> str:
    """A rule as text for a terminal."""
    lines = [f"{rule.id} ({rule.severity.label}{', ' + rule.language if rule.language else ''})", f"  {rule.message}", f"  Why: {rule.why}"]
    if rule.false_alarms:
        lines.append(f"  False alarms: {rule.false_alarms}")
    for title, examples in (("Flagged", rule.bad), ("Not flagged", rule.good), ("Known to be missed", rule.known_misses)):
        for example in examples:
            indented = example.text.replace("\n", "\n      ")
            lines.append(f"  {title} [{example.language}]: {indented}")
    return "\n".join(lines)


@main.command()
@click.argument("task", type=click.Choice(["mixed", "statistics", "translation", "lines", "pages", "clippings", "all"]))
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Measure on a seeded random sample of this many articles.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the sample and of the bootstrap.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes; by default one a core. The figures are the same.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the figures to this file: Markdown, or JSON if it ends in .json.",
)
def evaluate(task: str, data: Path, limit: int | None, seed: int, jobs: int | None, output: Path | None) -> None:
    """Measure the flags on labelled articles, with 95% intervals.

    DATA is the labelled file of the task; for 'all' a folder with one folder a task (docs/evaluation.md has the formats).
    """
    from credibility.evaluation.evaluate import run

    run(task, data, limit=limit, seed=seed, jobs=jobs, output=output, say=click.echo)


@main.command()
@click.argument("model", type=click.Choice(["continuation", "languages", "layout", "translation"]))
@click.argument("data", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[DATA]...")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder for the model; by default the one in rules/models."
)
def train(model: str, data: tuple[Path, ...], output: Path | None) -> None:
    """Train one of the models that ship, and write its weights and card."""
    from importlib import import_module

    import_module(f"credibility.training.{model}").train(data, output=output, say=click.echo)
