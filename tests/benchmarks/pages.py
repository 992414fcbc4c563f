"""The article of a page: ours against trafilatura on the same pages, token F1 with a paired 95% interval.

    python tests/benchmarks/pages.py PAGES.jsonl.gz [--limit N] [--held-out FOLD]

PAGES: rows with `html`, `gold_text` and `lang`. --held-out: judges the pages of one fold of sites with a model that is trained
here and now on texts and pages of the other sites, which takes minutes (the other files of the folder of PAGES are its texts);
without it the shipped model judges, and has the advantage of having seen those of the sites that are on its card.
Needs trafilatura, which the extra `peers` brings.
"""

import argparse
import gzip
import json
import random
import statistics
import time
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from credibility.layout.model import LayoutModel, layout_model, load_model
from credibility.layout.roles import judged, roles_of
from credibility.reading.clipping import from_html
from credibility.segment import Article
from credibility.training.layout import bag, folds_of, learn, prepare, read_samples


def f1(said: str, gold: str) -> float:
    """F1 of two bags of words."""
    one, other = bag(said), bag(gold)
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def ours(html: str, model: LayoutModel) -> str:
    """The main blocks, a line each."""
    article = Article(from_html(html))
    if not article.blocks:
        return ""
    roles = roles_of(article, *judged(article, model))
    return "\n".join(article.text[r.span.start : r.span.end] for r in roles if r.role == "main")


def theirs(html: str) -> str:
    """What trafilatura extracts with precision preferred, comments left out."""
    import trafilatura

    return trafilatura.extract(html, favor_precision=True, include_comments=False) or ""


def held_out_model(folder: Path, fold: int) -> LayoutModel:
    """A model that saw no page of this fold's sites."""
    samples = (sample for sample in read_samples([folder]) if sample.learned and folds_of(sample.site)[0] != fold)
    with TemporaryDirectory() as place:
        weights = Path(place) / "weights.npz"
        np.savez(weights, **learn(prepare(samples)))  # type: ignore[arg-type]
        return load_model(weights)


def interval(differences: list[float]) -> tuple[float, float]:
    """The middle 95% of the mean under resampling of pages, 2,000 times, seeded."""
    values = np.array(differences)
    rng = np.random.default_rng(0)
    means = np.sort([values[rng.integers(0, len(values), len(values))].mean() for _ in range(2000)])
    return float(means[50]), float(means[1949])


def main() -> None:
    """Print the figures by language and the interval."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--limit", type=int, help="a seeded sample of so many pages")
    parser.add_argument("--held-out", type=int, metavar="FOLD", help="0 to 4")
    given = parser.parse_args()
    with gzip.open(given.pages, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    model = layout_model()
    if given.held_out is not None:
        rows = [row for row in rows if folds_of(row["site"])[0] == given.held_out]
        model = held_out_model(given.pages.parent, given.held_out)
    if given.limit and given.limit < len(rows):
        rows = random.Random(0).sample(rows, given.limit)
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    seconds = {"ours": 0.0, "theirs": 0.0}
    empty = {"ours": 0, "theirs": 0}
    for row in rows:
        pair = []
        for name, extract in (("ours", lambda html: ours(html, model)), ("theirs", theirs)):
            started = time.process_time()
            said = extract(row["html"])
            seconds[name] += time.process_time() - started
            empty[name] += not said.strip()
            pair.append(f1(said, row["gold_text"]))
        for scope in ("all", row["lang"]):
            scores[scope].append((pair[0], pair[1]))
    for scope, pairs in sorted(scores.items(), key=lambda item: -len(item[1])):
        means = [statistics.fmean(values) for values in zip(*pairs, strict=True)]
        print(f"{scope:>4} {len(pairs):5} pages: ours {means[0]:.4f}, trafilatura {means[1]:.4f}")
    low, high = interval([a - b for a, b in scores["all"]])
    print(f"difference, paired, 95%: {low:+.4f} to {high:+.4f}")
    for name in seconds:
        print(f"{name}: {len(rows) / max(1e-9, seconds[name]):.1f} pages a CPU second, {empty[name]} empty")


if __name__ == "__main__":
    main()
