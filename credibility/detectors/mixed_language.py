"""Passages in another language than the article's: a paragraph, a sentence, a clause that nobody translated."""

import re
from collections.abc import Iterator, Mapping, Sequence

from credibility.detector import ASSESSED, not_assessed
from credibility.document import Finding, Severity, Span
from credibility.languages.passages import main_language, passages
from credibility.languages.stretch import Passage
from credibility.layout.roles import block_roles
from credibility.rules import Example, Rule
from credibility.segment import Article

FLAG = "mixed-language"
# Share of the characters from which a second language is the article's other half. Passages left behind stay below: in the articles
# that thresholds were set on, two fifths at most were foreign.
HALF = 0.42
INTERFACE = frozenset(("advertisement", "comments", "cookie", "legal", "navigation", "newsletter", "paywall", "share", "widget"))
# Written standards of one language, or so near that a page may declare either.
NEAR = ({"hr", "sr", "bs", "sh", "cnr"}, {"id", "ms"}, {"no", "nb", "nn"}, {"fil", "tl"}, {"zh", "yue"})

_LYON = (
    "Le conseil municipal a voté mardi soir la rénovation de la piscine, fermée depuis deux ans. Les travaux commenceront au printemps "
    "et coûteront quatre millions d'euros, selon la mairie."
)
_HARBOUR = (
    "The harbour was closed on Monday after a storm tore two boats from their moorings, the port authority said. Nobody was hurt, and "
    "ferries are expected to sail again on Wednesday morning."
)
_SCHOOL = "قررت وزارة التعليم تأجيل بدء العام الدراسي أسبوعين بسبب الأمطار الغزيرة التي أغلقت الطرق في عدد من القرى، وفق بيان صدر مساء أمس."

