"""One self-contained page for one clipping or a whole run: an index with the scores, then each clipping (`credibility.page`).

It loads nothing, runs no script, and can be mailed, printed and kept.
"""

from collections.abc import Iterable
from typing import TextIO

from credibility import page
from credibility.marked import label
from credibility.report import DISCLAIMER, Report
from credibility.writers import WriteOptions, writes
from credibility.writers._summary import SEVERITIES, Tally, held_back, release

_COUNTS = ("-Errors", "-Warnings", "-Notes")


@writes("html")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """The index comes first, so the clippings wait (on disk, if they are many) until the last one is read."""
    tally = Tally()
    with held_back() as clippings:
        rows = []
        for report in reports:
            tally.add(report)
            rows.append(_row(report, tally.clippings))
            clippings.writelines(page.clipping(report, f"c{tally.clippings}-"))
        out.write(page.head("Credibility report") + "<header>\n<h1>Credibility report</h1>\n")
        out.write(f"<p class=lead>{label(tally.sentence)}. {DISCLAIMER}</p>\n</header>\n<main>\n")
        if tally.clippings > 1:
            index = page.table(("-No", "Clipping", "Language", "-Score", *_COUNTS), rows, "index")
            out.write(f"<nav aria-label=Clippings>\n{index}</nav>\n{_totals(tally)}")
        release(clippings, out)
        out.write("</main>\n" + page.FOOT)


def _row(report: Report, number: int) -> str:
    """The clipping's line in the index."""
    document = report.document
    score = "–" if report.score is None else f"{label(report.grade or '')} {report.score:g}"
    title = page.heading(report)
    where = f" <small><bdi>{label(document.place)}</bdi></small>" if title != document.place and not document.error else ""
    error = f" <small>could not be read: {label(document.error)}</small>" if document.error else ""
    counts = [sum(finding.severity.label == level for finding in report.open) for level in SEVERITIES]
    return (
        f'<tr><td class=num>{number}</td><td><a href="#c{number}-top"><bdi>{label(title)}</bdi></a>{where}{error}</td>'
        f"<td>{label(report.language or '–')}</td><td class=num>{score}</td>{_numbers(counts)}</tr>\n"
    )


def _numbers(counts: Iterable[int]) -> str:
    return "".join(f"<td class=num>{count or '·'}</td>" for count in counts)


def _totals(tally: Tally) -> str:
    """Findings by flag over the whole run, and what was not assessed."""
    rows = [
        f"<tr><th scope=row>{label(flag)}</th>{_numbers([*(counts[level] for level in SEVERITIES), tally.touched[flag]])}</tr>\n"
        for flag, counts in sorted(tally.flags.items())
    ]
    gaps = "".join(f"<p>{label(gap)}</p>\n" for gap in tally.gap_lines())
    flags = f"<h2>By flag</h2>\n{page.table(('Flag', *_COUNTS, '-Clippings'), rows, 'totals')}" if rows else ""
    return flags + (f"<details open><summary>What was not assessed</summary>\n{gaps}</details>\n" if gaps else "")
