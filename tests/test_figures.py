"""Every statistic gets its label and source: in the sentence, in a quotation, from the sentence after, by repetition."""

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.document import Document
from credibility.segment import Article
from credibility.statistics.continuation import FEATURES, Weights, continuation_weights
from credibility.statistics.figures import open_claims, statistics


def labels(text: str, language: str = "en") -> list[tuple[str, str, str | None]]:
    """Words, label and source of every statistic."""
    found = Article(Document(id="t", text=text), language=language).layer(statistics)
    return [(text[s.span.start : s.span.end], s.label, text[s.source.start : s.source.end] if s.source else None) for s in found]


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("en", "The mayor said 40 boats were lost.", "sourced"),
        ("en", "Experts say 40 boats were lost.", "vague"),
        ("en", "An estimated 40 boats were lost.", "vague"),
        ("en", "The council approved 40 new boats.", "sourced"),
        ("en", "Forty boats were lost in the bay.", "unsourced"),
        ("fr", "Selon le maire, 40 barques ont coulé.", "sourced"),
        ("fr", "Selon les chiffres disponibles, 40 barques ont coulé.", "vague"),
        ("fr", "La ville aurait versé 40 millions d'euros.", "vague"),
        ("ar", "قال رئيس البلدية إن 40 قاربا غرقت.", "sourced"),
        ("ar", "أفادت تقارير إعلامية بغرق 40 قاربا.", "vague"),
        ("ar", "غرق 40 قاربا في الخليج.", "unsourced"),
        ("de", "Laut Polizei sanken 40 Boote.", "sourced"),
        ("ru", "По данным полиции, затонули 40 лодок.", "sourced"),
        ("es", "Según la alcaldía, se hundieron 40 barcas.", "sourced"),
    ],
)
def test_the_label_of_a_single_figure(language: str, text: str, label: str) -> None:
    """What stands behind a figure is told within its sentence."""
    assert [found for _, found, _ in labels(text, language)] == [label]


def test_the_sentence_after_may_name_the_source() -> None:
    """«Об этом сообщает …» names the source of what stands before it."""
    assert labels("Затонули 40 лодок. Об этом сообщает газета «Маяк».", "ru")[0][1] == "sourced"


def test_a_headline_takes_the_source_of_the_body() -> None:
    """The same figure is attributed below its headline."""
    found = labels("Forty boats lost in the bay\nThe mayor of Lund said 40 boats were lost.")
    assert [label for _, label, _ in found] == ["sourced", "sourced"]
    assert found[0][2] == "The mayor of Lund"


def test_half_and_fifty_percent_are_one_figure() -> None:
    """A share in words repeats one in digits."""
    found = labels("Half of the fleet is gone\nAna Ruiz said 50% of the fleet was gone.")
    assert [label for _, label, _ in found] == ["sourced", "sourced"]


def test_indirect_speech_goes_on() -> None:
    """German subjunctive keeps the speaker of the sentence before."""
    text = "Der See sinke, sagte Umweltministerin Lea Kern. Die Kosten lägen bei 12 Millionen Euro."
    assert labels(text, "de")[0][1] == "sourced"


def test_evidence_tells_value_unit_kind_and_place() -> None:
    """What a dashboard counts stands in the evidence."""
    (found,) = Article(Document(id="t", text="The mayor said it cost $1.5 million."), language="en").layer(statistics)
    assert (found.evidence["value"], found.evidence["unit"], found.evidence["kind"]) == (1.5e6, "USD", "money")
    assert (found.evidence["how"], found.evidence["nearest_attribution"]) == ("saying", 0)


def test_the_model_reads_as_many_numbers_as_it_was_given() -> None:
    """Weights and features are of one length, and an open figure has a row of them."""
    weights = continuation_weights()
    assert weights is not None
    assert len(weights.weights) == len(FEATURES)
    ((_, row),) = open_claims(Article(Document(id="t", text="Forty boats were lost in the bay."), language="en"))
    assert 0.0 <= weights.probability(row) <= 1.0


def test_training_writes_a_model_that_loads(tmp_path: Path) -> None:
    """A handful of labelled articles make weights and a card that names their data."""
    pytest.importorskip("sklearn")
    import json

    from credibility.training.continuation import train

    lines = []
    for n in range(8):
        text = (
            f"Ana Ruiz said the bay was empty. It lost {20 + n} percent of its boats. Later, nothing was built. Then {50 + n} boats came."
        )
        first, second = text.index(f"{20 + n} percent"), text.index(f"{50 + n} boats")
        marks = [
            {"start": first, "end": first + 10, "label": "sourced"},
            {"start": second, "end": second + 2, "label": "unsourced"},
        ]
        lines.append(json.dumps({"id": str(n), "lang": "en", "dataset": "ours", "text": text, "statistics": marks}))
    data = tmp_path / "labelled.jsonl"
    data.write_text("\n".join(lines), encoding="utf-8")
    said: list[str] = []
    train([data], output=tmp_path / "model", say=said.append)
    with np.load(tmp_path / "model" / "weights.npz", allow_pickle=False) as held:
        model = Weights(held["weights"].astype(float), float(held["bias"]), float(held["threshold"]))
    assert len(model.weights) == len(FEATURES)
    assert 'trained_on = ["ours"]' in (tmp_path / "model" / "card.toml").read_text(encoding="utf-8")
    assert said and "AUROC" in said[0]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["40 boats", "Ana said", "experts say", "50%", "half of", "$3 million", '"', "“", "”", ".", "\n", ","]), max_size=25
    ),
    st.sampled_from(["en", "fr", "ar"]),
)
def test_any_text_gives_labels_and_spans(words: list[str], language: str) -> None:
    """Labels are of the contract, spans lie in the text, an unsourced figure has no source."""
    text = " ".join(words)
    for words_found, label, source in labels(text, language):
        assert words_found and label in ("sourced", "vague", "unsourced")
        assert source is None or label != "unsourced"


def test_many_figures_and_voices_take_linear_time() -> None:
    """4,000 sentences with a figure and a voice each stay well below two seconds."""
    text = " ".join(f"It cost {n + 1000} euros, said Ana." for n in range(4_000))
    started = time.process_time()
    assert len(labels(text)) == 4_000
    assert time.process_time() - started < 4.0
