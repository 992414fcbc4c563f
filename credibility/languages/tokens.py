"""A text as tokens that belong to a language: its words without code, markup, addresses, tags and numbers.

All in arrays, one entry for each token, so that 100 kB take a few milliseconds.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from credibility.languages.alphabets import (
    CODE_MARK,
    DIGIT,
    FIRST_SCRIPT,
    NEWLINE,
    SCRIPT_NUMBER,
    SENTENCE_END,
    SKIPPED,
    UNSPACED,
    character_table,
    points,
)

GOES_ON, SENTENCE, BLOCK = range(3)

# What is no language, whatever its letters: patterns, each with the strings of which a text must hold one for it to be compiled
# and tried.
# All are linear: their repeats are bounded, or begin at a rare literal or at the start of a word.
_MASKED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("://", "www."), r"(?:https?://|ftp://|www\.)[^\s<>\"«»]+"),
    (("@",), r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}"),
    (("@", "#", "＃"), r"[#@＃][\w.]+"),
    (("<",), r"<[!/?]?[A-Za-z][^<>\n]{0,400}>"),
    (("{",), r"\{\{[^{}\n]{0,400}\}\}|\{%[^{}\n]{0,400}%\}|\$\{[^{}\n]{0,200}\}"),
    (("{",), r"(?<![\w.#:*-])[\w.#:*-]{1,60}(?:[ ,][\w.#:*>-]{1,60}){0,6} ?\{[^{}]{0,400}\}"),  # rules of style sheets
    (("[",), r"\[/?[a-z_-]{1,40}(?:\s[^\[\]\n=]{0,200}=[^\[\]\n]{0,200})?\]"),  # shortcodes
    (("&",), r"&#?\w{1,10};"),
    (("_", "\\"), r"(?<![\w\\])\w{0,80}(?:[_\\]\w{1,80}){1,20}"),  # identifiers
    (("()",), r"(?<!\w)\w{1,80}\(\)[;\w.]*"),
    (("=",), r"(?<![\w.-])[\w.-]{1,40}=[\"']?[\w./:%-]+"),  # settings
    ((" -",), r"-(?<=\s-)-?[a-z][\w-]*"),  # options of commands
    (("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER"),
     r"\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER)\b[^\n]{1,300}?\b(?:FROM|INTO|SET|TABLE|VALUES)\b[^\n]*"),
    (("$ ", "> ", "% "), r"^[ \t]*[$>%] [^\n]*"),  # commands
    (("-0", "-1"), r"^\[?\d{4}-[01]\d-\d\d[T ]\d\d:\d\d[^\n]*"),  # logs
    (("Traceback", 'File "', "Error: ", "Exception: ", "ERR!", "[WARN", "[ERR", "[INFO", "[DEBUG"),
     r'^[ \t]*(?:Traceback \(|File "[^"\n]{1,200}", line \d|[\w.]{1,80}(?:Error|Exception): |\w{1,20} ERR! |\[(?:WARN|ERR|INFO|DEBUG))'
     r"[^\n]*"),  # traces and logs
    (("Subject", "Betreff", "Objet", "Asunto", "Тема", "الموضوع"),
     r"^[ \t]*(?:Subject|Betreff|Objet|Asunto|Тема|الموضوع) ?: [^\n]*"),
    (("(@",), r"[—–-]\s?[^\n—–]{1,60}\(@\w{1,20}\)[^\n.]{0,40}$"),  # who wrote an embedded post, and when
    (("/",), r"/(?<![\w/]/)[\w.-]{1,80}(?:/[\w.-]{1,80}){1,7}"),  # paths
)  # fmt: skip
# With the characters of each string: most texts lack one.
_TRIGGERED = [([(frozenset(trigger), trigger) for trigger in triggers], pattern) for triggers, pattern in _MASKED]
_compiled = lru_cache(maxsize=32)(re.compile)
_DOT_INSIDE = re.compile(r"\.(?<=[^\W_]\.)[a-z]")  # the dot first: it is found quickly
_DOTTED = re.compile(r"(?<![\w.@/-])[\w-]{1,60}(?:\.[\w-]{1,60}){1,6}(?:/[^\s<>\"«»]*)?")
_DOMAINS = frozenset(("com", "org", "net", "info", "int", "gov", "edu", "tv", "fm"))


@dataclass(frozen=True)
class Tokens:
    """Words in order. All arrays but `points` have one entry for each token.

    points: code points of the text that was read. start, end: where the token stands. script: number in SCRIPTS. capital: written with a
    capital that no sentence start explains. gap: what stands before it, GOES_ON, SENTENCE or BLOCK.
    """

    points: NDArray[np.uint16]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    script: NDArray[np.int64]
    capital: NDArray[np.bool_]
    gap: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.start)


def tokens(text: str, used: frozenset[str] | None = None) -> Tokens:
    """The tokens of a text, in time linear in it. used: its characters, or more, where the caller has them."""
    used = frozenset(text) if used is None else used
    characters = points(text)
    kind = character_table().kind.take(characters)
    value = _carry(kind)
    # Stretches of one kind; those of a script are its words.
    edges = np.concatenate(([0], (value[1:] != value[:-1]).nonzero()[0] + 1, [len(value)])) if len(value) else np.zeros(1, np.int64)
    heads = value.take(edges[:-1])
    words = heads >= FIRST_SCRIPT
    start, end, script = edges[:-1][words], edges[1:][words], heads[words].astype(np.int64) - FIRST_SCRIPT
    start, end, script = _split_unspaced(start, end, script)
    drop = _touches_digits(kind, start, end)
    if (masked := _masked(text, used)) is not None:
        drop |= masked.take(start)
    if not used.isdisjoint(_LINE_MARKS):
        drop |= _in_code(characters, kind, start, end)
    if drop.any():
        keep = ~drop
        start, end, script = start[keep], end[keep], script[keep]
    gap = _gaps(kind, start, None if used.isdisjoint(_WIDE_ENDS) else characters)
    return Tokens(characters, start, end, script, _capitals(characters, start, end, gap), gap)


def _carry(kind: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The kinds, with marks after a letter counted as letters of its script."""
    marks = kind == SKIPPED
    if not marks.any():
        return kind
    last = kind.take(np.maximum.accumulate(np.where(marks, 0, np.arange(len(kind)))))
    return np.where(marks & (last >= FIRST_SCRIPT), last, kind)


