"""A finding's place told by its words: a quotation with what stands before and after it, all folded.

That is the TextQuoteSelector of the W3C Web Annotation Data Model, over text folded as rules are matched (case, quotes, dashes,
spaces, line ends). It holds while a text is edited elsewhere, re-wrapped or moved, and tells two equal quotations apart.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from credibility.document import Finding, Span
from credibility.normalise import fold_text

# A quotation longer than this is told by its two ends, so that a verdict on a whole article does not copy the article.
LONGEST = 160
_END = LONGEST // 2
# What W3C annotators keep on either side (Hypothesis: 32 characters); read from four times as much, since folding shortens.
AROUND = 32
# Folding at most this much of a long quotation keeps 5,000 findings on one endless line cheap.
_READ = 640
# Where no side agrees to the full: this many characters beside the quotation must, a word or two, or the quotation itself
# must be long enough that nobody writes it twice by chance.
_AGREED = 8
_TELLING = 40
# Pairs of edited anchors and findings that are compared in one clipping, for one quotation; beyond, only so many candidates each.
_PAIRS = 10_000
_CANDIDATES = 20
_SURROGATE = re.compile("[\ud800-\udfff]")


class Anchor(NamedTuple):
    """Where a finding stands. None: not told, any will do. `occurrence` counts, from 1, findings that agree in all the rest."""

    quote: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    occurrence: int | None = None

    @property
    def one(self) -> bool:
        """Whether it stands for one finding, and not for every one with its quotation."""
        return self.quote is not None and (self.prefix, self.suffix, self.occurrence) != (None, None, None)


def plain(text: str) -> str:
    """The text folded, on one line.

    >>> plain("L\u2019ONU\\n  dit")
    "l'onu dit"
    """
    return " ".join(fold_text(whole_characters(text)).split())


def whole_characters(text: str) -> str:
    """The text with U+FFFD for every surrogate that stands alone: no file can hold one."""
    return _SURROGATE.sub("\ufffd", text)


def quotation(text: str) -> str:
    """The words of a finding as an anchor holds them: `plain`, of long ones the two ends; of itself it is itself.

    >>> len(quotation("mot " * 1000))
    161
    """
    if len(text) <= 3 * _READ:
        folded = plain(text)
        if len(folded) <= LONGEST:
            return folded
        first = last = folded
    else:
        first, last = plain(text[:_READ]), plain(text[-_READ:])
    return f"{first[:_END].rstrip()} … {last[-_END:].lstrip()}"


def around(text: str, span: Span) -> tuple[str, str]:
    """What stands before and after a span: up to 32 folded characters each; '' where the text begins or ends."""
    before = plain(text[max(0, span.start - 4 * AROUND) : span.start])
    after = plain(text[span.end : span.end + 4 * AROUND])
    return before[-AROUND:].lstrip(), after[:AROUND].rstrip()


def anchors(text: str, findings: Sequence[Finding]) -> list[Anchor]:
    """The anchor of each finding, such that `fit` gives it back that finding alone."""
    same: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for number, finding in enumerate(findings):
        same[(finding.rule, quotation(finding.quote), *around(text, finding.span))].append(number)
    made: dict[int, Anchor] = {}
    for (_, quote, prefix, suffix), numbers in same.items():
        for occurrence, number in enumerate(numbers, 1):
            made[number] = Anchor(quote, prefix, suffix, occurrence if len(numbers) > 1 else None)
    return [made[number] for number in range(len(findings))]


_Context: TypeAlias = tuple[str, str | None, str | None]


class Wanted(NamedTuple):
    """An anchor and the rule (or flag) that its finding must have."""

    rule: str
    anchor: Anchor

    def has_rule(self, finding: Finding) -> bool:
        """Whether the finding is of that rule, or of that flag."""
        return self.rule in (finding.rule, finding.flag)


def fit(wanted: Sequence[Wanted], text: str, findings: Sequence[Finding]) -> dict[int, list[int]]:
    """Which findings each of `wanted` stands for: its number → numbers of findings, in order; without those it does not find.

    Anchors with context stand for one finding each: the one that agrees to the letter, else the one that agrees best. No two
    of them take the same. The order of `wanted` makes no difference but between equals. Takes time linear in both.
    """
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n].rule, *((v is None, v or "") for v in wanted[n].anchor[:3]), n))
    quotes = {w.anchor.quote for w in wanted if w.anchor.quote is not None}
    by_quote: dict[str, list[int]] = defaultdict(list)
    for number, finding in enumerate(findings):
        if quotes and (quote := quotation(finding.quote)) in quotes:
            by_quote[quote].append(number)
    beside = {n: around(text, findings[n].span) for numbers in by_quote.values() for n in numbers}
    found: dict[int, list[int]] = {}
    singles: dict[str, list[int]] = defaultdict(list)
    for n in order:
        words = wanted[n].anchor.quote
        if words is not None and wanted[n].anchor.one:
            singles[words].append(n)
        else:
            numbers = range(len(findings)) if words is None else by_quote.get(words, ())
            found[n] = [number for number in numbers if wanted[n].has_rule(findings[number])]
    for quote, numbers_of in singles.items():
        found |= _one_each([(n, wanted[n]) for n in numbers_of], by_quote.get(quote, []), findings, beside)
    return {n: numbers for n, numbers in found.items() if numbers}


def _one_each(
    wanted: Sequence[tuple[int, Wanted]], numbers: Sequence[int], findings: Sequence[Finding], beside: Mapping[int, tuple[str, str]]
) -> dict[int, list[int]]:
    """The one finding of each; all have the same quotation. First those that agree to the letter, then by how much they do."""
    exact = _by_context(numbers, findings, beside)
    taken: set[int] = set()
    found: dict[int, list[int]] = {}
    edited: list[tuple[int, Wanted]] = []
    next_free: dict[_Context, int] = defaultdict(int)
    for n, one in sorted(wanted, key=lambda pair: pair[1].anchor.occurrence is None):
        key = (one.rule, one.anchor.prefix, one.anchor.suffix)
        same = exact.get(key, [])
        if one.anchor.occurrence is None:
            while next_free[key] < len(same) and same[next_free[key]] in taken:
                next_free[key] += 1
            place = min(next_free[key], len(same) - 1)
        else:
            place = one.anchor.occurrence - 1
        if 0 <= place < len(same):
            found[n] = [same[place]]  # the second of two that say the same finds what the first has; it is not put elsewhere
            taken.add(same[place])
        else:
            edited.append((n, one))
    left = [number for number in numbers if number not in taken]
    few = len(left) if len(edited) * len(left) <= _PAIRS else _CANDIDATES
    pairs = [
        (-agreed, place, rank, n, number)
        for place, (n, one) in enumerate(edited)
        for rank, number in enumerate(left[:few])
        if one.has_rule(findings[number]) and (agreed := _agreement(one.anchor, *beside[number])) is not None
    ]
    for _, _, _, n, number in sorted(pairs):
        if n not in found and number not in taken:
            found[n] = [number]
            taken.add(number)
    return found


def _by_context(numbers: Sequence[int], findings: Sequence[Finding], beside: Mapping[int, tuple[str, str]]) -> dict[_Context, list[int]]:
    """The findings by rule (and flag), what stands before (or anything) and after (or anything)."""
    exact: dict[_Context, list[int]] = defaultdict(list)
    for number in numbers:
        for name in (findings[number].rule, findings[number].flag):
            for before in (beside[number][0], None):
                for after in (beside[number][1], None):
                    exact[(name, before, after)].append(number)
    return exact


def _agreement(anchor: Anchor, before: str, after: str) -> int | None:
    """How many characters next to the quotation are the same; None if too few to take one for the other."""
    sides = [
        (given, here)
        for given, here in ((anchor.prefix and anchor.prefix[::-1], before[::-1]), (anchor.suffix, after))
        if given is not None
    ]
    shared = [_common(given, here) for given, here in sides]
    whole = any(given == here or 0 < n == len(given) for n, (given, here) in zip(shared, sides, strict=True))
    if whole or max(shared, default=0) >= _AGREED or len(anchor.quote or "") >= _TELLING:
        return sum(shared)
    return None


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    return next((n for n, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other)))
