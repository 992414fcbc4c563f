"""Articles and pages made up for the benchmarks, the same for everyone. No test depends on them.

The page has the size of ordinary news pages: what stands beside each number are the medians of 563 pages of 70 to 150 kB.
"""

import json
import random
from collections.abc import Iterator

_WORDS = """
le la les un une des du et est dans pour par sur avec sans sous vers chez mais donc ainsi encore toujours parfois hier demain lundi mars
port quai bateau pêcheur mairie marché village vallée rivière pont école musée fête conseil budget rapport chantier travaux hiver neige
ouvre ferme annonce explique raconte précise demande espère prépare finance rénove vend achète cherche trouve attend promet vieux petit
"""
FR = _WORDS.split()
STATEMENTS = (
    "Selon les chiffres disponibles, {n} familles ont quitté le quartier.",
    "« Nous rouvrirons au printemps », a promis la maire, Élise Corvin.",
    "Le chantier a coûté {n} millions d’euros, d’après le rapport de l’agence du fleuve.",
    "De nombreux observateurs jugent la mesure inutile.",
    "Près de {n} % des bateaux restent à quai.",
)


def article(size: int, seed: int = 0) -> str:
    """A French-looking article of this many characters, paragraphs of some sentences, with something to flag in most of them."""
    draw = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < size:
        sentences = [" ".join(draw.choices(FR, k=draw.randint(8, 22))).capitalize() + "." for _ in range(draw.randint(2, 4))]
        if draw.random() < 0.7:
            sentences.insert(draw.randrange(3), draw.choice(STATEMENTS).format(n=draw.randint(12, 980)))
        parts.append(" ".join(sentences))
        length += len(parts[-1]) + 2
    return "\n\n".join(parts)[:size]


_TEASER = """<div class="grid__item teaser teaser--card">
 <a class="teaser__link" href="https://www.journal-du-port.example/actualites/{n}/{slug}.html">
  <div class="teaser__media">
   <picture class="teaser__picture">
    <source media="(min-width: 768px)" srcset="https://img.journal-du-port.example/2025/03/12/{n}/{slug}-960x540.webp 960w">
    <source media="(min-width: 320px)" srcset="https://img.journal-du-port.example/2025/03/12/{n}/{slug}-640x360.webp 640w">
    <img loading="lazy" src="https://img.journal-du-port.example/2025/03/12/{n}/{slug}-640x360.jpg" alt="" width="640" height="360">
   </picture>
   <span class="teaser__badge"><i class="icon icon-photo"></i></span>
  </div>
  <div class="teaser__body">
   <h3 class="teaser__title">{title}</h3>
   <span class="teaser__meta">
    <i class="icon icon-clock" aria-hidden="true"></i>
    <time datetime="2025-03-12T08:00:00+01:00">12.03.2025</time>
   </span>
  </div>
 </a>
</div>"""
_MENU_ITEM = """<li class="menu__item menu__item--level-1">
 <a class="menu__link" href="/{word}/" data-track="menu-{word}">
  <span class="menu__label">{label}</span>
  <i class="icon icon-chevron"></i>
 </a>
</li>"""
_COMMENT = """<li class="comment" id="comment-{n}">
 <div class="comment__head"><span class="comment__author">Lecteur {n}</span> <span class="comment__date">13 mars 2025 à 08 h 12</span></div>
 <p>{text}</p>
 <a class="comment__reply" href="#respond">Répondre</a>
</li>"""
_SHARE = """<li class="share__item">
 <a class="share__link share__link--{name}" href="https://{name}.example/share?u=port" rel="nofollow">
  <svg class="icon" viewBox="0 0 24 24"><path d="M24 4.6c-.9.4-1.8.7-2.8.8 1-.6 1.8-1.6 2.2-2.7-1 .6-2 1-3.1 1.2z"/></svg>
  <span class="share__label">Partager sur {name}</span>
 </a>
</li>"""


