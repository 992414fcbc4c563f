"""Training on word lists small enough to read."""

from pathlib import Path

import numpy as np
import pytest

from credibility.errors import UsageError
from credibility.languages.model import ScriptModel, stream
from credibility.languages.word_lists import Source, expand, sources, words_of
from credibility.training.languages import fit

AFF = """SET UTF-8
SFX A Y 2
SFX A 0 s [^s]
SFX A y ies [^aeiou]y
PFX B Y 1
PFX B 0 re .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dictionary of four words and a list of common ones."""
    (tmp_path / "xx.aff").write_text(AFF, encoding="utf-8")
    (tmp_path / "xx.dic").write_text("4\nbridge/A\ncity/A\nopen/AB\nLondon/A\n", encoding="utf-8")
    (tmp_path / "common_words.toml").write_text('xx = "the of the"\n', encoding="utf-8")
    return tmp_path


def test_a_dictionary_gives_its_forms(folder: Path) -> None:
    """Stems with each affix that fits; names are left out."""
    assert list(expand(folder, "xx")) == ["bridge", "bridges", "city", "citys", "cities", "open", "opens", "reopen"]


def test_a_missing_dictionary_names_the_package(folder: Path) -> None:
    """The error says what to install."""
    with pytest.raises(UsageError, match="apt-get install hunspell-yy"):
        list(expand(folder, "yy"))


def test_common_words_are_half_of_a_list(folder: Path) -> None:
    """Their shares add up to half a million of a million, in order of rank."""
    words = words_of("xx", Source(script="Latn", dictionary=("xx",)), folder, folder)
    assert words["the"] > words["of"] and words["the"] + words["of"] == pytest.approx(500_000)
    assert sum(words.values()) == pytest.approx(1_000_000)


def test_a_fitted_table_tells_its_languages_apart() -> None:
    """Words that were not in the lists score better where words are spelled like them."""
    lists = {
        "aa": {"schritt": 5.0, "schatten": 3.0, "recht": 9.0, "nacht": 4.0, "licht": 2.0},
        "bb": {"passo": 5.0, "ombra": 3.0, "diritto": 9.0, "notte": 4.0, "luce": 2.0},
    }
    arrays = fit("Latn", lists)
    assert arrays["rows"].dtype == np.uint8 and arrays["keys"].shape == (len(arrays["rows"]),)
    codes = np.full(0x10000, 255, np.uint8)
    codes[arrays["letters"].astype(np.int64)] = np.arange(2, 2 + len(arrays["letters"]), dtype=np.uint8)
    model = ScriptModel(("aa", "bb"), codes, arrays["keys"].astype(np.uint64), arrays["rows"].astype(np.uint8))
    words = ["schlacht", "lotto", "recht", "notte"]
    letters = np.array([ord(letter) for letter in "".join(words)])
    scores = model.scores(stream(codes[letters], np.array([len(word) for word in words])))
    assert scores.argmin(axis=1).tolist() == [0, 1, 0, 1]
    assert (scores.min(axis=1) == 0).all() and (scores.max(axis=1) > 16).all()


def test_every_language_names_its_lists() -> None:
    """Each language has a list or a dictionary, and those without a frequency list have common words of their own."""
    for code, source in sources().items():
        assert source.wordfreq or source.dictionary, code
