"""`credibility check`: clippings in, reports and an exit status out."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from credibility.cli.gates import given_settings, limit_options, setting_options
from credibility.cli.outputs import SAID, Output, but_for, chosen, demand_apart, files_of, opened, output_options
from credibility.cli.progress import Teller, teller
from credibility.cli.watch import watch_paths

if TYPE_CHECKING:
    from credibility.document import Document
    from credibility.gates.session import Session
    from credibility.reading.read import ReadOptions
    from credibility.report import Report
    from credibility.writers import WriteOptions

_PASSED_OVER = "check the path; in folders files of other endings are passed over, and what exclude and .gitignore name"
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
@output_options
@setting_options
@limit_options
@click.option(
    "--stdin-format",
    type=click.Choice(["jsonl", "text", "html", "csv", "tsv", "parquet", "warc"]),
    default="jsonl",
    show_default=True,
    help="What '-' holds.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Processes that check; 0 for one a core. The output is the same.",
)
@click.option("--watch", is_flag=True, help="Check again what changes, until Ctrl-C.")
@column_options
def check(
    paths: tuple[str, ...],
    outputs: tuple[Output, ...],
    output: Path | None,
    include: tuple[str, ...],
    config_file: Path | None,
    isolated: bool,
    write_baseline: Path | None,
    diff: str | None,
    stdin_format: str,
    color: bool | None,
    jobs: int,
    watch: bool,
    **others: Any,
) -> None:
    """Check clippings: files, folders, or - for standard input.

    Endings: .txt .md .html .htm .jsonl .ndjson .csv .tsv .parquet .warc, each also with .gz.

    Status 0: every limit held. 1: one did not (--fail-on, --min-score, --max …), which standard error says. 2: the call or an
    input was unusable; what could be read has its report all the same.
    """
    from credibility.gates.session import Asked, Session
    from credibility.reading.read import ReadOptions
    from credibility.writers import WriteOptions

    said = {name: others[name] for name in SAID}
    to = chosen(outputs, output, WriteOptions(**said))
    options = ReadOptions(stdin_format=stdin_format, **{name: others[f"{name}_column"] for name in COLUMNS})

    def session(some: tuple[str, ...]) -> Session:
        return Session(some, given_settings(others), Asked(config_file, isolated, diff, write_baseline))

    def run(here: Session) -> int:
        style = WriteOptions(color, bool(include), here.settings_of_all.config, **said)
        return _Run(here, options, to, style).write(jobs or os.cpu_count() or 1)

    own = [output.file for output in to]
    first = session(paths)
    demand_apart(first.paths, files_of([*own, write_baseline] if write_baseline else own))
    if watch:
        watch_paths(paths, but_for(first.keeps, files_of(own)), to, lambda some: run(session(some)))
    sys.exit(run(first))


class _Run:
    """One run of `check`: reports go out as they are made, and the exit status gathers meanwhile."""

    def __init__(self, session: "Session", options: "ReadOptions", to: tuple[Output, ...], style: "WriteOptions") -> None:
        from credibility.reading.read import read_bytes

        self.session, self.options, self.to, self.style = session, options, to, style
        self.unusable = False
        self.clippings = 0
        self.teller = Teller()
        session.compare(lambda stream, name: read_bytes(stream, name, options), self._check)

    def write(self, jobs: int) -> int:
        """Check in so many processes and write every format.

        The exit status: 2 for an input that was unusable, else 1 for a limit that did not hold, else 0; each is said.
        """
        from credibility.writers._several import write_all

        with opened(self.to, self.style) as targets, teller(self.to, quiet=self.style.quiet) as self.teller:
            write_all(targets, self._reports(jobs))
        self.teller = Teller()
        if self.session.paths and not self.clippings:
            self.teller.tell(f"nothing was checked: there is no clipping in {', '.join(self.session.paths)}; {_PASSED_OVER}")
        told, failed = self.session.close()
        for line in (*told, *(f"failed: {line}" for line in failed)):
            self.teller.tell(line)
        return 2 if self.unusable else int(bool(failed))

    def _reports(self, jobs: int) -> "Iterator[Report]":
        """The report of each clipping, in the order of the input; what is wrong is said on standard error."""
        for report in self._checked(jobs):
            self.clippings += 1
            if report.document.error:
                self._tell(report.document.error)
            settled = self.session.settle(report)
            self.teller.done(settled)
            yield settled

    def _checked(self, jobs: int) -> "Iterator[Report]":
        """The report of each clipping as it is made."""
        from credibility.reading.read import read_paths

        keeps = but_for(self.session.keeps, files_of(output.file for output in self.to))
        documents = self.session.admitted(read_paths(self.session.paths, self.options, keeps))
        if jobs == 1:
            yield from map(self._check, documents)
            return
        from credibility.workers import check_all

        for report, problems in check_all(((document, self.session.settings(document.path).config) for document in documents), jobs):
            for problem in problems:
                self._tell_bug(problem)
            yield report

    def _check(self, document: "Document") -> "Report":
        """The report on one clipping, by the settings that hold for it."""
        from credibility.pipeline import check

        settings = self.session.settings(document.path)
        return check(document, settings.config, using=self.session.detectors(settings), on_error=self._tell_bug)

    def _tell_bug(self, error: object) -> None:
        self._tell(f"{error}; the other flags of this clipping are not affected. This is a bug of the detector")

    def _tell(self, problem: str) -> None:
        self.unusable = True
        self.teller.tell(problem)