def page(seed: int = 0, size: int = 100_000) -> str:
    """A news page of this many characters, scripts and style sheets making up what its own parts leave of them."""
    draw = random.Random(seed)
    title = _title(draw)
    body = "\n".join(_paragraphs(article(4_800, seed), draw))  # 2,500 characters of article, in the mean 4,800
    sections = (
        _items("nav", "menu", [_MENU_ITEM.format(word=word, label=word.capitalize()) for word in FR[20:62]]),
        f'<main class="layout">\n<article class="article" id="article">\n<header>\n<h1>{title}</h1>\n'
        '<p class="byline">Par <a href="/auteurs/12">Anne Le Goff</a></p>\n<time datetime="2025-03-12T08:00">12 mars 2025</time>\n'
        "</header>\n"
        f'<figure class="article__media"><img src="/img/1.jpg" alt=""><figcaption>{_title(draw)} (photo : agence)</figcaption></figure>\n'
        f'<div class="article__body">\n{body}\n</div>\n</article>',
        _items("ul", "share", [_SHARE.format(name=name) for name in ("facebook", "twitter", "whatsapp", "email", "print")]),
        _items("div", "grid grid--related", [_teaser(draw) for _ in range(30)]),
        _items(
            "ol", "most-read", [f'<li class="most-read__item"><a href="/{n}"><span>{n}</span> {_title(draw)}</a></li>' for n in range(10)]
        ),
        _items("ul", "comments", [_COMMENT.format(n=n, text=article(180, seed + n)) for n in range(1, 7)]),
        '<form class="newsletter" action="/newsletter">\n<h4>Recevez notre lettre</h4>\n<input type="email" name="email">\n'
        "<button>Je m’abonne</button>\n</form>\n</main>",
        *(
            _items("ul", f"footer__{n}", [f'<li><a href="/{word}">{word.capitalize()}</a></li>' for word in FR[n * 9 : n * 9 + 9]])
            for n in range(4)
        ),
        '<div class="cookie-banner" id="consent">\n<p>Ce site utilise des cookies pour mesurer son audience.</p>\n'
        "<button>Accepter</button>\n</div>",
        "<footer><p>© 2025 Journal du port. Tous droits réservés.</p></footer>",
    )
    parts = [*_head(title, draw), "<body>", *sections]
    missing = size - sum(map(len, parts)) - len(parts) - 60
    config = json.dumps({f"{word}{n}": list(range(30)) for word in FR for n in range(9)})[: max(0, missing)]
    return "\n".join([*parts, f"<script>window.config = '{config}';</script>", "</body></html>"])


def _title(draw: random.Random) -> str:
    return " ".join(draw.choices(FR, k=draw.randint(6, 11))).capitalize()


def _teaser(draw: random.Random) -> str:
    title = _title(draw)
    return _TEASER.format(n=draw.randint(10_000, 99_999), slug=title.lower().replace(" ", "-"), title=title)


def _items(tag: str, name: str, items: list[str]) -> str:
    """A list with the wrappers that themes put around one."""
    inner = "\n".join(items)
    return f'<div class="section section--{name}">\n<div class="section__inner">\n<{tag} class="{name}">\n{inner}\n</{tag}>\n</div>\n</div>'


def _paragraphs(text: str, draw: random.Random) -> Iterator[str]:
    """The paragraphs of an article with links, emphasis and, now and then, an empty place for an advertisement."""
    for paragraph in text.split("\n\n"):
        words = paragraph.split(" ")
        at = draw.randrange(len(words))
        words[at] = draw.choice(('<a href="https://www.journal-du-port.example/sujet/{0}">{0}</a>', "<strong>{0}</strong>", "{0}")).format(
            words[at]
        )
        yield f"<p>{' '.join(words)}</p>"
        if draw.random() < 0.2:
            yield '<div class="ad ad--inline" data-slot="7"><div id="slot-7"></div></div>'


def _head(title: str, draw: random.Random) -> Iterator[str]:
    """The head: metadata, links, JSON-LD and a style sheet."""
    yield f'<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n<title>{title} | Journal du port</title>'
    for name in ("og:title", "og:description", "twitter:title", "twitter:description", "description"):
        yield f'<meta property="{name}" content="{title}">'
    for n in range(25):
        yield f'<link rel="preload" href="/assets/{draw.randint(1000, 9999)}-{n}.js" as="script">'
    data = {"@type": "NewsArticle", "headline": title, "datePublished": "2025-03-12T08:00:00+01:00", "author": {"name": "Anne Le Goff"}}
    yield f'<script type="application/ld+json">{json.dumps(data)}</script>'
    rules = "".join(f".{word}-{n}{{margin:0 auto;padding:{n}px;color:#333}}" for word in FR for n in range(3))
    yield f"<style>{rules}</style>\n</head>"
