"""Where the steps meet: what every report says, and what happens when a detector fails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

import credibility
from credibility import pipeline
from credibility.config import Config
from credibility.detector import ASSESSED, NOT_APPLICABLE, Detector, not_assessed
from credibility.detectors import detectors
from credibility.document import Document, Finding, Severity, Span
from credibility.errors import DetectorError
from credibility.pipeline import NEVER_ASSESSED, active, check
from credibility.rules import Example, Rule
from credibility.segment import Article

RULE = Rule("own-flag.word", Severity.WARNING, "{quote}", "Why.", (Example("en", "[[a]]"),), (Example("en", "b"),))
TEXT = "The old harbour opened again on Monday, the council of the town said, and the boats went out in the morning.\n"


@dataclass(frozen=True)
class Own:
    """A detector that flags the first word, as often as told, and covers its flag as told."""

    status: str = ASSESSED
    times: int = 1
    breaks: bool = False
    name: str = "own"
    rules: tuple[Rule, ...] = field(default=(RULE,))

    def coverage(self, article: Article) -> Mapping[str, str]:
        return {"own-flag": self.status}

    def detect(self, article: Article) -> Iterator[Finding]:
        for _ in range(self.times):
            yield article.flag(RULE, article.sentences[0].span)
        if self.breaks:
            raise ZeroDivisionError("a bug")


def test_our_own_detectors_keep_the_protocol() -> None:
    """Each has a name of its own and rules; together they cover the flags of the mission."""
    assert all(isinstance(detector, Detector) for detector in detectors())
    assert len({detector.name for detector in detectors()}) == len(detectors())
    flags = {rule.flag for detector in detectors() for rule in detector.rules}
    assert {
        "machine-translation",
        "mixed-language",
        "unsourced-statistic",
        "boilerplate",
        "vague-source",
        "repetition",
        "code-scrap",
    } <= flags


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (Own(), Own(NOT_APPLICABLE), "fired"),
        (Own(times=0), Own(not_assessed("x")), "clear"),
        (Own(not_assessed("x")), Own(times=0), "clear"),
        (Own(NOT_APPLICABLE), Own(NOT_APPLICABLE), "not-applicable"),
        (Own(not_assessed("no rules")), Own(not_assessed("no rules")), "not-assessed: no rules"),
    ],
)
def test_checks_say_what_was_looked_for(first: Own, second: Own, state: str) -> None:
    """One detector that looked is enough; silence without having looked is no clean bill."""
    assert check(Document("x", TEXT), using=(first, second)).checks["own-flag"] == state


def test_words_and_language_of_a_page_are_those_of_its_article() -> None:
    """A menu in another language, however long, is neither counted nor taken for the article's language."""
    paragraphs = (
        "Les pêcheurs de Guilvec ont défilé mardi dans les rues du port, selon la préfecture, pour dénoncer la fermeture de la criée.",
        "La maire de la commune, Anne Le Goff, a promis de recevoir leurs délégués avant dimanche et d’écrire au ministre de la mer.",
    )
    labels = ("Home", "Latest news", "Sports results", "Weather today", "Sign in", "Subscribe to our newsletter", "Terms of use") * 6
    menu = "".join(f'<li class="menu-item"><a href="/{n}">{label}</a></li>' for n, label in enumerate(labels))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<body><nav><ul>{menu}</ul></nav><main><h1>La criée ferme</h1>{body}</main></body>"
    report = credibility.check(page, format="html")
    assert report.language == "fr"
    assert report.signals and report.signals["words"] == credibility.check("La criée ferme " + " ".join(paragraphs)).signals["words"]  # type: ignore[index]
    assert not [finding for finding in report.findings if finding.flag == "mixed-language"]


def test_the_same_finding_counts_once() -> None:
    """Two ways to the same words are one finding."""
    assert len(check(Document("x", TEXT), using=(Own(times=3), Own())).findings) == 1


def test_a_bug_names_detector_and_document() -> None:
    """Without a handler it raises; with one, the other detectors' findings stay and the flag is not assessed."""
    with pytest.raises(DetectorError, match=r"detector 'own' failed on 'x': ZeroDivisionError"):
        check(Document("x", TEXT), using=(Own(breaks=True),))
    told: list[DetectorError] = []
    report = check(Document("x", TEXT), using=(Own(breaks=True, times=0),), on_error=told.append)
    assert len(told) == 1
    assert report.checks["own-flag"].startswith("not-assessed: detector 'own' failed")


def test_what_fails_beside_the_detectors_costs_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal that cannot be worked out is null, and told; everything else is there."""

    def broken(article: Article) -> float:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(pipeline, "readability", broken)
    told: list[DetectorError] = []
    report = check(Document("x", TEXT), on_error=told.append)
    assert len(told) == 1 and "broken failed on 'x'" in str(told[0])
    assert report.signals is not None and report.signals["readability"] is None and report.score is not None
    with pytest.raises(DetectorError):
        check(Document("x", TEXT))


def test_every_report_says_what_is_never_judged() -> None:
    """Truth, authorship by a machine and bias are named in each."""
    report = check(Document("x", TEXT))
    assert NEVER_ASSESSED.items() <= report.checks.items()
    assert "true" in report.to_dict()["disclaimer"]


def test_what_is_not_selected_is_not_called_clear() -> None:
    """`--ignore` and `--select` leave a trace in the checks."""
    report = check(Document("x", TEXT), Config(ignore=("own-flag",)), using=(Own(),))
    assert report.findings == () and report.checks["own-flag"] == "not-assessed: not selected"
    assert [d.name for d in active(Config(select=("mixed-language",)))] == ["mixed_language"]


def test_signals_of_flags_that_were_not_selected_are_null() -> None:
    """Nothing is worked out for them; all keys are there."""
    report = check(Document("x", TEXT), Config(select=("mixed-language",)))
    assert report.signals is not None and report.signals.keys() == (check(Document("x", TEXT)).signals or {}).keys()
    assert {name for name, value in report.signals.items() if value is not None} == {"foreign_share", "words"}
    assert report.statistics == report.blocks == () and report.main_text == TEXT


@pytest.mark.parametrize("text", ["", "   \n\n ", "…", "\0"])
def test_without_words_there_is_no_score(text: str) -> None:
    """An empty clipping is neither good nor bad."""
    report = check(Document("x", text))
    assert (report.score, report.grade, report.language) == (None, None, None)


def test_an_unreadable_clipping_has_a_report() -> None:
    """Nothing but the error."""
    report = check(Document("x", "", error="cannot be read"))
    assert report.to_dict()["error"] == "cannot be read"
    assert (report.score, report.signals, report.findings, dict(report.checks)) == (None, None, (), {})


def test_span_helpers() -> None:
    """Overlap needs a shared character."""
    assert Span(0, 5).covers(Span(1, 5)) and not Span(0, 5).covers(Span(1, 6))
