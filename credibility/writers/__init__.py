"""The output formats: every module of this folder that does not start with an underscore is one, and is called like it.

A format is one function under `@writes("name")` in the module of that name ('-' becomes '_'): `(reports, out, options) -> None`.
It is imported when it is asked for, so that no format pays for the libraries of another. To add one, add a file. Whatever
the format, a clipping is hostile: `credibility.visible` holds what keeps it from breaking out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, TextIO, TypeAlias

from credibility.config import DEFAULT, Config
from credibility.errors import UsageError, nearest

if TYPE_CHECKING:
    from credibility.report import Report


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How to write. color: None means on a terminal only. include_text: the analysed text and its blocks go into JSON.

    config: what the run looked for and fails on, for formats that say so. The others are for the console: quiet leaves out
    clippings without open findings, and the summary; verbose says of each finding what it rests on and what its rule is there
    for; statistics counts by rule; explain_score shows every lost point with the findings that took it.
    """

    color: bool | None = None
    include_text: bool = False
    config: Config = DEFAULT
    quiet: bool = False
    verbose: bool = False
    statistics: bool = False
    explain_score: bool = False


Writer: TypeAlias = Callable[["Iterable[Report]", TextIO, WriteOptions], None]
_WRITERS: dict[str, Writer] = {}
_DEFAULT = WriteOptions()


def writes(name: str) -> Callable[[Writer], Writer]:
    """Makes the decorated function the writer of this format."""

    def keep(function: Writer) -> Writer:
        _WRITERS[name] = function
        return function

    return keep


def formats() -> tuple[str, ...]:
    """The names of all formats, in order, without importing them.

    >>> "jsonl" in formats()
    True
    """
    names = (module.name for module in iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in names if not name.startswith("_")))


def writer(name: str) -> Writer:
    """The writer of a format. Raises UsageError for a name that is no format, with the nearest one."""
    if name not in formats():
        raise UsageError(f"there is no output format {name!r}; {nearest(name, formats())}")
    import_module(f"{__name__}.{name.replace('-', '_')}")
    return _WRITERS[name]


def write(name: str, reports: "Iterable[Report]", out: TextIO, options: WriteOptions = _DEFAULT) -> None:
    """Write the reports in this format, each as it is made where the format allows.

    out: a text stream that takes any character and leaves newlines alone; it is not closed.
    """
    writer(name)(reports, out, options)
