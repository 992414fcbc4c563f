"""Folded text that remembers where each of its characters came from.

Rules are matched on folded text: lower case, straight quotes, single spaces, composed accents, no harakat, tatweel, soft
hyphens or other invisible characters, Arabic presentation forms, ligatures and full-width forms spelled out, hamza carriers
of alef as plain alef. Newlines stay, since blocks end at them. `View.source` maps any stretch of it back to the source.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from credibility.document import Span, spans

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\u0060\uff07"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u2e42\uff02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_ALEFS = "\u0622\u0623\u0625\u0671"
_LOOKS = dict.fromkeys(_SINGLE_QUOTES, "'") | dict.fromkeys(_DOUBLE_QUOTES, '"') | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_ALEFS, "ا")
# Compatibility forms that are only another way to draw the same letters. Superscripts, fractions and the like mean
# something else than their plain digits and stay.
_COMPATIBILITY = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdff\ufe70-\ufefc\uff01-\uff5e]")
_TATWEEL = "\u0640"


def _vanishes(character: str) -> bool:
    """Whether folding drops the character: invisible ones, harakat and tatweel."""
    if character == _TATWEEL or "\u064b" <= character <= "\u0652" or character == "\u0670" or "\u06d6" <= character <= "\u06ed":
        return unicodedata.category(character) != "So"
    return unicodedata.category(character) == "Cf"


def _is_space(character: str) -> bool:
    return character in "\t\x0b\x0c\x1c\x1d\x1e\x1f" or unicodedata.category(character) == "Zs"


def _joins(character: str) -> bool:
    """Whether the character may melt into the one before it under composition: marks, and vowels and finals of Hangul."""
    return unicodedata.category(character) in ("Mn", "Mc", "Me") or "\u1160" <= character <= "\u11ff"


def _fold_cluster(cluster: str) -> str:
    """Fold a character with the marks that follow it, until nothing changes."""
    seen = ""
    while cluster != seen:
        seen = cluster
        kept = "".join(" " if _is_space(c) else "\n" if c in "\r\u0085\u2028\u2029" else c for c in cluster if not _vanishes(c))
        kept = _COMPATIBILITY.sub(lambda hit: unicodedata.normalize("NFKC", hit.group()), kept)
        kept = "".join(_LOOKS.get(c, c) for c in unicodedata.normalize("NFC", kept).casefold())
        cluster = unicodedata.normalize("NFC", kept)
    return cluster


# Decomposed accents make the same few clusters over and over: without the cache 1 MB of them takes seven times as long.
_fold_short = lru_cache(maxsize=4096)(_fold_cluster)


class _Table(dict[int, str]):
    """A table for `str.translate` that fills itself: what each single character folds to."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold_cluster(chr(point))
        return folded


_TABLE = _Table()


@lru_cache(maxsize=4096)
def _needs_care(character: str) -> str:
    """Why a character cannot be folded one for one: 'space', 'joins', 'vanishes', 'grows', or '' if it can."""
    if _is_space(character):
        return "space"
    if _vanishes(character):
        return "vanishes"
    if _joins(character):
        return "joins"
    return "" if len(_TABLE[ord(character)]) == 1 else "grows"


@lru_cache(maxsize=4096)
def _unlike_casefold(character: str) -> str:
    """What a character folds to where `casefold` would make something else of it; '' where it does not, or no stretch holds it."""
    folded = "" if _needs_care(character) in ("vanishes", "grows") else _TABLE[ord(character)]
    return folded if folded != character.casefold() else ""


@dataclass(frozen=True, slots=True)
class _Plain:
    """Folds stretches that fold character by character: as `casefold` does, and the few others looked up."""

    others: tuple[tuple[str, str], ...]
    by_table: bool

    @classmethod
    def of(cls, used: frozenset[str]) -> "_Plain":
        """The one for a text of these characters."""
        others = tuple((c, folded) for c in used if (folded := _unlike_casefold(c)))
        # «ΰ» folds to itself, and `casefold` would take it apart.
        return cls(others, len(others) > _MOST_PASSES or any(folded.casefold() != folded for _, folded in others))

    def fold(self, text: str) -> str:
        """The folded stretch. A pass for each of ten characters takes a sixth of a look at each character of a long one."""
        if self.by_table or len(text) < _SHORT:
            return text.translate(_TABLE)
        for character, folded in self.others:
            text = text.replace(character, folded)
        return text.casefold()


_MOST_PASSES = 24
_SHORT = 100


def _clusters(used: frozenset[str]) -> re.Pattern[str] | None:
    """A pattern for the stretches of a text of these characters that do not fold one by one; None if there are none."""
    kinds: dict[str, list[str]] = {"space": [], "vanishes": [], "joins": [], "grows": []}
    for character in sorted(used):
        if kind := _needs_care(character):
            kinds[kind].append(re.escape(character))
    spaces, vanishing, joining = ("".join(kinds[kind]) for kind in ("space", "vanishes", "joins"))
    ways = []
    if spaces:
        ways.append(f"[{spaces}][{spaces}{vanishing}]+")
        if vanishing:
            ways.append(f"[{vanishing}]+[{spaces}][{spaces}{vanishing}]*")
    if vanishing or joining:
        ways.append(f"(?s:.)[{vanishing}{joining}]+")
    if vanishing or kinds["grows"]:
        ways.append(f"[{vanishing}{''.join(kinds['grows'])}]")
    return re.compile("|".join(ways)) if ways else None