def _masked(text: str, used: frozenset[str]) -> NDArray[np.bool_] | None:
    """True where addresses, markup, tags and identifiers stand; None if nowhere."""
    places: list[tuple[int, int]] = []
    for triggers, pattern in _TRIGGERED:
        for letters, trigger in triggers:
            if letters <= used and trigger in text:
                places += [hit.span() for hit in _compiled(pattern, re.MULTILINE).finditer(text)]
                break
    if _DOT_INSIDE.search(text):
        places += [hit.span() for hit in _DOTTED.finditer(text) if _is_address(hit.group())]
    if not places:
        return None
    out = np.zeros(len(text), np.bool_)
    for start, end in places:
        out[start:end] = True
    return out


def _is_address(dotted: str) -> bool:
    """Whether words joined by full stops are a host, a file or an identifier, and not sentences without a space between.

    >>> [_is_address(word) for word in ("elpais.com", "bbc.co.uk/news", "sys.path.join", "over.The")]
    [True, True, True, False]
    """
    host = dotted.partition("/")[0]
    labels = host.split(".")
    return (
        len(labels) > 2 or "/" in dotted or labels[-1].lower() in _DOMAINS or (len(labels[-1]) == 2 and host.isascii() and host.islower())
    )


_WIDTHS = np.zeros(len(SCRIPT_NUMBER), np.int64)
_WIDTHS[[SCRIPT_NUMBER[name] for name in UNSPACED]] = list(UNSPACED.values())


