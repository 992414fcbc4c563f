"""Figures on labelled clippings, with 95% intervals: for the data sets that this project is measured on and for a newsroom's own.

Clippings go through the pipeline in this process, or in several (`jobs`), with the same figures. Intervals are percentiles of
figures on clippings drawn again with replacement (bootstrap), whole clippings at a time, since what stands in one hangs together.
"""

import gzip
import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from credibility.config import DEFAULT, Config
from credibility.errors import UsageError, nearest
from credibility.evaluation.gold import evaluate_clippings
from credibility.evaluation.measures import MEASURES, Figures, Key, Measure, pooled

TASKS = (*MEASURES, "clippings")
DRAWS = 500
_AT_ONCE = 16

# What `credibility evaluate all FOLDER` looks for: title, task, file or folder.
SETS = (
    ("Founding clippings", "clippings", "clippings"),
    ("Passages in another language", "mixed", "mixed/dev.jsonl.gz"),
    ("Figures and their sources", "statistics", "statistics/dev.jsonl.gz"),
    ("Machine translation", "translation", "translation/dev.jsonl.gz"),
    ("Machine translation, second set", "translation", "translation/dev2.jsonl.gz"),
    ("Boilerplate lines, clippings", "lines", "boilerplate/dev_clips.jsonl.gz"),
    ("Boilerplate lines, whole pages", "lines", "boilerplate/dev_lines.jsonl.gz"),
    ("Pages", "pages", "boilerplate/dev_pages.jsonl.gz"),
)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of one task on one set. `intervals` maps the path of a figure ('characters.all.f1') to its 2.5th and 97.5th percentile."""

    task: str
    data: str
    figures: Figures
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        intervals = {path: list(interval) for path, interval in self.intervals.items()}
        return {"task": self.task, "data": self.data, "figures": self.figures, "intervals": intervals, "seconds": round(self.seconds, 2)}


def evaluate(
    task: str, path: str | Path, *, limit: int | None = None, seed: int = 0, jobs: int = 1, draws: int = DRAWS, config: Config = DEFAULT
) -> Evaluation:
    """Figures of a task ('mixed', 'statistics', 'translation', 'lines', 'pages', 'clippings') on labelled clippings.

    path: a JSON Lines file, also gzipped; for 'clippings' a folder with `gold.json` (formats: docs/evaluation.md). limit: only a
    random sample of so many, drawn with `seed`, as is the bootstrap of `draws` samples. jobs: processes.
    Raises UsageError for an unknown task, a missing file, and a row that lacks a label, with the line it stands in.
    """
    if task not in TASKS:
        raise UsageError(f"there is no task {task!r}; {nearest(task, TASKS)}")
    started = time.perf_counter()
    if task == "clippings":
        return Evaluation(task, Path(path).name, evaluate_clippings(Path(path), config), {}, time.perf_counter() - started)
    measure = MEASURES[task]
    observations = list(_observations(task, _rows(Path(path), measure, limit, seed), jobs, config))
    seconds = time.perf_counter() - started
    if not observations:
        raise UsageError(f"{path}: holds no clipping")
    figures = measure.figures(observations if measure.ranks else pooled(observations))
    return Evaluation(task, Path(path).name, figures, intervals(measure, observations, figures, seed, draws), seconds)


def _rows(path: Path, measure: Measure, limit: int | None, seed: int) -> Iterator[dict[str, Any]]:
    """The labelled rows with an id as string, all in their order or a sample in the order it was drawn."""
    if limit is None or limit >= (size := sum(1 for _ in _lines(path))):
        yield from (_row(path, number, line, measure) for number, line in enumerate(_lines(path)))
        return
    # The same sample as drawn from the list of rows, without holding more than it.
    place = {number: rank for rank, number in enumerate(random.Random(seed).sample(range(size), limit))}
    chosen = {place[number]: _row(path, number, line, measure) for number, line in enumerate(_lines(path)) if number in place}
    yield from (chosen[rank] for rank in range(limit))


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file that are not empty. Raises UsageError for a file that cannot be read."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from (line for line in lines if line.strip())
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error


def _row(path: Path, number: int, line: str, measure: Measure) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"{path}, row {number + 1}: is no JSON: {error}") from error
    for name in measure.needs:
        if not isinstance(row, dict) or name not in row:
            raise UsageError(f"{path}, row {number + 1}: {name!r} is missing; docs/evaluation.md has the label formats")
    row["id"] = str(row.get("id", number))
    return dict(row)


def _observations(task: str, rows: Iterator[dict[str, Any]], jobs: int, config: Config) -> Iterator[Any]:
    """One observation a row, in their order, made in this process or, of more than a few rows, in others."""
    observe = partial(_observe, task, config)
    first = list(islice(rows, _AT_ONCE))
    rows = chain(first, rows)
    if jobs <= 1 or len(first) < _AT_ONCE:
        yield from (observed for row in rows for observed in observe([row]))
        return
    # Spawned, not forked: a fork copies locks that threads of the caller may hold.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as workers:
        while ahead := list(islice(rows, 32 * jobs * _AT_ONCE)):
            for part in workers.map(observe, [ahead[i : i + _AT_ONCE] for i in range(0, len(ahead), _AT_ONCE)]):
                yield from part


def _observe(task: str, config: Config, rows: Sequence[dict[str, Any]]) -> list[Any]:
    """The observations on some rows."""
    from credibility.api import detectors_of
    from credibility.pipeline import check

    measure, using = MEASURES[task], detectors_of(config)
    return [measure.observe(row, check(measure.document(row), config, using=using)) for row in rows]


def intervals(measure: Measure, observations: Sequence[Any], figures: Figures, seed: int, draws: int) -> dict[str, tuple[float, float]]:
    """For every share among the figures its 2.5th and 97.5th percentile over the draws; none of a single clipping."""
    known = flat(figures)
    if len(observations) < 2 or draws < 1:
        return {}
    drawn: dict[str, list[float]] = {path: [] for path in known}
    for sample in _samples(measure, observations, seed, draws):
        for path, value in flat(measure.figures(sample)).items():
            drawn[path].append(value)
    return {
        path: (round(float(low), 4), round(float(high), 4))
        for path, values in drawn.items()
        if values
        for low, high in [np.percentile(values, [2.5, 97.5])]
    }


def _samples(measure: Measure, observations: Sequence[Any], seed: int, draws: int) -> Iterator[Any]:
    """The clippings drawn with replacement, as many as there are, pooled as the figures need it."""
    random_numbers = np.random.default_rng(seed)
    size = len(observations)
    if measure.ranks:
        for _ in range(draws):
            yield [observations[i] for i in random_numbers.integers(0, size, size).tolist()]
        return
    keys: list[Key] = sorted({key for counts in observations for key in counts})
    column = {key: number for number, key in enumerate(keys)}
    table = np.zeros((size, len(keys)))
    for number, counts in enumerate(observations):
        for key, count in counts.items():
            table[number, column[key]] = count
    for _ in range(draws):
        times = np.bincount(random_numbers.integers(0, size, size), minlength=size)
        yield dict(zip(keys, (times @ table).tolist(), strict=True))


_PLACE = re.compile(r"^.*?: [\w-]+")
# Counts of what there is, not figures of how well it was done.
_COUNTS = {"articles", "lines", "pages", "statistics", "confusion", "language_worst", "asked", "missed", "wrong"}


def flat(figures: Mapping[str, Any], prefix: str = "") -> dict[str, float]:
    """The shares among nested figures by their path; without counts and without what could not be told.

    >>> flat({"articles": 3, "is_mixed": {"f1": 0.5, "recall": None}})
    {'is_mixed.f1': 0.5}
    """
    found: dict[str, float] = {}
    for name, value in figures.items():
        if name in _COUNTS:
            continue
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{name}.")
        elif isinstance(value, int | float):
            found[prefix + name] = value
    return found


def report_markdown(evaluations: Mapping[str, Evaluation | str], *, date: str | None = None) -> str:
    """Figures as a page: a section for each set by its title; a string instead says why a set was not measured.

    date: shown as the day of measurement, in ISO 8601; today by default.
    """
    day = date or datetime.now(UTC).date().isoformat()
    parts = [
        f"# Figures\n\nMeasured on {day} with `credibility evaluate`. The last column is the 95% interval over clippings (bootstrap).\n"
    ]
    for title, evaluation in evaluations.items():
        parts.append(f"\n## {title}\n\n" + (f"Not measured: {evaluation}\n" if isinstance(evaluation, str) else _section(evaluation)))
    return "".join(parts)


def _section(evaluation: Evaluation) -> str:
    """One set: what it is, then a line a figure."""
    figures = evaluation.figures
    about = f"Task `{evaluation.task}` on `{evaluation.data}`"
    if evaluation.task == "clippings":
        return f"{about}. " + _clippings_section(figures)
    size = figures.get("articles", figures.get("all", {}).get("articles", figures.get("all", {}).get("pages")))
    n_clippings = sum(size.values()) if isinstance(size, dict) else size
    speed = f"{n_clippings / evaluation.seconds:.0f} a second" if evaluation.seconds else ""
    rows = [f"| {path} | {value:.4g} | {_interval(evaluation.intervals.get(path))} |" for path, value in flat(figures).items()]
    return f"{about}: {n_clippings:,} clippings, {speed}.\n\n| figure | value | 95% interval |\n|---|---:|---|\n" + "\n".join(rows) + "\n"


def _clippings_section(figures: Figures) -> str:
    """How many were asked for and missed, and by clipping and flag which; the clippings' own words stay out of a page."""
    asked, missed, wrong = sum(figures["asked"].values()), figures["missed"], figures["wrong"]
    # Each begins with '<clipping>: <flag>', and a quotation follows.
    places = Counter(f"- {kind}: {' '.join(_PLACE.findall(line))}" for kind in ("missed", "wrong") for line in figures[kind])
    lines = [f"{place}, {count} times\n" if count > 1 else f"{place}\n" for place, count in places.items()]
    return f"{asked - len(missed)} of {asked} asked for were found, {len(wrong)} are wrong.\n" + "".join(["\n", *lines] if lines else [])


