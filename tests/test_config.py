"""What is selected and ignored, and what a wrong name says."""

import pytest

import credibility
from credibility.config import Config, Override
from credibility.errors import ConfigError


@pytest.mark.parametrize(
    ("select", "ignore", "rule", "wanted"),
    [
        ((), (), "a.b", True),
        (("a",), (), "a.b", True),
        (("a",), (), "ab.c", False),
        ((), ("a",), "a.b", False),
        ((), ("a.b",), "a.c", True),
        (("a",), ("a.b",), "a.b", False),
        (("a.b",), ("a",), "a.b", True),
        (("a.b",), ("a",), "a.c", False),
        (("a",), ("a",), "a.b", False),
    ],
)
def test_the_longest_name_decides(select: tuple[str, ...], ignore: tuple[str, ...], rule: str, wanted: bool) -> None:
    """A rule's own name outweighs its flag's; a tie is ignored."""
    assert Config(select=select, ignore=ignore).wants(rule) is wanted


def test_a_wrong_name_is_an_error() -> None:
    """It names the option and the nearest flag."""
    with pytest.raises(ConfigError, match="--ignore vague-sorce: there is no such flag or rule; did you mean 'vague-source'"):
        Config(ignore=("vague-sorce",)).check_names(["vague-source.figure"])


@pytest.mark.parametrize(
    ("config", "says"),
    [
        (Config(severity={"vague-sorce": "note"}), "--severity vague-sorce: there is no such flag or rule"),
        (Config(severity={"vague-source": "notice"}), "--severity vague-source=notice: there is no such severity; did you mean 'note'"),
        (Config(overrides=(Override(threshold={"x": 1.0}),)), "--threshold x: there is no such flag or rule"),
    ],
)
def test_so_are_names_in_tables_and_overrides(config: Config, says: str) -> None:
    """In Python as in a file."""
    with pytest.raises(ConfigError, match=says):
        credibility.check("Le port.", config=config)
