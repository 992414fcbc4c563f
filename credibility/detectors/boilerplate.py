"""Boilerplate: blocks of a page or of pasted text that are no part of the article."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from credibility.detector import ASSESSED, NOT_APPLICABLE
from credibility.document import BlockRole, Finding, Severity, Span
from credibility.layout.roles import block_roles
from credibility.rules import Example, Rule
from credibility.segment import Article

BLOCK = Rule(
    id="boilerplate.block",
    severity=Severity.NOTE,
    message="Left over from the page ({kind}): {quote}",
    why="Menus, buttons, advertisements and lists of other articles came along when the article was copied. Whoever counts, searches or "
    "translates the clipping takes them for its words.",
    bad=(
        Example(
            "fr",
            "Les pêcheurs de Guilvec manifestent contre la fermeture du port\n"
            "[[Partager sur Facebook]]\n"
            "Une centaine de pêcheurs ont défilé mardi dans les rues de Guilvec, selon la préfecture, pour dénoncer la fermeture du port.\n"
            "Le maire de la commune, Yann Kerbrat, a promis de recevoir leurs délégués avant dimanche, et d’écrire au ministre.\n"
            "« Nous ne demandons pas la lune », a expliqué l’un d’eux, qui dit avoir perdu la moitié de ses revenus depuis mars.\n"
            "[[Articles similaires]]\n"
            "[[Laisser un commentaire]]",
        ),
        Example(
            "en",
            "Harbour town protests against closure of its fish market\n"
            "About a hundred fishermen marched through Oldwick on Tuesday, the police said, to protest against the closure of the market.\n"
            "The mayor, Ellen Marsh, promised to meet their delegates this week and to write to the minister for fisheries.\n"
            "“We are not asking for the moon,” said one of them, who has lost half of his income since the month of March, he added.\n"
            "[[Share this article]]\n"
            "[[Related stories]]\n"
            "[[Copyright 2024 Oldwick Courier. All rights reserved.]]",
        ),
        Example(
            "ar",
            "صيادو المرفأ القديم يحتجون على إغلاق سوق السمك\n"
            "تظاهر نحو مئة صياد يوم الثلاثاء في شوارع المدينة، بحسب الشرطة، احتجاجا على قرار البلدية إغلاق سوق السمك القديم.\n"
            "ووعد رئيس البلدية سامي الحداد باستقبال مندوبيهم قبل نهاية الأسبوع، وبتوجيه رسالة إلى وزير الزراعة والثروة السمكية.\n"
            "وقال أحد الصيادين إنه فقد نصف دخله منذ شهر مارس، وإن عائلته لم تعد قادرة على دفع إيجار البيت الذي تسكنه.\n"
            "[[اقرأ أيضا]]\n"
            "[[شارك على فيسبوك]]\n"
            "[[جميع الحقوق محفوظة]]",
        ),
    ),
    good=(
        Example(
            "fr",
            "Les pêcheurs de Guilvec manifestent\n"
            "Une centaine de pêcheurs ont défilé mardi dans les rues de Guilvec, selon la préfecture, pour dénoncer la fermeture du port.\n"
            "Un port en sursis\n"
            "Le maire de la commune, Yann Kerbrat, a promis de recevoir leurs délégués avant dimanche, et d’écrire au ministre.\n"
            "« Nous attendons des actes. »\n"
            "Le conseil municipal se réunira jeudi pour voter une motion de soutien, a indiqué la mairie dans un communiqué.",
        ),
        Example(
            "en",
            "The mayor, Ellen Marsh, promised to meet their delegates this week and to write to the minister for fisheries.",
        ),
    ),
    false_alarms="Short paragraphs, verses and lines of tables inside an article; measured on pages of sites unknown to the model: "
    "see docs/boilerplate.md.",
)

METADATA = Rule(
    id="boilerplate.metadata",
    severity=Severity.NOTE,
    message="A field of the page's metadata was left in the text: {quote}",
    why="The name of a field and its raw value were glued to the text by whatever exported it; they are no words of the article.",
    bad=(
        Example("fr", "[[date 2024-03]] Les pêcheurs de Guilvec manifestent contre la fermeture du port, selon un communiqué"),
        Example("en", "[[published: 2023-11-04T09:30:00Z]] Harbour town protests against closure of its fish market"),
    ),
    good=(
        Example("fr", "Date de la réunion : le conseil se réunira le 4 mars 2024 à la mairie."),
        Example("en", "Date night was cancelled in 2024 because of the storm, the restaurant said."),
    ),
)

HEAVY = Rule(
    id="boilerplate.heavy",
    severity=Severity.WARNING,
    message="{percent}% of this page is something else than the article; its longest stretch starts here: {quote}",
    why="Of a clipping that is mostly menus and lists, little can be said about the article: it may be cut off, or be missing altogether.",
    bad=(
        Example(
            "en",
            "[[Home\nNews\nSport\nWeather\nSign in\nSubscribe\nMost read\nFive ways to cook a potato\nStorm closes coast road\n"
            "Share on Facebook\nShare on Twitter\nPrint this page\nRelated stories\nRoad reopens after storm\nLeave a comment\n"
            "Your email address will not be published\nCookie policy\nTerms of use\nAll rights reserved]]",
        ),
    ),
    good=(
        Example(
            "en",
            "Harbour town protests against closure of its fish market\n"
            "About a hundred fishermen marched through Oldwick on Tuesday, the police said, to protest against the closure of the market.\n"
            "The mayor, Ellen Marsh, promised to meet their delegates this week and to write to the minister for fisheries.\n"
            "“We are not asking for the moon,” said one of them, who has lost half of his income since the month of March, he added.\n"
            "Share this article\nRelated stories",
        ),
    ),
)

# Share of the characters and number of blocks from which a page is mostly boilerplate. Whole pages of news sites carry about
# as many characters of menus as of article, so that a page must hold far more of them than pasted text. At these limits one of
# 451 texts with less than 40% of leftovers was flagged, and two of 400 pages with an article (both under 800 characters).
_HEAVY_TEXT, _HEAVY_PAGE, _HEAVY_BLOCKS = 0.6, 0.95, 10

_ISO = r"(?:19|20)\d\d-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?"
_FIELD = re.compile(
    rf"\s*((?:date|datetime|date_published|datepublished|pubdate|published|publishedat|published_at|created|updated|modified|timestamp)"
    rf"\s?[:=]?\s?[\"']?{_ISO}[\"']?)(?![\w-])",
    re.IGNORECASE,
)


class Boilerplate:
    """Flags blocks that the layout model takes for boilerplate, fields of metadata, and pages that are mostly that."""

    name: str = "boilerplate"
    rules: tuple[Rule, ...] = (BLOCK, METADATA, HEAVY)

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Every text has blocks, whatever its language; an empty one has none."""
        return {"boilerplate": ASSESSED if article.blocks else NOT_APPLICABLE}

    def detect(self, article: Article) -> Iterator[Finding]:
        """One finding for each run of boilerplate blocks of one kind (a menu is one leftover); fields at the start of others."""
        roles = article.layer(block_roles)
        for (role, kind), run in groupby(roles, key=lambda block: (block.role, block.kind)):
            blocks = tuple(run)
            if role == "boilerplate":
                span = Span(blocks[0].span.start, blocks[-1].span.end)
                certainty = sum(block.probability for block in blocks) / len(blocks)
                yield article.flag(BLOCK, span, confidence=certainty, kind=kind, blocks=len(blocks))
                continue
            for block in blocks:
                if hit := _FIELD.match(article.text, block.span.start, block.span.end):
                    yield article.flag(METADATA, hit.span(1), kind="date-line")
        yield from _heavy(article, roles)


def _heavy(article: Article, roles: tuple[BlockRole, ...]) -> Iterator[Finding]:
    """The finding that a page is mostly boilerplate, on its longest run of it."""
    size = {role: sum(r.span.end - r.span.start for r in roles if r.role == role) for role in ("main", "boilerplate")}
    share = size["boilerplate"] / max(1, sum(size.values()))
    limit = _HEAVY_PAGE if article.document.blocks else _HEAVY_TEXT
    if share < limit or sum(role.role == "boilerplate" for role in roles) < _HEAVY_BLOCKS:
        return
    longest = max(_runs(roles), key=lambda span: span.end - span.start)
    yield article.flag(HEAVY, longest, confidence=share, kind="other", percent=round(100 * share))


def _runs(roles: tuple[BlockRole, ...]) -> Iterator[Span]:
    """The stretches of the text from the first to the last of boilerplate blocks that follow each other."""
    start: int | None = None
    end = 0
    for role in roles:
        if role.role == "boilerplate":
            start, end = role.span.start if start is None else start, role.span.end
        elif start is not None:
            yield Span(start, end)
            start = None
    if start is not None:
        yield Span(start, end)


DETECTOR = Boilerplate()
