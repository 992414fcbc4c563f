"""Declarations are found in every language, marks of engines on their exact words, and an article about translation is left alone."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.detector import ASSESSED, NOT_APPLICABLE
from credibility.detectors.machine_translation import DECLARED, DETECTOR
from credibility.document import Document, Severity
from credibility.pack import pack_root
from credibility.reading.clipping import from_html
from credibility.rules import Rule, read_rules
from credibility.rules_test import failures
from credibility.segment import Article
from credibility.translation.artefacts import artefacts
from credibility.translation.declarations import declarations
from credibility.translation.examples import BAD_WHOLE

PACKS = [rule for path in sorted(pack_root().glob("*/machine-translation.toml")) for rule in read_rules(path) if rule.id == DECLARED.id]


def article(text: str, language: str | None = None) -> Article:
    """An article with this text."""
    return Article(Document(id="text", text=text), language=language)


def test_ten_languages_declare() -> None:
    """French, Arabic and English are there, and at least ten languages in all."""
    languages = {rule.language for rule in PACKS}
    assert {"fr", "ar", "en", "es", "de", "ru"} <= languages
    assert len(languages) >= 10


@pytest.mark.parametrize("rule", PACKS, ids=[rule.language for rule in PACKS])
def test_declarations_of_every_pack(rule: Rule) -> None:
    """The examples of each pack hold for the detector that reads all packs together."""
    assert list(failures(rule, DETECTOR)) == []


@pytest.mark.parametrize("language", ["fr", "ar", "en", "ja", None])
def test_a_declaration_may_stand_in_another_language(language: str | None) -> None:
    """A German line under a text of any language is found on its words."""
    text = "Κείμενο για το λιμάνι που άνοιξε.\nDieser Text wurde automatisch aus dem Griechischen übersetzt."
    (span,) = article(text, language).layer(declarations)
    assert text[span.start : span.end] == "Dieser Text wurde automatisch aus dem Griechischen übersetzt"


def test_an_article_about_machine_translation_is_clean() -> None:
    """Research on translation engines declares nothing of itself."""
    text = (
        "La traduction automatique gagne les rédactions\n"
        "Selon l'agence, neuf journaux sur dix emploient des traductions neuronales pour leurs dépêches. «Nos textes sont relus», "
        "assure la directrice. Le moteur traduit automatiquement les titres, puis un journaliste corrige. Google et DeepL se "
        "partagent le marché. Une dépêche portait encore la mention « Traduit automatiquement de l'anglais », reconnaît-elle."
    )
    assert [f.rule for f in DETECTOR.detect(article(text, "fr"))] == []


def test_severities_and_evidence() -> None:
    """A declaration is an error, a mark a warning with its kind."""
    text = "Les produits tels que les faux. passeports arrivent.\nThis page was translated automatically by a machine."
    mark, declared = sorted(DETECTOR.detect(article(text, "fr")), key=lambda f: f.order)
    assert (mark.severity, mark.quote, mark.evidence) == (Severity.WARNING, "les faux. passeports", {"kind": "adjective"})
    assert declared.severity == Severity.ERROR


def test_an_elided_article_with_a_space_needs_company() -> None:
    """One space behind an apostrophe is a slip, two are an engine's."""
    assert article("Le port de l' agence rouvre.", "fr").layer(artefacts) == ()
    assert len(article("Le port de l' agence et celui de l' office rouvrent.", "fr").layer(artefacts)) == 2


def test_a_passage_in_chinese_is_no_leftover() -> None:
    """More than a few characters of another script in one line are a quotation, for others to judge."""
    assert article("He wrote 新しいケースが発売されました that day, the shipエ sank.", "en").layer(artefacts) == ()


def test_coverage() -> None:
    """Where the words cannot be judged and no mark stands, the reason is given; silence is no clean bill."""
    long = "Le port a rouvert mardi matin après la tempête. " * 20
    assert DETECTOR.coverage(article(long, "fr")) == {"machine-translation": ASSESSED}
    assert DETECTOR.coverage(article("Ils vendent les faux. passeports.", "fr")) == {"machine-translation": ASSESSED}
    assert DETECTOR.coverage(article("un mot", "fr"))["machine-translation"].startswith("not-assessed: 2 words are too few")
    assert DETECTOR.coverage(article(long, "pt"))["machine-translation"].startswith("not-assessed: no model for language 'pt'")
    assert DETECTOR.coverage(article(" \n", "fr")) == {"machine-translation": NOT_APPLICABLE}


def test_whole_articles() -> None:
    """A long text that reads like an engine's gets one finding on all of it, with its probability and heaviest phrases."""
    text = BAD_WHOLE[0].unmarked()[0]
    (finding,) = DETECTOR.detect(article(text, "fr"))
    assert (finding.rule, finding.quote) == ("machine-translation.article", text)
    assert finding.confidence == finding.evidence["probability"] > 0.9
    assert all(phrase in text for phrase in str(finding.evidence["phrases"]).split(" · "))
    assert list(DETECTOR.detect(article(text[:300], "fr"))) == []


def test_the_detector_can_be_sent_to_another_process() -> None:
    """It finds the same there."""
    text = BAD_WHOLE[0].unmarked()[0]
    sent = pickle.loads(pickle.dumps(DETECTOR))  # noqa: S301
    assert list(sent.detect(article(text, "fr"))) == list(DETECTOR.detect(article(text, "fr"))) != []


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="leas .,'’\"«»LaT:06０秦е\n\x00\u0301", max_size=200), st.sampled_from(["fr", "en", "ru", "ar", None]))
def test_any_text_is_quoted_as_it_stands(text: str, language: str | None) -> None:
    """Whatever comes in, findings quote the text at their offsets."""
    for finding in DETECTOR.detect(article(text, language)):
        assert text[finding.span.start : finding.span.end] == finding.quote


@pytest.mark.parametrize("unit", ["le ", "les faux. ", "l' ", "a. , ", "la « ", "aa bb ", "1: 00", "秦a", "translated "])
def test_time_grows_with_the_text_only(unit: str) -> None:
    """Text made to mislead the patterns ends all the same, with as many findings as fit in it."""
    text = unit * (100_000 // len(unit))
    assert len(article(text, "fr").layer(artefacts)) <= len(text)


@pytest.mark.parametrize(
    ("html", "head", "translator"),
    [
        ('class="js Translated-LTR"', "", "Google Translate (class of the html element)"),
        ('lang="fr"', '<meta http-equiv="X-Translated-By" content="Google">', "Google (meta X-Translated-By)"),
        ("", '<base><link rel="canonical" href="https://a-org.translate.goog/port">', "Google Translate (addresses of the page)"),
        ("", '<meta name="google" content="notranslate"><link rel="alternate" href="https://translate.google.com/">', None),
    ],
)
def test_markup_that_says_so(html: str, head: str, translator: str | None) -> None:
    """A page that was saved after a browser had translated it declares so; a widget that offers to translate does not."""
    body = '<div id="google_translate_element" class="gtranslate_wrapper"></div><h1>Le port</h1><p>Le port a rouvert mardi matin.</p>'
    document = from_html(f"<html {html}><head>{head}</head><body>{body}</body></html>")
    assert document.translated_by == translator
    found = [f for f in DETECTOR.detect(Article(document, language="fr")) if f.rule == "machine-translation.declared"]
    assert [(f.quote, f.evidence) for f in found] == ([("Le port", {"translator": translator})] if translator else [])
