"""What a configuration file may say: the tables, their checks, and how the layers of a run become one.

A key is a field of `Table` with hyphens. On the command line stands what goes before the file, and the file before the
defaults; lists replace each other, tables (`severity`, `max` …) are merged key by key. `[[override]]` tables come after the
rest of their file, in order, for the clippings that they name.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeAlias

from credibility.config import FAIL_ON, Config, Override, bad_language
from credibility.errors import ConfigError, nearest
from credibility.settings.toml_files import table_of
from credibility.toml_lines import KeyPath

COMMAND_LINE, DEFAULT = "command line", "default"
ALL = "all"
At: TypeAlias = Callable[[KeyPath], str]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that can be set. `select` and `ignore` hold flags or rules; `severity` and `threshold` are by flag or rule.

    A finding less sure than its threshold, 0 to 1, is left out. `max` is by flag, rule or severity, or 'all': so many findings
    are let pass; `max_share`, 0 to 1, so large a share of clippings with one. `rules`, `suppressions` and `baseline` are paths,
    `include` and `exclude` patterns as in .gitignore; all are seen from the folder of the file.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    threshold: Mapping[str, float] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    language: str | None = None
    fail_on: str = "error"
    min_score: float = 0.0
    max: Mapping[str, int] = field(default_factory=dict)
    max_share: Mapping[str, float] = field(default_factory=dict)
    suppressions: str | None = None
    baseline: str | None = None
    fail_on_unused: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    override: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """Checked values from one place, by the names of the fields of `Table`. `folder` is what its paths are seen from.

    `at` names the place of a key; for a file that takes a moment, so it is asked only for what is shown.
    """

    values: Mapping[str, Any]
    folder: Path
    at: At
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the clippings below one configuration file (or without one); paths in `table` are whole."""

    config: Config
    table: Table
    layers: tuple[Layer, ...]

    @property
    def file(self) -> Path | None:
        """The configuration file."""
        return next((layer.file for layer in self.layers if layer.file), None)

    @property
    def names_rules(self) -> bool:
        """Whether a flag or rule is named anywhere in them."""
        keys = ("select", "ignore", "severity", "threshold", "max", "max_share", "override")
        return any(layer.values.get(key) for layer in self.layers for key in keys)

    def origin(self, key: str, part: str | int | None = None) -> str:
        """Where the value of a key, or of a part of it ('max', 'encoding'; 'override', 0), comes from, by file and line."""
        layer = self._layer(key, part)
        return layer.at((key,) if part is None else (key, part)) if layer else DEFAULT

    def source(self, key: str, part: str | None = None) -> str:
        """The same without the line, which takes no time to tell."""
        layer = self._layer(key, part)
        return DEFAULT if layer is None else shown_path(layer.file) if layer.file else COMMAND_LINE

    def _layer(self, key: str, part: str | int | None) -> Layer | None:
        """The weightiest layer that has the value."""
        name = key.replace("-", "_")
        having = (layer for layer in self.layers if name in layer.values)
        return next((layer for layer in having if not isinstance(part, str) or part in layer.values[name]), None)


def shown_path(path: Path) -> str:
    """A path as people are shown it: seen from the working folder, where it lies below that or right above it."""
    here, full = Path.cwd(), path.absolute()
    near = here in full.parents or full.parent in here.parents
    return os.path.relpath(full, here) if near else str(path)


def read_layer(values: Mapping[str, Any], folder: Path, at: At, file: Path | None = None) -> Layer:
    """A layer, its keys, types and values checked; names of rules are not. Raises ConfigError naming the place."""
    table = table_of(Table, values, lambda key: at(() if key is None else (key,)))
    _check(table, at)
    given = {f.name: getattr(table, f.name) for f in fields(Table) if f.name.replace("_", "-") in values}
    for name in ("suppressions", "baseline"):
        if name in given:
            given[name] = str(folder / given[name])
    if "rules" in given:
        given["rules"] = tuple(str(folder / pack) for pack in given["rules"])
        for pack in given["rules"]:
            if not Path(pack).is_dir():
                raise ConfigError(f"{at(('rules',))}: rules: there is no folder {pack}; paths are seen from the folder of the file")
    return Layer(given, folder, at, file)


