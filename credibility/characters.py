"""A text as code points, and what kind of character stands at each of its places."""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray


def codes_of(text: str) -> NDArray[np.uint32]:
    """The code points of a text: shape (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(codes: NDArray[np.uint32]) -> str:
    """The text of these code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def used_in(text: str) -> frozenset[str]:
    """Every character of a text once."""
    codes = codes_of(text) if len(text) >= _LONG else None
    if codes is None or codes.max() > _LAST_COUNTED:
        return frozenset(text)
    return frozenset(map(chr, np.bincount(codes).nonzero()[0].tolist()))


# Counting takes a fifth of the time of a set in a text of 4 kB, and more than it in one of a line, or of a character far behind.
_LONG = 1_000
_LAST_COUNTED = 0xFFFF


class Kinds:
    """A table of what a function says of each character, 1 to 255, filled as texts bring them.

    >>> Kinds(lambda character: 2 if character.isalpha() else 1).of(codes_of("a b")).tolist()
    [2, 1, 2]
    """

    def __init__(self, kind: Callable[[str], int]) -> None:
        self._kind = kind
        self._table = np.zeros(0x110000, np.uint8)  # 0 for a character that no text has had

    def of(self, codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """The kind of each character, shape (characters,)."""
        kinds = self._table.take(codes)
        if not kinds.all():
            for code in set(codes.tolist()):
                self._table[code] = self._kind(chr(code))
            kinds = self._table.take(codes)
        return kinds


def holds(text: str, used: AbstractSet[str], needles: Iterable[str]) -> bool:
    """Whether a text holds one of these strings. used: its characters, or more: most needles are told from them to be absent.

    >>> holds("l' idée", set("l' idée"), ("' ", "’ "))
    True
    """
    return any(needle in text for needle in [needle for needle in needles if needle[0] in used and needle[-1] in used])
