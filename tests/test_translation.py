"""The model's arithmetic is what its card says, it abstains where it must, and training makes a model that finds the class."""

import hashlib
import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from credibility.document import Document
from credibility.errors import PackError
from credibility.pack import pack_root, read_toml
from credibility.segment import Article
from credibility.training._translation_corpus import LONGEST_PAGE, SHORTEST_PAGE, Corpus, Settings, read, shipped
from credibility.training._translation_evidence import LEAST_TEXTS, MOST, standard_errors, studies, surety
from credibility.training._translation_figures import area, expected_calibration_error, threshold
from credibility.training._translation_fit import Plane, fit, pairs, row_weights, tables
from credibility.training._translation_regression import LEAST_TEXTS as LEAST_OF_A_SET
from credibility.training._translation_regression import between_sets, regression
from credibility.training.translation import main, train, trained_on, write
from credibility.translation.examples import BAD_WHOLE, GOOD_WHOLE
from credibility.translation.probability import (
    BITS,
    LEAST_WORDS,
    Card,
    Model,
    _arrays,
    judgement,
    letter_slots,
    model,
    probability,
    weightiest,
    word_slots,
)

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
    assert found is not None
    assert {"words": np.count_nonzero(found.words), "letters": np.count_nonzero(found.letters)} == card["runs"]


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
    one, other = word_slots("Il a dit : «L’an 2020 – fini.»"), word_slots('il a dit : "l\'an 17 - FINI."')
    assert one.tolist() == other.tolist()
    assert len(one) == 11 + 10 + 9
    assert letter_slots("«L’an 2020 – fini.»  Oui !").tolist() == letter_slots('"l\'an 17 - FINI." oui!').tolist()


def test_runs_of_letters() -> None:
    """Three to five characters, spaces at both ends counted; a text shorter than a run has fewer."""
    assert [len(letter_slots(text)) for text in ("", "a", "port", "port.")] == [1, 1, 4 + 3 + 2, 5 + 4 + 3]


def test_runs_do_not_see_vowel_signs() -> None:
    """Arabic words are the same with and without them, stretched or not, and stay one word."""
    bare, pointed = "ولد في سنة خمس", "وُلِدَ فِي سَنَةِ خمـــس"
    assert word_slots(bare).tolist() == word_slots(pointed).tolist()
    assert letter_slots(bare).tolist() == letter_slots(pointed).tolist()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_runs(text: str) -> None:
    """Every slot is one of the table; the weightiest runs are words of the text, each once, none inside another."""
    assert all(0 <= slot < 1 << BITS for slot in [*word_slots(text), *letter_slots(text)])
    spans = list(weightiest(article(text)))
    assert all(text[start:end].strip() for start, end in spans)
    assert not any(a.overlaps(b) for a in spans for b in spans if a is not b)


def test_weightiest_runs_are_quoted() -> None:
    """The heaviest run of two words and that of three are found where they stand; single words are never quoted."""
    using = model("fr")
    assert using is not None
    text = "le port a rouvert mardi la mer était calme et les bateaux sont sortis de la rade sans attendre la marée du soir"
    words = text.split()
    candidates = [" ".join(words[at : at + length]) for length in (2, 3) for at in range(len(words) - length + 1)]
    (first, *_) = weightiest(article(text))
    heaviest = max(candidates, key=lambda run: float(using.words[word_slots(run)[-1]]))
    assert text[slice(*first)] == heaviest


