"""Repetition: a headline, sentence, paragraph or teaser that stands again, the mark of a page that was pasted and not edited.

A clipping's own habits are not repetition: lines that stand three times and more (advertisement marks, captions, refrains),
labels without an end mark, tables, results and lists, paths through the site, lines that announce a quotation, quotations of the
headline, and whatever a page repeats in its menus, comments and related links. What good pages repeat too (a quotation pulled
out of its paragraph, the summary of a long report) is a note.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from credibility.detector import ASSESSED, NOT_APPLICABLE
from credibility.document import Block, Finding, Severity
from credibility.layout.roles import block_roles
from credibility.repeats import Match, Repeats, Unit, any_alike, sentence_words
from credibility.rules import Example, Rule
from credibility.segment import Article

_HEADLINE_WORDS = 5
_HEADLINE_CHARACTERS = 20
_HEADLINE_BLOCKS = 10  # how far below the first place a headline stands again; further down are lists of links
_LINE_WORDS = 32  # words of the longest headline
_LONGEST_HEADLINE = 48  # words of the line that begins with the headline: beyond, it is the lede
_SENTENCE_WORDS = 9
_SENTENCE_CHARACTERS = 40
_TEASER_WORDS = 8
_FAR = 6_000  # characters: a sentence that comes back after so many is a summary or a chorus of a long report
_NEAR = 600  # characters: a headline that stands again further down is a heading of its part, or a caption
# Characters of a text that is no news: reports sum up, statutes and catalogues use one form again, forums quote. Of 68 pages whose
# article repeats a sentence or paragraph, 27 were longer; nearly all of these did so on purpose, of the others hardly any.
_LONG = 15_000
# Characters of a long block. Headlines stand before the second one: the first may be the site's motto or a teaser (clipping 004).
_BODY = 180
_CUT = re.compile(r"(?:\W{0,3}[^\W_]{1,30})?\W{0,3}(?:\[ ?(?:…|\.\.\.) ?\]|…|\.\.\.)")
_END_MARKS = ".!?…؟۔。！？।"
_CLOSING = "\"'»”’)]\u00a0\u202f "
_QUOTES = "\"'«“„‘"
_OUTSIDE_KINDS = {"navigation", "advertisement", "share", "comments", "newsletter", "cookie", "paywall", "related", "legal", "widget"}
_OUTSIDE_TAGS = {"nav", "li", "td", "th", "dt", "button", "option", "label", "select", "footer", "aside"}

HEADLINE = Rule(
    id="repetition.headline",
    severity=Severity.WARNING,
    message="The headline stands twice: {quote}",
    why="A headline printed twice shows that the page was copied by a machine and read by nobody.",
    false_alarms="Flagged in 59 of 23,508 texts by human authors and translators, nearly all printed twice indeed, as the first words of a "
    "short lede, and in 4 of 2,238 whole pages. Further down it is a note.",
    bad=(
        Example(
            "fr",
            "Le port de Brest rouvre après onze semaines!\n\n[[Le port de Brest rouvre après onze semaines]] : la pêche repart\n\n"
            "Les chalutiers ont repris la mer lundi matin, sous les applaudissements des familles massées le long du quai, et les "
            "premières caisses de poisson ont été vendues à la criée avant midi, selon la direction du port.",
        ),
        Example(
            "fr",
            "ActualitéUn pont neuf relie enfin les deux rives.\n\n[[Un pont neuf relie enfin les deux rives.]]\n\n"
            "Les premiers camions ont franchi le fleuve hier, vingt ans après la promesse faite aux riverains, qui devaient jusque-là "
            "prendre un bac dont le dernier départ avait lieu à dix-huit heures, été comme hiver.",
        ),
        Example(
            "ar",
            "الرئيسية\nرياضة\n\nإغلاق الجسر القديم أمام الشاحنات الثقيلة\n\n[[إغلاق الجسر القديم أمام الشاحنات الثقيلة]]\n\n"
            "أغلقت البلدية صباح أمس الجسر القديم أمام الشاحنات بعد ظهور شقوق في إحدى دعاماته، وفق ما أعلنه رئيسها.\n\n"
            "وقال سائقون إنهم سيسلكون الطريق الشمالي حتى انتهاء الأعمال في الخريف المقبل.",
        ),
        Example(
            "ar",
            "وزير النقل يفتتح الجسر الجديد في المدينة\n[[وزير النقل يفتتح الجسر الجديد في المدينة]]\n"
            "وصلت أولى الشاحنات إلى الضفة الأخرى صباح الإثنين بعد عشرين عاما من الانتظار، فيما رحب السكان بالافتتاح الذي ينهي "
            "اعتمادهم على العبارة القديمة، وقال الوزير إن الأعمال كلفت أقل مما كان متوقعا وإن المرور سيكون مجانيا.",
        ),
        Example(
            "en",
            'Harbour “reopens” after eleven weeks of repairs\n[[Harbour "reopens" after eleven weeks of repairs]]\n'
            "The fishing fleet put to sea before dawn on Monday, cheered by families who had waited on the long quay, and the first "
            "crates were sold at auction before noon, the harbour authority said in a statement.",
        ),
    ),
    good=(
        Example(
            "fr",
            "Le port de Brest rouvre après onze semaines\n\nLe port de Brest a rouvert lundi après onze semaines de travaux, a annoncé la "
            "direction, qui attend une centaine de navires d'ici la fin du mois et promet que les horaires d'avant seront tenus.\n\n"
            "« Le port de Brest rouvre après onze semaines » : le titre du journal local a fait le tour de la ville.",
        ),
        Example("en", "- Advertisement -\nMore from the author\n- Advertisement -\nMore from the author\n- Advertisement -"),
        Example(
            "en",
            "Home / Harbour / The old ferry sails again after eleven weeks\nThe old ferry sails again after eleven weeks\n"
            "The ferry left for the islands before dawn on Monday, cheered by families who had waited on the long quay, and came back at "
            "noon with the post and the first visitors, the harbour authority said in a statement.",
        ),
        Example(
            "en",
            "“We never asked for a new harbour”\nThe mayor of Soulby has turned down the plan of the county once more, in a letter to its "
            "council that she read out on Monday evening in front of the town hall.\n"
            "“We never asked for a new harbour. We asked for a ferry,” she said.",
        ),
        Example(
            "fr",
            "Le doyen de la criée racontait à ses petits-fils :\n« La mer donne, la mer reprend. »\n"
            "Le doyen de la criée racontait à ses petits-fils :\n« Qui part tard rentre tard. »\n"
            "Le recueil de ces paroles, que la commune a fait imprimer, se vend depuis lundi au bureau du port et chez les libraires.",
        ),
        Example("ar", "وزير النقل يفتتح الجسر\nوصلت أولى الشاحنات صباح الإثنين.\nوزير النقل يغادر المدينة بعد الجسر"),
    ),
)

SENTENCE = Rule(
    id="repetition.sentence",
    severity=Severity.WARNING,
    message="This sentence stands twice: {quote}",
    why="A sentence that stands word for word again is a slip of pasting; the second place may have lost what belonged there.",
    false_alarms="Flagged in 12 of 9,081 texts by human authors and in the article text of 22 of 2,238 pages, four or five of them on "
    "purpose; papers and reports that take up a sentence, far below, in an inset or anywhere in 15,000 characters, are a note.",
    bad=(
        Example(
            "fr",
            "Les habitants avaient demandé une digue plus haute dès l'hiver dernier. La mairie n'a pas répondu.\n"
            "Le chantier commence en mai. [[Les habitants avaient demandé une digue plus haute dès l’hiver dernier.]]",
        ),
        Example(
            "ar",
            "طالب السكان ببناء سد أعلى على ضفة النهر منذ الشتاء الماضي. لم ترد البلدية.\n"
            "يبدأ العمل في أيار. [[طالب السكان ببناء سد أعلى على ضفة النهر منذ الشتاء الماضي.]]",
        ),
        Example(
            "en",
            "Residents had asked for a higher dyke as early as last winter. The council did not answer.\n"
            "Work begins in spring. [[Residents had asked for a higher dyke as early as last winter.]]",
        ),
    ),
    good=(
        Example("fr", "Tant va la cruche à l'eau. Le maire a ri. Tant va la cruche à l'eau."),
        Example("ar", "الصبر مفتاح الفرج. ثم غادر. الصبر مفتاح الفرج."),
        Example(
            "en",
            "Final scores: Northport 3, Easton 1, Weston 2, Soulby 2, Harwick 0, Dale 4.\n"
            "Final scores: Northport 3, Easton 1, Weston 2, Soulby 2, Harwick 0, Dale 4.",
        ),
        Example("en", "We will go on. The crowd cheered her for a long time. We will go on. Again they cheered. We will go on."),
    ),
)

PARAGRAPH = Rule(
    id="repetition.paragraph",
    severity=Severity.WARNING,
    message="This passage stands twice: {quote}",
    why="A paragraph printed again shows that nobody read the page, and doubles every figure in it for whoever counts.",
    false_alarms="Flagged in 3 of 9,081 texts by human authors, all doubled indeed, and in the article text of 19 of 2,238 pages, three of "
    "them on purpose; comments that quote others, where not told apart.",
    bad=(
        Example(
            "fr",
            "Le chantier a coûté moins cher que prévu. Les ouvriers sont venus de partout, et la commune les a logés dans l'ancien "
            "lycée.\nLe maire s'en félicite.\n"
            "[[Le chantier a coûté moins cher que prévu. Les ouvriers sont venus de partout, et la commune les a logés dans l’ancien "
            "lycée.]]",
        ),
        Example(
            "ar",
            "كلفت الأعمال أقل مما كان متوقعا. وجاء العمال من جميع أنحاء المنطقة وسكنوا في المدرسة القديمة طوال الصيف.\nورحب العمدة بذلك.\n"
            "[[كلفت الأعمال أقل مما كان متوقعا. وجاء العمال من جميع أنحاء المنطقة وسكنوا في المدرسة القديمة طوال الصيف.]]",
        ),
        Example(
            "en",
            "The works cost less than planned. Labourers came from all over and slept in the old school for most of the summer.\n"
            "The mayor is pleased.\n"
            "[[The works cost less than planned. Labourers came from all over and slept in the old school for most of the summer.]]",
        ),
    ),
    good=(
        Example("en", "The works cost less than planned. Labourers came from all over.\nThe works cost less than planned, the mayor said."),
        Example("fr", "Refrain :\nAu bord du quai, les mouettes crient.\nAu bord du quai, les bateaux dorment.\nRefrain"),
        Example("ar", "كلفت الأعمال أقل مما كان متوقعا. ورحب العمدة بذلك.\nوقال العمدة إن الأعمال كلفت أقل مما كان متوقعا."),
    ),
)

TEASER = Rule(
    id="repetition.teaser",
    severity=Severity.WARNING,
    message="A teaser cut short says the same as the article: {quote}",
    why="A teaser pasted with the article makes one statement look like two.",
    false_alarms="Flagged in 1 of 9,081 texts by human authors and in the article text of 9 of 2,238 pages, three of them songs and "
    "quotations with their marks of omission.",
    bad=(
        Example(
            "fr",
            "Les chalutiers ont repris la mer lundi, sous les applaudissements de familles massées le long […]\n\n"
            "[[Les chalutiers ont repris la mer lundi, sous les applaudissements de familles massées le long]] du quai.",
        ),
        Example(
            "ar",
            "وصلت أولى الشاحنات إلى الضفة الأخرى صباح الإثنين بعد عشرين عاما من ...\n\n"
            "[[وصلت أولى الشاحنات إلى الضفة الأخرى صباح الإثنين بعد عشرين عاما من]] الانتظار.",
        ),
        Example(
            "en",
            "The fishing fleet put to sea before dawn on Monday, cheered by families who [...]\n"
            "[[The fishing fleet put to sea before dawn on Monday, cheered by families who]] had waited on the quay.",
        ),
    ),
    good=(
        Example("en", "“The fleet put to sea before dawn […] and nobody slept,” she said. The fleet put to sea before six."),
        Example("fr", "Les chalutiers ont repris la mer lundi […]\n\nLes chalutiers sont rentrés au port mardi soir."),
        Example("ar", "وصلت أولى الشاحنات صباح الإثنين ...\n\nوصلت سفينة الركاب مساء الثلاثاء."),
    ),
)


class Repetition:
    """Finds what stands again."""

    rules: tuple[Rule, ...] = (HEADLINE, SENTENCE, PARAGRAPH, TEASER)
    name: str = "repetition"

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Needs two sentences to compare."""
        return {"repetition": ASSESSED if len(article.sentences) > 1 else NOT_APPLICABLE}

    def detect(self, article: Article) -> Iterator[Finding]:
        """One finding for each stretch that stands again, in order; `evidence.of_start` and `of_end` are its first place."""
        units = sentence_words(article)
        if any_alike(units):
            page = _Page(article, units)
            for match in page.repeats.matches():
                yield from page.judge(match)


