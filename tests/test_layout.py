"""Block roles: one for each block, on pages and texts, whatever the input; the arrays do what the trained trees did."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credibility.document import Block, Document, Span
from credibility.errors import PackError
from credibility.layout.context import cue_features, second_features
from credibility.layout.cues import KINDS, Cue, cues
from credibility.layout.features import own_features, text_features, text_names
from credibility.layout.kinds import is_page_talk
from credibility.layout.markup import read_marks
from credibility.layout.model import layout_folder, load_model
from credibility.layout.parts import article_parts
from credibility.layout.roles import block_cues, block_roles, flags
from credibility.layout.words import hash_words, read_layout, tokens
from credibility.lexicon import tokens_of
from credibility.normalise import fold
from credibility.reading.clipping import from_html
from credibility.reading.page_tree import PARSERS
from credibility.segment import Article

PAGES = Path(__file__).parent.parent / "fixtures" / "pages"
EXPECTED = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))


def page(name: str, parser: str) -> tuple[str, str]:
    """Main and boilerplate text of a page among the fixtures."""
    article = Article(from_html((PAGES / name).read_bytes(), id=name, parser=parser))
    of = {"main": [], "boilerplate": []}
    for role in block_roles(article):
        of[role.role].append(article.text[role.span.start : role.span.end])
    return "\n".join(of["main"]), "\n".join(of["boilerplate"])


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_pages_on_which_extractors_are_known_to_fail(name, parser):
    """Every paragraph of the article is kept, and what surrounds it is not."""
    main, boilerplate = page(name, parser)
    assert [text for text in EXPECTED[name]["main"] if text not in main] == []
    assert [text for text in EXPECTED[name]["boilerplate"] if text not in boilerplate] == []


PARAGRAPH = "The ferry was towed to the old harbour at dawn, and its crew of nine went home by bus before noon."


@pytest.mark.parametrize(
    ("lines", "is_judged"),
    [
        (("The ferry is back", PARAGRAPH, PARAGRAPH, PARAGRAPH), False),
        ((PARAGRAPH, PARAGRAPH, PARAGRAPH, PARAGRAPH + " Its hull was"), False),
        ((PARAGRAPH,), False),
        (("The ferry is back", PARAGRAPH, "Most popular", PARAGRAPH, PARAGRAPH), True),
        (
            (
                "The ferry is back",
                PARAGRAPH,
                PARAGRAPH,
                "Readers of our daily newsletter knew it first, on the evening before, while all the others slept.",
            ),
            True,
        ),
    ],
)
def test_only_texts_with_something_short_or_a_cue_are_judged(lines, is_judged):
    """Paragraphs alone, behind a headline, are the article: the trees would take as long as on any other text."""
    roles = block_roles(Article(Document(id="x", text="\n".join(lines)), language="en"))
    assert ({role.probability for role in roles} != {np.float32(0.01)}) == is_judged
    assert is_judged or {role.role for role in roles} == {"main"}


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-32"), max_size=400))
def test_every_block_of_any_text_has_one_role(text):
    """Spans are those of the blocks, in order; probabilities lie between 0 and 1; kinds of boilerplate are the contract's."""
    article = Article(Document(id="x", text=text), language="en")
    roles = block_roles(article)
    assert [role.span for role in roles] == [block.span for block in article.blocks]
    assert all(0 <= role.probability <= 1 for role in roles)
    assert all(role.kind in KINDS for role in roles if role.role == "boilerplate")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<div class='nav ad'>", "</div>", "<a href=x>", "</a>", "word", " and more. ", "<li>", "«»"]))
)
def test_every_block_of_any_page_has_one_role(pieces):
    """Broken markup is judged as well."""
    article = Article(from_html("".join(pieces), id="x"))
    assert [role.span for role in block_roles(article)] == [block.span for block in article.blocks]


def test_the_same_words_hash_the_same_wherever_they_stand():
    """Case and place do not matter, order does."""
    alone, later = hash_words("Read more"), hash_words("… and then: READ MORE")
    assert alone == later[-2:]
    assert hash_words("more read") != alone


def test_digits_hash_by_their_number_and_scripts_without_spaces_by_character():
    """'12 Comments' and '47 Comments' are one to the model."""
    assert hash_words("12 comments") == hash_words("٤٧ comments")
    assert len(hash_words("東京都")) == 3


