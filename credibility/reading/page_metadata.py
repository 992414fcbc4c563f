"""What a page declares about itself: title, byline, dates, language, canonical address, site.

Sources are JSON-LD, Open Graph and other meta elements, `<link rel=canonical>`, `<time>`, `<title>` and the first `<h1>`.
Where several speak, the one nearest to the article goes first. Nothing here looks at the running text.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from credibility.reading.page_text import PageFacts

# Pages nest JSON-LD four or five deep; the bounds are for hostile ones.
_DEEPEST = 12
_MOST_NODES = 2_000
_LONGEST_VALUE = 500

_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|Review|Analysis|Opinion|SocialMediaPosting", re.IGNORECASE)
_DATE_KEYS = ("datePublished", "dateCreated", "dateModified", "uploadDate")
# Meta names and properties that hold dates: the first that can be read is the date of publication.
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "dc.created",
    "citation_publication_date",
    "citation_date",
    "publication_date",
    "publish_date",
    "publish-date",
    "pubdate",
    "published_date",
    "published-date",
    "article:publish_date",
    "originalpublicationdate",
    "article_date_original",
    "cdate",
    "date",
    "datecreated",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "revised",
    "modified",
    "article.updated",
)
_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "citation_title",
    "title",
    "headline",
)
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "byl")
_SITES = ("og:site_name", "application-name", "al:android:app_name", "dc.publisher", "citation_journal_title", "publisher")
_TITLE_CUT = re.compile(r"\s+[|–—·•«»:]+\s+|\s+-{1,2}\s+")
_BY = re.compile(r"^(?:by|par|von|por|di|da)\s+", re.IGNORECASE)
_LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_][\w-]*)?\s*(?:[,;].*)?")
# ISO 639-2 codes that sites write where ISO 639-1 has a shorter one.
_SHORTER = {
    "ara": "ar", "deu": "de", "ger": "de", "ell": "el", "gre": "el", "eng": "en", "fas": "fa", "per": "fa", "fra": "fr", "fre": "fr",
    "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "dut": "nl", "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru",
    "spa": "es", "tur": "tr", "ukr": "uk", "zho": "zh", "chi": "zh",
}  # fmt: skip
_BARE_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]|$)")
_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?", re.IGNORECASE)
_UNIX = re.compile(r"1\d{9}(?:\d{3})?")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page declares; None where it says nothing that can be read. `dates`: field name → ISO 8601, else as written."""

    title: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    source: str | None = None
    translated_by: str | None = None
    dates: Mapping[str, str] = field(default_factory=dict)


def page_metadata(facts: PageFacts, heading: str | None = None) -> Metadata:
    """What the page declares. heading: the text of its first h1, the title where nothing better is there."""
    metas = _metas(facts.metas)
    nodes = list(_nodes(facts.scripts))
    articles = [node for node in nodes if _ARTICLE_TYPES.search(_type(node))]
    site = _first(metas, _SITES) or _site_of(articles, nodes)
    dates = _dates(metas, articles + [node for node in nodes if "WebPage" in _type(node)], facts.times)
    return Metadata(
        title=_title(articles, metas, facts.title, heading, site),
        byline=_byline(articles, metas),
        published=_published(dates),
        language=_language(facts.language, metas, articles),
        url=_url(facts.links, metas, articles),
        source=site,
        translated_by=_translator(facts.classes, metas, [link.get("href") for link in facts.links]),
        dates=dates,
    )


