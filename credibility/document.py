"""The nouns that every other module shares: what came in, what was found, and where.

All positions are half-open ranges of Unicode code points in `Document.text`, which is never rewritten.
Lines, columns and UTF-16 offsets are worked out where something leaves the program, nowhere else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from typing import NamedTuple, TypeAlias

Scalar: TypeAlias = str | int | float | bool | None


class Span(NamedTuple):
    """A half-open range of code points: `text[start:end]`."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point.

        >>> Span(0, 3).overlaps(Span(2, 5)), Span(0, 3).overlaps(Span(3, 5))
        (True, False)
        """
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)  # in a third of the time that a call of the class takes


def spans(starts: Iterable[int], ends: Iterable[int]) -> list[Span]:
    """The ranges that begin and end at these places.

    >>> spans([0, 5], [3, 9])
    [Span(start=0, end=3), Span(start=5, end=9)]
    """
    return list(map(_span, zip(starts, ends, strict=True)))


class Severity(IntEnum):
    """How much a finding weighs; the order is note < warning < error."""

    NOTE = 0
    WARNING = 1
    ERROR = 2

    @property
    def label(self) -> str:
        """The word of the contract: 'note', 'warning' or 'error'."""
        return self.name.lower()


class Block(NamedTuple):
    """A paragraph, heading, list item or loose line: the unit that a page is laid out in.

    For plain text only `span` is known. For HTML, `tag` is the element that holds the block ('p', 'h1', 'li', 'td' …),
    `path` its ancestors from the root ('body div article'), `hints` their class and id tokens, lower case, nearest last,
    `link_chars` how many of its characters stand inside links. For a page that is a file, `line` is the line of its markup where
    the block begins, from 1, or that of a block before it where its words stand otherwise in the markup; else 0.
    """

    span: Span
    tag: str = ""
    path: str = ""
    hints: str = ""
    link_chars: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One clipping as it came in. For HTML, `text` is what the page shows, its blocks separated by newlines.

    `language` and `published` are what the input or the page declares (ISO 639-1; ISO 8601 where it could be read as a
    date), not what we found. `dates` holds every declared date by the name of the field it stood in, `hidden` the texts that
    the page carries but does not show, `translated_by` what its markup says that it was translated with. `blocks` is empty for
    plain text. `file_line` is the line of the file where the clipping's row begins, from 1; None where the file is the clipping,
    or has no lines. With `error` set the clipping could not be read.
    """

    id: str
    text: str
    path: str | None = None
    url: str | None = None
    source: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    blocks: tuple[Block, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    translated_by: str | None = None
    file_line: int | None = None
    error: str | None = None

    @property
    def place(self) -> str:
        """What tells the clipping from all others of a run: its file, and its id where the file holds several.

        >>> [Document(name, "", path=path).place for name, path in (("a.txt", "a.txt"), ("a", "a.jsonl"), ("a.jsonl:2", "a.jsonl"))]
        ['a.txt', 'a.jsonl#a', 'a.jsonl:2']
        """
        if self.path in (None, "", "-") or self.id.startswith(self.path):
            return self.id
        return f"{self.path}#{self.id}" if self.id else self.path


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding counts in no gate: somebody accepted it, with a reason, or it was there before.

    `kind` is 'suppression' (an entry of the suppressions file), 'baseline' (an entry of the baseline) or 'revision' (it was
    there at a git revision, which `justification` names). `expires` is an ISO 8601 date; what nobody gave is ''.
    """

    kind: str
    justification: str = ""
    author: str = ""
    expires: str = ""

    @property
    def word(self) -> str:
        """What people call it: 'suppressed' where somebody decided so, else 'known'."""
        return "suppressed" if self.kind == "suppression" else "known"

    def __str__(self) -> str:
        """The whole of it in words.

        >>> str(Suppression("suppression", "a quotation", "M. Dupont", "2026-12-31")), str(Suppression("baseline"))
        ('suppressed by M. Dupont until 2026-12-31: a quotation', 'known: in the baseline')
        """
        by = f" by {self.author}" if self.author else ""
        until = f" until {self.expires}" if self.expires else ""
        said = {"baseline": "known: in the baseline", "revision": "known: was there at a revision"}.get(self.kind, "suppressed")
        return said + by + until + (f": {self.justification}" if self.justification else "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One flag on exact words. `rule` is '<flag>.<name>'; `evidence` is what the finding rests on, as JSON scalars.

    With `suppressed` set no gate counts it; it stays in the report and costs the score what it cost before.
    """

    rule: str
    span: Span
    quote: str
    message: str
    severity: Severity
    confidence: float = 1.0
    evidence: Mapping[str, Scalar] = field(default_factory=dict)
    suppressed: Suppression | None = None

    @property
    def flag(self) -> str:
        """The kind of issue: the rule's id up to its first dot."""
        return self.rule.partition(".")[0]

    @property
    def order(self) -> tuple[int, int, str, str]:
        """The total order of findings in every output."""
        return (self.span.start, self.span.end, self.rule, self.message)


@dataclass(frozen=True, slots=True)
class Statistic:
    """A quantitative claim and who stands behind it: label 'sourced', 'vague' or 'unsourced'; `source` are the words that name it."""

    span: Span
    label: str
    source: Span | None = None
    evidence: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A source of an article: `span` and `quote` are its fullest mention, `named` says whether it can be identified.

    `cited`: attributions that go back to it; `statistics`: quantitative claims that rest on it.
    """

    span: Span
    quote: str
    named: bool
    cited: int
    statistics: int


class BlockRole(NamedTuple):
    """What a block is on its page: role 'main' or 'boilerplate', and its kind (contract: `blocks`).

    `probability` is that of being boilerplate, 0 to 1.
    """

    span: Span
    role: str
    kind: str
    probability: float
