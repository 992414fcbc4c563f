"""The floors that figures on `fixtures/evaluation` may not fall below (`least`) and the ceilings for alarms and errors (`most`).

`python -m tests.floors` raises floors to what is reached now; a worse figure is lowered only where it is named:
`python -m tests.floors --lower lines.boilerplate_lines.recall`. Say in the commit why.
"""

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from credibility.evaluation.evaluate import TASKS, Evaluation, evaluate, flat

DATA = Path(__file__).parent.parent / "fixtures" / "evaluation"
FILE = DATA / "floors.json"


def floors() -> dict[str, Any]:
    """The pinned floors and ceilings, and the digest of the sets that they were taken on."""
    pinned: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return pinned


def data_of(task: str) -> Path:
    """Our labelled set for a task."""
    return DATA / ("clippings" if task == "clippings" else f"{task}.jsonl")


def digest() -> str:
    """One digest of all labelled sets."""
    sums = hashlib.sha256()
    for path in sorted(path for path in DATA.rglob("*") if path.is_file() and path != FILE):
        sums.update(path.relative_to(DATA).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return sums.hexdigest()


def figures(task: str, evaluation: Evaluation) -> dict[str, float]:
    """The figures of a task by their path; for clippings how many findings are missed and wrong. No precision counts as 0."""
    if task == "clippings":
        return {f"{task}.{kind}": len(evaluation.figures[kind]) for kind in ("missed", "wrong")}
    return {f"{task}.{path}": value for path, value in flat(evaluation.figures).items()}


def worse(found: dict[str, float], pinned: dict[str, Any]) -> dict[str, float]:
    """Those figures that are below their floor or above their ceiling; `pinned` may hold more than was measured."""
    tasks = {path.partition(".")[0] for path in found}
    least = {path: floor for path, floor in pinned["least"].items() if path.partition(".")[0] in tasks}
    low = {path: found.get(path, 0.0) for path, floor in least.items() if found.get(path, 0.0) < floor}
    return low | {path: found[path] for path, ceiling in pinned["most"].items() if path in found and found[path] > ceiling}


def renew(lower: list[str]) -> list[str]:
    """Pins better figures, and those in `lower` as they are; a line for each that changed or stays below its floor."""
    found: dict[str, float] = {}
    for task in TASKS:
        found |= figures(task, evaluate(task, data_of(task), draws=0))
    pinned, said = floors(), []
    below = worse(found, pinned)
    for kind, better in (("least", max), ("most", min)):
        for path, old in pinned[kind].items():
            now = found.get(path, 0.0)
            if path in below and path not in lower:
                said.append(f"{path} is {now}, worse than {old}: left as it is (--lower {path})")
            elif (new := now if path in lower else better(old, now)) != old:
                pinned[kind][path] = new
                said.append(f"{path}: {old} -> {new}")
    FILE.write_text(json.dumps(pinned | {"sha256": digest()}, indent=1) + "\n", encoding="utf-8")
    return said


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lower", action="append", default=[], metavar="FIGURE", help="a figure whose floor may fall")
    print("\n".join(renew(parser.parse_args().lower)) or "nothing changed")
