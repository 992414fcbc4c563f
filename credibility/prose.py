"""The prose of a page: its text without menus, teasers and notices, with blanks in their place or without."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from credibility.document import Span


class Prose(NamedTuple):
    """The prose of an article without what stands around it, and where it stands: `starts` of its stretches, and those in the text.

    Some readers take as long over blanks as over words, and of most pages four fifths are no prose.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def source(self, start: int, end: int) -> Span:
        """Where the stretch between two places, which is not empty, stands in the text of the article."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        return Span(start - self.starts[first] + self.origins[first], end - self.starts[last] + self.origins[last])

    def sources(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the characters at these places stand in the text of the article."""
        shift = np.array(self.origins) - np.array(self.starts)
        moved: NDArray[np.int64] = places + shift.take(np.searchsorted(self.starts, places, side="right") - 1)
        return moved


def blanked(text: str, kept: Iterable[Span]) -> str:
    """The text with newlines in place of all that stands outside of these stretches, which are in order.

    >>> blanked("Menu\\nA port.", [Span(5, 12)])
    '\\n\\n\\n\\n\\nA port.'
    """
    pieces: list[str] = []
    done = 0
    for start, end in kept:
        pieces += ("\n" * (start - done), text[start:end])
        done = end
    return "".join((*pieces, "\n" * (len(text) - done)))


def alone(text: str, kept: list[Span]) -> Prose:
    """These stretches of the text, which are in order, with a newline in place of all that stands between two or before the first.

    >>> alone("Menu\\nA port.\\nMore", [Span(5, 12)])
    Prose(text='\\nA port.', starts=(0, 1), origins=(0, 5))
    """
    pieces, starts, origins = [""], [0], [0]
    done = length = 0
    for start, end in kept:
        if start > done:
            pieces.append("\n")
            length += 1
        pieces.append(text[start:end])
        starts.append(length)
        origins.append(start)
        done, length = end, length + end - start
    return Prose("".join(pieces), tuple(starts), tuple(origins))
