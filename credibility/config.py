"""What a run is asked to do; frozen, so that no step can change it for the next."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from credibility.document import Document, Finding, Severity
from credibility.errors import ConfigError, nearest
from credibility.patterns import patterns

T = TypeVar("T")
FAIL_ON = ("note", "warning", "error", "never")
_LANGUAGE = re.compile("[a-z]{2,3}")


def bad_language(code: str | None) -> str | None:
    """What is wrong with a language that no report would ever call its own; None if nothing is.

    >>> bad_language("fr"), bad_language("French")
    (None, "'French' is no language code; give that of ISO 639-1, as 'fr' or 'ar'")
    """
    if code is None or _LANGUAGE.fullmatch(code):
        return None
    return f"{code!r} is no language code; give that of ISO 639-1, as 'fr' or 'ar'"


@dataclass(frozen=True, slots=True)
class Override:
    """What else holds for some clippings: those that `paths` match (as in .gitignore), in one of `languages`, of one of `sources`.

    A kind that is not given fits every clipping. What is None, or not in a mapping, stays as it was.
    """

    paths: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    severity: Mapping[str, str] = field(default_factory=dict, hash=False)
    threshold: Mapping[str, float] = field(default_factory=dict, hash=False)
    fail_on: str | None = None
    min_score: float | None = None

    def fits(self, document: Document, language: str | None, folder: Path) -> bool:
        """Whether the clipping is one of them. folder: what `paths` are seen from. Names of sources are compared without case."""
        if self.languages and language not in self.languages:
            return False
        if self.sources and (document.source or "").casefold() not in map(str.casefold, self.sources):
            return False
        return not self.paths or (
            document.path is not None and patterns(self.paths).fits(os.path.relpath(document.path, folder).replace(os.sep, "/"))
        )


@dataclass(frozen=True, slots=True)
class Config:
    """`select` and `ignore` hold flags or rule ids; the longest one that fits a rule decides. `rules` are folders of packs.

    `language` overrules what the text shows. `severity` ('note', 'warning', 'error') and `threshold` (0 to 1) are by flag or
    rule, the rule's own weighing more: a finding less sure than its threshold is left out. A run fails on findings from
    `fail_on` up, and on a score below `min_score`. `overrides` say what else holds for some clippings, the last one weighing
    most; their paths are seen from `folder`.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    language: str | None = None
    severity: Mapping[str, str] = field(default_factory=dict, hash=False)
    threshold: Mapping[str, float] = field(default_factory=dict, hash=False)
    fail_on: str = "error"
    min_score: float = 0.0
    overrides: tuple[Override, ...] = ()
    folder: Path = Path()

    def __post_init__(self) -> None:
        if problem := bad_language(self.language):
            raise ConfigError(f"language: {problem}")
        for name in ("select", "ignore", "rules", "overrides"):
            given = getattr(self, name)
            if isinstance(given, str | Path):
                raise ConfigError(f"{name}: a list is expected, not {str(given)!r}")
            if not isinstance(given, tuple):  # a list has no hash, and detectors are kept by their configuration
                object.__setattr__(self, name, tuple(given))
        object.__setattr__(self, "rules", tuple(map(Path, self.rules)))

    def on(self, document: Document, language: str | None) -> "Config":
        """What holds for this clipping, whose main language is `language`: the same with the overrides that fit it."""
        if not self.overrides:
            return self
        return _overridden(self, tuple(override.fits(document, language, self.folder) for override in self.overrides))

    def settled(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Those of the findings that are shown, each with the severity that was asked for."""
        if not self.names_rules:
            yield from findings
            return
        for finding in findings:
            if not self.wants(finding.rule) or finding.confidence < _of(finding, self.threshold, 0.0):
                continue
            severity = _of(finding, self.severity, finding.severity.label)
            yield finding if severity == finding.severity.label else replace(finding, severity=Severity[severity.upper()])

    def wants(self, rule: str) -> bool:
        """Whether findings of this rule are shown.

        >>> Config(ignore=("boilerplate",), select=("boilerplate.heavy",)).wants("boilerplate.heavy")
        True
        >>> Config(select=("vague-source",)).wants("encoding.mojibake")
        False
        """
        if not self.select and not self.ignore:
            return True
        chosen = _longest_fit(rule, self.select)
        dropped = _longest_fit(rule, self.ignore)
        if dropped < 0:
            return chosen >= 0 or not self.select
        return chosen > dropped

    def selects(self, flag: str) -> bool:
        """Whether this flag, or a rule of it, is among those asked for; what nobody asked for need not be worked out.

        >>> Config(select=("boilerplate.heavy",)).selects("boilerplate"), Config(select=("typography",)).selects("boilerplate")
        (True, False)
        """
        return not self.select or any(name == flag or name.startswith(flag + ".") for name in self.select)

    def check_names(self, known: Iterable[str]) -> None:
        """Raises ConfigError for a name that no rule has, with the nearest one, and for a severity or threshold that cannot be."""
        names = {name for rule in known for name in (rule, rule.partition(".")[0])}
        judgements: tuple[Config | Override, ...] = (self, *self.overrides)
        for each in judgements:
            for option in ("select", "ignore", "severity", "threshold"):
                for name in getattr(each, option) or ():
                    if name not in names:
                        raise ConfigError(f"--{option} {name}: there is no such flag or rule; {nearest(name, names)}")
            for name, label in each.severity.items():
                if label not in FAIL_ON[:-1]:
                    raise ConfigError(f"--severity {name}={label}: there is no such severity; {nearest(label, FAIL_ON[:-1])}")
            for name, share in each.threshold.items():
                if not 0 <= share <= 1:
                    raise ConfigError(f"--threshold {name}={share:g}: a share from 0 to 1 is expected")

    @property
    def names_rules(self) -> bool:
        """Whether a flag or rule is named anywhere in it."""
        return bool(self.select or self.ignore or self.severity or self.threshold or self.overrides)


def _of(finding: Finding, by_name: Mapping[str, T], otherwise: T) -> T:
    """What a mapping by rule or flag says of a finding; its rule's own value before its flag's."""
    return by_name.get(finding.rule, by_name.get(finding.flag, otherwise)) if by_name else otherwise


@lru_cache(maxsize=256)
def _overridden(config: Config, fitting: tuple[bool, ...]) -> Config:
    """The configuration with those of its overrides that fit, which are not asked again."""
    for override in (o for o, fits in zip(config.overrides, fitting, strict=True) if fits):
        config = replace(
            config,
            select=config.select if override.select is None else override.select,
            ignore=config.ignore if override.ignore is None else override.ignore,
            severity={**config.severity, **override.severity},
            threshold={**config.threshold, **override.threshold},
            fail_on=override.fail_on or config.fail_on,
            min_score=config.min_score if override.min_score is None else override.min_score,
        )
    return replace(config, overrides=())


def _longest_fit(rule: str, names: Iterable[str]) -> int:
    """Length of the longest of `names` that is the rule or its flag; -1 if none is."""
    return max((len(name) for name in names if rule == name or rule.startswith(name + ".")), default=-1)


DEFAULT = Config()
