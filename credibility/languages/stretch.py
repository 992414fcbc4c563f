"""A run of tokens in another language, and whether it looks like running text.

Names, titles, references, lists and quotations of a few words are no passages, and what merely drifted into one is cut off.
"""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from credibility.document import Span
from credibility.languages.alphabets import SCRIPT_NAMES
from credibility.languages.identify import REPORTED, Reading
from credibility.languages.model import STEP
from credibility.languages.tokens import BLOCK

LEAST_RATIO = 11.0  # log-likelihood ratio of a passage
LEAST_WORDS = 5  # lower-case words that speak for the other language
LEAST_CASELESS = 6  # where capitals do not tell names from words
LEAST_IDEOGRAPHS = 9
MOST_CAPITALS = 0.55
NOUN_CAPITALS = ("de",)  # nouns have capitals, so capitals do not tell names
LEAST_BESIDE_NOUNS = 3
DRIFT = 2.0  # nats: words beyond a quotation mark that say less than this belong to the sentence around
CLEAR = 0.3  # nats: a token that speaks for the other language


class Passage(NamedTuple):
    """A stretch in another language: `ratio` is its log-likelihood ratio against the main language in nats.

    `confidence` grows with it, 0 to 1.
    """

    span: Span
    language: str
    ratio: float
    n_tokens: int
    kind: str

    @property
    def confidence(self) -> float:
        """From 0.8 at the least ratio to 0.99 at three times it; on the articles it was set on fewer were wrong."""
        return round(min(0.99, 0.8 + 0.19 * (self.ratio - LEAST_RATIO) / (2 * LEAST_RATIO)), 2)


