"""Makes the models of `credibility.translation.probability` from labelled texts: `credibility train translation DATA...`.

DATA is JSON Lines (also gzipped) with `text`, `lang`, `label` (`human_original`, `human_translation`, `machine`), `dataset`, and
where they are known `system` and `doc` (the text that was translated); or news pages with `gold_text`, `lang` and `dataset`.
Every figure is taken out of fold: each data set is judged by a model that saw none of it, so neither its years nor outlets. From
these scores come calibration and thresholds; then one model is trained on everything.
"""

import argparse
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from credibility.pack import pack_root
from credibility.training._translation_corpus import LABELS, MACHINE, ORIGINAL, PAGES, TRANSLATED, Corpus, Settings, read, shipped
from credibility.training._translation_figures import (
    calibrate,
    cross_calibrated,
    expected_calibration_error,
    figures,
    logits,
    mark_odds,
    threshold,
)
from credibility.training._translation_fit import Plane, fit, out_of_fold, tables
from credibility.translation.probability import VERDICT_WORDS

LIMITS = (
    "Tells machine translation from original writing better than from translation by people, which it partly takes for it. "
    "Learned from news, encyclopaedia and talks of 40 to 400 words: manuals, contracts, fiction and dialects were not learned, and "
    "engines newer than the data may write otherwise. Says nothing on text that a language model wrote without a source."
)


@dataclass(frozen=True, slots=True)
class Trained:
    """A model ready to be written, with the figures for its card."""

    language: str
    plane: Plane
    calibration: tuple[float, float, float]
    style: float
    verdict: float
    figures: dict[str, Any]
    curve: list[tuple[float, float, int]]


def trained_on(corpus: Corpus, settings: Settings) -> Trained:
    """The model of a corpus. Raises ValueError where fewer than three data sets may be learned from, or one class is missing."""
    learned = ~corpus.of(settings.measured)
    whole = learned & ~corpus.of(settings.paired)
    labels, groups, words = np.array(corpus.labels), np.array(corpus.groups), np.array(corpus.n_words)
    machine = labels == MACHINE
    usable = sorted(set(groups[whole].tolist()))
    if len(usable) < 3 or len(set(machine[whole].tolist())) < 2:
        raise ValueError(f"{corpus.language}: at least three data sets, and texts by people and by machines, are needed; found {usable}")
    cells = tables(corpus)
    columns = out_of_fold(cells, corpus, learned, settings)
    spread = columns[whole].std(axis=0)
    scores = (columns / spread).sum(axis=1)
    values = cross_calibrated(scores, corpus, whole)
    calibration = calibrate(scores[whole], words[whole].tolist(), machine[whole])
    final = logits(scores, corpus.n_words, calibration)
    error, curve = expected_calibration_error(1 / (1 + np.exp(-final[whole])), machine[whole])
    unknown, _ = expected_calibration_error(1 / (1 + np.exp(-values[whole])), machine[whole])
    marked = final + mark_odds(corpus)
    long = learned & (words >= VERDICT_WORDS)
    original, translated = long & (labels == ORIGINAL), long & (labels == TRANSLATED)
    names = sorted(set(corpus.groups))
    # A provider of translations that is flagged more than others must not be flagged much: each data set counts by itself too.
    parts = [part for name in names if (part := long & ~machine & (groups == name)).sum() >= settings.least_part]
    each = [(part, settings.most_in_one) for part in parts]
    verdict = threshold(marked, [(original, settings.most_original), (translated, settings.most_translated), *each])
    style = threshold(final, [(original, settings.most_noted), (translated, settings.most_noted)])
    # That pages are original writing is taken on trust, so they make no figure look better.
    report = {
        "all": figures(marked, corpus, groups != PAGES, verdict, style),
        "expected_calibration_error": round(error, 4),
        "expected_calibration_error_of_an_unknown_set": round(unknown, 4),
        "by_dataset": {name: figures(marked, corpus, groups == name, verdict, style) for name in names},
        "machine_mean_by_system": {
            name: [int(chosen.sum()), round(float((1 / (1 + np.exp(-marked[chosen]))).mean()), 3)]
            for name in sorted(set(corpus.systems) - {""})
            if (chosen := machine & (np.array(corpus.systems) == name)).sum() >= 20
        },
    }
    return Trained(corpus.language, fit(cells, corpus, learned, settings).over(spread), calibration, style, verdict, report, curve)


