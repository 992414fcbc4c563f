"""Files, folders and standard input become documents, in order, and what cannot be read says why."""

import gzip
import io
import json
import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from credibility.document import Document
from credibility.reading import clipping, formats
from credibility.reading.read import ReadOptions, from_text, read_paths
from tests.strategies import hostile_text, utf8_text


def _read(*paths: object, options: ReadOptions | None = None) -> list[Document]:
    return list(read_paths([str(path) for path in paths], options))


def _write(path: Path, content: str | bytes) -> Path:
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if path.name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize("ending", [".txt", ".md", ".TXT", ".txt.gz"])
def test_a_text_file_is_kept_as_it_is(tmp_path: Path, ending: str) -> None:
    path = _write(tmp_path / f"a{ending}", "\ufeffOne\r\ntwo\u2028three\rfour \n\n")
    assert _read(path) == [Document(id=str(path), path=str(path), text="One\r\ntwo\u2028three\rfour \n\n")]


@given(utf8_text)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_from_a_file(tmp_path: Path, text: str) -> None:
    (document,) = _read(_write(tmp_path / "a.txt", b"\xef\xbb\xbf" + text.encode()))
    assert document.text == text


@given(hostile_text)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_from_json_lines(tmp_path: Path, text: str) -> None:
    lines = [json.dumps({"id": "a", "text": text}), json.dumps({"text": text.encode("utf-8", "replace").decode()}, ensure_ascii=False)]
    documents = _read(_write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert [document.error for document in documents] == [None, None]
    assert documents[0].text == text
    assert documents[1].text == text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_utf_16_text_with_its_mark_is_read(tmp_path: Path, encoding: str) -> None:
    path = _write(tmp_path / "a.txt", ("\ufeff" + "L’été\r\n").encode(encoding))
    assert _read(path)[0].text == "L’été\r\n"


def test_an_old_encoding_is_recognised(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt", "À Orléans, l’été dernier, la députée a présenté son plan.".encode("cp1252"))
    assert _read(path)[0].text == "À Orléans, l’été dernier, la députée a présenté son plan."


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv"])
@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"%PDF-1.4\n" + Random(3).randbytes(1500).replace(b"\0", b"")])
def test_binary_data_is_no_text(tmp_path: Path, name: str, data: bytes) -> None:
    (document,) = _read(_write(tmp_path / name, data))
    assert document.error is not None and "binary data" in document.error


def test_a_few_controls_make_no_binary_data(tmp_path: Path) -> None:
    """The frame of an agency's wire (SOH, STX, ETX) and a stray NUL are damage to be flagged, and the text is read."""
    (document,) = _read(_write(tmp_path / "a.txt", b"\x01A112\x02The old port opened\0 on Monday.\x03\x04"))
    assert document.error is None and "opened\0 on" in document.text


@pytest.mark.parametrize("ending", [".html", ".htm", ".html.gz"])
def test_a_page_is_read_as_it_shows(tmp_path: Path, ending: str) -> None:
    path = _write(tmp_path / f"a{ending}", "<meta charset=windows-1252><title>T</title><p>été<p>deux".encode("cp1252"))
    (document,) = _read(path)
    assert (document.id, document.text, document.title) == (str(path), "été\ndeux", "T")


@pytest.mark.parametrize("ending", [".jsonl", ".ndjson", ".jsonl.gz"])
def test_json_lines_with_every_field(tmp_path: Path, ending: str) -> None:
    full = {"id": 7, "text": "A", "url": "u", "source": "s", "title": "t", "published": "2024-05-01", "language": "fr-FR"}
    path = _write(tmp_path / f"a{ending}", "\n".join(map(json.dumps, [full, {"html": "<p>B<p>C", "text": ""}, {"text": "D"}])) + "\n\n")
    first, second, third = _read(path)
    expected = {"path": str(path), "url": "u", "source": "s", "title": "t", "published": "2024-05-01", "language": "fr"}
    assert first == Document(id="7", text="A", file_line=1, **expected)  # type: ignore[arg-type]
    assert (second.id, second.text) == (f"{path}:2", "B\nC")
    assert (third.id, third.text) == (f"{path}:3", "D")


