"""The page docs/output-formats.md: each format with what it is for and an example that the command itself makes."""

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner

from credibility.cli import main
from credibility.writers import formats

_PORT = "Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le vieux port depuis mars."
_MARKET = "Le marché a rouvert lundi, a annoncé la mairie."
_ROWS = ({"id": "agency-1", "text": _MARKET}, {"id": "agency-2", "text": "Selon les chiffres disponibles, le pont ferme lundi."})
FILES = {
    "wire/port.txt": f"Le vieux port rouvre\n\n{_PORT}\n",
    "wire/page.html": f"<html lang=fr><h1>Le marché</h1><p>{_MARKET} {{{{ banner }}}}</p></html>\n",
    "feed.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _ROWS),
}
# What a format is for, and more for who uses it.
ABOUT = {
    "console": "For a person at a terminal; the default. Colours on a terminal only. `--quiet` leaves out clean clippings and the\n"
    "summary, `--verbose` adds what each finding rests on and why its rule is there, `--statistics` counts by rule,\n"
    "`--explain-score` shows every lost point with the findings that took it.",
    "html": "For editors: one page to read, print or mail, with each flag on its words. It loads nothing and runs nothing.\n"
    "See [the picture](images/report.png).",
    "json": "For programs that read a whole file at once: an array of the objects that `jsonl` writes, an object a line.",
    "jsonl": "For pipelines and dashboards: one object a clipping, a line each, flushed as it is made. `credibility schema` prints\n"
    "its JSON Schema; `--include text` adds the analysed text and its blocks. Here on several lines, to be read:",
    "csv": "For spreadsheets: a row a finding; a clipping without findings has one row. What a spreadsheet would take for a formula\n"
    "starts with an apostrophe, and what cannot be seen is named.",
    "markdown": "For issues, pull requests and wikis; nothing of a clipping becomes markup, a link or a mention there.",
    "sarif": "SARIF 2.1.0 for GitHub code scanning (`github/codeql-action/upload-sarif`), Azure DevOps and editors, with the rules and\n"
    "their help. `partialFingerprints` tell a finding again after edits elsewhere in its file. GitHub takes 25,000 results and shows\n"
    "5,000. Suppressed and known findings are there with `suppressions`. Here one of its results, on several lines:",
    "junit": "JUnit XML for Jenkins, GitLab, Azure and CircleCI: a suite a file, a case a clipping. A case fails on an open finding at\n"
    "or above `--fail-on` and on a score below `--min-score`; everything else stands in its output.",
    "github": "Annotations of a GitHub Actions step. GitHub shows ten errors, ten warnings and ten notices of a step (notes\n"
    "are notices there); for more take `sarif`. Suppressed and known findings are left out here and in the next two formats.",
    "gitlab": "GitLab's code quality report: `artifacts: reports: codequality: gl-code-quality-report.json`.\n"
    "Errors are `critical` there, warnings `major`, notes `info`, and a clipping that could not be read is a `blocker`.",
    "checkstyle": "Checkstyle's XML for Jenkins (warnings-ng), reviewdog, SonarQube and most review tools. Notes are `info` there.",
}
ORDER = ("console", "html", "json", "jsonl", "csv", "markdown", "sarif", "junit", "github", "gitlab", "checkstyle")
INTRODUCTION = """# Output formats

`credibility check --format FORMAT` writes to standard output, `--format FORMAT:FILE` to a file. Given several times, one run
writes several formats, each report made once:

```sh
credibility check --format console --format sarif:out.sarif --format junit:out.xml wire/
```

Formats write as clippings are read, except where a summary comes first (`html`, `markdown`), and take no more memory for more
clippings. The same clippings give the same bytes, whatever `--jobs` says: [stability](stability.md). A report that is written
into a folder that is checked is no clipping of its own run; to later runs it is one, unless `exclude` names it.

Whatever the format, a clipping is hostile: nothing in it ends a command, a cell, an element or a string, colours a terminal,
turns the words around, or commands the log of a CI system (`::stop-commands::`, `##[error]`).

## Where a finding stands

`line` and `column` count from 1, in code points of the analysed text. For `.txt` and `.md` files that is the place in the file.
Of a page, a packed file or a row of a table the analysed text is not what stands in the file. There the formats for CI
(`sarif`, `junit`, `github`, `gitlab`, `checkstyle`) name the line where the row begins, of an `.html` file the line of its
markup where the paragraph does, else line 1, which every file has; the message says in which line of the text the words are.
Where the markup spells a paragraph otherwise (`&eacute;`), the line is that of a paragraph before it. Paths are relative to the
working directory if they lie below it: run the check from the top of the repository, so that GitHub and GitLab find the files.

The examples below are the output of

```sh
credibility check --format FORMAT wire/ feed.jsonl
```
"""


def page() -> str:
    """The whole page."""
    assert set(ORDER) == set(ABOUT) == set(formats())
    with tempfile.TemporaryDirectory() as name, chdir(name), patch.dict(os.environ, {"COLUMNS": "80"}):
        for file, text in FILES.items():
            Path(file).parent.mkdir(exist_ok=True)
            Path(file).write_text(text, encoding="utf-8")
        return INTRODUCTION + "".join(part for form in ORDER for part in _section(form))


def _section(form: str) -> Iterator[str]:
    yield f"\n## {form}\n\n{ABOUT[form]}\n"
    if form == "html":
        return
    result = CliRunner().invoke(main, ["check", "--isolated", "--format", form, "--fail-on", "never", "wire", "feed.jsonl"])
    assert result.exit_code == 0, result.output
    language = {"junit": "xml", "checkstyle": "xml", "json": "json", "jsonl": "json", "sarif": "json", "gitlab": "json"}.get(form, "text")
    yield f"\n```{language}\n{_shown(form, result.stdout)}\n```\n"


def _shown(form: str, out: str) -> str:
    """The output as it stands on the page: of long ones a part."""
    if form == "json":
        return "\n".join(_cut(out.splitlines(), 160))
    if form == "jsonl":
        return _readable(json.loads(out.splitlines()[-1]))
    if form == "sarif":
        return _readable(json.loads(out)["runs"][0]["results"][-1])
    return "\n".join(_cut(out.splitlines(), 240))


def _cut(lines: Sequence[str], longest: int) -> Iterator[str]:
    yield from (line if len(line) <= longest else line[:longest] + " …" for line in lines)


def _readable(value: Any) -> str:
    """JSON on several lines, numbers with two places: later ones differ between processors."""
    return json.dumps(_rounded(value), indent=1, ensure_ascii=False)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, 2) if isinstance(value, float) else value
