"""Passages at their exact extent, and nothing on what only looks foreign."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.document import Document
from credibility.languages.passages import passages
from credibility.languages.stretch import Passage
from credibility.segment import Article
from tests import spliced


def found_in(text: str) -> tuple[Passage, ...]:
    """The passages of a text on its own."""
    return Article(Document(id="t", text=text)).layer(passages)


def test_no_alarm_on_decorated_articles() -> None:
    """References, line-ups, code, captions, slogans, names and tables are no passages: at most 10 alarms in 1,000 articles."""
    alarms = [seed for seed in range(300) if found_in(spliced.article(seed, passage=False, decorated=seed % 4 != 0).text)]
    assert len(alarms) <= 3, alarms


def test_spliced_passages_are_found() -> None:
    """Nearly every paragraph, sentence and clause is found in its language, at the right place to within three characters."""
    right = exact = 0
    for seed in range(300):
        article = spliced.article(seed, passage=True, decorated=seed % 2 == 1)
        assert article.passage is not None
        start, end, language, _kind = article.passage
        over = [p for p in found_in(article.text) if p.span.start < end and start < p.span.end]
        right += bool(over) and {p.language for p in over} == {language}
        exact += bool(over) and abs(over[0].span.start - start) <= 3 and abs(over[-1].span.end - end) <= 3
    assert right >= 0.96 * 300 and exact >= 0.94 * 300


def test_kinds() -> None:
    """A passage between line breaks is a paragraph, between full stops a sentence, else a clause."""
    own = spliced.SENTENCES["fr"].split("\n")
    foreign = "The council has promised to pay for the new road before the winter."
    for kind, text in (
        ("paragraph", f"{own[0]}\n\n{foreign}\n\n{own[1]}"),
        ("sentence", f"{own[0]} {foreign} {own[1]}"),
        ("clause", f"{own[0]} {own[1][:-1]} et {foreign[0].lower()}{foreign[1:-1]} avant la fin du mois. {own[3]}"),
    ):
        (passage,) = found_in(text)
        assert (passage.kind, passage.language) == (kind, "en"), text
        assert passage.n_tokens == 13 and passage.ratio > 30 and 0.8 <= passage.confidence <= 0.99


@pytest.mark.parametrize("decoration", [item for items in spliced.LINES.values() for item in items])
def test_every_line_in_every_language(decoration: str) -> None:
    """Code, tables, references and captions on lines of their own raise no alarm in any of the six languages."""
    for sentences in spliced.SENTENCES.values():
        own = sentences.split("\n")
        text = f"{own[0]} {own[1]}\n\n{decoration}\n\n{own[2]}\n{decoration}\n{own[4]}"
        assert [text[p.span.start : p.span.end] for p in found_in(text)] == []


@pytest.mark.parametrize("decoration", [item for items in spliced.INLINE.values() for item in items])
def test_every_insertion_in_every_language(decoration: str) -> None:
    """Names, titles, institutes and slogans in a sentence or on a line raise no alarm in any of the six languages."""
    for sentences in spliced.SENTENCES.values():
        own = sentences.split("\n")
        words = own[1].split(" ")
        text = f"{own[0]} {own[2]}\n\n{decoration}\n\n{' '.join(words[:4])} {decoration} {' '.join(words[4:])} {own[3]}\n{own[4]}"
        assert [text[p.span.start : p.span.end] for p in found_in(text)] == []


def test_a_long_article_in_many_languages_keeps_its_passages_apart() -> None:
    """Six foreign paragraphs in six languages are six passages."""
    own = spliced.SENTENCES["de"].split("\n")
    texts = [spliced.SENTENCES[code].split("\n")[5] for code in ("fr", "ar", "en", "es", "ru")]
    article = "\n\n".join(piece for pair in zip(own, texts, strict=False) for piece in pair) + "\n\n" + "\n\n".join(own[5:])
    assert [p.language for p in found_in(article)] == ["fr", "ar", "en", "es", "ru"]


@pytest.mark.parametrize("more", [0, 3, 7, 8])
def test_a_text_that_ends_behind_a_lot_of_tokens(more: int) -> None:
    """Tokens are looked through in lots of 20,000; what is left over may be fewer than a window of eight."""
    text = "the harbour and the village are open today. " * 2_500 + "and then so " * 3
    words = text.split()[: 20_000 + more]
    assert len(words) == 20_000 + more
    assert found_in(" ".join(words)) == ()


@given(st.lists(st.sampled_from([s for text in spliced.SENTENCES.values() for s in text.split("\n")]), max_size=8), st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_passages_are_in_order_and_begin_and_end_with_words(sentences: list[str], noise: str) -> None:
    """Whatever is put together: spans in order, apart, from a word to a word or its closing punctuation."""
    text = noise.join(sentences)
    last = 0
    for passage in found_in(text):
        assert last <= passage.span.start < passage.span.end <= len(text)
        assert text[passage.span.start].isalpha() or not text[passage.span.start].isspace()
        assert not re.match(r"\s", text[passage.span.end - 1])
        last = passage.span.end