def iso_date(value: str) -> str | None:
    """An ISO 8601 date or date and time; None if the value cannot be read as one beyond doubt.

    >>> iso_date("Mon, 06 Dec 2021 10:00:00 +0100"), iso_date("2021/12/6"), iso_date("06/12/2021")
    ('2021-12-06T10:00:00+01:00', '2021-12-06', None)
    """
    text = value.strip()[:100]
    try:
        if hit := _STAMP.match(text):
            zone = (hit[3] or "").upper().replace("UTC", "+00:00").replace("GMT", "+00:00").replace("Z", "+00:00")
            return datetime.fromisoformat(f"{hit[1]}T{hit[2]}{zone}").isoformat()
        if hit := _BARE_DATE.match(text):
            return datetime(int(hit[1]), int(hit[2]), int(hit[3])).date().isoformat()
        if _UNIX.fullmatch(text):
            return None  # seconds since 1970 are also ids; nothing tells them apart
        if text[:4].isdigit() and len(text) >= 8:
            moment = datetime.fromisoformat(text)
            return moment.date().isoformat() if len(text) == 8 else moment.isoformat()
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def language_code(value: str | None) -> str | None:
    """ISO 639-1 code (639-3 where there is none) of a language tag; None for what is none.

    >>> language_code("fr-FR"), language_code("eng"), language_code("pt_BR"), language_code("English, please")
    ('fr', 'en', 'pt', None)
    """
    hit = _LANGUAGE.fullmatch((value or "")[:80])
    code = hit[1].lower() if hit else None
    return None if code in (None, "und", "mul", "zxx", "xx", "x") else _SHORTER.get(code or "", code)


def _metas(elements: Iterable[Mapping[str, str | None]]) -> dict[str, str]:
    """Content of the meta elements by lower-case name, property, itemprop or http-equiv; the first of a name counts."""
    found: dict[str, str] = {}
    for attributes in elements:
        content = _clean(attributes.get("content"))
        for key in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := (attributes.get(key) or "")[:80].strip().lower()):
                found.setdefault(name, content)
    return found


def _clean(value: object) -> str | None:
    """A string in one line, cut at 500 characters; None for anything else."""
    return " ".join(value[: 4 * _LONGEST_VALUE].split())[:_LONGEST_VALUE] or None if isinstance(value, str) else None


