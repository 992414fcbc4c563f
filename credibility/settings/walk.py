"""Which entries of a walked folder are clippings to check: `include`, `exclude` and .gitignore, all by git's own patterns."""

import os
from pathlib import Path

from credibility.errors import ConfigError
from credibility.patterns import Patterns, patterns
from credibility.settings.resolver import Resolver, Upwards, whole
from credibility.settings.table import Settings

_GITIGNORE = ".gitignore"


class Walk:
    """Says of each file and folder that a walk meets whether it goes on there.

    Patterns are asked of that very path: what is named on the command line is checked whatever they say, and so is what is in
    a folder that is named. With `force-exclude` they hold for what is named too.
    """

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._ignoring: dict[Path, Patterns | None] = {}
        self._repository = Upwards(".git", there=Path.exists)
        self._looked_into: dict[str, tuple[Settings, list[tuple[Path, Patterns]]]] = {}

    def skips_named(self, path: str | Path) -> bool:
        """Whether a path of the command line is left out, since `force-exclude` is set and `exclude` fits it."""
        if str(path) == "-":
            return False
        full = whole(path)
        settings = self._resolver.of(full)
        if not settings.table.force_exclude or not settings.table.exclude:
            return False
        return patterns(settings.table.exclude).fits(_seen(full, settings.config.folder), folder=full.is_dir())

    def keeps(self, path: Path, folder: bool) -> bool:
        """Whether a walk goes on with this entry of a folder."""
        within = str(path).rpartition(os.sep)[0]
        if within not in self._looked_into:
            self._looked_into[within] = self._look_into(whole(path).parent)
        settings, ignoring = self._looked_into[within]
        include, exclude = settings.table.include, settings.table.exclude
        if not (include or exclude or ignoring):
            return True
        full, base = whole(path), settings.config.folder
        if exclude and patterns(exclude).says(_seen(full, base), folder=folder):
            return False
        if include and not folder and not patterns(include).fits(_seen(full, base)):
            return False
        said = (given.says(_seen(full, here), folder=folder) for here, given in ignoring)
        return not next((ignored for ignored in said if ignored is not None), False)

    def _look_into(self, folder: Path) -> tuple[Settings, list[tuple[Path, Patterns]]]:
        """What holds in a folder: its settings, and the .gitignore files that have a say there, the nearest first.

        They are those from the folder up to the root of its repository; outside of a repository, none has.
        """
        try:
            settings = self._resolver.in_folder(folder)
        except ConfigError:  # told of every clipping there, once it is read
            settings = self._resolver.without_file()
        mark = self._repository.from_folder(folder) if settings.table.respect_gitignore else None
        above = [folder, *folder.parents] if mark else []
        inside = above[: above.index(mark.parent) + 1] if mark else []
        return settings, [(here, given) for here in inside if (given := self._patterns_of(here)) is not None]

    def _patterns_of(self, folder: Path) -> Patterns | None:
        """The patterns of a folder's .gitignore, if it has one."""
        if folder not in self._ignoring:
            try:
                text = (folder / _GITIGNORE).read_text(encoding="utf-8", errors="replace")
            except OSError:
                text = ""
            self._ignoring[folder] = Patterns(text.split("\n")) if text else None
        return self._ignoring[folder]


def _seen(path: Path, base: Path) -> str:
    """A path as patterns see it from a folder."""
    return os.path.relpath(path, base).replace(os.sep, "/")