def write(trained: Trained, folder: Path, settings: Settings) -> None:
    """Writes weights.npz and card.toml into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    step, words, letters = trained.plane.stored()
    path = folder / "weights.npz"
    np.savez_compressed(path, words=words, letters=letters)
    runs = {"words": int(np.count_nonzero(words)), "letters": int(np.count_nonzero(letters))}
    (folder / "card.toml").write_text("\n".join(card(trained, path, step, runs, settings)) + "\n", encoding="utf-8")


def card(trained: Trained, path: Path, step: float, runs: dict[str, int], settings: Settings) -> Iterator[str]:
    """The lines of the card."""
    whole = trained.figures["all"]
    sets = sorted(trained.figures["by_dataset"])
    measured = [name for name in sets if settings.measured and name.startswith(settings.measured)]
    paired = [name for name in sets if settings.paired and name.startswith(settings.paired)]
    used = [name for name in sets if name not in measured]
    yield f'what = "How likely a text in {trained.language!r} was machine translated; runs of words and of letters, counted once each"'
    yield f'language = "{trained.language}"'
    yield f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"'
    yield f"bytes = {path.stat().st_size}"
    yield f"runs = {{words = {runs['words']}, letters = {runs['letters']}}}"
    yield f"trained_on = {json.dumps(used)}"
    yield f"of_these_pairs_only = {json.dumps(paired)}"
    yield f"measured_only = {json.dumps(measured)}"
    yield f"limits = {json.dumps(LIMITS)}"
    yield "\n[licences] # as each source states it"
    for name in used:
        yield f"{json.dumps(name)} = {json.dumps(settings.licence(name), ensure_ascii=False)}"
    yield "\n[model]"
    yield f"step = {step:.9f}"
    yield f"calibration = [{', '.join(f'{value:.6f}' for value in trained.calibration)}]"
    yield f"style = {trained.style:.4f}"
    yield f"verdict = {trained.verdict:.4f}"
    yield "\n[figures] # each data set judged by a model that saw none of it"
    yield "# scores out of fold, one calibration; then with the calibration of the other data sets"
    for name in ("expected_calibration_error", "expected_calibration_error_of_an_unknown_set"):
        yield f"{name} = {trained.figures[name]}"
    for name in ("auroc_machine_vs_original", "auroc_machine_vs_human_translation", "auroc_machine_vs_all_human", "recall_at_1pct_false"):
        yield f"{name} = {json.dumps(whole[name])}"
    for name in ("texts", "verdict_share", "style_share"):
        yield f"{name} = {{{', '.join(f'{label} = {value}' for label, value in whole[name].items() if value is not None)}}}"
    yield "\n[figures.by_dataset] # area under the curve, machine against human; texts by people and by machines"
    for name, row in trained.figures["by_dataset"].items():
        machine, human = row["texts"][MACHINE], sum(row["texts"][label] for label in LABELS if label != MACHINE)
        if machine and human:
            yield f'"{name}" = [{row["auroc_machine_vs_all_human"]}, {human}, {machine}]'
    yield "\n[figures.by_system] # texts, mean probability"
    for name, pair in trained.figures["machine_mean_by_system"].items():
        yield f"{json.dumps(name)} = {pair}"
    yield "\n[figures.calibration] # in ten bins: mean probability said, share that was machine, texts"
    yield f"curve = {json.dumps([[round(said, 3), round(true, 3), n] for said, true, n in trained.curve])}"


def train(
    data: Iterable[Path],
    *,
    output: Path | None = None,
    say: Callable[[str], None] = print,
    settings: Settings | None = None,
) -> None:
    """Trains a model for each language of the settings, says its figures as JSON, and writes its folder.

    output: the folder that holds the models, by default the one of the packs. settings: by default those of the models that ship,
    which come out the same with the same libraries on the same kind of processor. Raises ValueError where the data do not suffice.
    """
    settings = settings or shipped()
    corpora = read(data, settings.languages, settings.measured)
    for language in settings.languages or sorted(corpora):
        if language not in corpora:
            raise ValueError(f"no text in {language!r} among the data; there are {', '.join(sorted(corpora)) or 'none'}")
        trained = trained_on(corpora[language], settings)
        write(trained, (output or pack_root() / "models") / f"translation-{language}", settings)
        say(json.dumps({"language": language, **trained.figures}))


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains, prints the figures as JSON Lines, and writes a folder a language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="the folder for the models")
    parser.add_argument("--languages", default="", help="by commas; those of the models that ship if not given")
    parser.add_argument("--measured", default="", help="beginnings of more data sets that are judged but not learned from, by commas")
    parser.add_argument("--licence", action="append", default=[], metavar="NAME=TEXT", help="what the source of these data sets states")
    parser.add_argument("--cost", type=float, default=Settings().cost)
    given = parser.parse_args(arguments)
    ours = shipped()
    settings = replace(
        ours,
        cost=given.cost,
        languages=tuple(given.languages.split(",")) if given.languages else ours.languages,
        measured=(*ours.measured, *(name for name in given.measured.split(",") if name)),
        licences={**dict(pair.split("=", 1) for pair in given.licence), **ours.licences},
    )
    train(given.data, output=given.out, say=lambda line: print(line, flush=True), settings=settings)


if __name__ == "__main__":
    main()
