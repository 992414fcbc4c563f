"""Findings that somebody accepts become entries of the suppressions file; entries that no longer hold are taken out."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from credibility.document import Finding
from credibility.gates.entries import NAME, Entry
from credibility.gates.session import Session
from credibility.gates.writing import add_entries, entries_for, remove_entries
from credibility.report import Report
from credibility.settings.resolver import whole
from credibility.settings.table import shown_path


class Reason(NamedTuple):
    """Why findings may stand, who decided so, and the last day on which that holds."""

    reason: str
    author: str = ""
    expires: date | None = None


def accept(session: Session, reports: Iterable[Report], meant: Callable[[Finding], bool], why: Reason) -> list[str]:
    """Add an entry for each open finding that is meant to the file that holds for its clipping; a line for each file changed."""
    new: dict[Path, list[Entry]] = {}
    for report in reports:
        numbers = [number for number, finding in enumerate(report.findings) if finding.suppressed is None and meant(finding)]
        if numbers:
            file = session.suppressions_of(report.document.path) or _new_file(report.document.path)
            new.setdefault(file, []).extend(entries_for(report, numbers, file.parent, **why._asdict()))
    for file, entries in new.items():
        add_entries(file, entries)
    return [f"{shown_path(file)}: {_number(len(entries))} added" for file, entries in new.items()]


def take_out(session: Session, reports: Iterable[Report]) -> list[str]:
    """Take out the entries that expired, or that fit no finding of these reports; a line for each file changed."""
    for _ in reports:
        pass  # the session notes which entries fit
    said = []
    for ledger, whole_folder in session.suppressions():
        gone = set(ledger.unused(whole=whole_folder)) | {n for n in range(len(ledger.entries)) if ledger.expired(n)}
        if gone:
            remove_entries(ledger.path, gone)
            said.append(f"{shown_path(ledger.path)}: {_number(len(gone))} taken out, {len(ledger.entries) - len(gone)} left")
    return said


def _new_file(path: str | None) -> Path:
    """Where a first entry goes: the working folder, or the clipping's own where that lies elsewhere."""
    here = Path.cwd()
    folder = here if path in (None, "-") else whole(str(path)).parent
    return (here if here == folder or here in folder.parents else folder) / NAME


def _number(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"