def _split_unspaced(
    start: NDArray[np.int64], end: NDArray[np.int64], script: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Runs of scripts without spaces cut into tokens of a few letters."""
    width_here = _WIDTHS.take(script)
    if not width_here.any():
        return start, end, script
    pieces = np.where(width_here > 0, -(-(end - start) // np.maximum(width_here, 1)), 1)
    row = np.repeat(np.arange(len(start)), pieces)
    number = np.arange(int(pieces.sum())) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    new_start = start[row] + number * width_here[row]
    new_end = np.where(width_here[row] > 0, np.minimum(new_start + width_here[row], end[row]), end[row])
    return new_start, new_end, script[row]


def _touches_digits(kind: NDArray[np.uint8], start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Words written together with digits: A320neo, 13th, CO2."""
    digit = np.zeros(len(kind) + 1, np.bool_)  # the last stands behind the text and, as -1, before it
    np.equal(kind, DIGIT, out=digit[:-1])
    return digit.take(start - 1) | digit.take(end)


def _in_code(
    characters: NDArray[np.uint16], kind: NDArray[np.uint8], start: NDArray[np.int64], end: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Words with several marks of code close by in their line, or on a line with nearly as many of them as of words."""
    marks, of_code = _IS_LINE_MARK.take(characters), kind == CODE_MARK
    some = np.count_nonzero(marks)
    if not len(start) or not some or (some < 4 and np.count_nonzero(of_code) < 3):
        return np.zeros(len(start), np.bool_)
    places = np.arange(len(kind))
    line_start = np.maximum.accumulate(np.where(kind == NEWLINE, places + 1, 0))[start]
    line_end = np.minimum.accumulate(np.where(kind == NEWLINE, places, len(kind))[::-1])[::-1][start]
    inside = np.zeros(len(start), np.bool_)
    for which, reach, least in ((of_code, 18, 3), (marks, 30, 5)):
        count = np.concatenate(([0], np.cumsum(which)))
        inside |= count[np.minimum(end + reach, line_end)] - count[np.maximum(start - reach, line_start)] >= least
    line = np.cumsum(kind == NEWLINE)
    n_lines = int(line[-1]) + 1
    n_marks, n_words = np.bincount(line[marks], minlength=n_lines), np.bincount(line[start], minlength=n_lines)
    inside |= ((n_marks >= 4) & (n_marks >= 0.45 * n_words))[line[start]]
    return inside


# Beyond the marks that only code has, those that code has more of than prose.
_LINE_MARKS = frozenset("{}()[]=<>_|\\$&*+^~;")
_IS_LINE_MARK = np.zeros(0x10000, np.bool_)
_IS_LINE_MARK[[ord(mark) for mark in _LINE_MARKS]] = True


def _gaps(kind: NDArray[np.uint8], start: NDArray[np.int64], wide: NDArray[np.uint16] | None) -> NDArray[np.int8]:
    """What stands between each token and the one before it; the first opens a block. wide: the text, if it has `_WIDE_ENDS`."""
    gap = np.full(len(start) + 1, GOES_ON, np.int8)
    stops = (kind == SENTENCE_END).nonzero()[0]
    after = kind.take(stops + 1, mode="clip")
    # A full stop ends a sentence where white space, a quotation mark or another one follows, or its script has no spaces.
    stops = stops[(after < FIRST_SCRIPT) & (after != DIGIT)]
    # The marks stand in no token, so that what follows one is the first token behind it.
    gap[start.searchsorted(stops)] = SENTENCE
    if wide is not None:
        gap[start.searchsorted(_IS_WIDE_END.take(wide).nonzero()[0])] = SENTENCE
    gap[start.searchsorted((kind == NEWLINE).nonzero()[0])] = BLOCK
    gap[0] = BLOCK
    return gap[:-1]


# Full stops of scripts without spaces.
_WIDE_ENDS = frozenset("。！？")
_IS_WIDE_END = np.zeros(0x10000, np.bool_)
_IS_WIDE_END[[ord(mark) for mark in _WIDE_ENDS]] = True


def _capitals(characters: NDArray[np.uint16], start: NDArray[np.int64], end: NDArray[np.int64], gap: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Names and acronyms: a capital in a sentence, all capitals, or capitals inside the word."""
    upper = character_table().upper.take(characters)
    count = np.zeros(len(upper) + 1, np.int64)
    np.cumsum(upper, out=count[1:])
    out: NDArray[np.bool_] = (upper.take(start) & (gap == GOES_ON)) | (count.take(end) > count.take(start + 1))
    return out
