"""Figures are what the labels say they are, the same however they are made, and never below the floors that are pinned."""

import gzip
import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.document import BlockRole, Document, Finding, Severity, Span, Statistic
from credibility.errors import UsageError
from credibility.evaluation.evaluate import TASKS, Evaluation, evaluate, flat, intervals, report_markdown, run
from credibility.evaluation.measures import MEASURES, auroc, harmonic, pooled, recall_at
from credibility.report import Report
from tests.floors import DATA, data_of, digest, figures, floors, worse


def rows_of(task: str) -> list[dict[str, Any]]:
    """Its rows."""
    return [json.loads(line) for line in data_of(task).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(name="measured", scope="module")
def _measured() -> dict[str, Evaluation]:
    """Each task measured once on our own sets."""
    return {task: evaluate(task, data_of(task), draws=20) for task in TASKS}


def test_the_sets_are_the_ones_that_the_floors_were_pinned_on() -> None:
    """Whoever changes a label pins the floors anew (python -m tests.floors), and says why."""
    assert digest() == floors()["sha256"]


@pytest.mark.parametrize("task", TASKS)
def test_no_figure_is_below_its_floor(task: str, measured: Mapping[str, Evaluation]) -> None:
    """A lower floor takes an edit of floors.json, seen by whoever reviews it. Ceilings hold for alarms and errors."""
    found = figures(task, measured[task])
    assert set(found) & {*floors()["least"], *floors()["most"]}
    assert worse(found, floors()) == {}, measured[task].figures.get("missed")


def test_a_figure_below_its_floor_is_seen() -> None:
    """Also one that could not be told any more."""
    pinned = {"least": {"mixed.f1": 0.9, "mixed.recall": 0.5, "lines.f1": 0.9}, "most": {"mixed.alarms": 1.0}}
    assert worse({"mixed.f1": 0.8, "mixed.alarms": 2.0}, pinned) == {"mixed.f1": 0.8, "mixed.recall": 0.0, "mixed.alarms": 2.0}
    assert worse({"mixed.f1": 0.9, "mixed.recall": 0.5, "mixed.alarms": 1.0}, pinned) == {}


def test_labels_quote_what_stands_there() -> None:
    """Offsets of our own labels are right."""
    for row in rows_of("statistics"):
        for item in row["statistics"]:
            assert row["text"][item["start"] : item["end"]] == item["quote"]
    for name, case in json.loads((DATA / "clippings" / "gold.json").read_text(encoding="utf-8")).items():
        text = (DATA / "clippings" / name).read_text(encoding="utf-8")
        for item in case["findings"]:
            assert text[item["start"] : item["end"]] == item["quote"]


def a_finding(flag: str, start: int, end: int, **evidence: str) -> Finding:
    """A finding as far as figures look at it."""
    return Finding(f"{flag}.x", Span(start, end), "", "", Severity.WARNING, 1.0, evidence)


def told(task: str, row: dict[str, Any]) -> Report:
    """The report that says exactly what the labels say."""
    document = MEASURES[task].document(row)
    if task == "mixed":
        return Report(
            document,
            row["lang"],
            findings=tuple(a_finding("mixed-language", s["start"], s["end"], language=s["lang"]) for s in row["spans"]),
        )
    if task == "statistics":
        return Report(document, statistics=tuple(Statistic(Span(s["start"], s["end"]), s["label"]) for s in row["statistics"]))
    if task == "translation":
        machine = row["label"] == "machine"
        return Report(
            document, signals={"machine_translation": float(machine)}, findings=(a_finding("machine-translation", 0, 9),) * machine
        )
    if task == "pages":
        gold = Document(id="", text=row["gold_text"])
        return Report(gold, blocks=(BlockRole(Span(0, len(gold.text)), "main", "paragraph", 0.0),))
    findings, start = [], 0
    for line in row["lines"]:
        if line["label"] == "boilerplate":
            findings.append(a_finding("boilerplate", start, start + len(line["text"])))
        start += len(line["text"]) + 1
    return Report(document, findings=tuple(findings))


def figures_of(task: str, reports: list[Report]) -> dict[str, float]:
    """The figures of these reports on our set."""
    measure = MEASURES[task]
    rows = [{"id": str(number), **row} for number, row in enumerate(rows_of(task))]
    observed = [measure.observe(row, report) for row, report in zip(rows, reports, strict=True)]
    return flat(measure.figures(observed if measure.ranks else pooled(observed)))


@pytest.mark.parametrize("task", MEASURES)
def test_who_says_what_the_labels_say_is_perfect(task: str) -> None:
    """All shares are 1, all alarms and errors 0."""
    rows = [{"id": str(number), **row} for number, row in enumerate(rows_of(task))]
    for path, value in figures_of(task, [told(task, row) for row in rows]).items():
        no_flag = "false_alarms" in path or "error" in path or path.endswith(("share.human_original", "share.human_translation"))
        assert value == (0 if no_flag else 1), path


@pytest.mark.parametrize("task", ["mixed", "statistics", "lines"])
def test_who_says_nothing_has_no_precision(task: str) -> None:
    """Silence has recall and F1 of 0, and no precision at all rather than a perfect one."""
    rows = [{"id": str(number), **row} for number, row in enumerate(rows_of(task))]
    found = figures_of(task, [Report(MEASURES[task].document(row)) for row in rows])
    assert not [path for path in found if path.endswith("precision")]
    assert {value for path, value in found.items() if path.endswith(("recall", "f1"))} == {0}


def test_figures_by_hand() -> None:
    """One clipping, counted with pencil: 10 letters foreign, 6 of 8 flagged letters among them."""
    row = {"id": "1", "text": "abcdefghij klmnopqrst", "lang": "en", "spans": [{"start": 11, "end": 21, "kind": "clause", "lang": "fr"}]}
    report = Report(Document(id="1", text=row["text"]), "en", findings=(a_finding("mixed-language", 8, 17, language="de"),))
    found = flat(MEASURES["mixed"].figures(pooled([MEASURES["mixed"].observe(row, report)])))
    assert found["characters.clause.precision"] == 0.75 and found["characters.clause.recall"] == 0.6
    assert found["characters.all.f1"] == harmonic(0.75, 0.6) == 0.6667
    assert found["language_of_passage"] == 0 and found["is_mixed.f1"] == 1


scores = st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), min_size=1, max_size=12)


