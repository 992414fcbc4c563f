"""Every statistic gets its label and source: in the sentence, in a quotation, from the sentence after, by repetition."""

import time
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.document import Document
from credibility.pack import pack_root
from credibility.segment import Article
from credibility.statistics.continuation import FEATURES, continuation, continuation_of
from credibility.statistics.figures import figures_told_by, open_claims, statistics
from credibility.training.continuation import MEASURE_ONLY


def labels(text: str, language: str = "en") -> list[tuple[str, str, str | None]]:
    """Words, label and source of every statistic."""
    found = Article(Document(id="t", text=text), language=language).layer(statistics)
    return [(text[s.span.start : s.span.end], s.label, text[s.source.start : s.source.end] if s.source else None) for s in found]


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("de", "Die Werft soll 4.000 Boote verkauft haben.", "vague"),
        ("de", "Experten schätzen die Zahl der Boote auf 4.000.", "vague"),
        ("de", "Das Seeamt schätzt die Zahl der Boote auf 4.000.", "sourced"),
        ("de", "Im letzten Jahr gab es 4.000 Boote.", "unsourced"),
        ("fr", "Ils ont vendu 4.000 bateaux, a-t-on appris auprès de l'Office des lacs.", "sourced"),
        ("fr", "Il n'existerait que 40 bateaux dans la baie.", "vague"),
        ("fr", "Le port a perdu 40 bateaux, selon le statut du pêcheur.", "unsourced"),
        ("ar", "تعطلت الدراسة في مدارس نحو 35 ألف طالب فلسطيني في لبنان.", "unsourced"),
        ("de", "Nach Einschätzung von 44 Prozent ist der See leer.", "unsourced"),
        ("ru", "Сообщается, что утонули 40 лодок.", "vague"),
        ("ru", "Судя по возвращению лодок, их 40 тысяч.", "unsourced"),
        ("en", "Experts believe the loss of the singer, who is a star, could cost the port 40 million euros.", "vague"),
        ("ar", "وبناء على ذلك هبطت أسهم الميناء 48 في المئة.", "unsourced"),
        ("ar", "تشير الحقائق إلى غرق 40 قاربا.", "vague"),
        ("en", "The mayor said 40 boats were lost.", "sourced"),
        ("en", "Experts say 40 boats were lost.", "vague"),
        ("en", "An estimated 40 boats were lost.", "vague"),
        ("en", "The council approved 40 new boats.", "sourced"),
        ("en", "The council had listened to 40 anglers and approved the quay.", "unsourced"),
        ("en", "The port company bought 40 boats.", "sourced"),
        ("en", "Ana Ruiz bought 40 boats.", "unsourced"),
        ("en", "The house that the port company bought has 40 rooms.", "unsourced"),
        ("en", "Police arrested a sailor after 40 boats had been lost.", "unsourced"),
        ("en", "Boats will sink by 40 percent.", "unsourced"),
        ("en", "The city will buy 40 boats, experts said.", "vague"),
        ("en", "The harbour ministry's £40m package helps anglers.", "sourced"),
        ("en", "A £40m grant from the council will help.", "sourced"),
        ("en", "The $40 million bill was passed.", "sourced"),
        ("en", "The $40 million boat was lost.", "unsourced"),
        ("fr", "Le plan de 40 millions d'euros a été salué.", "sourced"),
        ("fr", "Un plan de 40 millions d'euros a été salué.", "unsourced"),
        ("fr", "Une aide de 40 millions d'euros de la région arrive.", "sourced"),
        ("de", "Der 40-Millionen-Euro-Plan ist da.", "sourced"),
        ("ru", "Программа министерства на 40 млн рублей готова.", "sourced"),
        ("ar", "الخطة بقيمة 40 مليون دولار جاهزة.", "sourced"),
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
        ("en", "It is said to have cost 40 million euros.", "vague"),
        ("en", "The harbour board was told to pay 40 million euros.", "unsourced"),
        ("en", "The county, which has spent 40 million euros, said the quay was safe.", "unsourced"),
        ("en", "The mayor said that the port, which owes 40 million euros, would stay open.", "unsourced"),
        ("fr", "Le quai, évalué à 40 millions d'euros, sera vendu.", "vague"),
        ("fr", "Le quai, évalué à 40 millions d'euros par la Cour des comptes, sera vendu.", "sourced"),
        ("fr", "La pêche a coûté 40 millions d'euros, des chiffres variables selon les pays.", "unsourced"),
        ("fr", "C'est l'avis de Léa Martin, une experte des ports, qui affirme que 40 barques ont coulé.", "sourced"),
        ("de", "Kürzlich hat eine Studie der Universität Bern ergeben, dass 40 Boote fehlen.", "sourced"),
        ("de", "In Bern wurden 40 Boote als vermisst gemeldet.", "vague"),
        ("de", "Am Freitag hatte die Polizei 40 Boote als vermisst gemeldet.", "sourced"),
        ("de", "Der Beamte soll 40 Euro angenommen haben.", "vague"),
        ("de", "Das Geld soll auf 40 Euro angehoben werden.", "unsourced"),
        ("ru", "По последним данным, затонули 40 лодок.", "vague"),
        ("ar", "بحسب تقديرات «بريتش مارين»، غرق 40 قاربا.", "sourced"),
        ("ar", "قال نقيب تجار الأسماك إن 40 قاربا غرقت.", "sourced"),
        ("ar", "تختلف أسعار القوارب بحسب نوعها، ويبلغ سعر القارب 400 ريال.", "unsourced"),
        ("ar", "خصصت وزارة الزراعة 40 قاربا للصيادين.", "sourced"),
        ("en", "Ana Ruiz, one of 40 skippers in the bay, said the storm was over.", "unsourced"),
        ("en", '"The storm is over," Ana Ruiz told 40 skippers.', "unsourced"),
        ("en", "The study followed 40 boats for a year.", "sourced"),
        ("en", "Researchers tracked 40 boats for a year.", "vague"),
        ("en", "The band played to 40 guests, and researchers studied the tide.", "unsourced"),
        ("fr", "Un tribunal maritime a inculpé 40 pêcheurs.", "sourced"),
        ("fr", "La firme a annoncé la fermeture de l'usine qui construit 40 barques par mois.", "unsourced"),
        ("en", "The mayor announced the end of the yard which builds 40 boats a year.", "unsourced"),
        ("en", "The mayor announced a scheme which will cost 40 million euros.", "sourced"),
        ("de", "Am Freitag hatte die Polizei 40 Boote im Hafen gemeldet, die sich losgerissen hatten.", "sourced"),
        ("fr", "Si l'on ajoute la flotte, 40 barques manquent.", "unsourced"),
        ("de", "Der Erhebung zufolge sanken 40 Boote.", "sourced"),
        ("en", "Per Kern, a broker, sales will reach 40 boats.", "sourced"),
        ("en", "Let's say 40 boats were lost.", "unsourced"),
        ("en", "Preliminary results show a loss of 40 boats.", "vague"),
        ("fr", "D'après les résultats préliminaires, 40 barques ont coulé.", "vague"),
        ("es", "Según los resultados preliminares, se hundieron 40 barcas.", "vague"),
        ("ar", "بحسب النتائج الأولية، غرق 40 قاربا.", "vague"),
        ("en", "The results of the study show that 40 boats were lost.", "sourced"),
        ("en", "The yard grew last year, adding 40 boats.", "unsourced"),
        ("ar", "نما الميناء، مضيفا زيادة قدرها 40 قاربا.", "unsourced"),
        ("ar", "قال رئيس الميناء إن العدد ارتفع، مضيفا أن 40 قاربا غرقت.", "sourced"),
        ("ar", "تختلف الأسعار حسب نوعية القوارب، والسعر 400 ريال.", "unsourced"),
        ("fr", "La prime est de 400 euros (selon les revenus).", "unsourced"),
        ("fr", "Le port de la ville rapporte 40 millions d'euros par an.", "unsourced"),
        ("en", "The yard has unveiled plans and sold 40 boats.", "unsourced"),
        ("de", "Nach dem Sturm geht die Feuerwehr von 40 gesunkenen Booten aus.", "sourced"),
        ("de", "Die Flotte geht mit 40 Booten unter.", "unsourced"),
        ("en", "The study, published in Lake Science, followed 40 boats.", "sourced"),
        ("fr", "L'étude, publiée dans Le Lac, a suivi 40 barques.", "sourced"),
        ("ar", "والتقى الوزير الصيادين، وقرر منحهم 40 مليون ريال.", "sourced"),
    ],
)
def test_the_label_of_a_single_figure(language: str, text: str, label: str) -> None:
    """What stands behind a figure is told within its sentence."""
    assert [found for _, found, _ in labels(text, language)] == [label]


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("fr", "Le tribunal a condamné le pêcheur. Il devra verser 40 euros d'amende.", "sourced"),
        ("fr", "Le tribunal a condamné le pêcheur. Il a perdu 40 euros.", "unsourced"),
        ("fr", "La loi sur le lac a été adoptée. Le port est calme. Les amendes atteindront 40 euros.", "sourced"),
        ("fr", "Une loi a été adoptée. Les amendes atteindront 40 euros.", "unsourced"),
        ("fr", "La loi sur le lac a été adoptée. Le port est calme. 40 bateaux seront repeints.", "unsourced"),
        ("en", "The council approved a new quay. It will have 40 berths.", "sourced"),
        ("en", "The council approved a new quay. Will it have 40 berths?", "unsourced"),
        ("en", "The council approved a new quay. The port lost 40 berths, which will be missed.", "unsourced"),
        ("de", "Das Gericht untersagte die Fahrt. Der Fischer muss 40 Euro Strafe zahlen.", "sourced"),
        ("ru", "Принят закон о лодках. Штраф составит 40 тысяч рублей.", "sourced"),
    ],
)
def test_a_law_or_act_binds_the_sentences_behind_it(language: str, text: str, label: str) -> None:
    """If they say what shall be; what has been is no term of it."""
    assert [found[1] for found in labels(text, language)][-1:] == [label]


