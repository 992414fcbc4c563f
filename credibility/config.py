"""What a run is asked to do; frozen, so that no step can change it for the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from credibility.errors import ConfigError, nearest


@dataclass(frozen=True, slots=True)
class Config:
    """`select` and `ignore` hold flags or rule ids; the longest one that fits a rule decides. `rules` are folders of packs.

    `language` overrules what the text shows.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    language: str | None = None

    def wants(self, rule: str) -> bool:
        """Whether findings of this rule are shown.

        >>> Config(ignore=("boilerplate",), select=("boilerplate.heavy",)).wants("boilerplate.heavy")
        True
        >>> Config(select=("vague-source",)).wants("encoding.mojibake")
        False
        """
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
        """Raises ConfigError for a name in `select` or `ignore` that no rule has, with the nearest one."""
        names = {name for rule in known for name in (rule, rule.partition(".")[0])}
        for option, given in (("select", self.select), ("ignore", self.ignore)):
            for name in given:
                if name not in names:
                    raise ConfigError(f"--{option} {name}: there is no such flag or rule; {nearest(name, names)}")


def _longest_fit(rule: str, names: Iterable[str]) -> int:
    """Length of the longest of `names` that is the rule or its flag; -1 if none is."""
    return max((len(name) for name in names if rule == name or rule.startswith(name + ".")), default=-1)


DEFAULT = Config()
