"""The golden reports of `fixtures/clippings`: `<name>.report.json` beside each clipping; and one run in each format that CI
systems read, in `fixtures/formats`. Renewed by `make goldens`.

Read the difference before you commit it: every line of it is something that users will see.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from credibility.config import Config
from credibility.document import Document, Span, Suppression
from credibility.pipeline import check
from credibility.reading.read import ReadOptions, read_paths
from credibility.report import Report
from tests.writing import on, report_of, written

ROOT = Path(__file__).parent.parent
CLIPPINGS = ROOT / "fixtures" / "clippings"
ENDING = ".report.json"
FORMATS = ROOT / "fixtures" / "formats"
CI_FORMATS = {
    "sarif": "run.sarif",
    "junit": "junit.xml",
    "github": "github.txt",
    "gitlab": "gl-code-quality-report.json",
    "checkstyle": "checkstyle.xml",
}


def clippings() -> list[Path]:
    """The clippings, in name order."""
    return sorted(path for path in CLIPPINGS.iterdir() if path.is_file() and not path.name.endswith(ENDING))


def golden(clipping: Path) -> Path:
    """Where the golden report of a clipping is."""
    return clipping.with_name(clipping.name + ENDING)


def report_text(clipping: Path) -> str:
    """The report on a clipping as it stands in the golden file: the contract's JSON, with the text and its blocks.

    The path in it is the file's name, so that it does not depend on where the checkout is, and numbers have two places, so that
    it does not depend on the order in which a processor adds.
    """
    (document,) = read_paths([str(clipping)], ReadOptions())
    data = check(document).to_dict(include_text=True) | {"path": clipping.name, "id": clipping.name}
    return json.dumps(_rounded(data), ensure_ascii=False, indent=1) + "\n"


def _rounded(value: Any) -> Any:
    """The same JSON with every fraction at two places."""
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, 2) if isinstance(value, float) else value


def run() -> list[Report]:
    """A run made by hand, so that no detector changes it: a text, a page, two rows of one file, one clipping unread."""
    text = "Le port\n\nLe port rouvre lundi.\nMarché \x07 aux\r\npoissons. Marché \x07 aux\r\npoissons, « 12 % » <b>.\n"
    words = "Marché \x07 aux\r\npoissons"
    accepted = Suppression("suppression", "headline repeated on purpose", "M. Corvin", "2030-12-31")
    first = on(text, words, "encoding.control", "warning", characters="U+0007")
    again = replace(first, span=Span(text.rindex(words), text.rindex(words) + len(words)))
    repeated = replace(on(text, "Le port rouvre", "repetition.headline", "error"), suppressed=accepted)
    page = "Accueil | Météo\nLe marché [rouvre](x), dit 50 % du port."
    row = "La criée ferme\nà midi."
    return [
        report_of(text, [first, again, repeated], id="clippings/port.txt", path="clippings/port.txt"),
        report_of(page, [on(page, "[rouvre](x)", "encoding.control", "error")], id="clippings/a b,c.html", path="clippings/a b,c.html"),
        report_of(row, [on(row, "midi", "repetition.headline", "note")], id="criee-1", path="feed.jsonl", file_line=7),
        report_of(row, id="criee-2", path="feed.jsonl", file_line=8),
        Report(Document(id="feed.jsonl:9", text="", path="feed.jsonl", file_line=9, error="feed.jsonl:9: is no JSON")),
    ]


def format_text(form: str) -> str:
    """That run in a format."""
    return written(form, *run(), config=Config(select=("encoding.control", "repetition.headline")))


def renew() -> list[str]:
    """Writes every golden file anew and removes reports without a clipping; the names of the files that changed."""
    changed = []
    wanted = {golden(clipping): report_text(clipping) for clipping in clippings()}
    wanted |= {FORMATS / name: format_text(form) for form, name in CI_FORMATS.items()}
    for path, text in wanted.items():
        if not path.exists() or path.read_bytes() != text.encode():
            path.write_bytes(text.encode())
            changed.append(path.name)
    for path in CLIPPINGS.glob("*" + ENDING):
        if path not in wanted:
            path.unlink()
            changed.append(path.name)
    return changed


if __name__ == "__main__":
    print("\n".join(renew()) or "nothing changed")
