"""How well translations by unknown engines are told: ours against a plain n-gram model on the same folds, with 95% intervals.

    python -m tests.benchmarks.translation FILE... [--languages fr,ar] [--without msdocs,reactdocs]

FILE: what `credibility train translation` takes. Each text is judged by a model that was fitted here and now and saw nothing

- of its data set, which is a year of a shared task or an outlet of a collection: data sets are dealt into four groups, so that each has
  machine translations, originals and translations by people, and a group is left out at once. One model then judges texts of many
  kinds, as it must on sets that stay closed;
- of the engine it comes from: engines are dealt into three parts, and each part is left out with each group. One engine under
  several names counts once (`family`), since many occur in several sets: as Online-A and ONLINE-A, in several sizes (bergamot), or for
  several customers (microsoft, MS-Docs-MT). Texts by people are judged with each part;
- of the text it translates, in whatever data set.

`credibility train translation` leaves each data set out by itself, whole collections, but no engine. News pages are learned from, never
judged. The plain model is one logistic regression over the same runs of words and letters, weighed by inverse document frequency, on
all texts alike but manuals (`paired` in rules/translation_data.toml). Ours has the marks added in, as it ships. Figures are means over
the folds, which count as their machine translations; intervals are of 1,000 resamples of the documents that were written or translated,
so that translations of one text stay together. --without says them once more without some data sets, by the beginning of their name.
Takes a minute or two a language.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from credibility.training._translation_corpus import MACHINE, ORIGINAL, PAGES, TRANSLATED, Corpus, Flags, Floats, Settings, read, shipped
from credibility.training._translation_figures import area, calibrate, expected_calibration_error, logits, mark_odds, threshold
from credibility.training._translation_fit import fit, tables

GROUPS = 4  # of data sets: Arabic has machine translations in four
PARTS = 3  # of the engines: in most languages two provide a third each
SAMPLES = 1000
_SAME_ENGINE = {"ms": "microsoft", "hw": "huawei", "huaweitsc": "huawei"}
_VERSIONS = ("bergamot", "nllb", "volctrans", "ms", "hw")  # what follows the first word of these names a version


def family(system: str) -> str:
    """The engine behind the name of a system.

    >>> family("Online-A"), family("ONLINE-A"), family("bergamot-tiny"), family("NLLB_Greedy"), family("MS-Docs-MT")
    ('online-a', 'online-a', 'bergamot', 'nllb', 'microsoft')
    """
    name = system.lower()
    first = name.replace("_", "-").partition("-")[0]
    return _SAME_ENGINE.get(first, first if first in _VERSIONS else name)


def dealt(sizes: Mapping[str, int], hands: int, into: dict[str, int]) -> dict[str, int]:
    """Adds to `into` the hand of each name: the largest first, each into the hand that holds least."""
    held = [sum(size for name, size in sizes.items() if into.get(name) == hand) for hand in range(hands)]
    for name, size in sorted(sizes.items(), key=lambda found: (-found[1], found[0])):
        if name not in into:
            into[name] = min(range(hands), key=held.__getitem__)
            held[into[name]] += size
    return into


def folds(corpus: Corpus, settings: Settings) -> list[tuple[int, Flags, Flags]]:
    """The group of each fold, the texts that are learned from, and those that are judged. Only folds with machines and people."""
    labels, datasets, texts = np.array(corpus.labels), np.array(corpus.datasets), np.array(documents(corpus))
    machine, engines = labels == MACHINE, np.array([family(system) for system in corpus.systems])
    groups: dict[str, int] = {}
    for label in (MACHINE, ORIGINAL, TRANSLATED):
        dealt(Counter(datasets[(labels == label) & (datasets != PAGES)].tolist()), GROUPS, groups)
    parts = dealt(Counter(engines[machine].tolist()), PARTS, {})
    of_group, of_part = np.array([groups.get(name, -1) for name in datasets]), np.array([parts.get(name, -1) for name in engines])
    found = []
    for group, part in product(range(GROUPS), range(PARTS)):
        hidden = machine & (of_part == part)
        held = (of_group == group) & (hidden | ~machine)
        if (held & machine).any() and (held & ~machine).any():
            learned = ~corpus.of(settings.measured) & (of_group != group) & ~hidden & ~np.isin(texts, texts[held])
            found.append((group, learned, held))
    return found


def documents(corpus: Corpus) -> list[str]:
    """What each text is or translates; itself where that is not known."""
    return [source or f"row {row}" for row, source in enumerate(corpus.sources)]


def plain(cells: tuple[Any, Any], corpus: Corpus, learned: Flags, held: Flags) -> Floats:
    """The scores of the held texts by a logistic regression that knows nothing of data sets and pairs: (texts, 1)."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.linear_model import LogisticRegression

    table, machine = hstack(cells, format="csr"), np.array(corpus.labels) == MACHINE
    rarity = TfidfTransformer().fit(table[learned])
    model = LogisticRegression(C=10.0, solver="liblinear", dual=True, tol=1e-2, class_weight="balanced", random_state=0)
    model.fit(rarity.transform(table[learned]), machine[learned])
    scores: Floats = model.decision_function(rarity.transform(table[held]))[:, None]
    return scores


class Judged(NamedTuple):
    """Texts that were judged, some more than once: their rows in the corpus, and the group of data sets and the fold of each."""

    rows: NDArray[np.int64]
    group: NDArray[np.int64]
    fold: NDArray[np.int64]