def test_the_sentence_after_may_name_the_source() -> None:
    """«Об этом сообщает …» names the source of what stands before it."""
    assert labels("Затонули 40 лодок. Об этом сообщает газета «Маяк».", "ru")[0][1] == "sourced"


def test_a_headline_takes_the_source_of_the_body() -> None:
    """The same figure is attributed below its headline."""
    found = labels("Forty boats lost in the bay\nThe mayor of Lund said 40 boats were lost.")
    assert [label for _, label, _ in found] == ["sourced", "sourced"]
    assert found[0][2] == "The mayor of Lund"


def test_a_headline_may_round() -> None:
    """«60,000» above is the 60,496 below; a figure in the text that differs as little is another one."""
    found = labels("Cases top 60,000\nThe health ministry counted 60,496 cases.\nA year ago there had been 59,900 cases in all.")
    assert [label for _, label, _ in found][:2] == ["sourced", "sourced"] and found[0][2] == "The health ministry"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The fleet fell to 40 boats (according to the Lake Board), but 12 skippers and the old quay were never counted at all."),
        ("de", "Die Flotte sank auf 40 Boote (laut Umweltamt), doch die 12 Fischer am Kai schliefen noch."),
    ],
)
def test_a_source_in_brackets_covers_what_stands_before_it(language: str, text: str) -> None:
    """What follows the brackets rests on nobody in its sentence."""
    found = Article(Document(id="t", text=text), language=language).layer(statistics)
    assert [s.evidence["how"] for s in found] in (["according"], ["according", ""], ["according", "continuation"])
    assert sum(s.evidence["how"] == "according" for s in found) == 1


