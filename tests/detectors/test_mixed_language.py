"""What the detector makes of passages: warnings, and notes for what is no mistake."""

import pickle

from credibility.detector import ASSESSED
from credibility.detectors.mixed_language import DETECTOR
from credibility.document import Document, Finding, Severity
from credibility.segment import Article
from tests import spliced


def findings(text: str, *, declared: str | None = None) -> list[Finding]:
    """The findings on a text, whose page may declare a language."""
    article = Article(Document(id="t", text=text, language=declared))
    return sorted(DETECTOR.detect(article), key=lambda finding: finding.order)


FRENCH = spliced.SENTENCES["fr"].split("\n")
ENGLISH = spliced.SENTENCES["en"].split("\n")


def test_evidence_names_language_ratio_tokens_and_kind() -> None:
    """A passage tells what it rests on, and its quote is the text."""
    text = f"{FRENCH[0]} {FRENCH[1]} {ENGLISH[9]} {FRENCH[3]}"
    (finding,) = findings(text)
    assert finding.rule == "mixed-language.passage" and finding.severity is Severity.WARNING
    assert finding.quote == ENGLISH[9] == text[finding.span.start : finding.span.end]
    assert finding.evidence["language"] == "en" and finding.evidence["kind"] == "sentence"
    assert finding.evidence["tokens"] == 18
    ratio = finding.evidence["ratio"]
    assert isinstance(ratio, float) and ratio > 40 and finding.confidence == 0.99
    assert "(en)" in finding.message


def test_two_halves_are_told_once() -> None:
    """An article in two languages gets one note, and no warning on its second half."""
    text = "\n\n".join((*FRENCH[:6], *ENGLISH[:6]))
    (finding,) = findings(text)
    assert finding.rule == "mixed-language.bilingual" and finding.severity is Severity.NOTE
    assert finding.evidence["language"] in ("en", "fr") and 42 <= int(finding.evidence["percent"] or 0) <= 60
    assert finding.quote in (ENGLISH[0], FRENCH[0])


def test_a_third_language_in_a_bilingual_article_is_still_a_passage() -> None:
    """What belongs to neither half was left behind."""
    german = spliced.SENTENCES["de"].split("\n")[3]
    found = findings("\n\n".join((*FRENCH[:6], german, *ENGLISH[:6])))
    assert [finding.rule for finding in found if finding.quote == german] == ["mixed-language.passage"]


def test_declared_language() -> None:
    """A wrong declaration is a note on the first sentence; regions, near standards and short texts are left alone."""
    text = " ".join(FRENCH[:6])
    (finding,) = findings(text, declared="en-GB")
    assert (finding.rule, finding.quote) == ("mixed-language.declared", FRENCH[0])
    assert finding.evidence == {"declared": "en", "language": "fr"}
    assert findings(text, declared="fr_CA") == [] == findings(text) == findings(FRENCH[0], declared="en")
    croatian = "Most je zatvoren u četvrtak ujutro i još nitko ne zna kada će ponovno biti otvoren za promet. " * 4
    assert findings(croatian, declared="sr") == []


def test_a_translated_quotation_is_a_note() -> None:
    """Original and translation may stand in either order."""
    original, translation = (
        "We have no choice, because safety comes first for all of us here",
        "nous n'avons pas le choix, la sécurité passe avant tout",
    )
    for quotation in (f"« {original} » (« {translation} »)", f"« {translation} » (« {original} »)", f"“{original}” ({translation})"):
        found = findings(f"{FRENCH[0]} {FRENCH[1]} Hier soir, {quotation}, a dit la maire. {FRENCH[4]}")
        assert [(f.rule, f.quote) for f in found] == [("mixed-language.quotation", original)], quotation
    (alone,) = findings(f"{FRENCH[0]} {FRENCH[1]} Hier soir, « {original} », a dit la maire. {FRENCH[4]}")
    assert alone.rule == "mixed-language.passage"


def test_too_little_text_is_not_assessed() -> None:
    """Without a main language nothing is foreign, and the report says so."""
    article = Article(Document(id="t", text="12.5 %"))
    assert DETECTOR.coverage(article) == {"mixed-language": "not-assessed: too little text to tell its language"}
    assert list(DETECTOR.detect(article)) == []
    assert DETECTOR.coverage(Article(Document(id="t", text=FRENCH[0]))) == {"mixed-language": ASSESSED}


def test_it_can_be_sent_to_other_processes() -> None:
    """It finds the same there."""
    article = Article(Document(id="t", text=f"{FRENCH[0]} {FRENCH[1]} {ENGLISH[9]} {FRENCH[3]}"))
    sent = pickle.loads(pickle.dumps(DETECTOR))  # noqa: S301 (our own bytes)
    assert list(sent.detect(article)) == list(DETECTOR.detect(article)) != []
