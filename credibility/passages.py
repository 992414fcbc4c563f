"""The passages of an article in another language than its own, at their exact extent.

A Viterbi path runs over the tokens: each belongs to the main language or to one of a few candidates, and a switch costs less
where a sentence or a line ends. What the path finds must then look like running text: names, titles, references and
quotations of a few words are no passages.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from credibility.document import Span
from credibility.identify import REPORTED, Reading
from credibility.language_model import STEP
from credibility.language_tokens import BLOCK, GOES_ON, SENTENCE
from credibility.segment import Article

# Nats. A switch in mid-sentence, at the end of a sentence, of a line.
SWITCH = {GOES_ON: 9.0, SENTENCE: 7.0, BLOCK: 5.5}
LEAST_RATIO = 11.0  # log-likelihood ratio of a passage
LEAST_WORDS = 5  # lower-case words that speak for the other language
LEAST_IDEOGRAPHS = 9
MOST_CAPITALS = 0.55
WINDOW = 8  # tokens
WINDOW_GAIN = 5.0
CANDIDATES = 6
CLEAR = 0.3  # nats: a token that speaks for the other language


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch in another language: `ratio` is its log-likelihood ratio against the main language in nats."""

    span: Span
    language: str
    ratio: float
    n_tokens: int
    kind: str


def passages(article: Article) -> tuple[Passage, ...]:
    """The passages in another language than the article's, in order; none for an article whose language is not known."""
    reading = article.reading
    main = _main_column(reading, article.language)
    if main is None or not len(reading.tokens):
        return ()
    found = []
    for first, last, column in _stretches(reading, main):
        stretch = _Stretch(article.text, reading, main, first, last, column)
        if stretch.is_running_text():
            found.append(stretch.passage())
    return tuple(found)


def _main_column(reading: Reading, language: str | None) -> int | None:
    """The column of the article's language; the best one where the model does not know it."""
    if language is None:
        return None
    columns = [i for i, code in enumerate(reading.languages) if REPORTED.get(code, code) == language]
    return max(columns, key=lambda i: float(reading.totals[i])) if columns else None


def _stretches(reading: Reading, main: int) -> list[tuple[int, int, int]]:
    """Maximal runs of tokens outside the main language: first, last token and column."""
    candidates = _candidates(reading, main)
    if not candidates:
        return []
    columns = [main, *candidates]
    evidence = (reading.evidence[:, columns].astype(np.float32) - reading.evidence[:, [main]]) * (reading.weight / STEP)[:, None]
    path = _path(evidence, np.array([SWITCH[GOES_ON], SWITCH[SENTENCE], SWITCH[BLOCK]])[reading.tokens.gap])
    borders = np.flatnonzero(np.diff(path)) + 1
    edges = [0, *borders.tolist(), len(path)]
    return [(start, end - 1, columns[path[start]]) for start, end in zip(edges, edges[1:], strict=False) if path[start]]


def _candidates(reading: Reading, main: int) -> list[int]:
    """The languages that clearly beat the main one in some window of a few tokens, the clearest first."""
    n = len(reading.tokens)
    width = min(WINDOW, n)
    best = np.full(len(reading.languages), -np.inf)
    for start in range(0, n, 20_000):
        part = slice(start, min(n, start + 20_000 + width))
        ahead = (reading.evidence[part].astype(np.float32) - reading.evidence[part, main, None]) * (reading.weight[part] / STEP)[:, None]
        sums = np.cumsum(np.vstack([np.zeros((1, ahead.shape[1]), np.float32), ahead]), axis=0, dtype=np.float32)
        if len(sums) > width:
            best = np.maximum(best, (sums[width:] - sums[:-width]).max(0))
    chosen = [int(i) for i in np.argsort(-best, kind="stable")[: CANDIDATES + 2] if i != main and best[i] > WINDOW_GAIN]
    return chosen[:CANDIDATES]