def test_who_an_apposition_stands_beside_speaks() -> None:
    """Not whoever opens the sentence, and never a clause before the one that says something."""
    assert labels("Ana Ruiz left in May, and LakeBank, its lender, said 40 boats were lost.")[0][2] == "LakeBank"
    assert labels("The skipper was jailed after a jury found he had sold 40 boats.")[0][2] == "a jury"
    assert labels("L'Office des lacs va débloquer 40 millions d'euros.", "fr")[0][2] == "L'Office des lacs"


def test_passives_go_on_from_who_was_named_before() -> None:
    """«В частности» continues the report of a newspaper, which a sentence may open with."""
    text = "Затонули 40 лодок. Об этом информирует «Маяк». В частности, 12 лодок зафиксировали в бухте."
    assert [(label, source) for _, label, source in labels(text, "ru")] == [("sourced", "Маяк")] * 2


def test_vague_figures_go_on() -> None:
    """«Of them» continues a figure that nobody stands behind."""
    assert [label for _, label, _ in labels("По последним данным, затонули 40 лодок. Из них 12 рыбацких лодок.", "ru")] == ["vague"] * 2


def test_market_quotes_are_nobodys() -> None:
    """A price at the exchange continues no account."""
    found = labels("The mayor said 40 boats were lost.\nBrent crude closed at $81 a barrel.")
    assert found[1][1] == "unsourced"


def test_a_small_count_repeats_only_if_the_same_is_counted() -> None:
    """«Two killed» of a collision says nothing of two killed whales; two skippers killed are the same below."""
    text = "Two skippers killed in the bay\nThe mayor said two skippers were killed.\nAt noon, the sea threw two dead whales ashore."
    found = Article(Document(id="t", text=text), language="en").layer(statistics)
    assert [s.evidence["how"] == "repeat" for s in found] == [True, False, False]