class Stretch:
    """A run of tokens that the path gave to another language."""

    def __init__(self, text: str, reading: Reading, main: int, first: int, last: int, column: int) -> None:
        self.text, self.reading, self.main, self.column = text, reading, main, column
        tokens = reading.tokens
        self.first, self.last = first, last
        part = slice(first, last + 1)
        self.start, self.end = int(tokens.start[first]), int(tokens.end[last])
        gain = (reading.evidence[part, column].astype(np.float32) - reading.evidence[part, main]) * reading.weight[part] / STEP
        self.gain = gain
        self.capital = tokens.capital[part]
        self.ratio = float(gain.sum())
        self.n_tokens = last + 1 - first
        self.ideographs = reading.languages[column] in ("zh", "ja")
        self.starts, self.ends = tokens.start[part], tokens.end[part]

    def is_running_text(self) -> bool:
        """Whether enough of it is plain words of the other language, and it is no title, reference or list of names."""
        least = LEAST_IDEOGRAPHS if self.ideographs else LEAST_CASELESS if self._caseless() else LEAST_WORDS
        plain = (self.gain > CLEAR) & ~self.capital
        speaking = plain
        most_capitals = MOST_CAPITALS
        if self.reading.languages[self.column] in NOUN_CAPITALS and int(plain.sum()) >= LEAST_BESIDE_NOUNS:
            speaking = self.gain > CLEAR
            most_capitals = MOST_CAPITALS + 0.1
        if self.ratio < LEAST_RATIO or int(speaking.sum()) < least or float(self.capital.mean()) >= most_capitals:
            return False
        if self._in_brackets() and (self.n_tokens <= self._longest_title or self._is_list()):
            return False
        if self._in_reference() or self._is_organisation() or self._is_enumeration() or self._is_phonetic():
            return False
        titles = self._in_titles()
        if not titles.any():
            return True
        # What remains must be running text by itself: names around a title are a reference.
        outside = speaking & ~titles
        return int(outside.sum()) >= least - 1 and float(self.gain[~titles].sum()) >= LEAST_RATIO

    def _caseless(self) -> bool:
        script = SCRIPT_NAMES[int(self.reading.tokens.script[self.first])]
        return script not in ("Latn", "Cyrl", "Grek", "Armn")

    def speaks(self, first: int, end: int) -> bool:
        """Whether two plain words among these of its tokens speak for the language, and they are no reference, name or list."""
        plain = (self.gain[first:end] > CLEAR) & ~self.capital[first:end]
        if int(plain.sum()) < 2 or self._cites(int(self.starts[first]), int(self.ends[end - 1])):
            return False
        line = self.part(first, end)
        return not line._is_organisation() and not line._is_enumeration()

    def part(self, first: int, end: int) -> "Stretch":
        """Some of its tokens as a stretch of their own."""
        return Stretch(self.text, self.reading, self.main, self.first + first, self.first + end - 1, self.column)

    @property
    def _longest_title(self) -> int:
        return 14 if self.ideographs else 9

    def _in_brackets(self) -> bool:
        """Whether it stands in brackets or quotation marks that open shortly before it and close shortly after."""
        before = self.text[max(0, self.start - _NEAR) : self.start]
        after = self.text[self.end : self.end + _NEAR]
        if any(c in _OPENING for c in before[-2:]) and any(c in _CLOSING for c in after[:3]):
            return True
        opened = max((before.rfind(c) for c in _PAIRED), default=-1)
        closed = min((at for c in _PAIRED.values() if (at := after.find(c)) >= 0), default=-1)
        if opened < 0 or closed < 0:
            return False
        within = before[opened + 1 :] + after[:closed]
        return "\n" not in within and not set(within) & _BRACKETS

    def _is_phonetic(self) -> bool:
        """Whether it is how a name is spoken, in phonetic letters: signs of stress and length stand in no orthography."""
        return len(_STRESS.findall(self.text, self.start, self.end)) > 1

    def _is_list(self) -> bool:
        """Items between commas that begin with capitals: names of people, papers, institutes."""
        items = [item.strip() for item in re.split(r"[,;،、/|]", self.text[self.start : self.end])]
        return len(items) > 2 and sum(item[:1].isupper() for item in items) >= 0.8 * len(items) and self.n_tokens <= 8 * len(items)

    def _is_organisation(self) -> bool:
        """Whether it is the long name of an organisation: it begins with what such a body is called, and no sentence ends in it."""
        word = self.text[self.start : int(self.ends[0])]
        named = bool(self.capital[0]) or not self.text[self.end : self.end + 3].lstrip(" ")[:1].strip()
        inner = self.reading.tokens.gap[self.first + 1 : self.last + 1]
        return named and self.n_tokens <= _LONGEST_NAME and bool(_ORGANISATION.match(word)) and not inner.any()

    def _is_enumeration(self) -> bool:
        """Whether it is one of several measures, prices, addresses or titles in a row."""
        if any(mark in self.text[self.end - 1 : self.end + 1] for mark in _SENTENCE_END):
            return False
        start, end = self._line()
        line = self.text[start:end]
        numbers = len(_NUMBER.findall(self.text, self.start, min(end, self.end + 12)))
        apart = _ITEM_END.search(self.text, self.start, self.end) or len(_MEASURE.findall(self.text, self.start, self.end)) > 2
        if numbers >= 2 and numbers >= 0.2 * self.n_tokens and apart:
            return True
        items = [item.strip(" \t«»“”„\"'0123456789.–—") for item in _ITEM_APART.split(line)]
        return (
            len(items) > 2
            and not _FULL_STOP.search(line)
            and len(line) <= _LONGEST_REFERENCE
            and sum(item[:1].isupper() for item in items) >= 0.8 * len(items)
        )

    def _line(self) -> tuple[int, int]:
        """Where the lines that it begins and ends in begin and end, at most 300 characters away."""
        start = max(self.text.rfind("\n", max(0, self.start - _LONGEST_REFERENCE), self.start) + 1, self.start - _LONGEST_REFERENCE, 0)
        end = self.text.find("\n", self.end, self.end + _LONGEST_REFERENCE)
        return start, end if end >= 0 else min(len(self.text), self.end + _LONGEST_REFERENCE)

    def _in_reference(self) -> bool:
        """Whether its line cites a publication."""
        return self._cites(self.start, self.end)

    def _cites(self, first: int, last: int) -> bool:
        start = self.text.rfind("\n", max(0, first - _NEAR), first) + 1 or max(0, first - _NEAR)
        end = self.text.find("\n", last, last + _NEAR)
        around = self.text[start : min(len(self.text), last + _NEAR) if end < 0 else end]
        return last - first <= _LONGEST_REFERENCE and len({hit.lastgroup for hit in _REFERENCE.finditer(around)}) >= 2

    def _in_titles(self) -> NDArray[np.bool_]:
        """Its tokens that stand in a short quotation or bracket without a sentence end: a title, a slogan, an institute."""
        out = np.zeros(self.n_tokens, np.bool_)
        begin = max(0, self.start - _NEAR, self.text.rfind("\n", max(0, self.start - _NEAR), self.start) + 1)
        for hit in _QUOTED.finditer(self.text, begin, min(len(self.text), self.end + _NEAR)):
            inside = (self.starts >= hit.start()) & (self.starts < hit.end())
            near = self.text[max(0, hit.start() - 60) : hit.start()] + self.text[hit.end() : hit.end() + 60]
            longest = _LONGEST_CITED_TITLE if _REFERENCE.search(near) else self._longest_title
            if int(inside.sum()) <= longest and hit.group().rstrip('»”"“」』》 ')[-1:] not in _SENTENCE_END:
                out |= inside
        return out

    def passage(self) -> Passage:
        """The stretch with the punctuation that closes it; quotation marks and brackets only where both of a pair are inside."""
        start, end = self.start, self.end
        opening = start - 1 - (self.text[start - 1 : start] in _SPACES)
        if 0 <= opening < start and (closing := _PAIRED.get(self.text[opening])) and closing in self.text[start:end]:
            start = opening
        while (
            end < min(len(self.text), self.end + 6)
            and (mark := self.text[end]) in _TRAILING
            and (mark in _SENTENCE_END or self._opens(mark, start))
        ):
            end += 1
        code = self.reading.languages[self.column]
        return Passage(Span(start, end), REPORTED.get(code, code), round(self.ratio, 1), self.n_tokens, self._kind())

    def _opens(self, closing: str, start: int) -> bool:
        """Whether the pair of this closing mark is opened inside and not closed yet."""
        inside = self.text[start : self.end]
        if closing == '"':
            return inside.count(closing) % 2 == 1
        return sum(inside.count(c) for c in _CLOSED_BY[closing]) > inside.count(closing)

    def _kind(self) -> str:
        """'paragraph' between line breaks, 'sentence' between sentence ends, else 'clause'."""
        gap = self.reading.tokens.gap
        after = int(gap[self.last + 1]) if self.last + 1 < len(gap) else BLOCK
        edge = min(int(gap[self.first]), after)
        return ("clause", "sentence", "paragraph")[edge]