def _interval(interval: tuple[float, float] | None) -> str:
    return "" if interval is None else f"{interval[0]:.4g} to {interval[1]:.4g}"


def evaluate_all(
    folder: Path, *, limit: int | None = None, seed: int = 0, jobs: int = 1, say: Callable[[str], None] = print
) -> dict[str, Evaluation | str]:
    """Every set of `SETS` that the folder holds, by its title; for one that it lacks, what is missing."""
    done: dict[str, Evaluation | str] = {}
    for title, task, name in SETS:
        path = folder / name
        # The clippings stand beside the folder with the other sets as often as in it.
        if task == "clippings" and not path.is_dir():
            path = folder.resolve().parent / name
        if not path.exists():
            done[title] = f"there is no `{name}`."
            continue
        say(f"{title}: {path}")
        done[title] = replace(evaluate(task, path, limit=limit, seed=seed, jobs=jobs), data=name)
    return done


def run(
    task: str,
    data: Path,
    *,
    limit: int | None = None,
    seed: int = 0,
    jobs: int | None = None,
    output: Path | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """What `credibility evaluate` does: measures, then says the page, or writes it to `output` (as JSON where that ends in .json).

    jobs: by default one a core. Raises UsageError if `output` cannot be written.
    """
    jobs = jobs or os.cpu_count() or 1
    evaluations: Mapping[str, Evaluation | str]
    if task == "all":
        evaluations = evaluate_all(data, limit=limit, seed=seed, jobs=jobs, say=say)
    else:
        evaluations = {f"{task}: {data.name}": evaluate(task, data, limit=limit, seed=seed, jobs=jobs)}
    if output is None:
        say(report_markdown(evaluations))
        for done in evaluations.values():
            if isinstance(done, Evaluation) and done.task == "clippings":
                say("\n".join(f"{kind}: {line}" for kind in ("missed", "wrong") for line in done.figures[kind]))
        return
    if output.suffix == ".json":
        made = {title: done if isinstance(done, str) else done.to_dict() for title, done in evaluations.items()}
        page = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    else:
        page = report_markdown(evaluations)
    try:
        output.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror}") from error
