"""The counts of `rules/alarms.toml`: complete, and shown where a rule is explained."""

import gzip
import json
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from credibility.alarms import Counted, Rate, counted
from credibility.cli import main
from credibility.detectors import detectors
from tests.benchmarks import alarms

# A flag that is newer than the last count is told as such on the pages of its rules.
RULES = sorted({rule.id for detector in detectors() for rule in detector.rules if any(rule.flag in of.assessed for of in counted())})


def test_what_is_counted_can_be() -> None:
    """No rule flags more articles than it was tried on, in any language; no count is of a rule that is gone."""
    for of in counted():
        for rule, languages in of.flagged.items():
            assert rule in RULES, f"{rule}: count again, as docs/evaluation.md says"
            for language, flagged in languages.items():
                assert flagged <= of.assessed[rule.partition(".")[0]][language] <= of.articles[language]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_was_tried_on_articles(rule: str) -> None:
    """On hundreds, in at least one set."""
    assert max(of.rate(rule).articles for of in counted()) >= 500


@pytest.mark.parametrize(
    ("rate", "low", "high"), [(Rate(0, 0), 0, 1), (Rate(0, 100), 0, 0.037), (Rate(100, 100), 0.963, 1), (Rate(10, 1000), 0.0054, 0.0183)]
)
def test_intervals(rate: Rate, low: float, high: float) -> None:
    """As in tables of Wilson's interval."""
    assert rate.interval() == pytest.approx((low, high), abs=0.0005)


def test_a_rate_is_of_the_languages_of_its_rule() -> None:
    """Articles that the flag was not assessed on count for nothing."""
    of = Counted("news", "", {"fr": 9, "en": 9, "xx": 9}, {"a": {"fr": 5, "en": 4}}, {"a.b": {"fr": 2, "en": 1}})
    assert (of.rate("a.b"), of.rate("a.b", ["fr"]), of.rate("a.c"), of.rate("z.z")) == (Rate(3, 9), Rate(2, 5), Rate(0, 9), Rate(0, 0))


def test_explain_tells_the_rate() -> None:
    """With the interval and what was counted."""
    out = CliRunner().invoke(main, ["explain", "vague-source.hearsay"]).stdout
    assert re.search(r"Flags [\d,]+ of [\d,]+ \([\d.]+%, 95% interval [\d.]+ to [\d.]+%\): [Nn]ews articles", out)


def test_the_count_itself(tmp_path: Path) -> None:
    """Human originals once each, by set and language, pages also as the pages they were."""
    vague = "Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le port depuis le mois de mars, dit-on.\n"
    rows = [
        {"lang": "fr", "label": "human_original", "domain": "news", "text": "x", "raw": vague},
        {"lang": "fr", "label": "human_original", "domain": "news", "text": "x", "raw": vague},
        {"lang": "fr", "label": "machine", "domain": "news", "text": vague + "."},
        {"lang": "fr", "label": "human_original", "domain": "manuals", "text": "Le port est ouvert, a dit la mairie.\n"},
        {"lang": None, "gold_text": vague + "a", "html": f"<p>{vague}</p>"},
    ]
    path = tmp_path / "rows.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(json.dumps(row) for row in rows))
    with (tmp_path / "findings.jsonl").open("w", encoding="utf-8") as findings:
        sets = {of["name"]: of for of in tomllib.loads(alarms.toml(alarms.count([("news", path)], findings)))["set"]}
    assert {name: of["articles"] for name, of in sets.items()} == {
        "news": {"fr": 1, "unknown": 1},
        "news-html": {"unknown": 1},
        "news-other": {"fr": 1},
    }
    assert (
        sets["news"]["flagged"]["vague-source.hearsay"] == {"fr": 1, "unknown": 1}
        and "vague-source.hearsay" not in sets["news-other"]["flagged"]
    )
    assert sets["news"]["assessed"]["vague-source"] == {"fr": 1, "unknown": 1}
    assert "vague-source.hearsay" in (tmp_path / "findings.jsonl").read_text(encoding="utf-8")
