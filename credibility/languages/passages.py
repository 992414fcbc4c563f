"""The passages of an article in another language than its own, at their exact extent.

A Viterbi path runs over the tokens: each belongs to the main language or to one of a few candidates, and a switch costs less
where a sentence or a line ends. What the path finds must then look like running text (`credibility.languages.stretch`).
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from credibility.languages.identify import REPORTED, Reading
from credibility.languages.model import STEP
from credibility.languages.stretch import Passage, Stretch, trimmed
from credibility.languages.tokens import BLOCK, GOES_ON, SENTENCE
from credibility.segment import Article

# Nats. A switch in mid-sentence, at the end of a sentence, of a line.
SWITCH = {GOES_ON: 9.0, SENTENCE: 7.0, BLOCK: 5.5}
WINDOW = 8  # tokens; `_summed` takes them for 1 + 1, twice, twice
WINDOW_GAIN = 5.0
AROUND = 40  # tokens before and after such a window that the path runs over
CANDIDATES = 6


def passages(article: Article) -> tuple[Passage, ...]:
    """The passages in another language than the article's, in order; none for an article whose language is not known."""
    reading = article.reading
    main = main_column(reading, main_language(article))
    if main is None or not len(reading.tokens):
        return ()
    found = []
    for first, last, column in _stretches(reading, main):
        stretch = trimmed(Stretch(article.text, reading, main, first, last, column))
        if stretch.is_running_text():
            found.append(stretch.passage())
    return tuple(found)


def main_language(article: Article) -> str | None:
    """The language that passages are foreign to: what the text shows where that is beyond doubt, else the article's."""
    return article.identified[0] if article.reading.sure else article.language


def main_column(reading: Reading, language: str | None) -> int | None:
    """The column of the article's language; the best one where the model does not know it."""
    if language is None:
        return None
    codes = [code for code in (language, *REPORTED) if REPORTED.get(code, code) == language and code in reading.languages]
    return max(map(reading.languages.index, codes), key=lambda i: float(reading.totals[i]), default=None)


def _stretches(reading: Reading, main: int) -> list[tuple[int, int, int]]:
    """Maximal runs of tokens outside the main language: first, last token and column."""
    regions, candidates = _regions(reading, main)
    columns = [main, *candidates]
    costs, found = np.array([SWITCH[GOES_ON], SWITCH[SENTENCE], SWITCH[BLOCK]]), []
    for start, end in regions:
        part = slice(start, end)
        ahead = reading.evidence[part][:, columns].astype(np.float32) - reading.evidence[part, main, None]
        path = _path(ahead * (reading.weight[part] / STEP)[:, None], costs[reading.tokens.gap[part]])
        edges = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
        found += [(start + a, start + b - 1, columns[path[a]]) for a, b in pairwise(edges) if path[a]]
    return found


def _regions(reading: Reading, main: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Where some language clearly beats the main one over a few tokens, with the tokens around, and the languages that do so best."""
    n = len(reading.tokens)
    width = min(WINDOW, n)
    starts: list[NDArray[np.int64]] = []
    columns = np.flatnonzero(reading.evidence.max(0) == 0)  # the best language of some token; others win nowhere
    wins = np.zeros(len(columns))
    for start in range(0, n - width + 1, 20_000):
        part = slice(start, min(n, start + 20_000 + width))
        ahead = reading.evidence[part].take(columns, axis=1).astype(np.float32)
        ahead -= reading.evidence[part, main, None]
        ahead *= (reading.weight[part] / STEP)[:, None]
        gains = _summed(ahead, width)
        if gains.max() <= WINDOW_GAIN:  # as in most articles
            continue
        best = gains.argmax(1)
        here = np.flatnonzero(gains[np.arange(len(gains)), best] > WINDOW_GAIN)
        wins += np.bincount(best[here], minlength=len(wins))
        starts.append(here + start)
    if not starts:
        return [], []
    candidates = [int(columns[i]) for i in np.argsort(-wins, kind="stable")[:CANDIDATES] if wins[i] > 0]
    regions: list[tuple[int, int]] = []
    for at in (place for here in starts for place in here.tolist()):
        first, end = max(0, at - AROUND), min(n, at + width + AROUND)
        if regions and first <= regions[-1][1]:
            regions[-1] = (regions[-1][0], max(end, regions[-1][1]))
        else:
            regions.append((first, end))
    return regions, candidates


def _summed(rows: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """The sums of so many rows in a row, from each on: of eight in three steps, a tenth of the time of differences of running sums."""
    if width < WINDOW:
        return np.add.reduce(rows, axis=0, keepdims=True)
    for step in (1, 2, 4):
        rows = rows[:-step] + rows[step:]
    return rows


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
