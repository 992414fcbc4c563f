"""One run with its settings, accepted and known findings, and limits: what `check` asks on the way and in the end."""

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from credibility.config import Config
from credibility.detector import Detector
from credibility.detectors.phrases import validate_packs
from credibility.document import Document, Suppression
from credibility.errors import ConfigError, UsageError, nearest
from credibility.gates.entries import NAME, Entry
from credibility.gates.ledger import BASELINE, SUPPRESSION, Ledger
from credibility.gates.limits import Limits
from credibility.pipeline import active
from credibility.report import Report
from credibility.settings.resolver import Resolver, Upwards, whole
from credibility.settings.table import Settings, check_names, shown_path
from credibility.settings.walk import Walk

if TYPE_CHECKING:
    from credibility.gates.revision import Revision


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks of a run beside its settings: where those are looked for, and what counts as known."""

    config: Path | None = None
    isolated: bool = False
    diff: str | None = None
    write_baseline: Path | None = None


class Session:
    """What holds for each clipping, what becomes of each report, and how the run ended."""

    def __init__(self, paths: tuple[str, ...], given: Mapping[str, Any], asked: Asked) -> None:
        """paths and given: those of the command line, values by their keys. Raises ConfigError, before anything is checked."""
        self._resolver = Resolver(given, file=asked.config, isolated=asked.isolated)
        self._paths, self._asked, self._today = paths, asked, date.today()
        self._known: dict[int, tuple[Settings, tuple[Detector, ...]]] = {}
        self._ledgers: dict[tuple[Path, str], Ledger] = {}
        self._folders_seen: dict[str, tuple[Settings, list[Ledger]]] = {}
        self._broken: dict[str, str] = {}
        self._begun = False
        self._nearby = Upwards(NAME)
        self._revision: Revision | None = None
        self._new: list[Entry] = []
        self._limits = Limits()
        self._folders = tuple(whole(path) for path in paths if path != "-" and Path(path).is_dir())
        walk = Walk(self._resolver)
        self.paths = tuple(path for path in paths if not walk.skips_named(path))
        self.keeps = walk.keeps
        for path in paths:
            self._of_folder(self._inside(path))
        self._begun = True

    def settings(self, path: str | None) -> Settings:
        """What holds for a clipping; its packs and names are looked at when it is first asked for."""
        return self._of_folder(path)[0]

    def _of_folder(self, path: str | None) -> tuple[Settings, list[Ledger]]:
        """The settings that hold for the clippings of a folder, with the suppressions file and the baseline; worked out once."""
        folder = _folder(path)
        if folder not in self._folders_seen:
            try:
                settings = self._settings(path)
                self._folders_seen[folder] = (settings, self._ledgers_of(settings, path))
            except UsageError as error:
                if not self._begun:
                    raise
                self._broken[folder] = str(error)
                self._folders_seen[folder] = (self._resolver.without_file(), [])
        return self._folders_seen[folder]

    def admitted(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The clippings of a run; one for which a file further down says what cannot be has that as its `error`."""
        for document in documents:
            self._of_folder(document.path)
            wrong = self._broken.get(_folder(document.path))
            place = document.path if document.path and document.id in document.path else document.id
            yield replace(document, text="", blocks=(), error=f"{place}: is not checked: {wrong}") if wrong else document

    def _settings(self, path: str | None) -> Settings:
        settings = self._resolver.of(path)
        if id(settings) not in self._known:
            validate_packs(settings.config.rules)
            if settings.names_rules:
                check_names(settings, self._names(settings))
            self._known[id(settings)] = (settings, active(settings.config))
        return settings

    @property
    def settings_of_all(self) -> Settings:
        """What holds for the first path of the command line: for what a format says of the run as a whole."""
        return self.settings(self._inside(self._paths[0]) if self._paths else None)

    @staticmethod
    def _inside(path: str) -> str:
        """A path that has the settings of a named one: of a folder, something in it."""
        return str(Path(path) / "-") if path != "-" and Path(path).is_dir() else path

    def check_names(self, option: str, names: Iterable[str]) -> None:
        """Raises ConfigError for a flag or rule that does not exist, with the nearest one."""
        known = self._names(self.settings(None))
        for name in names:
            if name not in known:
                raise ConfigError(f"--{option} {name}: there is no such flag or rule; {nearest(name, known)}")

    def _names(self, settings: Settings) -> set[str]:
        """Every flag and rule, those of further packs included."""
        every = active(Config(rules=settings.config.rules))
        return {name for detector in every for rule in detector.rules for name in (rule.id, rule.flag)}

    def detectors(self, settings: Settings) -> tuple[Detector, ...]:
        """The detectors that these settings ask for, made once."""
        return self._known[id(settings)][1]

    def compare(self, read: Callable[[io.BytesIO, str], Iterator[Document]], check: Callable[[Document], Report]) -> None:
        """How `--diff` reads and checks a file as it was."""
        if self._asked.diff is not None:
            from credibility.gates.revision import Revision

            self._revision = Revision(self._asked.diff, read, check)

    def settle(self, report: Report) -> Report:
        """The report with its suppressed and known findings marked; the limits have counted it."""
        document = report.document
        settings, ledgers = self._of_folder(document.path)
        config = settings.config.on(document, report.language)
        for ledger in ledgers:
            report = ledger.mark(report, config)
        if self._revision:
            report = self._revision.mark(report)
        if self._asked.write_baseline:
            report = self._enter(report, self._asked.write_baseline)
        self._limits.add(report, settings)
        return report

    def close(self) -> tuple[list[str], list[str]]:
        """What to tell at the end of a run, and which limits did not hold, a line each; a baseline asked for is written."""
        if self._asked.write_baseline:
            from credibility.gates.writing import write_baseline

            write_baseline(self._asked.write_baseline, self._new)
        told: list[str] = []
        failed = list(self._limits.failures())
        for ledger, config in self._looked_through(BASELINE, SUPPRESSION):
            lines = list(ledger.leftovers(whole=config))
            told += lines
            settings = self._resolver.in_folder(whole(ledger.path).parent)
            if lines and settings.table.fail_on_unused:
                place = settings.source("fail-on-unused")
                failed.append(f"fail-on-unused ({place}): entries of {shown_path(ledger.path)} do not hold any more")
        return told, failed

    def suppressions(self) -> Iterator[tuple[Ledger, Config | None]]:
        """The suppressions files of the run; with the configuration of those whose whole folder was walked."""
        return self._looked_through(SUPPRESSION)

    def suppressions_of(self, path: str | None) -> Path | None:
        """The suppressions file that holds for a clipping."""
        return self._suppressions_of(self.settings(path), path)

    def _suppressions_of(self, settings: Settings, path: str | None) -> Path | None:
        named = settings.table.suppressions
        if named or self._asked.isolated:
            return whole(named) if named else None
        return self._nearby.from_folder(Path.cwd() if path in (None, "-") else whole(str(path)).parent)

    def _looked_through(self, *kinds: str) -> Iterator[tuple[Ledger, Config | None]]:
        for (path, kind), ledger in self._ledgers.items():
            if kind in kinds:
                walked = any(named == path.parent or named in path.parents for named in self._folders)
                yield ledger, self._resolver.in_folder(path.parent).config if walked else None

    def _ledgers_of(self, settings: Settings, path: str | None) -> list[Ledger]:
        """The suppressions file and the baseline that hold for a clipping."""
        baseline = None if self._asked.write_baseline else settings.table.baseline
        given = ((self._suppressions_of(settings, path), SUPPRESSION), (whole(baseline) if baseline else None, BASELINE))
        files = [(file, kind) for file, kind in given if file is not None]
        for file, kind in files:
            if (file, kind) not in self._ledgers:
                self._ledgers[(file, kind)] = Ledger(Path(shown_path(file)), kind, self._today)
        return [self._ledgers[key] for key in files]

    def _enter(self, report: Report, file: Path) -> Report:
        """The report with its open findings as the baseline that is being written will know them."""
        from credibility.gates.writing import entries_for

        numbers = [number for number, finding in enumerate(report.findings) if finding.suppressed is None]
        self._new += entries_for(report, numbers, whole(file).parent)
        known = Suppression(BASELINE)
        return replace(report, findings=tuple(f if f.suppressed else replace(f, suppressed=known) for f in report.findings))


def _folder(path: str | None) -> str:
    """What has one configuration: the folder of a path as it was given, or standard input."""
    return "-" if path in (None, "-") else str(path).rpartition(os.sep)[0]
