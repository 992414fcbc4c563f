"""Dates of one page that contradict each other: an old story under a new date, an article from the future, raw metadata.

Only dates that say when the article was published are compared: a line of its own above the article, the dateline that opens
a paragraph («Oslo, 6 mars 2021 –»), the dates that the page declares and the one in its address. Dates inside sentences,
events, archives, comments, related articles and «updated» lines say something else. Where one of several dates above the
article agrees with its dateline, the others are the page's own (today's date in its head).
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from credibility.detector import ASSESSED, NOT_APPLICABLE
from credibility.document import Finding, Severity, Span
from credibility.layout.roles import block_roles
from credibility.normalise import fold_text
from credibility.pack import profile
from credibility.rules import Example, Rule
from credibility.segment import Article

_APART = 90  # days: issue 4; monthly papers and late prints stay below
_NARRATIVE = 15 * 365  # days: a dateline older than this opens a story from history
_AHEAD = 2  # days: time zones, and papers dated the day after
_HEAD_BLOCKS = 60
_LINE = 90  # characters of the longest line that is only a date
_DATELINE_BLOCK = 120  # characters of the shortest paragraph that a dateline opens
# Profiles list month names from January on, and once more in each further form. Arabic has three sets of them, kept here in order.
_GREGORIAN = ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر")
_LEVANTINE = (
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
)
_MAGHREBI = ("جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر")
_PUBLISHED = (
    "publié|publiée|publication|mis en ligne|paru|published|posted|date|pubdate|publicado|publicada|veröffentlicht|erschienen|pubblicato|"
    "опубликовано|дата публикации|نشر|نشرت|تاريخ النشر|تاريخ|le|on|am|el|at|à|um|uhr|by|в|في|gmt|cet|cest|utc|est|edt|h|am|pm|الساعة"
)
_YEAR = re.compile(r"\d{4}")
_UPDATED = re.compile(r"updat|mis à jour|mise à jour|modifi|actualis|aktualisiert|revis|обновлен|تحديث|تعديل")
_LABELLED = re.compile(r"publi|posted|pubdate|mis en ligne|paru|veröffentlicht|erschienen|pubblicato|опубликовано|نشر")
# As the fields are spelled, in small letters: «Date: 2024-03-02» was typed by a person.
_RAW = re.compile(
    r"\W{0,3}((?:date|pubdate|pubDate|dc\.date|DC\.date|datePublished|date_published|published_time|article:published_time|created_at|"
    r"publish_date|timestamp)[ :=\"']{1,4}(?:19|20)\d\d-(?:0\d|1[0-2])(?:-[0-3]\d)?(?:T[\d:.+Z-]{4,20})?)(?!\S)"
)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-])")
_DECLARED = re.compile(r"publi|issued|pub-?date|^(?:dc\.)?date$|^sailthru\.date$", re.IGNORECASE)

CONFLICT = Rule(
    id="date-conflict.dateline",
    severity=Severity.WARNING,
    message="The page is dated {date}, the article {other_date}: {days} days apart",
    why="An old story under a new date misleads about when it happened.",
    bad=(
        Example(
            "fr",
            "12 °C\nOslo\n[[Jeudi 2 mai 2024]]\n\nLe phare rallumé\n\nBergen et Oslo (Norvège), 6 mars 2021 – Le phare du détroit est "
            "rallumé depuis hier soir devant les habitants de l'île, qui l'attendaient depuis deux hivers.",
        ),
        Example(
            "ar",
            "[[الخميس 2 أيار/مايو 2024]]\nإضاءة المنارة\nأوسلو، 6 آذار 2021 - أضيئت منارة المضيق القديمة مساء أمس أمام سكان الجزيرة الذين "
            "انتظروها منذ شتاءين، وحضر الاحتفال وزير النقل ورئيس البلدية وعدد كبير من الصيادين.",
        ),
        Example(
            "en",
            "[[Published: May 2, 2024]]\nLighthouse lit again\nOSLO, 6 March 2021 (Fjord Press) - The old lighthouse in the strait was lit "
            "again last night before the islanders, who had waited for it through two winters.",
        ),
    ),
    good=(
        Example(
            "fr",
            "Jeudi 2 mai 2024\nLe phare rallumé\nPublié le 7 mars 2021\nOslo, 6 mars 2021 – Le vieux phare du détroit est rallumé "
            "devant les habitants de l'île, qui l'attendaient depuis deux hivers.",
        ),
        Example(
            "ar",
            "الخميس 2 أيار 2024\nأضيئت المنارة القديمة أول مرة في 6 آذار 1921، ثم أطفئت في الحرب، ويقول سكان الجزيرة إنهم ينتظرون إعادتها "
            "إلى العمل منذ سنوات طويلة.",
        ),
        Example(
            "en",
            "Updated: May 2, 2024\nConcert: 1 August 2025\nOSLO, 6 March 2021 - The old lighthouse in the strait was lit again last night "
            "before the islanders, who had waited for it through two winters.\n© 2019 Fjord Press",
        ),
    ),
    false_alarms="None in 587 ordinary pages nor in 6,746 texts by human authors. A declared date against the address's is a note: 8 of "
    "700 pages as HTML, 7 of them of one site that declares wrong dates. A feature that opens with a scene of long ago may be one.",
)

FUTURE = Rule(
    id="date-conflict.future",
    severity=Severity.WARNING,
    message="The article is dated after today: {quote}",
    why="Nothing can be reported before it happens; the date is wrong, or was set to keep the article on top.",
    bad=(
        Example(
            "fr", "[[Publié le 3 mars 2187]]\nLe phare rallumé\nLe vieux phare du détroit a été rallumé hier soir devant les habitants."
        ),
        Example("ar", "[[نشر في 3 مارس 2187]]\nإضاءة المنارة\nأضيئت منارة المضيق القديمة مساء أمس أمام سكان الجزيرة."),
        Example("en", "Lighthouse lit again\n[[Posted on March 3, 2187]]\nThe old lighthouse in the strait was lit again last night."),
    ),
    good=(
        Example("fr", "3 mars 2187\nDans ce roman, le phare du détroit est rallumé le 3 mars 2187."),
        Example("ar", "تدور أحداث الرواية في 3 مارس 2187 عندما تضاء المنارة."),
        Example("en", "Posted on March 3, 2019\nThe eclipse of 2187 will be long."),
    ),
    false_alarms="None in 587 ordinary pages nor in 6,746 texts by human authors.",
)

RAW = Rule(
    id="date-conflict.raw",
    severity=Severity.NOTE,
    message="A date left as raw metadata: {quote}",
    why="The line was made for machines; a reader cannot tell whose date it is.",
    bad=(
        Example("fr", "[[date 2024-03]] Le phare rallumé\nLe vieux phare a été rallumé hier soir."),
        Example("ar", "[[date: 2024-03-02T10:00:00Z]]\nأضيئت المنارة القديمة مساء أمس."),
        Example("en", "Lighthouse lit again\n[[datePublished: 2024-03-02]]\nThe old lighthouse was lit again."),
    ),
    good=(
        Example("fr", "Date : 2 mars 2024\nLe vieux phare a été rallumé. Le fichier porte la date 2024-03 en tête."),
        Example("ar", "التاريخ: 2 مارس 2024\nأضيئت المنارة."),
        Example("en", "Date: 2024-03-02\n2024-03-02\nThe old lighthouse was lit again on a date that nobody knew."),
    ),
    false_alarms="None in 587 ordinary pages, 2,238 clippings with leftovers and 6,746 texts by human authors.",
)


class PageDate(NamedTuple):
    """A date that says when the article was published.

    kind: 'line', 'published' (a line that says so), 'dateline', 'metadata' or 'address'. `days` are the days it may be: 3/4/2021
    may be two; with the day unknown, the middle of the month. `span` is None for what does not stand in the text.
    """

    kind: str
    span: Span | None
    days: tuple[datetime.date, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """Compares the dates of a page. today: for tests; the day of the run where None."""

    today: datetime.date | None = None
    rules: tuple[Rule, ...] = (CONFLICT, FUTURE, RAW)
    name: str = "date-conflict"

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Not applicable with fewer than two dates to compare, unless the one there is wrong by itself."""
        given = article.layer(page_dates)
        alone = article.layer(_raw_lines) or any(self._is_ahead(one) for one in given)
        return {"date-conflict": ASSESSED if len(given) > 1 or alone else NOT_APPLICABLE}

    def detect(self, article: Article) -> Iterator[Finding]:
        """Raw lines, dates after today, and the pair of dates that are furthest apart, at most one of each last kind."""
        for span in article.layer(_raw_lines):
            yield article.flag(RAW, span)
        given = article.layer(page_dates)
        ahead = next((one for one in given if self._is_ahead(one)), None)
        if ahead and article.blocks:
            yield article.flag(FUTURE, ahead.span or article.blocks[0].span, date=ahead.days[0].isoformat(), kind=ahead.kind)
        elif pair := _conflict(given):
            yield self._flag(article, *pair)

    def _is_ahead(self, one: PageDate) -> bool:
        """Whether the article says that it was published after today."""
        today = self.today or datetime.date.today()
        return one.kind not in ("line", "address") and min(one.days) > today + datetime.timedelta(_AHEAD)

    def _flag(self, article: Article, page: PageDate, other: PageDate) -> Finding:
        """The finding stands on the page's date, where that is in the text, else on the dateline."""
        days = _distance(page, other)
        here, there = (page, other) if page.span or not other.span else (other, page)
        span = here.span or article.blocks[0].span
        return article.flag(
            CONFLICT,
            span,
            severity=Severity.NOTE if days > _NARRATIVE or other.kind == "address" else None,
            date=page.days[0].isoformat(),
            other_date=other.days[0].isoformat(),
            days=days,
            kind=page.kind,
            other_kind=other.kind,
            other_start=there.span.start if there.span else None,
            other_end=there.span.end if there.span else None,
        )