def test_a_string_may_hold_any_line_separator_but_the_newline(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.jsonl", '{"text": "a\u2028b\u2029c\x85d"}\r\n{"text": "\\ud800"}\r\n')
    assert [document.text for document in _read(path)] == ["a\u2028b\u2029c\x85d", "\ud800"]


def test_text_goes_before_html_and_an_empty_text_is_one(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.jsonl", '{"text": "plain", "html": "<p>page"}\n{"text": ""}\n')
    assert [(document.text, document.error) for document in _read(path)] == [("plain", None), ("", None)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "is no JSON"),
        (b'{"text": "a"} x', "is no JSON"),
        (b"[1]", "is a JSON array"),
        (b"null", "is a JSON null"),
        (b"{}", "has no text in 'text' or 'html' (its columns: none)"),
        (b'{"body": "x"}', "its columns: 'body'"),
        (b'{"text": 5}', "its 'text' is 5, not a string"),
        (b'{"html": ["x"]}', "its 'html' is ['x'], not a string"),
        (b'{"text": "\xff"}', "is not UTF-8"),
        (b"[" * 200_000, "cannot be read"),
        (b'{"n": ' + b"1" * 5_000 + b', "text": "x"}', "cannot be read"),
    ],
)
def test_a_broken_line_says_why_and_the_others_are_read(tmp_path: Path, line: bytes, reason: str) -> None:
    path = _write(tmp_path / "a.jsonl", b'{"text": "one"}\n' + line + b'\n{"text": "three"}')
    first, second, third = _read(path)
    assert (first.text, third.text) == ("one", "three")
    assert second.id == f"{path}:2"
    assert second.error is not None
    assert second.error.startswith(f"{path}:2: ")
    assert reason in second.error
    assert "\n" not in second.error


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_row_that_cannot_be_read_keeps_where_it_came_from(tmp_path: Path, name: str) -> None:
    row = '{"id": "x", "text": null, "source": "Le Phare"}' if name == "a.jsonl" else "id,text,source\nx,,Le Phare"
    (document,) = _read(_write(tmp_path / name, row))
    assert (document.id, document.source, document.text) == ("x", "Le Phare", "")
    assert "has no text in 'text' or 'html'" in (document.error or "")


@pytest.mark.parametrize("value", [5, None, True, ["x"], {"a": 1}, "", "  "])
def test_metadata_of_the_wrong_type_is_passed_over(tmp_path: Path, value: object) -> None:
    names = ("url", "source", "title", "published", "language")
    path = _write(tmp_path / "a.jsonl", json.dumps({"text": "A", **dict.fromkeys(names, value)}))
    (document,) = _read(path)
    assert (document.text, document.error) == ("A", None)
    assert [getattr(document, name) for name in names] == [None] * 5


def test_columns_can_be_chosen(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.jsonl", '{"nr": 3, "body": "A", "outlet": "S", "text": 5}')
    (document,) = _read(path, options=ReadOptions(id="nr", text="body", source="outlet"))
    assert (document.id, document.text, document.source) == ("3", "A", "S")


def test_json_lines_in_utf_16_ask_for_utf_8(tmp_path: Path) -> None:
    (document,) = _read(_write(tmp_path / "a.jsonl", '\ufeff{"text": "A"}'.encode("utf-16-le")))
    assert document.error is not None and "save it as UTF-8" in document.error


def test_packed_json_lines_without_their_ending_are_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(b'{"text": "A"}\n' * 500))))
    (document,) = _read("-")
    assert document.error == "-: is packed by gzip; unpack it, or give it a name that ends in .gz"


def test_a_clipping_beyond_all_measure_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "LONGEST", 1_000)
    monkeypatch.setattr(clipping, "LONGEST", 1_000)
    long = json.dumps({"text": "a" * 5_000})
    lines = _write(tmp_path / "a.jsonl.gz", f'{long}\n{{"text": "b"}}\n{long}')
    text = _write(tmp_path / "b.txt.gz", "a" * 2_000_000)
    page = _write(tmp_path / "c.html", "<p>" + "a" * 2_000)
    documents = _read(lines, text, page)
    assert [document.text for document in documents] == ["", "b", "", "", ""]
    assert [document.error is not None and "split it into clippings" in document.error for document in documents] == [
        True, False, True, True, True,
    ]  # fmt: skip


