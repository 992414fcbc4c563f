"""One clipping as HTML: its text with the flags marked on the words, each finding beside it, and what the score rests on.

For the report (`writers.html`) and for an app that shows one clipping. The parts are fragments with `prefix` before every id
in them, so that many fit one page; `head` and `FOOT` make a page of them that loads nothing and runs nothing.
A clipping is hostile: whatever comes from it passes `marked.words` or `marked.label`.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from credibility.document import Finding, Span
from credibility.grounds import grounds, in_words
from credibility.marked import label, marked_text, speech, text_blocks, words
from credibility.pipeline import NEVER_ASSESSED
from credibility.report import DISCLAIMER, Report
from credibility.segment import shorten
from credibility.visible import one_line

_LONGEST_QUOTE = 240
_LONGEST_TITLE = 160
_TITLE_WORDS = 5
_TITLE_WORD = re.compile(r"[^\W\d_]{2,}")
_WEB = re.compile(r"https?://[^\s\x00-\x20\"<>\\]+\Z", re.IGNORECASE)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STATES = {"fired": "found", "clear": "nothing found", "not-applicable": "not applicable", "not-assessed": "not assessed"}
FOOT = "</body>\n</html>\n"


def head(title: str) -> str:
    """The start of a page, up to the body's first element. Its styles are in it; a policy forbids everything else."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{label(title)}</title>
<style>
{styles()}</style>
</head>
<body>
"""


@lru_cache(maxsize=1)
def styles() -> str:
    """The style sheet."""
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def clipping(report: Report, prefix: str = "") -> Iterator[str]:
    """The whole clipping as an article with the id `<prefix>top`."""
    yield f'<article class=clip id="{prefix}top" aria-labelledby="{prefix}title">\n{_masthead(report, prefix)}'
    if report.document.error:
        yield f"<p class=unreadable>Could not be read: {label(report.document.error)}</p>\n</article>\n"
        return
    text = marked_text(report, prefix) if report.document.text else "<p class=none>There is no text, or the report came without it.</p>"
    yield f"<div class=cols>\n<section class=paper aria-label=Text>{text}</section>\n"
    yield f'<section class=side aria-labelledby="{prefix}findings">\n<h3 id="{prefix}findings">Findings</h3>\n'
    yield f"{findings(report, prefix)}</section>\n</div>\n"
    rests = _losses(report, prefix) + _figures(report, prefix) + _sources(report, prefix)
    yield f"<div class=below>\n{rests}<div>{_checks(report)}{_signals(report)}</div>\n</div>\n</article>\n"


def findings(report: Report, prefix: str = "") -> str:
    """The findings as a list, in order of the text; each links back to its words."""
    if not report.findings:
        return "<p class=none>No findings.</p>\n"
    rows = zip(report.findings, report.to_dict()["findings"], strict=True)
    text = report.document.text
    items = "".join(_finding(finding, number, row, prefix, text) for number, (finding, row) in enumerate(rows, 1))
    return f"<ol class=findings>\n{items}</ol>\n"


def _finding(finding: Finding, number: int, row: Mapping[str, Any], prefix: str, text: str) -> str:
    """One finding: what, its words, what is wrong with them, what that rests on, where; a link to its words if there is a text."""
    level = finding.severity.label
    evidence = _pairs(grounds(finding, text), "evidence")
    sure = f"{min(finding.confidence, 0.99):.0%} sure · " if finding.confidence < 1 else ""
    back = f'<b class="back {level}">{number}</b>'
    if text:
        back = f'<a class="back {level}" href="#{prefix}m{number}" aria-label="Finding {number}: show its words">{number}</a>'
    quiet = f"<p class=where>{label(str(finding.suppressed))}</p>\n" if finding.suppressed else ""
    return f"""<li class="{level}{" quiet" if quiet else ""}" id="{prefix}f{number}">
