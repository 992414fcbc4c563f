"""A language as data: its profile (`language.toml`) and where the folders of packs are.

`rules/` stands beside the package so that editors need not open it. A wheel carries it inside as `credibility/_rules`;
`pack_root` alone knows which of the two holds.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from credibility.errors import PackError, nearest

T = TypeVar("T")


def pack_root() -> Path:
    """The folder that holds the packs shipped with this package."""
    inside = Path(__file__).parent / "_rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


@dataclass(frozen=True, slots=True)
class Profile:
    """What the code needs to know of a language. All words are lower case; folding is done by whoever matches them.

    `quotes` are pairs of an opening and a closing mark. `abbreviations` end in a full stop that ends no sentence, whatever
    follows; those in `closing_abbreviations` ('etc.') end one before a capital. `proclitics` are particles written as one with
    the word they precede (Arabic «و»): phrases are found behind them too.
    """

    code: str
    name: str
    script: str
    direction: str = "ltr"
    function_words: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    closing_abbreviations: frozenset[str] = frozenset()
    proclitics: tuple[str, ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()
    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Nothing:
    """Marks a field without a default."""

    names: tuple[str, ...] = field(default_factory=tuple)


def build(kind: type[T], table: Mapping[str, Any], where: str) -> T:
    """A dataclass from a TOML table, with every key and type checked.

    where: names the file (and rule) in errors. Raises PackError for an unknown key, naming the nearest one, for a missing
    one, and for a value of another type than the field's.
    """
    hints = get_type_hints(kind)
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    for key in table:
        if key not in known:
            raise PackError(f"{where}: unknown key {key!r}; {nearest(key, known)}")
    for name, f in known.items():
        if name not in table and f.default is MISSING and f.default_factory is MISSING:
            raise PackError(f"{where}: {name!r} is missing")
    return kind(**{key: _convert(hints[key], value, f"{where}: {key}") for key, value in table.items()})


def _convert(hint: Any, value: Any, where: str) -> Any:
    """A TOML value as the type of the field it is for."""
    origin, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint) and isinstance(value, dict):
        return build(hint, value, where)  # type: ignore[arg-type]
    if origin in (frozenset, tuple) and isinstance(value, list):
        if origin is tuple and inner[-1] is not Ellipsis:
            if len(inner) != len(value):
                raise PackError(f"{where}: {len(inner)} values are expected, not {len(value)}")
            return tuple(_convert(kind, item, where) for kind, item in zip(inner, value, strict=True))
        return origin(_convert(inner[0], item, where) for item in value)
    if origin in (dict, Mapping) or str(origin) == "<class 'collections.abc.Mapping'>":
        if isinstance(value, dict):
            return {key: _convert(inner[1], item, f"{where}.{key}") for key, item in value.items()}
    elif hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    elif isinstance(hint, type) and isinstance(value, hint) and not (hint is int and isinstance(value, bool)):
        return value
    raise PackError(f"{where}: {getattr(hint, '__name__', hint)} is expected, not {value!r}")


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises PackError naming the file and the line where it is not valid."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise PackError(f"{path}: {error}") from error


@lru_cache(maxsize=256)
def profile(language: str | None) -> Profile:
    """The profile of a language; an empty one, named 'unknown', for a language without a pack."""
    path = pack_root() / (language or "") / "language.toml"
    if not language or not language.isalpha() or not path.is_file():
        return Profile(code=language or "", name="unknown", script="")
    return build(Profile, read_toml(path), str(path))


def languages(roots: Iterable[Path] = ()) -> tuple[str, ...]:
    """The codes of the languages with a profile, in order."""
    return tuple(sorted({path.parent.name for root in (pack_root(), *roots) for path in root.glob("*/language.toml")}))