def test_a_text_beyond_all_measure_is_not_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it came in; a page may be large for its pictures."""
    monkeypatch.setattr(clipping, "LONGEST_TEXT", 1_000)
    picture = f"<p>b<img src='data:{'x' * 2_000}'>"
    lines = _write(
        tmp_path / "a.jsonl", "\n".join(map(json.dumps, [{"text": "a" * 2_000}, {"html": "<p>" + "a" * 2_000}, {"html": picture}]))
    )
    documents = _read(lines, _write(tmp_path / "b.txt", "a" * 2_000), _write(tmp_path / "c.html", picture))
    assert [document.text for document in documents] == ["", "", "b", "", "b"]
    assert all("million characters" in (document.error or "") for document in documents if not document.text)


def test_a_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c.txt.gz", "picture.png", ".hidden.txt", ".git/x.txt", "b/README"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        _write(tmp_path / name, name)
    (tmp_path / "b" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [document.text for document in _read(tmp_path)] == ["a.txt", "b/10.txt", "b/2.txt", "c.txt.gz"]


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    _write(tmp_path / "b.txt", "B")
    assert [document.text for document in _read(tmp_path)] == ["B"]


def test_what_cannot_be_read_is_a_document_too(tmp_path: Path) -> None:
    unknown = _write(tmp_path / "a.docx", "x")
    cut = tmp_path / "b.jsonl.gz"
    cut.write_bytes(gzip.compress(b'{"text": "one"}\n' * 3)[:-12])
    false = tmp_path / "c.txt.gz"
    false.write_bytes(b"not packed")
    good = _write(tmp_path / "d.txt", "good")
    documents = _read(tmp_path / "missing.txt", tmp_path / "missing", unknown, cut, false, good, "nul\0.txt")
    errors = {Path(document.path or "").name: document.error for document in documents if document.error}
    assert "does not exist" in (errors["missing.txt"] or "")
    assert "does not exist" in (errors["missing"] or "")
    assert "is of no known format; rename it to one of .csv .htm" in (errors["a.docx"] or "")
    assert "is no whole gzip file" in (errors["b.jsonl.gz"] or "")
    assert "is no whole gzip file" in (errors["c.txt.gz"] or "")
    assert "cannot be read" in (errors["nul\0.txt"] or "")
    assert [document.text for document in documents if not document.error][-1] == "good"
    assert all("\n" not in (document.error or "") for document in documents)


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _write(tmp_path / "a.txt", "x")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (document,) = _read(path)
    assert document.error == f"{path}: may not be read; change its permissions"


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.jsonl", '{"text": "one"}\n{"text": "two"}\n')
    documents = iter(read_paths([path, tmp_path / "later.txt"]))
    assert next(documents).text == "one"
    _write(tmp_path / "later.txt", "written later")
    assert [document.text for document in documents] == ["two", "written later"]


@pytest.mark.parametrize(
    ("form", "data", "expected"),
    [
        ("jsonl", b'{"text": "a"}\n{"id": "x", "text": "b"}\n', [("-:1", "a"), ("x", "b")]),
        ("text", b"a\r\nb", [("-", "a\r\nb")]),
        ("html", b"<p>a<p>b", [("-", "a\nb")]),
        ("csv", b'id,text\nx,"a\nb"\n,c\n', [("x", "a\nb"), ("-:2", "c")]),
        ("tsv", b"text\tid\na, b\tx\n", [("x", "a, b")]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, form: str, data: bytes, expected: list[tuple[str, str]]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [(document.id, document.text) for document in _read("-", options=ReadOptions(stdin_format=form))] == expected


def test_an_unknown_format_of_standard_input_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="known are: jsonl, text, html"):
        ReadOptions(stdin_format="xml")


def test_from_text_changes_nothing() -> None:
    text = "\ufeff a\r\n\x00\ud800 "
    assert from_text(text, id="1", language="fra").text == text
    assert from_text(text, language="fra").language == "fr"


def test_paths_may_be_path_objects_and_names_may_hold_anything(tmp_path: Path) -> None:
    path = _write(tmp_path / "é [1]:2 \n.txt", "x")
    (document,) = read_paths([path])
    assert (document.text, document.id) == ("x", os.fspath(path))
