"""The golden reports of `fixtures/clippings`: `<name>.report.json` beside each clipping. Renewed by `make goldens`.

Read the difference before you commit it: every line of it is something that users will see.
"""

import json
from pathlib import Path
from typing import Any

from credibility.pipeline import check
from credibility.reading.read import ReadOptions, read_paths

ROOT = Path(__file__).parent.parent
CLIPPINGS = ROOT / "fixtures" / "clippings"
ENDING = ".report.json"


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


def renew() -> list[str]:
    """Writes every golden report anew and removes those without a clipping; the names of the files that changed."""
    changed = []
    wanted = {golden(clipping): report_text(clipping) for clipping in clippings()}
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path.name)
    for path in CLIPPINGS.glob("*" + ENDING):
        if path not in wanted:
            path.unlink()
            changed.append(path.name)
    return changed


if __name__ == "__main__":
    print("\n".join(renew()) or "nothing changed")
