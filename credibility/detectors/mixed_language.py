"""Passages in another language than the article's: a paragraph, a sentence, a clause that nobody translated."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from credibility.detector import ASSESSED, not_assessed
from credibility.document import Finding, Severity
from credibility.passages import passages
from credibility.rules import Example, Rule
from credibility.segment import Article

FLAG = "mixed-language"

PASSAGE = Rule(
    id="mixed-language.passage",
    severity=Severity.WARNING,
    message="A {kind} in another language ({language}) stands untranslated: {quote}",
    why="A passage left in another language was published unread, and most readers cannot check it.",
    bad=(
        Example(
            "fr",
            "Le conseil municipal a voté mardi soir la rénovation de la piscine, fermée depuis deux ans. Les travaux commenceront au "
            "printemps et coûteront quatre millions d'euros, selon la mairie. [[The council also decided to raise the price of the tickets "
            "next year.]] L'opposition a quitté la salle avant le vote et demande une réunion publique.",
        ),
        Example(
            "en",
            "The harbour was closed on Monday after a storm tore two boats from their moorings, the port authority said. Nobody was hurt.\n"
            "[[Los vecinos del barrio pidieron ayuda al ayuntamiento porque el agua entró en sus casas durante la noche.]]\n"
            "Ferries are expected to sail again on Wednesday morning, once the wind has dropped and the quay has been cleared.",
        ),
    ),
    good=(
        Example(
            "fr",
            "Le film « The Long Way Home Again » sera projeté vendredi, a annoncé la salle. Le réalisateur, John Smith, viendra de Los Angeles "
            "pour rencontrer le public après la séance, et un débat suivra.",
        ),
    ),
    false_alarms="Long titles without quotation marks; see docs/mixed-language.md for rates.",
)
RULES = (PASSAGE,)


@dataclass(frozen=True, slots=True)
class MixedLanguage:
    """Flags what `passages` finds."""

    name: str = "mixed_language"
    rules: tuple[Rule, ...] = RULES

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Not assessed where the main language could not be told."""
        if article.language is None:
            return {FLAG: not_assessed("too little text to tell its language")}
        return {FLAG: ASSESSED}

    def detect(self, article: Article) -> Iterator[Finding]:
        """One finding for each passage."""
        for passage in article.layer(passages):
            yield article.flag(
                PASSAGE, passage.span, language=passage.language, ratio=passage.ratio, tokens=passage.n_tokens, kind=passage.kind
            )


DETECTOR = MixedLanguage()