def test_features_take_time_linear_in_the_text():
    """Ten times the blocks give ten times the rows, and the columns of a block do not depend on the machine."""
    line = "The council voted on Thursday, the minutes say. Share\n"
    blocks = tuple(Block(Span(n * len(line), (n + 1) * len(line) - 1)) for n in range(2000))
    layout = read_layout(line * 2000, blocks)
    rows = text_features(layout, own_features(layout, np.zeros((2000, 5), np.float32), np.zeros((2000, 2), np.float32)))
    assert rows.shape == (2000, len(text_names()))
    assert np.isfinite(rows).all()
    assert len(tokens(layout)[0]) < 2000 * 40


def test_a_line_of_page_talk_opens_a_part_of_the_page():
    """The blocks know how far above them the comments began; where there is no such line, it is further than any page goes."""
    rows = cue_features([Cue(), Cue(line="comments"), Cue(), Cue()])
    assert np.allclose(rows[1:, 0], np.log1p([0, 1, 2]))
    assert rows[0, 0] > np.log1p(100)
    assert rows[:, -2].tolist() == [0, *np.log1p([1, 1, 1]).astype(np.float32)]
    assert cue_features([]).shape == (0, rows.shape[1])


def test_words_of_the_article_tell_which_paragraph_belongs_to_it():
    """Of two lines that the first round left open, the one that shares words with the article has the greater share of them."""
    lines = [
        "Fishermen blocked the harbour of Oldwick",
        "The harbour of Oldwick reopened",
        "Seven recipes with courgettes",
        "Recipes and courgettes",
    ]
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    layout = read_layout(text, [Block(Span(start, start + len(line))) for start, line in zip(starts, lines, strict=True)])
    rows = second_features(np.array([0.0, 0.5, 1.0, 0.5], np.float32), layout)
    in_article, in_boilerplate = rows[:, -5], rows[:, -4]
    assert in_article[1] > in_article[3] == 0
    assert in_boilerplate[3] > in_boilerplate[1] == 0


def test_the_shipped_model_is_small_and_the_one_on_its_card():
    """At most 1 MB; the card names the file by its digest."""
    import hashlib
    import tomllib

    weights = (layout_folder() / "weights.npz").read_bytes()
    card = tomllib.loads((layout_folder() / "card.toml").read_text(encoding="utf-8"))
    assert len(weights) <= 1_000_000
    assert card["sha256"] == hashlib.sha256(weights).hexdigest()


def test_a_damaged_model_is_told_with_what_to_do(tmp_path):
    """The error names the file and the command that makes a new one."""
    (tmp_path / "weights.npz").write_bytes(b"PK\x03\x04 no")
    with pytest.raises(PackError, match="train layout"):
        load_model(tmp_path / "weights.npz")


def test_cues_need_the_line_for_themselves():
    """'Home' is a button; 'Home prices rose again in March, the bank said' is an article."""
    text = "Home\nHome prices rose again in March, the central bank said on Monday"
    blocks = (Block(Span(0, 4)), Block(Span(5, len(text))))
    assert [cue.line for cue in cues(fold(text), blocks, tokens_of(fold(text).text))] == ["navigation", ""]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("More rain fell there.", ""),
        ("Search warrants were not issued.", ""),
        ("Home prices rose again?", ""),
        ("More from Oldwick", "related"),
        ("Search this site now", "navigation"),
        ("Comments are closed.", "comments"),
        ("Copyright 2024 Oldwick Courier Ltd.", "legal"),
    ],
)
def test_a_short_sentence_may_begin_with_the_word_of_a_button(words, kind):
    """One word and the mark of a sentence at the end are no cue; a label, a longer phrase and the owner of a copyright are one."""
    (cue,) = cues(fold(words), (Block(Span(0, len(words))),), tokens_of(fold(words).text))
    assert cue.line == kind


@pytest.mark.parametrize(
    ("text", "line", "inside", "count"),
    [
        ("Share\nthis article", "share", "", 0),  # a wrapped line is one cue
        ("Foreshare this", "", "", 0),
        ("Homely", "", "", 0),
        ("«Read also:» the mayor", "", "related", 1),
        ("{{ title }}", "", "code", 1),
    ],
)
def test_cues_are_whole_words_wherever_lines_break(text, line, inside, count):
    """At the start of a word, and ending inside none."""
    (cue,) = cues(fold(text), (Block(Span(0, len(text))),), tokens_of(fold(text).text))
    assert (cue.line, cue.inside, cue.count) == (line, inside, count)


