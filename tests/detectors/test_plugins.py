"""Detectors of installed packages are found by their entry points, and only where there are any."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from credibility.detectors import detectors
from credibility.errors import UsageError


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path that packages can be put into."""
    monkeypatch.syspath_prepend(tmp_path)
    detectors.cache_clear()
    yield tmp_path
    detectors.cache_clear()


def _package(folder: Path, group: str, value: str) -> None:
    metadata = folder / "some_plugin-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: some-plugin\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[{group}]\nsome = {value}\n")


def test_a_plugin_comes_after_ours(install: Path) -> None:
    ours = detectors()
    _package(install, "credibility.detectors", "credibility.detectors.typography:DETECTOR")
    detectors.cache_clear()
    assert len(detectors()) == len(ours) + 1
    assert detectors()[-1].name == "typography"


def test_entry_points_of_other_groups_are_none_of_ours(install: Path) -> None:
    ours = detectors()
    _package(install, "console_scripts", "credibility.detectors.typography:DETECTOR")
    detectors.cache_clear()
    assert detectors() == ours


def test_what_is_no_detector_is_named(install: Path) -> None:
    _package(install, "credibility.detectors", "credibility.errors:nearest")
    with pytest.raises(UsageError, match="'some'"):
        detectors()