def trimmed(stretch: Stretch) -> Stretch:
    """The stretch without what only drifted into it: whole lines of names or references, one or two words beyond a quotation."""
    gap = stretch.reading.tokens.gap[stretch.first + 1 : stretch.last + 1]
    edges = [0, *(np.flatnonzero(gap == BLOCK) + 1).tolist(), stretch.n_tokens]
    while len(edges) > 2 and not stretch.speaks(edges[0], edges[1]):
        edges.pop(0)
    while len(edges) > 2 and not stretch.speaks(edges[-2], edges[-1]):
        edges.pop()
    first, end = edges[0], edges[-1]
    starts, ends, text = stretch.starts, stretch.ends, stretch.text
    for drifted in (2, 1):
        weak = float(stretch.gain[end - drifted : end].sum()) < DRIFT
        if weak and end - first > 2 * drifted and set(text[ends[end - drifted - 1] : starts[end - drifted]]) & _CLOSES:
            end -= drifted
            break
    for drifted in (2, 1):
        weak = float(stretch.gain[first : first + drifted].sum()) < DRIFT
        if weak and end - first > 2 * drifted and set(text[ends[first + drifted - 1] : starts[first + drifted]]) & _OPENS:
            first += drifted
            break
    if first == 0 and end == stretch.n_tokens:
        return stretch
    return stretch.part(first, end)


