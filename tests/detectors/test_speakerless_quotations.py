"""A long quotation without a speaker is noted whole, and whatever may name one keeps the note away."""

import pytest

from credibility.detectors.speakerless_quotations import DETECTOR
from credibility.document import Document
from credibility.rules_test import failures
from credibility.segment import Article

SPEECH = "Nobody had thought that the old ferry would ever cross the bay again after all that happened in that long winter"


def flagged(text: str, language: str = "en") -> list[str]:
    return [finding.quote for finding in DETECTOR.detect(Article(Document(id="t", text=text), language=language))]


def test_examples_hold() -> None:
    """Every example is noted, or left alone, to the character."""
    assert [line for rule in DETECTOR.rules for line in failures(rule, DETECTOR)] == []


@pytest.mark.parametrize(
    "text",
    [
        f"“{SPEECH}.” That was how the mayor saw it.",
        f"“{SPEECH}, and it was late. The bay was calm.",
        f"The letter is short. “{SPEECH}.” The bay was calm.",
        f"The bay was calm. – “{SPEECH}.” The bay was calm.",
        f"“It is back.” “{SPEECH}.” The bay was calm.",
        "The bay was calm. “Nobody had thought that the old ferry would cross.” The bay was calm.",
    ],
)
def test_whatever_may_name_a_speaker_keeps_the_note_away(text: str) -> None:
    """Bodies, letters, dashes, other quotations, and a quotation that is left open."""
    assert flagged(text) == []


def test_a_voice_inside_the_quotation_names_nobody_for_it() -> None:
    """What somebody inside the quotation says tells nothing of who speaks all of it."""
    text = f"The bay was calm. “{SPEECH}, as Ana Ruiz said.” The bay was calm."
    assert flagged(text) == [f"“{SPEECH}, as Ana Ruiz said.”"]


def test_a_language_without_voices_is_not_assessed() -> None:
    """Silence there is no clean bill."""
    article = Article(Document(id="t", text="x"), language="xx")
    assert DETECTOR.coverage(article)["quotation"].startswith("not-assessed") and list(DETECTOR.detect(article)) == []
