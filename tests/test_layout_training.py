"""Labelled samples for the layout model, and what is counted of them."""

import random

import numpy as np
import pytest

from credibility.errors import UsageError
from credibility.training._layout_figures import best_limit, figures, tally
from credibility.training._layout_samples import FOLDS, Prepared, cut, folds_of, prepare, read_samples

PROSE = "The council of Oldwick voted on Thursday to reopen the harbour, the mayor said, after a strike of three weeks."
LINES = [("Home", 1), ("Sign in", 1), (PROSE, 0), ("Share this article", 1), (PROSE.replace("Thursday", "Friday"), 0)] + [
    (f"Ten other stories about gardens, part {n} of a long series", 1) for n in range(9)
]


def rows(tmp_path, *given):
    """A file of rows as samples."""
    import json

    file = tmp_path / "texts.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in given), encoding="utf-8")
    return list(read_samples([file]))


@pytest.fixture
def text(tmp_path):
    """A page as lines of text."""
    lines = [{"text": words, "label": "boilerplate" if wrong else "main", "headline": False} for words, wrong in LINES]
    return rows(tmp_path, {"lines": lines, "site": "oldwick.example", "dataset": "own", "lang": "en"})[0]


@pytest.fixture
def page(tmp_path):
    """The same as HTML."""
    html = "".join(f"<p>{words}</p>" for words, _ in LINES)
    gold = "\n".join(words for words, wrong in LINES if not wrong)
    return rows(tmp_path, {"html": html, "gold_text": gold, "site": "oldwick.example", "dataset": "own", "lang": "en"})[0]


def test_labels_of_lines_and_of_pages_say_the_same(text, page):
    """A block of a page is article if its words stand in the labelled text."""
    assert text.wrong.tolist() == page.wrong.tolist() == [wrong for _, wrong in LINES]
    assert page.is_page and not text.is_page


def test_a_cut_copy_holds_the_whole_article_and_less_of_the_rest(text, tmp_path):
    """As somebody would have copied it; an article with little around it is not cut once more."""
    copy = cut(text, random.Random(3))
    assert (copy.wrong == 0).sum() == 2
    assert 0 <= (copy.wrong == 1).sum() < (text.wrong == 1).sum()
    assert len(copy.article.blocks) == len(copy.wrong)
    assert len(prepare([text])) == 2
    lines = [{"text": words, "label": "boilerplate" if wrong else "main", "headline": False} for words, wrong in LINES[1:5]]
    assert len(prepare(rows(tmp_path, {"lines": lines}))) == 1


def test_pages_of_one_site_fall_into_one_fold():
    """And the sites spread over all folds."""
    assert folds_of("a.example") == folds_of("a.example")
    assert {folds_of(f"{n}.example")[0] for n in range(100)} == set(range(FOLDS))


@pytest.mark.parametrize("kind", ["text", "page"])
def test_right_verdicts_have_the_best_figures(kind, text, page):
    """All figures are 1 and the error is 0 at the limit that is chosen, wherever it tells article from boilerplate."""
    prepared = Prepared(text if kind == "text" else page)
    low, high = 0.1, 0.9
    one = tally(prepared, np.where(prepared.sample.wrong == 1, high, low).astype(np.float32))
    row = best_limit([one])
    told = figures([(one, row)])
    assert "= 1.0" in told
    assert ("share_error = 0.0" if kind == "text" else "empty = 0") in told


def test_a_row_of_neither_kind_is_told_with_its_place(tmp_path):
    """The file and the row are named."""
    with pytest.raises(UsageError, match="row 1"):
        rows(tmp_path, {"title": "x"})
