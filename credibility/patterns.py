"""Patterns of paths as git reads them in .gitignore, matched in time linear in the path, whatever the pattern.

Every '*' but the last of a name, and every '**' but the last of a path, takes the first place where what follows it stands, and
never another: as in any such pattern that is enough, and there is nothing to go back to.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"\\(.)|(\*+)|(\?)|(\[[!^]?+\]?+(?:\\.|\[:\w+:\]|[^\]\\])*\])|(.)", re.DOTALL)
_POSIX = {
    "alnum": "^\\W_",
    "alpha": "^\\W\\d_",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "lower": "a-z",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\s",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


class _Pattern(NamedTuple):
    """A line: what it matches, whether it takes back what a line above said, whether it is for folders only."""

    expression: re.Pattern[str]
    negated: bool
    folders: bool


class Patterns:
    """Lines as in a .gitignore. Paths are given as seen from its folder, with '/' between their parts."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._patterns = [pattern for line in lines if (pattern := _read(line)) is not None]

    def says(self, path: str, *, folder: bool) -> bool | None:
        """What the last line says that matches this very path, not one above it: True, False for one with '!', None if none does.

        >>> Patterns(["old/", "!old/a"]).says("wire/old", folder=True), Patterns(["old/"]).says("old/a", folder=False)
        (True, None)
        """
        for pattern in reversed(self._patterns):
            if (folder or not pattern.folders) and pattern.expression.match(path):
                return not pattern.negated
        return None

    def fits(self, path: str, *, folder: bool = False) -> bool:
        """Whether the path, or a folder that it lies in, is matched; what lies in a matched folder is not taken back.

        >>> Patterns(["old/", "!a"]).fits("old/a"), Patterns(["*.txt", "!a.txt"]).fits("wire/a.txt")
        (True, False)
        """
        parts = path.split("/")
        above = ("/".join(parts[:end]) for end in range(1, len(parts)) if parts[end - 1] != "..")
        return any(self.says(part, folder=True) for part in above) or bool(self.says(path, folder=folder))


@lru_cache(maxsize=64)
def patterns(lines: tuple[str, ...]) -> Patterns:
    """The same, made once for each set of lines."""
    return Patterns(lines)


def _read(line: str) -> _Pattern | None:
    """A line as a pattern; None for an empty one, a comment, and one that can match nothing."""
    line = re.sub(r"(?<!\\)[ \t]+\Z", "", line.rstrip("\r\n"))
    negated = line.startswith("!")
    body = line[1:] if negated else line
    body = re.sub(r"(?<!\\)((?:\\\\)*)\\/", r"\1/", body)  # an escaped '/' parts like any other
    folders = body.endswith("/")
    body = body[:-1] if folders else body
    if not body or line.startswith(("#", "\\/", "!\\/")) or line.endswith("\\/"):
        return None
    parts = body.removeprefix("/").split("/")
    anywhere = "/" not in body
    try:
        expressions = [None if len(part) > 1 and not part.strip("*") and not anywhere else _part(part) for part in parts]
    except ValueError:
        return None
    return _Pattern(re.compile(_path([None, *expressions] if anywhere else expressions), re.DOTALL), negated, folders)


def _path(parts: list[str | None]) -> str:
    """The expression of a path of these parts; None stands for any number of folders, at the end for all that is below."""
    groups: list[list[str]] = [[]]
    for part in parts:
        if part is None:
            groups.append([])
        else:
            groups[-1].append(part)
    first, *others = groups
    if not others:
        return "/".join(first) + r"\Z"
    *middle, last = others
    between = "".join(f"(?>(?:[^/]+/)*?{'/'.join(group)}/)" for group in middle if group)
    end = rf"(?:[^/]+/)*{'/'.join(last)}\Z" if last else r".+\Z"
    return "".join(part + "/" for part in first) + between + end


def _part(text: str) -> str:
    """The expression of one part of a path. Raises ValueError for one that git takes for broken, which matches nothing."""
    runs = [""]
    for hit in _TOKEN.finditer(text):
        escaped, stars, one, letters, plain = hit.groups()
        if stars:
            runs.append("")
        elif one:
            runs[-1] += "[^/]"
        elif letters:
            runs[-1] += _class(letters)
        elif plain in ("[", "\\"):
            raise ValueError(f"{text!r} opens what it does not close")
        else:
            runs[-1] += re.escape(escaped or plain)
    first, *others = runs
    if not others:
        return first
    *middle, last = others
    return first + "".join(f"(?>[^/]*?{run})" for run in middle if run) + "[^/]*" + last


def _class(letters: str) -> str:
    """'[a-z]' as an expression that never matches '/'. Raises ValueError for a range or a name that is none."""
    inner = letters[1:-1]
    negated = inner[:1] in ("!", "^")
    inner = inner[1:] if negated else inner
    try:
        inner = re.sub(r"\[:(\w+):\]", lambda hit: "\0" + hit[1] + "\0", inner)
        plain = re.sub(r"\\(.)|([\[\]&~|^])", lambda hit: "\\" + (hit[1] or hit[2]), re.sub(r"\0\w+\0", "", inner))
        ways = [f"[{_POSIX[name]}]" for name in re.findall(r"\0(\w+)\0", inner)] + ([f"[{plain}]"] if plain else [])
        expression = f"(?!/){'(?!' if negated else '(?:'}{'|'.join(ways)}){'[^/]' if negated else ''}"
        re.compile(expression)
    except (KeyError, re.error) as error:
        raise ValueError(f"{letters!r} is no set of letters") from error
    return expression