def test_marks_of_a_place_are_those_of_each_of_its_blocks():
    """Blocks with the same marks share a place; each has its tokens once."""
    blocks = tuple(
        Block(Span(n, n + 1), tag="p", path="html body div", hints=hints) for n, hints in enumerate(("page a a-b", "page", "page a a-b"))
    )
    marks = read_marks(blocks)
    block, hashes = marks.of_blocks()
    per_block = [set(hashes[block == n].tolist()) for n in range(3)]
    assert marks.place.tolist() == [0, 1, 0]
    assert per_block[0] == per_block[2] > per_block[1]
    assert len(hashes) == sum(map(len, per_block))


TITLE, PARAGRAPH = "Oldwick closes its market", "The council voted on Thursday to close it."


def parts(*given: str | tuple[str, str], title: str = "") -> list[str]:
    """The parts of blocks that are given as words, or as words and element."""
    pairs = [(one, "") if isinstance(one, str) else one for one in given]
    return article_parts([words for words, _ in pairs], [Block(Span(0, len(words)), tag=tag) for words, tag in pairs], title)


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("What comes next", "heading"),
        ("• bring a lamp", "list"),
        ("* Why now? " + 12 * (PARAGRAPH + " "), "paragraph"),
        (PARAGRAPH, "paragraph"),
        (("1891", "td"), "table"),
        (("The market in 1900", "figcaption"), "caption"),
        ("Photo: Ellen Marsh", "caption"),
        (("We kept it open", "blockquote"), "quotation"),
        ("“We kept it open for as long as the sums allowed it.”", "quotation"),
        ("“We kept it open,” said the mayor, who was there. “As long as the sums allowed.”", "paragraph"),
        ("– We kept it open, says the mayor.", "paragraph"),
        ("2. Why the market matters", "heading"),
        (("A second headline", "h1"), "heading"),
    ],
)
def test_parts_of_the_article_are_told_apart(block, kind):
    """By element where there is one, by shape where there is none."""
    assert parts((TITLE, "h1"), PARAGRAPH, block, PARAGRAPH) == ["headline", "paragraph", kind, "paragraph"]


def test_the_headline_is_the_first_line_that_is_no_date_or_the_one_in_the_title_of_the_page():
    """A date may stand above it, and the name of a column."""
    assert parts("9 August 2012", TITLE, PARAGRAPH)[1] == "headline"
    assert parts("Notes from the harbour, by the editors.", TITLE, PARAGRAPH, title=TITLE + " | Courier")[1] == "headline"


def test_lists_go_on_across_what_stands_between_and_need_no_bullets():
    """Numbers two blocks apart are of one list; short lines in a row are one."""
    assert parts(TITLE, "1. a lamp", "https://lamps.example/1", "2. a rope")[1::2] == ["list", "list"]
    assert parts(PARAGRAPH, "a lamp", "a rope", "a tent", "a map", PARAGRAPH)[1:5] == ["list"] * 4


def test_elements_that_an_old_page_is_laid_out_with_say_nothing():
    """An article whose paragraphs are cells is no table."""
    assert parts((TITLE, "td"), (PARAGRAPH, "td"), (PARAGRAPH, "td")) == ["headline", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("words", "talk"),
    [
        ("Mardi 4 mars 2025", True),
        ("By Fenella Croy | 3 min read", True),
        ("Lire aussi : Le pont suspendu reste fermé", True),
        ("The bridge was closed on 4 March 2025 after the flood.", False),
        ("By noon 300 people stood on the quay.", False),
    ],
)
def test_lines_that_are_nothing_but_page_talk(words, talk):
    article = Article(Document(id="", text=words))
    assert is_page_talk(words, article.blocks[0], block_cues(article)[0]) is talk


def test_what_is_doubtful_counts_where_something_is_sure():
    """A text with a line that is surely left over was copied with its surroundings; one without keeps its doubtful line."""
    article = Article(Document(id="", text="\n\n".join([PARAGRAPH] * 6)))
    doubtful = np.array([0, 0, 0, 0.5, 0, 0], np.float32)
    sure = np.array([0, 0, 0, 0.5, 0, 0.9], np.float32)
    assert flags(article, doubtful, 0.42).tolist() == [False] * 6
    assert flags(article, sure, 0.42).tolist() == [False, False, False, True, False, True]
