"""Words by which a block shows that it is no part of the article, and of what kind: the files `rules/<language>/cues.toml`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from credibility.detectors.phrases import trie_pattern
from credibility.document import Block
from credibility.errors import PackError, nearest
from credibility.normalise import View, fold_text
from credibility.pack import build, pack_root, read_toml

# The kinds of the contract, in the order in which one is preferred where cues of several stand in a block.
KINDS = (
    "cookie", "paywall", "newsletter", "legal", "comments", "advertisement", "author-bio", "date-line", "related", "share", "widget",
    "code", "navigation", "other",
)  # fmt: skip

# A line that says at most this many words more than its cue is only that («Comments (12)», «Related articles from the desk»).
_MORE_WORDS = 4
_WORDS = re.compile(r"[^\W_]+")
_BEFORE = r"(?<![^\W_])"
_AFTER = r"(?![^\W_])"
# Chinese, Japanese and Thai are written without spaces: there a cue may start and end anywhere.
_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class CueFile:
    """A file of cues: phrases by kind. `line`: the block starts with it and says little else. `inside`: it stands anywhere."""

    line: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Cue(NamedTuple):
    """What the words of a block say of it: kinds (of KINDS, '' for none) by a cue for lines and by one inside.

    `count` is how many different cues stand inside; `opening` is the kind of a cue for lines that the block starts with,
    whatever follows it.
    """

    line: str = ""
    inside: str = ""
    count: int = 0
    opening: str = ""


class _Cues(NamedTuple):
    spaced: re.Pattern[str]
    spaceless: re.Pattern[str]
    line: dict[str, str]
    inside: dict[str, str]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    """The cues of all languages in one expression: a page carries English buttons in whatever language it is."""
    line: dict[str, str] = {}
    inside: dict[str, str] = {}
    for path in sorted(pack_root().glob("*/cues.toml")):
        given = build(CueFile, read_toml(path), str(path))
        for phrases, into in ((given.line, line), (given.inside, inside)):
            for kind, words in phrases.items():
                if kind not in KINDS:
                    raise PackError(f"{path}: kind {kind!r} does not exist; {nearest(kind, KINDS)}")
                for word in words:
                    into.setdefault(fold_text(word).strip(), kind)
    every = {*line, *inside}
    spaceless = [phrase for phrase in every if _SPACELESS.search(phrase)]
    spaced = trie_pattern(every.difference(spaceless))
    return _Cues(re.compile(f"{_BEFORE}{spaced}(?:{_AFTER}|(?<=[^\\w]))"), re.compile(trie_pattern(spaceless)), line, inside)


def cues(view: View, blocks: Sequence[Block]) -> list[Cue]:
    """The cues of each block. view: the folded text that the spans of the blocks refer to."""
    known = _cues()
    text = view.text
    pattern = known.spaceless if _SPACELESS.search(text) else known.spaced
    out = []
    for block in blocks:
        start, end = view.folded(block.span.start), view.folded(block.span.end)
        line = inside = opening = ""
        different: set[str] = set()
        first = True
        for hit in pattern.finditer(text, start, end):
            phrase = hit.group().replace("\n", " ")
            if first:
                first = False
                if (kind := known.line.get(phrase)) and _opens(text, start, hit.start()):
                    opening = kind
                    line = kind if _is_all(text, hit.end(), end) else ""
            if kind := known.inside.get(phrase):
                different.add(phrase)
                inside = kind if not inside else min(inside, kind, key=KINDS.index)
        out.append(Cue(line, inside, len(different), opening))
    return out


def _opens(text: str, start: int, at: int) -> bool:
    """Whether nothing but a few marks stands before the cue at `at` in the block that starts at `start`."""
    return at == start or (at - start <= 6 and not _WORDS.search(text, start, at))


def _is_all(text: str, until: int, end: int) -> bool:
    """Whether little follows the cue that ends at `until` in the block that ends at `end`."""
    if end - until >= 120:
        return False
    return sum(1 for _ in _WORDS.finditer(text, until, end)) <= _MORE_WORDS
