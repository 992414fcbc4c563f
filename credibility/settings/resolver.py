"""Which settings hold for which clipping: those of the nearest configuration file upwards, under those of the command line."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from credibility.errors import ConfigError
from credibility.settings.table import COMMAND_LINE, Layer, Settings, merge, read_layer, shown_path
from credibility.settings.toml_files import read_toml
from credibility.toml_lines import KeyPath, line_of

OWN, SHARED = "credibility.toml", "pyproject.toml"


def whole(path: str | Path) -> Path:
    """A path from the root on, without '..'."""
    return Path(os.path.abspath(path))  # noqa: PTH100  (Path.absolute keeps '..', and Path.resolve follows links)


class Upwards:
    """The nearest file of a name from a folder upwards; each folder is looked into once."""

    def __init__(self, *names: str, there: Callable[[Path], bool] = Path.is_file) -> None:
        """names: in one folder, the first of them that is there. there: whether a path of that name is what is looked for."""
        self._names, self._there = names, there
        self._known: dict[Path, Path | None] = {}

    def from_folder(self, folder: Path) -> Path | None:
        """The file in this folder or the nearest above it; None if there is none. folder: from the root on."""
        passed = []
        while folder not in self._known:
            passed.append(folder)
            here = next((path for name in self._names if self._there(path := folder / name)), None)
            if here is not None or folder.parent == folder:
                self._known[folder] = here
                break
            folder = folder.parent
        found = self._known[folder]
        self._known.update(dict.fromkeys(passed, found))
        return found


class Resolver:
    """The settings of a run. `of` gives those for a clipping; those for one configuration file are made once."""

    def __init__(self, given: Mapping[str, Any], *, file: Path | None = None, isolated: bool = False) -> None:
        """given: values of the command line, by key. file: in place of those that would be found. isolated: none is looked for.

        Raises ConfigError.
        """
        self._given = read_layer(given, Path.cwd(), lambda _: COMMAND_LINE)
        self._isolated = isolated or file is not None
        self._search = Upwards(OWN, SHARED, there=lambda path: path.is_file() and (path.name == OWN or _section(path) is not None))
        self._made: dict[Path | None, Settings] = {}
        self._fixed = self._settings(file) if self._isolated else None

    def of(self, path: str | Path | None) -> Settings:
        """What holds for a file, or (None and '-') for standard input: that of the working folder."""
        return self.in_folder(Path.cwd() if path in (None, "-") else whole(str(path)).parent)

    def in_folder(self, folder: Path) -> Settings:
        """What holds in a folder, from the root on."""
        return self._fixed or self._settings(self._search.from_folder(folder))

    def without_file(self) -> Settings:
        """What the command line alone says."""
        return self._settings(None)

    def _settings(self, file: Path | None) -> Settings:
        if file not in self._made:
            layers = (self._given,) if file is None else (self._given, read_file(file))
            self._made[file] = merge(layers)
        return self._made[file]


def read_file(path: Path) -> Layer:
    """The layer of a configuration file. Raises ConfigError with file and line."""
    text, tables = read_toml(Path(shown_path(path)))
    shared = path.name == SHARED
    values = _credibility_of(tables, path, text) if shared else tables
    shown = shown_path(path)

    def at(where: KeyPath) -> str:
        return f"{shown}:{line_of(text, ('tool', 'credibility', *where) if shared else where)}"

    return read_layer(values or {}, path.absolute().parent, at, path)


def _section(path: Path) -> dict[str, Any] | None:
    """The table [tool.credibility] of a pyproject.toml, None without one; a file that names it nowhere is not parsed."""
    try:
        if b"credibility" not in path.read_bytes():
            return None
    except OSError:
        return None  # one that may not be read is not ours to complain about
    text, tables = read_toml(Path(shown_path(path)))
    return _credibility_of(tables, path, text)


def _credibility_of(tables: Mapping[str, Any], path: Path, text: str) -> dict[str, Any] | None:
    tool = tables.get("tool", {})
    section = tool.get("credibility") if isinstance(tool, dict) else None
    if section is not None and not isinstance(section, dict):
        raise ConfigError(f"{shown_path(path)}:{line_of(text, ('tool', 'credibility'))}: [tool.credibility] is a table")
    return section
