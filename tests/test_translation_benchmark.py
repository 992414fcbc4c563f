"""The folds of `tests.benchmarks.translation`: nothing of a judged text was learned, and every text is judged."""

import numpy as np
import pytest

from credibility.training._translation_corpus import PAGES, Corpus, Settings
from tests.benchmarks.translation import dealt, documents, family, figures, folds, resampled

SETTINGS = Settings(measured=("closed",), paired=("manual",))
YEARS = (20, 21, 22, 23)
# Label, data set, system, text that is translated.
ROWS = [
    *(("machine", f"shared{year}", system, f"{year} {n}") for year in YEARS for n in range(4) for system in ("Online-A", "NLLB-1", "own")),
    *(("human_translation", f"shared{year}", "refA", f"{year} {n}") for year in YEARS for n in range(4)),
    *(("machine", "manual-a", "MS-Docs-MT", f"manual {n}") for n in range(3)),
    *(("machine", "fx-talks", "microsoft", f"talk {n}") for n in range(3)),
    ("machine", "fx-talks", "nllb", "21 1"),  # the text of another set
    *(("human_original", f"paper-{outlet}", "src", f"{outlet} {n}") for outlet in "abcd" for n in range(6)),
    *(("human_original", "closed-x", "src", f"closed {n}") for n in range(6)),
    ("human_original", PAGES, "", ""),
]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """One short text for each of ROWS."""
    made = Corpus("en")
    for label, dataset, system, source in ROWS:
        made.add("The port was open.", label, dataset, system, source)
    return made


def test_nothing_of_a_judged_text_was_learned(corpus: Corpus) -> None:
    """Neither its data set or outlet, nor its engine under another name, nor the text it translates."""
    times = np.zeros(len(ROWS), int)
    for _, learned, held in folds(corpus, SETTINGS):
        times += held
        judged, seen = ([ROWS[row] for row in np.flatnonzero(chosen)] for chosen in (held, learned))
        assert not {row[1] for row in judged} & {row[1] for row in seen}
        assert not {family(row[2]) for row in judged if row[0] == "machine"} & {family(row[2]) for row in seen if row[0] == "machine"}
        assert not {row[3] for row in judged} & {row[3] for row in seen}
        assert {row[0] for row in judged} >= {"machine", "human_original"}
        assert not any(row[1].startswith("closed") for row in seen)
        # The other outlets of a collection and the pages are there.
        assert {row[1] for row in seen} >= {PAGES} and sum(row[1].startswith("paper") for row in seen) == 18
    labels = np.array(corpus.labels)
    assert set(times[labels == "machine"].tolist()) == {1}
    assert times[-1] == 0 and times[labels != "machine"][:-1].min() >= 1


def test_dealt_to_the_hand_that_holds_least() -> None:
    """The largest first; what was dealt before stays and counts."""
    assert dealt({"a": 3, "b": 5, "c": 2, "d": 1}, 2, {}) == {"b": 0, "a": 1, "c": 1, "d": 0}
    assert dealt({"a": 3, "b": 5}, 2, {"a": 0}) == {"a": 0, "b": 1}


def test_texts_of_one_document_are_drawn_together(corpus: Corpus) -> None:
    """The first sample is every row once; another draws all translations of a text as often."""
    rows = np.arange(len(ROWS) - 1)
    first, *rest = list(resampled(corpus, rows))[:3]
    assert first.tolist() == rows.tolist()
    of_one = [row for row, name in enumerate(documents(corpus)) if name == "23 2"]
    assert len(of_one) == 4
    for sample in rest:
        assert len({int((sample == row).sum()) for row in of_one}) == 1 and sample.tolist() != first.tolist()


def test_figures_are_means_over_folds() -> None:
    """Scores of two folds are never compared, and a fold counts as its machine translations do."""
    labels = np.array(["machine", "human_original", "machine", "machine", "machine", "human_translation"])
    fold = np.array([0, 0, 1, 1, 1, 1])
    ranked = np.array([0.1, 0.0, 9.0, 9.0, 9.0, 10.0])
    assert figures(ranked, labels, fold) == [1.0, 0.0, 0.25, 0.25]
