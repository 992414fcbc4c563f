"""Figures on speed and memory, printed by `make bench`. The texts are made up here; no test depends on them.

CPU time unless a line says wall time; each figure is the least of several runs, since whatever else the machine does adds to it.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_WORDS = """
le la les un une des du et est dans pour par sur avec sans sous vers chez mais donc ainsi encore toujours parfois hier demain lundi mars
port quai bateau pêcheur mairie marché village vallée rivière pont école musée fête conseil budget rapport chantier travaux hiver neige
ouvre ferme annonce explique raconte précise demande espère prépare finance rénove vend achète cherche trouve attend promet vieux petit
"""
FR = _WORDS.split()
STATEMENTS = (
    "Selon les chiffres disponibles, {n} familles ont quitté le quartier.",
    "« Nous rouvrirons au printemps », a promis la maire, Élise Corvin.",
    "Le chantier a coûté {n} millions d’euros, d’après le rapport de l’agence du fleuve.",
    "De nombreux observateurs jugent la mesure inutile.",
    "Près de {n} % des bateaux restent à quai.",
)


def article(size: int, seed: int = 0) -> str:
    """A French-looking article of this many characters, paragraphs of some sentences, with something to flag in most of them."""
    draw = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < size:
        sentences = [" ".join(draw.choices(FR, k=draw.randint(8, 22))).capitalize() + "." for _ in range(draw.randint(2, 4))]
        if draw.random() < 0.7:
            sentences.insert(draw.randrange(3), draw.choice(STATEMENTS).format(n=draw.randint(12, 980)))
        parts.append(" ".join(sentences))
        length += len(parts[-1]) + 2
    return "\n\n".join(parts)[:size]


TEASER = (
    '<div class="teaser teaser--card grid__item" data-track="box-{n}" data-position="{n}">'
    '<a class="teaser__link" href="/nachrichten/{n}/artikel.html">'
    '<picture class="teaser__image"><source media="(min-width: 768px)" srcset="/img/{n}-640.webp 640w, /img/{n}-960.webp 960w">'
    '<img loading="lazy" src="/img/{n}-320.jpg" alt="" width="320" height="180"></picture><h3 class="teaser__title">{title}</h3></a>'
    '<span class="teaser__meta"><time class="date" datetime="2025-03-12T08:00:00+01:00">12.03.2025</time></span></div>'
)


def page(size: int, seed: int = 0) -> str:
    """An HTML page of this many characters; about a tenth of it is text (0.09 is the median of 78 news pages of 70 to 150 kB)."""
    draw = random.Random(seed)
    menu = "".join(
        f'<li class="menu-item menu-item--level-1"><a href="/{word}" class="menu-link">{word.capitalize()}</a></li>' for word in FR[:40]
    )
    body = "".join(f'<p class="text text--body">{paragraph}</p>' for paragraph in article(5_000, seed).split("\n\n"))
    script = "<script>window.config = " + json.dumps({f"{word}{n}": list(range(40)) for word in FR for n in range(2)}) + ";</script>"
    head = (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Le port</title>{script}</head><body><nav><ul>{menu}</ul></nav>'
    )
    made = [head, "<main><article><h1>Le port rouvre</h1>", body, "</article><aside>"]
    length = sum(map(len, made))
    while length < size - 40:
        made.append(TEASER.format(n=draw.randint(1, 99_999), title=" ".join(draw.choices(FR, k=8)).capitalize()))
        length += len(made[-1])
    return "".join([*made, "</aside></main></body></html>"])


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


def pages() -> None:
    """What a page costs beside parsing it."""
    from bs4 import BeautifulSoup

    import credibility

    markup = page(100_000)
    text = credibility.check(markup, format="html").document.text
    show("100 kB of HTML, share that is text", f"{len(text) / len(markup):.2f}")
    parsed = least(lambda: BeautifulSoup(markup, "lxml"))
    show("100 kB of HTML, BeautifulSoup+lxml parse alone", f"{1000 * parsed:.1f} ms")
    checked = least(lambda: credibility.check(markup, format="html"))
    show("100 kB of HTML, checked: times that", f"{checked / parsed:.2f}", "at most 1.5 times")
    show("pages of 100 kB a second, one core", f"{1 / checked:.0f}")


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
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        starts(Path(name))
        many_files(Path(name))
        # First, while this process is small: until it starts the command, a child counts as large as its parent.
        memory(Path(name))
        texts()
        pages()


if __name__ == "__main__":
    main()