@settings(max_examples=60)
@given(scores, scores)
def test_auroc_is_the_share_of_pairs_in_order(positive: list[float], negative: list[float]) -> None:
    """Ties count half; with 100 negatives or fewer, 1% of them is none."""
    wins = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    assert auroc(positive, negative) == round(wins / len(positive) / len(negative), 4)
    assert recall_at(positive, negative, 0.01) == round(sum(p > max(negative) for p in positive) / len(positive), 4)


@pytest.mark.parametrize("task", MEASURES)
def test_intervals_surround_the_figures(task: str) -> None:
    """Of clippings of which every other is read rightly; made by the seed alone; one clipping has no interval."""
    measure, rows = MEASURES[task], [{"id": str(number), **row} for number, row in enumerate(rows_of(task))]
    reports = [told(task, row) if number % 2 else Report(Document(id="", text="")) for number, row in enumerate(rows)]
    observed = [measure.observe(row, report) for row, report in zip(rows, reports, strict=True)]
    figures = measure.figures(observed if measure.ranks else pooled(observed))
    found = intervals(measure, observed, figures, seed=0, draws=60)
    assert set(found) == set(flat(figures))
    wide = [path for path, (low, high) in found.items() if low < high]
    assert len(wide) >= 3 and all(found[path][0] <= flat(figures)[path] <= found[path][1] for path in wide)
    assert intervals(measure, observed, figures, seed=0, draws=60) == found
    assert len(rows) < 6 or intervals(measure, observed, figures, seed=1, draws=60) != found
    assert intervals(measure, observed[:1], figures, seed=0, draws=60) == {}


def test_several_processes_give_the_same(tmp_path: Path) -> None:
    """Figures and intervals do not depend on who did the work."""
    path = tmp_path / "lines.jsonl"
    path.write_text(data_of("lines").read_text(encoding="utf-8") * 12, encoding="utf-8")
    alone, shared = (evaluate("lines", path, jobs=jobs, draws=20) for jobs in (1, 2))
    assert alone.figures["articles"] == 36
    assert (shared.figures, shared.intervals) == (alone.figures, alone.intervals)


