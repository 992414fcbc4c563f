"""How many blocks get the right kind: our labels of 1,793 lines against the kinds of today.

    python -m tests.benchmarks.kinds PAGES.jsonl.gz [CLIPS.jsonl.gz]

PAGES: rows with `id` and `html`; CLIPS: rows with `id` and `lines`. fixtures/kinds.csv holds, for each labelled line,
the digests of its document and of its words, which of several equal lines of the document it is, its sample, and the kinds that
it may have (the best first, where a careful reader may choose). One person labelled them from the line, its neighbours and its
class names, without seeing the kind that was found. Lines were drawn evenly over kinds found and languages, two or three a
document. The rules for kinds were adjusted on sample 1 (drawn by an older version), then on 2, then on 3; each sample holds
documents that none before it did, and 3 and 4 were measured before anything was changed on them.
"""

import argparse
import csv
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from credibility.document import Document
from credibility.layout.cues import KINDS
from credibility.layout.roles import block_roles
from credibility.reading.clipping import from_html, from_text
from credibility.segment import Article

LABELS = Path(__file__).parents[2] / "fixtures" / "kinds.csv"
Label = tuple[int, list[str]]  # sample and kinds


def digest(*parts: str) -> str:
    """Twelve hex digits that name a document (what it is, and its id) or a line."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def labels() -> dict[str, dict[tuple[str, int], Label]]:
    """document → (line, nth) → sample and kinds."""
    found: dict[str, dict[tuple[str, int], Label]] = defaultdict(dict)
    with LABELS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["document"]][row["line"], int(row["nth"])] = (int(row["sample"]), row["kinds"].split())
    return found


def documents(path: Path, wanted: set[str]) -> Iterator[tuple[str, Document]]:
    """The labelled documents of a file with their digests: pages, or texts of lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            key = digest("page" if "html" in row else "clip", row["id"])
            if key in wanted:
                text = "" if "html" in row else "\n".join(line["text"] for line in row["lines"])
                yield key, from_html(row["html"]) if "html" in row else from_text(text)


def main() -> None:
    """Print, for each sample, the share of right kinds over all lines, and by the kind that was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+")
    known = labels()
    right: dict[int, Counter[str]] = defaultdict(Counter)
    total: dict[int, Counter[str]] = defaultdict(Counter)
    other_role = Counter[int]()
    for path in parser.parse_args().data:
        for key, document in documents(path, set(known)):
            article = Article(document)
            seen = Counter[str]()
            for role in article.layer(block_roles):
                line = digest(" ".join(article.text[role.span.start : role.span.end].split()))
                label = known[key].get((line, seen[line]))
                seen[line] += 1
                if label is None:
                    continue
                sample, kinds = label
                if (role.role == "boilerplate") != (kinds[0] in KINDS):
                    other_role[sample] += 1
                    continue
                total[sample][role.kind] += 1
                right[sample][role.kind] += role.kind in kinds
    for sample in sorted(total):
        lines = total[sample].total()
        print(f"sample {sample}: right on {right[sample].total() / lines:.3f} of {lines} lines ({other_role[sample]} got the other role)")
        print("   " + ", ".join(f"{kind} {right[sample][kind]}/{count}" for kind, count in sorted(total[sample].items())))


if __name__ == "__main__":
    main()