class _Page:
    """What the layout of the article says about its repeats."""

    def __init__(self, article: Article, units: list[Unit]) -> None:
        self.article, self.repeats = article, Repeats(article, units)
        self.never, self.outside = _outside(article)
        self.often = _lines_that_stand_often(self.repeats)
        sizes = [block.span.end - block.span.start for block in article.blocks]
        # Short news, most of all in Arabic, has no block of that length.
        long = [n for n, size in enumerate(sizes) if size >= _BODY] or [n for n, size in enumerate(sizes) if size >= _BODY // 2]
        self.body = long[min(1, len(long) - 1)] if long else 0

    def judge(self, match: Match) -> Iterator[Finding]:
        """The findings that a stretch of equal words makes: the headline that it begins with, and what follows."""
        if self._is_furniture(match):
            return
        leftover = self._is_outside(match)
        block = self.repeats.block
        in_one_line = match.length <= self.repeats.block_words(block(match.origin))
        if self._is_headline(match) and not (in_one_line and self._is_cut(match)):
            length = min(match.length, self.repeats.block_words(block(match.origin)))
            near = self._distance(match) <= _NEAR
            yield self._flag(HEADLINE, match, length, None if near else Severity.NOTE)
            match = Match(match.origin + length, match.repeat + length, match.length - length)
        if not match.length:
            return
        if match.length >= _TEASER_WORDS and block(match.origin) != block(match.repeat) and self._is_cut(match):
            yield self._flag(TEASER, match, match.length)
        elif not leftover and (length := self._whole_sentences(match)):
            several = len(self.repeats.units_in(match.repeat, match.repeat + length)) > 1
            yield self._flag(PARAGRAPH if several else SENTENCE, match, length, Severity.NOTE if self._is_layout(match) else None)

    def _flag(self, rule: Rule, match: Match, length: int, severity: Severity | None = None) -> Finding:
        of, here = self.repeats.span(match.origin, length), self.repeats.span(match.repeat, length)
        return self.article.flag(rule, here, severity=severity, of_start=of.start, of_end=of.end, words=length)

    def _is_furniture(self, match: Match) -> bool:
        """Whether it stands in a menu or comments, or is a table or a list of results: a fifth of its words are numbers."""
        blocks = {self.repeats.block(match.origin), self.repeats.block(match.repeat)}
        if blocks <= self.outside or not blocks.isdisjoint(self.never):
            return True
        words = self.repeats.words[match.repeat : match.repeat + min(match.length, 60)]
        return 5 * sum(word[0].isdigit() for word in words) >= len(words)

    def _is_outside(self, match: Match) -> bool:
        """Whether one of the two places is a leftover of the page: there headlines and teasers count, sentences do not."""
        return self.repeats.block(match.origin) in self.outside or self.repeats.block(match.repeat) in self.outside

    def _is_layout(self, match: Match) -> bool:
        """Whether good pages repeat like this: a quotation or caption pulled out of its paragraph, the summary of a long report."""
        repeats = self.repeats
        alone = [repeats.block_words(repeats.block(word)) <= match.length + 2 for word in (match.origin, match.repeat)]
        return alone[0] != alone[1] or self._distance(match) > _FAR or len(self.article.text) > _LONG

    def _distance(self, match: Match) -> int:
        """Characters from the sentence that is repeated to its repeat."""
        return self.repeats.unit(match.repeat).sentence.start - self.repeats.unit(match.origin).sentence.start

    def _is_headline(self, match: Match) -> bool:
        """Whether the earlier line, before the second long block, is a headline that the later line is or begins with."""
        repeats = self.repeats
        origin, block = repeats.block(match.origin), repeats.block(match.repeat)
        if origin >= self.body or origin in self.often or not origin < block <= origin + _HEADLINE_BLOCKS or self._is_quoted(match):
            return False
        lines, later = repeats.by_block[origin], repeats.by_block[block]
        # Behind other words it is the end of a path through the site («Home / Town / …») or of a sentence; a label is glued to it.
        if (match.origin != lines[0].first and not match.glued) or self._introduces(lines[0]):
            return False
        length, later_length = repeats.block_words(origin), repeats.block_words(block)
        if len(lines) > 1 or length > _LINE_WORDS or later_length > _LONGEST_HEADLINE:
            return False
        if match.length < _HEADLINE_WORDS or repeats.characters(match) < _HEADLINE_CHARACTERS:
            return False
        begins = match.origin == lines[0].first and match.repeat == later[0].first
        return match.length >= (min(length, later_length) if begins else later_length)

    def _is_quoted(self, match: Match) -> bool:
        """Whether the later place quotes the headline: it opens with a quotation mark that the earlier one lacks, or goes on in it."""
        text, units = self.article.text, [self.repeats.unit(word) for word in (match.origin, match.repeat)]
        first, again = (text[unit.sentence.start] in _QUOTES for unit in units)
        closed, open_still = (text[unit.sentence.end - 1] in _CLOSING for unit in units)
        return again and (not first or (closed and not open_still))

    def _introduces(self, line: Unit) -> bool:
        """Whether a line announces what follows, so that it may well come again."""
        return self.article.text[line.sentence.start : line.sentence.end].rstrip().endswith((":", "："))

    def _is_cut(self, match: Match) -> bool:
        """Whether one of the two places breaks off where they part."""
        ends = (self.repeats.word(word + match.length - 1).end for word in (match.origin, match.repeat))
        return self.repeats.characters(match) >= _SENTENCE_CHARACTERS and any(_CUT.match(self.article.text, end) for end in ends)

    def _whole_sentences(self, match: Match) -> int:
        """Words of the whole sentences that the stretch begins with, up to the last long one with an end mark; 0 if there is none."""
        end = match.repeat + match.length
        units = self.repeats.units_in(match.repeat, end)
        if match.repeat != units[0].first and not match.glued:
            return 0
        return next((unit.end - match.repeat for unit in reversed(units) if unit.end <= end and self._counts(unit)), 0)

    def _counts(self, unit: Unit) -> bool:
        """Whether a sentence is one: long enough, with an end mark."""
        end = self.article.text[max(unit.sentence.start, unit.sentence.end - 8) : unit.sentence.end].rstrip(_CLOSING)
        return len(unit.words) >= _SENTENCE_WORDS and sum(map(len, unit.words)) >= _SENTENCE_CHARACTERS and end[-1:] in _END_MARKS


def _lines_that_stand_often(repeats: Repeats) -> frozenset[int]:
    """Numbers of the short blocks that stand three times and more: marks and refrains."""
    by_text = defaultdict(list)
    for number, units in repeats.by_block.items():
        if len(units) == 1 and len(units[0].words) <= _LINE_WORDS:
            by_text[tuple(units[0].words)].append(number)
    return frozenset(number for numbers in by_text.values() if len(numbers) > 2 for number in numbers)


def _outside(article: Article) -> tuple[frozenset[int], frozenset[int]]:
    """Numbers of the blocks that nothing is a repetition of: menus and comments, in HTML all leftovers; and of those and related links."""
    page = bool(article.document.blocks)
    never = {number for number, block in enumerate(article.blocks) if _is_menu(block)}
    outside = set(never)
    for role in article.layer(block_roles):
        if role.role == "boilerplate" and (page or role.kind in _OUTSIDE_KINDS):
            (never if page or role.kind == "comments" else outside).add(article.block_at(role.span.start))
    return frozenset(never), frozenset(outside | never)


def _is_menu(block: Block) -> bool:
    links = 2 * block.link_chars > block.span.end - block.span.start
    return bool(block.tag) and (links or block.tag in _OUTSIDE_TAGS or not _OUTSIDE_TAGS.isdisjoint(block.path.split()))


DETECTOR = Repetition()
