"""What changed between versions is told. That the history is fresh, so that no rule changes without an entry, `.ci/run` sees to."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from credibility.cli import main
from credibility.detectors import detectors
from credibility.document import Severity
from credibility.history import Change, Version, changes, current, versions
from credibility.rules import Rule
from tests import history

RULES = [rule for detector in detectors() for rule in detector.rules]


def test_ci_demands_an_entry_for_every_change() -> None:
    """`.ci/run` writes history and changelog anew and fails where that changes anything."""
    script = (history.ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert (
        "made=(docs rules/history.toml CHANGELOG.md)\nmake docs history\n" in script and 'git status --porcelain -- "${made[@]}"' in script
    )


def test_a_version_that_is_out_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`make history` refuses to write it anew and says what to do."""
    changelog, kept = tmp_path / "CHANGELOG.md", tmp_path / "history.toml"
    kept.write_text(history.history(), encoding="utf-8")
    monkeypatch.setattr(history, "FILE", kept)
    text = history.changelog()
    changelog.write_text(
        text.replace(" (unreleased)", " (2027-01-31)").replace("- added: `typography.marks`", "- added:"), encoding="utf-8"
    )
    monkeypatch.setattr(history, "CHANGELOG", changelog)
    with pytest.raises(ValueError, match="raise the version"):
        history.renew()
    changelog.write_text(text.replace("- added: `typography.marks`", "- added:"), encoding="utf-8")
    assert history.renew() == ["CHANGELOG.md"] and history.renew() == [] and changelog.read_text(encoding="utf-8") == text


def altered(which: str, **fields: object) -> list[Rule]:
    """All rules, the first of this id with other fields."""
    at = next(number for number, rule in enumerate(RULES) if rule.id == which)
    return [*RULES[:at], replace(RULES[at], **fields), *RULES[at + 1 :]]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (RULES, []),
        (list(reversed(RULES)), []),
        (altered("vague-source.hearsay", why="Other words."), []),
        (altered("vague-source.hearsay", phrases=("on dit",)), [("changed", "phrases or examples in ar")]),
        (altered("typography.marks", severity=Severity.ERROR), [("changed", "severity")]),
        (altered("typography.marks", id="typography.other"), [("removed", ""), ("added", "")]),
        ([rule for rule in RULES if (rule.id, rule.language) != ("vague-source.hearsay", "fr")], [("changed", "no longer in fr")]),
        ([replace(RULES[0], id="new.rule"), *RULES], [("added", "")]),
    ],
)
def test_what_changes_is_told(rules: list[Rule], told: list[tuple[str, str]]) -> None:
    """Severity, phrases, languages, rules that come and go; order and prose are no change."""
    found = list(changes(current(RULES), current(rules)))
    assert len(found) == len(told)
    for (kind, what), change in zip(sorted(told), sorted(found, key=lambda change: change.kind), strict=True):
        assert change.kind == kind and what in change.what


def test_shared_files_are_told() -> None:
    """A profile that changed and a model trained anew concern many rules."""
    before = Version("1", {}, {"fr/language.toml": "a", "models/layout/weights.npz": "b", "x/cues.toml": "c"})
    after = Version("2", {}, {"fr/language.toml": "z", "models/layout/weights.npz": "z"})
    assert list(changes(before, after)) == [
        Change("changed", "fr/language.toml", "what all flags know of this language"),
        Change("changed", "models/layout/weights.npz", "the model was trained anew"),
        Change("removed", "x/cues.toml"),
    ]
    assert {"fr/language.toml", "models/layout/weights.npz", "fr/cues.toml", "artefacts.toml"} <= set(current(()).data)
    assert not {"alarms.toml", "history.toml", "fr/vague-source.toml"} & set(current(()).data)


def test_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing since the last version where that is what the rules are; what differs from an older one; a version that is not kept."""
    gone = {"severity": "note", "any": "0"}
    older = Version("0.0.1", {"vague-source.hearsay": {"severity": "note", "fr": "0" * 12}, "gone.rule": gone})
    monkeypatch.setattr("credibility.history.versions", lambda: (older, history.this_version()))
    out = CliRunner().invoke(main, ["rules", "changed"]).output
    assert out == f"Nothing that decides what is flagged has changed since {history.this_version().version}.\n"
    out = CliRunner().invoke(main, ["rules", "changed", "--since", "0.0.1"]).output
    assert "changed  vague-source.hearsay: severity note → warning; new language ar, en; phrases or examples in fr\n" in out
    assert "removed  gone.rule\n" in out and "added    typography.marks\n" in out
    result = CliRunner().invoke(main, ["rules", "changed", "--since", "0.0.2"])
    assert result.exit_code == 2 and "did you mean '0.0.1'" in result.stderr


def test_the_versions_that_are_kept() -> None:
    """The file is read as it is written; the newest version is the last."""
    assert versions()[-1].version == history.this_version().version and versions()[-1].rules
