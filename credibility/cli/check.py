"""`credibility check`: clippings in, reports and an exit status out."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from credibility.cli.gates import given_settings, limit_options, setting_options
from credibility.errors import UsageError
from credibility.visible import one_line
from credibility.writers import formats

if TYPE_CHECKING:
    from credibility.document import Document
    from credibility.errors import DetectorError
    from credibility.gates.session import Session
    from credibility.reading.read import ReadOptions
    from credibility.report import Report

COLUMNS = ("id", "text", "html", "url", "source", "title", "published", "language")


def column_options(command: Any) -> Any:
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
@setting_options
@limit_options
@click.option("--stdin-format", type=click.Choice(["jsonl", "text", "html"]), default="jsonl", show_default=True, help="What '-' holds.")
@click.option("--color/--no-color", default=None, help="Colour on or off; by default only on a terminal.")
@column_options
def check(
    paths: tuple[str, ...],
    form: str,
    output: Path | None,
    include: tuple[str, ...],
    config_file: Path | None,
    isolated: bool,
    write_baseline: Path | None,
    diff: str | None,
    stdin_format: str,
    color: bool | None,
    **others: Any,
) -> None:
    """Check clippings: files, folders, or - for standard input.

    Endings: .txt .md .html .htm .jsonl .ndjson .csv .tsv .parquet .warc, each also with .gz.

    Status 0: every limit held. 1: one did not (--fail-on, --min-score, --max …), which standard error says. 2: the call or an
    input was unusable; what could be read has its report all the same.
    """
    from credibility.gates.session import Asked, Session
    from credibility.reading.read import ReadOptions
    from credibility.writers import WriteOptions, write

    session = Session(paths, given_settings(others), Asked(config_file, isolated, diff, write_baseline))
    options = ReadOptions(stdin_format=stdin_format, **{name: others[f"{name}_column"] for name in COLUMNS})
    run = _Run(session, options)
    reports = run.reports()
    settings = session.settings_of_all
    how = WriteOptions(color=bool(color), include_text=bool(include), config=settings.config, fail_on=settings.config.fail_on)
    if output is None:
        write(form, reports, _standard_output(), replace(how, color=color))
    else:
        try:
            out = output.open("w", encoding="utf-8", errors="surrogatepass", newline="")
        except OSError as error:
            raise UsageError(f"{output}: cannot be written: {error.strerror}; name another file with --output") from error
        with out:
            write(form, reports, out, how)
    sys.exit(run.close())


def _standard_output() -> Any:
    """Standard output as UTF-8 with unchanged newlines, whatever the locale says."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass", newline="")
    return sys.stdout


class _Run:
    """One run of `check`: reports go out as they are made, and the exit status gathers meanwhile."""

    def __init__(self, session: "Session", options: "ReadOptions") -> None:
        from credibility.reading.read import read_bytes

        self.session, self.options = session, options
        self.unusable = False
        session.compare(lambda stream, name: read_bytes(stream, name, options), self._check)

    def reports(self) -> "Iterator[Report]":
        """The report of each clipping, in the order of the input; what is wrong is said on standard error."""
        from credibility.reading.read import read_paths

        for document in read_paths(self.session.paths, self.options, self.session.keeps):
            if document.error:
                self._tell(document.error)
            yield self.session.settle(self._check(document))

    def close(self) -> int:
        """The exit status: 2 for an input that was unusable, else 1 for a limit that did not hold, else 0; each is said."""
        sys.stdout.flush()  # the report stands before what is said of it, also where both go to one file
        told, failed = self.session.close()
        for line in (*told, *(f"failed: {line}" for line in failed)):
            click.echo(f"credibility: {one_line(line)}", err=True)
        return 2 if self.unusable else int(bool(failed))

    def _check(self, document: "Document") -> "Report":
        """The report on one clipping, by the settings that hold for it."""
        from credibility.pipeline import check

        settings = self.session.settings(document.path)
        return check(document, settings.config, using=self.session.detectors(settings), on_error=self._tell_bug)

    def _tell_bug(self, error: "DetectorError") -> None:
        self._tell(f"{error}; the other flags of this clipping are not affected. This is a bug of the detector")

    def _tell(self, problem: str) -> None:
        self.unusable = True
        click.echo(f"credibility: {one_line(problem)}", err=True)