def _check(table: Table, at: At) -> None:
    """Raises ConfigError for a value that its type allows and its meaning does not."""
    _check_judgement(table, at)
    _check_language(table.language, ("language",), at)
    for name, most in table.max.items():
        if most < 0:
            raise ConfigError(f"{at(('max', name))}: max.{name}: 0 or more is expected, not {most}")
    _check_shares("max-share", table.max_share, at)
    for number, values in enumerate(table.override):
        override = _override(values, number, at)
        if not (override.paths or override.languages or override.sources):
            raise ConfigError(f"{at(('override', number))}: an override names its clippings with 'paths', 'languages' or 'sources'")
        for language in override.languages:
            _check_language(language, ("override", number, "languages"), at)
        _check_judgement(override, lambda path, number=number: at(("override", number, *path)))  # type: ignore[misc]


def _check_language(code: str | None, key: KeyPath, at: At) -> None:
    """Raises ConfigError for what no report would ever call its language."""
    if problem := bad_language(code):
        raise ConfigError(f"{at(key)}: {key[-1]}: {problem}")


def _override(values: Mapping[str, Any], number: int, at: At) -> Override:
    """An `[[override]]` table."""
    return table_of(Override, values, lambda key: at(("override", number) if key is None else ("override", number, key)))


def _check_judgement(table: Table | Override, at: At) -> None:
    """The values that a file and an override both have."""
    for name, label in table.severity.items():
        if label not in FAIL_ON[:-1]:
            raise ConfigError(f"{at(('severity', name))}: severity.{name}: {label!r} is none; {nearest(label, FAIL_ON[:-1])}")
    _check_shares("threshold", table.threshold, at)
    if table.fail_on is not None and table.fail_on not in FAIL_ON:
        raise ConfigError(f"{at(('fail-on',))}: fail-on: {table.fail_on!r} is none; {nearest(table.fail_on, FAIL_ON)}")
    if table.min_score is not None and not 0 <= table.min_score <= 100:
        raise ConfigError(f"{at(('min-score',))}: min-score: 0 to 100 is expected, not {table.min_score:g}")


def _check_shares(key: str, shares: Mapping[str, float], at: At) -> None:
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise ConfigError(f"{at((key, name))}: {key}.{name}: a share from 0 to 1 is expected, not {share:g}")


def merge(layers: tuple[Layer, ...]) -> Settings:
    """The settings of these layers, the weightiest first."""
    merged: dict[str, Any] = {}
    for layer in layers:
        for name, value in layer.values.items():
            merged[name] = {**value, **merged.get(name, {})} if isinstance(value, Mapping) else merged.get(name, value)
    table = Table(**merged)
    given = [layer.values for layer in layers if layer.file is None]
    overrides = tuple(_override(_unsaid(values, given), 0, lambda _: "") for values in table.override)
    folder = next((layer.folder for layer in layers if layer.file), Path.cwd())
    config = Config(
        select=table.select,
        ignore=table.ignore,
        rules=tuple(map(Path, table.rules)),
        language=table.language,
        severity=table.severity,
        threshold=table.threshold,
        fail_on=table.fail_on,
        min_score=table.min_score,
        overrides=overrides,
        folder=folder,
    )
    return Settings(config, table, layers)


def _unsaid(values: Mapping[str, Any], given: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The values of an override that the command line does not decide."""
    left = dict(values)
    for key, value in ((name.replace("_", "-"), value) for layer in given for name, value in layer.items()):
        if isinstance(value, Mapping):
            left[key] = {part: inner for part, inner in left.get(key, {}).items() if part not in value}
        else:
            left.pop(key, None)
    return {key: value for key, value in left.items() if key in values}


def check_names(settings: Settings, names: set[str]) -> None:
    """Raises ConfigError for a flag or rule in the settings that is not among `names`, with its place and the nearest one."""
    counted = names | {*FAIL_ON[:-1], ALL}
    for layer in settings.layers:
        for key, known in (
            ("select", names),
            ("ignore", names),
            ("severity", names),
            ("threshold", names),
            ("max", counted),
            ("max_share", counted),
        ):
            _check_known(layer.values.get(key, ()), known, key.replace("_", "-"), layer.at)
        for number, override in enumerate(layer.values.get("override", ())):
            for key in ("select", "ignore", "severity", "threshold"):
                _check_known(override.get(key, ()), names, key, lambda path, number=number: layer.at(("override", number, *path)))  # type: ignore[misc]  # noqa: B023


def _check_known(given: Iterable[str], known: set[str], key: str, at: At) -> None:
    for name in given:
        if name not in known:
            where = at((key, name) if isinstance(given, Mapping) else (key,))
            option = f"--{key} {name}" if where == COMMAND_LINE else f"{where}: {key}: {name}"
            raise ConfigError(f"{option}: there is no such flag or rule; {nearest(name, known)}")
