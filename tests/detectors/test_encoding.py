"""Damaged characters are found with what they were; what a writing system needs is left alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.detectors.encoding import DETECTOR
from credibility.document import Document, Finding, Severity
from credibility.mojibake import CHARSETS, damages
from credibility.segment import Article

FRENCH = "L’équipage a fêté son retour à Brest : « où étiez-vous ? » Le garçon naïf a répondu… Ça coûte 5 € — voilà."
RUSSIAN = "Экипаж вернулся в порт, и весь город вышел его встречать."
ARABIC = "عاد الطاقم إلى الميناء وخرجت المدينة كلها لاستقباله."


def found(text: str) -> list[Finding]:
    """The findings, in order of place."""
    return sorted(DETECTOR.detect(Article(Document(id="test", text=text), language="fr")), key=lambda finding: finding.order)


def misread(text: str, codec: str) -> str:
    """UTF-8 read in another set; empty bytes stand for themselves."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("charset", CHARSETS)
def test_french_read_in_any_set(charset: str) -> None:
    """Quotation marks and accents come out again."""
    damaged = misread(FRENCH, CHARSETS[charset])
    assert {finding.rule for finding in found(damaged)} == {"encoding.mojibake"}
    assert any("’" in damage.fixed for damage in damages(damaged))


@pytest.mark.parametrize(
    ("text", "codec"), [(RUSSIAN, "cp1251"), (RUSSIAN, "cp1252"), (ARABIC, "cp1256"), (ARABIC, "cp1252"), (ARABIC, "latin1")]
)
def test_other_scripts(text: str, codec: str) -> None:
    """Cyrillic and Arabic in the sets they are mostly misread in."""
    first = found(misread(text, codec))[0]
    assert first.rule == "encoding.mojibake"
    assert str(first.evidence["fixed"]).split()[0] in text


@pytest.mark.parametrize(("text", "codec"), [(RUSSIAN, "cp1251"), (ARABIC, "cp1256")])
def test_one_byte_sets_read_as_western(text: str, codec: str) -> None:
    """Words of nothing but accented capitals are another alphabet."""
    (finding,) = found(text.encode(codec).decode("cp1252", "replace"))
    assert finding.rule == "encoding.mojibake" and str(finding.evidence["fixed"])[:6] == text[:6]


def test_a_finding_says_what_it_was() -> None:
    """`fixed` is the stretch put right, `charset` the set it was read in; control characters are named."""
    (finding,) = found("Ils ont fÃªtÃ© cela.")
    assert (finding.quote, finding.evidence["fixed"], finding.evidence["charset"]) == ("fÃªtÃ©", "fêté", "windows-1252")
    (finding,) = found("The harbour\x92s gates.")
    assert (finding.quote, finding.evidence["characters"]) == ("harbour\x92s", "U+0092")


@pytest.mark.parametrize(
    "text",
    [
        FRENCH,
        RUSSIAN,
        ARABIC,
        FRENCH.upper(),
        "«\u00a0Liberté\u00a0», «\u202fÉgalité\u202f», “FRATERNITÉ”, 20\u00a0% à l’été\u00a0; é\u00a0»",
        "می\u200cخواهم به خانه بروم؟ نمی\u200cدانم؛ «بله»",
        "\ufeffA mark, 👩\u200d🚒 👨\u200d👩\u200d👧\u200d👦 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f and ❤️",
        "Fin\u00adde\u00adsiècle\u200b\n\u200b\nขอบ\u200bคุณ ភាសា\u200bខ្មែរ",
        "\u2067שלום\u2069 \u202bמילה\u202c \u200f5-3",
        "КИЇВ, УКРАЇНІ, ВІДІЙТИ, Євросоюз; Љубљана, Ђоковић; в „Фокус“, гномов”».",
        "Straße, Çelik, İstanbul, Ørsted, Zürich; Tiếng Việt; Ελλάδα; हिन्दी; 中文、日本語「はい」",
        "x² ≥ √π, 5×£35, ±0.5 °C, ½ Å, β-carotene, μm, ΔT, 4288×…",
        "Wi-Fi IP69K B12 iPhone’ы ГолосUA Т-34",
        "IL2R, КАМАЗ, \ue853 icon",
    ],
)
def test_what_is_ordinary(text: str) -> None:
    """Languages, quotations, emoji, joiners, direction marks, science."""
    assert found(text) == []


def test_a_slip_of_the_keyboard_is_a_note() -> None:
    """A Latin letter in a Cyrillic word is mostly typed so; a Cyrillic one in a French text is not."""
    assert [finding.severity for finding in found("Cкорее всего, порт закрыт.")] == [Severity.NOTE]
    assert [finding.severity for finding in found("Le pоrt de Brest est fermé.")] == [Severity.WARNING]


def test_spans_of_scripts_without_spaces_stay_small() -> None:
    """A lost character in Chinese takes no clause with it."""
    assert [finding.quote for finding in found("台灣宏\ufffd等廠商")] == ["\ufffd"]


def test_nothing_is_found_twice() -> None:
    """Controls and impostors inside a mojibake are that mojibake."""
    assert [finding.rule for finding in found("She said â\x80\x98yesâ\x80\x99 twice")] == ["encoding.mojibake"]
    assert [finding.rule for finding in found("HomefirstВ® Health")] == ["encoding.mojibake"]


@pytest.mark.parametrize("unit", ["Ã©", "â€", "Р°", "ط§", "\x92 ", "a\u200bb ", "Âпx", "ÀÁÂ ", "\ufffd", "é "])
def test_time_is_linear(unit: str) -> None:
    """A text of damage alone."""
    times = []
    for size in (20_000, 100_000):
        text = unit * (size // len(unit))
        started = time.process_time()
        found(text)
        times.append(time.process_time() - started)
    assert times[1] < 15 * max(times[0], 0.02)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters() | st.sampled_from("ÃÂâ€™©а\u200b\ufffd\x93 \ud800")))
def test_any_text(text: str) -> None:
    """Quotes are what stands there, whatever the text."""
    for finding in found(text):
        assert text[finding.span.start : finding.span.end] == finding.quote
