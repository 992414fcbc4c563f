"""The article of a page: ours against trafilatura on the same pages, token F1 with a paired 95% interval.

    python -m tests.benchmarks.pages PAGES.jsonl.gz [--limit N] [--held-out] [--without fr,ar,fa]

PAGES: rows with `id`, `html`, `gold_text`, `site`, `dataset` and `lang`. --held-out: each page is judged by a model that is trained
here and now on the pages of the other folds of sites, at the limit that did best on those, which takes minutes; without it the
shipped model judges, and has the advantage of having seen those of the sites that are on its card. --without: pages of these
languages are judged by a model that saw none of any of them, and by one that saw those of other sites; what is lost is printed.
Only the comparison needs trafilatura, which the extra `peers` brings.
"""

import argparse
import gzip
import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from credibility.layout.model import layout_model
from credibility.layout.roles import judged, roles_of
from credibility.reading.clipping import from_html
from credibility.segment import Article
from credibility.training._layout_figures import LIMITS, bag, tally
from credibility.training._layout_samples import Prepared, prepare, read_samples
from credibility.training.layout import Teacher, crossvalidate, judge, learn_trees, limited


def f1(said: str, gold: str) -> float:
    """F1 of two bags of words."""
    one, other = bag(said), bag(gold)
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def ours(html: str) -> str:
    """The main blocks as the shipped model sees them, a line each."""
    article = Article(from_html(html))
    if not article.blocks:
        return ""
    roles = roles_of(article, *judged(article, layout_model()))
    return "\n".join(article.text[r.span.start : r.span.end] for r in roles if r.role == "main")


def theirs(html: str) -> str:
    """What trafilatura extracts with precision preferred, comments left out."""
    import trafilatura

    return trafilatura.extract(html, favor_precision=True, include_comments=False) or ""


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """The middle 95% of the mean under resampling of pages, 2,000 times, seeded."""
    values = np.array(differences)
    rng = np.random.default_rng(0)
    means = np.sort([values[rng.integers(0, len(values), len(values))].mean() for _ in range(2000)])
    return float(means[50]), float(means[1949])


def compare(rows: Sequence[dict[str, str]], held_out: dict[str, tuple[float, float]] | None) -> None:
    """Print figures by language and the interval. held_out: token F1 and whether nothing is left, by id; None for the shipped model."""
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    seconds = {"ours": 0.0, "theirs": 0.0}
    empty = {"ours": 0, "theirs": 0}
    for row in rows:
        started = time.process_time()
        extracted = theirs(row["html"])
        between = time.process_time()
        mine, nothing = held_out[row["id"]] if held_out else (f1(said := ours(row["html"]), row["gold_text"]), not said.strip())
        seconds["theirs"] += between - started
        seconds["ours"] += time.process_time() - between
        empty["ours"] += bool(nothing)
        empty["theirs"] += not extracted.strip()
        for scope in ("all", row["lang"]):
            scores[scope].append((mine, f1(extracted, row["gold_text"])))
    for scope, pairs in sorted(scores.items(), key=lambda item: -len(item[1])):
        means = [statistics.fmean(values) for values in zip(*pairs, strict=True)]
        print(f"{scope:>4} {len(pairs):5} pages: ours {means[0]:.4f}, trafilatura {means[1]:.4f}")
    low, high = interval([a - b for a, b in scores["all"]])
    print(f"difference, paired, 95%: {low:+.4f} to {high:+.4f}")
    for name in seconds:
        speed = "" if held_out else f"{len(rows) / max(1e-9, seconds[name]):.1f} pages a CPU second, "
        print(f"{name}: {speed}{empty[name]} empty")


def lost(prepared: Sequence[Prepared], limit: float, held_out: dict[str, tuple[float, float]], without: Sequence[str]) -> None:
    """Print what pages of languages lose where all pages of these languages are absent from training."""
    given = [p for p in prepared if p.sample.learned and p.sample.language not in without]
    teacher = Teacher(given)
    model = learn_trees(given, teacher)
    differences = []
    for language in without:
        pairs = []
        for p in prepared:
            if p.sample.language == language:
                absent = tally(p, judge(p, teacher.without(), model)).counts[LIMITS.index(limit), 0]
                pairs.append((held_out[p.sample.article.document.id][0], float(absent)))
        differences += [b - a for a, b in pairs]
        if pairs:
            means = [statistics.fmean(values) for values in zip(*pairs, strict=True)]
            print(f"{language:>4} {len(pairs):5} pages: with its pages {means[0]:.4f}, without {means[1]:.4f}")
    print(f"together {statistics.fmean(differences):+.4f}, 95%: {interval(differences)}")


def main() -> None:
    """Print the figures by language and the interval."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--limit", type=int, help="a seeded sample of so many pages")
    parser.add_argument("--held-out", action="store_true", help="judge each page by a model that saw no page of its site")
    parser.add_argument("--without", default="", metavar="LANGUAGES", help="codes with commas between them")
    given = parser.parse_args()
    with gzip.open(given.pages, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    if given.limit and given.limit < len(rows):
        rows = random.Random(0).sample(rows, given.limit)
    if not (given.held_out or given.without):
        return compare(rows, None)
    prepared = prepare(read_samples([given.pages]))
    teacher = Teacher([p for p in prepared if p.sample.learned])
    chosen, limit = limited(prepared, crossvalidate(prepared, teacher, print))
    held_out = {one.sample.article.document.id: (one.counts[row, 0], one.counts[row, 1]) for one, row in chosen}
    if given.without:
        lost(prepared, limit, held_out, given.without.split(","))
    if given.held_out:
        compare(rows, held_out)
    return None


if __name__ == "__main__":
    main()
