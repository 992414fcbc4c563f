"""Clippings checked in several processes: reports in the order of the clippings, whichever is done first, and none lost.

A process that dies (out of memory, killed, a crash in a library) costs the clipping that it was at, which gets a report with
`error` set; another process takes its place. Few clippings are held at a time, so memory does not grow with the input.
"""

import signal
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from credibility.api import detectors_of
from credibility.config import Config
from credibility.document import Document
from credibility.errors import UsageError
from credibility.pipeline import check
from credibility.report import Report

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# Clippings that may wait for each process's next one: enough that none is idle while the first in line takes long.
_AHEAD = 8


class Checked(NamedTuple):
    """A report, and what went wrong with detectors on the way, a line each."""

    report: Report
    problems: tuple[str, ...] = ()


def check_all(clippings: Iterable[tuple[Document, Config]], jobs: int) -> Iterator[Checked]:
    """The report on each clipping by the configuration beside it, in their order. jobs: how many processes.

    Raises UsageError for a broken rule pack.
    """
    workers = [_Worker() for _ in range(jobs)]
    try:
        yield from _in_order(iter(clippings), workers)
    finally:
        for worker in workers:
            worker.end()


def _checked(document: Document, config: Config) -> Checked:
    problems: list[str] = []
    report = check(document, config, using=detectors_of(config), on_error=lambda error: problems.append(str(error)))
    return Checked(report, tuple(problems))


@dataclass(slots=True)
class _Slot:
    """A clipping in line."""

    document: Document
    config: Config
    checked: Checked | None = None


def _in_order(clippings: Iterator[tuple[Document, Config]], workers: "list[_Worker]") -> Iterator[Checked]:
    """Gives a clipping to each process that has none, and passes on what is first in line."""
    from multiprocessing.connection import wait  # 20 ms that a run in one process does not pay

    line: deque[_Slot] = deque()
    more = True
    while more or line:
        idle = [worker for worker in workers if worker.slot is None]
        while more and idle and len(line) < _AHEAD * len(workers):
            given = next(clippings, None)
            if given is None:
                more = False
                break
            slot = _Slot(*given)
            line.append(slot)
            if slot.document.error:
                slot.checked = Checked(Report(slot.document))
            else:
                idle.pop().take(slot)
        if line and not line[0].checked:
            busy = [worker for worker in workers if worker.slot is not None]
            ready = wait([worker.pipe for worker in busy])
            for worker in busy:
                if worker.pipe in ready:
                    worker.answer()
        while line and (checked := line[0].checked):
            line.popleft()
            yield checked


class _Worker:
    """A process and the clipping that it is at."""

    def __init__(self) -> None:
        self.slot: _Slot | None = None
        self._start()

    def _start(self) -> None:
        from multiprocessing import get_context

        # Spawned, not forked: a fork copies locks that threads of this process may hold.
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def take(self, slot: _Slot) -> None:
        """Send a clipping; if the process ended while it had nothing to do, to a new one."""
        self.slot = slot
        try:
            self.pipe.send((slot.document, slot.config))
        except OSError:
            self.end()
            self._start()
            self.pipe.send((slot.document, slot.config))

    def answer(self) -> None:
        """Receive what became of the clipping: a report, an error to raise, or nothing, for the process is gone."""
        slot, self.slot = self.slot, None
        assert slot is not None
        try:
            answer = self.pipe.recv()
        except (EOFError, OSError):
            self.end()
            slot.checked = Checked(Report(_lost(slot.document, self.process.exitcode)))
            self._start()
            return
        if isinstance(answer, Checked):
            # The text went there; it need not come back.
            slot.checked = answer._replace(report=replace(answer.report, document=slot.document))
        elif answer[0]:
            raise UsageError(answer[1])
        else:
            raise RuntimeError(f"{slot.document.id} could not be checked; in its process:\n{answer[1]}")

    def end(self) -> None:
        """Stop the process; it has nothing that could be lost."""
        self.pipe.close()
        if self.process.is_alive() and self.slot is not None:
            self.process.terminate()
        self.process.join()


def _lost(document: Document, status: int | None) -> Document:
    """The document of a clipping whose process died. status: as multiprocessing gives it, a signal below 0."""
    how = f"by signal {-status} ({signal.strsignal(-status)})" if status is not None and status < 0 else f"with status {status}"
    error = f"{document.id}: the process that checked it was ended {how}; check this clipping alone to see why, memory may be short"
    return replace(document, text="", blocks=(), dates={}, hidden=(), error=error)


def _serve(pipe: "Connection") -> None:
    """What a process does: check what comes, until nothing more comes."""
    # Ctrl-C goes to every process of the terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            document, config = pipe.recv()
        except (EOFError, OSError):
            return
        answer: Checked | tuple[bool, str]
        try:
            report, problems = _checked(document, config)
            answer = Checked(replace(report, document=Document(document.id, "")), problems)
        except UsageError as error:
            answer = True, str(error)
        except Exception:
            answer = False, traceback.format_exc()
        try:
            pipe.send(answer)
        except OSError:
            return