def _distance(one: PageDate, other: PageDate) -> int:
    """Days between two dates, the smallest of what they may be."""
    return min(abs((a - b).days) for a in one.days for b in other.days)


def _conflict(given: tuple[PageDate, ...]) -> tuple[PageDate, PageDate] | None:
    """The date of the page and that of the article that contradict each other; None where any of the page's agrees."""
    datelines = [one for one in given if one.kind == "dateline"]
    said = [one for one in given if one.kind in ("published", "metadata")]
    lines = [one for one in given if one.kind == "line"]
    address = [one for one in given if one.kind == "address"]
    of, others = (datelines, [*said, *lines, *address]) if datelines else (said, address)
    if of and others and all(_distance(of[0], other) > _APART for other in others):
        return (others[0], of[0]) if datelines else (of[0], others[0])
    return None


def page_dates(article: Article) -> tuple[PageDate, ...]:
    """The dates that say when the article was published: in the text in order, then declared ones, then that of its address."""
    found = list(_dates_in_text(article))
    values = [article.document.published, *(value for name, value in article.document.dates.items() if _DECLARED.search(name))]
    known = dict.fromkeys(day for value in values if value and (day := _iso(value)))
    found += [PageDate("metadata", None, (day,)) for day in known]
    if hit := _URL_DATE.search(article.document.url or ""):
        year, month, day_of = int(hit[1]), int(hit[2]), int(hit[3] or 15)
        if day := _day(year, month, day_of):
            found.append(PageDate("address", None, (day,)))
    return tuple(found)


