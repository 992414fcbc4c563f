"""Where the subject of an inverted verb begins: behind days, places and whoever was told («a indiqué mardi à la presse le maire»)."""

from credibility.statistics.voice_words import VoiceWords
from credibility.statistics.voices import Judge

# Between a verb and its subject stand at most so many words.
_FARTHEST = 14


class Adverbials:
    """Steps over the adverbials between the verbs and subjects of one article."""

    def __init__(self, using: VoiceWords, judge: Judge, cut: list[bool]) -> None:
        """cut: whether punctuation stands before each token."""
        self.using, self.judge, self.tokens, self.cut = using, judge, judge.tokens, cut

    def behind(self, first: int, number: int, *, is_inverted: bool) -> int | None:
        """The token that a subject begins with behind adverbials; -1 where none stand, None if nothing but an adverbial does.

        number: the token behind the verb; first: the one behind its auxiliaries and the days that follow it.
        """
        words, word = self.using.words, self.tokens.words[first]
        if not words["adverbial"]:
            return -1
        if self.cut[first] and first > number:  # «a annoncé vendredi 24 juillet, le ministère»
            is_noun = word in words["determiners"] or self.judge.is_capital(first)
            return first if is_inverted and is_noun and self.tokens.gaps[first] == ", " else -1
        if word not in words["adverbial"]:
            return -1
        if self.using.bare_clauses or not is_inverted:
            return None if self.using.bare_clauses else -1  # «said at a conference the company had 40 boats»
        return self._subject(first)

    def _subject(self, first: int) -> int | None:
        """The token that a subject begins with: an article behind a noun, or else a capital («sur Twitter Léa Martin»)."""
        tokens, words, found = self.tokens, self.using.words, None
        inside = frozenset().union(*(words[name] for name in ("adverbial", "links", "determiners", "indefinite", "oblique")))
        for at in range(first + 1, min(first + _FARTHEST, len(tokens.words))):
            word, before = tokens.words[at], tokens.words[at - 1]
            if self.cut[at]:
                break
            if before in inside or word in words["adverbial"] or self.is_moment(at):
                continue
            if word in words["determiners"] and not self.judge.is_capital(at) and not tokens.word(at + 1).isdecimal():
                return at
            if found is None and self.judge.is_capital(at):
                found = at
                if self.using.final_auxiliaries:
                    break  # all nouns have a capital
        return found

    def is_moment(self, number: int) -> bool:
        """Whether a token is part of a date or names a time of day: «vendredi (24) juillet», «dimanche matin», «ce matin»."""
        word, days, moments = self.tokens.words[number], self.using.days, self.using.words["moments"]
        before, after = self.tokens.word(number - 1), self.tokens.word(number + 1)
        if word in days or word in moments or (word in self.using.words["determiners"] and after in moments):
            return True
        return word.isdecimal() and (before in days or after in days)
