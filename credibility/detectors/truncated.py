"""Truncated: an article of which only the beginning came along, or a wall of notices where it should be.

Pages give away the first lines and keep the rest behind a link, a subscription or a consent. Three dots alone are no proof:
they close many a good article. They count where a link to the rest follows, and a notice of a wall counts where it is most of
what is there, or tells how much is missing.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from credibility.detector import ASSESSED, NOT_APPLICABLE
from credibility.document import BlockRole, Finding, Severity, Span
from credibility.layout.roles import block_cues, block_roles
from credibility.normalise import fold_text
from credibility.rules import Example, Rule
from credibility.segment import Article

# Links to the rest of an article, in the languages that pages come in most.
_REST = (
    "read more", "read the rest", "read on", "read the full article", "read the full story", "continue reading", "keep reading",
    "full story", "lire la suite", "lire plus", "lire l'article complet", "weiterlesen", "weiter lesen", "mehr lesen", "leer más",
    "seguir leyendo", "sigue leyendo", "ler mais", "leia mais", "continue lendo", "leggi tutto", "leggi di più", "continua a leggere",
    "lees meer", "lees verder", "läs mer", "les mer", "læs mere", "czytaj dalej", "czytaj więcej", "czytaj całość", "číst dál",
    "číst více", "читать далее", "читать дальше", "читать полностью", "подробнее", "читати далі", "διαβάστε περισσότερα",
    "συνέχεια ανάγνωσης", "devamını oku", "اقرأ المزيد", "قراءة المزيد", "تابع القراءة", "ادامه مطلب", "המשך קריאה", "קרא עוד",
    "続きを読む", "阅读全文", "阅读更多", "閱讀全文", "繼續閱讀", "baca selengkapnya",
)  # fmt: skip
_DOTS = r"(?:…|\.\.\.|\[ ?(?:…|\.\.\.) ?\]|\( ?(?:…|\.\.\.) ?\))"
_ENDS_IN_DOTS = re.compile(rf"[\w,]\s?{_DOTS}\s?[»\])]?$")
# What a page says of the part that it keeps: a share of the article, in any order of words.
_REMAINS = (
    "% de cet article", "% de l'article", "% of this article", "% of the article", "% des artikels", "% dieses artikels",
    "% del artículo", "% dell'articolo",
)  # fmt: skip
_WALLS = frozenset(("paywall", "cookie"))
_SEVERAL = 2  # different phrases of walls in a block: one alone stands in articles on subscriptions
_MOST = 0.5  # share of the characters that the notices must be for the page to be a wall
_SHORT = 900  # characters of the longest article that a page's subscription notice below it is taken to have cut

STUB = Rule(
    id="truncated.stub",
    severity=Severity.WARNING,
    message="The article breaks off here: {quote}",
    why="What follows was not copied; it may say the opposite of the beginning.",
    bad=(
        Example(
            "en",
            "The council closed the last fish market of the harbour on Thursday, after a debate of four hours.\n"
            "[[Eleven councillors supported the plan, among them the former mayor, who told the union that… Read more]]",
        ),
        Example(
            "fr",
            "Le conseil municipal a voté jeudi la fermeture du dernier marché aux poissons, après quatre heures de débat.\n"
            "[[Onze élus ont soutenu le projet, dont l'ancienne maire, qui a promis aux marchands une place dans (…)]]\nLire la suite",
        ),
        Example(
            "ar",
            "صوت المجلس البلدي يوم الخميس على إغلاق آخر سوق للسمك في المرفأ بعد نقاش دام أربع ساعات.\n"
            "[[وأيد القرار أحد عشر عضوا بينهم رئيسة البلدية السابقة التي وعدت التجار بمكان في ...]]\nاقرأ المزيد",
        ),
    ),
    good=(
        Example("en", "The council closed the market on Thursday. Whether the traders will find a place in the new hall…"),
        Example("fr", "Le maire a souri : « On verra bien… »\nLire la suite de nos reportages demande de la patience, dit une lectrice."),
        Example(
            "en", "The mayor paused... Read more about her in tomorrow's paper, which devotes four pages to the harbour and its market."
        ),
    ),
    false_alarms="None in 9,081 texts by human authors nor in the article text of 2,238 pages; two of those pages as a whole.",
)

WALL = Rule(
    id="truncated.wall",
    severity=Severity.WARNING,
    message="A notice stands where the article should ({kind}): {quote}",
    why="The page kept its article back until somebody subscribes or consents; of what it says nothing can be told from this text.",
    bad=(
        Example(
            "fr",
            "Onze élus sur dix-neuf ont soutenu le projet, selon le procès-verbal de la séance.\n"
            "[[Il vous reste 71% de cet article à lire. La suite est réservée aux abonnés.]]",
        ),
        Example(
            "en",
            "[[We use cookies to improve your experience and to show you personalised ads. We and our partners store information on your "
            "device. You can change your cookie settings at any time. By clicking accept you agree to our cookie policy.]]",
        ),
    ),
    good=(
        Example(
            "en",
            "The paper hid its archive behind a paywall in May. Readers who subscribe see all articles, the others five a month, the "
            "publisher said, and the number of subscribers rose by a third within a year.",
        ),
        Example(
            "fr",
            "La commission a infligé une amende à trois sites qui déposaient des cookies sans demander l'avis de leurs lecteurs, a-t-elle "
            "indiqué mardi, et leur laisse trois mois pour changer leurs pages.",
        ),
    ),
    false_alarms="None in 9,081 texts by human authors nor in the article text of 2,238 pages; two of those pages as a whole, which a wall "
    "had cut short indeed.",
)


class Truncated:
    """Finds where an article breaks off, and notices that stand in its place."""

    rules: tuple[Rule, ...] = (STUB, WALL)
    name: str = "truncated"

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Every text has an end; an empty one has none."""
        return {"truncated": ASSESSED if article.blocks else NOT_APPLICABLE}

    def detect(self, article: Article) -> Iterator[Finding]:
        """At most one finding of each rule."""
        roles = article.layer(block_roles)
        if stub := _stub(article, roles):
            yield article.flag(STUB, stub)
        if wall := _wall(article, roles):
            kind, span = wall
            yield article.flag(WALL, span, kind=kind)


