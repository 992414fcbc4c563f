"""The report on one clipping, and its JSON form (schema `credibility.report/1`)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from credibility.document import BlockRole, Document, Finding, Scalar, Severity, Source, Span, Statistic, Suppression

SCHEMA = "credibility.report/1"
DISCLAIMER = "Judges the quality and transparency of the text. Whether what it says is true was not assessed."


@dataclass(frozen=True, slots=True)
class Penalty:
    """Points that a flag took off the score, and the findings that took them (their numbers in `Report.findings`)."""

    points: float
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything found in one clipping. `checks` says of every flag 'fired', 'clear', 'not-applicable' or 'not-assessed: why'.

    With `document.error` set the clipping could not be read: score and grade are None and the rest is empty.
    """

    document: Document
    language: str | None = None
    score: float | None = None
    grade: str | None = None
    penalties: Mapping[str, Penalty] = field(default_factory=dict)
    signals: Mapping[str, float | None] | None = None
    checks: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    sources: tuple[Source, ...] = ()
    blocks: tuple[BlockRole, ...] = ()

    @property
    def main_text(self) -> str:
        """The analysed text without its boilerplate: its main blocks, a line each."""
        text = self.document.text
        return "\n".join(text[b.span.start : b.span.end] for b in self.blocks if b.role == "main") if self.blocks else text

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that gates count: neither suppressed nor known."""
        return tuple(finding for finding in self.findings if finding.suppressed is None)

    @property
    def worst(self) -> Severity | None:
        """The highest severity among the findings; None without findings."""
        return max((finding.severity for finding in self.findings), default=None)

    def to_dict(self, *, include_text: bool = False) -> dict[str, Any]:
        """The report as the contract's JSON object. include_text: adds `text`, `main_text` and `blocks`."""
        document = self.document
        where = _LineFinder(document.text)
        out: dict[str, Any] = {
            "schema": SCHEMA,
            "id": document.id,
            "path": document.path,
            "url": document.url,
            "source": document.source,
            "title": document.title,
            "byline": document.byline,
            "published": document.published,
            "language": self.language,
            "error": document.error,
            "score": self.score,
            "grade": self.grade,
            "penalties": {flag: penalty.points for flag, penalty in self.penalties.items()},
            "penalty_findings": {flag: list(penalty.findings) for flag, penalty in self.penalties.items()},
            "signals": None if self.signals is None else dict(self.signals),
            "checks": dict(self.checks),
            "findings": [_finding_dict(finding, where) for finding in self.findings],
            "statistics": [_statistic_dict(statistic, document.text) for statistic in self.statistics],
            "sources": [_source_dict(source) for source in self.sources],
            "disclaimer": DISCLAIMER,
        }
        if document.file_line is not None:
            out["file_line"] = document.file_line
        if include_text:
            out |= {"text": document.text, "main_text": self.main_text, "blocks": [_block_dict(block) for block in self.blocks]}
        return out

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Report":
        """The report that `to_dict` made `data` from; without `text` in it, the text is empty and the quotes still stand.

        Raises KeyError for a missing field and ValueError for another schema, or for none.
        """
        if data.get("schema") != SCHEMA:
            raise ValueError(f"the report has schema {data.get('schema')!r}; this version reads {SCHEMA!r}")
        names = ("id", "path", "url", "source", "title", "published", "error")
        findings = tuple(
            Finding(
                f["rule"],
                Span(f["start"], f["end"]),
                f["quote"],
                f["message"],
                Severity[f["severity"].upper()],
                f["confidence"],
                f["evidence"],
                Suppression(**f["suppressed"]) if "suppressed" in f else None,
            )
            for f in data["findings"]
        )
        statistics = tuple(
            Statistic(
                Span(s["start"], s["end"]),
                s["label"],
                Span(s["source"]["start"], s["source"]["end"]) if s["source"] else None,
                s.get("evidence", {}),
            )
            for s in data["statistics"]
        )
        blocks = tuple(BlockRole(Span(b["start"], b["end"]), b["role"], b["kind"], b["probability"]) for b in data.get("blocks", ()))
        numbers = data.get("penalty_findings", {})
        return cls(
            document=Document(
                text=data.get("text", ""),
                byline=data.get("byline"),
                file_line=data.get("file_line"),
                **{name: data[name] for name in names},
            ),
            language=data["language"],
            score=data["score"],
            grade=data["grade"],
            penalties={flag: Penalty(points, tuple(numbers.get(flag, ()))) for flag, points in data["penalties"].items()},
            signals=data["signals"],
            checks=data["checks"],
            findings=findings,
            statistics=statistics,
            sources=tuple(
                Source(Span(s["start"], s["end"]), s["quote"], s["named"], s["cited"], s["statistics"]) for s in data.get("sources", ())
            ),
            blocks=blocks,
        )


class _LineFinder:
    """Line and column, from 1, of positions that are asked for in rising order; a line ends at '\\n'."""

    def __init__(self, text: str) -> None:
        self.text, self.line, self.start, self.reached = text, 1, 0, 0

    def at(self, position: int) -> tuple[int, int]:
        """Line and column of a position not before the last one; looks only at what lies between the two."""
        self.line += self.text.count("\n", self.reached, position)
        self.start = max(self.start, self.text.rfind("\n", self.reached, position) + 1)
        self.reached = position
        return self.line, position - self.start + 1


def _finding_dict(finding: Finding, where: _LineFinder) -> dict[str, Any]:
    line, column = where.at(finding.span.start)
    # Only there where it says something: most reports have none, and they stay what they were.
    suppressed = {} if finding.suppressed is None else {"suppressed": asdict(finding.suppressed)}
    return {
        "flag": finding.flag,
        "rule": finding.rule,
        "severity": finding.severity.label,
        "confidence": finding.confidence,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": line,
        "column": column,
        "quote": finding.quote,
        "message": finding.message,
        "evidence": dict(finding.evidence),
        **suppressed,
    }


def _statistic_dict(statistic: Statistic, text: str) -> dict[str, Any]:
    def quoted(span: Span) -> dict[str, Any]:
        return {"start": span.start, "end": span.end, "quote": text[span.start : span.end]}

    evidence: Mapping[str, Scalar] = statistic.evidence
    return {
        **quoted(statistic.span),
        "label": statistic.label,
        "source": quoted(statistic.source) if statistic.source else None,
        "evidence": dict(evidence),
    }


def _source_dict(source: Source) -> dict[str, Any]:
    return {
        "start": source.span.start,
        "end": source.span.end,
        "quote": source.quote,
        "named": source.named,
        "cited": source.cited,
        "statistics": source.statistics,
    }


def _block_dict(block: BlockRole) -> dict[str, Any]:
    return {
        "start": block.span.start,
        "end": block.span.end,
        "role": block.role,
        "kind": block.kind,
        "probability": round(block.probability, 4),
    }
