"""`credibility check --watch`: checks again what changed, until Ctrl-C."""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias

import click

from credibility.cli.outputs import Output
from credibility.errors import UsageError
from credibility.visible import one_line

if TYPE_CHECKING:
    from credibility.reading.read import Keeps

# Seconds between two looks at the files.
EVERY = 0.5

# What tells that a file changed: nanoseconds of its last change, and its size.
Stamp: TypeAlias = tuple[int, int]


def watch_paths(paths: Sequence[str], keeps: "Keeps", to: Sequence[Output], check: Callable[[tuple[str, ...]], int]) -> NoReturn:
    """Check what the paths of a call lead to, again and again, and leave with status 0 on Ctrl-C.

    keeps: which entries of a folder. check: gets the paths of some files. Raises UsageError for standard input, and for
    reports that go to files: each would hold what changed last.
    """
    from credibility.reading.read import files

    if "-" in paths or any(output.file for output in to):
        raise UsageError("--watch reads files and folders and writes to standard output; leave out '-' and files of formats")
    try:
        watch(lambda: files(paths, keeps), check, lambda line: click.echo(f"credibility: {one_line(line)}", err=True))
    except KeyboardInterrupt:
        sys.exit(0)


def watch(files: Callable[[], Iterable[Path]], check: Callable[[tuple[str, ...]], int], tell: Callable[[str], None]) -> NoReturn:
    """Check the files that are there, then those that are new or changed, as soon as nobody writes to them any more."""
    checked: dict[str, Stamp] = {}
    before: dict[str, Stamp] | None = None
    while True:
        now = stamps(files())
        # One that is still growing is left for the next look; at the first look there is no telling.
        due = [path for path, stamp in now.items() if checked.get(path) != stamp and (before is None or before.get(path) == stamp)]
        for path in checked.keys() - now.keys():
            tell(f"{path}: is gone")
        checked = {path: stamp for path, stamp in checked.items() if path in now} | {path: now[path] for path in due}
        if due:
            try:
                check(tuple(due))
            except UsageError as error:  # a configuration that somebody is editing too
                tell(str(error))
            tell(f"{len(due)} of {len(now)} files checked; watching for changes, Ctrl-C ends")
        elif before is None:
            tell("no file yet; watching for changes, Ctrl-C ends")
        before = now
        time.sleep(EVERY)


def stamps(files: Iterable[Path]) -> dict[str, Stamp]:
    """The stamp of every file by its path, in their order; without those that went away meanwhile."""
    found = {}
    for path in files:
        try:
            status = path.stat()
        except OSError:
            continue
        found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found
