"""How often each rule flags ordinary articles: the counts of `rules/alarms.toml`, written by `tests/benchmarks/alarms.py`.

A count is not yet a false alarm: a rule that flags what editors really do is often right. Where somebody has read the hits,
`Rule.false_alarms` says how many of them were wrong.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from credibility.pack import build, pack_root, read_toml


class Rate(NamedTuple):
    """`flagged` of `articles`."""

    flagged: int
    articles: int

    def interval(self) -> tuple[float, float]:
        """The 95% interval of the share (Wilson), which holds for small counts and for none; (0, 1) where nothing was tried.

        >>> [round(bound, 4) for bound in Rate(0, 1000).interval()]
        [0.0, 0.0038]
        """
        n, z = self.articles, 1.96
        if not n:
            return 0.0, 1.0
        share, spread = self.flagged / n, z * z / n
        half = z * sqrt(share * (1 - share) / n + spread / (4 * n))
        return max(0.0, (share + spread / 2 - half) / (1 + spread)), min(1.0, (share + spread / 2 + half) / (1 + spread))


@dataclass(frozen=True, slots=True)
class Counted:
    """A set of articles: how many by language, how many had a flag assessed (by flag and language), how many a rule flags."""

    name: str
    about: str
    articles: Mapping[str, int]
    assessed: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    flagged: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def rate(self, rule: str, languages: Collection[str] = ()) -> Rate:
        """Articles that the rule flags, of those in its languages (none given: in any) that it was tried on.

        >>> Counted("news", "", {"fr": 200}, {"a": {"fr": 200, "en": 100}}, {"a.b": {"fr": 3}}).rate("a.b", {"fr"})
        Rate(flagged=3, articles=200)
        """
        tried = self.assessed.get(rule.partition(".")[0], {})
        wanted = [code for code in tried if not languages or code in languages]
        flagged = self.flagged.get(rule, {})
        return Rate(sum(flagged.get(code, 0) for code in wanted), sum(tried[code] for code in wanted))


@dataclass(frozen=True, slots=True)
class _File:
    """The file as a whole."""

    set: tuple[Counted, ...]


@lru_cache(maxsize=1)
def counted() -> tuple[Counted, ...]:
    """The sets that were counted, in the order of the file."""
    path = pack_root() / "alarms.toml"
    return build(_File, read_toml(path), str(path)).set
