"""What holds for every detector on any text: quotations stand where they are said to stand, and the same input gives the same report."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.config import DEFAULT, Config
from credibility.detector import Detector
from credibility.detectors import detectors
from credibility.document import Document
from credibility.pipeline import check
from credibility.report import Report
from credibility.rules_test import failures

# Pieces that detectors look for, so that random texts hold findings, between characters that offsets stumble over.
PIECES = [
    "Selon les chiffres disponibles, des centaines de personnes sont parties. ",
    "According to experts, 40 per cent of the boats were lost. ",
    "وقالت مصادر مطلعة إن عشرات الأشخاص غادروا. ",
    "Ce texte a été traduit automatiquement. ",
    "The council met on Monday and decided to keep the old harbour open all winter. ",
    "le port rouvre. , en présence du maire ",
    "e\u0301te\u0301 \u0627\u0654 ",
    "\u200f\u202eabc\u202c ",
    "😀👩‍👩‍👧 ",
    "\0\ud800 ",
    "{{ title }} «); spot_img &nbsp; ",
    "PARTAGER\n",
    "Read more\n",
    "- Publicité -\n",
    "1 mai 2024\n",
    "\r\n",
    "\n\n",
    "« ",
    "» ",
    "40\u202f000 000,5 % ",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=14).map("".join)


def run(text: str, config: Config = DEFAULT) -> Report:
    """The report on a text."""
    return check(Document(id="any", text=text), config)


@settings(max_examples=100, deadline=None)
@given(texts, st.sampled_from([None, "fr", "ar", "en", "de", "xx"]))
def test_every_quote_stands_at_its_offsets(text: str, language: str | None) -> None:
    """For all detectors; findings are in their order, statistics and blocks inside the text, the score in its range."""
    report = run(text, Config(language=language))
    for finding in report.findings:
        assert text[finding.span.start : finding.span.end] == finding.quote != ""
        assert 0 <= finding.confidence <= 1
    assert [f.order for f in report.findings] == sorted(f.order for f in report.findings)
    for span in [s.span for s in report.statistics] + [s.source for s in report.statistics if s.source] + [b.span for b in report.blocks]:
        assert 0 <= span.start < span.end <= len(text)
    assert report.score is None or 0 <= report.score <= 100
    assert all(0 <= report.signals[name] <= 1 for name in ("foreign_share", "boilerplate_share"))
    data = report.to_dict(include_text=True)
    assert Report.from_dict(json.loads(json.dumps(data))).to_dict(include_text=True) == data


@settings(max_examples=30, deadline=None)
@given(texts)
def test_the_same_text_gives_the_same_report(text: str) -> None:
    """Nothing is kept from one article to the next."""
    before = run(text).to_dict()
    run("Something else altogether was read in between. " * 3)
    assert run(text).to_dict() == before


@pytest.mark.parametrize("detector", detectors(), ids=lambda detector: detector.name)
def test_detectors_can_be_sent_to_other_processes(detector: Detector) -> None:
    """Workers get them by pickle, nothing of a clipping ever is, and the examples of their rules hold there."""
    import pickle

    sent = pickle.loads(pickle.dumps(detector))  # noqa: S301 - our own object, made in this line
    assert (type(sent), sent.name, sent.rules) == (type(detector), detector.name, detector.rules)
    assert list(failures(detector.rules[0], sent)) == []
