"""Whom an attribution means that only points back («he said», «dit-il»), and on whom a voice relies that passes on another's words."""

from itertools import pairwise

from credibility.document import Span
from credibility.segment import Article
from credibility.statistics.attribution import Attribution, attributions
from credibility.statistics.voice_words import voice_words
from credibility.statistics.wording import words_of

# The kinds of attribution by which somebody speaks.
SAID = ("saying", "according")
# Characters between two words, a quotation mark included.
_NEXT = 2


class Antecedents:
    """The antecedents of the attributions of one article. bare: those whose words name nobody."""

    def __init__(self, article: Article) -> None:
        self.article, self.using = article, voice_words(article.language)
        self._attributions = article.layer(attributions)
        self._before = self._antecedents()
        self._origins = self._relied_on()
        self.bare = frozenset(a for a in self._before if a.source is None or self._is_pronoun(a.source))

    def resolved(self, attribution: Attribution) -> Attribution:
        """The attribution, or for one without words of its own the last that names the source."""
        found = self._before.get(attribution, attribution) if attribution.source is None else attribution
        return self._origins.get(found, found)

    def in_full(self, attribution: Attribution) -> Attribution:
        """The attribution, or for one whose words name nobody («he», «lui») the last that names the source."""
        found = self._before.get(attribution, attribution) if attribution in self.bare else attribution
        return self._origins.get(found, found)

    def _antecedents(self) -> dict[Attribution, Attribution]:
        """For each attribution that only points back, the last one that names its source, else the first of the article.

        One without words of its own goes on for whoever its sentence names, if only with a pronoun: «dit-il, notant que …».
        """
        naming = [a for a in self._attributions if a.named and not a.pronoun and a.source and a.kind in SAID]
        last, spoken, found = naming[0] if naming else None, None, {}
        decides = self.using is not None and bool(self.using.words["gerunds"]) and not self.using.after_verb
        for attribution in self._attributions:
            if attribution.pronoun:
                goes_on = attribution.source is None and spoken is not None and spoken.sentence == attribution.sentence
                if (before := spoken if goes_on else last) is not None:
                    found[attribution] = before
            if attribution.named and attribution.source and (attribution.kind in SAID or decides):
                spoken = attribution  # «the court ruled against it, saying that …»
                last = last if attribution.pronoun or attribution.kind not in SAID else attribution
        return found

    def _relied_on(self) -> dict[Attribution, Attribution]:
        """For each voice that relies on another, that one: «сообщает «Порт» со ссылкой на полицию», «ذكرت الوكالة نقلا عن الوزير»."""
        found = {}
        for voice, origin in pairwise(self._attributions):
            end = max(voice.cue.end, voice.source.end if voice.source else 0)
            is_next = voice.sentence == origin.sentence and end <= origin.cue.start <= end + _NEXT
            if is_next and voice.named and origin.named and origin.kind == "according" and not origin.pronoun and voice.kind in SAID:
                found[voice] = origin
        return found

    def _is_pronoun(self, source: Span) -> bool:
        """Whether a source is pronouns and function words alone."""
        words, using = words_of(self.article, source), self.using
        return using is not None and all(word in using.function_words or word in using.words["pronouns"] for word in words)
