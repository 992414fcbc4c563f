"""How well figures and their sources are told: our labels of news articles, in the parts that rules were mended on and the one unread.

    python -m tests.benchmarks.figures ARTICLES.jsonl.gz PAGES.jsonl.gz ... [--write FOLDER]

ARTICLES: rows with `raw` or `text`; PAGES: rows with `gold_text`; both with `dataset` and `lang`. fixtures/figures.csv holds, for each
labelled figure, the digest of its document, where it and the words that name its source stand in it, its label (s sourced, v vague,
u unsourced) and what the label rests on; a document without a figure has one row. No text is kept. Articles were drawn by chance from
those of 700 to 3,200 characters with numbers in them; each was labelled by one reader who did not see what is found. 36 were labelled
twice: spans agree at F1 .99, labels on 75 of 77, sources on 33 of 40. On part `read` errors were read and mended, on `unread` none;
`excerpts` are of older test sets. The model of what continues an account learns from the first two; here each article is judged by one
that did not learn from it or from a translation of it. `--write` gives each part as a file that `credibility evaluate statistics` and
`credibility.training.continuation` read.
"""

import argparse
import csv
import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from credibility.training.continuation import Examples, examples, figures_held_out, held_out

LABELS = Path(__file__).parents[2] / "fixtures" / "figures.csv"
EXCERPTS = "excerpts"
_NAMES = {"s": "sourced", "v": "vague", "u": "unsourced"}


def digest(text: str) -> str:
    """Twelve hex digits that name a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def labels() -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """document → its part, and its figures as `credibility evaluate` wants them."""
    found: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    with LABELS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            _, figures = found.setdefault(row["document"], (row["part"], []))
            if row["label"]:
                source = {"start": int(row["source_start"]), "end": int(row["source_end"])} if row["source_start"] else None
                figures.append(
                    {
                        "start": int(row["start"]),
                        "end": int(row["end"]),
                        "label": _NAMES[row["label"]],
                        "source_span": source,
                        "tags": row["tags"].split(),
                    }
                )
    return found


def labelled(paths: Sequence[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Part and labelled row of every article of the files that has labels, each once."""
    wanted = labels()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                text = (row.get("raw") or row.get("gold_text") or row.get("text") or "").strip()
                if known := wanted.pop(digest(text), None):
                    part, figures = known
                    kept = {name: row.get(name) for name in ("id", "lang", "dataset", "doc")}
                    yield part, {**kept, "text": text, "statistics": figures}


def _taught(rows: Sequence[dict[str, Any]], parts: Sequence[str]) -> Examples:
    """The open figures of all articles, of which those in excerpts teach nothing."""
    found = examples(rows)
    return replace(found, trains=found.trains & (np.array(parts)[found.article] != EXCERPTS))


def main() -> None:
    """Print the figures of `credibility evaluate statistics` for each part, or write the parts as files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the labelled articles there, a file for each part")
    given = parser.parse_args()
    parts, rows = zip(*labelled(given.data), strict=True)
    told_by = {} if given.write else held_out(_taught(rows, parts))[1]
    for part in sorted(set(parts)):
        wanted = [number for number, of in enumerate(parts) if of == part]
        if given.write:
            given.write.mkdir(parents=True, exist_ok=True)
            lines = (json.dumps(rows[number], ensure_ascii=False) + "\n" for number in wanted)
            (given.write / f"{part}.jsonl").write_text("".join(lines), encoding="utf-8")
            continue
        print(f"{part}: {len(wanted)} articles, {sum(len(rows[number]['statistics']) for number in wanted)} figures")
        for scope, figures in figures_held_out(rows, told_by, wanted).items():
            if isinstance(figures, dict):
                print(f"   {scope}: {json.dumps(figures)}")


if __name__ == "__main__":
    main()
