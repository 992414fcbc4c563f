"""The line of the markup in which a block of a page begins, with both parsers, and what CI systems are told of it."""

import json
import re
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from credibility.config import Config
from credibility.pipeline import check
from credibility.reading.clipping import from_html
from credibility.reading.page_lines import Lines
from credibility.reading.page_text import page_text
from credibility.reading.page_tree import PARSERS
from credibility.reading.read import ReadOptions, read_paths
from tests.writing import written

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><title>Le quai rouvre</title>
<meta property="og:title" content="Le quai rouvre">
<script>var title = "Le quai rouvre";</script></head>
<body><nav><a href="/">Accueil</a></nav>
<h1>
  Le quai rouvre
</h1>
<p>Le quai rouvre lundi, a annoncé <b>la mairie</b>.</p><p>L&rsquo;été, il sert de marché.</p>

<p>Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le port.</p>
<pre>
un

trois</pre></body></html>"""


def lines_of(markup: str, parser: str) -> dict[str, int]:
    """Line of each block, by its words."""
    shown = page_text(markup, parser, lines=True)
    return {shown.text[slice(*block.span)]: block.line for block in shown.blocks}


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blocks_know_their_line(parser: str, end: str) -> None:
    """Not that of the title in the head, nor of the script; preformatted paragraphs each have theirs."""
    found = lines_of(PAGE.replace("\n", end), parser)
    assert found == {
        "Accueil": 5,
        "Le quai rouvre": 7,
        "Le quai rouvre lundi, a annoncé la mairie.": 9,
        "L’été, il sert de marché.": 9,
        "Selon les chiffres disponibles, des centaines de pêcheurs ont quitté le port.": 11,
        "un": 13,
        "trois": 15,
    }


def test_without_a_file_there_are_none() -> None:
    """A row of a table has the line where it begins."""
    assert {block.line for block in page_text(PAGE).blocks} == {0}


def test_what_is_not_found_has_the_line_of_what_stands_before_it() -> None:
    """And no more is looked for after twenty of them, so that no page takes long."""
    lines = Lines("<p>one</p>\n<p>two</p>")
    assert (lines.of("one"), lines.of("missing"), lines.of("two")) == (1, 1, 2)
    assert [lines.of("missing") for _ in range(30)] == [2] * 30
    started = time.process_time()
    lines = Lines("<p>a</p>\n" * 100_000)
    assert [lines.of(f"b{number}") for number in range(100_000)] == [1] * 100_000
    assert time.process_time() - started < 2


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("form", ["sarif", "junit", "github", "gitlab", "checkstyle"])
def test_ci_systems_show_a_finding_where_its_paragraph_begins(form: str, parser: str, tmp_path: Path) -> None:
    """JUnit has no place for a line but its message, which says where in the shown text the words are."""
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    (document,) = read_paths([str(path)], ReadOptions(parser=parser))
    config = Config(select=("vague-source.unnamed",))
    report = check(document, config=config)
    assert [finding.quote for finding in report.findings] == ["Selon les chiffres disponibles"]
    out = written(form, report, config=config)
    if form == "sarif":
        (result,) = json.loads(out)["runs"][0]["results"]
        assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 11}
    elif form == "gitlab":
        assert json.loads(out)[0]["location"]["lines"] == {"begin": 11, "end": 11}
    elif form == "github":
        assert re.findall(r",line=(\d+),", out) == ["11"]
    elif form == "checkstyle":
        assert [error.get("line") for error in ET.fromstring(out).iter("error")] == ["11"]
    else:
        assert "line 5, column 1 of the text that the page shows" in out


def test_the_first_paragraph_of_a_page_has_its_line_too() -> None:
    """Not line 1, where most pages have their declaration."""
    markup = "<!DOCTYPE html>\n<title>T</title>\n<p>Selon les experts, le port ferme lundi, et les bateaux ne sortent plus le soir.</p>"
    report = check(from_html(markup, id="page.html", path="page.html", lines=True))
    assert re.findall(r",line=(\d+),title=vague-source", written("github", report)) == ["3"]