<h4>{back} <span class=sev>{level}</span> <code>{label(finding.rule)}</code></h4>
{_said(finding)}
{quiet}{evidence}<p class=where>{sure}line {row["line"]}, column {row["column"]}</p>
</li>
"""


def _said(finding: Finding) -> str:
    """The message with the quotation in it; before it, where the message does not repeat it."""
    shown = finding.quote if len(finding.quote) <= _LONGEST_QUOTE else finding.quote[:_LONGEST_QUOTE].rstrip() + " …"
    for repeated in (finding.quote, shorten(finding.quote)):
        before, found, after = one_line(finding.message).partition(one_line(repeated) or "\0")
        if found:
            return f"<p>{escape(before)}<q{speech(None, shown)}>{label(shown)}</q>{escape(after)}</p>"
    return f"<blockquote{speech(None, shown)}>{words(shown)}</blockquote>\n<p>{label(finding.message)}</p>"


def _masthead(report: Report, prefix: str) -> str:
    """Title, where it came from, and the score."""
    document = report.document
    shown = heading(report)
    about = (document.source, document.byline, document.published, report.language, document.place)
    facts = [f"<bdi>{label(fact)}</bdi>" for fact in about if fact and fact != shown]
    if document.url:
        address = f"<bdi>{label(document.url)}</bdi>"
        web = _WEB.match(document.url)
        facts.append(f'<a href="{escape(document.url)}" rel="noreferrer noopener nofollow">{address}</a>' if web else address)
    grade = "" if document.error else _grade(report)
    return f"""<header>
<div>
<h2 id="{prefix}title"{speech(report.language, shown)}>{label(shown)}</h2>
<p class=facts>{" · ".join(facts)}</p>
</div>
{grade}</header>
"""


def heading(report: Report) -> str:
    """The title, else the first block that could be one, else the place; at most 160 characters."""
    document = report.document
    title = document.title
    if not title:
        main = (document.text[slice(*block.span)] for block in text_blocks(report) if not block.boilerplate)
        title = next(
            (line for line in main if len(_TITLE_WORD.findall(line)) >= _TITLE_WORDS and len(line) <= _LONGEST_TITLE), document.place
        )
    return title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE].rstrip() + " …"


def _grade(report: Report) -> str:
    """Grade and score, with a bar of what is left and what each flag took."""
    if report.score is None:
        return "<p class=score>no score</p>\n"
    lost = "".join(
        f'<i class=lost style="width:{penalty.points:g}%" title="{label(flag)}: {penalty.points:g} points lost"></i>'
        for flag, penalty in report.penalties.items()
        if penalty.points
    )
    grade = label(report.grade or "")
    return f"""<div class="score grade-{grade}"><p><b>{grade}</b> {report.score:g}<small> / 100</small></p>
