"""The public names: lazy, and one call from a clipping to its report."""

import doctest
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import credibility
from credibility.errors import ConfigError, PackError, ReadError

VAGUE = "Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le vieux port depuis le mois de mars."


def test_every_public_name_is_there() -> None:
    """And no other pretends to be."""
    for name in credibility.__all__:
        assert getattr(credibility, name) is not None
    assert set(credibility.__all__) <= set(dir(credibility))
    assert credibility.__version__[0].isdigit()
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        getattr(credibility, "chekc")  # noqa: B009 - mypy would refuse the other form


def test_check_stays_a_function_whatever_is_imported() -> None:
    """No module of the package bears the name of a public function."""
    code = (
        "import credibility, pkgutil, importlib\n"
        "for module in pkgutil.walk_packages(credibility.__path__, 'credibility.'):\n"
        "    if '__main__' not in module.name and not module.name.startswith('credibility.training.'):\n"
        "        importlib.import_module(module.name)\n"
        "assert all(type(getattr(credibility, n)).__name__ != 'module' for n in credibility.__all__)\n"
        "assert callable(credibility.check)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_import_is_instant() -> None:
    """`import credibility` loads nothing outside the standard library."""
    code = "import sys\nimport credibility\nprint(sorted(m for m in sys.modules if m.startswith('credibility.')), 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[] False", done.stderr


def test_a_text_is_kept_to_the_last_character() -> None:
    """Whatever it begins with, a text is a text."""
    for text in (VAGUE + "\r\n\t ", "<p>" + VAGUE, "\ufeff" + VAGUE, ""):
        assert credibility.check(text).document.text == text


def test_a_page_is_read_as_a_page() -> None:
    """With format="html", as str or as bytes in the page's own encoding; what is given goes before what it declares."""
    page = f'<html lang="fr"><head><meta charset="windows-1252"><title>Le port</title></head><body><p>{VAGUE}</p></body></html>'
    for given in (page, page.encode("windows-1252")):
        report = credibility.check(given, format="html", source="Le Phare", url="https://phare.example/1")
        assert report.document.text == VAGUE
        assert (report.document.title, report.document.source, report.document.url) == ("Le port", "Le Phare", "https://phare.example/1")
        assert "vague-source" in {finding.flag for finding in report.findings}


def test_bytes_of_a_text_are_decoded() -> None:
    """UTF-8 or what else it may be; what is no text at all is refused."""
    assert credibility.check(VAGUE.encode("utf-16")).document.text == VAGUE
    with pytest.raises(ReadError, match="binary"):
        credibility.check(b"\x89PNG\r\n\x1a\n" + bytes(200))


def test_a_document_is_checked_as_it_is() -> None:
    """Readers of other formats make one."""
    document = credibility.Document(id="7", text=VAGUE, source="Le Phare")
    assert credibility.check(document).document is document
    assert credibility.check(credibility.Document(id="8", text="", error="gone")).score is None


def test_configuration() -> None:
    """What is selected is found and nothing else; a wrong name is told with the nearest right one."""
    report = credibility.check(VAGUE, config=credibility.Config(select=("vague-source",)))
    assert {finding.flag for finding in report.findings} == {"vague-source"}
    with pytest.raises(ConfigError, match="did you mean 'vague-source'"):
        credibility.check(VAGUE, config=credibility.Config(ignore=("vague-sorce",)))
    with pytest.raises(ValueError, match="'text' or 'html'"):
        credibility.check(VAGUE, format="pdf")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clipping", "options", "error", "says"),
    [
        (None, {}, TypeError, "the clipping is None; give a str"),
        (float("nan"), {"format": "html"}, TypeError, "the clipping is nan; give a str"),
        ("Le port ferme.", {"published": date(2026, 3, 2)}, TypeError, "published is datetime.date(2026, 3, 2); give a string"),
        ("Le port ferme.", {"format": "pdf"}, ValueError, "format is 'pdf'; it is 'text' or 'html'"),
        ("Le port ferme.", {"config": {"ignore": ["encoding"]}}, TypeError, "config is {'ignore': ['encoding']}; give a Config"),
        ("Le port ferme.", {"config": credibility.Config(rules=("nowhere",))}, PackError, "nowhere: there is no rule in it"),  # type: ignore[arg-type]
        ("Le port ferme.", {"config": credibility.Config(threshold={"encoding": 3})}, ConfigError, "--threshold encoding=3"),
    ],
)
def test_a_mistake_of_the_caller_is_told_as_one(clipping: Any, options: dict[str, Any], error: type[Exception], says: str) -> None:
    """It was told as a detector that failed."""
    with pytest.raises(error, match=re.escape(says)):
        credibility.check(clipping, **options)


def test_a_configuration_that_cannot_be_is_refused() -> None:
    with pytest.raises(ConfigError, match="'French' is no language code"):
        credibility.Config(language="French")
    with pytest.raises(ConfigError, match="ignore: a list is expected, not 'encoding'"):
        credibility.Config(ignore="encoding")  # type: ignore[arg-type]


def test_lists_do_as_well_as_tuples() -> None:
    """Most people write them."""
    config = credibility.Config(select=["vague-source"], rules=[])  # type: ignore[arg-type]
    assert config == credibility.Config(select=("vague-source",))
    assert {finding.flag for finding in credibility.check(VAGUE, config=config).findings} == {"vague-source"}


def test_the_page_on_python_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/python.md does what it shows."""
    root = Path(__file__).parent.parent
    monkeypatch.chdir(root)
    done = doctest.testfile(str(root / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert done.failed == 0 and done.attempted > 15
