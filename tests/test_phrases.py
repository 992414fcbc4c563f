"""Phrase rules are found where they stand, however they are written, and cost little."""

from pathlib import Path

import pytest

from credibility.detectors.phrases import Phrases
from credibility.document import Document
from credibility.segment import Article

PACK = """
[[rule]]
id = "crowd"
severity = "warning"
message = "m"
why = "W."
phrases = ["people say", "people say so", "some people"]
unless = ["survey"]
bad = ["[[People say]] no."]
good = ["They say no."]

[[rule]]
id = "number"
severity = "warning"
message = "m"
why = "W."
patterns = ['(?:hundreds|thousands) of \\w+', '\\d+ sources']
phrases = ["people"]
bad = ["[[people]]"]
good = ["x"]
"""


@pytest.fixture(name="pack")
def _pack(tmp_path: Path) -> Phrases:
    """A newsroom's own pack in a language that we do not ship."""
    for language in ("xx", "yy"):
        (tmp_path / language).mkdir()
    (tmp_path / "xx" / "vague-source.toml").write_text(PACK, encoding="utf-8")
    return Phrases((tmp_path,))


def found(pack: Phrases, text: str) -> list[tuple[str, str]]:
    """Rule names and quotes in a text."""
    article = Article(Document(id="x", text=text), language="xx")
    return sorted((finding.rule.removeprefix("vague-source."), finding.quote) for finding in pack.detect(article))


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("PEOPLE\u00a0SAY no.", [("crowd", "PEOPLE\u00a0SAY"), ("number", "PEOPLE")]),
        ("Some people say so.", [("crowd", "Some people"), ("crowd", "people say so"), ("number", "people")]),
        ("Salespeople say no.", []),
        ("people says", [("number", "people")]),
        ("A survey: people say so. But people say no.", [("crowd", "people say"), ("number", "people"), ("number", "people")]),
        ("Hundreds of boats, 12 sources.", [("number", "12 sources"), ("number", "Hundreds of boats")]),
        ("some\npeople", [("number", "people")]),
        ("", []),
    ],
)
def test_hits(pack: Phrases, text: str, hits: list[tuple[str, str]]) -> None:
    """Any case and space; whole words; the longest of one rule; excuses in the same sentence only; never across blocks."""
    assert found(pack, text) == hits


def test_other_languages_are_not_assessed(pack: Phrases) -> None:
    """A flag that only other packs have is named with the reason."""
    coverage = pack.coverage(Article(Document(id="x", text="x"), language="yy"))
    assert coverage["vague-source"] == "not-assessed: no rules for language 'yy'"
    assert pack.coverage(Article(Document(id="x", text=""), language=None))["vague-source"] == "not-assessed: language unknown"


def test_arabic_particles_are_no_obstacle(tmp_path: Path) -> None:
    """«و» and «ف» are written as one word with what follows."""
    (tmp_path / "ar").mkdir()
    rule = 'id = "t"\nseverity = "note"\nmessage = "m"\nwhy = "W."\nphrases = ["مصادر مطلعة"]\nbad = ["[[مصادر مطلعة]]"]\ngood = ["لا"]\n'
    (tmp_path / "ar" / "own-flag.toml").write_text(f"[[rule]]\n{rule}", encoding="utf-8")
    article = Article(Document(id="x", text="ومصادر مطلعة قالت. المصادر مطلعة."), language="ar")
    assert [f.quote for f in Phrases((tmp_path,)).detect(article) if f.flag == "own-flag"] == ["مصادر مطلعة"]
