"""Quantitative claims with nobody named for them, or with a source that names nobody."""

from collections.abc import Iterable, Mapping

from credibility.detector import ASSESSED, NOT_APPLICABLE, not_assessed
from credibility.document import Finding, Severity
from credibility.pack import profile
from credibility.rules import Example, Rule
from credibility.segment import Article
from credibility.statistics.figures import statistics

FLAG = "unsourced-statistic"

BARE = Rule(
    id=f"{FLAG}.bare",
    # Too many sourced figures are among them for a warning: see `false_alarms`.
    severity=Severity.NOTE,
    message="Gives a figure and names nobody for it: {quote}",
    why="A reader can only check a figure whose origin is named; nobody is, in this sentence or around it.",
    bad=(
        Example("en", "The harbour town lost [[40 percent]] of its fishing boats in ten years."),
        Example("fr", "Le canal a coûté [[12 millions d'euros]] à la vallée."),
        Example("ar", "يعيش في الوادي [[ثلاثة آلاف]] راع منذ عقود."),
        Example("de", "Im Tal leben [[3.000]] Schäfer seit Jahrzehnten."),
        Example("ru", "В долине живут [[три тысячи]] пастухов."),
        Example("es", "El canal costó [[12 millones de euros]] al valle."),
    ),
    good=(
        Example("en", "The harbour town lost 40 percent of its fishing boats, the fisheries ministry said."),
        Example("fr", "Selon la Cour des comptes, le canal a coûté 12 millions d'euros."),
        Example("ar", "قالت وزارة الزراعة إن ثلاثة آلاف راع يعيشون في الوادي."),
        Example("de", "Im Tal leben 3.000 Schäfer, teilte das Landwirtschaftsministerium mit."),
        Example("ru", "По данным Росстата, в долине живут три тысячи пастухов."),
        Example("es", "Según el ministerio de Obras Públicas, el canal costó 12 millones de euros."),
        Example("en", "The bridge opened on 12 May 1998, when he was 34 years old."),
    ),
    false_alarms=(
        "A note, since many have a source further back in a running account: of 1,280 on 1,050 articles that nobody who mends has read, "
        "readers called 70 in 100 unsourced, 5 vague and 26 sourced (python -m tests.benchmarks.figures). The outlet's own "
        "counts of an event (topic 'outcome') and market quotes (topic 'market') carry no source either; the evidence has their topic."
    ),
)
VAGUE = Rule(
    id=f"{FLAG}.vague",
    severity=Severity.NOTE,
    message="Rests a figure on a source that names nobody: {quote}",
    why="«Experts», «reports» and «is estimated» leave the reader nobody to ask and nothing to look up.",
    bad=(
        Example("en", "Experts say [[40 percent]] of the boats were lost."),
        Example("fr", "Selon les chiffres disponibles, des [[centaines]] de pêcheurs sont partis."),
        Example("ar", "أفادت مصادر مطلعة بأن [[ثلاثة آلاف]] راع غادروا الوادي."),
    ),
    good=(
        Example("en", "Experts of the University of Lund say 40 percent of the boats were lost."),
        Example("fr", "Selon les chiffres de la préfecture, des centaines de pêcheurs sont partis."),
        Example("ar", "أفادت مصادر في وزارة الزراعة بأن ثلاثة آلاف راع غادروا الوادي."),
    ),
    false_alarms=(
        "A note for the same reason: of 207 on the same articles readers called 52 in 100 vague, 15 unsourced and 33 sourced, mostly by "
        "somebody named elsewhere in the sentence or around it."
    ),
)


class UnsourcedStatistic:
    """Flags the statistics that `figures` labels unsourced or vague."""

    name: str = "unsourced_statistic"
    rules: tuple[Rule, ...] = (BARE, VAGUE)

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Not assessed in a language without [numbers] and [attribution]; not applicable to an article without a statistic."""
        of = profile(article.language)
        if not of.numbers.scales or not of.attribution.says:
            return {
                FLAG: not_assessed(
                    f"no numbers or voices known for language {article.language!r}" if article.language else "language unknown"
                )
            }
        return {FLAG: ASSESSED if article.layer(statistics) else NOT_APPLICABLE}

    def detect(self, article: Article) -> Iterable[Finding]:
        """One finding for each statistic that nobody, or nobody in particular, stands behind."""
        for found in article.layer(statistics):
            if found.label != "sourced":
                rule = BARE if found.label == "unsourced" else VAGUE
                severity = Severity.NOTE if found.evidence["topic"] else None
                evidence = {key: value for key, value in found.evidence.items() if key != "doubt"}
                doubt = found.evidence["doubt"]
                yield article.flag(rule, found.span, confidence=1.0 - float(doubt or 0.0), severity=severity, **evidence)


DETECTOR = UnsourcedStatistic()
