"""Blocks, sentences and words stand where they should, whatever the text."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.document import Block, Document, Severity, Span
from credibility.lexicon import n_words, tokens, tokens_of
from credibility.rules import Example, Rule
from credibility.segment import Article, shorten
from tests.strategies import hostile_text, words

RULE = Rule("test.rule", Severity.WARNING, "{quote} {unit} {missing}", "Why.", (Example("en", "[[a]]"),), (Example("en", "b"),))


def article(text: str, language: str | None = "fr") -> Article:
    """An article in a language that is not guessed."""
    return Article(Document(id="test", text=text), language=language)


def sentences(text: str, language: str = "fr") -> list[str]:
    """The sentences of a text."""
    return [text[s.start : s.end] for s in article(text, language).sentences]


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("fr", ["Selon M. Dupont, tout va bien.", "Mme Leroy en doute."]),
        ("fr", ["Le maire a parlé du port. , en présence du préfet.", "Puis il est parti."]),
        ("fr", ["L’école ferme à 16 h.", "Pourquoi ?", "Nul ne le sait."]),
        ("fr", ["J. M. Petit a signé.", "C’est fini !", "Enfin."]),
        ("ar", ["وصل الوفد.", "غرق (15) خمسة عشر قاربا وعاد (33) ( ولله الحمد) قاربا."]),
        ("ar", ["هل وصل الوفد؟", "نعم، وصل أمس.", "ثم غادر!"]),
        ("en", ["Mr. Hall met Gen. Lowe at 3.30 p.m. on Friday.", "They left."]),
        ("en", ["It grew by 3.5 per cent.", "“Good,” she said."]),
        ("de", ["Dr. Weber kam am 3. Mai.", "Er blieb."]),
    ],
)
def test_sentences(language: str, parts: list[str]) -> None:
    """Abbreviations, initials, numbers and stray punctuation end no sentence; every script's question mark does."""
    assert sentences(" ".join(parts), language) == parts


def test_lines_are_blocks() -> None:
    """Headings without end marks and list lines stand alone."""
    text = "Le port rouvre\n\nLe port a rouvert lundi. Les bateaux sortent.\n- quai nord\n- quai sud\n"
    assert sentences(text) == ["Le port rouvre", "Le port a rouvert lundi.", "Les bateaux sortent.", "- quai nord", "- quai sud"]
    assert next(block.span for block in article(text).blocks) == Span(0, 14)


def test_hard_wrapped_lines_make_one_paragraph() -> None:
    """Lines broken at a fixed width belong together; the blank line still ends the paragraph."""
    text = (
        "The harbour authority of the northern district opened its gates on\n"
        "Monday after eleven weeks of repairs that had kept the fishing fleet\n"
        "ashore. Crews returned at dawn and the first boats left before seven\n"
        "in calm weather, watched by families who had waited on the long quay\n"
        "since the night before.\n\nA second basin follows in spring, once the divers have finished their\nwork.\n"
    )
    found = [text[block.span.start : block.span.end] for block in article(text, "en").blocks]
    assert [part.split()[0] for part in found] == ["The", "A"]
    assert len(article(text, "en").sentences) == 3


def test_words_keep_their_marks() -> None:
    """Harakat do not split a word; apostrophes and hyphens do."""
    text = "مُحَمَّد l’aïeul porte-voix 40 000"
    assert n_words(article(text)) == len(("مُحَمَّد", "l", "aïeul", "porte", "voix", "40", "000"))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters() | st.sampled_from(".!?؟。 \n\r\u2028«»\"'\ud800\0😀")), st.sampled_from(["fr", "ar", "en", "xx", None]))
def test_spans_hold_on_any_text(text: str, language: str | None) -> None:
    """Blocks and sentences are in order, inside the text and not empty; each sentence lies in its block."""
    made = article(text, language)
    for spans in ([b.span for b in made.blocks], [s.span for s in made.sentences]):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    for sentence in made.sentences:
        assert made.blocks[sentence.block].span.covers(sentence.span)
        assert made.sentence_at(sentence.start) == made.sentence_at(sentence.end - 1) == sentence
        assert made.block_at(sentence.start) == sentence.block


