"""Code among the words: template variables, shortcodes, markup, scripts and filler that a page shows and nobody meant to print.

Each pattern is tried only where a character it cannot do without stands in the text, so that clean articles cost next to
nothing. Hits that touch are one finding, and a block that is mostly code is one from end to end.

Articles about programming, formulas, prices, signs and emoticons are not scraps: code blocks of HTML (`pre`, `code`) are left
out, and a text that talks of HTML, scripts and plug-ins may show some.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html.entities import html5
from typing import NamedTuple

from credibility.detector import ASSESSED
from credibility.document import Finding, Severity, Span
from credibility.layout.roles import block_roles
from credibility.rules import Example, Rule
from credibility.segment import Article

_CODE_TAGS = {"pre", "code", "samp", "kbd", "textarea"}
_BLOCK_HITS = 20
_CODE_MARKS = re.compile(r"[{}();=<>\[\]_\\|&$]")
# What articles about programming, web design and typesetting speak of; two different words of these, or three, are enough.
_TRADE = re.compile(
    r"(?i)\b(?:html5?|css|javascript|typescript|php|python|java|json|xml|sql|regex|bash|linux|unix|github|wordpress|drupal|latex|perl|ruby|"
    r"api|compiler|programm(?:er|ers|ing|ation|eur|eurs|ierer|ierung)|source code|code source|quelltext|código|snippets?|"
    r"plugins?|plug-ins?|développeurs?|developers?|balises?|syntax|syntaxe|shortcodes?|templates?|scripts?|typesetting|typographie|typography)\b"
    r"|برمجة|المبرمج|البرمجة|شيفرة|исходный код|программист|разработчик"
)

TEMPLATE = Rule(
    id="code-scrap.template",
    severity=Severity.WARNING,
    message="A template variable that was never filled in: {quote}",
    why="Where the variable stands a name or a figure is missing, and nobody looked at the page.",
    bad=(
        Example("fr", "Bonjour [[{{ prenom }}]], voici les nouvelles du port. Publié par [[%s]] hier à midi."),
        Example("ar", "نشر في [[{{post.date}}]] بواسطة [[${author}]] من غرفة الأخبار في المدينة."),
        Example("en", "The ferry carried [[{passenger_count}]] people. [[[object Object] %s]] bloggers like this."),
    ),
    good=(
        Example("fr", "Le prix a monté de 5 % d'un coup, soit 40 $ de plus {voir encadré}."),
        Example("ar", "ارتفع السعر بنسبة ٥ % خلال شهر {انظر الجدول}."),
        Example("en", "The set {1, 2, 3} has three members; growth was 5 % d/d and US$40."),
        Example("en", "In Python the developer writes print('%s') where the HTML template says {{ name }}."),
    ),
    false_alarms="None in 6,746 texts by human authors nor in the article lines of 2,238 pages.",
)

SHORTCODE = Rule(
    id="code-scrap.shortcode",
    severity=Severity.WARNING,
    message="A shortcode or slot of the publishing system stands in the text: {quote}",
    why="A picture, advertisement or player is missing here, and nobody looked at the page.",
    bad=(
        Example("fr", '- CONTENU EXCLUSIF -[[spot_img]]\nLe quai. [[[caption id="a12" width="300"]<br />]]Le port en 1950.'),
        Example("ar", 'وصلت الشاحنات صباح الإثنين.\n[[[gallery ids="12,14"]&nbsp;]]\nورحب السكان.'),
        Example(
            "en",
            'The fleet is back. [[[vc_row full_width="stretch"][/vc_row]<br />]] The quay was full. [[adsbygoogle]]',
        ),
    ),
    good=(
        Example("fr", "« Il [le maire] n'a rien dit » [vidéo] [traduction de la rédaction]"),
        Example("ar", "قال [الوزير] إن الجسر [انظر الصورة] سيفتح قريبا."),
        Example("en", "“They [the crew] slept” [Video] [more reductions] [sic]. [Gallery]"),
    ),
    false_alarms="None in 6,746 texts by human authors nor in the article lines of 2,238 pages.",
)

MARKUP = Rule(
    id="code-scrap.markup",
    severity=Severity.WARNING,
    message="Markup stands where words should: {quote}",
    why="Tags and entities left in the text break words and quotations, and show that nobody looked at the page.",
    bad=(
        Example("fr", "Le maire[[&nbsp;]]: « Tout va bien ».[[<br />]] La mairie[[&#8217;]]s'est tue. [[</p>]]"),
        Example("ar", 'وصلت الشاحنات[[&nbsp;]]صباح الإثنين. [[<div class="ad">]]'),
        Example("en", "The council[[&rsquo;]]s plan [[<!-- pull quote -->]] was [[<strong>]]rejected[[</strong>]] by a vote."),
    ),
    good=(
        Example("fr", "Si a < b et b > c, alors… Dupont & Cie ; https://exemple.fr/?a=1&amp;b=2"),
        Example("ar", "شركة دوبون & شركاه؛ العدد أصغر (س < ص)."),
        Example("en", "AT&T; R&D; the vector <int> and <laugh/>; if x<y then y>x. Thanks <3"),
        Example("en", 'Allowed HTML: <a href="" title=""> <abbr title=""> <b> <blockquote cite=""> <code>'),
    ),
    false_alarms="None in 6,746 texts by human authors; among 2,238 pages a few blogs on web design that say so in one word.",
)

SCRIPT = Rule(
    id="code-scrap.script",
    severity=Severity.WARNING,
    message="Script or style stands where words should: {quote}",
    why="Code that was to run behind the page was pasted as text; what it was to show is missing.",
    bad=(
        Example("fr", "La flotte est rentrée.\n[[«);]]\nY\nRédaction"),
        Example("ar", "وصلت الشاحنات.\n[[window.dataLayer = window.dataLayer || [];]]\nورحب السكان."),
        Example(
            "en",
            "The fleet is back.\n[[.ad-box { display: none; margin: 0 }]]\nFamilies waited.\n"
            '[[{"@context": "https://schema.org", "name": "x"}]]\nFamilies waited.',
        ),
    ),
    good=(
        Example("fr", "Il a salué la foule (« enfin »); puis il est parti ;) et la fonction (publique) suit."),
        Example("ar", "قال (« نعم »); ثم غادر المكان ;)"),
        Example("en", "The result (a “draw”); nobody won. :) Let x = 3; the function f(x) grows. * * *"),
    ),
    false_alarms="None in 6,746 texts by human authors nor in the article lines of 2,238 pages.",
)

FILLER = Rule(
    id="code-scrap.filler",
    severity=Severity.WARNING,
    message="Filler text of a page that was never finished: {quote}",
    why="The page went out before its text was written.",
    bad=(
        Example("fr", "À propos de nous\n[[Lorem ipsum dolor sit amet, consectetur]], puis la suite."),
        Example("ar", "من نحن\n[[Lorem ipsum dolor sit amet]]"),
        Example("en", "About us\n[[Lorem ipsum dolor sit amet, consectetur adipiscing elit]]. News at ten."),
    ),
    good=(
        Example("fr", "L'imprimeur parle du « lorem ipsum » comme d'un vieil ami."),
        Example("ar", "نص «لوريم إيبسوم» معروف لدى المصممين."),
        Example("en", "Designers fill pages with lorem ipsum until the copy arrives."),
    ),
    false_alarms="2 of 2,238 pages, both on web typography.",
)


class _Shape(NamedTuple):
    """A pattern of a rule, compiled and tried where `needle` stands in the text."""

    rule: Rule
    needle: str
    pattern: str


_compiled = lru_cache(maxsize=64)(re.compile)


_HTML = (
    "a|abbr|article|b|blockquote|br|button|caption|center|div|em|embed|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|li|link|"
)
_HTML += "meta|nav|noscript|object|ol|option|p|script|section|select|small|span|strong|style|sub|sup|svg|table|tbody|td|th|tr|u|ul|video"
_PLUGIN = r"vc_\w+|et_pb_\w+|fusion_\w+|su_\w+|td_\w+|wpforms|contact-form-7|elementor-template|"
_PLUGIN += r"adrotate|adinserter|ad_\w+|sourcecode|caption|rev_slider"
_SHAPES = tuple(
    _Shape(rule, needle, pattern)
    for rule, needle, pattern in (
        (TEMPLATE, "{{", r"(?<!\{)\{\{[^{}\n]{1,80}\}\}(?!\})"),
        (TEMPLATE, "{%", r"\{%[^%\n]{1,80}%\}"),
        (TEMPLATE, "${", r"\$\{[^{}\n]{1,60}\}"),
        (TEMPLATE, "}", r"(?<![\w\\$\{])\{[a-z]+(?:_[a-z]+)+\}(?!\})"),
        (TEMPLATE, "%", r"%(?:(?<![\w%]%)(?<!\d[ \u00a0\u202f]%)(?:\d\$)?[sd](?![\w'’/])|(?<![\w%]%)%[A-Z_]{3,30}%%)"),
        (TEMPLATE, "##", r"##[A-Z_]{3,30}##"),
        (TEMPLATE, "<%", r"<%=?[^%\n]{1,80}%>"),
        (TEMPLATE, "[object", r"\[object Object\]"),
        (SHORTCODE, "_", r"spot_img|td_block_\w+"),
        (SHORTCODE, "[", rf"\[/?(?:{_PLUGIN})(?:[ =][^\]\n]{{0,200}})?\]"),
        (
            SHORTCODE,
            "=",
            r"\[(?:gallery|audio|video|embed|youtube|playlist|button|iframe|instagram|twitter|tweet)[ =][^\]\n=]{0,40}=?[^\]\n]{1,160}\]",
        ),
        (SHORTCODE, "[/", r"\[/(?:gallery|audio|video|embed|youtube|playlist|button|iframe)\]"),
        (SHORTCODE, "adsbygoogle", r"\(adsbygoogle[^\n]{0,80}\.push\(\{?[^\n]{0,40}\}?\);?|\badsbygoogle\b"),
        (SHORTCODE, "div-gpt-ad", r"\bdiv-gpt-ad[\w-]*"),
        (MARKUP, "<", rf"</?(?:{_HTML})(?:\s[^<>\n]{{0,300}})?/?>"),
        (MARKUP, "<!--", r"<!--[^\n]{0,200}?-->"),
        (MARKUP, "&", r"&(?:[a-zA-Z][a-zA-Z0-9]{1,9}|#[0-9]{2,6}|#x[0-9a-fA-F]{2,6});"),
        (SCRIPT, "function", r"\bfunction ?\w{0,30}\((?:[\w, $]{0,60}\) ?\{|\))"),
        (SCRIPT, "window.", r"\bwindow\.[a-zA-Z_]\w{0,40}(?:\.\w{1,40}){0,3} ?[=(\[|][^\n]{0,60}"),
        (SCRIPT, "document.", r"\bdocument\.[a-zA-Z]\w{1,40}(?:\(|\.\w)[^\n]{0,60}"),
        (SCRIPT, "var ", r"\bvar [a-zA-Z_$][\w$]{0,30} ?= ?[^=\n]{1,80};"),
        (
            SCRIPT,
            "{",
            r"(?m)(?:^|(?<=[;}>]))[ \t]{0,8}[.#@]?[a-zA-Z][\w.#, >:-]{0,60}\{ ?(?:[a-z-]{3,30} ?: ?[^;{}\n]{1,60}(?:; ?|(?=\}))){1,12}\}?",
        ),
        (SCRIPT, '":', r"\{ ?\"[\w@$-]{1,40}\" ?: ?[\"\[{\d][^\n]{0,400}"),
        (SCRIPT, "})", r"\}\)(?:\(\))?;"),
        (SCRIPT, ");", r"(?m)^[^\w\n]{0,8}[\"'«»“”’}]\s?\);[^\w\n]{0,4}$"),
        (
            FILLER,
            "orem ipsum dolor",
            r"(?i)lorem ipsum dolor(?:,? (?:adipiscing|amet|consectetu?r|do|eiusmod|elit|et|incididunt|labore|sed|sit|tempor|ut))*",
        ),
    )
)


class CodeScrap:
    """Finds code among the words."""

    rules: tuple[Rule, ...] = (TEMPLATE, SHORTCODE, MARKUP, SCRIPT, FILLER)
    name: str = "code-scrap"

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Code reads the same in every language."""
        return {"code-scrap": ASSESSED}

    def detect(self, article: Article) -> Iterator[Finding]:
        """One finding for each run of code, in order."""
        hits = sorted(_hits(article.text, article.characters))
        if not hits or (spoken := _blocks_about_code(article, hits)) is None:
            return
        left_out = _left_out(article) | spoken
        for rule, span in _runs(article, hits):
            if article.block_at(span.start) not in left_out:
                yield article.flag(rule, span)


