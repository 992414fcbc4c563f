"""The page docs/comparison.md, made from docs/comparison.toml: what people know from other linters, and where it is here."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

OTHERS = {"ruff": "ruff", "eslint": "ESLint", "semgrep": "Semgrep", "vale": "Vale"}
SOURCE = Path(__file__).parent / "comparison.toml"
INTRODUCTION = """# What you know from other linters

Feature by feature, beside ruff, ESLint, Semgrep (the free edition) and Vale, the linter for prose. The cells of the others lead
to the page that they were read on; *no* and *not told* mean that we found no word of it there. Every cell of ours is covered by
tests, which the source of this table, [comparison.toml](comparison.toml), names; a test checks that they and the options exist.
"""


def table() -> dict[str, Any]:
    """The source: `pages` and `row`."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def page() -> str:
    """The page, a table for each group of rows."""
    source = table()
    parts, group = [INTRODUCTION], ""
    for row in source["row"]:
        if row["group"] != group:
            group = row["group"]
            parts.append(f"\n## {group}\n\n| | credibility | {' | '.join(OTHERS.values())} |\n|---|---|---|---|---|---|\n")
        cells = [row["feature"], row["ours"], *(_linked(row[name], source["pages"]) for name in OTHERS)]
        parts.append(f"| {' | '.join(cells)} |\n")
    return "".join(parts)


def _linked(cell: str, pages: Mapping[str, str]) -> str:
    """'text @page' as a link to that page."""
    text, _, name = cell.rpartition(" @")
    return f"[{text}]({pages[name]})"