def test_scores_are_the_weighted_mean() -> None:
    """Weights of known runs are added, each once, and divided by the square root of how many are known."""
    words, letters = np.zeros(1 << BITS, np.float32), np.zeros(1 << BITS, np.float32)
    words[[3, 4, 7, 9]], letters[5] = [1, 2, 3, -8], 6
    toy = Model(Card(step=1.0, calibration=(2.0, 1.0, 0.0), style=1.0, verdict=2.0), words, letters)
    found = np.array([3, 4, 4, 7, 3, 8, 9], np.uint32)
    assert toy.raw(found, np.array([6], np.uint32)) == pytest.approx((1 + 2 + 3 - 8) / 2)
    assert toy.raw(found, np.array([5], np.uint32)) == pytest.approx((1 + 2 + 3 - 8) / 2 + 6)
    assert toy.raw(np.array([8], np.uint32), np.array([], np.uint32)) == 0.0
    assert toy.logit(1.0, 150) == pytest.approx(3.0)


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    """The error names the file."""
    path = tmp_path / "weights.npz"
    np.savez(path, words=np.zeros(1 << BITS, np.int8))
    with pytest.raises(PackError, match=r"weights\.npz"):
        _arrays(path)
    np.savez(path, words=np.zeros(1 << BITS, np.int8), letters=np.zeros(7, np.int8))
    with pytest.raises(PackError, match=r"\(7,\) weights"):
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
    chosen = Settings(measured=("west",), licences={"north": "CC0"})
    corpus = read([data])["en"]
    trained = trained_on(corpus, chosen)
    assert trained.figures["by_dataset"]["west"]["auroc_machine_vs_all_human"] > 0.95
    assert trained.figures["expected_calibration_error"] < 0.2
    folder = tmp_path / "translation-en"
    write(trained, folder, chosen)
    card = read_toml(folder / "card.toml")
    assert card["trained_on"] == ["east", "north", "south"] and card["measured_only"] == ["west"]
    assert card["licences"]["north"] == "CC0" and card["licences"]["east"] == "none stated"
    words, _letters = _arrays(folder / "weights.npz")
    assert np.count_nonzero(words) == np.count_nonzero(trained.plane.words) == card["runs"]["words"]
    assert np.abs(words * card["model"]["step"] - trained.plane.words).max() <= card["model"]["step"]
    again = tmp_path / "again"
    write(trained_on(read([data])["en"], chosen), again, chosen)
    assert (again / "weights.npz").read_bytes() == (folder / "weights.npz").read_bytes()
    cells = tables(corpus)
    using = Model(Card(1.0, (1.0, 0.0, 0.0), 0.0, 0.0), *(np.float32(table) for table in (trained.plane.words, trained.plane.letters)))
    one = using.raw(corpus.words[7], corpus.letters[7])
    assert one == pytest.approx(trained.plane.scores((cells[0][7:8], cells[1][7:8])).sum(), rel=1e-4)


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
        train([data], settings=Settings(languages=("fr",)))


def test_weights_make_classes_even() -> None:
    """Machine and human count the same, whatever their number."""
    corpus = read([])
    assert corpus == {}
    values = np.array([0.1, 0.2, 0.3, 0.9])
    assert area(values[2:], values[:2]) == 1.0 and area(values[:0], values) is None
    assert threshold(values, [(np.ones(4, bool), 0.25)]) == pytest.approx(0.3, abs=1e-5)
    error, curve = expected_calibration_error(np.array([0.05, 0.95]), np.array([False, True]))
    assert error == pytest.approx(0.05) and len(curve) == 2


def test_pairs() -> None:
    """A machine's translation goes with a person's of the same text and data set; every data set weighs the same."""
    corpus = Corpus("en")
    texts = (("machine", "a", "1"), ("machine", "a", "2"), ("machine", "b", "1"), ("machine", "a", ""), ("machine", "c", "9"))
    for label, dataset, source in (
        *texts,
        ("human_translation", "a", "1"),
        ("human_translation", "b", "1"),
        ("human_translation", "a", "2"),
    ):
        corpus.add("The port was open.", label, dataset, source=source)
    left, right, weights = pairs(corpus, np.ones(8, bool))
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 5), (1, 7), (2, 6)]
    assert weights.tolist() == [0.5, 0.5, 1.0]
    none = pairs(corpus, np.arange(8) < 5)
    assert [len(found) for found in none] == [0, 0, 0]


def _compared(*sets: tuple[str, str, list[list[int]]]) -> tuple[Corpus, csr_matrix]:
    """A corpus of rows (data set, label, and what runs each text holds) with its table."""
    corpus, table = Corpus("en"), []
    for dataset, label, texts in sets:
        corpus.groups += [dataset] * len(texts)
        corpus.labels += [label] * len(texts)
        table += texts
    return corpus, csr_matrix(np.array(table, np.float32))


