"""One run in several formats at once: every report is made once and handed to each format as it comes."""

from collections.abc import Iterable, Iterator, Sequence
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple, TextIO

from credibility.writers import WriteOptions, write

if TYPE_CHECKING:
    from credibility.report import Report

# Reports that a format may be behind the first one.
_BEHIND = 8


class Target(NamedTuple):
    """A format, where it is written to, and how."""

    form: str
    out: TextIO
    options: WriteOptions


def write_all(targets: Sequence[Target], reports: "Iterable[Report]") -> None:
    """Write the reports to every target, each as far as its format allows while they are made.

    The first format runs here, each other one in a thread of its own, for a format asks for its reports when it wants them.
    Raises what a format raises; the others then end unfinished, as they do if the reports break off.
    """
    first, *others = targets
    copies = [_Copy(target) for target in others]
    try:
        write(first.form, _passed_on(reports, copies), first.out, first.options)
        for copy in copies:
            copy.end()
    except BaseException:
        for copy in copies:
            copy.end(broken=True)
        raise
    for copy in copies:
        copy.complain()


def _passed_on(reports: "Iterable[Report]", copies: "Sequence[_Copy]") -> "Iterator[Report]":
    """The reports, each of which goes to the copies as well."""
    for report in reports:
        for copy in copies:
            copy.complain()
            copy.queue.put(report)
        yield report


class _Broken(Exception):
    """The reports ended before their time."""


class _Copy:
    """A format in its own thread, which takes its reports from a queue; None ends them."""

    def __init__(self, target: Target) -> None:
        self.queue: Queue[Report | None] = Queue(_BEHIND)
        self._target = target
        self._ended = self._broken = False
        self._failure: Exception | None = None
        self._thread = Thread(target=self._run, name=f"format {target.form}", daemon=True)
        self._thread.start()

    def end(self, *, broken: bool = False) -> None:
        """No more reports; waits until the format is done."""
        self._broken = broken
        self.queue.put(None)
        self._thread.join()

    def complain(self) -> None:
        """Raises what the format failed with."""
        if self._failure:
            raise self._failure

    def _run(self) -> None:
        try:
            write(self._target.form, self._reports(), self._target.out, self._target.options)
        except _Broken:
            return
        except Exception as error:
            self._failure = error
        # What is in the queue yet is taken out, so that nobody waits to put more in.
        while not self._ended:
            self._ended = self.queue.get() is None

    def _reports(self) -> "Iterator[Report]":
        while (report := self.queue.get()) is not None:
            yield report
        self._ended = True
        if self._broken:
            raise _Broken
