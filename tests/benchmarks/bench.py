"""Figures on speed and memory, printed by `make bench`, on texts and pages of `made_up`; `make bench DATA=FILE` adds pages of your own.

CPU time unless a line says wall time; each figure is the least of several runs, since whatever else the machine does adds to it.
"""

import argparse
import compileall
import gzip
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from credibility.reading.page_tree import PARSERS
from tests.benchmarks.made_up import article, page


def least(run: Callable[[], object], times: int = 5) -> float:
    """CPU seconds of the fastest of several runs."""
    spent = []
    for _ in range(times):
        started = time.process_time()
        run()
        spent.append(time.process_time() - started)
    return min(spent)


def processes(command: list[str], times: int = 5) -> tuple[float, float]:
    """CPU and wall seconds of whole processes, the least of several."""
    cpu, wall = [], []
    for _ in range(times):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"{' '.join(command)}: {done.stderr.decode()}")
        wall.append(time.perf_counter() - started)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(cpu), min(wall)


def show(what: str, value: str, target: str = "") -> None:
    """One line."""
    print(f"{what:62} {value:>14}   {target}", flush=True)


def starts(folder: Path) -> None:
    """What it costs to start: python alone, import, help, one clipping."""
    compileall.compile_dir(Path(__file__).parents[2] / "credibility", quiet=1)  # as an installation does
    clipping = folder / "clipping.txt"
    clipping.write_text(article(4_000), encoding="utf-8")
    module = [sys.executable, "-m", "credibility"]
    show("python alone, whole process", f"{1000 * processes([sys.executable, '-c', ''])[0]:.0f} ms")
    show("import credibility, whole process", f"{1000 * processes([sys.executable, '-c', 'import credibility'])[0]:.0f} ms")
    show("credibility --help, whole process", f"{1000 * processes([*module, '--help'])[0]:.0f} ms", "at most 150 ms")
    cpu, wall = processes([*module, "check", "--format", "jsonl", str(clipping)])
    show("one 4 kB text clipping, whole process", f"{1000 * cpu:.0f} ms")
    show("one 4 kB text clipping, whole process, wall time", f"{1000 * wall:.0f} ms", "at most 600 ms")


def texts() -> None:
    """What a text costs in a running process, and how that grows."""
    import credibility

    small = [article(4_000, seed) for seed in range(40)]
    for text in small[:20]:
        credibility.check(text)
    each = least(lambda: [credibility.check(text) for text in small]) / len(small)
    show("one 4 kB text, running process", f"{1000 * each:.2f} ms", "at most 10 ms")
    show("texts of 4 kB a second, one core", f"{1 / each:.0f}")
    for kilobytes in (16, 64, 256, 1_000):
        text = article(1_000 * kilobytes, 7)
        took = least(lambda text=text: credibility.check(text), 2)  # type: ignore[misc]
        target = "at most 300 times" if kilobytes == 1_000 else ""
        show(f"one text of {kilobytes} kB: times a 4 kB one", f"{took / each:.0f}", target)


def pages(file: Path | None) -> None:
    """What pages cost beside parsing them, with either parser. file: rows with `html`, of which those near 100 kB are taken."""
    from bs4 import BeautifulSoup

    import credibility
    from credibility.layout.roles import block_roles
    from credibility.reading.clipping import from_html
    from credibility.segment import Article

    markups = [page(seed) for seed in range(8)] if file is None else pages_of(file)

    def extract(markup: str, parser: str) -> str:
        article = Article(from_html(markup, parser=parser))
        return "\n".join(article.text[slice(*role.span)] for role in article.layer(block_roles) if role.role == "main")

    size = sum(map(len, markups)) / len(markups) / 100_000
    shown = [from_html(markup).text for markup in markups]
    named = "made up" if file is None else f"of {file.name}"
    show(
        f"{len(markups)} pages {named}: characters, and share that is shown",
        f"{100 * size:.0f} k, {len(''.join(shown)) / 1e5 / size / len(markups):.2f}",
    )
    steps: tuple[Callable[[str, str], object], ...] = (
        lambda markup, parser: from_html(markup, parser=parser),
        extract,
        lambda markup, parser: credibility.check(from_html(markup, parser=parser)),
    )
    parsers = tuple(PARSERS) if find_spec("selectolax") else ("lxml",)
    ours = [partial(step, parser=parser) for parser in parsers for step in steps]  # type: ignore[call-arg]
    parsed, *spent = means(markups, lambda markup: BeautifulSoup(markup, "lxml"), *ours)
    show("100 kB of HTML, BeautifulSoup+lxml parse alone", f"{1000 * parsed / size:.1f} ms")
    cost = dict(zip(parsers, spent[1::3], strict=True))
    for parser, read, checked in zip(parsers, spent[::3], spent[2::3], strict=True):
        all_in, target = f"{1000 * checked / size:.1f} ms", "at most 6 ms" if parser == "lexbor" else ""
        show(f"100 kB of HTML, {parser}: read", f"{1000 * read / size:.1f} ms")
        show(f"100 kB of HTML, {parser}: read, article told from boilerplate", f"{1000 * cost[parser] / size:.1f} ms")
        show(f"100 kB of HTML, {parser}: read and checked for everything", all_in, target)
        show(f"100 kB of HTML, {parser}: times the bare parse", f"{checked / parsed:.2f}", "at most 1.4 times" if parser == "lxml" else "")
    if find_spec("trafilatura"):
        from trafilatura import extract as theirs

        (peer,) = means(markups, lambda markup: theirs(markup, favor_precision=True, include_comments=False))
        show("trafilatura, precision preferred: pages a second", f"{1 / peer:.0f}")
        for parser, seconds in cost.items():
            show(f"our article with {parser}: pages a second, times that", f"{1 / seconds:.0f}, {peer / seconds:.1f}", "at least 3 times")


