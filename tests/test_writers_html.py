"""The page as HTML: the text whole, the marks nested, nothing of a clipping taken for markup; fit for a run of hundreds."""

import io
import re
import tracemalloc
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from credibility.document import Block, BlockRole, Document, Span, Statistic
from credibility.marked import marked_text, segments
from credibility.page import clipping, head, heading
from credibility.report import DISCLAIMER, Report
from credibility.writers import write
from tests.writing import HOSTILE, blocks_of, finding, on, report_of, reports, unreadable, written

VOID = {"meta"}
TAGS = set(
    re.findall(
        "\\w+",
        "html head meta title style body header main nav article section div h1 h2 h3 h4 p a i b bdi q mark span code small ol li dl dt dd "
        "blockquote table thead tbody tr th td details summary",
    )
)
ATTRIBUTES = set(
    re.findall(
        "\\S+",
        "class id href dir lang title data-f data-n data-c data-kind aria-label aria-labelledby role tabindex rel scope style open charset "
        "content http-equiv name",
    )
)
# HTML can hold neither NUL nor half a surrogate pair.
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")


class Page(HTMLParser):
    """Reads a page and complains of anything that we never write: a clipping must have broken out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.marks: dict[str, str] = {}
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        assert tag in TAGS and set(given) <= ATTRIBUTES, (tag, attributes)
        assert tag != "style" or not given
        self.links += [given["href"]] if "href" in given else []
        self.ids += [given["id"]] if "id" in given else []
        if tag == "div" and given.get("class") == "text":
            self.texts.append("")
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop()[0] == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if any(tag == "div" and given.get("class") == "text" for tag, given in self.open):
            self.texts[-1] += data
            for number in {given["data-f"] for tag, given in self.open if tag == "mark"}:
                self.marks[number] = self.marks.get(number, "") + data


def shown(text: str) -> str:
    """The text as HTML can hold it."""
    return _IMPOSSIBLE.sub("\ufffd", text)


def bare(text: str) -> str:
    """The text without white space, some of which stands between blocks, outside all marks."""
    return "".join(shown(text).split())


@settings(max_examples=200, deadline=None)
@given(reports())
@example(report_of("\n", [finding("\n", 0, 1, "a.b")]))
def test_the_text_is_whole_and_the_marks_are_on_their_words(report: Report) -> None:
    """For any text, spans and blocks; tags close in order, only ours are there, links stay on the page or lead to the web."""
    page = Page(written("html", report))
    assert page.texts == ([shown(report.document.text)] if report.document.text else [])
    assert len(page.ids) == len(set(page.ids))
    for number, found in enumerate(report.findings, 1):
        assert bare(page.marks.get(str(number), "")) == bare(found.quote)
    for link in page.links:
        assert link.startswith("https://news.example/") or link[1:] in page.ids, link


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 30), st.data())
def test_stretches_tile_the_text(length: int, data: st.DataObject) -> None:
    """They follow each other from start to end, and each is under exactly the spans that cover it, the outermost first."""
    position = st.integers(0, length)
    spans = [Span(*sorted(pair)) for pair in data.draw(st.lists(st.tuples(position, position), max_size=8))]
    stretches = list(segments(length, spans, data.draw(st.lists(position, max_size=4))))
    assert [s.start for s in stretches] + [length] == [0, *(s.end for s in stretches)] if length else stretches == []
    for start, end, under in stretches:
        assert set(under) == {
            number for number, span in enumerate(spans) if span.start <= start and end <= span.end and span.start < span.end
        }
        assert sorted(under, key=lambda n: (spans[n].start, -spans[n].end)) == list(under)


def test_many_findings_on_the_same_words_stay_small() -> None:
    """2,000 nested findings make no page of a million marks."""
    text = "mot " * 1_000
    report = report_of(text, [finding(text, n, len(text) - n, "a.b") for n in range(1_990)])
    assert marked_text(report).count("<mark") < 60_000


def test_crossing_findings_are_both_marked_and_linked() -> None:
    """Where one ends inside the other its number stands, and the other goes on."""
    text = "De nombreux observateurs craignent le pire."
    crossing = report_of(text, [on(text, "nombreux observateurs"), on(text, "observateurs craignent", "a.b", "error")])
    page = Page(written("html", crossing))
    assert page.marks == {"1": "nombreux observateurs", "2": "observateurs craignent"}
    assert page.links.count("#c1-f1") >= 2 and page.links.count("#c1-f2") >= 2


def test_links_lead_only_to_the_web() -> None:
    """An address is a link if it is http or https; others are shown as text."""
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "JaVaScRiPt:x",
        " https://a",
        'https://a" onclick="x',
        "https://a\n",
        "//a",
        "file:///a",
    ):
        page = written("html", report_of("Le port.", url=url))
        assert all(link.startswith("#") for link in Page(page).links), url
    page = written("html", report_of("Le port.", url="HTTPS://a.example/?a=1&b=2"))
    assert '<a href="HTTPS://a.example/?a=1&amp;b=2" rel="noreferrer noopener nofollow">' in page


def test_a_page_loads_and_runs_nothing() -> None:
    """The policy forbids it, and there is nothing that would ask."""
    page = written("html", report_of("\n".join(HOSTILE), title=HOSTILE[0], url=HOSTILE[4]))
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert not re.search(r"<(script|img|iframe|link|object|form|base)\b|url\(|@import|<[^>]*\bsrc=", page)


def test_everything_that_the_score_rests_on_is_there() -> None:
    """Evidence, confidence, points by flag with their findings, checks with reasons, figures with their sources."""
    text = "Le port\n40 000 bateaux attendent. La mairie compte 12 quais."
    claims = (
        Statistic(Span(8, 22), "unsourced"),
        Statistic(Span(text.index("12 quais"), len(text) - 1), "sourced", Span(text.index("La mairie"), text.index(" compte"))),
    )
    found = [on(text, "40 000 bateaux", "unsourced-statistic.bare", "warning", value=40000, high=50000, checked=True, of=None)]
    page = written("html", report_of(text, found, statistics=claims, blocks=blocks_of(text)))
    for part in (
        "<dt>high</dt><dd>50,000</dd>",
        "<dt>checked</dt><dd>yes</dd>",
        "<dd>–</dd>",
        "83% sure · line 2, column 1",
        ">−4.15</td>",
    ):
        assert part in page
    assert '<td class=links><a href="#c1-f1">1</a></td>' in page
    assert "<dt>value</dt>" not in page, "the words say it"
    assert "not assessed: fewer than 20 words" in page and DISCLAIMER in page
    assert "1 sourced, 1 unsourced" in page and "<bdi>La mairie</bdi>" in page and '<a href="#c1-b1"><bdi>40 000 bateaux</bdi></a>' in page


def test_a_clipping_without_a_title_is_called_by_its_first_words() -> None:
    """The first block of a sentence's length that is no boilerplate, else the id: a date or a word is no title."""
    text = "Accueil et tous nos autres dossiers\n14 mars 2025\nLe vieux port rouvre lundi matin\nIl rouvre."
    assert heading(report_of(text, blocks=blocks_of(text, ["navigation"]))) == "Le vieux port rouvre lundi matin"
    assert heading(report_of("Le port.")) == heading(unreadable()).replace("broken", "clipping") == "clipping.txt"
    assert heading(report_of(text, title="Le port")) == "Le port" and len(heading(report_of(text, title="a" * 500))) < 170


