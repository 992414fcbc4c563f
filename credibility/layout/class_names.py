"""What the class and id names around a block of a page say of its kind."""

import re
from functools import lru_cache

# Parts of class and id names by the kind they speak of; within one name the first counts. Names of the web at large, not of one site.
_MARKS = (
    ("cookie", ("cookie", "cookies", "consent", "gdpr", "onetrust", "didomi")),
    ("paywall", ("paywall", "paywalled", "donate", "donation")),
    ("newsletter", ("newsletter", "newsletters", "subscribe", "subscription", "signup", "mailchimp", "optin")),
    ("comments", ("comment", "comments", "commentlist", "commenttext", "disqus", "respond", "reply", "replies", "trackback", "discussion")),
    ("advertisement", ("ad", "ads", "advert", "advertisement", "advertising", "sponsor", "sponsored", "adsense", "outbrain", "taboola")),
    ("share", ("share", "sharing", "social", "addthis", "sharethis", "sharedaddy", "facebook", "twitter", "tools", "toolbox")),
    ("author-bio", ("author", "authors", "authorbox", "bio", "byline", "biography", "vcard", "contributor")),
    ("widget", ("weather", "poll", "ticker", "player", "market", "stocks", "rating", "calendar", "currency")),
    ("related", ("related", "recommend", "recommended", "recommendations", "popular", "trending", "latest", "recent", "teaser", "teasers",
                 "similar", "mostread", "headlines", "stories", "readmore", "carousel", "posts", "recirculation", "news")),
    ("date-line", ("date", "time", "timestamp", "published", "updated", "dateline", "pubdate")),
    ("legal", ("copyright", "legal", "disclaimer")),
    ("navigation", ("nav", "navbar", "navi", "navigation", "menu", "menus", "submenu", "subnav", "menuitem", "breadcrumb", "breadcrumbs",
                    "header", "footer", "foot", "topbar", "sitemap", "pagination", "pager", "tabs", "masthead", "colophon", "tag", "tags",
                    "categories", "category", "archive", "archives", "cloud", "logo", "login", "search", "languages", "banner")),
)  # fmt: skip
_BY_MARK = {mark: kind for kind, marks in reversed(_MARKS) for mark in marks}
_RANK = {kind: number for number, (kind, _) in enumerate(_MARKS)}
# Boxes whose name says what all in them is, however far inside it stands.
BOXES = frozenset(("comments", "cookie"))
# Names that sites glue to others («articlecomments», «mainnewsletter»).
_STEMS = ("comment", "newsletter", "cookie", "paywall", "related", "breadcrumb", "navigation", "sitemap", "advert", "calendar")
_STEM_KINDS = {"breadcrumb": "navigation", "sitemap": "navigation", "comment": "comments", "advert": "advertisement", "calendar": "widget"}
_PART = re.compile(r"[^\W\d_]+")
_NEAREST = 6
_NO_KINDS: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def kind_of_names(hints: str) -> str:
    """The kind that the class and id names speak of: the nearest one that says anything, or a box around it; '' if none does."""
    names = hints.split()[-_NEAREST:]
    spoken = [_of_name(name) for name in names]
    if boxes := BOXES.intersection(spoken):
        return min(boxes)
    # A footer or menu holds boxes of other kinds.
    return next((kind for kind in reversed(spoken) if kind and kind != "navigation"), "navigation" if "navigation" in spoken else "")


@lru_cache(maxsize=4096)  # pages share many of their names
def _of_name(name: str) -> str:
    """The kind that a class or id speaks of, the first of several; '' if of none."""
    if "teaser" in name or "most" in name:  # «teaser-label-comment», «most_commented»
        return "related"
    found = _of_parts(name) or {_STEM_KINDS.get(stem, stem) for stem in _STEMS if stem in name}
    return min(found, key=_RANK.__getitem__, default="")


@lru_cache(maxsize=4096)
def _of_parts(name: str) -> frozenset[str]:
    """The kinds that the parts of a class or id speak of."""
    return frozenset(_BY_MARK[part] for part in _PART.findall(name) if part in _BY_MARK)


def speaks_of(hints: str, kinds: frozenset[str]) -> bool:
    """Whether the nearest class and id names speak of one of these kinds.

    >>> speaks_of("page comments comment-body", frozenset({"comments"}))
    True
    """
    return not kinds.isdisjoint(_spoken_of(hints))


@lru_cache(maxsize=4096)
def _spoken_of(hints: str) -> frozenset[str]:
    """The kinds that the nearest class and id names speak of."""
    return _NO_KINDS.union(*map(_of_parts, hints.split()[-_NEAREST:]))
