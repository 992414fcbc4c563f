"""`credibility.check`: one clipping in, one report out."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

from credibility import pipeline
from credibility.config import DEFAULT, Config
from credibility.detector import Detector
from credibility.detectors.phrases import validate_packs
from credibility.document import Document
from credibility.reading.clipping import from_html, from_text, from_text_bytes
from credibility.report import Report


def check(
    clipping: str | bytes | Document,
    *,
    format: Literal["text", "html"] = "text",  # noqa: A002 - the word of the command line
    id: str = "clipping",  # noqa: A002 - the word of the contract
    url: str | None = None,
    source: str | None = None,
    title: str | None = None,
    published: str | None = None,
    language: str | None = None,
    config: Config = DEFAULT,
) -> Report:
    """The report on one clipping.

    clipping: a text, kept to the last character; with format="html" a page, of which the report's text is what it shows.
    `format` alone decides: a text that begins with '<' is still a text. Bytes are decoded the way a browser would. A Document
    (made by a reader of ours, or by hand) is checked as it is, and the other arguments say nothing about it.

    id, url, source (the outlet), title, published (ISO 8601): where it came from; they go before what a page declares.
    language: what the clipping is declared to be in, believed where the text is too short to tell;
    `Config(language=...)` overrules the text as well.

    Raises TypeError for anything else than a text, bytes or Document (an empty cell of a table, say), ConfigError for a flag,
    rule or language that does not exist, PackError for a broken rule pack, ReadError for bytes that are no text, and
    DetectorError for a failed detector.

    >>> report = check("<p>Mercredi</p><p>Le port est fermé depuis mars, dit la mairie.</p>", format="html", language="fr")
    >>> report.document.text
    'Mercredi\\nLe port est fermé depuis mars, dit la mairie.'
    """
    if format not in ("text", "html"):
        raise ValueError(f"format is {format!r}; it is 'text' or 'html'")
    if not isinstance(clipping, str | bytes | Document):
        raise TypeError(f"the clipping is {clipping!r}; give a str, bytes or a Document")
    if not isinstance(config, Config):
        raise TypeError(f"config is {config!r}; give a Config")
    if not isinstance(clipping, Document):
        about: dict[str, Any] = {"url": url, "source": source, "title": title, "published": published, "language": language}
        for name, value in {"id": id, **about}.items():
            if not isinstance(value, str | None):
                raise TypeError(f"{name} is {value!r}; give a string, of dates isoformat()")
        if format == "html":
            clipping = from_html(clipping, id=id, **about)
        elif isinstance(clipping, bytes):
            clipping = from_text_bytes(clipping, id, **about)
        else:
            clipping = from_text(clipping, id=id, **about)
    return pipeline.check(clipping, config, using=detectors_of(config))


@lru_cache(maxsize=8)
def detectors_of(config: Config) -> Sequence[Detector]:
    """The detectors that a configuration asks for, made once.

    Raises ConfigError for a name in it that no rule has, and PackError for a broken rule pack or a folder without rules.
    """
    validate_packs(config.rules)
    if config.names_rules:
        every = pipeline.active(Config(rules=config.rules))
        config.check_names(rule.id for detector in every for rule in detector.rules)
    return pipeline.active(config)
