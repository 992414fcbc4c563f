"""The text is what a reader of the page sees; blocks know where they stand."""

import pytest
from hypothesis import given, settings

from credibility.document import Document
from credibility.reading.clipping import from_html
from credibility.reading.page_tree import PARSERS
from tests.strategies import hostile_html, nested_html

pytestmark = pytest.mark.parametrize("parser", PARSERS)


def _lines(document: Document) -> list[str]:
    return [document.text[slice(*block.span)] for block in document.blocks]


def _places(document: Document) -> list[tuple[str, str]]:
    return [(block.tag, document.text[slice(*block.span)]) for block in document.blocks]


def test_blocks_are_parted_by_newlines_and_white_space_collapses(parser: str) -> None:
    document = from_html("<body> <h1>A\n  title</h1><p>One \t two<b> three</b> .</p>\n\n<div>loose <p>inner</p> tail</div>", parser=parser)
    assert document.text == "A title\nOne two three .\nloose\ninner\ntail"
    assert [block.tag for block in document.blocks] == ["h1", "p", "div", "p", "div"]


def test_no_break_spaces_stay_but_make_no_block(parser: str) -> None:
    assert from_html("<p>12&nbsp;%</p><p>&nbsp;</p><p>\u200b</p><p>x</p>", parser=parser).text == "12\xa0%\nx"


def test_a_line_break_is_a_newline_and_two_end_the_block(parser: str) -> None:
    document = from_html("<div>one<br>two<br><br>three<br> &nbsp; <br>four<br></div>", parser=parser)
    assert _lines(document) == ["one\ntwo", "three", "four"]
    assert document.text == "one\ntwo\nthree\nfour"


def test_preformatted_text_keeps_its_spaces_and_has_a_block_for_each_paragraph(parser: str) -> None:
    document = from_html("<p>a</p><pre>\n  one\n   two\n\n three</pre>", parser=parser)
    assert document.text == "a\n  one\n   two\n\n three"
    assert _lines(document) == ["a", "  one\n   two", "three"]


def test_scripts_fallbacks_menus_and_form_values_are_not_shown(parser: str) -> None:
    mute = (
        "<script>var a = 'x';</script><style>p{}</style><noscript><p>Enable scripts</p></noscript><template><p>t</p></template>"
        "<!-- comment --><select><option>Angola<option>Albania</select><textarea>value</textarea><svg><text>svg</text></svg>"
        "<iframe src=x>frame</iframe><img alt='alternative'><input value='v'>"
    )
    document = from_html(f"<head><noscript><div>Head</div></noscript><title>T</title></head><body>{mute}<p>shown</p>", parser=parser)
    assert document.text == "shown"
    assert document.hidden == ()


@pytest.mark.parametrize(
    "markup",
    [
        "<p hidden>secret</p>",
        "<p style='display: none'>secret</p>",
        "<div style='color:red;VISIBILITY : hidden'><p>secret</p></div>",
        "<div style='position:absolute; left:-9999px'>secret</div>",
        "<span style='text-indent:-5000px'>secret</span>",
        "<span style='font-size:0'>secret</span>",
        "<span style='font-size: 0px; line-height: 1'><b>secret</b></span>",
        "<p style='color:#FFF; background-color: white'>secret</p>",
        "<table bgcolor='#ffffff'><tr><td><font color=white>secret</font></td></tr></table>",
        "<div style='background:#ffffff'><p style='color:rgb(255, 255, 255)'>secret</p></div>",
        "<div style='clip: rect(0, 0, 0, 0); position: absolute'>secret</div>",
    ],
)
def test_what_the_page_hides_is_kept_apart(parser: str, markup: str) -> None:
    document = from_html(f"<p>shown</p>{markup}<p>more</p>", parser=parser)
    assert document.text == "shown\nmore"
    assert document.hidden == ("secret",)


