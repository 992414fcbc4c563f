"""Attributions that name nobody, and articles that rest on unnamed sources alone or on a single one."""

from collections.abc import Iterable, Iterator, Mapping

from credibility.detector import ASSESSED, NOT_APPLICABLE, not_assessed
from credibility.document import Finding, Severity, Span
from credibility.labels import is_heading
from credibility.pack import profile
from credibility.rules import Example, Rule
from credibility.segment import Article
from credibility.statistics.attribution import Attribution
from credibility.statistics.sources import said, sources

# An article with fewer attributions is too short to say that it rests on one kind of source.
_FEWEST = 4

UNNAMED = Rule(
    id="vague-source.unnamed",
    severity=Severity.WARNING,
    message="Names nobody for what it reports: {quote}",
    why="«Experts say» and «according to sources» leave the reader nobody to ask and nothing to look up.",
    false_alarms="Of 85 hits in 1,937 ordinary articles and pages 75 were right; most of the others refer to experts or researchers that "
    "were named before, above all in Russian. In a heading above a text that names somebody it is a note.",
    bad=(
        Example("en", "[[According to several sources]], the ferry sank at dawn."),
        Example("en", "[[Analysts say]] the port will close before winter."),
        Example("en", "[[Sources close to the talks claim]] that the deal is off."),
        Example("fr", "[[De nombreux experts estiment]] que le port fermera avant l'hiver."),
        Example("fr", "[[Selon des sources concordantes]], le bac a coulé à l'aube."),
        Example("fr", "[[Des experts affirment]] que le port fermera avant l'hiver."),
        Example("ar", "[[أفادت مصادر مطلعة]] بأن العبارة غرقت عند الفجر."),
        Example("ar", "[[وفقا لتقارير إعلامية]]، ستغلق السلطات الميناء."),
        Example("de", "[[Experten sagen]], der Hafen werde bald schließen."),
        Example("ru", "[[По данным источников]], паром затонул на рассвете."),
        Example("es", "[[Según fuentes cercanas]], el barco se hundió al alba."),
    ),
    good=(
        Example("en", "According to sources at the Ministry of Fisheries, the ferry sank at dawn."),
        Example("en", "Analysts at Nordbank say the port will close before winter."),
        Example("fr", "Selon des sources proches du ministère, le bac a coulé à l'aube."),
        Example("fr", "Des experts de l'université de Liège affirment que le port fermera."),
        Example("ar", "أفادت مصادر في وزارة النقل بأن العبارة غرقت عند الفجر."),
        Example("de", "Experten der Universität Bern sagen, der Hafen werde schließen."),
        Example("ru", "По данным полиции, паром затонул на рассвете."),
        Example("es", "Según fuentes del ministerio de Pesca, el barco se hundió."),
    ),
)
ONLY = Rule(
    id="vague-source.only",
    severity=Severity.NOTE,
    message="Every one of its {count} attributions names nobody",
    why="An article whose every source is unnamed cannot be checked at any point.",
    bad=(
        Example(
            "en",
            "[[Sources say]] the ferry sank at dawn. Experts say the hull was old. According to witnesses, nobody swam ashore. "
            "Observers believe the line will close.",
        ),
    ),
    good=(
        Example(
            "en",
            "Sources say the ferry sank at dawn. Experts say the hull was old. According to witnesses, nobody swam ashore. "
            "Captain Ana Ruiz said the line will close.",
        ),
    ),
)
SINGLE = Rule(
    id="single-source.article",
    severity=Severity.NOTE,
    message="All {count} attributions go back to one source: {quote}",
    why="What a single source says, nobody in the article confirms or denies.",
    bad=(
        Example(
            "en",
            "[[Mayor Ana Ruiz]] said the ferry sank at dawn. Ruiz said the hull was old. According to Ruiz, nobody swam ashore. "
            "Ana Ruiz said the line will close.",
        ),
    ),
    good=(
        Example(
            "en",
            "Mayor Ana Ruiz said the ferry sank at dawn. Ruiz said the hull was old. According to Ruiz, nobody swam ashore. "
            "The coastguard said it was still searching.",
        ),
    ),
)


class Attributions:
    """Flags what the attributions of an article lack."""

    name: str = "attributions"
    rules: tuple[Rule, ...] = (UNNAMED, ONLY, SINGLE)

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Not assessed in a language without [attribution]; not applicable to an article without any attribution."""
        if not profile(article.language).attribution.says:
            missing = not_assessed(f"no voices known for language {article.language!r}" if article.language else "language unknown")
            return {"vague-source": missing, "single-source": missing}
        few = len(article.layer(said)) < _FEWEST
        if profile(article.language).attribution.after_verb:
            single = not_assessed("without capitals, names are told too loosely to say that all are one")
        else:
            single = NOT_APPLICABLE if few else ASSESSED
        return {"vague-source": ASSESSED, "single-source": single}

    def detect(self, article: Article) -> Iterable[Finding]:
        """Unnamed sources one by one; notes on the article as a whole on its first source.

        A heading has no room for names: where the text below it names somebody, «say experts» in it is a note.
        """
        voices = article.layer(said)
        unnamed = [attribution for attribution in voices if not attribution.named]
        last_named = max((attribution.cue.start for attribution in voices if attribution.named), default=-1)
        for attribution in (attribution for attribution in unnamed if attribution.vague):
            block = article.block_at(attribution.cue.start)
            resolved = last_named >= article.blocks[block].span.end and is_heading(article, block)
            yield article.flag(UNNAMED, _words(article, attribution), severity=Severity.NOTE if resolved else None, kind=attribution.kind)
        if len(voices) >= _FEWEST and len(unnamed) == len(voices):
            yield article.flag(ONLY, _words(article, voices[0]), count=len(voices))
        if not profile(article.language).attribution.after_verb:
            yield from _single(article)


def _words(article: Article, attribution: Attribution) -> Span:
    """Source and cue, if they stand together; else the source."""
    source = attribution.source or attribution.cue
    start, end = min(source.start, attribution.cue.start), max(source.end, attribution.cue.end)
    gap = max(source.start, attribution.cue.start) - min(source.end, attribution.cue.end)
    return Span(start, end) if gap <= 12 else source


def _single(article: Article) -> Iterator[Finding]:
    """A note if the article cites a single source, which it names."""
    found = article.layer(sources)
    if len(found) == 1 and found[0].named and found[0].cited >= _FEWEST:
        yield article.flag(SINGLE, found[0].span, count=found[0].cited)


DETECTOR = Attributions()