def _path(evidence: NDArray[np.float32], switch: NDArray[np.float64]) -> NDArray[np.int64]:
    """The best sequence of states: evidence has shape (tokens, states) with state 0 the main language, switch (tokens,)."""
    n, states = evidence.shape
    rows, costs = evidence.tolist(), switch.tolist()
    value = [0.0] + [-costs[0]] * (states - 1)
    came: list[list[int] | None] = []
    numbers = range(states)
    for row, cost in zip(rows, costs, strict=True):
        top = max(value)
        go = top - cost
        if go <= min(value):
            came.append(None)
            value = [v + e for v, e in zip(value, row, strict=True)]
            continue
        source = value.index(top)
        came.append([j if value[j] >= go else source for j in numbers])
        value = [(v if v >= go else go) + e for v, e in zip(value, row, strict=True)]
    ended = [v - (SWITCH[BLOCK] if j else 0.0) for j, v in enumerate(value)]
    state = ended.index(max(ended))
    path = np.zeros(n, np.int64)
    for i in range(n - 1, -1, -1):
        path[i] = state
        back = came[i]
        state = state if back is None else back[state]
    return path


class _Stretch:
    """A run of tokens that the path gave to another language."""

    def __init__(self, text: str, reading: Reading, main: int, first: int, last: int, column: int) -> None:
        self.text, self.reading, self.column = text, reading, column
        tokens = reading.tokens
        self.first, self.last = first, last
        part = slice(first, last + 1)
        self.start, self.end = int(tokens.start[first]), int(tokens.end[last])
        gain = (reading.evidence[part, column].astype(np.float32) - reading.evidence[part, main]) * reading.weight[part] / STEP
        self.gain = gain
        self.capital = tokens.capital[part]
        self.ratio = float(gain.sum())
        self.n_tokens = last + 1 - first
        self.ideographs = reading.languages[column] in ("zh", "ja")
        self.starts, self.ends = tokens.start[part], tokens.end[part]

    def is_running_text(self) -> bool:
        """Whether enough of it is plain words of the other language, and it is no title, reference or list of names."""
        speaking = int(((self.gain > CLEAR) & ~self.capital).sum())
        if self.ratio < LEAST_RATIO or speaking < (LEAST_IDEOGRAPHS if self.ideographs else LEAST_WORDS):
            return False
        if float(self.capital.mean()) >= MOST_CAPITALS:
            return False
        return not (self._is_reference() or self._is_title())

    def _is_title(self) -> bool:
        """A few words between quotation marks or brackets."""
        if self.n_tokens > (14 if self.ideographs else 9):
            return False
        before, after = self.text[max(0, self.start - 2) : self.start], self.text[self.end : self.end + 3]
        return any(c in _OPENING for c in before) and any(c in _CLOSING for c in after)

    def _is_reference(self) -> bool:
        """A title between quotation marks with names around it."""
        quoted = self.text[self.start : self.end + 3]
        opening = next((i for i, c in enumerate(quoted) if c in _OPENING_QUOTES), -1)
        if not 0 <= opening < 70:
            return False
        closing = next((i for i in range(opening + 2, len(quoted)) if quoted[i] in _CLOSING_QUOTES), -1)
        if closing < 0:
            return False
        inside = (self.starts >= self.start + opening) & (self.starts < self.start + closing)
        outside = ~inside
        plain = int((outside & ~self.capital & (self.ends - self.starts > 2)).sum())
        n_outside = int(outside.sum())
        return int(inside.sum()) <= 16 and plain <= 2 and n_outside > 0 and plain <= 0.5 * n_outside

    def passage(self) -> Passage:
        """The stretch with the punctuation that closes it."""
        end = self.end
        while end < len(self.text) and self.text[end] in _TRAILING:
            end += 1
        code = self.reading.languages[self.column]
        return Passage(Span(self.start, end), REPORTED.get(code, code), round(self.ratio, 1), self.n_tokens, self._kind())

    def _kind(self) -> str:
        """'paragraph' between line breaks, 'sentence' between sentence ends, else 'clause'."""
        gap = self.reading.tokens.gap
        after = int(gap[self.last + 1]) if self.last + 1 < len(gap) else BLOCK
        edge = min(int(gap[self.first]), after)
        return ("clause", "sentence", "paragraph")[edge]


_OPENING_QUOTES = '«“„"「『《'
_CLOSING_QUOTES = '»”"“」』》'
_OPENING = _OPENING_QUOTES + "(（["
_CLOSING = _CLOSING_QUOTES + ")）],"
_TRAILING = ".!?\"»”’')]。！？؟…"