def odds(columns: Floats, corpus: Corpus, judged: Judged, settings: Settings) -> Floats:
    """The logarithm of the odds of each judged text, by the calibration of the other groups."""
    usable = ~(corpus.of(settings.measured) | corpus.of(settings.paired))[judged.rows]
    scores = (columns / columns[usable].std(axis=0)).sum(axis=1)
    words, machine = np.array(corpus.n_words)[judged.rows], (np.array(corpus.labels) == MACHINE)[judged.rows]
    values = np.zeros(len(scores))
    for group in range(GROUPS):
        held = judged.group == group
        others = usable & ~held
        values[held] = logits(scores[held], words[held].tolist(), calibrate(scores[others], words[others].tolist(), machine[others]))
    return values


FIGURES = ("against originals", "against translations", "against both", "recall at 1%", "calibration error")


def figures(ranked: Floats, labels: NDArray[np.str_], fold: NDArray[np.int64]) -> list[float]:
    """FIGURES but the last: means over the folds, weighted by their machine translations."""
    total, weight = np.zeros(4), np.zeros(4)
    for one in np.unique(fold):
        values, kinds = ranked[fold == one], labels[fold == one]
        machine = kinds == MACHINE
        human = [values[kinds == ORIGINAL], values[kinds == TRANSLATED], values[~machine]]
        cut = threshold(values, [(~machine, 0.01)])
        found = [*(area(values[machine], people) for people in human), float((values[machine] > cut).mean()) if machine.any() else None]
        known = np.array([figure is not None for figure in found])
        total += machine.sum() * np.array([figure or 0.0 for figure in found])
        weight += machine.sum() * known
    means: list[float] = (total / np.maximum(weight, 1)).tolist()
    return means


def resampled(corpus: Corpus, rows: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Which of the rows count: each once, then those of SAMPLES seeded resamples of their documents."""
    yield np.arange(len(rows))
    names, document = np.unique(np.array(documents(corpus))[rows], return_inverse=True)
    rng = np.random.default_rng(0)
    for _ in range(SAMPLES):
        yield np.repeat(np.arange(len(rows)), np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))[document])


def compare(corpus: Corpus, settings: Settings, without: tuple[str, ...]) -> None:
    """Print the figures of a language, and the paired difference."""
    cells, chosen = tables(corpus), folds(corpus, settings)
    sizes = [int(held.sum()) for _, _, held in chosen]
    judged = Judged(
        np.concatenate([np.flatnonzero(held) for _, _, held in chosen]),
        np.repeat([group for group, _, _ in chosen], sizes),
        np.repeat(np.arange(len(chosen)), sizes),
    )
    ours = [fit(cells, corpus, learned, settings).scores((cells[0][held], cells[1][held])) for _, learned, held in chosen]
    theirs = [plain(cells, corpus, learned & ~corpus.of(settings.paired), held) for _, learned, held in chosen]
    values = [odds(np.concatenate(columns), corpus, judged, settings) for columns in (ours, theirs)]
    show(corpus, judged, values, settings, np.ones(len(judged.rows), bool))
    if corpus.of(without).any():
        print(f"without {', '.join(without)}:")
        show(corpus, judged, values, settings, ~corpus.of(without)[judged.rows])


def show(corpus: Corpus, judged: Judged, values: list[Floats], settings: Settings, counts: Flags) -> None:
    """Print FIGURES of the judged texts that count, for the odds of ours and of the plain model."""
    labels, fold = np.array(corpus.labels)[judged.rows], judged.fold
    usable = ~corpus.of((*settings.measured, *settings.paired))[judged.rows]
    ranked = [values[0] + mark_odds(corpus)[judged.rows], values[1]]
    said = [1 / (1 + np.exp(-one)) for one in values]
    samples = []
    for sample in resampled(corpus, judged.rows[counts]):
        rows = np.flatnonzero(counts)[sample]
        learned = rows[usable[rows]]
        errors = [expected_calibration_error(one[learned], labels[learned] == MACHINE)[0] for one in said]
        both = [[*figures(one[rows], labels[rows], fold[rows]), error] for one, error in zip(ranked, errors, strict=True)]
        samples.append([*both, [ours - theirs for ours, theirs in zip(*both, strict=True)]])
    table = np.array(samples)  # (1 + SAMPLES, three, figures)
    low, high = np.quantile(table[1:], (0.025, 0.975), axis=0)
    n = Counter(np.array(corpus.labels)[np.unique(judged.rows[counts])].tolist())
    print(f"{corpus.language}: {n[MACHINE]} by machines, {n[ORIGINAL]} originals, {n[TRANSLATED]} translations, {fold.max() + 1} folds")
    for row, name in enumerate(FIGURES):
        ours, theirs = (f"{table[0, one, row]:.3f} ({low[one, row]:.3f} to {high[one, row]:.3f})" for one in range(2))
        difference = f"{table[0, 2, row]:+.3f} ({low[2, row]:+.3f} to {high[2, row]:+.3f})"
        print(f"  {name:<20} ours {ours}  plain {theirs}  difference {difference}", flush=True)


def main() -> None:
    """Print the figures of each language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--languages", default="", help="by commas; those of the models that ship if not given")
    parser.add_argument("--without", default="", metavar="NAMES", help="data sets without which the figures are said once more, by commas")
    given = parser.parse_args()
    settings = shipped()
    languages = tuple(given.languages.split(",")) if given.languages else settings.languages
    corpora = read(given.data, languages, settings.measured)
    for language in languages:
        compare(corpora[language], settings, tuple(name for name in given.without.split(",") if name))


if __name__ == "__main__":
    main()
