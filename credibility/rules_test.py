"""Runs the examples inside rules through the real pipeline: what `credibility rules test` and pytest both call."""

import re
import time
from collections.abc import Iterable, Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any

from credibility.detector import ASSESSED, Detector
from credibility.document import Document, Span
from credibility.normalise import fold_pattern
from credibility.rules import Example, Rule
from credibility.segment import Article

# A pattern sees at most one sentence of 4,000 characters at a time. Ordinary ones take 0.1 ms for that; a quadratic one
# takes 40 and more.
_SLOWEST_SECONDS = 0.02


def failures(rule: Rule, detector: Detector) -> Iterator[str]:
    """What is wrong with the examples of a rule, one line each: kind of example, what was expected, what was found."""
    for example in rule.bad:
        text, expected = example.unmarked()
        found = _spans(rule, detector, example.language, text)
        if not expected:
            yield f"{_name(rule, example)} bad example marks nothing with [[ ]]: {text[:70]!r}"
        elif found != expected:
            yield f"{_name(rule, example)} bad example: expected {_quotes(text, expected)}, found {_quotes(text, found)} in {text[:70]!r}"
    for example in rule.good:
        text, marks = example.unmarked()
        if marks:
            yield f"{_name(rule, example)} good example has marks: {text[:70]!r}"
        if found := _spans(rule, detector, example.language, text):
            yield f"{_name(rule, example)} good example: found {_quotes(text, found)} in {text[:70]!r}"
    for example in rule.known_misses:
        text, expected = example.unmarked()
        if _spans(rule, detector, example.language, text) == expected:
            yield f"{_name(rule, example)} known miss is found now; move it to the bad examples: {text[:70]!r}"
    yield from _slow_patterns(rule)


def _spans(rule: Rule, detector: Detector, language: str, text: str) -> list[Span]:
    """Where the detector finds this rule in a text of this language, in order."""
    article = Article(Document(id="example", text=text), language=language)
    if ASSESSED not in dict(detector.coverage(article)).values():
        return []
    return sorted(finding.span for finding in detector.detect(article) if finding.rule == rule.id)


def _name(rule: Rule, example: Example) -> str:
    return f"{rule.id} [{example.language}]"


def _quotes(text: str, spans: Iterable[Span]) -> str:
    return ", ".join(f"{text[start:end]!r} at {start}:{end}" for start, end in spans) or "nothing"


def _slow_patterns(rule: Rule) -> Iterator[str]:
    """The patterns that take too long on text made to mislead them."""
    for pattern in rule.patterns:
        folded = fold_pattern(pattern)
        compiled = re.compile(folded)
        for text in hostile_texts(folded):
            seconds = min(_seconds(compiled, text) for _ in range(3))
            if seconds > _SLOWEST_SECONDS:
                yield f"{rule.id} [{rule.language}] pattern {pattern!r} takes {1000 * seconds:.0f} ms for 4,000 characters of {text[:30]!r}"
                break


def _seconds(compiled: re.Pattern[str], text: str) -> float:
    started = time.process_time()
    for _ in compiled.finditer(text):
        pass
    return time.process_time() - started


def hostile_texts(pattern: str, length: int = 4_000) -> Iterator[str]:
    """Long texts that begin a match over and over and never end one: the pattern's own literals, with what its repeats eat.

    >>> next(hostile_texts("ab"))[:8]
    'ab ab ab'
    """
    pieces = [piece for piece in _literals(sre_parser.parse(pattern)) if piece.strip()] or ["a"]
    for unit in (" ".join(pieces) + " ", pieces[0] + " ", pieces[0], pieces[0] + " a " + pieces[0] + "1 "):
        yield (unit * (length // len(unit) + 1))[:length]
    yield from ((filler * length)[:length] for filler in ("a", " ", "1", "1 ", "a ", "a, "))


def _literals(parsed: Any) -> Iterator[str]:
    """The literal runs of a pattern, those in groups and alternatives included."""
    run = ""
    for operation, argument in parsed:
        if operation is sre.LITERAL:
            run += chr(argument)
            continue
        if run:
            yield run
        run = ""
        if operation is sre.SUBPATTERN:
            yield from _literals(argument[3])
        elif operation is sre.BRANCH:
            for way in argument[1]:
                yield from _literals(way)
        elif operation in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            yield from _literals(argument[2])
    if run:
        yield run
