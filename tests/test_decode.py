"""Bytes become text as they do in a browser."""

import pytest
from hypothesis import given

from credibility.reading.clipping import from_html
from credibility.reading.decode import codec, decode_page, decode_unmarked
from tests.strategies import hostile_text, utf8_text

META = '<meta charset="{}"><p>{}'


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("windows-1256", "cp1256", "قال الوزير إن المدينة"),
        ("iso-8859-1", "cp1252", "l’été – 5 €"),
        ("ISO-8859-15", "iso8859-15", "l'été 5 €"),
        ("windows-1251", "cp1251", "Москва"),
        ("gb2312", "gb18030", "新闻報"),
        ("Shift_JIS", "cp932", "ニュース①"),
        ("euc-kr", "cp949", "뉴스 똠"),
        ("utf8", "utf-8", "été"),
    ],
)
def test_labels_mean_what_they_mean_in_browsers(label: str, encoding: str, text: str) -> None:
    assert from_html(META.format(label, text).encode(encoding)).text == text


def test_a_declaration_in_a_content_attribute_or_xml_declaration_counts() -> None:
    page = "<meta http-equiv=Content-Type content='text/html; charset=windows-1256'><p>قال"
    assert from_html(page.encode("cp1256")).text == "قال"
    assert from_html("<?xml version='1.0' encoding='koi8-r'?><p>Москва".encode("koi8-r")).text == "Москва"


def test_mark_goes_before_header_and_header_before_declaration() -> None:
    page = META.format("koi8-r", "été")
    assert decode_page(b"\xef\xbb\xbf" + page.encode(), "cp1251").endswith("été")
    assert decode_page(page.encode("cp1252"), "latin1").endswith("été")
    for name in ("utf-16-le", "utf-16-be"):
        mark = "\ufeff".encode(name)
        assert decode_page(mark + page.encode(name), "utf-8").endswith("été")


def test_a_declaration_in_a_comment_or_of_utf_16_is_not_believed() -> None:
    assert from_html("<!-- <meta charset=koi8-r> --><p>été".encode()).text == "été"
    assert from_html(META.format("utf-16", "été").encode()).text == "été"


def test_unknown_labels_and_codecs_that_are_no_text_are_passed_over() -> None:
    assert [codec(label) for label in ("klingon", "", None, "rot13", "hex", "idna", "unicode_escape", "utf-7", "é", "a\0b")] == [None] * 10
    assert from_html(META.format("klingon", "été").encode()).text == "été"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "L’été dernier, à Orléans, la députée a présenté « son » plan."),
        ("cp1252", "Die Brücke über den Fluß wird größer."),
        ("cp1256", "قالت البلدية إن الجسر الجديد سيفتح في الصيف."),
        ("cp1251", "Мост через реку откроют летом, сообщила мэрия."),
        ("koi8-r", "Мост через реку откроют летом, сообщила мэрия."),
        ("cp1251", "он дома, а мы здесь"),
        ("cp1255", "העירייה הודיעה כי הגשר החדש ייפתח בקיץ."),
        ("cp1253", "Η γέφυρα θα ανοίξει το καλοκαίρι, είπε ο δήμος."),
        ("cp1250", "Władze miasta ogłosiły, że most będzie otwarty w październiku."),
        ("cp1254", "Belediye, köprünün yazın açılacağını söyledi; işçiler çalışıyor."),
        ("gb18030", "市政府表示，这座大桥将于夏天开放。"),
        ("cp932", "市は夏に橋を開通させると発表した。"),
        ("cp949", "시는 여름에 다리를 개통한다고 밝혔다."),
        ("utf-16-le", "The bridge opens in summer, said the town hall."),
        ("utf-16-be", "L’été, la mairie."),
    ],
)
def test_undeclared_encodings_are_guessed_from_the_letters(encoding: str, text: str) -> None:
    assert decode_unmarked(text.encode(encoding)) == text


def test_one_bad_byte_does_not_make_utf_8_another_encoding() -> None:
    assert decode_unmarked("Été à la mer, où l’œuvre naît ; hélas".encode() + b"\xc3") == "Été à la mer, où l’œuvre naît ; hélas\ufffd"
    assert decode_unmarked("La criée a fermé hier, a annoncé la".encode() + b"\xc3") == "La criée a fermé hier, a annoncé la\ufffd"


@given(utf8_text)
def test_utf_8_is_recognised(text: str) -> None:
    """Unless every other character is NUL: then it is UTF-16."""
    text = text.replace("\0", "")
    assert decode_unmarked(text.encode()) == text


@given(hostile_text)
def test_no_bytes_raise(text: str) -> None:
    for encoding in ("utf-8", "utf-16", "cp1252"):
        assert isinstance(decode_page(text.encode(encoding, "replace"), text[:20]), str)
