"""A document cut into blocks, sentences and words, all as spans of its text: the Article that detectors work on."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import compress
from typing import Any, NamedTuple, TypeVar

import sentencex

from credibility.characters import used_in
from credibility.document import Block, Document, Finding, Scalar, Severity, Span
from credibility.languages.identify import Reading, read_languages
from credibility.normalise import View, fold, fold_text
from credibility.pack import Profile, profile
from credibility.prose import Prose, alone, blanked
from credibility.rules import Rule

T = TypeVar("T")

# sentencex takes time quadratic in the number of opening quotation marks of one call (400 kB of them: 45 s), so no call
# gets more than this many characters.
LONGEST_SENTENCE = 4_000
_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_SENTENCE_END = re.compile("[.!?…؟۔。！？।]")
_INITIAL = re.compile(r"(?:^|[\s(\"'\-.])[^\W\d_a-z]\.$")
_LONGEST_ABBREVIATION = 24
# What stands at the ends of lines and sentences and is none of their words: white space, marks of direction and order, NUL.
_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_EDGES = frozenset(_SPACES + "\ufeff\u200b\u200e\u200f\x00")


class Sentence(NamedTuple):
    """A sentence with the number of the block it stands in."""

    start: int
    end: int
    block: int

    @property
    def span(self) -> Span:
        """Where it stands in the text."""
        return Span(self.start, self.end)


class Article:
    """A document with everything that is worked out from it once: folding, blocks, sentences, words, language.

    Every part is made when it is first asked for. `layer` keeps what further steps derive (roles of blocks, attributions,
    figures), so that two detectors that need the same thing share it. `prose` is the text with all blanked out that is known to be no
    part of the article (see `keep_to`), every character in its place: language, sentences and tokens are those of the prose.
    """

    def __init__(self, document: Document, *, language: str | None = None) -> None:
        """language: overrules what the text and the page say."""
        self.document = document
        self.text = document.text
        self.prose = document.text
        self.prose_alone = Prose(self.text, (0,), (0,))
        self._language = language
        self._layers: dict[Callable[[Article], Any], Any] = {}

    def keep_to(self, spans: Iterable[Span]) -> None:
        """Blank out all but these stretches of the text, given in order; to be said before anything of the prose is asked for."""
        kept = list(spans)
        self.prose, self.prose_alone = blanked(self.text, kept), alone(self.text, kept)

    @cached_property
    def identified(self) -> tuple[str | None, float]:
        """Main language of the text and the confidence in it, 0 to 1; None under too little text."""
        return self.reading.main

    @cached_property
    def reading(self) -> Reading:
        """What each token of the prose says of every language."""
        prose = self.prose_alone
        read = read_languages(prose.text, self.characters)
        if prose.text is self.text:
            return read
        start, end = prose.sources(read.tokens.start), prose.sources(read.tokens.end - 1) + 1
        return replace(read, tokens=replace(read.tokens, start=start, end=end))

    @cached_property
    def language(self) -> str | None:
        """Main language: as asked for, else as the text shows, else as the page declares."""
        return self._language or self.identified[0] or self.document.language

    @property
    def declared(self) -> str | None:
        """The language that the caller or the page declares, if any."""
        return self._language or self.document.language

    @cached_property
    def profile(self) -> Profile:
        """The profile of the main language."""
        return profile(self.language)

    @cached_property
    def characters(self) -> frozenset[str]:
        """Every character of the text once: what is not among them need not be looked for."""
        return used_in(self.text)

    @cached_property
    def rare_characters(self) -> frozenset[str]:
        """Those that are no letters of Western Europe: few, or none of that script."""
        return frozenset([character for character in self.characters if character > "\u024f"])

    @cached_property
    def folded(self) -> View:
        """The whole text, folded."""
        return fold(self.text, self.characters)

    @cached_property
    def folded_prose(self) -> View:
        """The whole text folded, and then blanked out where the prose is."""
        if self.prose is self.text:
            return self.folded
        return replace(self.folded, text=blanked(self.folded.text, self.folded_kept))

    @cached_property
    def folded_kept(self) -> list[Span]:
        """Where the blocks of the prose stand in the folded text, in order."""
        return self.folded.folded_spans(block.span for block, kept in zip(self.blocks, self._kept, strict=True) if kept)

    @cached_property
    def _kept(self) -> list[bool]:
        """Which blocks are of the prose."""
        prose = self.prose
        return [prose[start] != "\n" for start in self._block_starts]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the page; for plain text its lines, with the lines of a hard-wrapped paragraph taken together."""
        return self.document.blocks or tuple(Block(span) for span in _text_blocks(self.text))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the prose in order; none crosses a block, none is empty or longer than 4,000 characters."""
        cutter = _Cutter(self.text, self.folded, self.language or "en", _abbreviations(self.profile.abbreviations))
        kept = compress(enumerate(self.blocks), self._kept)
        return tuple([Sentence(start, end, number) for number, block in kept for start, end in cutter.sentences(block.span)])

    @cached_property
    def units(self) -> tuple[Sentence, ...]:
        """What no phrase runs across, in order: the sentences of the prose, and outside of it the blocks whole."""
        if self.prose is self.text:
            return self.sentences
        blank = zip(self.blocks, self._kept, strict=True)
        others = [Sentence(*block.span, number) for number, (block, kept) in enumerate(blank) if not kept]
        return tuple(sorted((*self.sentences, *others)))

    @cached_property
    def folded_units(self) -> list[Span]:
        """Where the units stand in the folded text, in order."""
        if self.prose is self.text:
            return self.folded_sentences
        return self.folded.folded_spans(unit.span for unit in self.units)

    @cached_property
    def folded_sentences(self) -> list[Span]:
        """Where the sentences stand in the folded text, in order."""
        return self.folded.folded_spans(sentence.span for sentence in self.sentences)

    @cached_property
    def _unit_starts(self) -> list[int]:
        return [unit.start for unit in self.units]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.span.start for block in self.blocks]

    def sentence_at(self, position: int) -> Sentence | None:
        """The unit that the position stands in, or the nearest before it; None before the first."""
        row = bisect_right(self._unit_starts, position) - 1
        return self.units[row] if row >= 0 else None

    def block_at(self, position: int) -> int:
        """Number of the block that the position stands in, or the nearest before it; -1 before the first."""
        return bisect_right(self._block_starts, position) - 1

    def layer(self, compute: Callable[["Article"], T]) -> T:
        """What `compute` makes of this article, worked out once."""
        if compute not in self._layers:
            self._layers[compute] = compute(self)
        made: T = self._layers[compute]
        return made

    def flag(
        self, rule: Rule, span: Span | tuple[int, int], *, confidence: float = 1.0, severity: Severity | None = None, **evidence: Scalar
    ) -> Finding:
        """A finding of `rule` on the words at `span`: cuts the quote, fills in message and severity.

        severity: overrules the rule's, for a finding that is known to weigh less. Raises IndexError for a span that is
        empty or outside the text, so that no detector can quote what does not stand there.
        """
        start, end = span
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"{rule.id}: span {start}:{end} is empty or outside a text of {len(self.text)} characters")
        quote = self.text[start:end]
        message = _MessageValues(quote=shorten(quote), **evidence)
        return Finding(
            rule=rule.id,
            span=Span(start, end),
            quote=quote,
            message=rule.message.format_map(message),
            severity=rule.severity if severity is None else severity,
            confidence=round(float(confidence), 4),
            evidence=evidence,
        )


class _MessageValues(dict[str, Scalar]):
    """Values for a message; what the evidence lacks stays as it is written."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def shorten(quote: str, longest: int = 80) -> str:
    """A quotation that fits a message: one line, at most `longest` characters.

    >>> shorten("one\\n two three", 9)
    'one two …'
    """
    line = " ".join(quote.split(None, longest)[:longest])  # so many words are longer, be the quotation a whole page
    return line if len(line) <= longest else line[: longest - 1].rstrip() + " …"[1 - (line[longest - 2] == " ") :]