@pytest.mark.parametrize(
    "markup",
    [
        "<p aria-hidden=true>text</p>",
        "<p class=hidden>text</p>",
        "<div style='font-size:0'><p class=card>text</p></div>",
        "<p style='color:#fff'>text</p>",
        "<p style='color:#fff;background:url(x.png) #000'>text</p>",
        "<p style='font-size:0.9em'>text</p>",
        "<p style='font-size:0.5px'>text</p>",
        "<p style='margin-left:-10px'>text</p>",
        "<p style='opacity:0'>text</p>",
        "<div style='color:#fff;background:#fff'><p class=dark>text</p></div>",
        "<div style='color:#fff;background:#fff'><p style='color:black'>text</p></div>",
        "<article style='display:none'><p>text</p></article>",
    ],
)
def test_where_a_doubt_is_left_the_text_counts_as_shown(parser: str, markup: str) -> None:
    document = from_html(f"<p>shown</p>{markup}", parser=parser)
    assert document.text == "shown\ntext"
    assert document.hidden == ()


def test_hidden_words_do_not_part_the_sentence_around_them(parser: str) -> None:
    document = from_html("<p>one <span hidden>two<br>lines</span>three</p>", parser=parser)
    assert document.text == "one three"
    assert document.hidden == ("two\nlines",)


def test_a_page_that_waits_for_its_script_is_not_empty(parser: str) -> None:
    document = from_html(f"<div id=root style='display:none'><p>{'The council met. ' * 30}</p></div>", parser=parser)
    assert document.text.startswith("The council met.")


def test_blocks_know_tag_path_hints_and_links(parser: str) -> None:
    document = from_html(
        "<body class=Post><div id=Side role=complementary class='Related  Links'><ul>"
        "<li class=item><a href=x>Read this</a> now</li></ul></div>"
        "<table><tbody><tr><td itemprop=articleBody>cell</td></tr></tbody></table></body>",
        parser=parser,
    )
    item, cell = document.blocks
    assert (item.tag, item.path) == ("li", "html body div ul")
    assert item.hints == "post complementary related links side item"
    assert item.link_chars == len("Read this")
    assert (cell.tag, cell.path, cell.hints, cell.link_chars) == ("td", "html body table tr", "post articlebody", 0)


def test_the_class_of_an_inline_element_that_begins_a_block_is_a_hint(parser: str) -> None:
    document = from_html("<p><span class=byline>By A. Writer</span> in Lyon</p>", parser=parser)
    assert document.blocks[0].hints == "byline"


def test_captions_quotations_headings_and_cells_can_be_told_apart(parser: str) -> None:
    document = from_html(
        "<figure><img><figcaption>Caption</figcaption></figure><blockquote><p>Quoted</p></blockquote><dl><dt>Term<dd>Meaning</dl><h3>Head</h3>"
        "<table><caption>Table</caption><tr><th>H<td>1</table>",
        parser=parser,
    )
    assert _places(document) == [
        ("figcaption", "Caption"), ("p", "Quoted"), ("dt", "Term"), ("dd", "Meaning"), ("h3", "Head"),
        ("caption", "Table"), ("th", "H"), ("td", "1"),
    ]  # fmt: skip
    assert document.blocks[1].path.endswith("blockquote")


def test_paths_and_hints_are_bounded(parser: str) -> None:
    document = from_html("<div class='alpha beta gamma delta'>" * 300 + "<p>x", parser=parser)
    (block,) = document.blocks
    assert len(block.path.split()) <= 48
    assert len(block.hints.split()) <= 32


@given(nested_html | hostile_html)
@settings(max_examples=100, deadline=None)
def test_blocks_cover_the_text_in_order(parser: str, markup: str) -> None:
    """Blocks are in order, not empty, do not overlap, and leave nothing but white space between them."""
    document = from_html(markup, parser=parser)
    end = 0
    for block in document.blocks:
        assert document.text[end : block.span.start].strip() == ""
        assert end <= block.span.start < block.span.end <= len(document.text)
        assert 0 <= block.link_chars <= block.span.end - block.span.start
        end = block.span.end
    assert document.text[end:].strip() == ""
    assert document.text.encode("utf-8").decode("utf-8") == document.text
