"""The main language of a text, with its confidence, and None under too little text."""

import hashlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.languages.identify import read_languages
from credibility.languages.model import STEP, language_model, model_folder
from credibility.languages.tokens import tokens
from credibility.pack import read_toml
from credibility.training.languages import fit
from tests.spliced import SENTENCES

# One ordinary sentence each, written for this test.
ONE_SENTENCE = {
    "pt": "A ponte foi fechada na quinta-feira de manhã e ninguém sabe ainda quando vai abrir de novo.",
    "it": "Il ponte è stato chiuso giovedì mattina e nessuno sa ancora quando verrà riaperto.",
    "ca": "El pont es va tancar dijous al matí i encara ningú no sap quan es tornarà a obrir.",
    "gl": "A ponte pechouse o xoves pola mañá e aínda ninguén sabe cando se vai abrir outra vez.",
    "nl": "De brug werd donderdagochtend gesloten en niemand weet nog wanneer hij weer opengaat.",
    "ro": "Podul a fost închis joi dimineață și nimeni nu știe încă când va fi deschis din nou.",
    "pl": "Most zamknięto w czwartek rano i nikt jeszcze nie wie, kiedy zostanie znowu otwarty.",
    "cs": "Most byl ve čtvrtek ráno uzavřen a nikdo zatím neví, kdy bude znovu otevřen.",
    "sk": "Most bol vo štvrtok ráno uzavretý a nikto zatiaľ nevie, kedy bude znovu otvorený.",
    "hr": "Most je zatvoren u četvrtak ujutro i još nitko ne zna kada će ponovno biti otvoren.",
    "da": "Broen blev lukket torsdag morgen, og ingen ved endnu, hvornår den bliver åbnet igen.",
    "no": "Broen ble stengt torsdag morgen, og ingen vet ennå når den blir åpnet igjen.",
    "sv": "Bron stängdes på torsdagsmorgonen och ingen vet ännu när den kommer att öppnas igen.",
    "fi": "Silta suljettiin torstaiaamuna, eikä kukaan tiedä vielä, milloin se avataan uudelleen.",
    "hu": "A hidat csütörtök reggel lezárták, és még senki sem tudja, mikor nyitják meg újra.",
    "tr": "Köprü perşembe sabahı kapatıldı ve ne zaman yeniden açılacağını henüz kimse bilmiyor.",
    "id": "Jembatan itu ditutup pada Kamis pagi dan belum ada yang tahu kapan akan dibuka lagi.",
    "vi": "Cây cầu đã bị đóng vào sáng thứ năm và chưa ai biết khi nào nó sẽ được mở lại.",
    "et": "Sild suleti neljapäeva hommikul ja keegi ei tea veel, millal see uuesti avatakse.",
    "uk": "Міст закрили у четвер вранці, і поки що ніхто не знає, коли його знову відкриють.",
    "bg": "Мостът беше затворен в четвъртък сутринта и още никой не знае кога ще бъде отворен отново.",
    "mk": "Мостот беше затворен во четвртокот наутро и сè уште никој не знае кога ќе биде отворен повторно.",
    "sr": "Мост је затворен у четвртак ујутру и још нико не зна када ће поново бити отворен.",
    "be": "Мост закрылі ў чацвер раніцай, і пакуль ніхто не ведае, калі яго зноў адкрыюць.",
    "kk": "Көпір бейсенбі күні таңертең жабылды, оның қашан қайта ашылатынын әзірге ешкім білмейді.",
    "fa": "پل صبح پنجشنبه بسته شد و هنوز هیچ‌کس نمی‌داند که چه زمانی دوباره باز خواهد شد.",
    "ur": "پل جمعرات کی صبح بند کر دیا گیا اور ابھی تک کوئی نہیں جانتا کہ یہ دوبارہ کب کھلے گا۔",
    "he": "הגשר נסגר ביום חמישי בבוקר ועדיין איש אינו יודע מתי ייפתח מחדש.",
    "hi": "पुल गुरुवार सुबह बंद कर दिया गया और अभी तक कोई नहीं जानता कि यह फिर कब खुलेगा।",
    "el": "Η γέφυρα έκλεισε το πρωί της Πέμπτης και κανείς δεν ξέρει ακόμη πότε θα ανοίξει ξανά.",
    "zh": "这座桥星期四早上关闭了，还没有人知道什么时候会重新开放。",
    "ja": "橋は木曜日の朝に閉鎖され、いつ再開されるかはまだ誰にも分からない。",
    "ko": "다리는 목요일 아침에 폐쇄되었고 언제 다시 열릴지 아직 아무도 모른다.",
    "ka": "ხიდი ხუთშაბათს დილით დაიკეტა და ჯერ არავინ იცის, როდის გაიხსნება.",
    "th": "สะพานถูกปิดเมื่อเช้าวันพฤหัสบดี และยังไม่มีใครรู้ว่าจะเปิดอีกเมื่อใด",
}