PASSAGE = Rule(
    id="mixed-language.passage",
    severity=Severity.WARNING,
    message="A {kind} in another language ({language}) stands untranslated: {quote}",
    why="A passage left in another language was published unread, and most readers cannot check it.",
    bad=(
        Example("fr", f"{_LYON} [[The council also decided to raise the price of the tickets next year.]] L'opposition a quitté la salle."),
        Example(
            "fr",
            f"{_LYON} Dans le même temps, [[the council wants to raise the price of the tickets and to close the bar]] "
            "dès la rentrée prochaine, ce que l'opposition refuse.",
        ),
        Example(
            "en",
            f"{_HARBOUR}\n[[Los vecinos del barrio pidieron ayuda al ayuntamiento porque el agua entró en sus casas durante la noche.]]\n"
            "The town has opened a school for those who cannot go home.",
        ),
        Example("ar", f"{_SCHOOL} [[The ministry did not say when the roads will be open again.]] ويأمل الأهالي في حل قريب."),
    ),
    good=(
        Example(
            "fr",
            f"{_LYON} Le film « The Long Way Home Again » sera projeté vendredi. Le réalisateur, John Smith, viendra de Los Angeles, "
            "invité par la Society for the Protection of Old Bridges, pour rencontrer le public.",
        ),
        Example(
            "en",
            f"{_HARBOUR}\n.news p {{ margin: 0 auto; padding: 12px; }}\n#PuertoCerrado #SinBarcos\nwww.example.es/el-puerto-sigue-cerrado",
        ),
        Example("ar", f"{_SCHOOL} وقال مدير منظمة الصحة (World Health Organization) إن الوضع مستقر."),
        Example("ar", f"{_SCHOOL} ويلفظ اسم مديرها بالإسبانية /xuˈan maˈnwel ðel ˈβaʎe kasˈtaɲo/ وبالإنجليزية English /ˈwɑːn/."),
    ),
    false_alarms="Long titles that stand without quotation marks; docs/mixed-language.md gives the rates.",
)
QUOTATION = Rule(
    id="mixed-language.quotation",
    severity=Severity.NOTE,
    message="Quoted in the original language ({language}), with its translation beside it: {quote}",
    why="Readers who know the language can check the translation; nothing is wrong with it.",
    bad=(
        Example(
            "fr",
            f"{_LYON} « [[We will not leave this town until the water is clean again]] » (« nous ne quitterons pas cette ville tant que "
            "l'eau ne sera pas propre »), a dit un voisin.",
        ),
    ),
    good=(Example("fr", f"{_LYON} « Nous attendons depuis deux ans que la piscine rouvre, et rien ne vient », a dit un voisin."),),
)
INTERFACE_RULE = Rule(
    id="mixed-language.interface",
    severity=Severity.NOTE,
    message="Words of the web site in another language ({language}): {quote}",
    why="Buttons and notices in another language are leftovers of the page, not of the article.",
    bad=(
        Example(
            "fr",
            "Accueil\nÀ la une\nPolitique\nSports\n"
            f"{_LYON}\nL'opposition a quitté la salle avant le vote et demande une réunion publique avant la fin du mois.\n"
            "[[Share this article with your friends\nSubscribe to our newsletter and never miss a story\nLog in to leave a comment]]\n",
        ),
    ),
    good=(Example("fr", f"{_LYON}\nPartager cet article avec vos amis\nAbonnez-vous à notre lettre d'information\n"),),
)
BILINGUAL = Rule(
    id="mixed-language.bilingual",
    severity=Severity.NOTE,
    message="About {percent}% of the article is in a second language ({language}), from here on: {quote}",
    why="An article published in two languages is no accident; it is told once and its second half is not flagged.",
    bad=(
        Example(
            "en",
            f"{_HARBOUR} The town has opened a school for those who cannot go home.\n\n"
            "[[El puerto cerró el lunes después de que un temporal arrancara dos barcos de sus amarras, según las autoridades.]] Nadie "
            "resultó herido, y los transbordadores volverán a salir el miércoles por la mañana. El ayuntamiento ha abierto una escuela "
            "para quienes no pueden volver a casa.",
        ),
    ),
    good=(Example("en", f"{_HARBOUR} The town has opened a school for those who cannot go home, and a kitchen for the crews."),),
)
DECLARED = Rule(
    id="mixed-language.declared",
    severity=Severity.NOTE,
    message="The page declares its language as {declared}, but the text is in {language}: {quote}",
    why="A page that declares another language than its own is misfiled by search engines, screen readers and translators.",
    bad=(
        Example(
            "de", f"[[{_HARBOUR.partition('. ')[0]}.]] {_HARBOUR.partition('. ')[2]} The town has opened a school for the crews tonight."
        ),
    ),
    good=(Example("en", f"{_HARBOUR} The town has opened a school for those who cannot go home."),),
)


