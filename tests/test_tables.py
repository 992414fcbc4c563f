"""Tables row by row: CSV, TSV and Parquet, whole and broken."""

import csv
import gzip
import io
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credibility.document import Document
from credibility.reading import tables
from credibility.reading.clipping import CONTROLS
from credibility.reading.read import ReadOptions, read_paths
from tests.strategies import hostile_text


def _read(path: Path, options: ReadOptions | None = None) -> list[Document]:
    return list(read_paths([path], options))


def _csv(tmp_path: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = tmp_path / name
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize(
    ("name", "separator"), [("a.csv", ","), ("a.csv.gz", ","), ("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t"), ("a.tsv.gz", "\t")]
)
def test_a_row_is_a_clipping(tmp_path: Path, name: str, separator: str) -> None:
    rows = ["id,title,text,source", 'x,T,"One\r\ntwo ""quoted""",S', '007,,"NA",', ',,"three, four",']
    path = _csv(tmp_path, "\ufeff" + "\n".join(row.replace(",", separator).replace(f"three{separator}", "three,") for row in rows), name)
    first, second, third = _read(path)
    assert first == Document(id="x", path=str(path), text='One\r\ntwo "quoted"', title="T", source="S", file_line=2)
    assert (second.file_line, third.file_line) == (4, 5)
    assert (second.id, second.text, second.title) == ("007", "NA", None)
    assert (third.id, third.text) == (f"{path}:3", "three, four")


def test_a_row_with_too_many_or_no_fields_says_so_and_the_others_are_read(tmp_path: Path) -> None:
    wide = ",".join("abcdefgh") + "," * 60
    path = _csv(tmp_path, f"id,text\n1,one\n2,two,and more\n3\n4,four\n5,{wide}\n6,six\n")
    documents = _read(path)
    assert [document.text for document in documents if not document.error] == ["one", "four", "six"]
    errors = [document.error or "" for document in documents if document.error]
    assert errors[0].startswith(f"{path}:2: has more fields than the 2 of the header")
    assert errors[1].startswith(f"{path}:3: has no text in 'text' or 'html'")
    assert errors[2].startswith(f"{path}:5: has more fields")


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path: Path) -> None:
    one, broken = _read(_csv(tmp_path, 'id,text\n1,one\n\n2,"two\n3,three\n'))
    assert one.text == "one"
    assert "breaks off at line 4: the row opens a quotation mark that is never closed" in (broken.error or "")


@pytest.mark.parametrize(
    ("content", "says"),
    [("id,text,text\n1,a,b\n", "two columns 'text'"), ('id,te"xt"\n', "neither a column 'text'"), ('id,"text', "never closed")],
)
def test_a_header_that_says_no_one_thing_is_told(tmp_path: Path, content: str, says: str) -> None:
    (document,) = _read(_csv(tmp_path, content))
    assert says in (document.error or "")


@given(st.lists(st.tuples(hostile_text, hostile_text), max_size=4))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_from_a_table(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    rows = [(title.encode("utf-8", "replace").decode(), text.encode("utf-8", "replace").decode()) for title, text in rows]
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("title", "text"), *rows])
    if sum(map(out.getvalue().count, CONTROLS)) <= 8:
        documents = _read(_csv(tmp_path, out.getvalue()))
        assert [document.text for document in documents if not document.error] == [text for _, text in rows if text]


def test_quotation_marks_inside_quotation_marks_cost_no_row(tmp_path: Path) -> None:
    rows = "".join(f"{number},row {number}\n" for number in range(200))
    documents = _read(_csv(tmp_path, f'id,text\n{rows}200,"Le "grand" soir"\n201,after\n'))
    assert [document.text for document in documents] == [*(f"row {number}" for number in range(200)), 'Le grand" soir"', "after"]
    assert [document.file_line for document in documents] == list(range(2, 204))