def test_a_run_is_sure_where_many_data_sets_agree() -> None:
    """What tells machines everywhere counts most; what does so in one data set, or as often in people's texts, counts once."""
    half = LEAST_TEXTS // 2
    sets = []
    for name in "abcd":
        # Run 0 is the machines' in every set, run 1 in the first alone, run 2 everybody's, run 3 nobody's; run 4 turns round.
        machine = [[1, int(name == "a"), 1, 0, int(name in "ab")], [1, 0, 0, 0, 0]]
        human = [[0, 0, 1, 0, int(name in "cd")], [0, 0, 0, 0, 0]]
        sets += [(name, "machine", machine * half), (name, "human_translation", human * half)]
    corpus, cells = _compared(*sets)
    every = np.ones(len(corpus.labels), bool)
    factor = surety(cells, corpus, every, ~every)
    assert factor[0] == pytest.approx(1 + MOST / 2 * 3 / 5)
    assert factor[1:] == pytest.approx([1, 1, 1, 1])
    # Without a data set that has both there is nothing to compare.
    assert surety(cells, corpus, np.array(corpus.labels) == "machine", ~every).tolist() == [1] * 5


def test_runs_of_words_count_by_the_evidence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of words are fitted with how sure data sets are of them, those of letters without; the runs stay the same."""
    data = tmp_path / "data.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows() * 2), encoding="utf-8")
    corpus = read([data])["en"]
    every, cells = np.ones(len(corpus.labels), bool), tables(corpus)
    sure = fit(cells, corpus, every, Settings())
    monkeypatch.setattr("credibility.training._translation_fit.surety", lambda *_: np.ones(1 << BITS))
    alike = fit(cells, corpus, every, Settings())
    assert (sure.letters == alike.letters).all() and not (sure.words == alike.words).all()
    assert ((sure.words != 0) == (alike.words != 0)).all()


def test_originals_alone_are_compared_with_machines_elsewhere() -> None:
    """Originals of a set without machine translations stand against those of other sets, but not of sets that teach pairs alone."""
    one = [[1]] * LEAST_TEXTS
    corpus, cells = _compared(("a", "human_original", one), ("b", "machine", one), ("c", "machine", one))
    every, groups = np.ones(len(corpus.labels), bool), np.array(corpus.groups)
    ((machine, human),) = studies(corpus, every, "human_original", groups == "c")
    assert set(groups[machine]) == {"b"} and set(groups[human]) == {"a"}
    assert not list(studies(corpus, every, "human_translation", groups == "c"))
    assert not list(studies(corpus, every & (np.arange(len(groups)) > 0), "human_original", groups == "c"))
    assert standard_errors(cells, [(machine, human)]).tolist() == [0]


def test_pages_are_originals(tmp_path: Path) -> None:
    """Of a news page the first lines that are sentences are taken, never more than LONGEST_PAGE words; short pages are none."""
    text = "Share this\n" + "\n".join("The port was open again on Tuesday." for _ in range(300))
    pages = [{"id": str(n), "lang": "en", "dataset": name, "gold_text": text} for n, name in enumerate(("fundus", "l3s-gn1"))]
    pages.append({"id": "short", "lang": "en", "dataset": "fundus", "gold_text": "The port was open again on Tuesday."})
    data = tmp_path / "pages.jsonl"
    data.write_text("".join(json.dumps(page) + "\n" for page in pages), encoding="utf-8")
    corpus = read([data], measured=("l3s",))["en"]
    assert (corpus.labels, corpus.groups) == (["human_original"], ["pages"])
    assert SHORTEST_PAGE <= corpus.n_words[0] <= LONGEST_PAGE
    assert read([data], languages=("fr",)) == {}


def test_what_ships_may_train() -> None:
    """Every data set that a shipped card names has a licence in the settings, and none is for research only."""
    ours = shipped()
    assert ours.languages == SHIPPED
    for language in SHIPPED:
        for name, licence in read_toml(pack_root() / "models" / f"translation-{language}" / "card.toml")["licences"].items():
            assert ours.licence(name) == licence and name.startswith(tuple(ours.licences)) and not name.startswith(ours.measured)


def test_stored_weights_keep_what_is_known() -> None:
    """A weight too small for a step is kept as one; an unknown run stays 0."""
    words, letters = np.zeros(1 << BITS), np.zeros(1 << BITS)
    words[[1, 2]], letters[3] = [127.0, 0.001], -254.0
    step, stored, other = Plane(words, letters).stored()
    assert step == 2.0 and stored[[0, 1, 2]].tolist() == [0, 64, 1] and other[3] == -127


def test_row_weights(tmp_path: Path) -> None:
    """Every class of every data set weighs the same within its side."""
    data = tmp_path / "data.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows()[:90]), encoding="utf-8")
    corpus = read([data])["en"]
    weights = row_weights(corpus, np.ones(90, bool), Settings())
    machine = np.array(corpus.labels) == "machine"
    assert weights[machine].sum() == pytest.approx(weights[~machine].sum())
    kinds = Corpus("en")
    for label, dataset in (
        ("machine", "a"),
        ("human_original", "a"),
        ("machine", "b"),
        ("human_translation", "c"),
        ("human_original", "d"),
    ):
        kinds.add("The port was open.", label, dataset)
    # A set of machines alone, or of translations alone, would teach its topic; originals alone are what there is.
    every = np.ones(5, bool)
    assert row_weights(kinds, every, Settings(alone=0.25)).tolist() == pytest.approx([2, 10 / 9, 0.5, 2.5 / 9, 10 / 9])
    # Where every text of a side is of such a set, they are all there is.
    chosen = np.array([False, False, True, True, False])
    assert row_weights(kinds, chosen, Settings(alone=0.25)).tolist()[2:4] == pytest.approx([1, 1])


def test_a_data_set_has_an_offset_of_its_own() -> None:
    """A word of the sets that machines alone wrote tells their topic: the freer their offsets, the less it weighs."""
    corpus = Corpus("en")
    for dataset, label, text in (
        ("a", "machine", "harbour ships"),
        ("b", "machine", "harbour boats"),
        ("c", "human_original", "village roads"),
        ("d", "human_original", "village houses"),
        *((dataset, "machine", "moreover rain fell") for dataset in "ef"),
        *((dataset, "human_translation", "quietly rain fell") for dataset in "ef"),
    ):
        for _ in range(4):
            corpus.add(text, label, dataset)
    every, cells = np.ones(len(corpus.labels), bool), tables(corpus)
    topic, mark = word_slots("harbour")[0], word_slots("moreover")[0]
    none, own = (fit(cells, corpus, every, Settings(own_offset=free)).words for free in (0.0, 3.0))
    assert own[mark] > none[mark] * 0.8 > 0
    assert 0 < own[topic] < none[topic] / 2


def test_data_sets_of_a_class_are_told_less_apart() -> None:
    """What a data set's mean differs by from its class is 0 for equal scores; of one data set, or of few texts, nothing is said."""
    n = LEAST_OF_A_SET
    sizes = (("a", "machine", n), ("b", "machine", 3 * n), ("a", "human_original", n), ("c", "human_translation", n))
    corpus = Corpus(
        "en", groups=[name for name, _, of in sizes for _ in range(of)], labels=[label for _, label, of in sizes for _ in range(of)]
    )
    every = np.ones(6 * n, bool)
    apart = between_sets(corpus, every)
    assert apart.shape == (2, 6 * n)
    assert apart @ np.ones(6 * n) == pytest.approx([0, 0])
    scores = np.where(np.array(corpus.groups) == "a", 3.0, 1.0)
    assert apart @ scores == pytest.approx([2**-0.5, -(2**-0.5)])
    assert between_sets(corpus, np.arange(6 * n) > 0).shape == (0, 6 * n - 1)


def test_regression() -> None:
    """Without the penalty it is scikit-learn's; the larger the penalty, the less the means of two data sets of machines differ."""
    from sklearn.linear_model import LogisticRegression

    dice = np.random.default_rng(0)
    sides = np.repeat([1.0, 1.0, -1.0], 40)
    topic = np.repeat([1.0, -0.5, -0.5], 40)
    rows = csr_matrix(np.column_stack([topic, 0.5 * sides, np.ones(120)]) + dice.normal(0, 0.5, (120, 3)))
    each, none = csr_matrix(np.eye(120)), csr_matrix((120, 0))
    apart = csr_matrix(np.repeat([[1 / 40, -1 / 40, 0.0]], 40, axis=1))
    counts = dice.uniform(0.5, 1.5, 120)
    free, alike = (regression(rows, each, none, sides, counts, apart, Settings(alike=alike)) for alike in (0.0, 10.0))
    theirs = LogisticRegression(C=Settings().cost, fit_intercept=False).fit(rows, sides, sample_weight=counts)
    assert free == pytest.approx(theirs.coef_[0], abs=0.02)
    assert abs((apart @ (rows @ alike))[0]) < abs((apart @ (rows @ free))[0]) / 5
    assert alike[1] > 0.5
