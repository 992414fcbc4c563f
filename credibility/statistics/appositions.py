"""Who speaks where a comma stands before the verb: «Dennis Kelleher, head of X, said», «The study, published in May, followed»."""

from credibility.statistics.voice_words import VoiceWords
from credibility.statistics.voices import Judge

# Between the head of a sentence and its verb stand at most so many words, in a name fewer.
_FARTHEST = 28
_LONGEST, _LONGEST_NAME = 14, 7
# «LakeBank, its largest lender, said»: words of the name.
_MOST_NAMES = 5


class Appositions:
    """Finds the names that appositions stand beside in one article."""

    def __init__(self, using: VoiceWords, judge: Judge, cut: list[bool], starts: list[int], firsts: list[int]) -> None:
        """cut: whether punctuation stands before each token; starts: of the sentences, in the folded text; firsts: their tokens."""
        self.using, self.judge, self.tokens = using, judge, judge.tokens
        self.cut, self.sentence_starts, self.firsts = cut, starts, firsts

    def named_before(self, number: int, row: int) -> tuple[tuple[int, int] | None, str]:
        """The phrase that speaks for a verb behind a comma, and how it is judged; None and 'nobody' if there is none."""
        head = self.firsts[row]
        if not self.using.cased:
            return None, "nobody"
        quoted = next((n for n in range(number, max(head, number - _FARTHEST), -1) if '"' in self.tokens.gaps[n]), -1)
        if quoted >= 0 and self.tokens.gaps[quoted].strip(" ,").endswith('"'):
            head = quoted  # «"The lake is low," Ana Ruiz, head of the board, said»
        elif self.tokens.starts[head] > self.sentence_starts[row]:
            return None, "nobody"
        if beside := self._beside(number, head):
            return beside, "named"
        day = head + (self.tokens.word(head) in self.using.function_words)
        if self.tokens.word(day) in self.using.days and self._has_comma(day + 1):
            head = day + 1  # «On Monday, Emil Kern, a baker, said»
        if self._has_comma(head + 1) and self.tokens.word(head) not in self.judge.inner_names:
            head += 1  # «However, the ministry, a body of experts, said»
        if self._opens_adverbial(head):  # «Aux Etats-Unis, la députée Léa Martin, élue hier, a proposé»
            head = next((n for n in range(head + 1, min(number, head + _LONGEST_NAME)) if self._has_comma(n)), head)
        farthest = _LONGEST if self.judge.is_body((head, head + 3)) else _LONGEST_NAME
        comma = next((n for n in range(head, min(number, head + farthest)) if self._has_comma(n + 1)), None)
        if comma is None or number - head > _FARTHEST:
            return None, "nobody"
        source = (head, comma + 1)
        if self.judge.is_body(source) and (judged := self.judge.source(source)) != "nobody":
            return source, judged
        is_name = sum(self.judge.is_capital(n) for n in range(*source)) >= 2
        # «Samsung, a maker of phones, has denied»; «However» has a capital only where it opens a sentence
        is_name = is_name or (comma == head and self.tokens.word(head) in self.judge.inner_names)
        return (source, "named") if is_name else (None, "nobody")

    def headed(self, number: int, row: int) -> tuple[int, int] | None:
        """The German name that opens a sentence with an apposition between commas: «Emil Kern, ein Fischer aus Lund, kritisierte …»."""
        head, lists, words = self.firsts[row], self.using.words, self.tokens.words
        commas = [n for n in range(head + 1, number + 1) if "," in self.tokens.gaps[n]]
        if len(commas) != 2 or commas[1] != number or commas[0] - head > _LONGEST_NAME or number - head > _FARTHEST:
            return None
        if self.tokens.starts[head] > self.sentence_starts[row] or words[head] in lists["oblique"] or self._opens_adverbial(head):
            return None
        is_nouns = self.judge.is_capital(commas[0] - 1) and (self.judge.is_capital(number - 1) or ")" in self.tokens.gaps[number])
        phrase = (head, commas[0])
        return phrase if is_nouns and self.judge.source(phrase) in ("named", "unnamed", "group") else None

    def _opens_adverbial(self, number: int) -> bool:
        """Whether a token is a preposition: what it begins does not speak."""
        lists, word = self.using.words, self.tokens.word(number)
        return word in lists["clause"] or (word in lists["links"] and word not in lists["determiners"] and word not in lists["indefinite"])

    def _beside(self, number: int, head: int) -> tuple[int, int] | None:
        """A name between commas beside its title: «After it, LakeBank, its largest lender, said», «…, the mayor, Emil Kern, said»."""
        words, lists = self.tokens.words, self.using.words
        end = next((n for n in range(number, head, -1) if words[n - 1] not in lists["auxiliaries"]), head)
        places = [n for n in range(end, max(head, end - _FARTHEST), -1) if self.cut[n]][:3]
        if len(places) < 3 or not all(map(self._has_comma, places)):
            return None
        closing, opening, start = places
        articles = lists["determiners"] | lists["indefinite"]
        is_article = words[opening] in articles
        start += words[start] in lists["joins"]
        phrase = (start, opening)
        is_short = closing == end and 0 < opening - start <= _MOST_NAMES and self.judge.is_capital(start)
        if is_article and is_short:
            return phrase if self.judge.source(phrase) == "named" else None
        if closing == end and self._ends_with_name(start, opening):
            return phrase  # «…, le spécialiste Yi Fuxian, chercheur à Lund, estime»
        is_title = words[start] in articles and opening - start <= _LONGEST_NAME and self.judge.is_body(phrase)
        is_name = 1 < closing - opening <= _MOST_NAMES and all(map(self.judge.is_capital, range(opening, closing)))
        return phrase if closing == end and is_title and is_name else None

    def _ends_with_name(self, first: int, last: int) -> bool:
        """Whether a short phrase ends with a name of two words behind its title: «le spécialiste Yi Fuxian»."""
        words, lists = self.tokens.words, self.using.words
        is_short = _MOST_NAMES > last - first > 2 and words[first] in lists["determiners"]
        return is_short and self.judge.is_capital(last - 1) and self.judge.is_capital(last - 2)

    def _has_comma(self, number: int) -> bool:
        """Whether a comma or a dash stands before a token."""
        return 0 < number < len(self.tokens.words) and ("," in self.tokens.gaps[number] or "- " in self.tokens.gaps[number])
