"""Frames: a row a finding or a clipping, with the same columns and dtypes whatever comes in."""

import pandas as pd
import pytest

import credibility
from credibility import frame
from credibility.config import Config
from credibility.errors import ConfigError, UsageError

VAGUE = "Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le vieux port depuis le mois de mars."
GOOD = "Le vieux port a rouvert lundi, a annoncé la mairie. Les bateaux sortent de nouveau et les pêcheurs sont contents."
ONLY_VAGUE = Config(select=("vague-source",))


@pytest.fixture(name="clippings")
def _clippings() -> pd.DataFrame:
    """Three rows: a finding, none, and one without text."""
    return pd.DataFrame(
        {
            "id": ["a", "b", None],
            "text": [VAGUE, GOOD, None],
            "source": ["Le Phare", None, "Le Quai"],
            "published": pd.to_datetime(["2026-03-02", None, None]),
            "views": [1, 2, 3],
        },
        index=[10, 11, 12],
    )


def kinds(table: pd.DataFrame) -> dict[str, str]:
    """Column → dtype."""
    return {name: str(dtype) for name, dtype in table.dtypes.items()}


def test_a_row_a_finding(clippings: pd.DataFrame) -> None:
    """Quotes stand at their offsets, and what is known of the clipping stands beside them."""
    found = credibility.check_frame(clippings, config=ONLY_VAGUE)
    assert list(found.columns) == list(frame.FINDING_COLUMNS)
    assert set(found["id"]) == {"a"} and set(found["source"]) == {"Le Phare"} and set(found["language"]) == {"fr"}
    assert set(found["published"]) == {"2026-03-02T00:00:00"}
    for row in found.itertuples():
        assert VAGUE[row.start : row.end] == row.quote
        assert row.evidence.startswith("{")
    assert (found["severity"] >= "note").all()


def test_columns_and_dtypes_never_vary(clippings: pd.DataFrame) -> None:
    """With findings, without, without rows; for findings and for summaries."""
    for make, columns in ((credibility.check_frame, frame.FINDING_COLUMNS), (credibility.summary_frame, frame.SUMMARY_COLUMNS)):
        tables = [make(clippings, config=ONLY_VAGUE), make(clippings.iloc[1:2], config=ONLY_VAGUE), make(clippings.iloc[:0]), make([])]
        for table in tables:
            assert list(table.columns) == list(columns)
            assert kinds(table) == kinds(tables[0])
        assert kinds(pd.concat(tables)) == kinds(tables[0])


def test_a_row_a_clipping(clippings: pd.DataFrame) -> None:
    """Counts by flag; a row that cannot be read says why and counts nothing."""
    table = credibility.summary_frame(clippings, config=ONLY_VAGUE).set_index("id")
    assert table.loc["a", "n_vague_source"] == table.loc["a", "n_findings"] > 0
    assert table.loc["b", "n_findings"] == 0 and table.loc["b", "score"] == 100 and table.loc["b", "grade"] == "A"
    broken = table.loc["12"]
    assert broken["error"].startswith("row 12: ")
    assert "text" in broken["error"] and pd.isna(broken["score"]) and pd.isna(broken["n_findings"]) and pd.isna(broken["words"])
    assert table["error"].isna().tolist() == [True, True, False]


def test_reports_serve_both_frames(clippings: pd.DataFrame) -> None:
    """Checked once, told twice; other arguments then make no sense."""
    made = list(frame.reports(clippings))
    pd.testing.assert_frame_equal(credibility.check_frame(made), credibility.check_frame(clippings))
    pd.testing.assert_frame_equal(credibility.summary_frame(made), credibility.summary_frame(clippings))
    with pytest.raises(UsageError, match="checked already"):
        credibility.check_frame(made, text_column="body")


def test_pages_and_other_column_names() -> None:
    """Columns can have any name; a page is read as a page."""
    pages = pd.DataFrame({"key": [7], "markup": [f"<nav><a href=x>Accueil</a></nav><p>{VAGUE}</p>"], "paper": ["Le Phare"]})
    found = credibility.check_frame(pages, id_column="key", html_column="markup", source_column="paper", config=ONLY_VAGUE)
    assert set(found["id"]) == {"7"} and set(found["source"]) == {"Le Phare"}


def test_wrong_names_are_told() -> None:
    """A missing column, a missing text column, an argument that does not exist, a flag that does not exist."""
    table = pd.DataFrame({"body": [GOOD]})
    with pytest.raises(UsageError, match="text_column="):
        credibility.check_frame(table)
    with pytest.raises(UsageError, match="no column 'txt'"):
        credibility.check_frame(table, text_column="txt")
    with pytest.raises(TypeError, match="txt_column"):
        credibility.check_frame(table, txt_column="body")
    with pytest.raises(ConfigError, match="did you mean 'vague-source'"):
        credibility.check_frame(table, text_column="body", config=Config(select=("vague-sorce",)))
    for no_clippings in (["a text"], "a text"):
        with pytest.raises(TypeError, match="give a DataFrame with a row a clipping, or reports"):
            credibility.summary_frame(no_clippings)  # type: ignore[arg-type]


def test_a_flag_of_a_newsroom_counts_as_other() -> None:
    """The columns stay the same; nothing is lost from the sum."""
    made = credibility.check(VAGUE, config=ONLY_VAGUE)
    own = [credibility.Finding("house-style.quay", f.span, f.quote, f.message, f.severity) for f in made.findings]
    report = credibility.Report(made.document, findings=(*made.findings, *own), signals=made.signals)
    row = credibility.summary_frame([report]).iloc[0]
    assert row["n_other"] == row["n_vague_source"] == len(own) and row["n_findings"] == 2 * len(own)