_OPENING_QUOTES = '«“„"「『《'
_CLOSING_QUOTES = '»”"“」』》'
_OPENING = _OPENING_QUOTES + "(（["
_CLOSING = _CLOSING_QUOTES + ")）],"
_TRAILING = '.!?…。！？؟۔।"»”“’)）]」』》'
_SENTENCE_END = tuple(".!?…。！？؟۔।")
_QUOTED = re.compile(
    "|".join(f"\\{pair[0]}[^{pair}\\n]{{1,160}}\\{pair[1]}" for pair in ("()", "«»", "“”", "「」", "『』", "《》"))
    + '|„[^„“”\\n]{1,160}[“”]|"[^"\\n]{1,160}"'
)
_LONGEST_CITED_TITLE = 16
_LONGEST_REFERENCE = 300  # characters
_LONGEST_NAME = 16
_STRESS = re.compile("[ˈˌː]")
# What bodies are called, as the first word of their names.
_ORGANISATION = re.compile(
    r"(?:Union|Uni[oó]n|Organi[sz]a|Associa|Asocia|Soci[eé]t|Societ|Sociedad|Gesellschaft|F[eé]d[eé]ra|Confed|Conf[eé]d|Comit|Commission|"
    r"Comisi|Conse[ij]|Council|Committee|Institut|Instytut|Academ|Acad[eé]m|Akadem|Universi|Fund|Fond|Found|Minist|Labora|Labor|Centr|Zentr|"
    r"Agen[ct]|Agência|Autorit|Autorid|Authority|Bund|Verband|Verein|Deutsche|Department|D[eé]part|Direc[tc]|Office|Oficina|Offic|Conf[eé]rence|"
    r"Part[iye]|Mouvement|Movim|Movement|Bewegung|Allian|Alianza|Front|Frente|Ligue|Liga|League|Ban[ckq]|Royal|Nation|Nacion|Parlament|"
    r"Lehrstuhl|Партия|Движение|حزب|حركة|بنك|Школ|Организац|Министерств|Институт|Академи|Университет|Комитет|Федераци|Ассоциац|Общество|Союз|Фонд|Центр|Агентств|Служб|"
    r"Управлен|Комисси|Совет|منظمة|وزارة|جامعة|معهد|جمعية|مجلس|مركز|مؤسسة|هيئة|اتحاد|لجنة)"
)
_NUMBER = re.compile(r"\d[\d.,:]*")
_ITEM_END = re.compile(r"[;|\n·•]|\s[/–—-]\s")
_ITEM_APART = re.compile(r"[,;|·•]|\s[/–—-]\s")
_MEASURE = re.compile(r", \d[\d/.]* \w")
_FULL_STOP = re.compile(r"[.!?…。！？؟۔।](?:\s|$)")
_NEAR = 60
_PAIRED = {"(": ")", "（": "）", "«": "»", "“": "”", "„": "“", "「": "」", "『": "』", "《": "》"}
_OPENS, _CLOSES = {*"(（«„「『《"}, {*")）»」』》"}  # those that only open or only close
_CLOSED_BY = {")": "(", "）": "（", "»": "«", "”": "“„", "“": "„", "]": "[", "」": "「", "』": "『", "》": "《", "’": "‘"}
_SPACES = (" ", "\u00a0", "\u202f")
_BRACKETS = {*_PAIRED, *_PAIRED.values()}
_REFERENCE = re.compile(
    r"(?P<number>^\s*(?:\[\d{1,3}\]|\d{1,3}\.)\s)|(?P<others>\bet al\b|\bu\.\s?a\.|\bи др\.)|(?P<year>\b(?:1[89]|20)\d\d\b)"
    r"|(?P<pages>\b(?:pp?|S|с|стр|págs?|vol|no|nr|№|Bd|Jg|Heft|t)\.\s?\d)|(?P<id>\b(?:doi|ISBN|ISSN|arXiv)\b)"
    r"|(?P<initials>\b[A-ZА-Я][\w’'-]+,? (?:[A-ZА-Я]\.[ ,-]?){1,3})|(?P<press>\b(?:Press|Verlag|Éditions|Editorial|Journal|Review|Univ)\b)"
)
