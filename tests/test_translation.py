"""The model's arithmetic is what its card says, it abstains where it must, and training makes a model that finds the class."""

import hashlib
import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.document import Document
from credibility.errors import PackError
from credibility.pack import pack_root, read_toml
from credibility.segment import Article
from credibility.training.translation import (
    Settings,
    area,
    expected_calibration_error,
    main,
    read,
    row_weights,
    threshold,
    train,
    trained_on,
    write,
)
from credibility.translation.examples import BAD_WHOLE, GOOD_WHOLE
from credibility.translation.probability import LEAST_WORDS, Card, Model, _arrays, judgement, model, probability, runs, weightiest

SHIPPED = ("fr", "ar", "en", "es", "de", "ru")


def article(text: str, language: str | None = "fr") -> Article:
    """An article with this text."""
    return Article(Document(id="text", text=text), language=language)


@pytest.mark.parametrize("language", SHIPPED)
def test_shipped_models(language: str) -> None:
    """Each is small, matches the checksum of its card, names its data and licences, and was calibrated."""
    folder = pack_root() / "models" / f"translation-{language}"
    card = read_toml(folder / "card.toml")
    weights = (folder / "weights.npz").read_bytes()
    assert len(weights) == card["bytes"] <= 500_000
    assert hashlib.sha256(weights).hexdigest() == card["sha256"]
    assert set(card["licences"]) == set(card["trained_on"])
    assert not set(card["trained_on"]) & set(card["measured_only"])
    assert card["figures"]["verdict_share"]["human_original"] <= 0.01
    assert card["figures"]["verdict_share"]["human_translation"] <= 0.02
    found = model(language)
    assert found is not None and len(found.keys) == card["runs"]
    assert bool((np.diff(found.keys.astype(np.int64)) > 0).all())


@pytest.mark.parametrize("example", BAD_WHOLE, ids=lambda example: example.language)
def test_probability_of_a_machine(example: tuple[str, str]) -> None:
    """High for a text in the manner of an engine, low for a written one."""
    (written,) = [good for good in GOOD_WHOLE if good.language == example[0] and len(good.text) > 200]
    machine, human = probability(article(example[1].strip("[]"), example[0])), probability(article(written.text, example[0]))
    assert machine is not None and human is not None and machine > 0.9 > 0.2 > human


def test_it_abstains() -> None:
    """Too few words, no model, no language, no text: nothing is said; a declaration says enough."""
    words = "port " * (LEAST_WORDS - 1)
    for text, language in ((words, "fr"), (words * 9, "tlh"), (words * 9, ""), ("", "fr"), ("\x00\ud800", None)):
        assert probability(article(text, language)) is None
    declared = probability(article("Cet article a été traduit automatiquement.", "fr"))
    assert declared is not None and declared > 0.99


def test_marks_add_to_the_words() -> None:
    """The same text with a mark in it has higher odds, by what the table says."""
    text = GOOD_WHOLE[0].text
    plain, marked = judgement(article(text)), judgement(article(text + " Ils vendent les faux. passeports partout."))
    assert plain is not None and marked is not None
    assert plain.marks == () and marked.marks == ("broken-phrase",)
    assert marked.from_words is not None and marked.logit == pytest.approx(marked.from_words + 1.5)


def test_runs_do_not_see_typography() -> None:
    """Quotation marks, kinds of apostrophe and dash, capitals and the digits of a number make no difference."""
    one, other = runs("Il a dit : «L’an 2020 – fini.»"), runs('il a dit : "l\'an 17 - FINI."')
    assert one.keys.tolist() == other.keys.tolist()
    assert one.tokens == 11 and len(one.keys) == 11 + 10 + 9


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_runs(text: str) -> None:
    """Runs lie in the text, in as many kinds of length as there are words for."""
    found = runs(text)
    assert len(found.keys) == sum(max(0, found.tokens - shorter) for shorter in range(3))
    assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))
    assert all(text[start:end].strip() for start, end in weightiest(article(text)))


