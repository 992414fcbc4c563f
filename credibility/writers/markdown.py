"""Markdown for issues, pull requests and wikis: a table over all clippings, then the findings of each.

Nothing of a clipping is taken for Markdown or HTML there, nor becomes a link, an image, a mention or a reference.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from credibility.report import DISCLAIMER, Report
from credibility.visible import disarmed_markup, one_line
from credibility.writers import WriteOptions, writes
from credibility.writers._summary import Tally, by_reason, by_severity, cited, held_back, message_alone, not_assessed, release

_LONGEST_QUOTE = 300
_SPECIAL = re.compile(r"[\\`*_\[\]!|~$>]|^[#+\-=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d\d\d)[.)]")
# GitHub turns these into links, mentions, references and pictures after it has taken the backslashes away, so that only a
# character between them helps: the word joiner (U+2060) shows nothing and breaks no line.
_AUTOLINK = re.compile(r"@|#(?=\d)|\bGH-(?=\d)|:(?=//|[\w+\-]+:)|\bwww(?=\.)|\b(?:xmpp|mailto)(?=:)", re.IGNORECASE)
_JOINER = "&#8288;"


@writes("markdown")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """The table first, so the sections wait (on disk, if they are many) until the last clipping is read."""
    tally = Tally()
    with held_back() as sections, held_back() as rows:
        for report in reports:
            tally.add(report)
            rows.write(_row(report, tally.clippings))
            sections.writelines(line + "\n" for line in _section(report, tally.clippings))
        out.write(f"# Credibility report\n\n{escaped(tally.sentence)}\n\n")
        if tally.clippings:
            out.write("| | Clipping | Language | Grade | Score | Findings |\n|--:|---|---|:-:|--:|---|\n")
            release(rows, out)
            out.write("\n")
        for gap in tally.gap_lines():
            out.write(f"- {escaped(gap)}\n")
        out.write("\n" if tally.gaps else "")
        out.write(f"*{escaped(DISCLAIMER)}*\n")
        release(sections, out)


def escaped(text: str) -> str:
    """The text on one line, so that Markdown shows it letter by letter and GitHub makes nothing of it.

    >>> escaped("*a* <b> @c")
    '\\\\*a\\\\* &lt;b\\\\> @&#8288;c'
    """
    broken = _AUTOLINK.sub(lambda hit: hit.group() + "\0", one_line(text))
    line = _SPECIAL.sub(lambda hit: "\\" + hit.group(), broken.replace("&", "&amp;").replace("<", "&lt;"))
    return disarmed_markup(line.replace("\0", _JOINER))


def _row(report: Report, number: int) -> str:
    """The clipping's line in the table."""
    document = report.document
    found = "could not be read: " + document.error if document.error else by_severity(report)
    score = "" if report.score is None else f"{report.score:g}"
    cells = (str(number), document.title or document.place, report.language or "", report.grade or "", score, found)
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |\n"


def _section(report: Report, number: int) -> Iterator[str]:
    """The clipping's heading and findings; nothing more than a line where there are none."""
    document = report.document
    yield f"\n## {number}\\. {escaped(document.title or document.place)}\n"
    about = (document.place, document.source, document.published, report.language)
    yield escaped(" · ".join(part for part in about if part)) + "\n"
    if document.error:
        yield f"Could not be read: {escaped(document.error)}\n"
        return
    grade = "No score" if report.score is None else f"**{report.grade}** {report.score:g}/100"
    lost = ", ".join(f"{flag} −{penalty.points:g}" for flag, penalty in report.penalties.items())
    yield f"{grade}, {by_severity(report)}{': ' if lost else ''}{escaped(lost)}\n"
    for order, (finding, row) in enumerate(zip(report.findings, report.to_dict()["findings"], strict=True), 1):
        quote = row["quote"] if len(row["quote"]) <= _LONGEST_QUOTE else row["quote"][:_LONGEST_QUOTE] + "…"
        sure = "" if row["confidence"] == 1 else f", {min(row['confidence'], 0.99):.0%} sure"
        indent = " " * len(f"{order}. ")
        yield f"{order}. **{row['severity']}** {escaped(row['rule'])}, line {row['line']}, column {row['column']}{sure}\n"
        yield f"{indent}> {escaped(quote)}\n"
        yield f"{indent}{escaped(message_alone(finding))}\n"
        if finding.suppressed:
            yield f"{indent}*{escaped(str(finding.suppressed))}*\n"
    if sources := cited(report):
        yield f"Sources cited: {escaped(sources)}\n"
    if gaps := not_assessed(report):
        yield f"Not assessed: {escaped(by_reason(gaps))}\n"
