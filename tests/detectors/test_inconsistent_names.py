"""Spellings of one name are told apart from relatives, inflected forms and ordinary words."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.detectors.inconsistent_names import DETECTOR
from credibility.document import Document, Finding
from credibility.names import same_arabic_name, same_name, sound
from credibility.segment import Article


def article(text: str, language: str | None = "fr") -> Article:
    """An article whose language is not guessed."""
    return Article(Document(id="test", text=text), language=language)


def found(text: str, language: str = "fr") -> list[Finding]:
    """The findings, in order."""
    return list(DETECTOR.detect(article(text, language)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khorasan", "Khurasan"),
        ("Marrakech", "Marrakesh"),
        ("Falloujah", "Fallujah"),
        ("Zelensky", "Zelenskyy"),
        ("Mohamed", "Mohammed"),
        ("Hezbollah", "Hezbullah"),
        ("Djedra", "Jedra"),
        ("Luzhkov", "Loujkov"),
        ("Baghdad", "Bagdad"),
        ("Philippe", "Philipe"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    """Whichever comes first."""
    assert same_name(one, other) and same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("François", "Français"),
        ("Françoise", "Française"),
        ("Unidos", "Unidas"),
        ("Hansen", "Hanson"),
        ("Miller", "Muller"),
        ("Princes", "Princess"),
        ("Kaufman", "Kaufmann"),
        ("Hassan", "Hussein"),
        ("Mario", "Maria"),
        ("Russe", "Russes"),
        ("Iran", "Iranien"),
        ("Silva", "Selva"),
        ("Khorasan", "KHORASAN"),
    ],
)
def test_other_names(one: str, other: str) -> None:
    """Sisters, brothers, demonyms, plurals, short names, capitals alone."""
    assert not same_name(one, other)


def test_arabic_names() -> None:
    """A weak letter well inside; endings and patterns of the language do not count."""
    assert same_arabic_name("زيلينسكي", "زيلنسكي")
    for pair in (("معلمون", "معلمين"), ("كاتب", "كتاب"), ("مهندسات", "مهندستا"), ("ايزيدات", "ايزيديات")):
        assert not same_arabic_name(*pair)


def test_every_way_to_write_it_is_shown() -> None:
    """Small words between the parts of a name do not hide it; each way is quoted once."""
    text = (
        "Les forces de (Isis - province de Khorasan) ont fui vers le nord. La presse parle depuis lors d'ISIS Khorasan avec crainte. "
        "Un porte-parole a dit que Isis Khurasan recrute. Plus tard, Isis Khurasan a nié."
    )
    assert [finding.quote for finding in found(text)] == ["Isis - province de Khorasan", "ISIS Khorasan", "Isis Khurasan"]
    assert found(text)[1].evidence["forms"] == "Isis - province de Khorasan | ISIS Khorasan | Isis Khurasan"


@pytest.mark.parametrize(
    "text",
    [
        "Hier le maire a reçu Mohamed Salem au port. Aujourd'hui le préfet a vu Mohammed Karim au même endroit.",
        "Les trains passent par Shaanxi, le Henan et Shanxi, puis par les villes du sud.",
        "Mother Loves Better Matter And Bother Again In The Morning And The Evening Of Days",
        "On a vu le Boucher du port hier soir. Le Bouchère n'est pas un mot, dit le boucher.",
    ],
    ids=["two-people", "one-sentence", "title-case", "ordinary"],
)
def test_what_is_left_alone(text: str) -> None:
    """Two people, two places told apart, headings, words that the text also writes small."""
    assert found(text) == []


def test_languages() -> None:
    """Where names decline or every noun has a capital, the flag is not assessed and says so."""
    assert DETECTOR.coverage(article("Un mot.", "fr")) == {"inconsistent-name": "assessed"}
    for language in ("de", "ru", "cs", None):
        assert DETECTOR.coverage(article("Ein Wort.", language))["inconsistent-name"].startswith("not-assessed: ")


def test_time_is_linear() -> None:
    """Thousands of names that sound alike."""
    times = []
    for size in (500, 4_000):
        text = " ".join(
            f"Le maire a vu Mart{'aeiou'[n % 5]}n{'xyzvwkl'[n % 7]}ov {'Petit' if n % 3 else 'Grand'} hier." for n in range(size)
        )
        made = article(text)
        assert made.sentences
        started = time.process_time()
        assert len(list(DETECTOR.detect(made))) < 100
        times.append(time.process_time() - started)
    assert times[1] < 24 * max(times[0], 0.01)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=20), st.text(st.sampled_from("Kkhourasnéa -'  .,م ايو"), max_size=80), st.sampled_from(["fr", "ar"]))
def test_any_text(noise: str, names: str, language: str) -> None:
    """Spans hold, whatever stands around two spellings; and sounding a word again changes nothing of what it is compared by."""
    text = f"{noise}{names}. Le train pour Marrakech est parti hier soir. Celui qui revient de Marrakesh est en retard. {names}{noise}"
    for finding in found(text, language):
        assert finding.quote == text[finding.span.start : finding.span.end]
    assert sound(names) == sound(names.upper()) or not names.isascii()