def test_boilerplate_and_headings_look_like_it() -> None:
    """Boilerplate is named by its kind; headings come from the page's tags."""
    text = "Accueil\nLe port\nIl rouvre."
    roles = (BlockRole(Span(0, 7), "boilerplate", "navigation", 0.9), BlockRole(Span(8, 15), "main", "paragraph", 0.1))
    document = Document("x", text, blocks=(Block(Span(8, 15), "h2"),))
    page = marked_text(Report(document, language="fr", blocks=roles))
    assert '<p id="b0" class=dim data-kind="navigation" dir="ltr">Accueil</p>\n<p id="b1" class=heading dir="ltr">Le port</p>' in page
    assert page.startswith('<div class=text lang="fr" dir="ltr">') and page.endswith('<p id="b2" dir="ltr">Il rouvre.</p></div>')


def test_direction_is_that_of_each_block() -> None:
    """An Arabic block that begins with a Latin name is right-to-left all the same; a quotation in it is left-to-right."""
    text = "ONU قالت مصادر مطلعة إن المجلس اجتمع\nThe council met."
    foreign = on(text, "The council met.", "mixed-language.passage", "warning", language="en")
    page = marked_text(report_of(text, [foreign], language="ar"))
    assert '<div class=text lang="ar" dir="rtl"><p id="b0" dir="rtl">ONU' in page
    assert '<mark class="warning whole" data-f="1" id="m1" lang="en" dir="ltr">' in page


