"""How often each machine-translation rule fires on labelled texts: `python tests/benchmarks/artefact_rates.py FILE...`.

FILE is JSON Lines (also gzipped) with `text` or `raw`, `lang` and `label` (`human_original`, `human_translation`, `machine`),
or news pages with `lines` (each `text` and `label` main or boilerplate), whose main lines count as human originals. Prints,
for each rule and language, documents with a finding of severity warning or more, in each class, and the rate in 1,000.
A rule stays only at 2 in 1,000 human texts or fewer.
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from credibility.detectors.machine_translation import DETECTOR
from credibility.detectors.phrases import Phrases
from credibility.document import Document, Severity
from credibility.segment import Article


def texts(path: Path, column: str) -> Iterator[tuple[str, str, str]]:
    """Language, label and text of each row."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if "lines" in row:
                main = "\n".join(line["text"] for line in row["lines"] if line["label"] == "main")
                yield (row["lang"] or "")[:2], "human_original", main
            else:
                yield row["lang"], row.get("label", "human_original"), row.get(column) or row["text"]


def fired(text: str, language: str) -> set[str]:
    """The machine-translation rules with a finding of severity warning or more."""
    article = Article(Document(id="text", text=text), language=language)
    found = [*DETECTOR.detect(article), *Phrases().detect(article)]
    return {f.rule for f in found if f.flag == "machine-translation" and f.severity >= Severity.WARNING}


def main() -> None:
    """Counts and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--column", default="raw", help="the column of the text; `text` where it is missing")
    parser.add_argument("--languages", default="fr,ar,en,es,de,ru")
    given = parser.parse_args()
    wanted = set(given.languages.split(","))
    documents: Counter[tuple[str, str]] = Counter()
    hits: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for path in given.files:
        for language, label, text in texts(path, given.column):
            if language in wanted:
                documents[language, label] += 1
                for rule in (found := fired(text, language)) | ({"any of these"} if found else set()):
                    hits[rule][language, label] += 1
    labels = sorted({label for _, label in documents})
    print("rule\tlanguage\t" + "\t".join(f"{label}: hits of texts, in 1,000" for label in labels))
    for rule in sorted(hits):
        for language in (*sorted(wanted), "all"):
            cells = []
            for label in labels:
                chosen = sorted(wanted) if language == "all" else [language]
                n, of = sum(hits[rule][c, label] for c in chosen), sum(documents[c, label] for c in chosen)
                cells.append(f"{n} of {of}, {1000 * n / of:.1f}" if of else "-")
            print(f"{rule}\t{language}\t" + "\t".join(cells))


if __name__ == "__main__":
    main()