def _hits(text: str, used: frozenset[str]) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of the shape of every match."""
    for number, shape in enumerate(_SHAPES):
        if shape.needle[0] in used and shape.needle in text:
            for hit in _compiled(shape.pattern).finditer(text):
                if shape.needle != "&" or _is_entity(text, hit):
                    yield hit.start(), hit.end(), number


def _is_entity(text: str, hit: re.Match[str]) -> bool:
    """Whether an '&…;' is an entity, and not a parameter of an address."""
    if hit.group()[1] != "#" and hit.group()[1:] not in html5:
        return False
    before = text[max(0, hit.start() - 200) : hit.start()]
    word = before.split()[-1] if before and not before[-1].isspace() else ""
    return re.search(r"https?://|www\.|\?\w+=|=\w*$", word) is None


def _runs(article: Article, hits: Iterable[tuple[int, int, int]]) -> Iterator[tuple[Rule, Span]]:
    """The hits with those that touch taken together, and blocks that are mostly code taken whole; each has its first hit's rule.

    From the twentieth hit of a block on, the rest of its hits are one run: a page in pieces is not a thousand findings.
    """
    text, current, in_block, whole = article.text, None, (-1, 0), Span(0, 0)
    for start, end, number in hits:
        block = article.block_at(start)
        span = Span(start, end)
        if in_block[0] != block:
            in_block, whole = (block, 0), _whole_block(article, block, span)
        in_block = (block, in_block[1] + 1)
        span = whole if whole.covers(span) else span
        if current:
            rule, before = current
            gap = text[before.end : max(before.end, span.start)]
            same = rule is _SHAPES[number].rule or "\n" not in gap
            if (same and len(gap) <= 6 and not any(map(str.isalnum, gap))) or in_block[1] > _BLOCK_HITS:
                current = (rule, Span(before.start, max(before.end, span.end)))
                continue
            yield current
        current = (_SHAPES[number].rule, span)
    if current:
        yield current


def _whole_block(article: Article, number: int, span: Span) -> Span:
    """The block, where code begins it and a seventh of its first 2,000 characters are marks of code; else the span."""
    block = article.blocks[number].span if number >= 0 else span
    if not block.covers(span) or (span.start > block.start and article.text[block.start] not in "(<[{"):
        return span
    part = article.text[block.start : min(block.end, block.start + 2_000)]
    return block if 7 * len(_CODE_MARKS.findall(part)) >= len(part) else span


def _blocks_about_code(article: Article, hits: list[tuple[int, int, int]]) -> frozenset[int] | None:
    """Numbers of the blocks that speak of code, outside the hits themselves; None where the whole text does."""
    text = article.text
    if "<abbr" in text and "<blockquote" in text:
        return None  # the tags that a comment may hold
    words, blocks, row = [], set(), 0
    for word in _TRADE.finditer(text):
        while row < len(hits) and hits[row][1] <= word.start():
            row += 1
        if row == len(hits) or word.end() <= hits[row][0]:
            words.append(word.group().casefold())
            blocks.add(article.block_at(word.start()))
        if len(set(words)) >= 2 or len(words) >= 3:
            return None
    return frozenset(blocks)


def _left_out(article: Article) -> frozenset[int]:
    """Numbers of the blocks that hold code on purpose, or other people's text."""
    numbers = {n for n, block in enumerate(article.blocks) if block.tag in _CODE_TAGS or not _CODE_TAGS.isdisjoint(block.path.split())}
    comments = (role.span.start for role in article.layer(block_roles) if role.role == "boilerplate" and role.kind == "comments")
    return frozenset(numbers | {article.block_at(start) for start in comments})


DETECTOR = CodeScrap()