def _first(metas: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((metas[name] for name in names if metas.get(name)), None)


def _nodes(scripts: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """The objects of all JSON-LD blocks, outer before inner; a block that is no JSON is skipped, the others are not."""
    left = _MOST_NODES
    for script in scripts:
        try:
            # Real blocks hold raw newlines in strings; some stand in comments or CDATA.
            data = json.loads(script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        level = [data]
        for _ in range(_DEEPEST):
            below: list[Any] = []
            for item in level:
                if left <= 0:
                    return
                left -= 1
                if isinstance(item, dict):
                    yield item
                    below.extend(value for value in item.values() if isinstance(value, dict | list))
                elif isinstance(item, list):
                    below.extend(value for value in item if isinstance(value, dict | list))
            level = below


def _type(node: Mapping[str, Any]) -> str:
    kind = node.get("@type")
    return " ".join(part for part in kind if isinstance(part, str)) if isinstance(kind, list) else kind if isinstance(kind, str) else ""


def _names(value: object) -> list[str]:
    """Names in a JSON-LD value: a string, an object with a name, or a list of them; addresses are no names."""
    found = []
    for item in value if isinstance(value, list) else [value]:
        name = _clean(item.get("name") if isinstance(item, dict) else item)
        if name and not name.lower().startswith(("http://", "https://", "www.")):
            found.append(name)
    return found[:10]


def _title(
    articles: list[Mapping[str, Any]], metas: Mapping[str, str], element: str | None, heading: str | None, site: str | None
) -> str | None:
    """The headline: JSON-LD, meta, else the title element without the site's name, else the h1."""
    declared = next((title for node in articles if (title := _clean(node.get("headline")))), None) or _first(metas, _TITLES)
    if declared:
        return _without_site(declared, site, heading)
    element, heading = _clean(element), _clean(heading)
    if element:
        return _without_site(element, site, heading)
    return heading


def _without_site(title: str, site: str | None, heading: str | None) -> str:
    """The title without ' | Name of the site' at either end, where the site or the h1 shows that it is that."""
    parts = _TITLE_CUT.split(title)
    if heading and len(parts) > 1 and len(heading) > 10 and " ".join(heading.split()).casefold() in title.casefold():
        return _clean(heading) or title
    if site and len(parts) > 1:
        for part, rest in ((parts[-1], title[: title.rfind(parts[-1])]), (parts[0], title[len(parts[0]) :])):
            if part.casefold().strip() == site.casefold().strip() and (kept := rest.strip(" |–—·•«»:-")):
                return kept
    return title


def _byline(articles: list[Mapping[str, Any]], metas: Mapping[str, str]) -> str | None:
    """Names of the authors, with commas between."""
    for node in articles:
        if names := _names(node.get("author") or node.get("creator")):
            return ", ".join(dict.fromkeys(names))[:_LONGEST_VALUE]
    said = next((names[0] for name in _AUTHORS if (names := _names(metas.get(name)))), "")
    return _BY.sub("", said) or None


def _dates(metas: Mapping[str, str], pages: list[Mapping[str, Any]], times: Iterable[Mapping[str, str | None]]) -> dict[str, str]:
    """Every declared date by its field, ISO 8601 where it can be read."""
    found: dict[str, str] = {}
    for node in pages:
        for key in _DATE_KEYS:
            if value := _clean(node.get(key)):
                found.setdefault(key, iso_date(value) or value)
    for name in _PUBLISHED + _MODIFIED:
        if value := metas.get(name):
            found.setdefault(f"meta {name}", iso_date(value) or value)
    for number, attributes in enumerate(times):
        if number >= 40:
            break
        if (value := _clean(attributes.get("datetime"))) and (date := iso_date(value)):
            kind = (attributes.get("itemprop") or "").strip().lower()[:40]
            pubdate = "datepublished" if "pubdate" in attributes else kind
            found.setdefault(f"time {pubdate}".strip(), date)
    return found


def _published(dates: Mapping[str, str]) -> str | None:
    """The date of publication, ISO 8601: JSON-LD, then meta, then time elements."""
    fields = ("datePublished", "time datepublished", *(f"meta {name}" for name in _PUBLISHED), "dateCreated", "uploadDate", "time")
    return next((date for name in fields if name in dates and (date := iso_date(dates[name]))), None)


def _language(element: str | None, metas: Mapping[str, str], articles: list[Mapping[str, Any]]) -> str | None:
    """The declared language: html element, meta, JSON-LD."""
    said = (node.get("inLanguage") for node in articles)
    strings = [item.get("alternateName") if isinstance(item, dict) else item for item in said]
    declared = (element, *(metas.get(name) for name in ("og:locale", "content-language", "language", "dc.language")), *strings)
    return next((code for value in declared if isinstance(value, str) and (code := language_code(value))), None)


def _url(links: Iterable[Mapping[str, str | None]], metas: Mapping[str, str], articles: list[Mapping[str, Any]]) -> str | None:
    """The canonical address, absolute."""
    canonical = [link.get("href") for link in links if "canonical" in (link.get("rel") or "").lower().split()]
    about = [node.get("url") or node.get("mainEntityOfPage") for node in articles]
    entities = [item.get("@id") if isinstance(item, dict) else item for item in about]
    for value in (*canonical, metas.get("og:url"), *entities):
        if (address := _clean(value)) and address.lower().startswith(("http://", "https://")):
            return address
    return None


# The browser and the widget of Google write the first two on a page whose text they have replaced; widgets that only offer to
# translate (`google_translate_element`, `gtranslate_wrapper`) leave other marks, and say nothing of the text.
_TRANSLATED_CLASSES = frozenset(("translated-ltr", "translated-rtl"))
_TRANSLATOR_HOST = re.compile(r"https?://[\w-]{1,63}\.translate\.goog/|https?://translate\.googleusercontent\.com/", re.IGNORECASE)


def _translator(classes: str, metas: Mapping[str, str], addresses: Iterable[str | None]) -> str | None:
    """What the markup says that the page's text was translated with, and where it says so; None where it does not."""
    if _TRANSLATED_CLASSES.intersection(classes[:_LONGEST_VALUE].lower().split()):
        return "Google Translate (class of the html element)"
    if name := metas.get("x-translated-by"):
        return f"{name} (meta X-Translated-By)"
    if any(address and _TRANSLATOR_HOST.match(address) for address in addresses):
        return "Google Translate (addresses of the page)"
    return None


def _site_of(articles: list[Mapping[str, Any]], nodes: list[Mapping[str, Any]]) -> str | None:
    """Name of the site: the publisher of the article, else the web site or organisation."""
    for node in articles:
        if names := _names(node.get("publisher")):
            return names[0]
    for kind in ("WebSite", "NewsMediaOrganization", "Organization"):
        for node in nodes:
            if kind in _type(node) and (names := _names(node.get("name"))):
                return names[0]
    return None
