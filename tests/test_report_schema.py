"""The JSON Schema that ships with the package: printed, valid, and kept by every report."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from credibility.cli import main
from credibility.report import Report
from tests.goldens import clippings, golden
from tests.writing import reports, written

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "credibility" / "report.schema.json").read_text(encoding="utf-8"))


def test_schema_is_printed_and_valid() -> None:
    """The command prints the file that ships with the package."""
    assert json.loads(CliRunner().invoke(main, ["schema"]).output) == SCHEMA
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def _closed(schema: object) -> object:
    """The schema without room for fields that it does not name: ours are all in it."""
    if isinstance(schema, dict):
        closed = {key: _closed(value) for key, value in schema.items()}
        return closed | {"additionalProperties": False} if "properties" in schema and "additionalProperties" not in schema else closed
    return [_closed(part) for part in schema] if isinstance(schema, list) else schema


CLOSED = jsonschema.Draft202012Validator(_closed(SCHEMA))  # type: ignore[arg-type]


@pytest.mark.parametrize("clipping", clippings(), ids=lambda path: path.name)
def test_golden_reports_keep_the_schema(clipping: Path) -> None:
    """Every field is named in it."""
    CLOSED.validate(json.loads(golden(clipping).read_text(encoding="utf-8")))


@settings(max_examples=30, deadline=None)
@given(reports())
def test_any_report_keeps_the_schema(report: Report) -> None:
    """With the text and without it, whatever the clipping holds."""
    for include_text in (True, False):
        CLOSED.validate(json.loads(written("jsonl", report, include_text=include_text)))


def test_unreadable_and_unscored_reports_keep_the_schema() -> None:
    """An error, a row, a text without a word."""
    result = CliRunner().invoke(main, ["check", "--format", "jsonl", "-"], input='{"id": "x", "text": "…"}\n{broken\n')
    for line in result.stdout.splitlines():
        CLOSED.validate(json.loads(line))
        assert json.loads(line)["file_line"] in (1, 2)
