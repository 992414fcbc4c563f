"""Typography that no careful writer leaves: impossible punctuation, three styles of quotation mark in one article.

All of it is a note. Measured and left out, since good newsrooms leave them too: marks opened and never closed (1.6 in 100
articles; paragraphs of one quotation, sentences cut from it), two styles in one article (1.5), brackets that do not pair
(1.1), spaces before commas (2.6, the habit of whole papers in Spanish and Arabic), two full stops (2.2).
"""

import re
from collections.abc import Iterator, Mapping

from credibility.characters import holds
from credibility.detector import ASSESSED, NOT_APPLICABLE
from credibility.document import Finding, Severity, Span
from credibility.layout.roles import leftovers
from credibility.lexicon import folded, gaps, n_words
from credibility.rules import Example, Rule
from credibility.segment import Article

# Each way begins with its first mark and looks behind that: marks are found quickly, letters stand everywhere.
_MARKS = re.compile(
    r",\.(?:(?<=[^\W_],\.)|(?<=[^\W_][ \u00a0],\.))(?![\d.,\w])"  # «respective,. Elle»
    r"|,(?<=[^\W\d_],),+(?=\s)"
    r"|\.(?<=[^\W\d_]{4}\.) ,(?= ?[^\W\d_])"  # 001: «port. , en présence»; abbreviations are shorter
    r"|(?:;(?<=[^\W\d_];);+|,(?<=[^\W\d_],);|؛(?<=[^\W\d_]؛)؛+|،(?<=[^\W\d_]،)،+)(?=\s)"
    r"|[«“][ \u00a0\u202f]?[»”]"
    r"|,(?<=[^\W\d_]{2},):(?= )"
)
_NEEDLES = (",.", ",,", ". ,", ", .", ";;", ",;", "؛؛", "،،", ",:", "«»", "« »", "“”", "“ ”", "«\u00a0»", "«\u202f»", " ,.", "\u00a0,.")
_FOLDED_NEEDLES = tuple(sorted(set(folded(_NEEDLES))))
# A quotation of each style, with its words. Spaced and tight guillemets are two: a paper sets them one way or the other.
_STYLES = (
    ("spaced guillemets", re.compile("«[ \u00a0\u202f]+\\w[^«»|\n]{0,300}»")),
    ("tight guillemets", re.compile("«\\w[^«»\n]{0,300}[»]?")),
    ("curly", re.compile("[“„]\\w[^“”„\n]{0,300}[”“]?")),
    ("straight", re.compile('"(?<![^\\s(]")\\w[^"\n]{0,300}"?')),
)
_LONGEST_QUOTE = 60

MARKS = Rule(
    id="typography.marks",
    severity=Severity.NOTE,
    message="Punctuation that cannot stand so: {quote}",
    why="A full stop inside a sentence or two commas in a row are left by machines and by cuts that nobody read again.",
    bad=(
        Example("fr", "Le port a rouvert[[,.]] La pêche reprend[[. ,]] en présence du maire, avec la devise [[« »]] au mur."),
        Example("ar", "فتح الميناء أبوابه[[،،]] وعاد الصيادون."),
        Example("en", "The harbour[[,,]] which reopened on Monday[[,:]] is full."),
    ),
    good=(
        Example("fr", "Le port, etc., a rouvert (M. Dupont, art. 3, al. 2). 3,5 % ; « Oui », dit-il. Quoi ?! En 2021.,5"),
        Example("ar", "فتح الميناء، ثم أغلق؛ وعاد الصيادون..."),
        Example("en", "Harbour Inc., in Portland, Ore., closed at 8 p.m., he said... 1,,2 and a[,] b"),
    ),
    false_alarms="16 of 6,746 texts by human authors, 13 of them encyclopedia articles that lost their footnotes; 4 of 2,238 pages.",
)

MIXED = Rule(
    id="typography.mixed-quotes",
    severity=Severity.NOTE,
    message="Quotation marks of three styles in one article ({styles}), here: {quote}",
    why="A paper sets its quotation marks one way; three ways show text put together from several sources, mostly by machines.",
    bad=(
        Example("fr", "La « paix » du port tient. Le maire parle d'un \"accord\" et d'un [[«geste»]] du port."),
        Example("ar", 'قال إن «السلام» قائم، وتحدث عن “اتفاق” جديد وعن [["خطوة"]] أخرى.'),
        Example("en", 'The “peace” holds. The mayor spoke of a "deal" and of [[« trust »]] in the port.'),
    ),
    good=(
        Example("fr", "La « paix » du port tient. Le maire parle d'un « accord “historique” » et d'un « geste »."),
        Example("ar", "قال إن «السلام» قائم، وتحدث عن “اتفاق” جديد."),
        Example("en", 'The “peace” holds. « Previous page | Next page » The "deal" is new.'),
    ),
    false_alarms="None of 6,746 texts by human authors, 3 of 6,000 translations; 4 of 2,238 clippings with leftovers and comments.",
)


class Typography:
    """Finds what no careful writer leaves."""

    rules: tuple[Rule, ...] = (MARKS, MIXED)
    name: str = "typography"

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Needs words."""
        return {"typography": ASSESSED if article.layer(n_words) else NOT_APPLICABLE}

    def detect(self, article: Article) -> Iterator[Finding]:
        """Impossible marks wherever they stand in the article, and the rarest of three styles once."""
        text = article.text
        outside = article.layer(leftovers)
        between = "\n".join(article.layer(gaps))
        if any(needle in between for needle in _FOLDED_NEEDLES) and holds(text, article.characters, _NEEDLES):
            for hit in _MARKS.finditer(text):
                if article.block_at(hit.start()) not in outside:
                    yield article.flag(MARKS, Span(*hit.span()))
        if (text.count('"') > 1) + ("«" in text) + ("“" in text or "„" in text) > 1:
            yield from _mixed(article, outside)


def _mixed(article: Article, outside: frozenset[int]) -> Iterator[Finding]:
    """The first quotation in the rarest of three styles that stand in the article itself."""
    found = {}
    for name, pattern in _STYLES:
        hits = [hit for hit in pattern.finditer(article.text) if article.block_at(hit.start()) not in outside]
        if hits:
            found[name] = hits
    if len(found) >= 3:
        hits = min(found.values(), key=lambda hits: (len(hits), -hits[0].start()))
        start, end = hits[0].span()
        yield article.flag(MIXED, Span(start, min(end, start + _LONGEST_QUOTE)), styles=", ".join(found))


DETECTOR = Typography()