def _dates_in_text(article: Article) -> Iterator[PageDate]:
    """Lines that are only a date, above the first dateline if there is one, and that dateline."""
    view = article.folded
    outside = {
        article.block_at(r.span.start) for r in article.layer(block_roles) if r.role == "boilerplate" and r.kind in ("comments", "related")
    }
    head = article.blocks[:_HEAD_BLOCKS]
    for number, (block, (start, end)) in enumerate(zip(head, view.folded_spans(block.span for block in head), strict=True)):
        length = block.span.end - block.span.start
        if number in outside or _LINE < length < _DATELINE_BLOCK:
            continue
        text = view.text[start : min(end, start + 150)]
        if not _YEAR.search(text) or not (hit := _pattern(article.language or "").search(text)):
            continue
        if not (days := _days(hit, article.language)):
            continue
        if length >= _DATELINE_BLOCK and _is_dateline(text, hit):
            yield PageDate("dateline", view.source(start + hit.start(), start + hit.end()), days)
            return
        if length <= _LINE and _is_date_line(text, hit) and not _UPDATED.search(text):
            yield PageDate("published" if _LABELLED.search(text) else "line", block.span, days)


def _is_date_line(text: str, hit: re.Match[str]) -> bool:
    """Whether a line says nothing but a date, with its weekday, time and a word such as «publié»."""
    rest = re.sub(rf"(?:(?<![^\W\d_])(?:{_PUBLISHED})(?![^\W\d_])|[\W\d_])+", "", text[: hit.start()] + " " + text[hit.end() :])
    return not rest