def test_what_is_no_prose_has_no_sentences_and_keeps_its_place() -> None:
    """Blanked blocks are one unit each; folded text, tokens and positions of the rest stay what they were."""
    text = "Menu\u200b Plus. Autre\nL’école ferme. Les élèves rentrent.\nPartager"
    blocks = tuple(Block(Span(hit.start(), hit.end())) for hit in re.finditer(".+", text))
    made = Article(Document(id="test", text=text, blocks=blocks), language="fr")
    made.keep_to([blocks[1].span])
    assert [text[s.start : s.end] for s in made.sentences] == ["L’école ferme.", "Les élèves rentrent."]
    assert [text[u.start : u.end] for u in made.units] == ["Menu\u200b Plus. Autre", "L’école ferme.", "Les élèves rentrent.", "Partager"]
    assert [made.folded.text[slice(*span)] for span in made.folded_units][1:3] == ["l'école ferme.", "les élèves rentrent."]
    assert made.folded_prose.text.split() == ["l'école", "ferme.", "les", "élèves", "rentrent."]
    assert len(made.folded_prose.text) == len(made.folded.text) and n_words(made) == 6
    at = made.folded_prose.text.index("élèves")
    assert text[slice(*made.folded_prose.source(at, at + 6))] == "élèves"


@given(st.lists(st.tuples(st.one_of(words, hostile_text), st.sampled_from(("", "\n", "_", " \n")), st.booleans()), min_size=1, max_size=8))
@settings(max_examples=200, deadline=None)
def test_the_tokens_of_prose_are_those_of_its_blocks(parts: list[tuple[str, str, bool]]) -> None:
    """Taken from the tokens of the whole page, they are what reading the blanked text gives, be it that blocks run into each other."""
    text, blocks, kept = "", [], []
    for words_of, gap, is_kept in parts:
        if words_of:
            blocks.append(Block(Span(len(text), len(text) + len(words_of))))
            kept += [blocks[-1].span] * is_kept
        text += words_of + gap
    made = Article(Document(id="test", text=text, blocks=tuple(blocks)), language="fr")
    made.keep_to(kept)
    assert made.layer(tokens) == tokens_of(made.folded_prose.text)


def test_no_sentence_is_endless() -> None:
    """A text without any full stop is cut, so that no pattern meets more than 4,000 characters."""
    for unit in ("mot ", "x", "« "):
        spans = article(unit * 20_000).sentences
        assert max(s.end - s.start for s in spans) <= 4_000


def test_a_flag_quotes_what_stands_there() -> None:
    """Quote, message and severity come from the text and the rule; keys that evidence lacks stay as written."""
    finding = article("un deux trois").flag(RULE, Span(3, 7), confidence=0.123456, unit="m")
    assert (finding.quote, finding.message, finding.severity) == ("deux", "deux m {missing}", Severity.WARNING)
    assert (finding.confidence, finding.flag, dict(finding.evidence)) == (0.1235, "test", {"unit": "m"})
    for span in (Span(3, 3), Span(-1, 2), Span(3, 99)):
        with pytest.raises(IndexError, match=r"test\.rule"):
            article("un deux trois").flag(RULE, span)


def test_a_layer_is_worked_out_once() -> None:
    """Two detectors that need the same thing share it."""
    calls = []

    def count(of: Article) -> int:
        calls.append(of)
        return n_words(of)

    made = article("un deux")
    assert made.layer(count) == made.layer(count) == 2
    assert len(calls) == 1


def test_shorten() -> None:
    """Quotations in messages are one line of bounded length."""
    assert shorten("a\n b") == "a b"
    assert len(shorten("mot " * 100)) <= 80 and shorten("mot " * 100).endswith("…")
