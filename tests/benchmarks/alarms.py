"""Counts how many ordinary articles each rule flags: `python -m tests.benchmarks.alarms NAME=FILE... -o rules/alarms.toml`.

FILE is JSON Lines, also gzipped, of articles that nobody complained of. Their text is `gold_text`, `raw` or `text`, whichever
comes first, their language `lang`. Rows with a `label` count only where it is `human_original`, the same text only once. Rows with a
`domain` that is not news go to the set NAME-other; rows with `html` are checked a second time, as the page they were, in the set
NAME-html. They are checked as anyone's clippings are, with the language that the program tells. With --findings FILE, each
finding is written there with the words around it, to be read.
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from credibility.document import Document
from credibility.pipeline import active, check
from credibility.reading.clipping import from_html, from_text

NEWS = frozenset({"news", "wiki-news", None})
ABOUT = {
    "news": "News articles of newspapers and agencies, in the language they were written in",
    "news-other": "Manuals, reviews, theses, encyclopedia articles and transcripts, in the language they were written in",
    "pages": "The article text of news pages, blogs and forums",
    "pages-html": "The same pages as a whole, with their menus and leftovers",
}
HEAD = (
    "# How many ordinary articles each rule flags, by language; `assessed`: on how many its flag could be assessed.\n"
    "# Written by tests/benchmarks/alarms.py. Counted on articles of others; only the counts are here.\n"
)


class Counts(NamedTuple):
    """Articles by set and language, by set, flag assessed and language, by set, rule and language."""

    articles: Counter[tuple[str, str]]
    assessed: Counter[tuple[str, str, str]]
    flagged: Counter[tuple[str, str, str]]


def articles(path: Path) -> Iterator[tuple[str, str, Document]]:
    """Ending of the set's name, language and document of each article of a file."""
    seen: set[str] = set()
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            text = row.get("gold_text") or row.get("raw") or row["text"]
            if row.get("label", "human_original") != "human_original" or text in seen:
                continue
            seen.add(text)
            language = (row["lang"] or "")[:2] or "unknown"
            yield "" if row.get("domain") in NEWS else "-other", language, from_text(text)
            if row.get("html"):
                yield "-html", language, from_html(row["html"])


def count(sources: list[tuple[str, Path]], findings: TextIO | None) -> Counts:
    """Checks every article once."""
    counts = Counts(Counter(), Counter(), Counter())
    using = active()
    for name, path in sources:
        for ending, language, document in articles(path):
            report = check(document, using=using)
            here = name + ending
            counts.articles[here, language] += 1
            counts.assessed.update((here, flag, language) for flag, state in report.checks.items() if not state.startswith("not-assessed"))
            counts.flagged.update((here, rule, language) for rule in {finding.rule for finding in report.findings})
            for finding in report.findings if findings else ():
                around = document.text[max(0, finding.span.start - 80) : finding.span.end + 80]
                row = {"set": here, "language": language, "rule": finding.rule, "quote": finding.quote[:300], "around": around[:460]}
                print(json.dumps(row, ensure_ascii=False), file=findings)
    return counts


def toml(counts: Counts) -> str:
    """The counts as the file that `credibility.alarms` reads."""
    parts = [HEAD]
    for name in sorted({name for name, _ in counts.articles}):
        total = {language: n for (of, language), n in sorted(counts.articles.items()) if of == name}
        parts.append(f'\n[[set]]\nname = "{name}"\nabout = "{ABOUT.get(name, name)}"\narticles = {_inline(total)}\n')
        parts += _table(name, "assessed", counts.assessed)
        parts += _table(name, "flagged", counts.flagged)
    return "".join(parts)


def _table(name: str, title: str, counted: Counter[tuple[str, str, str]]) -> Iterator[str]:
    by_key: dict[str, dict[str, int]] = defaultdict(dict)
    for (of, key, language), n in sorted(counted.items()):
        if of == name:
            by_key[key][language] = n
    yield f"\n[set.{title}]\n"
    yield from (f'"{key}" = {_inline(languages)}\n' for key, languages in by_key.items())


def _inline(languages: dict[str, int]) -> str:
    return "{ " + ", ".join(f"{code} = {n}" for code, n in languages.items()) + " }"


def main() -> None:
    """Counts and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="NAME=FILE")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--findings", type=Path)
    given = parser.parse_args()
    sources = [(name, Path(path)) for name, _, path in (source.partition("=") for source in given.sources)]
    if given.findings is None:
        counts = count(sources, None)
    else:
        with given.findings.open("w", encoding="utf-8") as findings:
            counts = count(sources, findings)
    given.output.write_text(toml(counts), encoding="utf-8")


if __name__ == "__main__":
    main()
