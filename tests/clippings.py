"""Short clippings whose findings are known, and calls of the command on them, for the tests of what decides over a run."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from credibility.cli import main

CLIPPINGS = Path(__file__).parent.parent / "fixtures" / "clippings"
VAGUE = "Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le vieux port depuis le mois de mars.\n"
DECLARED = "Cet article a été traduit automatiquement. Le vieux port est fermé depuis le mois de mars et les pêcheurs attendent.\n"
GOOD = "Le vieux port a rouvert lundi, a annoncé la mairie. Les bateaux sortent de nouveau et les pêcheurs sont contents.\n"


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    """One call of the command in this process."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def check(*arguments: str | Path, stdin: str | None = None) -> tuple[int, list[dict[str, Any]], list[str]]:
    """Exit status, reports and the lines on standard error."""
    result = run("check", "--format", "jsonl", *arguments, stdin=stdin)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr.splitlines()


def rules_of(report: dict[str, Any], kind: str | None = None) -> list[str]:
    """The rules of the findings that are open, or suppressed in this way."""
    return [f["rule"] for f in report["findings"] if f.get("suppressed", {}).get("kind") == kind]


def put(folder: Path, **texts: str) -> None:
    """Files below a folder; in a name, '__' stands for '/' and the last '_' for '.'."""
    for name, text in texts.items():
        stem, _, ending = name.replace("__", "/").rpartition("_")
        path = folder / f"{stem}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
