"""`credibility check`: clippings in, reports and an exit status out."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from credibility.cli.rules import all_rules
from credibility.errors import UsageError
from credibility.visible import one_line
from credibility.writers import formats

if TYPE_CHECKING:
    from credibility.config import Config
    from credibility.detector import Detector
    from credibility.errors import DetectorError
    from credibility.reading.read import ReadOptions
    from credibility.report import Report

COLUMNS = ("id", "text", "html", "url", "source", "title", "published", "language")


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


@click.command()
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
    config.check_names(rule.id for rule in (all_rules(rules) if select or ignore else ()))
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
