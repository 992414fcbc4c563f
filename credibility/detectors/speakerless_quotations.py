"""Long quotations of which the article says nowhere near who speaks.

Quiet wherever anything around may name a speaker: an attribution, a verb of speech, a document or body, a dash or colon in front, or
another quotation that this one may go on from.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from credibility.detector import ASSESSED, not_assessed
from credibility.document import Finding, Severity, Span
from credibility.lexicon import Tokens, tokens
from credibility.rules import Example, Rule
from credibility.segment import Article
from credibility.statistics.attribution import attributions
from credibility.statistics.stretches import CLOSING, OPENING, quotations
from credibility.statistics.voice_words import VoiceWords, voice_words

FLAG = "quotation"
# Shorter ones are names, titles and words set apart: names of laws have up to 16. Of 6,236 ordinary news articles in six languages 14
# are noted (`rules/alarms.toml`).
_FEWEST_WORDS = 18
# Sentences before and behind a quotation in which its speaker may stand.
_AROUND = 1
_INTRODUCES = (":", "–", "—", "-")
_SPEECH = ("says", "gerunds", "evidential", "hearsay", "documents", "institutions", "unnamed", "pronouns")

NO_SPEAKER = Rule(
    id=f"{FLAG}.no-speaker",
    severity=Severity.NOTE,
    message="Quotes at length and does not say whom: {quote}",
    why="Words in quotation marks are somebody's; without a name the reader cannot tell whose, and nobody can be asked.",
    bad=(
        Example(
            "en",
            "The bay was calm on Sunday. [[“Nobody had thought that the old ferry would ever cross the bay again after all that happened "
            "in that long winter.”]] The bay was calm on Monday, too.",
        ),
        Example(
            "fr",
            "La baie était calme dimanche. [[« Personne ne pensait que le vieux bac traverserait encore la baie après tout ce qui était "
            "arrivé pendant ce long hiver. »]] La baie était calme lundi aussi.",
        ),
    ),
    good=(
        Example(
            "en",
            "The bay was calm on Sunday. “Nobody had thought that the old ferry would ever cross the bay again after all that happened "
            "in that long winter,” said Ana Ruiz. The bay was calm on Monday, too.",
        ),
        Example(
            "en",
            "Ana Ruiz said the bay was calm. “Nobody had thought that the old ferry would ever cross the bay again after all that "
            "happened in that long winter.” The bay was calm on Monday, too.",
        ),
        Example(
            "en",
            "The bay was calm on Sunday. Ana Ruiz: “Nobody had thought that the old ferry would ever cross the bay again after all that "
            "happened in that long winter.” The bay was calm on Monday, too.",
        ),
        Example("fr", "La baie était calme dimanche. « Le vieux bac » n'a pas traversé. La baie était calme lundi aussi."),
    ),
)


@dataclass(frozen=True, slots=True)
class SpeakerlessQuotations:
    """Notes long quotations without a speaker."""

    name: str = "speakerless_quotations"
    rules: tuple[Rule, ...] = (NO_SPEAKER,)

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Not assessed in a language without [attribution]."""
        missing = f"no voices known for language {article.language!r}" if article.language else "language unknown"
        return {FLAG: ASSESSED if voice_words(article.language) else not_assessed(missing)}

    def detect(self, article: Article) -> Iterable[Finding]:
        """One note for each quotation that stands alone."""
        using = voice_words(article.language)
        if using is None:
            return
        items: Tokens = article.layer(tokens)
        starts = [sentence.start for sentence in article.sentences]
        # One that its block leaves open goes on elsewhere.
        whole = (q for q in article.layer(quotations) if article.text[q.start] in OPENING and article.text[q.end - 1] in CLOSING)
        quoted = [q for q in whole if _n_words(article, items, q) >= _FEWEST_WORDS]
        voices = article.layer(attributions) if quoted else ()
        for quotation in quoted:
            first = max(0, bisect_right(starts, quotation.start) - 1 - _AROUND)
            last = min(len(starts) - 1, bisect_right(starts, quotation.end - 1) - 1 + _AROUND)
            voiced = any(first <= voice.sentence <= last and not quotation.covers(voice.cue) for voice in voices)
            if not voiced and _stands_alone(article, using, items, quotation, first, last):
                yield article.flag(NO_SPEAKER, quotation)


def _n_words(article: Article, items: Tokens, span: Span) -> int:
    """Words of a stretch of the source."""
    view = article.folded
    return items.at(view.folded(span.end)) - items.at(view.folded(span.start))


def _stands_alone(article: Article, using: VoiceWords, items: Tokens, quotation: Span, first: int, last: int) -> bool:
    """Whether nothing in the sentences from `first` to `last` around a quotation may name its speaker."""
    text, view = article.text, article.folded
    start, end = view.folded(quotation.start), view.folded(quotation.end)
    low, high = article.folded_sentences[first].start, article.folded_sentences[last].end
    if text[: quotation.start].rstrip().endswith(_INTRODUCES) or '"' in view.text[low:start] or '"' in view.text[end:high]:
        return False
    around = items.words[items.at(low) : items.at(start)] + items.words[items.at(end) : items.at(high)]
    bare = [word.removeprefix(particle) for particle in using.proclitics for word in around]
    return not any(using.words[name].any_of([*around, *bare]) for name in _SPEECH)


DETECTOR = SpeakerlessQuotations()
