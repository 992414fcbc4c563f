"""A few clippings read by one careful reader (`gold.json`): what must be found, what may be, and what would be wrong."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from credibility.config import DEFAULT, Config
from credibility.document import Finding, Severity
from credibility.errors import UsageError
from credibility.pipeline import check
from credibility.reading.clipping import from_text
from credibility.report import Report

# Findings on prose that nobody listed are wrong for these flags; shorter ones (headlines, bylines, leftovers) are a matter of taste.
_EXACT_FLAGS = ("mixed-language", "boilerplate")
_PROSE = 120


def evaluate_clippings(folder: Path, config: Config = DEFAULT) -> dict[str, Any]:
    """`asked`: flag → number of findings that must be there; `missed` and `wrong`: one line each.

    folder: holds `gold.json` (docs/evaluation.md) and the text files it names. Raises UsageError if one cannot be read.
    """
    try:
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        texts = {name: (folder / name).read_bytes().decode("utf-8") for name in gold}
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder}: its gold.json and clippings cannot be read: {error}") from error
    asked: Counter[str] = Counter()
    missed: list[str] = []
    wrong: list[str] = []
    for name, case in gold.items():
        report = check(from_text(texts[name], id=name), config)
        wanted = [item for item in case["findings"] if item["must"]]
        asked.update(item["flag"] for item in wanted)
        missed += [f"{name}: {item['flag']} {item['quote'][:60]!r}" for item in wanted if not _is_found(item, report)]
        wrong += [f"{name}: {problem}" for problem in _wrong(case, report)]
    return {"asked": dict(asked), "missed": missed, "wrong": wrong}


def _is_found(item: Mapping[str, Any], report: Report) -> bool:
    """Whether the report has the flag, or the statistic with its label, somewhere on these words."""
    if item["flag"] == "statistic":
        spans = [claim.span for claim in report.statistics if claim.label == item["label"]]
    else:
        spans = [finding.span for finding in report.findings if finding.flag == item["flag"]]
    return any(start < item["end"] and item["start"] < end for start, end in spans)


def _wrong(case: Mapping[str, Any], report: Report) -> Iterator[str]:
    """What the report says that the reader would not."""
    if report.language != case["language"]:
        yield f"language {report.language}, not {case['language']}"
    said = any(f.flag == "machine-translation" and f.severity > Severity.NOTE for f in report.findings)
    if case["machine_translated"] is not None and said != case["machine_translated"]:
        yield f"machine-translation {'flagged' if said else 'not flagged'}"
    for flag in _EXACT_FLAGS:
        for finding in report.findings:
            if finding.flag == flag and _is_mostly_outside(finding, case["findings"]):
                yield f"{flag} on prose {finding.quote[:60]!r}"


def _is_mostly_outside(finding: Finding, listed: list[Mapping[str, Any]]) -> bool:
    """Whether more than half of a long finding lies outside what the reader listed under its flag."""
    start, end = finding.span
    inside = sum(max(0, min(end, item["end"]) - max(start, item["start"])) for item in listed if item["flag"] == finding.flag)
    return end - start > _PROSE and inside < 0.5 * (end - start)