def pages_of(file: Path) -> list[str]:
    """A hundred pages of 70,000 to 150,000 characters, a seeded sample of a file of rows with `html`."""
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as rows:
        near = [markup for row in rows if 70_000 <= len(markup := json.loads(row).get("html") or "") <= 150_000]
    return random.Random(0).sample(near, min(100, len(near)))


def means(markups: list[str], *runs: Callable[[str], object]) -> list[float]:
    """CPU seconds a page of each of these, each page at the fastest of five runs.

    They take turns: a machine has slow minutes, which would fall on one of them and make it many times the other.
    """
    fastest = [[math.inf] * len(runs) for _ in markups]
    for _ in range(5):
        for markup, row in zip(markups, fastest, strict=True):
            row[:] = [min(known, least(partial(run, markup), 1)) for known, run in zip(row, runs, strict=True)]
    return [sum(column) / len(markups) for column in zip(*fastest, strict=True)]


def memory(folder: Path) -> None:
    """The largest size of a process that checks many clippings, and of one that checks ten times as many."""
    sizes = []
    for number in (50, 500):
        table = folder / f"{number}.jsonl"
        with table.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps({"id": seed, "text": article(4_000, seed)}) + "\n" for seed in range(number))
        command = [sys.executable, "-m", "credibility", "check", "--format", "jsonl", str(table)]
        with Path(os.devnull).open("w") as nothing:
            child = subprocess.Popen(command, stdout=nothing)
            _, _, usage = os.wait4(child.pid, 0)
        sizes.append(usage.ru_maxrss / 1024)
    show("memory for 50 clippings of 4 kB", f"{sizes[0]:.0f} MB")
    show("memory for 500 clippings of 4 kB", f"{sizes[1]:.0f} MB", "about the same")


def many_files(folder: Path) -> None:
    """What a run over small files costs beside the same texts as rows of one file, in one process and in two."""
    small = folder / "small"
    small.mkdir()
    rows = folder / "small.jsonl"
    with rows.open("w", encoding="utf-8") as out:
        for number in range(1_000):
            text = article(600, number)
            (small / f"{number:04}.txt").write_text(text, encoding="utf-8")
            out.write(json.dumps({"text": text}) + "\n")
    check = [sys.executable, "-m", "credibility", "check", "--format", "jsonl", "--fail-on", "never"]
    (in_files, wall), (in_rows, _) = processes([*check, str(small)], 3), processes([*check, str(rows)], 3)
    show("1,000 texts of 600 characters, a file each", f"{in_files:.2f} s")
    show("the same against one JSON Lines file", f"{in_files / in_rows:.2f}", "at most 1.3 times")
    show("the same files with --jobs 2, wall time: times one process", f"{processes([*check, '--jobs', '2', str(small)], 3)[1] / wall:.2f}")


def main() -> None:
    """All figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path, nargs="?", help="a file of JSON Lines with pages of your own (`html`), as .jsonl or .jsonl.gz")
    given = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        starts(Path(name))
        many_files(Path(name))
        # First, while this process is small: until it starts the command, a child counts as large as its parent.
        memory(Path(name))
        texts()
        pages(None)
        if given.pages:
            pages(given.pages)


if __name__ == "__main__":
    main()
