"""Clippings in a pandas DataFrame → findings, a row each, and summaries, a row a clipping; columns and dtypes never vary.

pandas is imported when a frame is made or read, not before.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from credibility.api import detectors_of
from credibility.config import DEFAULT, Config
from credibility.errors import UsageError
from credibility.pipeline import check
from credibility.reading.clipping import ReadOptions, from_row
from credibility.report import Report

if TYPE_CHECKING:
    import pandas as pd

    Clippings = pd.DataFrame | Iterable[Report]

# The flags of the contract, each with a column of its own in a summary; all others count as `n_other`, so that a new one moves no column.
FLAGS = (
    "machine-translation",
    "mixed-language",
    "unsourced-statistic",
    "boilerplate",
    "vague-source",
    "repetition",
    "date-conflict",
    "inconsistent-name",
    "code-scrap",
    "encoding",
    "typography",
)
SHARES = ("machine_translation", "foreign_share", "boilerplate_share", "readability")
COUNTS = ("statistics", "statistics_unsourced", "statistics_vague", "words")

FINDING_COLUMNS = {
    "id": "string",
    "source": "string",
    "published": "string",
    "language": "string",
    "flag": "string",
    "rule": "string",
    "severity": "severity",
    "confidence": "float64",
    "start": "int64",
    "end": "int64",
    "line": "int64",
    "column": "int64",
    "quote": "string",
    "message": "string",
    "evidence": "string",
    "suppressed": "string",
}
SUMMARY_COLUMNS = {
    "id": "string",
    "source": "string",
    "title": "string",
    "published": "string",
    "language": "string",
    "error": "string",
    "score": "float64",
    "grade": "string",
    "worst": "severity",
    **dict.fromkeys(SHARES, "float64"),
    **dict.fromkeys(COUNTS, "Int64"),
    "n_findings": "Int64",
    **{"n_" + flag.replace("-", "_"): "Int64" for flag in FLAGS},
    "n_other": "Int64",
}


def check_frame(clippings: "Clippings", *, config: Config = DEFAULT, **columns: str) -> "pd.DataFrame":
    """Every finding in these clippings, a row each, in the order of the clippings and then of the text.

    clippings: a DataFrame with a row a clipping, with columns `text` or `html` and optionally `id`, `url`, `source`, `title`,
    `published`, `language`; or reports that were made before. columns: other names for these, as in
    `check_frame(df, text_column="body")`. A row without an id gets its index label.

    The columns are `FINDING_COLUMNS`, also when there is no finding: strings; `severity` an ordered categorical (note < warning
    < error); `start` and `end` in code points of the analysed text, half-open; `line` and `column` from 1; `evidence` as JSON;
    `suppressed` the kind of suppression that a report carries, missing for an open finding.
    A row that cannot be read has no finding; `summary_frame` says why. Raises UsageError for a column that does not exist.
    """
    rows: list[dict[str, Any]] = []
    for report in _reports(clippings, config, columns):
        document = report.document
        about = {"id": document.id, "source": document.source, "published": document.published, "language": report.language}
        for finding in report.to_dict()["findings"]:
            evidence = json.dumps(finding["evidence"], ensure_ascii=False, sort_keys=True)
            rows.append(about | finding | {"evidence": evidence, "suppressed": finding.get("suppressed", {}).get("kind")})
    return _frame(rows, FINDING_COLUMNS)


def summary_frame(clippings: "Clippings", *, config: Config = DEFAULT, **columns: str) -> "pd.DataFrame":
    """A row a clipping: where it came from, score and grade, signals, how many findings it has of each flag.

    clippings, columns: as for `check_frame`; to have both frames and check once, make the reports with `reports` and give
    them to both. The columns are `SUMMARY_COLUMNS`, also without clippings. `error` says why a clipping could not be read;
    its numbers are missing, as is a signal that could not be told. `n_other` counts flags that are not of the contract.
    """
    return _frame((_summary(report) for report in _reports(clippings, config, columns)), SUMMARY_COLUMNS)


def reports(clippings: "pd.DataFrame", *, config: Config = DEFAULT, **columns: str) -> Iterator[Report]:
    """The report on each row of a DataFrame, in its order; a row that cannot be read has one with `document.error` set.

    columns: as for `check_frame`.
    """
    options = _options(clippings, columns)
    used = [name for name in options.columns if name in clippings.columns]
    using = detectors_of(config)
    table = clippings[used].astype(object).where(clippings[used].notna(), None)
    for place, values in zip(table.index, table.itertuples(index=False, name=None), strict=True):
        row = dict(zip(used, values, strict=True))
        document = from_row(row, str(place), None, options)
        yield check(replace(document, error=f"row {document.error}") if document.error else document, config, using=using)


def _reports(clippings: "Clippings", config: Config, columns: dict[str, str]) -> Iterable[Report]:
    """The reports as they were given, or on the rows of a frame."""
    import pandas as pd

    if isinstance(clippings, pd.DataFrame):
        return reports(clippings, config=config, **columns)
    if columns or config != DEFAULT:
        raise UsageError("columns and config are for a DataFrame; these clippings are checked already")
    return map(_a_report, clippings)


def _a_report(given: Report) -> Report:
    """The same. Raises TypeError for anything else than a report."""
    if not isinstance(given, Report):
        raise TypeError(f"the clippings hold {str(given)[:40]!r}; give a DataFrame with a row a clipping, or reports")
    return given


def _options(clippings: "pd.DataFrame", columns: dict[str, str]) -> ReadOptions:
    """The names of the columns; those that were given must exist, and so must one with the text."""
    known = ("id", "text", "html", "url", "source", "title", "published", "language")
    for option, name in columns.items():
        if option.removesuffix("_column") not in known or not option.endswith("_column"):
            raise TypeError(f"there is no argument {option!r}; columns are named with {', '.join(k + '_column' for k in known)}")
        if name not in clippings.columns:
            raise UsageError(f"{option}: the frame has no column {name!r}; it has {', '.join(map(repr, clippings.columns))}")
    options = ReadOptions(**{option.removesuffix("_column"): name for option, name in columns.items()})
    if options.text not in clippings.columns and options.html not in clippings.columns:
        has = ", ".join(map(repr, clippings.columns)) or "none"
        raise UsageError(f"the frame has neither column {options.text!r} nor {options.html!r} (it has {has}); name one with text_column=")
    return options


def _summary(report: Report) -> dict[str, Any]:
    """The row of one report."""
    document = report.document
    row: dict[str, Any] = {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "published": document.published,
        "language": report.language,
        "error": document.error,
        "score": report.score,
        "grade": report.grade,
        "worst": None if report.worst is None else report.worst.label,
        **{name: (report.signals or {}).get(name) for name in (*SHARES, *COUNTS)},
    }
    if document.error is None:
        row |= {name: 0 for name in SUMMARY_COLUMNS if name.startswith("n_")}
        for finding in report.findings:
            row["n_findings"] += 1
            row["n_" + finding.flag.replace("-", "_") if finding.flag in FLAGS else "n_other"] += 1
    return row


def _frame(rows: Iterable[dict[str, Any]], columns: dict[str, str]) -> "pd.DataFrame":
    """A frame with exactly these columns and dtypes; what a row lacks is missing."""
    import pandas as pd

    severity = pd.CategoricalDtype(["note", "warning", "error"], ordered=True)
    # Python storage: whether pyarrow is installed must not change the dtype that others compare with.
    dtypes = {"string": pd.StringDtype("python"), "severity": severity}
    values: dict[str, list[Any]] = {name: [] for name in columns}
    for row in rows:
        for name, column in values.items():
            column.append(row.get(name))
    return pd.DataFrame({name: pd.Series(column, dtype=dtypes.get(columns[name], columns[name])) for name, column in values.items()})
