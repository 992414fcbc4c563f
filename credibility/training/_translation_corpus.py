"""The labelled texts that the models of `credibility.translation.probability` are trained on, as the slots of their runs."""

import gzip
import json
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from credibility.document import Document
from credibility.lexicon import n_words
from credibility.pack import build, pack_root, read_toml
from credibility.segment import Article
from credibility.translation.artefacts import artefacts
from credibility.translation.probability import letter_slots, word_slots

ORIGINAL, TRANSLATED, MACHINE = LABELS = ("human_original", "human_translation", "machine")
PAGES = "pages"  # the data set of all news pages
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
# News pages are cut to lengths between these, in words, so that their length does not tell them from the other texts.
SHORTEST_PAGE, LONGEST_PAGE = 80, 350
_LEAST_PAGE, _LEAST_LINE = 50, 6


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is fitted, and what may be learned from which data.

    `measured` are data sets, by the beginning of their name, that are judged but not learned from; from `paired` ones only the
    difference between a machine's and a person's translation of the same text is learned, never their topic. `licences` name
    what the source of a data set states, by the beginning of its name. `languages` are those of the models that ship.

    A run is kept if `least_texts` texts and a quarter of the data sets hold it, but two at least. `cost` is the inverse of the
    penalty of the logistic regression; `own_offset` is how freely each data set has an offset of its own while fitting, 0 being not
    at all; `alike` is what it weighs that data sets of one class score differently, and `pair_weight` what all pairs weigh, all texts
    being 1; `alone` is what a data set counts whose texts are all by machines or all translations by people, others being 1. At most
    `most_original` and `most_translated` of the human texts that are long enough may get a verdict, `most_in_one` of a data set that
    has `least_part` of them, and `most_noted` the note on style.
    """

    languages: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    paired: tuple[str, ...] = ()
    licences: Mapping[str, str] = field(default_factory=dict)
    least_texts: int = 4
    cost: float = 4.0
    own_offset: float = 0.1
    alike: float = 0.3
    pair_weight: float = 0.5
    alone: float = 0.3
    most_original: float = 0.005
    most_translated: float = 0.01
    most_in_one: float = 0.02
    least_part: int = 60
    most_noted: float = 0.05

    def licence(self, dataset: str) -> str:
        """What the source of a data set states."""
        return next((text for beginning, text in self.licences.items() if dataset.startswith(beginning)), "none stated")


def shipped() -> Settings:
    """The settings of the models that ship, from `rules/translation_data.toml`. Raises PackError for a file that is not valid."""
    path = pack_root() / "translation_data.toml"
    return build(Settings, read_toml(path), str(path))


@dataclass(slots=True)
class Corpus:
    """Labelled texts of one language. `groups` name the data sets, the parts of one taken together, `datasets` the parts; `sources`
    the text that a translation was made from, empty where it is not known."""

    language: str
    labels: list[str] = field(default_factory=list)
    datasets: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    systems: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    n_words: list[int] = field(default_factory=list)
    marks: list[tuple[str, ...]] = field(default_factory=list)
    words: list[NDArray[np.uint32]] = field(default_factory=list)
    letters: list[NDArray[np.uint32]] = field(default_factory=list)

    def add(self, text: str, label: str, dataset: str, system: str = "", source: str = "") -> None:
        """Takes a text in; only what is counted of it is kept."""
        article = Article(Document(id="", text=text), language=self.language)
        self.labels.append(label)
        self.datasets.append(dataset)
        self.groups.append(group(dataset))
        self.systems.append(system)
        self.sources.append(source)
        self.n_words.append(article.layer(n_words))
        self.marks.append(tuple(sorted({mark.rule for mark in artefacts(article)})))
        self.words.append(np.unique(word_slots(text)))
        self.letters.append(np.unique(letter_slots(text)))

    def of(self, beginnings: tuple[str, ...]) -> Flags:
        """Which texts are of data sets whose name begins so."""
        return np.array([bool(beginnings) and name.startswith(beginnings) for name in self.groups], bool)


def group(dataset: str) -> str:
    """The name under which a data set is left out: parts of one stay together, years of a shared task do not.

    >>> group("saudinews-okaz"), group("fx-wmt13"), group("gjx-pais")
    ('saudinews', 'fx-wmt13', 'gj')
    """
    first = dataset.partition("-")[0]
    return dataset if first == "fx" else {"gjx": "gj"}.get(first, first)


def read(paths: Iterable[Path], languages: Collection[str] = (), measured: tuple[str, ...] = ()) -> dict[str, Corpus]:
    """The texts of each language, or of those asked for.

    Rows with `gold_text` are news pages, taken for original writing; pages of data sets that may not be learned from are left
    out. Raises KeyError for another row without `text`, `lang` or `label`.
    """
    found: dict[str, Corpus] = {}
    for path in paths:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                language = row["lang"]
                if languages and language not in languages:
                    continue
                corpus = found.setdefault(language, Corpus(language))
                if "gold_text" in row:
                    if not row["dataset"].startswith(measured or ("\n",)):
                        _add_page(corpus, row)
                elif row["label"] in LABELS:
                    source = row.get("doc") or ""
                    corpus.add(row["text"], row["label"], row.get("dataset") or "data", row.get("system") or "", source)
    return found


def _add_page(corpus: Corpus, row: Mapping[str, Any]) -> None:
    """Takes the first lines of a page's article in, a seeded number of words of them; none of a page that is shorter than a clipping."""
    wanted = SHORTEST_PAGE + zlib.crc32(str(row["id"]).encode()) % (LONGEST_PAGE - SHORTEST_PAGE)
    lines: list[str] = []
    words = 0
    for line in row["gold_text"].split("\n"):
        if words < wanted and (n := len(line.split())) >= _LEAST_LINE:
            lines.append(" ".join(line.split()[: wanted - words]))
            words += n
    if words >= _LEAST_PAGE:
        corpus.add("\n".join(lines), ORIGINAL, PAGES)