def test_who_speaks_in_the_first_person_is_told_by_name() -> None:
    """«We» inside a running quotation is whoever the article names for it."""
    found = labels('"The bay is calm," said harbour master Ana Ruiz.\n"We counted 40 boats last night."')
    assert found == [("40", "sourced", "harbour master Ana Ruiz")]


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
    """No tree asks for more than FEATURES, nearly all of which some tree asks for, and an open figure has a row of them."""
    model = continuation()
    assert model is not None
    assert 0.9 * len(FEATURES) < len(np.unique(model.trees.feature)) <= len(FEATURES) > model.trees.feature.max()
    ((_, row),) = open_claims(Article(Document(id="t", text="Forty boats were lost in the bay."), language="en"))
    assert len(row) == len(FEATURES)
    assert 0.0 <= model.trees.probability(row[None])[0] <= 1.0


def test_the_shipped_model_learned_nothing_that_may_only_be_measured() -> None:
    """The card names no data set whose licence allows measuring alone."""
    card = tomllib.loads((pack_root() / "models" / "continuation" / "card.toml").read_text(encoding="utf-8"))
    assert card["measured_only"] == list(MEASURE_ONLY)
    assert not [name for name in card["trained_on"] if name.startswith(MEASURE_ONLY)]


def test_who_is_counted_does_not_stand_behind_the_count() -> None:
    """People told by their number say something, and are not the source of their number, whatever the model thinks."""
    text = "Nine out of ten parents said they were happy."
    article = Article(Document(id="t", text=text), language="en")
    shipped = continuation()
    assert shipped is not None
    (found,) = figures_told_by(article, shipped._replace(threshold=-1.0))
    assert found.claim.span.end == len("Nine out of ten")
    assert found.ground.label == "unsourced"


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
        assert continuation_of(held).trees.feature.max() < len(FEATURES)
    assert 'trained_on = ["ours"]' in (tmp_path / "model" / "card.toml").read_text(encoding="utf-8")
    assert "AUROC" in said[0] and said[1].startswith("all: 16 figures")


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


def test_a_sentence_goes_on_for_whoever_it_names() -> None:
    """«noting that» continues the speaker of its own sentence, not one named long before."""
    text = "Le lac baisse, a dit Léa Martin. Le quai tient, a-t-il dit, notant que 40 barques ont coulé."
    assert labels(text, "fr")[-1][2] == "il"


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("ru", "Утонули 40 лодок, сообщает «Порт» со ссылкой на полицию Лунда.", "полицию Лунда"),
        ("ar", "ذكرت صحيفة الساحل نقلا عن وزير الصيد أن 40 قاربا غرقت.", "وزير الصيد"),
        ("ar", "قال مدير الميناء إن العمل يسير حسب الخطة الموضوعة وإن 40 قاربا ستعمل.", "مدير الميناء"),
    ],
)
def test_who_is_relied_on_stands_behind_the_figure(language: str, text: str, source: str) -> None:
    """Not whoever passes it on, and not the plan that something goes by."""
    (told,) = statistics(Article(Document(id="t", text=text), language=language))
    assert told.source
    assert (told.label, text[told.source.start : told.source.end]) == ("sourced", source)


def test_a_quotation_of_the_sentence_before_does_not_end_what_is_said() -> None:
    """The mark that closes a quotation stands right before the next speaker."""
    text = "Ana Ruiz said, “The lake is falling.”\nShe said tablets will help, with 40 million boats sold."
    assert labels(text)[-1][1:] == ("sourced", "She")


def test_whoever_speaks_a_quotation_stands_behind_its_figures() -> None:
    """A source that the quotation itself names does not take them over."""
    text = "“The lake may lose 40 million fish, by the board's forecast of 2019 or, according to the ministry, more,” Ana Ruiz said."
    assert labels(text)[0][1:] == ("sourced", "Ana Ruiz")


def test_a_pronoun_behind_a_quotation_is_its_source() -> None:
    """Whoever stands in the sentence speaks, by name or not; «we» inside the quotation is told by name."""
    text = 'Ana Ruiz said: "The bay is calm." "Last night 40 boats were lost," she said.'
    assert labels(text)[0][1:] == ("sourced", "she")


def test_what_is_decided_is_told_by_whoever_decides() -> None:
    """«Saying that» goes on for the subject of the verb of decision before it."""
    text = "Ana Ruiz said it rains. In May, the court ruled against the yard, saying that it owes 40 boats."
    assert labels(text)[0][1:] == ("sourced", "the court")


def test_the_speaker_of_a_quotation_stands_before_it_unless_it_is_closed_by_one() -> None:
    """A sentence that follows a quotation is not its speaker's only because it names somebody."""
    text = "“It rains,” said Ana Ruiz.\n“We lost 40 boats.”\nEmil Kern described the quay as lost."
    assert labels(text)[0][1:] == ("sourced", "Ana Ruiz")
