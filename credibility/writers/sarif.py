"""SARIF 2.1.0, the format of GitHub code scanning, Azure DevOps and most editors: one run, a result a finding.

Positions are those of the file where the file is the analysed text (.txt, .md): lines and columns from 1, in code points.
Of a page, a packed file or a row of a table the text that was analysed is not what stands in the file. There the region is the
line where the row begins, else line 1, which exists in every file; the message says where in the text the words are, and
`properties.textRegion` holds the exact place. Suppressed and known findings are results with `suppressions`.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

import credibility
from credibility.fingerprint import fingerprints
from credibility.pipeline import active
from credibility.report import Report
from credibility.rules import Rule
from credibility.visible import json_line, one_line
from credibility.writers import WriteOptions, writes
from credibility.writers._position import position, rows, shown_path, uri
from credibility.writers._rule_help import help_markdown, help_text, in_short

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# Quotations are passages at most; the article of a verdict on all of it stands in the file anyway.
_LONGEST_QUOTE = 1000
_PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation"}


@writes("sarif")
def write(reports: Iterable[Report], out: TextIO, options: WriteOptions) -> None:
    """The rules the run looked for, the results as they come, then the files and what could not be read."""
    rules = _rules(options)
    out.write(f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n"tool": {{"driver": {{')
    out.write(f'"name": "credibility", "version": {json_line(credibility.__version__)}, "rules": [\n')
    out.write(",\n".join(json_line(_descriptor(of)) for of in rules.values()))
    out.write(']}},\n"columnKind": "unicodeCodePoints",\n"results": [\n')
    numbers = {name: number for number, name in enumerate(rules)}
    files: dict[str, int] = {}
    failed = []
    before = ""
    for report in reports:
        artifact = files.setdefault(shown_path(report.document), len(files))
        if report.document.error:
            failed.append(_notification(report, artifact))
        for result in _results(report, numbers, artifact):
            out.write(before + json_line(result))
            before = ",\n"
    out.write('],\n"artifacts": [')
    out.write(", ".join(json_line({"location": _location(path)}) for path in files))
    out.write('],\n"invocations": [')
    out.write(json_line({"executionSuccessful": not failed, "toolExecutionNotifications": failed}) + "]\n}]}\n")


def _rules(options: WriteOptions) -> dict[str, list[Rule]]:
    """The rules that the run looked for, by id; those of one id are one rule in several languages."""
    found: dict[str, list[Rule]] = {}
    for detector in active(options.config):
        for rule in detector.rules:
            if options.config.wants(rule.id):
                found.setdefault(rule.id, []).append(rule)
    return dict(sorted(found.items()))


def _descriptor(same: list[Rule]) -> dict[str, Any]:
    """A rule as SARIF describes it."""
    rule = same[0]
    languages = sorted({one.language for one in same if one.language})
    return {
        "id": rule.id,
        "shortDescription": {"text": in_short(rule)},
        "fullDescription": {"text": one_line(rule.why)},
        "help": {"text": help_text(same), "markdown": help_markdown(same)},
        "defaultConfiguration": {"level": rule.severity.label},
        "properties": {"tags": [rule.flag, *languages], "problem.severity": _PROBLEMS[rule.severity.label]},
    }


def _results(report: Report, numbers: dict[str, int], artifact: int) -> Iterator[dict[str, Any]]:
    """The results of one clipping."""
    document = report.document
    path = shown_path(document)
    file = _location(path) | {"index": artifact}
    several = document.id != document.path
    for finding, row, mark in zip(report.findings, rows(report), fingerprints(report), strict=True):
        at = position(document, row)
        quote = row["quote"] if len(row["quote"]) <= _LONGEST_QUOTE else None
        region: dict[str, Any] = {"startLine": at.line}
        if at.exact:
            region |= {"startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column}
            region |= {"charOffset": row["start"], "charLength": row["end"] - row["start"]}
            region |= {} if quote is None else {"snippet": {"text": quote}}
        place: dict[str, Any] = {"physicalLocation": {"artifactLocation": file, "region": region}}
        if several:
            place["logicalLocations"] = [{"fullyQualifiedName": one_line(document.id), "kind": "member"}]
        known = finding.suppressed
        yield {
            "ruleId": row["rule"],
            **({"ruleIndex": numbers[row["rule"]]} if row["rule"] in numbers else {}),
            "level": row["severity"],
            "message": {"text": _message(f"{row['message']} ({at.words})" if at.words else row["message"])},
            "locations": [place],
            # The second name is the one that GitHub reads.
            "partialFingerprints": {"credibility/v1": mark, "primaryLocationLineHash": mark},
            "rank": round(100 * row["confidence"], 2),
            "suppressions": [{"kind": "external", "status": "accepted", "justification": one_line(str(known))}] if known else [],
            "properties": {
                "clipping": document.id if several else path,
                "language": report.language,
                "quote": quote,
                "evidence": row["evidence"],
                "textRegion": {key: row[key] for key in ("line", "column", "start", "end")},
            },
        }


def _message(text: str) -> str:
    """A plain text message: on one line, and without the links that SARIF 2.1.0 (3.11.6) sees in '[words](target)'."""
    return one_line(text).replace("](", "] (")


def _location(path: str) -> dict[str, Any]:
    """A file. Relative ones start where the checkout does."""
    return {"uri": uri(path)} if path.startswith("/") else {"uri": uri(path), "uriBaseId": "%SRCROOT%"}


def _notification(report: Report, artifact: int) -> dict[str, Any]:
    """A clipping that could not be read."""
    file = _location(shown_path(report.document)) | {"index": artifact}
    return {
        "level": "error",
        "message": {"text": _message(report.document.error or "")},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": {"startLine": report.document.file_line or 1}}}],
    }
