"""machine-translation: passages that show a text to have been translated by an engine, and pages that say so.

What the packs list under `machine-translation` (declarations, labels of the page) is matched by the phrase detector for the
article's own language. This one matches the declarations of every language, since a French article may say in English how it
was made, and flags the marks of `credibility.translation.artefacts`. Each rule here was kept because human text does not show it: see
`false_alarms`, counted in `tests/benchmarks/artefact_rates.py`.
"""

from collections.abc import Iterator, Mapping

from credibility.detector import ASSESSED, NOT_APPLICABLE, not_assessed
from credibility.document import Finding, Severity, Span
from credibility.lexicon import n_words
from credibility.rules import Example, Rule
from credibility.segment import Article
from credibility.translation.artefacts import artefacts
from credibility.translation.declarations import declarations
from credibility.translation.examples import BAD_STYLE, BAD_WHOLE, GOOD_WHOLE
from credibility.translation.probability import VERDICT_WORDS, judgement, model, weightiest

FLAG = "machine-translation"

DECLARED = Rule(
    id=f"{FLAG}.declared",
    severity=Severity.ERROR,
    message="The page declares a machine translation: {quote}",
    why="The page itself says that no person wrote these sentences in this language.",
    bad=(
        Example("fr", "Le port de Sète a rouvert mardi matin.\n[[This article was automatically translated from]] English."),
        Example("ar", "أعيد فتح الميناء صباح الثلاثاء بعد العاصفة.\n[[This page has been translated by Google Translate]]."),
        Example("en", "The port opened again on Tuesday.\n[[Cet article a été traduit automatiquement]]."),
    ),
    good=(
        Example("fr", 'Le site affichait "This article was automatically translated" au-dessus de chaque dépêche.'),
        Example("en", "The French page was called «Traduction automatique et presse», she said."),
    ),
    false_alarms="0 of 19,151 human texts in fr, ar, en, es, de and ru; a page that explains its own translations may do it.",
)
GLUED = Rule(
    id=f"{FLAG}.glued-punctuation",
    severity=Severity.WARNING,
    message="A full stop and a comma meet in the middle of a sentence: {quote}",
    why="An engine translated the two halves as sentences of their own, and they were put together again unread.",
    bad=(
        Example("fr", "Le ministère a réuni les pêcheurs pour parler du [[port. , en]] présence du maire."),
        Example("en", "It is the first time that they buy a filter for the [[boat. , there]] are always small black grains."),
    ),
    good=(
        Example("fr", "Les sociétés Durand et Cie., Lenoir S.A. et Blanc, etc., ont signé."),
        Example("en", "He arrived at 8 a.m., went to Acme Inc., and left."),
    ),
    false_alarms="1 of 19,151 human texts (a manual of a programming library, in Arabic); 4 of 14,145 machine translations.",
)
BROKEN = Rule(
    id=f"{FLAG}.broken-phrase",
    severity=Severity.WARNING,
    message="A full stop cuts a phrase in two, behind its {kind}: {quote}",
    why="No sentence ends there: the line was cut before an engine translated it.",
    bad=(
        Example("fr", "Ils vendent des produits tels que [[les faux. passeports]] et des pièces de moteur."),
        Example("en", "The agency warned of [[the. dangers]] that the new route brings."),
        Example("es", "La policía habló de [[los. riesgos]] que trae la nueva ruta."),
        Example("de", "Die Behörde sprach von [[den neuen. wegen]] über den Fluss."),
    ),
    good=(
        Example("fr", "Ce ne sont pas des vrais, ce sont des faux. Passeports et pièces ont été saisis."),
        Example("fr", "Il en voulait un pour lui. il l'a eu."),
        Example("en", "Please choose one of these:\na. the first way\nb. the second way"),
        Example("en", "All of you, all. of. you, must go."),
    ),
    false_alarms="1 of 19,151 human texts (a manual, in French); enumerations by letters may do it.",
)
DOUBLED = Rule(
    id=f"{FLAG}.doubled-article",
    severity=Severity.WARNING,
    message="Two determiners before one noun, the second with a capital: {quote}",
    why="The second one opened a sentence of its own when it was translated; a quotation or a link had been cut out.",
    bad=(
        Example("fr", "C'est le résultat [[de la « La pêche]] constante des passeurs » dans la région."),
        Example("fr", "Le maire a parlé [[de la La situation]] du port."),
        Example("en", "They spoke of [[the “The constant]] activity of smugglers” in the area."),
    ),
    good=(
        Example("fr", "Elle a revu « La Haine » et lu le « Monde » ; l'affaire fait la Une des journaux."),
        Example("fr", "Le directeur du « Le Havre Presse » a démissionné."),
        Example("en", "She is the “The Voice” singer of the year."),
    ),
    false_alarms="0 of 19,151 human texts. A title with an article of its own and a small letter may do it («le “La vie d'abord”»).",
)
HEADLINE = Rule(
    id=f"{FLAG}.headline-infinitive",
    severity=Severity.WARNING,
    message="An English headline word for word, with an infinitive where a verb is due: {quote}",
    why="«X to do Y» announces in English what X will do; French has no such form.",
    bad=(Example("fr", "[[La Norvège à construire un]] nouveau port dans le nord\nLe ministre l'a annoncé mardi."),),
    good=(
        Example("fr", "La Norvège va construire un nouveau port dans le nord\nLe ministre l'a annoncé mardi."),
        Example("fr", "Une Norvège à découvrir sans attendre\nLes fjords en hiver."),
        Example("fr", "Le Portugal cherche à construire un nouveau port."),
    ),
    false_alarms="0 of 5,084 human texts in French, few of them headlines.",
)
REPEATED = Rule(
    id=f"{FLAG}.repeated-words",
    severity=Severity.WARNING,
    message="The same words stand twice without a break: {quote}",
    why="Engines stutter where the source has a word they do not know; a writer would have seen it.",
    bad=(
        Example("fr", "Les ministres [[des villes des villes]] de la région se réunissent jeudi."),
        Example("en", "The cadres [[of the committee of the committee]] were marked."),
        Example("ru", "Это одна из [[самых низких самых низких]] оценок."),
    ),
    good=(
        Example("fr", "Il pleut encore et encore et encore, et il fera de plus en plus en plus froid."),
        Example("en", "New York New York was sung again and again and again."),
        Example("en", "I know I know, said the only the only witness."),
    ),
    false_alarms="7 of 19,151 human texts, slips of the hand; 36 of 14,145 machine translations. Minutes of spoken words repeat more.",
)
FOREIGN = Rule(
    id=f"{FLAG}.foreign-letters",
    severity=Severity.WARNING,
    message="{kind} inside the words: {quote}",
    why="Characters of the source were left over where the engine did not know the word.",
    bad=(
        Example("en", "The sultan sent the [[warshipエル]] to the north that year."),
        Example("en", "In the view of the [[mayor，such]] bridges are not safe."),
    ),
    good=(
        Example("en", "The dynasty (秦朝) fell; Zen第2版 is on sale."),
        Example("ja", "新しいiPhoneのケースが発売されました。"),
    ),
    false_alarms="0 of 19,151 human texts; 6 of 14,145 machine translations.",
)
TOKEN = Rule(
    id=f"{FLAG}.engine-token",
    severity=Severity.WARNING,
    message="A token of a translation engine was left in the text: {quote}",
    why="Engines write such tokens for what they cannot spell; no keyboard does.",
    bad=(Example("en", "The [[<unk>]] river rose again, and a long [[@-@]] term plan is missing."),),
    good=(Example("en", "Write to mail@example.org <mailbox> now."),),
    false_alarms="0 of 19,151 human texts; 1 of 14,145 machine translations.",
)
SPACING = Rule(
    id=f"{FLAG}.spacing",
    severity=Severity.WARNING,
    message="A space inside {kind}: {quote}",
    why="Engines take times and numbers apart and put them together with a space; people do not.",
    bad=(
        Example("en", "The gates opened at [[16: 00]] on Tuesday for some [[20, 000]] people."),
        Example("fr", "Le menu de [[l' espace]] partenaires et celui de [[l' agence]] ont changé."),
    ),
    good=(
        Example("en", "The gates opened at 16:00 for 10, 100 and 200 people."),
        Example("fr", "Le menu de l' espace partenaires a changé."),
    ),
    false_alarms="5 of 19,151 human texts; 104 of 14,145 machine translations. Indian papers write «4, 000».",
)
UNTRANSLATED = Rule(
    id=f"{FLAG}.untranslated",
    severity=Severity.WARNING,
    message="The text changes its language ({kind}) in the middle of a sentence: {quote}",
    why="People change language between sentences or in quotation marks; an engine that stops leaves the rest as it was.",
    bad=(
        Example(
            "fr",
            "Le ministre a présenté le nouveau port aux pêcheurs de la région mardi matin, avant une longue réunion avec les élus. "
            "[[The works will begin in the spring and they should be finished within two years if the weather allows it, especially since "
            "the company that builds the bridge]] et les routes de la vallée a déjà envoyé ses ouvriers sur place, selon la mairie.",
        ),
    ),
    good=(
        Example(
            "fr",
            "Le ministre a présenté le nouveau port aux pêcheurs de la région mardi matin. Il a cité le premier ministre britannique : "
            "« We will build it together with our friends, and we will do it within two years. » Puis il est reparti vers la capitale.",
        ),
    ),
    false_alarms="1 of some 3,400 human texts, a caption; 12 of some 2,500 machine translations; 0 of 1,824 news pages.",
)
STYLE = Rule(
    id=f"{FLAG}.style",
    severity=Severity.NOTE,
    message="Reads like a machine translation (probability {probability}); what weighs most: {phrases}",
    why="Engines prefer certain connectives and turns; people who translate carefully use some of them too.",
    bad=BAD_STYLE,
    good=GOOD_WHOLE,
    false_alarms="At most 5% of human texts in each data set held out; more in manuals of software.",
)
VERDICT = Rule(
    id=f"{FLAG}.article",
    severity=Severity.WARNING,
    message="Words and marks together say that a machine translated this article (probability {probability}); what weighs most: {phrases}",
    why="A translation that nobody read can say the opposite of its source.",
    bad=BAD_WHOLE,
    good=GOOD_WHOLE,
    false_alarms="At most 0.5% of human originals and 1% of human translations of 120 words and more, data sets held out.",
)
MARKS = {rule.id.partition(".")[2]: rule for rule in (GLUED, BROKEN, DOUBLED, HEADLINE, REPEATED, FOREIGN, TOKEN, SPACING, UNTRANSLATED)}