def test_a_sample_is_drawn_as_from_the_list(tmp_path: Path) -> None:
    """The same clippings, in the same order, as `random.sample` draws from the rows; other than all of them."""
    path = tmp_path / "t.jsonl"
    rows = [{"id": n, "lang": f"l{n}", "label": "machine", "text": "x"} for n in range(20)]
    path.write_text("".join(json.dumps(row) + "\n\n" for row in rows), encoding="utf-8")
    drawn = [name for name in evaluate("translation", path, limit=5, seed=3, draws=0).figures if name != "all"]
    assert drawn == sorted(row["lang"] for row in random.Random(3).sample(rows, 5))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"text": "x", "lang": "en"}', "row 1: 'spans' is missing"),
        ('{"text": "x", "lang": "en", "spans": []}\n{"text"', "row 2: is no JSON"),
        ("[1]", "row 1: 'text' is missing"),
        ("", "holds no clipping"),
    ],
)
def test_wrong_labels_are_told(tmp_path: Path, content: str, says: str) -> None:
    """File, row, and what is missing."""
    path = tmp_path / "labels.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=says) as caught:
        evaluate("mixed", path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_wrong_calls_are_told(tmp_path: Path) -> None:
    """An unknown task, a file and a folder that are not there, a page that cannot be written."""
    with pytest.raises(UsageError, match="cannot be written"):
        run("lines", data_of("lines"), output=tmp_path / "no" / "figures.md")
    for task, path, says in (
        ("mixt", DATA, "did you mean 'mixed'"),
        ("mixed", tmp_path / "no", "cannot be read"),
        ("clippings", tmp_path, "gold.json"),
    ):
        with pytest.raises(UsageError, match=says):
            evaluate(task, path)


def test_a_folder_of_sets(tmp_path: Path) -> None:
    """`all` measures what is there, and says what is not; as Markdown or JSON."""
    folder = tmp_path / "sets"
    (folder / "statistics").mkdir(parents=True)
    (folder / "statistics" / "dev.jsonl.gz").write_bytes(gzip.compress(data_of("statistics").read_bytes()))
    heard: list[str] = []
    run("all", folder, output=folder / "figures.md", say=heard.append)
    page = (folder / "figures.md").read_text(encoding="utf-8")
    assert len(heard) == 1 and "| all.detection.f1 |" in page and page.count("Not measured: there is no `") == 7
    run("statistics", data_of("statistics"), output=folder / "figures.json", limit=3)
    made = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert made["statistics: statistics.jsonl"]["figures"]["articles"] == 3
    run("clippings", data_of("clippings"), say=heard.append)
    assert "asked for were found" in heard[-2]


def test_the_page_says_what_it_shows(measured: Mapping[str, Evaluation]) -> None:
    """Every figure has a line, and the day stands above."""
    page = report_markdown(dict(measured), date="2026-01-31")
    assert "2026-01-31" in page
    for task in MEASURES:
        for path in flat(measured[task].figures):
            assert f"| {path} |" in page


def test_sources_by_hand() -> None:
    """Two sourced figures with a labelled source: one is told by overlapping words, one by others; a third has none labelled."""
    text = "The ministry said 12 of 40 boats sank. 30 men drowned, it said."
    ministry = {"start": 0, "end": 12}
    gold = [
        {"start": start, "end": end, "label": "sourced", "source_span": source}
        for start, end, source in ((18, 20, ministry), (24, 26, ministry), (39, 41, None))
    ]
    row = {"id": "1", "text": text, "lang": "en", "statistics": gold}
    said = (
        Statistic(Span(18, 20), "sourced", Span(4, 12)),
        Statistic(Span(24, 30), "sourced", Span(55, 57)),
        Statistic(Span(39, 41), "sourced", Span(55, 57)),
    )
    measure = MEASURES["statistics"]
    found = flat(measure.figures(pooled([measure.observe(row, Report(measure.document(row), statistics=said))])))
    assert found["en.source_overlap"] == 0.5 and found["en.exact_span_of_found"] == 0.6667
