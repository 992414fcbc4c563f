"""The text of a clipping as HTML, its findings as nested marks on the words; and what makes hostile words harmless there.

The text content of `marked_text(report)` is the analysed text, character by character, so that people can select and copy
it. Whatever comes from a clipping passes `words` (one for one) or `label` (one line, for headings and attributes).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice, pairwise
from typing import NamedTuple

from credibility.document import Span
from credibility.report import Report
from credibility.visible import HIDDEN, disarmed_markup, one_line

# Browsers stop nesting at 512 elements. Marks deeper than this are left to the list of findings.
_DEEPEST = 12
_LINE = re.compile(r"[^\n]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# So many on some pages that naming each would leave nothing legible: soft hyphen, zero-width space, direction marks.
_COMMON = "\xad\u200b\u200e\u200f\u2060\ufeff"


class Stretch(NamedTuple):
    """A stretch of text under the same spans: their numbers, the outermost first."""

    start: int
    end: int
    under: tuple[int, ...]


class TextBlock(NamedTuple):
    """A block of the text as it is laid out."""

    span: Span
    kind: str = ""
    boilerplate: bool = False
    heading: bool = False


def marked_text(report: Report, prefix: str = "") -> str:
    """The analysed text as an element, marked; NUL and lone surrogates, which HTML cannot hold, are U+FFFD.

    All parts of a finding's mark have its number, from 1, as `data-f`, the first of them the id `<prefix>m<number>`; links lead
    to `#<prefix>f<number>`. Blocks have ids `<prefix>b<number>`, from 0.
    """
    source = report.document.text
    # A report read back without its text still has its findings, and marks nothing.
    spans = [f.span if source[f.span.start : f.span.end] == f.quote else Span(0, 0) for f in report.findings]
    blocks = text_blocks(report)
    stretches = segments(len(source), spans, [position for block in blocks for position in block.span])
    marks = _Marks(report, spans, prefix)
    out = [f"<div class=text{speech(report.language, source)}>"]
    done = 0
    for number, block in enumerate(blocks):
        out += words(source[done : block.span.start]), _opening(block, source, f"{prefix}b{number}")
        for stretch in stretches:
            if stretch.start >= block.span.start:
                out.append(marks.write(stretch, block))
            if stretch.end >= block.span.end:
                break
        out.append("</p>")
        done = block.span.end
    return "".join(out) + words(source[done:]) + marks.missing() + "</div>"


def segments(length: int, spans: Sequence[Span], cuts: Iterable[int] = ()) -> Iterator[Stretch]:
    """The text from 0 to `length` in stretches that begin and end where a span does or at a cut; none is empty.

    Under each are the numbers of the spans over it, by start, the longest first, so that spans can be written as nested
    elements that close and open again where they cross. Empty spans are over nothing; of more than 12 over one stretch the
    first 12 are named. Takes time in proportion to the number of spans and cuts.

    >>> list(segments(6, [Span(0, 4), Span(2, 6)]))
    [Stretch(start=0, end=2, under=(0,)), Stretch(start=2, end=4, under=(0, 1)), Stretch(start=4, end=6, under=(1,))]
    """
    order = sorted((n for n, span in enumerate(spans) if span.start < span.end), key=lambda n: (spans[n].start, -spans[n].end, n))
    edges = sorted({0, length, *cuts, *(position for number in order for position in spans[number])})
    active: dict[int, None] = {}
    ends: dict[int, list[int]] = {}
    following = 0
    for start, end in pairwise(edges):
        for number in ends.pop(start, ()):
            del active[number]
        while following < len(order) and spans[order[following]].start == start:
            number = order[following]
            active[number] = None
            ends.setdefault(spans[number].end, []).append(number)
            following += 1
        yield Stretch(start, end, tuple(islice(active, _DEEPEST)))


class _Marks:
    """Writes stretches as nested marks; keeps which are open and which have been begun."""

    def __init__(self, report: Report, spans: Sequence[Span], prefix: str) -> None:
        self.report, self.spans, self.prefix = report, spans, prefix
        self.open: list[int] = []
        self.begun: set[int] = set()

    def write(self, stretch: Stretch, block: TextBlock) -> str:
        """The stretch, with marks opened before it, and closed after it where their passage or their block ends."""
        kept = sum(1 for _ in _common(self.open, stretch.under))
        out = ["</mark>" * (len(self.open) - kept)]
        del self.open[kept:]
        for number in stretch.under[kept:]:
            out.append(self._begin(number, block))
            self.open.append(number)
        out.append(self._linked(stretch, block))
        ended = [number for number in self.open if self.spans[number].end == stretch.end]
        # Marks inside one that ends here close with it, and open again with the next stretch.
        depth = 0 if stretch.end >= block.span.end else self.open.index(ended[0]) if ended else len(self.open)
        while len(self.open) > depth:
            number = self.open.pop()
            out.append("</mark>" + (self._number(number) if number in ended and not self._whole(number, block) else ""))
        return "".join(out)

    def missing(self) -> str:
        """Empty targets for findings without a mark: on white space between blocks, or beneath too many others."""
        unmarked = (number for number in range(len(self.spans)) if number not in self.begun)
        return "".join(f'<span id="{self.prefix}m{number + 1}"></span>' for number in unmarked)

    def _whole(self, number: int, block: TextBlock) -> bool:
        """Whether the finding covers the whole block: then a bar beside it shows it, not a line under its words."""
        return self.spans[number].covers(block.span)

    def _begin(self, number: int, block: TextBlock) -> str:
        finding = self.report.findings[number]
        whole = self._whole(number, block)
        first = number not in self.begun
        self.begun.add(number)
        identity = f' id="{self.prefix}m{number + 1}"' if first else ""
        foreign = finding.flag == "mixed-language"
        tongue = speech(str(finding.evidence.get("language", "")), finding.quote) if foreign else ""
        kind = finding.severity.label + (" whole" if whole else "") + (" quiet" if finding.suppressed else "")
        opening = f'<mark class="{kind}" data-f="{number + 1}"{identity}{tongue}>'
        return opening + (self._number(number, "lead ") if whole and first else "")

    def _linked(self, stretch: Stretch, block: TextBlock) -> str:
        """The words, linked to their innermost finding; those of a whole block are no link, since all would be one."""
        shown = words(self.report.document.text[stretch.start : stretch.end])
        inner = next((number for number in reversed(stretch.under) if not self._whole(number, block)), None)
        if inner is None or shown.isspace():
            return shown
        finding = self.report.findings[inner]
        hint = label(f"{finding.severity.label}: {finding.message}")
        return f'<a class=w href="#{self.prefix}f{inner + 1}" tabindex=-1 title="{hint}">{shown}</a>'

    def _number(self, number: int, place: str = "") -> str:
        """The number of a finding as a link to it; drawn by the style sheet, so that it is no part of the text.

        place: "lead " before a whole block, "" after words.
        """
        finding = self.report.findings[number]
        says = label(f"Finding {number + 1}, {finding.severity.label}, {finding.rule}")
        target = f"#{self.prefix}f{number + 1}"
        return f'<a class="n {place}{finding.severity.label}" href="{target}" data-n="{number + 1}" aria-label="{says}"></a>'


def _common(one: Sequence[int], other: Sequence[int]) -> Iterator[int]:
    """What both begin with."""
    for left, right in zip(one, other, strict=False):
        if left != right:
            return
        yield left


def text_blocks(report: Report) -> list[TextBlock]:
    """The blocks in order, none overlapping another; what stands between them in lines."""
    source = report.document.text
    tags = {block.span: block.tag for block in report.document.blocks}
    given = [(role.span, role.kind, role.role == "boilerplate") for role in report.blocks] or [(span, "", False) for span in tags]
    blocks: list[TextBlock] = []
    done = 0
    for span, kind, boilerplate in [*sorted(given), (Span(len(source), len(source)), "", False)]:
        if span.start < done or span.end > len(source):
            continue
        loose = (Span(*hit.span()) for hit in _LINE.finditer(source, done, span.start) if not hit.group().isspace())
        blocks += [TextBlock(line) for line in loose]
        if span.start < span.end:
            heading = not boilerplate and (kind in ("heading", "title") or tags.get(span) in _HEADINGS)
            blocks.append(TextBlock(span, kind, boilerplate, heading))
        done = max(done, span.end)
    return blocks


def _opening(block: TextBlock, source: str, identity: str) -> str:
    """The start tag of a block."""
    classes = (
        f' class=dim data-kind="{label(block.kind or "boilerplate")}"' if block.boilerplate else " class=heading" if block.heading else ""
    )
    return f'<p id="{identity}"{classes} dir="{direction(source[block.span.start : block.span.end])}">'


def direction(given: str) -> str:
    """'rtl' or 'ltr', by which letters are more among the first 500 characters; 'auto' without letters.

    >>> direction("ONU: قالت مصادر"), direction("12 %")
    ('rtl', 'auto')
    """
    kinds = Counter(unicodedata.bidirectional(character) for character in given[:500])
    right, left = kinds["R"] + kinds["AL"], kinds["L"]
    return "auto" if not right + left else "rtl" if right > left else "ltr"


def speech(language: str | None, given: str) -> str:
    """The attributes for language and direction of an element that holds these words."""
    known = f' lang="{language}"' if language and _LANGUAGE.match(language) else ""
    return f'{known} dir="{direction(given)}"'


def words(given: str) -> str:
    """Words of a clipping as HTML that shows them one for one; a hidden character is in a badge that names it."""
    return HIDDEN.sub(_badge, disarmed_markup(escape(given, quote=False)))


def label(given: str) -> str:
    """Words for a label or an attribute in double quotes: on one line, hidden characters named, escaped."""
    return disarmed_markup(escape(one_line(given)))


def _badge(hit: re.Match[str]) -> str:
    """The hidden character, isolated, so that it cannot turn the words around it."""
    character = hit.group()
    if character in "\n\t":
        return character
    if character == "\r":
        return "&#13;"
    held = "\ufffd" if character == "\0" or "\ud800" <= character <= "\udfff" else character
    code = f"U+{ord(character):04X}"
    return f'<span class="{"tiny" if character in _COMMON else "hidden"}" data-c="{code}" title="{code}">{held}</span>'
