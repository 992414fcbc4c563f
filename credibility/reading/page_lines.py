"""In which line of the markup a text of the page stands: no parser says so, and its words are found again."""

import re

# Up to so many characters of a text are looked for, to where the markup may hold something else: references to characters, the end
# of a line, spaces that are references most of the time.
_WORDS = re.compile("[^&<>\\s\xa0][^&<>\n\r\xa0]{0,31}")
_PLACES = 6  # where they stand, before none of them follows a tag
_MISSES = 20  # texts that are not found, after which no more are looked for: so many cost time linear in the page, as do those found
_SPACES = 200  # characters of white space that are looked back over


class Lines:
    """The lines of texts that are asked for in the order in which they stand.

    >>> lines = Lines("<h1>A</h1>\\n<p>B &amp; C</p>")
    >>> lines.of("A"), lines.of("B & C"), lines.of("not there")
    (1, 2, 2)
    """

    __slots__ = ("at", "line", "markup", "misses")

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at, self.line, self.misses = 0, 1, 0

    def of(self, text: str) -> int:
        """The line of a text, which follows a tag or a reference; that of the text before it if it is not found."""
        words = _WORDS.search(text)
        if words is None or self.misses >= _MISSES:
            return self.line
        at = self.at
        for _ in range(_PLACES):
            at = self.markup.find(words[0], at)
            if at < 0:
                break
            if self.follows_a_tag(at):
                self.line += self.markup.count("\n", self.at, at)
                self.at = at
                return self.line
            at += 1
        self.misses += 1
        return self.line

    def follows_a_tag(self, at: int) -> bool:
        """Whether a tag or a reference ends where the words at `at` begin, but for white space."""
        before = self.markup[at - 1 : at]
        if before.isspace():
            before = self.markup[max(0, at - _SPACES) : at].rstrip()[-1:]
        return before in (">", ";", "")
