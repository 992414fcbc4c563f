"""Which acts fix a figure: deeds of somebody with a name, trades of a body, and what either will do."""

from bisect import bisect_right

from credibility.statistics.noun_phrases import Phrase
from credibility.statistics.subjects import Subjects
from credibility.statistics.verbs import LONGEST_FRAME
from credibility.statistics.voice_words import VoiceWords

# «arrested 15 people»: words behind a trade among which what it counts stands.
_FARTHEST_OBJECT = 8
# «will also buy»: words before an infinitive among which its auxiliary stands.
_FARTHEST_AUXILIARY = 2


class Deeds:
    """Answers questions about the acts of one article, each told by the number of its verb's token."""

    def __init__(self, using: VoiceWords, subjects: Subjects) -> None:
        self.using, self.subjects, self.judge, self.tokens = using, subjects, subjects.judge, subjects.tokens

    def is_one(self, number: int, verb: str, kind: str) -> bool:
        """Whether a verb is an act as far as can be told without its subject: an infinitive is planned, a deed has a figure."""
        if kind == "planned" and not self._is_planned(number):
            return False
        if verb not in self.using.of_figures:
            return True
        if self.tokens.word(number - 1) in self.using.words["reflexives"]:
            return False  # «se eliminará»
        return self._has_figure(number, near=verb in self.using.words["trades"])

    def _is_planned(self, number: int) -> bool:
        """Whether an infinitive tells what somebody will do: «will buy», «wird … kaufen»."""
        future, first = self.using.words["future"], number - _FARTHEST_AUXILIARY
        if self.using.final_auxiliaries:
            start = self.subjects.firsts[max(0, bisect_right(self.subjects.firsts, number) - 1)]
            first = max(start, number - LONGEST_FRAME)
        return future.any_of(self.tokens.words[max(0, first) : number])

    def _has_figure(self, number: int, *, near: bool) -> bool:
        """Whether a number stands around a verb, or near behind it: a deed that fixes none need not be heard."""
        words = self.tokens.words[number + 1 : number + 1 + _FARTHEST_OBJECT]
        if not near:
            words = self.tokens.words[max(0, number - LONGEST_FRAME) : number + 1 + 2 * LONGEST_FRAME]
        return not (self.subjects.digits.isdisjoint(words) and self.using.counting.isdisjoint(words))

    def may_decide(self, verb: str, subject: Phrase, *, is_agent: bool = False) -> bool:
        """Whether an act with this subject is a decision: most with any, else one of a body or a name («prices will double»).

        is_agent: whether the subject stands behind a passive, where a name must begin it: «condemned for (the murder of Kern)».
        """
        lists = self.using.words
        if verb not in self.using.of_figures:
            return True
        is_trade = verb in lists["trades"]
        if is_trade and self.tokens.word(subject[0] - 1) in lists["breaks"]:
            return False  # «the house that the office bought»
        words = list(map(self.judge.bare, self.tokens.words[slice(*subject)]))
        if any(lists[name].any_of(words) for name in ("institutions", "documents")):
            return True
        if is_trade or self.using.final_auxiliaries or not self.using.cased:
            return False  # in German all nouns have a capital
        names, inner = self.judge.names, self.judge.inner_names
        if is_agent:
            return names[subject[0]]
        return any(names[n] and (n not in self.judge.opening or self.tokens.words[n] in inner) for n in range(*subject))

    def object_end(self, number: int) -> int:
        """Where in the folded text ends what a trade covers: «bought 40 boats (after 300 had been lost)»."""
        breaks, joins, last = self.using.words["breaks"], self.using.words["joins"], number + 1
        while last <= number + _FARTHEST_OBJECT and not self.subjects.cut[last]:
            if self.tokens.words[last] in breaks or self.tokens.words[last] in joins:
                break
            last += 1
        return self.tokens.ends[last - 1]
