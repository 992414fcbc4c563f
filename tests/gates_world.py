"""Texts with findings in them for the tests of gates: a few words, many of them equal, in every disguise that folding sees through."""

from hypothesis import strategies as st

from credibility.document import Document, Finding, Severity, Span
from credibility.report import Report
from tests.strategies import AWKWARD

_PIECES = (
    "Selon les chiffres",
    "selon les  chiffres",
    "10 %",
    "« dit-on »",
    '"dit-on"',
    "وقالت مصادر",
    "e\u0301te\u0301",
    " ",
    "\n",
    ".",
    "\u200b",
)
RULES = ("vague-source.figure", "vague-source.people", "encoding.control")


def report_on(text: str, findings: list[Finding], path: str = "a.txt") -> Report:
    """A report with these findings in their order."""
    return Report(Document(path, text, path=path), "fr", 100.0, "A", findings=tuple(sorted(findings, key=lambda f: f.order)))


def finding(text: str, start: int, end: int, rule: str = RULES[0]) -> Finding:
    """A finding on these words."""
    return Finding(rule, Span(start, end), text[start:end], "message", Severity.WARNING)


texts = st.lists(
    st.one_of(st.sampled_from(_PIECES), st.text(st.one_of(st.characters(), st.sampled_from(AWKWARD)), max_size=4)), max_size=25
).map("".join)


@st.composite
def reports(draw: st.DrawFn, at_least: int = 1) -> Report:
    """A report on any text, with findings anywhere, no two of one rule on the same words."""
    text = draw(texts.filter(bool))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda s: s[0] != s[1]).map(sorted)
    made = draw(st.lists(st.tuples(ends, st.sampled_from(RULES)), min_size=at_least, max_size=8, unique_by=lambda m: (tuple(m[0]), m[1])))
    return report_on(text, [finding(text, *span, rule) for span, rule in made])
