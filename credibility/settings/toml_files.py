"""TOML that people write by hand: read within bounds, with file and line for whatever is wrong with it."""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import tomli

from credibility.errors import ConfigError, PackError, nearest
from credibility.pack import convert

T = TypeVar("T")
# A baseline of 60,000 findings has about this size, and takes 5 seconds to read.
LARGEST = 20_000_000
# tomli takes time quadratic in the parts of one dotted key (20,000 of them: 6 s); none of ours has more than four.
_ENDLESS_KEY = re.compile(r"""^[ \t]*+\[*+[ \t]*+(?:[\w"'-]++[ \t]*+\.[ \t]*+){32}""", re.MULTILINE)
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a file and its tables. Raises ConfigError: file, line, and what is wrong, or why it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; check the path") from error
    if len(data) > LARGEST:
        raise ConfigError(f"{path}: is larger than {LARGEST // 1_000_000} MB; split the collection, with a file for each part")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}: is not UTF-8; save the file as UTF-8") from error
    if endless := _ENDLESS_KEY.search(text):
        raise ConfigError(f"{path}:{text.count(chr(10), 0, endless.start()) + 1}: a key of more than 32 parts; no setting has one")
    try:
        return text, tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        said = str(error)
        at = _PLACE.search(said)
        where = f":{at[1]}:{at[2]}" if at and at[1] else f":{text.count(chr(10)) + 1}"
        raise ConfigError(f"{path}{where}: {_PLACE.sub('', said)}") from error
    except (RecursionError, ValueError) as error:
        raise ConfigError(
            f"{path}: is no TOML of ours: {'brackets in brackets' if isinstance(error, RecursionError) else error}"
        ) from error


def table_of(kind: type[T], table: Mapping[str, Any], at: Callable[[str | None], str]) -> T:
    """A dataclass from a table whose keys are its fields with hyphens, with every key and type checked.

    at: the file and line of a key (None: of the table), asked for only where it goes into an error. Raises ConfigError for an
    unknown key, naming the nearest one, a missing one, and a value of another type.
    """
    known = _keys(kind)  # type: ignore[arg-type]
    for key in table:
        if key not in known:
            raise ConfigError(f"{at(key)}: unknown key {key!r}; {nearest(key, known)}")
    for key, (f, _) in known.items():
        if f.default is MISSING and key not in table and f.default_factory is MISSING:
            raise ConfigError(f"{at(None)}: {key!r} is missing")
    values = {}
    for key, value in table.items():
        f, hint = known[key]
        try:
            values[f.name] = convert(hint, value, key)
        except PackError as error:
            raise ConfigError(f"{at(key)}: {key}: {_expected(hint)} is expected, not {_shown(value)}") from error
    return kind(**values)


@lru_cache(maxsize=8)
def _keys(kind: Hashable) -> dict[str, tuple[Field[Any], Any]]:
    """The keys of a table with their fields and types; a type that may be None is the other one, since TOML knows no null."""
    hints = get_type_hints(kind)
    keys = {}
    for f in fields(kind):  # type: ignore[arg-type]
        ways = get_args(hints[f.name])
        keys[f.name.replace("_", "-")] = (f, ways[0] if type(None) in ways else hints[f.name])
    return keys


_SINGULAR = {str: "a text in quotes", bool: "true or false", int: "a whole number", float: "a number", date: "a date like 2027-01-31"}
_PLURAL = {str: "texts in quotes", int: "whole numbers", float: "numbers"}


def _expected(hint: Any) -> str:
    """A type in words."""
    if hint in _SINGULAR:
        return _SINGULAR[hint]
    inner = next(kind for kind in reversed(get_args(hint)) if kind is not Ellipsis)
    return f"a {'list' if get_origin(hint) is tuple else 'table'} of {_PLURAL.get(inner, 'tables')}"


def _shown(value: Any) -> str:
    """The start of a value as it stands in an error."""
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:59] + "…"