<div class=bar role=img aria-label="{report.score:g} of 100 points"><i style="width:{report.score:g}%"></i>{lost}</div></div>
"""


def _losses(report: Report, prefix: str) -> str:
    """Which flag cost how many points, for which findings."""
    if not report.penalties:
        return "<section><h3>Points lost</h3>\n<p class=none>None.</p></section>\n"
    rows = []
    for flag, penalty in sorted(report.penalties.items(), key=lambda item: (-item[1].points, item[0])):
        links = " ".join(f'<a href="#{prefix}f{number + 1}">{number + 1}</a>' for number in penalty.findings)
        rows.append(f"<tr><th scope=row>{label(flag)}</th><td class=num>−{penalty.points:g}</td><td class=links>{links}</td></tr>\n")
    return f"<section><h3>Points lost</h3>\n{table(('Flag', '-Points', 'For findings'), rows)}</section>\n"


def table(titles: Iterable[str], rows: Iterable[str], kind: str = "") -> str:
    """A table of rows that are already HTML; a title that starts with '-' heads a column of numbers."""
    heads = "".join(
        f"<th scope=col{' class=num' if title.startswith('-') else ''}>{label(title.removeprefix('-'))}</th>" for title in titles
    )
    return f'<table class="{kind}"><thead><tr>{heads}</tr></thead>\n<tbody>{"".join(rows)}</tbody></table>\n'


def _pairs(pairs: Iterable[tuple[str, str]], kind: str = "pairs") -> str:
    """Names with what is said of them; nothing for none."""
    rows = "".join(f"<div><dt>{label(name)}</dt><dd>{label(said)}</dd></div>" for name, said in pairs)
    return f"<dl class={kind}>{rows}</dl>\n" if rows else ""


def _checks(report: Report) -> str:
    """What was looked for, what was not and why, and what never is."""
    said = []
    for flag, state in report.checks.items():
        kind, _, reason = state.partition(": ")
        said.append((flag, f"{_STATES.get(kind, kind)}{': ' if reason else ''}{reason}"))
    never = _pairs((flag, said.removeprefix("not assessed: ")) for flag, said in said if flag in NEVER_ASSESSED)
    return f"""<section><h3>Looked for</h3>
{_pairs((flag, said) for flag, said in said if flag not in NEVER_ASSESSED)}<details><summary>What is never judged</summary>
<p>{DISCLAIMER}</p>
{never}</details></section>
"""


def _figures(report: Report, prefix: str) -> str:
    """Every figure of the text, with who stands behind it."""
    if not report.statistics:
        return ""
    source = report.document.text
    starts = [block.span.start for block in text_blocks(report)]
    rows = []
    for claim in report.statistics:
        block = bisect_right(starts, claim.span.start) - 1
        figure = _quoted(source, claim.span)
        origin = f": {_quoted(source, claim.source)}" if claim.source else ""
        kind = f"<span class={label(claim.label)}>{label(claim.label)}</span>"
        linked = f'<a href="#{prefix}b{block}">{figure}</a>' if block >= 0 else figure
        rows.append(f"<tr><td>{linked}</td><td>{kind}{origin}</td></tr>\n")
    counts = Counter(claim.label for claim in report.statistics)
    summary = ", ".join(f"{counts[name]} {name}" for name in ("sourced", "vague", "unsourced") if counts[name])
    inner = f"<details open><summary>{label(summary)}</summary>\n{table(('Figure', 'Who stands behind it'), rows, 'figures')}</details>"
    return f"<section><h3>Figures in the text</h3>\n{inner}</section>\n"


def _sources(report: Report, prefix: str) -> str:
    """Who is cited, how often, and for how many figures."""
    if not report.sources:
        return ""
    starts = [block.span.start for block in text_blocks(report)]
    rows = []
    for source in report.sources:
        block = bisect_right(starts, source.span.start) - 1
        quote = f"<bdi>{words(source.quote)}</bdi>"
        linked = f'<a href="#{prefix}b{block}">{quote}</a>' if block >= 0 else quote
        unnamed = "" if source.named else " <span class=vague>unnamed</span>"
        rows.append(f"<tr><td>{linked}{unnamed}</td><td class=num>{source.cited}</td><td class=num>{source.statistics or ''}</td></tr>\n")
    named = sum(source.named for source in report.sources)
    summary = f"{named} named, {len(report.sources) - named} unnamed"
    inner = f"<details open><summary>{label(summary)}</summary>\n{table(('Source', '-Cited', '-Figures'), rows, 'figures')}</details>"
    return f"<section><h3>Sources cited</h3>\n{inner}</section>\n"


def _quoted(source: str, span: Span) -> str:
    """Words of the text in another place, in their own direction."""
    return f"<bdi>{words(source[span.start : span.end]) or '–'}</bdi>"


def _signals(report: Report) -> str:
    """The numbers that dashboards count."""
    if not report.signals:
        return ""
    signals = _pairs((name.replace("_", " "), in_words(value)) for name, value in report.signals.items())
    return f"<section><h3>Signals</h3>\n{signals}</section>\n"