class MachineTranslation:
    """Flags declarations in any language, the marks of machine translation, and what they and the words say of the whole."""

    name: str = FLAG
    rules: tuple[Rule, ...] = (DECLARED, *MARKS.values(), STYLE, VERDICT)

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Assessed where something is found, or the article is long enough for the model of its language; else the reason."""
        if not article.layer(n_words):
            return {FLAG: NOT_APPLICABLE}
        if article.document.translated_by or len(article.layer(declarations)) + len(article.layer(artefacts)):
            return {FLAG: ASSESSED}
        if model(article.language) is None:
            named = f"language {article.language!r}" if article.language else "an unknown language"
            return {FLAG: not_assessed(f"no model for {named}; only declarations and broken phrases were looked for, none found")}
        if article.layer(n_words) < VERDICT_WORDS:
            return {FLAG: not_assessed(f"{article.layer(n_words)} words are too few to judge; at least {VERDICT_WORDS} are needed")}
        return {FLAG: ASSESSED}

    def detect(self, article: Article) -> Iterator[Finding]:
        """One finding for each declaration and mark, and one for the whole article where that is certain enough."""
        for span in article.layer(declarations):
            yield article.flag(DECLARED, span)
        if translator := article.document.translated_by:
            # Markup has no words to quote: the first block stands for the page.
            yield from (article.flag(DECLARED, block.span, translator=translator) for block in article.blocks[:1])
        for mark in article.layer(artefacts):
            yield article.flag(MARKS[mark.rule], mark.span, kind=mark.kind)
        yield from _whole(article)


def _whole(article: Article) -> Iterator[Finding]:
    """The verdict on the article, or else the note on its style, if its words and marks reach the thresholds of the model."""
    using, judged = model(article.language), article.layer(judgement)
    if using is None or judged is None or judged.from_words is None or judged.words < VERDICT_WORDS:
        return
    verdict = judged.logit >= using.card.verdict
    if not verdict and judged.from_words < using.card.style:
        return
    spans = list(weightiest(article))
    phrases = " · ".join(article.text[start:end] for start, end in spans)
    # No model is certain: the thousandths that its calibration cannot tell from 1 are not claimed.
    said, marks = min(round(judged.probability, 3), 0.999), ", ".join(judged.marks)
    if verdict:
        whole = Span(article.blocks[0].span.start, article.blocks[-1].span.end)
        yield article.flag(VERDICT, whole, confidence=said, probability=said, phrases=phrases, marks=marks)
    elif spans:
        yield article.flag(STYLE, spans[0], confidence=said, probability=said, phrases=phrases, marks=marks)


DETECTOR = MachineTranslation()