class MixedLanguage:
    """Names what `passages` finds: passage, quotation, words of the web site, or the article's other half."""

    name: str = "mixed_language"
    rules: tuple[Rule, ...] = (PASSAGE, QUOTATION, INTERFACE_RULE, BILINGUAL, DECLARED)

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Not assessed where the main language could not be told."""
        if article.language is None:
            return {FLAG: not_assessed("too little text to tell its language")}
        return {FLAG: ASSESSED}

    def detect(self, article: Article) -> Iterator[Finding]:
        """One finding for each passage, one for a second half, one for a declaration that is wrong."""
        found = article.layer(passages)
        yield from _declared(article)
        half = _second_half(article, found)
        if half:
            first = next(passage for passage in found if passage.language == half[0])
            yield article.flag(BILINGUAL, _first_sentence(article, first.span), language=half[0], percent=round(100 * half[1]))
        for passage in found:
            if not half or passage.language != half[0]:
                yield _finding(article, passage)


def _finding(article: Article, passage: Passage) -> Finding:
    """The passage under the rule that says what it is."""
    rule = PASSAGE
    if _has_translation(article.text, passage.span, found=article.layer(passages)):
        rule = QUOTATION
    elif _is_interface(article, passage.span):
        rule = INTERFACE_RULE
    return article.flag(
        rule, passage.span, confidence=passage.confidence,
        language=passage.language, ratio=passage.ratio, tokens=passage.n_tokens, kind=passage.kind,
    )  # fmt: skip


def _second_half(article: Article, found: Sequence[Passage]) -> tuple[str, float] | None:
    """The language that stands beside the main one in equal right, and its share of the characters; None without one."""
    length = max(1, len(article.text))
    share: dict[str, float] = {}
    for passage in found:
        share[passage.language] = share.get(passage.language, 0.0) + (passage.span.end - passage.span.start) / length
    language = max(share, key=lambda code: share[code], default="")
    return (language, share[language]) if language and share[language] >= HALF else None


def _declared(article: Article) -> Iterator[Finding]:
    """A note on the first sentence where the text is beyond doubt in another language than declared."""
    declared = (article.declared or "").partition("-")[0].partition("_")[0].lower()
    language = main_language(article)
    if not declared or not language or declared == language or not article.reading.sure:
        return
    if any({declared, language} <= near for near in NEAR) or any(passage.language == declared for passage in article.layer(passages)):
        return
    yield article.flag(DECLARED, _first_sentence(article, Span(0, len(article.text))), declared=declared, language=language)


def _first_sentence(article: Article, inside: Span) -> Span:
    """The first sentence that begins in a stretch, cut to it."""
    sentence = next((s for s in article.sentences if s.end > inside.start), None)
    if sentence is None:
        return inside
    return Span(max(sentence.start, inside.start), min(sentence.end, inside.end))


def _is_interface(article: Article, span: Span) -> bool:
    """Whether all blocks that the passage touches are words of the web site."""
    roles = [role for role in article.layer(block_roles) if role.span.overlaps(span)]
    return bool(roles) and all(role.role == "boilerplate" and role.kind in INTERFACE and role.probability >= 0.8 for role in roles)


# From a quotation to its translation, and back: closing marks, a comma or dash, an opening bracket or mark.
_TO_TRANSLATION = re.compile(r"[.!?…]?\s?[»”\"’']?[.!?…]?\s?[,;:–—-]?\s?[(\[«“„\"]\s?[«“„\"]?\s?")
_FROM_TRANSLATION = re.compile(r"[.!?…]?\s?[»”\"]?\s?[)\]»”\"]\s?[,;:–—-]?\s?[(\[«“„\"]\s?[«“„\"]?\s?$")
_OPENS = re.compile(r"[«“„\"(\[]\s?$")
_CLOSES = re.compile(r"[»”\"“)\]]")
_OPENERS = re.compile(r"[«“„\"(\[]")


def _has_translation(text: str, span: Span, found: Sequence[Passage]) -> bool:
    """Whether the passage is a quotation with a bracket or quotation of about its length right before or after it."""
    if not _OPENS.search(text, max(0, span.start - 2), span.start):
        return False
    end = span.end
    while end > span.start and text[end - 1] in '»”"“)].,!?… ':
        end -= 1
    length = end - span.start
    if after := _TO_TRANSLATION.match(text, end):
        close = _CLOSES.search(text, after.end(), min(len(text), after.end() + 3 * length))
        if after.group().strip() and close and _matches(Span(after.end(), close.start()), length, found):
            return True
    before = _FROM_TRANSLATION.search(text, max(0, span.start - 10), span.start)
    if before is None:
        return False
    first = max(0, before.start() - 3 * length)
    opening = [hit.end() for hit in _OPENERS.finditer(text, first, before.start())]
    return bool(opening) and _matches(Span(opening[-1], before.start()), length, found)


def _matches(other: Span, length: int, found: Sequence[Passage]) -> bool:
    """Whether a stretch can be the translation of one of this length: about as long, and not foreign itself."""
    return 0.4 * length <= other.end - other.start <= 2.5 * length and not any(p.span.overlaps(other) for p in found)


DETECTOR = MixedLanguage()
