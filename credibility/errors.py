"""What can go wrong, and whose mistake it is.

CredibilityError            everything this package raises on purpose
├── UsageError              the call cannot be carried out as given (exit status 2)
│   ├── PackError           a rule pack or rule file is not valid
│   ├── ConfigError         a setting is not valid
│   └── MissingExtraError   a format needs a package that is not installed
├── ReadError               one clipping cannot be read; the others still are
└── DetectorError           a detector failed on a document: a bug, never the clipping's fault

A message says what happened, where, and what to do next, on one line.
"""

from collections.abc import Iterable
from difflib import get_close_matches

# Letters from which on a word says which longer name it is a part of.
_TELLING = 4


class CredibilityError(Exception):
    """Base of all errors that this package raises on purpose."""


class UsageError(CredibilityError):
    """The call cannot be carried out as given."""


class PackError(UsageError):
    """A rule pack or rule file is not valid. key: the key at fault, where one is."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


class ConfigError(UsageError):
    """A setting is not valid."""


class MissingExtraError(UsageError):
    """An input format or step needs a package that is not installed."""

    def __init__(self, step: str, package: str, extra: str) -> None:
        super().__init__(f"{step} needs {package}; install it with: pip install 'credibility-lint[{extra}]'")


class ReadError(CredibilityError):
    """One clipping cannot be read; the others still are."""


class DetectorError(CredibilityError):
    """A detector failed on a document."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that ends an error message: the nearest known word, else all of them, of flags and their rules the flags alone.

    >>> nearest("patern", ["phrases", "patterns"]), nearest("vague", ["vague-source", "vague-source.only"])
    ("did you mean 'patterns'?", "did you mean 'vague-source'?")
    >>> nearest("zzz", ["b", "a", "a.x"])
    'known are: a, b'
    """
    names = sorted(known)
    holding = sorted((name for name in names if len(word) >= _TELLING and word in name), key=len)
    close = get_close_matches(word, names, n=1) or holding
    alone = (name for name in names if "." not in name or name.partition(".")[0] not in names)
    return f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(alone)}"