@lru_cache(maxsize=1)
def _links() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Dots with a link to the rest behind them, and a line that is one; on folded text."""
    rest = "|".join(map(re.escape, fold_text("\n".join(_REST)).split("\n")))
    return re.compile(rf"{_DOTS}[\s»>\[(«→]{{0,4}}(?:{rest})[^\n]{{0,25}}$"), re.compile(rf"[^\w\n]{{0,4}}(?:{rest})[^\n]{{0,25}}$")


def _folded(article: Article, span: Span) -> str:
    """The folded words of a block, those of its last 400 characters."""
    view = article.folded
    return view.text[view.folded(max(span.start, span.end - 400)) : view.folded(span.end)].strip()


def _stub(article: Article, roles: tuple[BlockRole, ...]) -> Span | None:
    """The last block of the article, where it ends in dots and a link to the rest, in it or in the block below."""
    last = next((number for number in reversed(range(len(roles))) if roles[number].role == "main"), None)
    if last is None:
        return None
    stub, link = _links()
    words = _folded(article, roles[last].span)
    if stub.search(words):
        return roles[last].span
    if link.match(words) and last:  # the link was taken for the article
        last -= 1
        words = _folded(article, roles[last].span)
        return roles[last].span if _ENDS_IN_DOTS.search(words) else None
    below = _folded(article, roles[last + 1].span) if last + 1 < len(roles) else ""
    return roles[last].span if _ENDS_IN_DOTS.search(words) and link.match(below) else None


def _remains(folded: str) -> bool:
    """Whether a text speaks of a share of the article."""
    return "%" in folded and any(phrase in folded for phrase in _REMAINS)


def _wall(article: Article, roles: tuple[BlockRole, ...]) -> tuple[str, Span] | None:
    """The kind and the place of the notice that stands for the article."""
    said = article.layer(block_cues)
    remains = _remains(article.folded.text)
    main = sum(role.span.end - role.span.start for role in roles if role.role == "main")
    walls = []
    for role, cue in zip(roles, said, strict=True):
        kind = cue.inside if cue.inside in _WALLS else role.kind if role.kind in _WALLS else ""
        if remains and _remains(_folded(article, role.span)):
            return "paywall", role.span
        if kind and (cue.count >= _SEVERAL or role.role == "boilerplate"):
            walls.append((kind, role))
    if not walls:
        return None
    size = sum(role.span.end - role.span.start for _, role in walls)
    rest = main - sum(role.span.end - role.span.start for _, role in walls if role.role == "main")
    return (walls[0][0], walls[0][1].span) if size >= _MOST * (size + rest) and rest < _SHORT else None


DETECTOR = Truncated()