def _is_dateline(text: str, hit: re.Match[str]) -> bool:
    """Whether the date opens the paragraph, behind a place and a comma or bracket at most, and a dash or colon follows."""
    place, after = text[: hit.start()], text[hit.end() :]
    opens = re.fullmatch(r"(?:[^\d\n.!?]{2,70}[,،)\]] ?(?:le |den |the |am |el |في )?)?\(?", place) is not None and len(place.split()) <= 9
    return opens and re.match(r"\)? ?(?:\([^()\n]{2,40}\) ?)?[-:]", after) is not None


def _raw_lines(article: Article) -> tuple[Span, ...]:
    """The keys with a machine's date that open a line in the head, no more than five."""
    hits = (_RAW.match(article.text, *block.span) for block in article.blocks[:_HEAD_BLOCKS])
    return tuple(Span(*hit.span(1)) for hit in hits if hit)[:5]


@lru_cache(maxsize=64)
def _months(language: str) -> Mapping[str, int]:
    """Folded names of months and their unambiguous beginnings, of the language and English, with their numbers."""
    names: dict[str, int] = {}
    own = () if language == "ar" else profile(language).months
    for given in (profile("en").months, _GREGORIAN, _LEVANTINE, _MAGHREBI, own[: len(own) // 12 * 12]):
        folded = [fold_text(name) for name in given]
        for number, name in enumerate(folded):
            month = number % 12 + 1
            forms = [name[:size] for size in range(3, len(name)) if sum(other.startswith(name[:size]) for other in folded) == 1]
            # Russian and its neighbours decline: «мая», «марта».
            forms += [name[:-1] + "я", name + "а"] if "а" <= name[0] <= "я" else []
            names |= dict.fromkeys([*(() if " " in name or name[0] >= "\u0600" else forms), name], month)
    return names


@lru_cache(maxsize=64)
def _pattern(language: str) -> re.Pattern[str]:
    """A date with its year, on folded text; the weekday before it belongs to it."""
    months = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    days = "|".join(
        sorted((re.escape(fold_text(day)) for day in {*profile(language).weekdays, *profile("en").weekdays}), key=len, reverse=True)
    )
    weekday = rf"(?:(?<!\w)(?:{days})\.?,? (?:le |den |the )?)?"
    day = r"(?<!\d)(?P<d{0}>[0-3]?\d)(?:er|st|nd|rd|th|\.|º|°)?"
    year = r"(?P<y{0}>\d{{4}})(?![\d])"
    month = rf"(?<!\w)(?P<m{{0}}>{months})(?!\w)\.?(?:/(?:{months}))?"
    ways = (
        rf"{day.format(1)} ?(?:de |of )?{month.format(1)},?(?: de| del| of)? {year.format(1)}",
        rf"{month.format(2)} {day.format(2)},? {year.format(2)}",
        r"(?<!\d)(?P<y3>\d{4})[-/.](?P<m3>[01]?\d)[-/.](?P<d3>[0-3]?\d)(?!\d)",
        r"(?<!\d)(?P<d4>[0-3]?\d)[-/.](?P<m4>[0-3]?\d)[-/.](?P<y4>\d{4})(?!\d)",
    )
    return re.compile(f"{weekday}(?:{'|'.join(ways)})")


def _days(hit: re.Match[str], language: str | None) -> tuple[datetime.date, ...]:
    """The days that a date may mean; none if it is no date."""
    way = next(way for way in "1234" if hit[f"y{way}"])
    day, month, year = hit[f"d{way}"], hit[f"m{way}"], hit[f"y{way}"]
    number = int(month) if way in "34" else _months(language or "")[month]
    found = [_day(int(year), number, int(day))]
    if way == "4":
        found.append(_day(int(year), int(day), int(month)))
    return tuple(dict.fromkeys(one for one in found if one))


def _iso(value: str) -> datetime.date | None:
    """The day of an ISO 8601 date or time; None for anything else."""
    hit = re.match(r"(\d{4})-(\d\d)-(\d\d)", value.strip())
    return _day(int(hit[1]), int(hit[2]), int(hit[3])) if hit else None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    """A day of the years that news is of; None if there is no such day."""
    if not 1900 <= year <= 2200:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


DETECTOR = Dates()
