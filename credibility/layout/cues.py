"""Words by which a block shows that it is no part of the article, and of what kind: the files `rules/<language>/cues.toml`."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from credibility.document import Block, Span
from credibility.errors import PackError, nearest
from credibility.lexicon import Tokens
from credibility.normalise import View, fold_text
from credibility.pack import build, pack_root, read_toml

# The kinds of the contract, in the order in which one is preferred where cues of several stand in a block.
KINDS = (
    "cookie", "paywall", "newsletter", "legal", "comments", "advertisement", "author-bio", "date-line", "related", "share", "widget",
    "code", "navigation", "other",
)  # fmt: skip

# A line that says at most this many words more than its cue is only that («Comments (12)», «Related articles from the desk»).
_MORE_WORDS = 4
# One word of a menu opens sentences as well («More rain fell there.»): with so many words behind it and the mark of a sentence at the
# end it says nothing of the line. Of 38 such lines of labelled clippings 23 are article; where no mark stands, 126 of 367. Names of
# owners («Copyright 2024 Oldwick Courier Ltd.») end with a full stop as well.
_SENTENCE = 3
_SENTENCE_ENDS = (".", "?", "؟", "।")
_WORDS = re.compile(r"[^\W_]+")
_CLOSING = " )]\"'"
_ENDS_IN_WORD = re.compile(r"\w$")
# Chinese, Japanese and Thai are written without spaces: there a cue may start and end anywhere.
_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class CueFile:
    """A file of cues: phrases by kind. `line`: the block starts with it and says little else. `inside`: it stands anywhere."""

    line: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cue:
    """What the words of a block say of it: kinds (of KINDS, '' for none) by a cue for lines and by one inside.

    `count` is how many different cues stand inside; `opening` is the kind of a cue for lines that the block starts with,
    whatever follows it.
    """

    line: str = ""
    inside: str = ""
    count: int = 0
    opening: str = ""


_NONE = Cue()


class _Phrase(NamedTuple):
    """A cue with its kinds."""

    text: str
    line: str
    inside: str


class _Cues(NamedTuple):
    """The cues of all languages, each under its longest word ('' for none); `spaceless` may stand inside a run of letters."""

    by_word: Mapping[str, tuple[_Phrase, ...]]
    words: frozenset[str]
    spaceless: tuple[_Phrase, ...]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    """The cues of all languages together: a page carries English buttons in whatever language it is."""
    line: dict[str, str] = {}
    inside: dict[str, str] = {}
    given: list[tuple[dict[str, str], str, str]] = []
    for path in sorted(pack_root().glob("*/cues.toml")):
        file = build(CueFile, read_toml(path), str(path))
        for into, by_kind in ((line, file.line), (inside, file.inside)):
            for kind, words in by_kind.items():
                if kind not in KINDS:
                    raise PackError(f"{path}: kind {kind!r} does not exist; {nearest(kind, KINDS)}")
                given += [(into, kind, word) for word in words]
    # Folded together: a fold of each costs more than reading the files.
    for (into, kind, _), text in zip(given, fold_text("\n".join(word for _, _, word in given)).split("\n"), strict=True):
        into.setdefault(text.strip(), kind)
    by_word: dict[str, list[_Phrase]] = defaultdict(list)
    spaceless = []
    for text in {*line, *inside}:
        phrase = _Phrase(text, line.get(text, ""), inside.get(text, ""))
        if _SPACELESS.search(text):
            spaceless.append(phrase)
        else:
            by_word[max(_WORDS.findall(text), key=len, default="")].append(phrase)
    return _Cues({word: tuple(phrases) for word, phrases in by_word.items()}, frozenset(by_word), tuple(spaceless))


def cues(view: View, blocks: Sequence[Block], read: Tokens) -> list[Cue]:
    """The cues of each block. view: the folded text that the spans of the blocks refer to; read: its tokens."""
    known = _cues()
    # A space of a cue may be a line break of a wrapped paragraph.
    text = view.text.replace("\n", " ")
    spaceless = [phrase for phrase in known.spaceless if phrase.text in text] if _SPACELESS.search(text) else None
    always = [""] if any(phrase.text in text for phrase in known.by_word.get("", ())) else []
    spans = view.folded_spans(block.span for block in blocks)
    words_of = _words_of(known, read, spans) if spaceless is None else {}
    out = []
    for row, (start, end) in enumerate(spans):
        if spaceless is None:
            words = [*words_of.get(row, ()), *always]
            hits = list(_hits(known, words, text, start, end)) if words else []
        else:
            hits = [(at, phrase) for phrase in spaceless for at in _places(phrase.text, text, start, end)]
        out.append(_cue(text, start, end, hits) if hits else _NONE)
    return out


def _words_of(known: _Cues, read: Tokens, spans: Sequence[Span]) -> Mapping[int, set[str]]:
    """For each block that holds any, by its number, the words under which cues are known. spans: of the blocks."""
    starts = [span.start for span in spans]
    here = known.words & read.vocabulary
    found: dict[int, set[str]] = defaultdict(set)
    for number in read.among(here):
        row = bisect_right(starts, read.starts[number]) - 1
        if row >= 0 and read.ends[number] <= spans[row].end:
            found[row].add(read.words[number])
    return found


def _hits(known: _Cues, words: Iterable[str], text: str, start: int, end: int) -> Iterator[tuple[int, _Phrase]]:
    """Where cues of these words stand between `start` and `end`: at the start of a word, and not ending inside one."""
    for word in words:
        for phrase in known.by_word[word]:
            for at in _places(phrase.text, text, start, end):
                until = at + len(phrase.text)
                inside = until < end and text[until].isalnum() and _ENDS_IN_WORD.search(phrase.text)
                if not inside and not (at and text[at - 1].isalnum()):
                    yield at, phrase


def _places(phrase: str, text: str, start: int, end: int) -> list[int]:
    """Where the phrase stands."""
    places = []
    at = text.find(phrase, start, end)
    while at >= 0:
        places.append(at)
        at = text.find(phrase, at + 1, end)
    return places


def _cue(text: str, start: int, end: int, hits: list[tuple[int, _Phrase]]) -> Cue:
    """What the cues found say of the block. Of those inside that overlap the first counts, the longest of those that start together."""
    hits.sort(key=lambda hit: (hit[0], -len(hit[1].text)))
    line = inside = opening = ""
    at, first = hits[0]
    if first.line and _opens(text, start, at):
        opening = first.line
        line = first.line if _is_all(text, first, at, end) else ""
    different: set[str] = set()
    until = -1
    for place, (at, phrase) in enumerate(hits):
        # A cue for lines that does not open the block says nothing here, nor hides one that does.
        if at < until or not (phrase.inside or (opening and not place)):
            continue
        until = at + len(phrase.text)
        if phrase.inside:
            different.add(phrase.text)
            inside = phrase.inside if not inside else min(inside, phrase.inside, key=KINDS.index)
    return Cue(line, inside, len(different), opening)


def _opens(text: str, start: int, at: int) -> bool:
    """Whether nothing but a few marks stands before the cue at `at` in the block that starts at `start`."""
    return at == start or (at - start <= 6 and not _WORDS.search(text, start, at))


def _is_all(text: str, cue: _Phrase, start: int, end: int) -> bool:
    """Whether the cue that starts at `start` is most of what the block says that ends at `end`, and does not open a sentence."""
    until = start + len(cue.text)
    if end - until >= 120:
        return False
    more = sum(1 for _ in _WORDS.finditer(text, until, end))
    return more <= _MORE_WORDS and not (more >= _SENTENCE and cue.line != "legal" and _is_sentence(text, start, until, end))


def _is_sentence(text: str, start: int, until: int, end: int) -> bool:
    """Whether the block that ends at `end` ends like a sentence, and its cue is a single word."""
    return len(_WORDS.findall(text, start, until)) == 1 and text[until:end].rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
