"""Where the reports of `check` go: formats and their files, and how much the console says."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO, TypeAlias

import click

from credibility.errors import UsageError, nearest
from credibility.writers import WriteOptions, formats

if TYPE_CHECKING:
    from credibility.reading.read import Keeps
    from credibility.writers._several import Target

# Device and inode: the same file under whatever name.
FileId: TypeAlias = tuple[int, int]

# The options on how much is said, by their names in WriteOptions.
SAID = ("quiet", "verbose", "statistics", "explain_score")


class Output(NamedTuple):
    """A format and the file it goes to; None is standard output."""

    form: str
    file: Path | None = None


def _parsed(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[Output, ...]:
    """FORMAT or FORMAT:FILE, once or several times."""
    found = []
    for value in given:
        form, _, file = value.partition(":")
        if form not in formats():
            raise click.BadParameter(f"there is no output format {form!r}; {nearest(form, formats())}", ctx, param)
        found.append(Output(form, Path(file) if file else None))
    return tuple(found)


def _completed(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The formats that a shell may complete to."""
    return [form for form in formats() if form.startswith(incomplete)]


def output_options(command: Any) -> Any:
    """--format, --output, --include, --color, and how much is said."""
    for option in reversed(
        (
            click.option(
                "--format",
                "outputs",
                multiple=True,
                default=("console",),
                show_default=True,
                metavar="FORMAT[:FILE]",
                callback=_parsed,
                shell_complete=_completed,
                help=f"How the reports are written, and where: {', '.join(formats())}. Once for each of several; all but one need a file.",
            ),
            click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write a single format to."),
            click.option(
                "--include", type=click.Choice(["text"]), multiple=True, help="Add the analysed text and its blocks to JSON reports."
            ),
            click.option("--color/--no-color", default=None, help="Colour on or off; by default only on a terminal."),
            click.option("-q", "--quiet", is_flag=True, help="No progress; on the console only clippings with findings, and no summary."),
            click.option(
                "-v",
                "--verbose",
                is_flag=True,
                help="On the console what each finding rests on, what its rule is there for, and who is cited.",
            ),
            click.option("--statistics", is_flag=True, help="On the console count the findings by rule."),
            click.option("--explain-score", is_flag=True, help="On the console show every lost point with the findings that took it."),
        )
    ):
        command = option(command)
    return command


def chosen(outputs: Sequence[Output], output: Path | None, options: WriteOptions) -> tuple[Output, ...]:
    """The formats of the run and their files, that of --output among them.

    Raises UsageError for two in one place, and for what is asked of a console report that nobody asked for.
    """
    given = tuple(outputs)
    if output is not None:
        if len(given) > 1 or given[0].file is not None:
            raise UsageError("--output is for one format without a file of its own; with several write --format FORMAT:FILE")
        given = (Output(given[0].form, output),)
    places = [one.file and one.file.absolute() for one in given]
    for one, place in zip(given, places, strict=True):
        if places.count(place) > 1:
            where = one.file or "standard output"
            raise UsageError(f"two formats go to {where}; give each a file of its own, as in --format sarif:FILE")
    if options.quiet and options.verbose:
        raise UsageError("--quiet and --verbose contradict each other; leave one out")
    for name in SAID[1:]:
        if getattr(options, name) and all(one.form != "console" for one in given):
            raise UsageError(f"--{name.replace('_', '-')} is for the console report; add --format console, or look into the JSON report")
    return given


@contextmanager
def opened(outputs: Sequence[Output], options: WriteOptions) -> "Iterator[list[Target]]":
    """The formats with their files open. Raises UsageError for a file that cannot be written, before anything is checked."""
    from credibility.writers._several import Target

    in_file = replace(options, color=bool(options.color))
    with ExitStack() as files:
        targets = [
            Target(form, _standard_output(), options) if file is None else Target(form, files.enter_context(_open(file)), in_file)
            for form, file in outputs
        ]
        yield targets
        for target in targets:  # a report stands there whole before anything is said of it
            target.out.flush()


def _open(file: Path) -> TextIO:
    try:
        return file.open("w", encoding="utf-8", errors="surrogatepass", newline="")
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}; name another file with --output or --format FORMAT:FILE") from error


def _standard_output() -> Any:
    """Standard output as UTF-8 with unchanged newlines, whatever the locale says."""
    if sys.stdout is None:
        raise UsageError("standard output is closed; name a file with --output or --format FORMAT:FILE")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass", newline="")
    return sys.stdout


def files_of(outputs: Iterable[Path | None]) -> frozenset[FileId]:
    """Those of these files that are there; None is the one that the shell sends standard output to."""
    found = set()
    for file in outputs:
        with suppress(OSError, ValueError, AttributeError):  # no file yet, or an output that is none
            status = os.fstat(sys.stdout.fileno()) if file is None else file.stat()
            if stat.S_ISREG(status.st_mode):
                found.add((status.st_dev, status.st_ino))
    return frozenset(found)


def demand_apart(paths: Iterable[str], own: frozenset[FileId]) -> None:
    """Raises UsageError for a clipping that a file of the run's own would be written over."""
    for path in paths:
        if path != "-" and _identity(Path(path)) in own:
            raise UsageError(f"{path}: is a clipping and would be written over; name another file for what this run writes")


def but_for(keeps: "Keeps", own: frozenset[FileId]) -> "Keeps":
    """The same choice of a folder's entries without these files: a report in a folder that is walked would be read while it grows."""
    if not own:
        return keeps
    return lambda entry, is_folder: (is_folder or _identity(entry) not in own) and keeps(entry, is_folder)


def _identity(path: Path) -> FileId | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
