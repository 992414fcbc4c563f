"""Damaged characters: mojibake, replacement characters, controls, invisible characters inside words, letters of another alphabet.

What writing systems need is left alone: soft hyphens, ZWNJ in Persian, ZWJ in emoji and Indic scripts, direction marks and
isolates, zero-width spaces between the words of Thai or Khmer, private-use characters of icon fonts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from credibility.detector import ASSESSED
from credibility.document import Finding, Severity, Span
from credibility.layout.roles import leftovers
from credibility.mojibake import CHARSETS, damages
from credibility.rules import Example, Rule
from credibility.segment import Article

_GAP = 30  # characters between two damaged words of one block that are still one finding
_LONGEST_WORD = 40
_CHARSETS = tuple(CHARSETS)
_LETTER = "A-Za-z\u00aa-\u02af\u0370-\u06ff"  # alphabets of Europe and the Near East, which need no invisible characters inside words …
_EUROPEAN = "A-Za-z\u00aa-\u02af\u0370-\u052f"  # … and those that need no joiners either
_INVISIBLE = re.compile(
    f"(?<=[{_LETTER}])[\u200b\u2060\ufeff]+(?=[{_LETTER}])|(?<=[{_EUROPEAN}])[\u200c\u200d]+(?=[{_EUROPEAN}])"
    f"|(?<=[ \u00a0])\u200b{{2,}}(?=[{_LETTER}])|[\u202d\u202e]+"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]+")
_REPLACED = re.compile("\ufffd+")
_RARE = frozenset(map(chr, [*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), *range(0xD800, 0xE000)])) | frozenset(
    "\u200b\u200c\u200d\u202d\u202e\u2060\ufeff\ufffd"
)
_WESTERN = re.compile("[A-Za-z]+")
_EASTERN = re.compile("[\u0370-\u052f]+")  # Greek and Cyrillic
# Letters that are drawn alike in two alphabets.
_ALIKE = {
    "latin": frozenset("ABCEHIKMNOPSTXYZaceiopsxyjABEHIKMNOPTXYZvou"),
    "cyrillic": frozenset("АВЕКМНОРСТУХаеорсухіІјЈѕЅЗ"),
    "greek": frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοΟ"),
}

MOJIBAKE = Rule(
    id="encoding.mojibake",
    severity=Severity.WARNING,
    message="Characters read in the wrong character set ({charset}): {quote}",
    why="Damaged letters change words and hide them from search; the text was copied without being looked at.",
    bad=(
        Example("fr", "Les marins ont [[fÃªtÃ©]] leur retour au port de Brest devant leurs familles, et [[lâ€™équipage]] a chanté."),
        Example("ar", "قال الوزير: [[Ø§Ù„Ø¬Ø³Ø±]] مفتوح أمام الجميع."),
        Example("ar", "[[ط§ظ„ط¬ط³ط±]] مفتوح أمام الجميع."),
        Example(
            "en", "The crew said [[â€œwe made itâ€\x9d]] and went ashore for the night, long after the others had left. It cost [[Â£5]]."
        ),
    ),
    good=(
        Example("fr", "« À l'été », dit-il ; « LIBERTÉ », voilà… Ça coûte 5 £ à Zoé’s ; l'été » du port. CAFÉ® 1²"),
        Example("ar", "قال: «نعم»؛ ثم غادر… هل وصل؟ ظُهرًا، طبعًا."),
        Example("en", "NESTLÉ® of Zürich, 5×£35, Brontë… and “Å” for angstrom; a −5 °C night; ÇA VA."),
    ),
    false_alarms="1 of 6,746 texts by human authors and 15 of 2,238 clippings, all of them damaged. Of 76 damaged "
    "lines in many languages 59 are found by this rule, of 28 clean ones that look damaged none.",
)

REPLACEMENT = Rule(
    id="encoding.replacement",
    severity=Severity.WARNING,
    message="A character was lost: {quote}",
    why="The letter that stood there cannot be told any more.",
    bad=(
        Example("fr", "Le [[th\ufffd\ufffdtre]] de la ville est fermé."),
        Example("ar", "وصلت [[الس\ufffdينة]] إلى الميناء."),
        Example("en", "Mayor [[S\ufffdnchez]] opened the quay."),
    ),
    good=(Example("fr", "Le théâtre de la ville est fermé ?"), Example("ar", "وصلت السفينة؟"), Example("en", "Who opened the quay? ◆")),
    false_alarms="None in 6,746 texts by human authors; 9 of 2,238 clippings, all of them damaged.",
)

CONTROL = Rule(
    id="encoding.control",
    severity=Severity.WARNING,
    message="A control character that no text holds ({characters}) in: {quote}",
    why="It mostly stands where a quotation mark or dash was lost, so who says what is left open.",
    bad=(
        Example("fr", "Il a dit [[\x93oui\x94]] hier soir."),
        Example("ar", "[[\x1a]] هل وصل الوفد أمس؟"),
        Example("en", "The [[harbour\x92s]] gates are open."),
    ),
    good=(Example("fr", "Il a dit\t« oui »\x0c hier."), Example("ar", "هل وصل\tالوفد؟"), Example("en", "The harbour’s gates\r\nare open.")),
    false_alarms="8 of 6,746 texts by human authors, all of them damaged.",
)

INVISIBLE = Rule(
    id="encoding.invisible",
    severity=Severity.WARNING,
    message="Invisible characters ({characters}) in: {quote}",
    why="A word cut by an invisible character is not found by any search; overrides show a text in another order than it was written.",
    bad=(
        Example("fr", "La [[ban\u200bque]] du port a fermé."),
        Example("ar", "أغلق [[المص\u200bرف]] أبوابه."),
        Example("en", "The [[ba\u200dnk]] closed its doors in spring, then sent around [[\u202egpj]].exe to all."),
    ),
    good=(
        Example("fr", "La gou\u00adver\u00adnante a fermé\u200b. \ufeffEt \u200eaprès 👩\u200d🚒."),
        Example("ar", "می\u200cخواهم بروم\u200f، ثم (\u2067نص\u2069)."),
        Example("en", "Fire\u00adfighters 👨\u200d👩\u200d👧 came.\u200b ก\u200bข"),
    ),
    false_alarms="None in 6,746 texts by human authors; spaces doubled with U+200B are a trace of machine translation.",
)

LOOKALIKE = Rule(
    id="encoding.lookalike",
    severity=Severity.WARNING,
    message="Letters of another alphabet ({characters}) inside the word: {quote}",
    why="The word looks right and is not found by any search; scanners and fraud leave such letters.",
    bad=(
        Example("fr", "Le [[pоrt]] de Brest est fermé."),
        Example("en", "The [[Βank]] of the harbour and its [[hаrbour]]-master."),
        Example("ar", "أعلن [[Аpple]] ذلك."),
        Example("ru", "[[Cкорее]] всего, порт закрыт."),
    ),
    good=(
        Example("fr", "Le port, Порт, et les rayons α et β2-microglobuline, 5 μm, ΛCDM."),
        Example("en", "The word мир, IL2Rγc and π-day; ВІКІ; Ωmega."),
        Example("ar", "كلمة мир بالروسية."),
        Example("ru", "IT-компания и USB-порт, iPhone’ы, ГолосUA."),
        Example(
            "ru",
            "Порт закроют до весны\n"
            "Администрация порта в четверг вечером решила закрыть старую гавань до весны, сообщил дежурный диспетчер.\n"
            "По его словам, за зиму лёд повредил два причала из пяти, и ремонт начнётся не раньше марта следующего года.\n"
            "«Мы держались, пока позволял бюджет», — сказала мэр города и пообещала рыбакам место у нового причала.\n"
            "Все права защищены. Перепечатка без cогласия редакции запрещена.",
        ),
    ),
    false_alarms="2 of 6,746 texts by human authors, typed so. Inside words of Cyrillic and Greek texts it is a note; what stands in "
    "menus and other leftovers is left alone. So 5 of 2,238 pages of news sites hold one.",
)


class _Hit(NamedTuple):
    """Damaged characters, before they are taken together by words."""

    rule: Rule
    span: Span
    fixed: str = ""
    charset: str = ""


class Encoding:
    """Finds damaged characters."""

    rules: tuple[Rule, ...] = (MOJIBAKE, REPLACEMENT, CONTROL, INVISIBLE, LOOKALIKE)
    name: str = "encoding"

    def coverage(self, article: Article) -> Mapping[str, str]:
        """Damage is told from the characters alone, in every language."""
        return {"encoding": ASSESSED}

    def detect(self, article: Article) -> Iterator[Finding]:
        """One finding for each run of damaged words, in order of rule and place."""
        if article.text.isascii() and not _CONTROL.search(article.text):
            return
        used = article.characters
        damaged = sorted(
            damages(article.text, used), key=lambda damage: (damage.span.start, -damage.span.end, _CHARSETS.index(damage.charset))
        )
        broken = list(_taken_together(article, (_Hit(MOJIBAKE, *damage) for damage in damaged)))
        for span, hits in broken:
            fixed = article.text[span.start : span.end] if all(hit.fixed for hit in hits) else ""
            for hit in reversed(hits):
                fixed = fixed and fixed[: hit.span.start - span.start] + hit.fixed + fixed[hit.span.end - span.start :]
            yield article.flag(MOJIBAKE, span, charset=hits[0].charset, fixed=fixed[:200] or None)
        for span, hits in _taken_together(article, () if _RARE.isdisjoint(used) else _rare(article.text)):
            if not any(span.overlaps(other) for other, _ in broken):
                yield article.flag(hits[0].rule, span, characters=_names(article.text, hits))
        for span in _words_of_two_alphabets(article.text) if any("\u0370" <= c <= "\u052f" for c in article.rare_characters) else ():
            impostors = _impostors(article.text[span.start : span.end])
            # Menus are typed in haste and looked at by nobody: 78 of 83 pages that hold such words hold them only there.
            if (
                impostors
                and not any(span.overlaps(other) for other, _ in broken)
                and article.block_at(span.start) not in article.layer(leftovers)
            ):
                # Whoever types Cyrillic or Greek all day leaves a Latin letter now and then; in other texts it was put there.
                typed = article.profile.script in ("Cyrl", "Grek") or impostors.startswith("U+00")
                yield article.flag(LOOKALIKE, span, severity=Severity.NOTE if typed else None, characters=impostors)


def _words_of_two_alphabets(text: str) -> Iterator[Span]:
    """The words in which letters of Western and Eastern alphabets touch."""
    if not (_WESTERN.search(text) and (eastern := _EASTERN.search(text))):
        return
    # Only the runs of the alphabet that fewer letters are of are looked at.
    few = (
        _EASTERN
        if 2 * sum(map(len, _EASTERN.findall(text, eastern.start(), eastern.start() + 2_000))) < min(len(text), 2_000)
        else _WESTERN
    )
    many = _WESTERN if few is _EASTERN else _EASTERN
    end = 0
    for run in few.finditer(text):
        if run.start() >= end and (many.match(text, run.end()) or (run.start() and many.match(text, run.start() - 1))):
            start, end = _word(text, Span(*run.span()))
            yield Span(start, end)


def _rare(text: str) -> Iterator[_Hit]:
    """Characters that are damage wherever they stand, or where they stand."""
    for rule, pattern in ((REPLACEMENT, _REPLACED), (CONTROL, _CONTROL), (INVISIBLE, _INVISIBLE)):
        yield from (_Hit(rule, Span(*hit.span())) for hit in pattern.finditer(text))


def _taken_together(article: Article, hits: Iterable[_Hit]) -> Iterator[tuple[Span, list[_Hit]]]:
    """The hits with the words they stand in; words of one rule and block that are close to each other make one stretch."""
    current: tuple[Span, list[_Hit]] | None = None
    for hit in hits:
        span = _word(article.text, hit.span)
        if current:
            before, taken = current
            if hit.span.start < taken[-1].span.end and hit.rule is taken[-1].rule:
                continue  # the same characters, as two character sets would have them
            near = 0 <= span.start - before.end <= _GAP or before.overlaps(span)
            if near and hit.rule is taken[-1].rule and article.block_at(span.start) == article.block_at(before.start):
                current = (Span(before.start, max(before.end, span.end)), [*taken, hit] if len(taken) < 100 else taken)
                continue
            yield current
        current = (span, [hit])
    if current:
        yield current


def _word(text: str, span: Span) -> Span:
    """The span with the letters and digits that touch it, at most forty on each side; scripts without spaces have no words to see."""
    start, end = span
    while start > max(0, span.start - _LONGEST_WORD) and text[start - 1].isalnum() and text[start - 1] < "\u2e80":
        start -= 1
    while end < min(len(text), span.end + _LONGEST_WORD) and text[end].isalnum() and text[end] < "\u2e80":
        end += 1
    return Span(start, end)


def _names(text: str, hits: list[_Hit]) -> str:
    """The code points of the damaged characters, each once."""
    points = dict.fromkeys(ord(c) for hit in hits for c in text[hit.span.start : hit.span.end])
    return ", ".join(f"U+{point:04X}" for point in list(points)[:5])


def _script(letter: str) -> str:
    """Alphabet of a letter, as far as they share shapes."""
    return "cyrillic" if "\u0400" <= letter <= "\u052f" else "greek" if "\u0370" <= letter <= "\u03ff" else "latin"


def _impostors(word: str) -> str:
    """The letters of a word that are of one alphabet and drawn as in another, which the others are of; '' if it is not so."""
    by_script: dict[str, list[str]] = {}
    for letter in word:
        by_script.setdefault(_script(letter), []).append(letter)
    if len(by_script) != 2 or len(word) < 4:
        return ""
    script, letters = min(by_script.items(), key=lambda item: len(item[1]))
    if 2 * len(letters) >= len(word) or not _ALIKE[script].issuperset(letters):
        return ""
    return ", ".join(f"U+{ord(letter):04X}" for letter in dict.fromkeys(letters))


DETECTOR = Encoding()
