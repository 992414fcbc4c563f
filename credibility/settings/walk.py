"""Which entries of a walked folder are clippings to check: `include`, `exclude` and .gitignore, all by git's own patterns."""

import os
from collections.abc import Iterable
from pathlib import Path

from credibility.config import affordable, matcher
from credibility.settings.resolver import Resolver, Upwards, whole

_GITIGNORE = ".gitignore"


class Walk:
    """Says of each file and folder that a walk meets whether it goes on there.

    What is named on the command line is checked whatever the patterns say, and a pattern that fits a named folder as a whole
    says nothing of what is in it; with `force-exclude` the patterns hold for what is named too.
    """

    def __init__(self, resolver: Resolver, named: Iterable[str | Path]) -> None:
        """named: the paths of the command line."""
        self._resolver = resolver
        self._named = tuple(whole(path) for path in named if str(path) != "-" and Path(path).is_dir())
        self._kept: dict[tuple[tuple[str, ...], Path], tuple[str, ...]] = {}
        self._ignoring: dict[Path, tuple[str, ...]] = {}
        self._repository = Upwards(".git", there=Path.exists)

    def skips_named(self, path: str | Path) -> bool:
        """Whether a path of the command line is left out, since `force-exclude` is set and `exclude` fits it."""
        if str(path) == "-":
            return False
        full = whole(path)
        settings = self._resolver.of(full)
        if not settings.table.force_exclude or not settings.table.exclude:
            return False
        return matcher(settings.table.exclude).match_file(_seen(full, settings.config.folder, folder=full.is_dir()))

    def keeps(self, path: Path, folder: bool) -> bool:
        """Whether a walk goes on with this entry of a folder."""
        full = whole(path)
        settings = self._resolver.of(full)
        table, base = settings.table, settings.config.folder
        if table.exclude and matcher(self._left(table.exclude, base)).match_file(_seen(full, base, folder=folder)):
            return False
        if table.include and not folder and not matcher(table.include).match_file(_seen(full, base, folder=False)):
            return False
        return not (table.respect_gitignore and self._git_ignores(full, folder=folder))

    def _git_ignores(self, full: Path, *, folder: bool) -> bool:
        """Whether the .gitignore files of the repository say so, the nearest weighing most; outside of any, none counts."""
        mark = self._repository.from_folder(full.parent)
        for here in full.parents if mark else ():
            if patterns := self._patterns(here):
                said = matcher(self._left(patterns, here)).check_file(_seen(full, here, folder=folder)).include
                if said is not None:
                    return said
            if mark and here == mark.parent:
                break
        return False

    def _patterns(self, folder: Path) -> tuple[str, ...]:
        """The patterns of a folder's .gitignore, without those that nobody writes in good faith."""
        if folder not in self._ignoring:
            try:
                text = (folder / _GITIGNORE).read_text(encoding="utf-8", errors="replace")
            except OSError:
                text = ""
            self._ignoring[folder] = tuple(filter(affordable, text.splitlines()))
        return self._ignoring[folder]

    def _left(self, patterns: tuple[str, ...], base: Path) -> tuple[str, ...]:
        """The patterns, seen from `base`, that fit no named folder as a whole."""
        if (patterns, base) not in self._kept:
            named = [_seen(path, base, folder=True) for path in self._named if base in path.parents]
            fits_one = (any(matcher((pattern,)).match_file(folder) for folder in named) for pattern in patterns)
            self._kept[(patterns, base)] = tuple(p for p, fits in zip(patterns, fits_one, strict=True) if not fits)
        return self._kept[(patterns, base)]


def _seen(path: Path, base: Path, *, folder: bool) -> str:
    """A path as patterns see it from a folder; one of a folder ends in '/'."""
    return os.path.relpath(path, base) + ("/" if folder else "")