def test_a_whole_table_is_read_in_lots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left to be read row by row; lines are exact across lots."""
    monkeypatch.setattr(tables, "_row_by_row", lambda *_: iter(()))
    rows = [f'{number},"one\r\ntwo ""{number}""\rthree\n"\r\n\r\n' for number in range(3 * tables.ROWS)]
    documents = _read(_csv(tmp_path, "id,text\r\n" + "".join(rows)))
    assert [document.id for document in documents] == [str(number) for number in range(3 * tables.ROWS)]
    assert [document.file_line for document in documents] == [2 + 5 * number for number in range(3 * tables.ROWS)]


_PIECES = [
    "1,",
    '"two\n\nlines",',
    '""',
    "NA",
    "1.0",
    'a "',
    '"a ""b"" c"',
    '"d" e',
    ",,",
    " ",
    "\0",
    "\ufeff",
    "\r",
    "\r\n",
    "\n",
    "1,a\n",
    "\n,\n",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40), st.integers(0, 40), st.sampled_from([20, 1_000]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_read_in_lots_is_the_table_read_row_by_row(tmp_path: Path, pieces: list[str], cut: int, longest_lot: int) -> None:
    """Whatever is broken in it: the rows, their lines, and what is said of those that cannot be read."""
    archive = gzip.compress(("id,text\n" + "".join(pieces)).encode())
    path = tmp_path / "a.csv.gz"
    path.write_bytes(archive if cut < 20 else archive[:-cut])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tables, "ROWS", 3)
        patched.setattr(tables, "LONGEST_LOT", longest_lot)
        in_lots = _read(path)
        patched.setattr(tables, "_lots", lambda *_: iter(()))
        assert in_lots == _read(path)


@pytest.mark.parametrize("content", ["", "\n\n", "a,b\n1,2\n"])
def test_a_table_without_header_or_text_says_so(tmp_path: Path, content: str) -> None:
    (document,) = _read(_csv(tmp_path, content))
    assert document.error is not None
    assert "header" in document.error or "neither a column 'text' nor 'html' (its columns: 'a', 'b')" in document.error


def test_a_header_alone_holds_no_clipping(tmp_path: Path) -> None:
    assert _read(_csv(tmp_path, "id,text\n")) == []


def test_a_cut_archive_gives_the_error_and_no_row_is_invented(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"id,text\n" + b"1,one\n" * 50_000)[:-20])
    documents = _read(path)
    assert {document.text for document in documents[:-1]} == {"one"}
    assert "gzip" in (documents[-1].error or "")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_tables_of_old_programs_are_read(tmp_path: Path, encoding: str) -> None:
    text = "L’été dernier, à Orléans, la députée a présenté son plan."
    (document,) = _read(_csv(tmp_path, f"id;text\n1;{text}\n".encode(encoding)))
    assert document.text == text


def test_columns_can_be_chosen(tmp_path: Path) -> None:
    (document,) = _read(_csv(tmp_path, "nr,page\n1,<p>a<p>b\n"), ReadOptions(id="nr", html="page"))
    assert (document.id, document.text) == ("1", "a\nb")


def test_a_byte_order_mark_that_comes_twice_is_none_of_the_header(tmp_path: Path) -> None:
    for row in ("1,one", "1,one,"):  # read in a lot, read by itself
        (document,) = _read(_csv(tmp_path, f"\ufeffid,text\n{row}\n".encode("utf-8-sig")))
        assert (document.id, document.text) == ("1", "one")


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    """When the first document is there, hardly more of the file was taken than its row."""
    path = _csv(tmp_path, "id,text\n" + "".join(f"{number},{'word ' * 400}\n" for number in range(5_000)))
    with path.open("rb") as stream:
        documents = tables.read_csv(stream, "a.csv", ReadOptions())
        assert next(documents).id == "0"
        assert stream.tell() < path.stat().st_size / 20
        assert sum(1 for _ in documents) == 4_999


def test_rows_beyond_all_measure_are_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LONGEST_ROW", 1_000_000)
    (document,) = _read(_csv(tmp_path, 'id,text\n1,"' + "a" * 8_000_000, "a.csv.gz"))
    assert document.error is not None
    assert "more than 1 MB" in document.error


def test_a_row_beyond_all_measure_costs_no_row_before_it_and_none_is_made_of_its_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "LONGEST_ROW", 1_000_000)
    rows = "".join(f"{number},{'word ' * 200}\n" for number in range(2_000))
    *before, last = _read(_csv(tmp_path, f"id,text\n{rows}2000,{'word ' * 300_000}\n2001,after\n"))
    assert [document.id for document in before] == [str(number) for number in range(2_000)]
    assert "more than 1 MB" in (last.error or "")


def test_of_long_rows_few_are_in_memory_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LONGEST_LOT", 300_000)
    path = _csv(tmp_path, "id,text\n" + "".join(f'{number},"{"word " * 10_000}\n{"word " * 10_000}"\n' for number in range(100)))
    with path.open("rb") as stream:
        documents = tables.read_csv(stream, "a.csv", ReadOptions())
        for number, document in enumerate(documents):
            assert document.id == str(number)
            assert stream.tell() < (number + 6) * 100_000 + 2**17
    assert number == 99


@pytest.mark.parametrize("name", ["a.parquet", "a.parquet.gz"])
def test_parquet(tmp_path: Path, name: str) -> None:
    import datetime

    day = datetime.datetime(2024, 5, 1, 8, 0)
    table = pa.table(
        {"id": [1, 2, 3], "text": ["one", None, "three"], "html": [None, "<p>a<p>b", None], "published": [day] * 3, "other": [[1]] * 3}
    )
    path = tmp_path / "a.parquet"
    pq.write_table(table, path, row_group_size=2)
    if name.endswith(".gz"):
        path = _csv(tmp_path, path.read_bytes(), name)
    documents = _read(path)
    assert [(document.id, document.text) for document in documents] == [("1", "one"), ("2", "a\nb"), ("3", "three")]
    assert documents[0].published == "2024-05-01T08:00:00"


def test_parquet_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({"id": ["x"], "text": ["one"]}), out)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(out.getvalue())))
    assert [(document.id, document.text) for document in read_paths(["-"], ReadOptions(stdin_format="parquet"))] == [("x", "one")]


def test_parquet_rows_and_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [1, 2]}), path)
    assert [document.error for document in _read(path)] == [
        f"{path}:{row}: its 'text' is {row}, not a string; convert it" for row in (1, 2)
    ]
    path.write_bytes(path.read_bytes()[:-30])
    (document,) = _read(path)
    assert "is no whole Parquet file" in (document.error or "")
    pq.write_table(pa.table({"body": ["x"]}), path)
    (document,) = _read(path)
    assert "neither a column 'text' nor 'html' (its columns: 'body')" in (document.error or "")


@pytest.mark.parametrize(("module", "ending", "extra"), [("pyarrow", ".parquet", "parquet"), ("fastwarc", ".warc", "warc")])
def test_a_missing_extra_is_named_with_its_command(tmp_path: Path, module: str, ending: str, extra: str) -> None:
    (tmp_path / f"a{ending}").write_bytes(b"x")
    (tmp_path / "b.txt").write_text("read all the same")
    program = (
        f"import sys; sys.modules[{module!r}] = None\n"
        "from credibility.reading.read import read_paths\n"
        "for document in read_paths([sys.argv[1]]): print(document.error or document.text)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert f"pip install 'credibility-lint[{extra}]'" in done.stdout.splitlines()[0]
    assert done.stdout.splitlines()[1] == "read all the same"
