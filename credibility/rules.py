"""A rule: what can be flagged, how bad it is, why it matters, and the examples that prove it.

Every rule has this record, whether phrases in a file, code or a model find it, so that `credibility explain`, the docs,
severities and executed examples come from one source. Phrase rules are tables in `rules/<language>/<flag>.toml`:

    [[rule]]
    id = "figure"                                   # vague-source.figure, the same in every language
    severity = "warning"
    message = "Gives a figure and names nobody who counted: {quote}"
    why = "A reader cannot check a number whose origin is not named."
    phrases = ["selon les chiffres disponibles"]    # literal; folded for you
    patterns = ['des (dizaines|centaines) de \\w+'] # regular expressions on folded text
    unless = ["selon l'", "rapport"]                # phrases that excuse it, in the same sentence
    bad = ["[[Selon les chiffres disponibles]], des centaines de pêcheurs sont partis."]
    good = ["Selon la préfecture, des centaines de pêcheurs sont partis."]
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from credibility.document import Severity, Span
from credibility.errors import PackError, nearest
from credibility.pack import build, languages, pack_root, read_toml

# Files in the folder of a language that hold something else than rules.
_NO_RULES = frozenset({"language", "cues"})


class Example(NamedTuple):
    """A text in a language. In bad ones [[ ]] mark the exact spans that the rule must find."""

    language: str
    text: str

    def unmarked(self) -> tuple[str, list[Span]]:
        """The text without its marks, and the spans they enclosed.

        >>> Example("en", "a [[b c]] d").unmarked()
        ('a b c d', [Span(start=2, end=5)])
        """
        plain, spans = "", []
        for number, piece in enumerate(self.text.split("[[")):
            marked, closed, rest = piece.partition("]]")
            if number:
                if not closed:
                    raise PackError(f"an example opens [[ and never closes it: {self.text[:60]!r}")
                spans.append(Span(len(plain), len(plain) + len(marked)))
            plain += marked + rest
        return plain, spans


@dataclass(frozen=True, slots=True)
class Rule:
    """What can be flagged. `id` is '<flag>.<name>'; `message` may hold {quote} and keys of the evidence.

    `false_alarms` says where the rule is known to be wrong, with its measured rate if there is one.
    """

    id: str
    severity: Severity
    message: str
    why: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    known_misses: tuple[Example, ...] = ()
    false_alarms: str = ""
    place: str = ""
    phrases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    language: str = ""

    @property
    def flag(self) -> str:
        """The kind of issue: the id up to its first dot."""
        return self.id.partition(".")[0]

    def __post_init__(self) -> None:
        """A rule without examples of both kinds does not exist."""
        for kind, given in (("bad", self.bad), ("good", self.good)):
            if not given:
                raise PackError(f"{self.place or self.id}: rule {self.id!r} has no {kind!r} example; every rule needs both kinds")


@dataclass(frozen=True, slots=True)
class _Table:
    """A `[[rule]]` table as it stands in the file."""

    id: str
    severity: str
    message: str
    why: str
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    known_misses: tuple[str, ...] = ()
    false_alarms: str = ""
    phrases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


def severity(word: str, where: str) -> Severity:
    """A severity by its word. Raises PackError naming the place and the nearest word."""
    try:
        return Severity[word.upper()]
    except KeyError:
        labels = [level.label for level in Severity]
        raise PackError(f"{where}: severity {word!r} does not exist; {nearest(word, labels)}") from None


def read_rules(path: Path) -> Iterator[Rule]:
    """The rules of one file `<language>/<flag>.toml`, in order. Raises PackError naming file and rule."""
    language, flag = path.parent.name, path.stem
    tables = read_toml(path)
    for key in tables:
        if key != "rule":
            raise PackError(f"{path}: unknown table {key!r}; a rule file holds [[rule]] tables only")
    seen: set[str] = set()
    for number, table in enumerate(tables.get("rule", []), 1):
        where = f"{path}, rule {table.get('id', number)!r}"
        given = build(_Table, table, where)
        if given.id in seen:
            raise PackError(f"{where}: the id stands twice in this file")
        seen.add(given.id)
        if not given.phrases and not given.patterns:
            raise PackError(f"{where}: neither 'phrases' nor 'patterns' are given")
        examples = {kind: tuple(Example(language, text) for text in getattr(given, kind)) for kind in ("bad", "good", "known_misses")}
        yield Rule(
            id=f"{flag}.{given.id}",
            severity=severity(given.severity, where),
            message=given.message,
            why=given.why,
            false_alarms=given.false_alarms,
            place=where,
            phrases=given.phrases,
            patterns=given.patterns,
            unless=given.unless,
            language=language,
            **examples,
        )


@lru_cache(maxsize=256)
def phrase_rules(language: str, roots: tuple[Path, ...] = ()) -> tuple[Rule, ...]:
    """The phrase rules of a language: those shipped, then those of each further root, in file order.

    A rule of a later root replaces one of the same id.
    """
    # A page may declare any string as its language; only letters name a folder.
    files = _rule_files(language, roots) if language.isalpha() else ()
    return tuple({rule.id: rule for path in files for rule in read_rules(path)}.values())


def _rule_files(language: str, roots: Iterable[Path]) -> Iterator[Path]:
    """The rule files of a language ('*': of all), by root and name."""
    for root in (pack_root(), *roots):
        yield from (path for path in sorted(root.glob(f"{language}/*.toml")) if path.stem not in _NO_RULES)


@lru_cache(maxsize=16)
def phrase_flags(roots: tuple[Path, ...] = ()) -> tuple[str, ...]:
    """The flags that phrase rules of any language have, told from the names of the files alone."""
    return tuple(sorted({path.stem for path in _rule_files("*", roots)}))


def all_phrase_rules(roots: Iterable[Path] = ()) -> tuple[Rule, ...]:
    """The phrase rules of every language, in order of language and file."""
    given = tuple(roots)
    folders = {path.parent.name for root in given for path in root.glob("*/*.toml")}
    return tuple(rule for code in sorted({*languages(given), *folders}) for rule in phrase_rules(code, given))
