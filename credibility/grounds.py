"""What a finding rests on, in words for a reader: its evidence without what the message says already."""

import re

from credibility.document import Finding, Scalar

# Evidence with these names is the place of other words of the text: `of_start` and `of_end` of those that came first.
_PLACES = {"of_start": "first at", "other_start": "the other at"}
_ENDS = {"of_end", "other_end"}
# Names of a flag's evidence that say too little by themselves.
_NAMES = {"date-conflict.kind": "dated by", "date-conflict.other_kind": "the article by"}
# What only the program knows what to do with, and what the page shows by itself: how sure it is, how long the words are.
_INNER = {"nearest_attribution", "how", "ratio", "tokens", "blocks", "words", "probability", "vague-source.kind"}
# Separators inside a number: of thousands, and the comma before decimals.
_GROUPED = re.compile(r"(?<=\d)[ .,'’\u00a0\u202f](?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")


def grounds(finding: Finding, text: str) -> list[tuple[str, str]]:
    """Names with what is said of them, in the order of the evidence. text: the analysed text, for the places in it.

    >>> from credibility.document import Severity, Span
    >>> evidence = {"kind": "legal", "blocks": 2, "parts": 2, "unit": "", "high": None, "of_start": 4, "of_end": 9}
    >>> grounds(Finding("a.b", Span(9, 12), "two", "Left over (legal): two", Severity.NOTE, 1.0, evidence), "one\\nzero\\ntwo")
    [('parts', '2'), ('first at', 'line 2, column 1')]
    """
    found = []
    for name, value in finding.evidence.items():
        if value is None or value == "" or name in _ENDS or not _INNER.isdisjoint((name, f"{finding.flag}.{name}")):
            continue
        if name in _PLACES and isinstance(value, int):
            if value != finding.span.start:
                found.append((_PLACES[name], _place(value, text) if text else f"character {value:,}"))
        elif not _is_said(value, finding.message):
            found.append((_NAMES.get(f"{finding.flag}.{name}", name.replace("_", " ")), in_words(value)))
    return found


def in_words(value: Scalar) -> str:
    """A scalar of the evidence as a person writes it.

    >>> in_words(3.4e6), in_words(0.5364), in_words(True), in_words(0.0)
    ('3,400,000', '0.5364', 'yes', '0')
    """
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else value


def _place(position: int, text: str) -> str:
    return f"line {text.count(chr(10), 0, position) + 1}, column {position - text.rfind(chr(10), 0, position)}"


def _is_said(value: Scalar, message: str) -> bool:
    """Whether the message holds the value as a word of its own; a small number may stand there for something else.

    >>> _is_said(40000.0, "Names nobody: 40\u202f000 boats"), _is_said(3.5, "Names nobody: 3,5 %"), _is_said(2, "2 parts")
    (True, True, False)
    """
    said = str(value)
    if isinstance(value, int | float):
        said = f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
        message = _DECIMAL.sub(".", _GROUPED.sub("", message))
    return len(said) > 1 and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", message) is not None
