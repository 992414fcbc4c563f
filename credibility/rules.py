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
from string import Formatter
from typing import Any, NamedTuple

from credibility.document import Severity, Span
from credibility.errors import PackError, nearest
from credibility.pack import build, languages, pack_root, read_toml
from credibility.toml_lines import line_of

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

    `false_alarms` says where the rule is known to be wrong, with its measured rate if there is one. A rule from a file has its
    `path` and its `number` among the rules there, from 1.
    """

    id: str
    severity: Severity
    message: str
    why: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    known_misses: tuple[Example, ...] = ()
    false_alarms: str = ""
    path: Path | None = None
    number: int = 0
    phrases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    language: str = ""

    @property
    def flag(self) -> str:
        """The kind of issue: the id up to its first dot."""
        return self.id.partition(".")[0]

    @property
    def place(self) -> str:
        """File, line and id, for errors; reads the file."""
        return _place(self.path, self.number, self.id.partition(".")[2]) if self.path else f"rule {self.id!r}"

    def __post_init__(self) -> None:
        """A rule without examples of both kinds does not exist."""
        for kind, given in (("bad", self.bad), ("good", self.good)):
            if not given:
                raise PackError(f"{self.place}: has no {kind!r} example; every rule needs both kinds")


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


def _place(path: Path, number: int, name: object, key: str = "") -> str:
    """'file:line, rule name' of the rule with this number in a file, or of a key of it; the rule's line for a key that is missing."""
    text = path.read_text(encoding="utf-8-sig")
    line = max(line_of(text, ("rule", number - 1)), line_of(text, ("rule", number - 1, key)))
    return f"{path}:{line}, rule {name!r}"


def severity(word: str) -> Severity:
    """A severity by its word. Raises PackError naming the nearest word."""
    try:
        return Severity[word.upper()]
    except KeyError:
        labels = [level.label for level in Severity]
        raise PackError(f"severity {word!r} does not exist; {nearest(word, labels)}", "severity") from None


def read_rules(path: Path) -> Iterator[Rule]:
    """The rules of one file `<language>/<flag>.toml`, in order. Raises PackError naming file and rule."""
    tables = read_toml(path)
    for key in tables:
        if key != "rule":
            line = line_of(path.read_text(encoding="utf-8-sig"), (key,))
            raise PackError(f"{path}:{line}: unknown table {key!r}; a rule file holds [[rule]] tables only")
    seen: set[str] = set()
    for number, table in enumerate(tables.get("rule", []), 1):
        name = table.get("id", number)
        try:
            rule = read_rule(path, number, table)
        except PackError as error:
            if not error.key:
                raise
            raise PackError(f"{_place(path, number, name, error.key)}: {error}") from None
        if rule.id in seen:
            raise PackError(f"{rule.place}: the id stands twice in this file; give one of them another")
        seen.add(rule.id)
        yield rule


def read_rule(path: Path, number: int, table: dict[str, Any]) -> Rule:
    """The rule of the `number`th table of a file. Raises PackError, whose `key` is set where the message lacks the place."""
    language, flag = path.parent.name, path.stem
    given = build(_Table, table, "")
    if not given.phrases and not given.patterns:
        raise PackError("neither 'phrases' nor 'patterns' are given", "id")
    check_quote(given.message)
    examples = {kind: tuple(Example(language, text) for text in getattr(given, kind)) for kind in ("bad", "good", "known_misses")}
    for kind, texts in examples.items():
        for example in texts:
            _check_marks(example, kind)
    return Rule(
        id=f"{flag}.{given.id}",
        severity=severity(given.severity),
        message=given.message,
        why=given.why,
        false_alarms=given.false_alarms,
        path=path,
        number=number,
        phrases=given.phrases,
        patterns=given.patterns,
        unless=given.unless,
        language=language,
        **examples,
    )


def _check_marks(example: Example, kind: str) -> None:
    """Raises PackError for an example whose marks do not pair, or that has none where the words to find must be told."""
    try:
        text, marked = example.unmarked()
    except PackError as error:
        raise PackError(str(error), kind) from None
    if kind == "good" and marked:
        raise PackError(f"a good sentence has [[ ]], but nothing in it is to be flagged: {text[:60]!r}", kind)
    if kind != "good" and not marked:
        raise PackError(f"put [[ ]] around the words to flag in the {kind} sentence {text[:60]!r}", kind)


def check_quote(message: str) -> None:
    """Raises PackError for a message of a phrase rule whose braces hold something else than the quotation."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(message) if name is not None]
    except ValueError as error:
        raise PackError(f"the message has a brace that does not pair ({error}); write {{{{ for a brace", "message") from None
    for name in names:
        if name != "quote":
            raise PackError(f"the message holds {{{name}}}; only {{quote}}, the words found, is known here", "message")


@lru_cache(maxsize=256)
def phrase_rules(language: str, roots: tuple[Path, ...] = ()) -> tuple[Rule, ...]:
    """The phrase rules of a language: those shipped, then those of each further root, in file order.

    A rule of a later root replaces one of the same id.
    """
    # A page may declare any string as its language; only letters name a folder.
    files = rule_files(language, roots) if language.isalpha() else ()
    return tuple({rule.id: rule for path in files for rule in read_rules(path)}.values())


def rule_files(language: str, roots: Iterable[Path] = ()) -> Iterator[Path]:
    """The rule files of a language ('*': of all), by root and name."""
    for root in (pack_root(), *roots):
        yield from (path for path in sorted(root.glob(f"{language}/*.toml")) if path.stem not in _NO_RULES)


@lru_cache(maxsize=16)
def phrase_flags(roots: tuple[Path, ...] = ()) -> tuple[str, ...]:
    """The flags that phrase rules of any language have, told from the names of the files alone."""
    return tuple(sorted({path.stem for path in rule_files("*", roots)}))


def all_phrase_rules(roots: Iterable[Path] = ()) -> tuple[Rule, ...]:
    """The phrase rules of every language, in order of language and file."""
    given = tuple(roots)
    folders = {path.parent.name for root in given for path in root.glob("*/*.toml")}
    return tuple(rule for code in sorted({*languages(given), *folders}) for rule in phrase_rules(code, given))