@dataclass(frozen=True, slots=True)
class View:
    """Folded text with the origin of each of its characters in the source.

    `_folded_at` and `_source_at` are breakpoints: from each on, both texts advance in step (or, inside a cluster, all its
    folded characters come from the whole cluster).
    """

    text: str
    source_length: int
    _folded_at: tuple[int, ...]
    _source_at: tuple[int, ...]
    _source_end: tuple[int, ...]

    def source(self, start: int, end: int) -> Span:
        """The smallest stretch of the source whose folding holds `text[start:end]`; an empty stretch stays empty.

        Raises IndexError for positions outside the folded text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"{start}:{end} lies outside a folded text of {len(self.text)} characters")
        if len(self._folded_at) == 1:
            return Span(start, end)  # nothing in this text folds but character by character
        first = self._origin(start)[0]
        return Span(first, first) if start == end else Span(first, self._origin(end - 1)[1])

    def folded(self, position: int) -> int:
        """Where the source position stands in the folded text (inside a cluster: where the cluster starts)."""
        if len(self._folded_at) == 1:
            return position if position < self.source_length else self.source_length
        row = bisect_right(self._source_at, position) - 1
        following = self._folded_at[row + 1] if row + 1 < len(self._folded_at) else len(self.text)
        if self._source_end[row] >= 0:
            return following if position >= self._source_end[row] else self._folded_at[row]
        return min(self._folded_at[row] + position - self._source_at[row], following)

    def folded_spans(self, given: Iterable[Span]) -> list[Span]:
        """Where stretches of the source, given in order, stand in the folded text; in one pass over the breakpoints."""
        if len(self._folded_at) == 1:
            return list(given)
        found: list[int] = []
        row, last, following = 0, len(self._source_at) - 1, self._folded_at[1]
        for position in chain.from_iterable(given):
            while row < last and self._source_at[row + 1] <= position:
                row += 1
                following = self._folded_at[row + 1] if row < last else len(self.text)
            if self._source_end[row] >= 0:
                found.append(following if position >= self._source_end[row] else self._folded_at[row])
            else:
                found.append(min(self._folded_at[row] + position - self._source_at[row], following))
        return spans(found[::2], found[1::2])

    def origins(self, positions: Iterable[int]) -> list[int]:
        """Where the folded characters at these positions begin in the source; positions in rising order, inside the text."""
        if len(self._folded_at) == 1:
            return list(positions)
        found, row, last = [], 0, len(self._folded_at) - 1
        for position in positions:
            while row < last and self._folded_at[row + 1] <= position:
                row += 1
            inside = self._source_end[row] >= 0
            found.append(self._source_at[row] if inside else self._source_at[row] + position - self._folded_at[row])
        return found

    def _origin(self, position: int) -> tuple[int, int]:
        """Start and end in the source of the one folded character at `position` (of the end of text: both its length)."""
        if position >= len(self.text):
            return self.source_length, self.source_length
        row = bisect_right(self._folded_at, position) - 1
        if self._source_end[row] >= 0:
            return self._source_at[row], self._source_end[row]
        start = self._source_at[row] + position - self._folded_at[row]
        return start, start + 1


def fold(text: str, used: frozenset[str] | None = None) -> View:
    """The folded text and its origins, in time linear in the text. used: its characters, where the caller has them.

    >>> view = fold("L\u2019ONU\u00a0 a d\u00e9clare\u0301")
    >>> view.text
    "l'onu a déclaré"
    >>> view.source(6, 15)
    Span(start=7, end=17)
    """
    used = frozenset(text) if used is None else used
    clusters, plain_text = _clusters(used), _Plain.of(used)
    if clusters is None:
        return View(plain_text.fold(text), len(text), (0,), (0,), (-1,))
    pieces: list[str] = []
    folded_at, source_at, source_end = [0], [0], [-1]
    length = done = 0
    for hit in clusters.finditer(text):
        start, end = hit.span()
        plain = plain_text.fold(text[done:start])
        folded = _fold_run(hit.group())
        pieces += (plain, folded)
        length += len(plain)
        if folded:
            folded_at.append(length)
            source_at.append(start)
            source_end.append(end)
            length += len(folded)
        folded_at.append(length)
        source_at.append(end)
        source_end.append(-1)
        done = end
    pieces.append(plain_text.fold(text[done:]))
    return View("".join(pieces), len(text), tuple(folded_at), tuple(source_at), tuple(source_end))


def _fold_run(run: str) -> str:
    """Fold one hit of `_clusters`: a run of spaces becomes one, everything else is a cluster."""
    folded = _fold_short(run) if len(run) <= 4 else _fold_cluster(run)
    return " " if folded and not folded.strip(" ") else folded


def fold_text(text: str) -> str:
    """The folded text alone, for phrases and names that need no way back."""
    if len(text) < _SHORT and "  " not in text and all(c == " " or not _needs_care(c) for c in text):
        return text.translate(_TABLE)  # character by character, in a tenth of the time
    return fold(text).text


def fold_pattern(pattern: str) -> str:
    """Fold the letters of a regular expression that mean only themselves: those outside ASCII that fold one for one."""
    return "".join(_TABLE[ord(c)] if c > "\x7f" and not _needs_care(c) else c for c in pattern)
