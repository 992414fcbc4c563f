"""In which line of a TOML file a key stands: `tomli` tells that of broken syntax only, and an editor needs it for a wrong key."""

from typing import Any, TypeAlias

import tomli

KeyPath: TypeAlias = tuple[str | int, ...]
# Lines of one value, a list for example, that are looked through.
_LONGEST_VALUE = 300


def line_of(text: str, where: KeyPath) -> int:
    """The line, from 1, on which the value at this path begins: a key, or an entry of a list by its number. 1 if it is not there.

    Found by reading the file up to each line that names the key, so that no second parser is needed and every way to write it
    counts. For error messages.

    >>> line_of('a = 1\\n[b]\\n# d\\nd = [\\n 2]\\n', ("b", "d"))
    4
    """
    name = next((part for part in reversed(where) if isinstance(part, str)), "")
    lines = [line + "\n" for line in text.split("\n")]
    for number, line in enumerate(lines):
        before = _parse(lines[:number]) if name in line else None
        if before is None or _holds(before, where):
            continue  # of another key, or the rest of a value that is still open
        ends = range(number + 1, min(len(lines), number + _LONGEST_VALUE) + 1)
        after = next((tables for end in ends if (tables := _parse(lines[:end])) is not None), None)
        if _holds(after, where):
            return number + 1
    return 1


def _parse(lines: list[str]) -> dict[str, Any] | None:
    """The tables of these lines; None if they end within a value."""
    try:
        return tomli.loads("".join(lines))
    except tomli.TOMLDecodeError:
        return None


def _holds(tables: Any, where: KeyPath) -> bool:
    """Whether there is something at this path."""
    for part in where:
        try:
            tables = tables[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True
