"""For a person at a terminal: each finding in its line, then one table over all clippings. Readable at 80 columns.

Without a terminal there is no colour and the quotation stands between ⟦ and ⟧. Nothing of a clipping is taken for markup,
and what a terminal would obey is named instead (`credibility.visible`).
"""

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from shutil import get_terminal_size
from typing import Any, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from credibility.document import Document, Finding
from credibility.grounds import grounds
from credibility.pipeline import active
from credibility.report import DISCLAIMER, Report
from credibility.score import scoring
from credibility.visible import disarmed, one_line
from credibility.writers import WriteOptions, writes
from credibility.writers._summary import SEVERITIES, Tally, by_reason, by_severity, cited, message_alone, not_assessed

_COLUMNS = 80
_INDENT = 4
# Columns beside a quotation in which hardly a word has room: there … stands alone.
_NARROW = 8
# So many places of suppressed or known findings are named; a baseline may hold thousands.
_PLACES = 5
_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
_GRADES = {"A": "bold green", "B": "green", "C": "yellow", "D": "bold yellow", "E": "bold red"}
# First strong isolate … pop isolate: keeps right-to-left words from pulling line numbers and punctuation to their side.
_ISOLATE, _POP = "\u2068", "\u2069"


@writes("console")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """Findings clipping by clipping as they are made, then the summary."""
    terminal = out.isatty()
    color = (terminal and not os.environ.get("NO_COLOR")) if options.color is None else options.color
    console = Console(
        file=out,
        width=max(40, get_terminal_size((_COLUMNS, 24)).columns) if terminal else _COLUMNS,
        force_terminal=color,
        color_system=("auto" if terminal else "standard") if color else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    tally = Tally()
    reasons = _reasons(options) if options.verbose else {}
    for report in reports:
        tally.add(report)
        if report.open or report.document.error or not options.quiet:
            _clipping(console, report, options, reasons, marked=not color)
        out.flush()
    if options.statistics and tally.rules:
        _table(console, "rule", tally.rules, tally.rule_touched, tally)
    elif tally.flags and not options.quiet:
        _table(console, "flag", tally.flags, tally.touched, tally)
    if not options.quiet:
        _summary(console, tally)


def _reasons(options: WriteOptions) -> dict[str, str]:
    """Why each rule of the run is there."""
    return {rule.id: rule.why for detector in active(options.config) for rule in detector.rules}


def _clipping(console: Console, report: Report, options: WriteOptions, reasons: Mapping[str, str], *, marked: bool) -> None:
    """One clipping; marked: the quotations are told by brackets, not by colour. reasons: of rules, where they are wanted."""
    _line(console, _header(report))
    document = report.document
    if not report.findings and not (options.verbose and not document.error):
        return
    details = [document.title, document.source, document.published]
    if any(details):
        about = _fit(" · ".join(one_line(detail) for detail in details if detail), console.width - 2)
        _line(console, Text("  " + _isolated(about), "italic"))
    rows = report.to_dict()["findings"]
    explained: set[str] = set()
    for finding, row in zip(report.findings, rows, strict=True):
        if finding.suppressed is None:
            _finding(console, report, finding, f"{row['line']}:{row['column']}", marked=marked)
            if options.verbose:
                rests = "; ".join(f"{name} {said}" for name, said in grounds(finding, document.text))
                if rests:
                    _wrapped(console, one_line(f"Rests on: {rests}"), "dim", indent=_INDENT)
                if finding.rule not in explained:
                    explained.add(finding.rule)
                    _wrapped(console, one_line(f"Why: {reasons.get(finding.rule, 'a rule of another version')}"), "dim", indent=_INDENT)
    _quiet(console, rows)
    if options.explain_score and report.score is not None:
        _losses(console, report, rows)
    if options.verbose and (sources := cited(report)):
        _wrapped(console, one_line("Sources cited: " + sources), "dim", indent=2)
    if gaps := not_assessed(report):
        _wrapped(console, "not assessed: " + one_line(by_reason(gaps)), "dim", indent=2)
    _line(console, Text())


def _header(report: Report) -> Text:
    """Place, language, grade with score, and how many findings."""
    document = report.document
    header = Text(_isolated(one_line(document.place)), "bold")
    if document.error:
        return header.append("  could not be read: ", "bold red").append(one_line(_reason(document)), "not bold")
    header.append("  " + one_line(report.language or "language unknown"), "not bold dim")
    if report.score is not None:
        header.append(f"  {report.grade} {report.score:g}/100", _GRADES.get(report.grade or "", ""))
    else:
        header.append("  no score", "not bold dim")
    return header.append("  " + by_severity(report), "not bold")


def _reason(document: Document) -> str:
    """Why it could not be read, without the place that stands before it already."""
    return (document.error or "").removeprefix(f"{document.place}: ")


def _finding(console: Console, report: Report, finding: Finding, where: str, *, marked: bool) -> None:
    """Severity, rule and place; the quotation in its line; the message."""
    label = finding.severity.label
    head = Text("  ").append(label, _STYLES[label]).append(f"  {where}  ").append(one_line(finding.rule), "bold")
    if finding.confidence < 1:
        head.append(f"  {min(finding.confidence, 0.99):.0%} sure", "dim")
    _line(console, head)
    before, quote, after = _context(report.document.text, finding, console.width - _INDENT - 2)
    opening, closing = ("⟦", "⟧") if marked else ("", "")
    line = Text(before, "dim").append(opening + quote + closing, f"{_STYLES[label]} underline not dim").append(after)
    if _right_to_left(line.plain):
        line = Text(_ISOLATE).append_text(line).append(_POP)
    _line(console, Text(" " * _INDENT).append_text(line))
    _wrapped(console, one_line(message_alone(finding)), indent=_INDENT)


def _losses(console: Console, report: Report, rows: list[dict[str, Any]]) -> None:
    """How the score comes about: the points that each flag lost, and where the findings stand that took them."""
    sums = "".join(f" − {penalty.points:g}" for penalty in report.penalties.values())
    _line(console, Text(f"  score 100{sums}{f' = {report.score:g}' if sums else ', nothing lost'}", "bold"))
    for flag, penalty in report.penalties.items():
        most = ", the most that this flag can cost" if penalty.points >= scoring().weight(flag).cap else ""
        _line(console, Text(" " * _INDENT + one_line(f"−{penalty.points:g} {flag}{most}")))
        for number in penalty.findings:
            row = rows[number]
            where = f"{row['line']}:{row['column']}"
            _line(
                console,
                Text(
                    f"{'':{2 * _INDENT}}{where}  " + _isolated(_middle(row["quote"], console.width - 2 * _INDENT - len(where) - 2)), "dim"
                ),
            )


def _quiet(console: Console, rows: list[dict[str, Any]]) -> None:
    """The first places of what is suppressed or known, in a dim line for each."""
    for kinds, word in ((("suppression",), "suppressed"), (("baseline", "revision"), "known")):
        places = [f"{row['line']}:{row['column']} {row['rule']}" for row in rows if row.get("suppressed", {}).get("kind") in kinds]
        if places:
            more = f" and {len(places) - _PLACES} more" if len(places) > _PLACES else ""
            _wrapped(console, one_line(f"{word}: {', '.join(places[:_PLACES])}{more}"), "dim", indent=2)


def _context(text: str, finding: Finding, room: int) -> tuple[str, str, str]:
    """What stands before the quotation in its line, the quotation, what stands after: together at most `room` wide."""
    start, end = finding.span
    if text[start:end] != finding.quote:  # read back from a report that was written without its text
        return "", _middle(finding.quote, room), ""
    # Looking no further than the room keeps this cheap on a text of one endless line.
    left = text[max(0, start - room) : start]
    right = text[end : end + room]
    cut_left = start > room and "\n" not in left
    cut_right = end + room < len(text) and "\n" not in right
    quote = _middle(finding.quote, room)
    rest = room - cell_len(quote)
    lead = one_line("|" + left.rpartition("\n")[2] + "|")[1:-1]
    trail = one_line("|" + right.partition("\n")[0] + "|")[1:-1].rstrip()
    share = max(rest // 3, rest - cell_len(trail))
    before = _fit_end(lead, share, cut=cut_left) if share >= min(_NARROW, cell_len(lead)) else "… "[: max(0, share)]
    room = rest - cell_len(before)
    return before, quote, _fit(trail, room, cut=cut_right) if room >= min(_NARROW, cell_len(trail)) else "…"[: max(0, room)]


def _middle(quote: str, room: int) -> str:
    """A quotation of at most `room` columns, with its middle left out where it is longer."""
    if len(quote) > 4 * room:
        quote = quote[: 2 * room] + quote[-2 * room :]
        line = one_line(quote)
    else:
        line = one_line(quote)
        if cell_len(line) <= room:
            return line
    return _fit(line, room - room // 3, cut=True) + _fit_end(line, room // 3)[1:]


def _fit(text: str, room: int, *, cut: bool = False) -> str:
    """The start of the text in at most `room` columns, ended by … at a space where something is left out (or was: cut)."""
    if cell_len(text) <= room and not cut:
        return text
    if room < 2:
        return ""
    kept = Text(text)
    kept.truncate(room - 1)
    head = kept.plain
    space = head.rfind(" ")
    return (head[:space] if space > len(head) // 2 and len(head) < len(text) else head) + "…"


def _fit_end(text: str, room: int, *, cut: bool = False) -> str:
    """The end of the text, in the same way."""
    turned = _fit(text[::-1], room, cut=cut)
    return turned[::-1]


def _right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def _isolated(text: str) -> str:
    """The text in an isolate where it holds right-to-left letters."""
    return _ISOLATE + text + _POP if _right_to_left(text) else text


def _line(console: Console, text: Text) -> None:
    """One line as it is: a terminal may wrap it, a file keeps it whole. A command to the log of a CI system loses its colours."""
    plain = disarmed(text.plain)
    if console.color_system is None or plain != text.plain:  # without colours the same characters, in a tenth of the time
        console.file.write(plain + "\n")
    else:
        console.print(text, soft_wrap=True)


def _wrapped(console: Console, text: str, style: str = "", *, indent: int = 0) -> None:
    """A text in as many lines as it needs, none with spaces at its end."""
    for line in Text(text, style).wrap(console, console.width - indent):
        line.rstrip()
        _line(console, Text(" " * indent).append_text(line))


def _summary(console: Console, tally: Tally) -> None:
    """How many clippings with which grades, what was not assessed, and what is never judged."""
    _wrapped(console, tally.sentence, "bold")
    for gaps in tally.gap_lines():
        _wrapped(console, one_line(gaps), "dim")
    _wrapped(console, DISCLAIMER, "italic")


def _table(console: Console, what: str, found: Mapping[str, Counter[str]], touched: Counter[str], tally: Tally) -> None:
    """Findings by flag or rule and severity, in how many clippings; the last line counts all."""
    rows = [(one_line(name), counts, touched[name]) for name, counts in sorted(found.items())]
    rows.append((f"all {what}s", tally.totals, tally.flagged))
    wide = min(40, max(cell_len(flag) for flag, _, _ in rows))
    titles = (*(f"{label}s" for label in SEVERITIES), "clippings")
    head = what.ljust(wide) + "".join(f"  {title}" for title in titles)
    _line(console, Text(head, "bold"))
    for row, (flag, counts, clippings) in enumerate(rows):
        if row in (0, len(rows) - 1):
            _line(console, Text("─" * len(head), "dim"))
        line = Text(flag + " " * (wide - cell_len(flag)))
        for label, title in zip(SEVERITIES, titles, strict=False):
            line.append("  " + str(counts[label] or "·").rjust(len(title)), _STYLES[label] if counts[label] else "dim")
        _line(console, line.append("  " + str(clippings).rjust(len(titles[-1]))))
    _line(console, Text())
