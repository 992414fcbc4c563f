"""Reports for the tests of the writers: made by hand, hostile, and any text with any spans."""

import io
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from credibility.document import BlockRole, Document, Finding, Scalar, Severity, Span, Statistic, Suppression
from credibility.pipeline import check
from credibility.report import Report
from credibility.score import penalties, score
from credibility.writers import WriteOptions, write

# What a clipping may try: markup of every kind, commands of terminals and logs, formulas, text that runs backwards.
HOSTILE = [
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "</p></article><img src=x onerror=alert(1)>",
    "<!-- --><style>*{display:none}</style>",
    "javascript:alert(1)",
    "&lt;b&gt; &#27; &copy",
    "]]> <![CDATA[",
    "\x1b[31mred\x1b[0m\x1b]8;;http://evil.example\x07link\x1b]8;;\x07",
    "\x9b31m \x07 \x08 \x7f",
    "[bold red]gras[/bold red] [/] [link=http://evil.example]x[/link] :smile:",
    "\u202egnirts desrever\u202c \u2066x\u2069 \u200f",
    "\ud800 \udfff",
    "\0",
    '=HYPERLINK("http://evil.example")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "| a | b |\n|---|---|",
    "# heading\n> quote\n```\ncode",
    "![x](http://evil.example/x.png) [y](javascript:alert(1)) <http://evil.example> http://evil.example www.evil.example",
    "@everyone #12 GH-13 `tick` *star* _under_ ~~gone~~ $x$",
    "::error::out\n::stop-commands::x",
    "\U000e0041\U000e0042",
    "a\u2028b\u2029c\x85d",
    "\n \t::add-mask::x\r::error file=a::b",
    "##[error]out ##[stop-commands]x",
    "%0A::error::x%0D%0a::y %2525",
    ",line=9,title=x::y",
    "[x](javascript:alert(1)) {0} {{1}}",
    "\ufffe\uffff",
]
PLAIN = [
    "Selon les chiffres disponibles, ",
    "40 000 bateaux ",
    "وقالت مصادر مطلعة ",
    "e\u0301te\u0301 ",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 ",
    "\n",
    "\r\n",
    " ",
    "a",
    "—",
]
texts = st.lists(st.sampled_from(HOSTILE + PLAIN) | st.text(max_size=8), max_size=12).map("".join)


def finding(text: str, start: int, end: int, rule: str, severity: str = "warning", **evidence: Scalar) -> Finding:
    """A finding on `text[start:end]`; its message repeats the quotation, as many do."""
    quote = text[start:end]
    confidence = 1.0 if severity == "error" else 0.83
    return Finding(rule, Span(start, end), quote, f"Names nobody: {quote}", Severity[severity.upper()], confidence, evidence)


def quiet(given: Finding, kind: str = "suppression", justification: str = "a quotation", **more: str) -> Finding:
    """The same finding, suppressed or known."""
    return replace(given, suppressed=Suppression(kind, justification, **more))


def on(text: str, quote: str, rule: str = "vague-source.figure", severity: str = "warning", **evidence: Scalar) -> Finding:
    """A finding on the first place where the quotation stands."""
    return finding(text, text.index(quote), text.index(quote) + len(quote), rule, severity, **evidence)


def report_of(
    text: str,
    findings: Iterable[Finding] = (),
    *,
    language: str | None = "fr",
    statistics: tuple[Statistic, ...] = (),
    blocks: tuple[BlockRole, ...] = (),
    **document: str | int | None,
) -> Report:
    """A report with these findings, its score worked out."""
    ordered = tuple(sorted(findings, key=lambda f: f.order))
    lost = penalties(ordered, len(text))
    total, grade = score(lost)
    given: dict[str, str | int | None] = {"id": "clipping.txt", "path": "clipping.txt"} | document
    return Report(
        document=Document(text=text, **given),  # type: ignore[arg-type]
        language=language,
        score=total,
        grade=grade,
        penalties=lost,
        signals={"machine_translation": 0.12, "foreign_share": 0.0, "words": float(len(text.split())), "readability": None},
        checks={f.flag: "fired" for f in ordered} | {"encoding": "clear", "boilerplate": "not-assessed: fewer than 20 words"},
        findings=ordered,
        statistics=statistics,
        blocks=blocks,
    )


def blocks_of(text: str, kinds: Iterable[str] = ()) -> tuple[BlockRole, ...]:
    """A block for each line that is not empty; those with a kind are boilerplate."""
    blocks, start, given = [], 0, iter(kinds)
    for line in text.split("\n"):
        if line.strip():
            kind = next(given, "")
            role, probability = ("boilerplate", 0.9) if kind else ("main", 0.1)
            blocks.append(BlockRole(Span(start, start + len(line)), role, kind or "paragraph", probability))
        start += len(line) + 1
    return tuple(blocks)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report on any text, with any valid spans, overlapping as they like, and hostile words in every field."""
    text = draw(texts)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda s: s[0] != s[1]).map(sorted)
    severity = st.sampled_from(["error", "warning", "note"])
    pieces = st.sampled_from(HOSTILE + PLAIN)
    found = []
    for (start, end), label, extra in draw(st.lists(st.tuples(spans, severity, pieces), max_size=6)) if text else []:
        made = finding(text, start, end, draw(st.sampled_from(["vague-source.figure", "encoding.control"])), label, of=extra)
        kind = draw(st.sampled_from(["", "", "suppression", "baseline", "revision"]))
        found.append(quiet(made, kind, extra, author=extra) if kind else made)
    claims = [Statistic(Span(*s), "vague", None) for s in draw(st.lists(spans, max_size=2))] if text else []
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    halves = st.sampled_from(["main", "boilerplate"])
    roles = [BlockRole(Span(*cut), draw(halves), draw(pieces), 0.5) for cut in pairwise(cuts)]
    return report_of(
        text,
        found,
        language=draw(st.sampled_from(["fr", "ar", None])),
        statistics=tuple(claims),
        blocks=tuple(roles),
        id=draw(pieces),
        path=None,
        title=draw(pieces),
        source=draw(pieces),
        url=draw(pieces | st.just('https://news.example/a?b=1&c="2"')),
    )


def written(form: str, *given: Report, **options: Any) -> str:
    """What a format writes for these reports. options: those of `WriteOptions`."""
    out = io.StringIO(newline="")
    write(form, iter(given), out, WriteOptions(**options))
    return out.getvalue()


def unreadable() -> Report:
    """The report on a clipping that could not be read."""
    return check(Document(id="broken.txt", text="", path="broken.txt", error="the file is empty"))