@pytest.mark.parametrize(("language", "sentence"), [*ONE_SENTENCE.items()])
def test_one_sentence_is_enough(language: str, sentence: str) -> None:
    """An ordinary sentence names its language, with confidence."""
    found, confidence = read_languages(sentence).main
    assert found == language and confidence > 0.7


@pytest.mark.parametrize("language", SENTENCES)
def test_articles(language: str) -> None:
    """A whole article leaves no doubt."""
    reading = read_languages(SENTENCES[language])
    assert reading.main[0] == language and reading.main[1] > 0.99 and reading.sure


@pytest.mark.parametrize(
    "text", ["", " \n", "42", "12.5 % (2019)", "OK", "https://example.org/un-pont-de-pierre", "#JeSuisLa @qui", "{a: b}", "★ ★"]
)
def test_too_little_text_has_no_language(text: str) -> None:
    """Numbers, addresses, tags and single words say nothing."""
    assert read_languages(text).main == (None, 0.0)


def test_traditional_characters_are_chinese() -> None:
    """Forms that only Taiwan and Hong Kong use count for Chinese, not for Japanese."""
    assert read_languages("這座橋星期四早上關閉了，還沒有人知道什麼時候會重新開放。").main[0] == "zh"


def test_marks_do_not_matter() -> None:
    """Harakat, tatweel and decomposed accents leave the language as it is."""
    assert read_languages("أُغْلِقَ الْجِسْرُ صَبَاحَ الْخَمِيسِ وَلَا أَحَدَ يَعْرِفُ مَتَى يُفْتَحُ").main[0] == "ar"
    assert read_languages("La mairie a ferme\u0301 le pont apre\u0300s la de\u0301couverte d'une fissure").main[0] == "fr"


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text(text: str) -> None:
    """Tokens stand in the text in order without overlapping; evidence has one row for each, zero for its best language."""
    found = tokens(text)
    assert (found.start < found.end).all() and (found.end[:-1] <= found.start[1:]).all()
    assert not len(found) or found.end[-1] <= len(text)
    evidence = language_model().evidence(found)
    assert evidence.shape == (len(found), len(language_model().languages))
    assert not len(found) or (evidence.max(1) == 0).all()
    language, confidence = read_languages(text).main
    assert 0.0 <= confidence <= 1.0 and (language is not None or confidence == 0.0)


@pytest.mark.parametrize("unit", ["<a ", "{ a ", "[a =", "a.b", "SELECT ", "a_", "$ a\n", "/a", "@", "www.", "mot ", "« a ", "ب ", "漢"])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """Four times the text takes about four times as long, not sixteen, whatever it begins over and over."""
    seconds = []
    for size in (40_000, 160_000):
        text = unit * (size // len(unit))
        best = 9.0
        for _ in range(2):
            started = time.process_time()
            read_languages(text)
            best = min(best, time.process_time() - started)
        seconds.append(best)
    assert seconds[1] < 9 * seconds[0] + 0.05


def test_the_model_is_small() -> None:
    """Weights are those of the card and below what the wheel may carry, and one step of them is a sixteenth of a nat."""
    weights = (model_folder() / "weights.npz").read_bytes()
    card = read_toml(model_folder() / "card.toml")
    assert len(weights) == card["bytes"] < 10_000_000 and hashlib.sha256(weights).hexdigest() == card["sha256"]
    assert STEP == 16.0
    assert len(set(language_model().languages)) >= 50


def test_a_few_words_known_whole_score_as_they_do_among_others() -> None:
    """Words that the table holds are looked up, the others spelled; neither depends on what stands beside it."""
    together = language_model().evidence(tokens("bridge quondamly fermeture zzyx river"))
    alone = [language_model().evidence(tokens(word)) for word in ("bridge", "quondamly", "fermeture", "zzyx", "river")]
    assert [row.tolist() for row in together] == [rows[0].tolist() for rows in alone]


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_training_gives_the_same_bytes(language: str) -> None:
    """Two fits of the same words give the same bytes."""
    words = {word.strip(".,«»").lower(): 1.0 for word in SENTENCES[language].split() if word.strip(".,«»").isalpha()}
    script = "Latn" if language == "fr" else "Cyrl"
    first, second = (fit(script, {language: words, "other": dict(list(words.items())[::2])}) for _ in range(2))
    assert all(first[name].tobytes() == second[name].tobytes() for name in first) and len(first["keys"]) > 100
