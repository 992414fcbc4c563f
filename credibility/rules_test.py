"""Runs the examples inside rules through the real pipeline: what `credibility rules test` and pytest both call."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from credibility.detector import ASSESSED, Detector
from credibility.document import Document, Span
from credibility.expressions import slowest
from credibility.normalise import fold_pattern, fold_text
from credibility.reading.clipping import from_html
from credibility.rules import Example, Rule
from credibility.segment import LONGEST_SENTENCE, Article
from credibility.visible import one_line


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold: what is wrong, the sentence as it was expected and as it was found, and what to do next.

    `expected` and `found` have ⟦ ⟧ around what is marked and flagged.
    """

    rule: Rule
    what: str
    remedy: str
    expected: str = ""
    found: str = ""

    def lines(self) -> Iterator[str]:
        """For a terminal: the place and what is wrong, then the rest, indented, each on one line."""
        yield f"{self.rule.place}: {self.what}"
        for title, text in (("expected", self.expected), ("found", self.found), ("do", self.remedy)):
            if text:
                yield f"    {title + ':':9} {one_line(text)}"


def failures(rule: Rule, detector: Detector) -> Iterator[Failure]:
    """What is wrong with the examples of a rule, in their order, and with its patterns."""
    for example in rule.bad:
        document, expected = _read(example)
        text = document.text
        found = _spans(rule, detector, example.language, document)
        if found != expected:
            what = "a bad sentence is flagged elsewhere than marked" if found else "a bad sentence is not flagged"
            yield Failure(rule, what, _missed(rule, text, expected, found), _marked(text, expected), _marked(text, found))
    for example in rule.good:
        document, _ = _read(example)
        text = document.text
        if found := _spans(rule, detector, example.language, document):
            remedy = "put what excuses it into 'unless', or make the phrase longer; if it should be flagged, move it to 'bad'"
            yield Failure(rule, "a good sentence is flagged", remedy, text, _marked(text, found))
    for example in rule.known_misses:
        document, expected = _read(example)
        if _spans(rule, detector, example.language, document) == expected:
            yield Failure(rule, "a known miss is found now", "move the sentence to 'bad'", found=_marked(document.text, expected))
    yield from _slow_patterns(rule)


def _read(example: Example) -> tuple[Document, list[Span]]:
    """The document of an example and the spans that are marked in it. One that opens with `<html>` is a page."""
    text, expected = example.unmarked()
    if not text.startswith("<html>"):
        return Document(id="example", text=text), expected
    shown = Example(example.language, from_html(example.text).text)
    return from_html(text, id="example"), shown.unmarked()[1]


def _spans(rule: Rule, detector: Detector, language: str, document: Document) -> list[Span]:
    """Where the detector finds this rule in a document of this language, in order."""
    article = Article(document, language=language)
    if ASSESSED not in dict(detector.coverage(article)).values():
        return []
    return sorted(finding.span for finding in detector.detect(article) if finding.rule == rule.id)


def _marked(text: str, spans: Iterable[Span]) -> str:
    """The text with ⟦ ⟧ around the spans; a note after it where there are none."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], "⟦", text[start:end], "⟧"]
        at = end
    return "".join(pieces) + text[at:] if pieces else f"{text} (nothing is flagged)"


def _missed(rule: Rule, text: str, expected: list[Span], found: list[Span]) -> str:
    """What to do about a bad sentence: what most likely keeps the rule from its words, as far as that can be told."""
    if found:
        return "mark with [[ ]] exactly what is found, or make the phrases as long as the marked words"
    folded = fold_text(text)
    if excuses := [phrase for phrase in rule.unless if fold_text(phrase).strip() in folded]:
        return f"the sentence holds {excuses[0]!r}, which 'unless' excuses: take it out there, or choose another sentence"
    here = [phrase for phrase in rule.phrases if fold_text(phrase).strip() in folded]
    if here:
        return f"{here[0]!r} stands here only inside a longer word or across two sentences: write the phrase as it stands"
    if rule.phrases or rule.patterns:
        words = ", ".join(repr(text[start:end]) for start, end in expected)
        return f"no phrase of the rule stands in the sentence: add {words} to 'phrases', letter by letter"
    return "the detector does not see it: change the code, or move the sentence to 'known_misses'"


def _slow_patterns(rule: Rule) -> Iterator[Failure]:
    """The patterns that take too long on text made to mislead them."""
    for pattern in rule.patterns:
        if slow := slowest(re.compile(fold_pattern(pattern)), LONGEST_SENTENCE):
            what, _, remedy = f"pattern {pattern!r} {slow}".rpartition("; ")
            yield Failure(rule, what, remedy)