def _text_blocks(text: str) -> Iterator[Span]:
    """The lines of a text, trimmed; lines of a hard-wrapped paragraph taken together."""
    lines = [span for hit in _LINE.finditer(text) if (span := _trimmed(text, *hit.span()))]
    widths = sorted(end - start for start, end in lines)
    # Hard-wrapped text has many lines of nearly the same length, none much longer: mails and wire copy of 60 to 100 columns.
    width = widths[-1] if widths else 0
    wrapped = 40 <= width <= 110 and sum(w > width - 16 for w in widths) >= max(4, 0.4 * len(widths))
    current: Span | None = None
    for span in lines:
        if current and wrapped and _continues(text, current, span, width):
            current = Span(current.start, span.end)
            continue
        if current:
            yield current
        current = span
    if current:
        yield current


def _continues(text: str, before: Span, line: Span, width: int) -> bool:
    """Whether a line goes on with the paragraph above it: no blank line between, that one full, no sentence end there."""
    gap = text[before.end : line.start]
    last_line = text.rfind("\n", before.start, before.end) + 1
    full = before.end - max(last_line, before.start) > width - 20
    adjacent = gap.count("\n") + gap.count("\r") - gap.count("\r\n") == 1
    starts_item = text[line.start].isdigit() or text[line.start] in "-*•–—"
    return adjacent and full and not starts_item


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without white space and invisible characters at its ends; None if nothing is left."""
    while end > start and text[end - 1] in _EDGES:  # mostly one or none
        end -= 1
    while start < end and text[start] in _EDGES:
        start += 1
    return Span(start, end) if start < end else None


@lru_cache(maxsize=256)
def _abbreviations(given: frozenset[str]) -> tuple[str, ...]:
    """The abbreviations, folded, each with its full stop, which ends no sentence."""
    return tuple(sorted({fold_text(word).rstrip(".") + "." for word in given}))


def _pieces(text: str, block: Span) -> Iterator[Span]:
    """The block in stretches of at most 4,000 characters, cut at spaces where there are any."""
    start = block.start
    while block.end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE) + 1 or start + LONGEST_SENTENCE
        yield Span(start, cut)
        start = cut
    yield Span(start, block.end)


class _Cutter(NamedTuple):
    """Cuts blocks into sentences: the splitter of their language, and the abbreviations that it does not know."""

    text: str
    folded: View
    language: str
    abbreviations: tuple[str, ...]

    def sentences(self, block: Span) -> Iterator[Span]:
        """The sentences of one block, without the white space around them."""
        text = self.text
        if block.end - block.start <= LONGEST_SENTENCE and not _SENTENCE_END.search(text, block.start, block.end - 1):
            yield block
            return
        for piece in _pieces(text, block):
            # The splitter takes UTF-8, which has no lone surrogates; one character for one keeps the offsets.
            string = text[piece.start : piece.end].encode("utf-8", "replace").decode("utf-8")
            start = end = piece.start
            for part in sentencex.segment(self.language, string):
                end += len(part)
                if end < piece.end and self._goes_on(start, end, piece.end):
                    continue
                if span := _trimmed(text, start, end):
                    yield span
                start = end
            if start < piece.end and (span := _trimmed(text, start, piece.end)):
                yield span

    def _goes_on(self, start: int, cut: int, end: int) -> bool:
        """Whether the splitter cut too early: after an abbreviation or initial, before punctuation or a small letter."""
        text, here = self.text, cut
        while here < end and text[here].isspace():
            here += 1
        if here == end:
            return True
        following = text[here]
        if following in ",;:)]»”" or (following in ".…" and text[here : here + 2].strip(".…")):
            return True  # «port. , en présence»: the stray comma belongs to the sentence it interrupts
        if following == "(" and text[start:cut].rstrip()[-1:].isalnum():
            return True  # «استشهاد (15) خمسة عشر وإصابة (33)»: no list of points
        while cut > start and text[cut - 1].isspace():
            cut -= 1
        if following.islower() and text[cut - 1] in ".…":
            return True
        if text[cut - 1] != ".":
            return False
        may_be_initial = not "a" <= text[cut - 2] <= "z"  # as for most sentences
        return (may_be_initial and _INITIAL.search(text[max(start, cut - 4) : cut]) is not None) or self._is_abbreviated(start, cut)

    def _is_abbreviated(self, start: int, cut: int) -> bool:
        """Whether an abbreviation ends at `cut`, behind a space or mark, or at the start of its sentence."""
        end = self.folded.folded(cut)
        if not self.folded.text[max(0, end - _LONGEST_ABBREVIATION) : end].endswith(self.abbreviations):
            return False
        tail = self.folded.text[max(self.folded.folded(start), end - _LONGEST_ABBREVIATION) : end]
        heads = (tail.removesuffix(word)[-1:] for word in self.abbreviations if tail.endswith(word))
        return any(not head or head.isspace() or head in "(\"'-/" for head in heads)
