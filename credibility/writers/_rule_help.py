"""What a rule says of itself, for formats that carry their rules along: in short, as text, as Markdown."""

import re
from collections.abc import Iterator, Sequence

from credibility.rules import Rule
from credibility.visible import one_line
from credibility.writers.markdown import escaped

_EXAMPLES = 3
_LONGEST_EXAMPLE = 240
# '(…{evidence}…)' and ': {quote}' say something of one finding only.
_OF_ONE = re.compile(r"\s*\([^()]*\{\w+\}[^()]*\)(?: in(?=:))?|:\s*\{\w+\}\s*$")
_PLACEHOLDER = re.compile(r"\{\w+\}")


def in_short(rule: Rule) -> str:
    """The rule's message without what it says of one finding.

    >>> from credibility.document import Severity
    >>> from credibility.rules import Example
    >>> example = (Example("en", "x"),)
    >>> in_short(Rule("a.b", Severity.NOTE, "Left over ({kind}): {quote}", "why", example, example))
    'Left over'
    """
    return one_line(_PLACEHOLDER.sub("…", _OF_ONE.sub("", rule.message)))


def help_text(same: Sequence[Rule]) -> str:
    """Why the rule matters, where it errs, examples; a line each. same: the rule in each of its languages."""
    return "\n".join(_sentences(same))


def help_markdown(same: Sequence[Rule]) -> str:
    """The same as Markdown; nothing of an example is taken for markup."""
    head, *rest = [escaped(sentence) for sentence in _sentences(same)]
    return "\n".join([head, "", *(f"- {sentence}" for sentence in rest)])


def _sentences(same: Sequence[Rule]) -> Iterator[str]:
    yield one_line(same[0].why)
    for note in dict.fromkeys(rule.false_alarms for rule in same if rule.false_alarms):
        yield f"False alarms: {one_line(note)}"
    for title, kind in (("Flagged", "bad"), ("Not flagged", "good")):
        # One of each language first.
        examples = [example for rank in range(_EXAMPLES) for rule in same for example in getattr(rule, kind)[rank : rank + 1]]
        for language, text in examples[:_EXAMPLES]:
            yield f"{title} ({language}): {_example(text)}"


def _example(text: str) -> str:
    """An example on one line, its marks as brackets; long ones around their first mark."""
    line = one_line(text.replace("[[", "⟦").replace("]]", "⟧"))
    if len(line) <= _LONGEST_EXAMPLE:
        return line
    start = max(0, line.find("⟦") - _LONGEST_EXAMPLE // 3)
    return ("…" if start else "") + line[start : start + _LONGEST_EXAMPLE] + "…"
