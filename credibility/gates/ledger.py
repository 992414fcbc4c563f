"""The entries of one file at work in a run: which findings they mark, and in the end which of them are left over."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from credibility.config import Config
from credibility.gates.anchors import fit
from credibility.gates.entries import Entry, clipping_name, read_entries
from credibility.report import Report

SUPPRESSION, BASELINE = "suppression", "baseline"


class Ledger:
    """A suppressions file or a baseline. Marks findings report by report, and remembers which entries had one."""

    def __init__(self, path: Path, kind: str, today: date) -> None:
        """kind: 'suppression' or 'baseline'. today: entries that expired before it mark nothing. Raises ConfigError."""
        self.path, self.kind, self.today = path, kind, today
        self.entries = read_entries(path, reasons=kind == SUPPRESSION)
        self._folder = path.absolute().parent
        self._of: dict[str | None, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            self._of[entry.clipping].append(number)
        self._judged: set[int] = set()
        self._fitting: set[int] = set()

    def mark(self, report: Report, config: Config) -> Report:
        """The report with its findings marked that an entry stands for. config: what was looked for in this clipping."""
        numbers = [*self._of.get(clipping_name(report.document, self._folder), ()), *self._of.get(None, ())]
        if not numbers or report.document.error:
            return report
        self._judged.update(n for n in numbers if self.entries[n].clipping is not None and config.wants(self.entries[n].rule))
        marks: dict[int, Entry] = {}
        for expired in (False, True):
            here = [n for n in numbers if self.expired(n) is expired]
            found = fit([self.entries[n].wanted for n in here], report.document.text, report.findings)
            self._fitting.update(here[place] for place in found)
            if not expired:
                marks = {number: self.entries[here[place]] for place, fitting in sorted(found.items(), reverse=True) for number in fitting}
        return replace(
            report,
            findings=tuple(
                replace(finding, suppressed=marks[number].suppression(self.kind)) if number in marks and not finding.suppressed else finding
                for number, finding in enumerate(report.findings)
            ),
        )

    def expired(self, number: int) -> bool:
        """Whether the last day of an entry is past."""
        expires = self.entries[number].expires
        return expires is not None and expires < self.today

    def unused(self, *, whole: Config | None) -> list[int]:
        """The entries that no finding of this run fits: of clippings that were checked, for rules that were looked for.

        whole: the configuration, where the run went through the whole folder of the file. Then the entries of clippings that
        are gone are among them, and those for any clipping.
        """
        beyond = set() if whole is None else {n for n, entry in enumerate(self.entries) if whole.wants(entry.rule)}
        return sorted((self._judged | beyond) - self._fitting)

    def leftovers(self, *, whole: Config | None) -> Iterator[str]:
        """What to tell of entries that expired and still fit, and of those that fit nothing, a line each."""
        unused = self.unused(whole=whole)
        if self.kind == BASELINE:
            if unused:
                fit_none = f"{len(unused)} of {len(self.entries)} entries fit no finding any more"
                yield f"{self.path}: {fit_none}; write it again with --write-baseline"
            return
        for number in sorted(self._fitting):
            entry = self.entries[number]
            if self.expired(number) and entry.expires:
                yield f"{entry.place}: expired on {entry.expires.isoformat()}, so that its finding counts again: {entry}"
        for number in unused:
            yield f"{self.entries[number].place}: fits no finding any more: {self.entries[number]}; remove it, or run suppress --prune"