def test_an_index_for_several_clippings_and_none_for_one() -> None:
    """Each line leads to its clipping; what could not be read is in it too."""
    one, run = written("html", report_of("Le port.")), written("html", report_of("Le port."), unreadable(), report_of("Le quai."))
    assert "<nav" not in one and run.count('<article class=clip id="c') == 3
    assert [link for link in Page(run).links if link.endswith("-top")] == ["#c1-top", "#c2-top", "#c3-top"]
    assert run.count("could not be read: the file is empty") == 1 and "Could not be read: the file is empty" in run


def test_a_report_without_its_text_still_shows_its_findings() -> None:
    """As one that was read back from JSON Lines: the quotations stand in the list."""
    text = "Selon les chiffres disponibles, rien."
    page = written("html", Report.from_dict(report_of(text, [on(text, "Selon les chiffres disponibles")]).to_dict()))
    assert "or the report came without it" in page and "Selon les chiffres disponibles" in page


def test_one_clipping_for_an_app() -> None:
    """The parts fit another page: ids carry the prefix, and the head is its own."""
    fragment = "".join(clipping(report_of("Le port."), "x-"))
    assert fragment.startswith('<article class=clip id="x-top"') and Page(fragment).ids == ["x-top", "x-title", "x-b0", "x-findings"]
    assert "<title>a &lt;b&gt; ‹U+202E›</title>" in head("a <b> \u202e")


class Sink(io.StringIO):
    """Takes everything, keeps only how much it was."""

    written = 0

    def write(self, text: str) -> int:
        self.written += len(text)
        return len(text)


@pytest.mark.parametrize(("form", "clippings"), [("html", 200), ("markdown", 800)])
def test_what_waits_for_the_index_waits_on_disk(form: str, clippings: int) -> None:
    """Memory does not grow with the run: 4 kB of text with 20 findings each, several megabytes of report."""
    line = "Selon les chiffres disponibles, des centaines de bateaux attendent au large depuis le mois de mars, et rien ne bouge. "
    text = "\n".join([line * 4] * 8)
    report = report_of(text, [finding(text, n, n + 30, "vague-source.figure") for n in range(0, len(text) - 30, 200)])
    out = Sink()
    tracemalloc.start()
    write(form, (report for _ in range(clippings)), out)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert out.written > 2_000_000 and peak < 2_000_000


def test_a_row_without_a_title_is_named_by_its_file() -> None:
    """'1' would be every first row of every table."""
    page = written("html", report_of("Port.", id="1", path="feed.csv"), report_of("Port.", id="1", path="other.csv"))
    assert "<bdi>feed.csv#1</bdi></a></td>" in page and ">other.csv#1</h2>" in page
