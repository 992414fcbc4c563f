"""What `check` says on standard error: problems, a line each, and on a terminal how far it is."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from credibility.visible import one_line

if TYPE_CHECKING:
    from rich.progress import Progress

    from credibility.cli.outputs import Output
    from credibility.report import Report


class Teller:
    """Says problems at once; with a progress line, above it."""

    def __init__(self, progress: "Progress | None" = None) -> None:
        self._progress = progress
        self._clippings = self._findings = 0
        self._task = progress.add_task("") if progress else None

    def tell(self, problem: str) -> None:
        """A problem, on one line; nothing in it commands the terminal or a log."""
        line = f"credibility: {one_line(problem)}"
        if self._progress:
            self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)

    def done(self, report: "Report") -> None:
        """One more clipping."""
        if self._progress and self._task is not None:
            self._clippings += 1
            self._findings += len(report.open)
            self._progress.update(self._task, description=f"{self._clippings} clippings, {self._findings} findings", refresh=False)


@contextmanager
def teller(outputs: "Sequence[Output]", *, quiet: bool) -> Iterator[Teller]:
    """A teller, with a progress line where standard error is a terminal and the console report does not share it."""
    shared = any(output.file is None for output in outputs) and sys.stdout.isatty()
    if quiet or shared or sys.stderr is None or not sys.stderr.isatty():
        yield Teller()
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Teller(progress)
