"""The words that name a source, as a report shows them: a noun phrase without what only stands beside it, with the name behind a title."""

from credibility.statistics.noun_phrases import Phrase
from credibility.statistics.voice_words import VoiceWords
from credibility.statistics.voices import Judge

# «the director, Ana Maria de la Cruz, said»: words of a name behind a title.
_FEWEST_NAMES, _MOST_NAMES = 2, 5


class Mentions:
    """Shapes the noun phrases of one article."""

    def __init__(self, using: VoiceWords, judge: Judge, cut: list[bool]) -> None:
        """cut: whether punctuation stands before each token."""
        self.using, self.judge, self.tokens, self.cut = using, judge, judge.tokens, cut

    def in_full(self, phrase: Phrase) -> Phrase:
        """The tokens that name who speaks in a phrase."""
        return self._with_name(self._trimmed(phrase))

    def _trimmed(self, phrase: Phrase) -> Phrase:
        """A phrase without the verbs and particles at its ends: «dit le ministre», «some officials have since»."""
        words, using = self.tokens.words, self.using
        first, last = phrase
        while last - first > 1 and self._is_edge(first) and words[first] not in using.articles:
            first += 1
        while last - first > 1 and words[last - 1] in using.function_words and not (using.cased and self.judge.is_capital(last - 1)):
            last -= 1
        return first, last

    def _with_name(self, phrase: Phrase) -> Phrase:
        """A title with the name that follows it between commas: «the director of the office, Anna Kern, said»."""
        first, last = phrase
        gaps, words = self.tokens.gaps, self.tokens.words
        if gaps[last] not in (", ", "، ") or all(map(self.judge.is_capital, range(first, last))):
            return phrase
        end = next((n for n in range(last + 1, min(last + _MOST_NAMES, len(words)) + 1) if self.cut[n]), 0)
        if end - last < _FEWEST_NAMES or any(word[0].isdigit() for word in words[last:end]):
            return phrase
        if not self.using.cased:
            is_name = gaps[end] == "، " and self.tokens.word(end) in self.using.words["speech"]
            return (first, end) if is_name and not any(word in self.using.function_words for word in words[last:end]) else phrase
        small = [n for n in range(last, end) if not self.judge.is_capital(n)]
        is_name = last not in small and end - 1 not in small and all(words[n] in self.using.function_words for n in small)
        return (first, end) if is_name and not self.using.days.any_of(words[last:end]) else phrase

    def _is_edge(self, number: int) -> bool:
        """Whether a word is a verb or particle and not part of a name («US»)."""
        word, lists = self.tokens.words[number], self.using.words
        if self.using.cased and self.judge.is_capital(number) and number not in self.judge.opening:
            return False
        if self.tokens.beside[number + 1] in lists["unnamed"]:
            return word in lists["says"]  # «De nombreux experts»
        return word in lists["says"] or word in lists["auxiliaries"] or word in self.using.function_words