def test_scores_are_the_weighted_mean() -> None:
    """Weights count with their rarity, divided by the length of the vector of rarities."""
    keys = np.unique(runs("un deux").keys)
    toy = Model(
        Card(bias=0.5, calibration=(2.0, 1.0, 0.0), style=1.0, verdict=2.0),
        keys,
        np.array([3, 4, 0], np.float32),
        np.array([1, 2, 9], np.float32),
    )
    assert toy.raw(keys) == pytest.approx(0.5 + (3 * 1 + 4 * 2) / 5)
    assert toy.raw(np.array([], np.uint32)) == 0.5
    assert toy.logit(1.0, 150) == pytest.approx(3.0)


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    """The error names the file."""
    path = tmp_path / "weights.npz"
    np.savez(path, gaps=np.array([1], np.uint32))
    with pytest.raises(PackError, match=r"weights\.npz"):
        _arrays(path)
    path.write_bytes(b"no archive")
    with pytest.raises(PackError, match=r"weights\.npz"):
        _arrays(path)


def rows(seed: int = 0) -> list[dict[str, str]]:
    """Labelled texts of four data sets: machines say «furthermore it is noted», people do not; each set has its own topic."""
    dice, made = random.Random(seed), []
    for dataset in ("north-a", "north-b", "south", "east", "west"):
        for number in range(60):
            label = ("machine", "human_translation", "human_original")[number % 3]
            words = dice.choices([f"{dataset[:2]}{n}" for n in range(9)] + ["the", "harbour", "was", "open", "and", "ships", "came"], k=60)
            for _ in range(3):
                at = dice.randrange(len(words))
                words[at:at] = ["furthermore", "it", "is", "noted"] if label == "machine" else ["so", "they", "say"]
            made.append(
                {"text": " ".join(words), "lang": "en", "label": label, "dataset": dataset, "system": "s" if label == "machine" else ""}
            )
    return made


def test_training(tmp_path: Path) -> None:
    """A model learned from three data sets tells the class in a fourth, is written as a card and arrays, and read again."""
    data = tmp_path / "data.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")
    chosen = Settings(measured=("west",), licences=(("north", "CC0"),))
    corpus = read([data])["en"]
    trained = trained_on(corpus, chosen)
    assert trained.figures["by_dataset"]["west"]["auroc_machine_vs_all_human"] > 0.95
    assert trained.figures["expected_calibration_error"] < 0.2
    folder = tmp_path / "translation-en"
    write(trained, folder, chosen)
    card = read_toml(folder / "card.toml")
    assert card["trained_on"] == ["east", "north", "south"] and card["measured_only"] == ["west"]
    assert card["licences"]["north"] == "CC0" and card["licences"]["east"] == "none stated"
    assert _arrays(folder / "weights.npz")["keys"].tolist() == trained.keys.tolist()


def test_training_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line of figures a language; a folder where one is asked for; too little data is refused."""
    data = tmp_path / "data.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")
    main([str(data), "--languages", "en", "--out", str(tmp_path)])
    assert json.loads(capsys.readouterr().out)["language"] == "en"
    assert (tmp_path / "translation-en" / "weights.npz").is_file()
    with pytest.raises(ValueError, match="at least three data sets"):
        trained_on(read([data])["en"], Settings(measured=("north", "south", "east")))
    with pytest.raises(ValueError, match="no text in 'fr'"):
        train([data], languages=["fr"])


def test_weights_make_classes_even() -> None:
    """Machine and human count the same, whatever their number."""
    corpus = read([])
    assert corpus == {}
    values = np.array([0.1, 0.2, 0.3, 0.9])
    assert area(values[2:], values[:2]) == 1.0 and area(values[:0], values) is None
    assert threshold(values, [(np.ones(4, bool), 0.25)]) == pytest.approx(0.3, abs=1e-5)
    error, curve = expected_calibration_error(np.array([0.05, 0.95]), np.array([False, True]))
    assert error == pytest.approx(0.05) and len(curve) == 2


def test_row_weights(tmp_path: Path) -> None:
    """Every class of every data set weighs the same within its side."""
    data = tmp_path / "data.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows()[:90]), encoding="utf-8")
    corpus = read([data])["en"]
    weights = row_weights(corpus, np.ones(90, bool))
    machine = np.array(corpus.labels) == "machine"
    assert weights[machine].sum() == pytest.approx(weights[~machine].sum())
