"""Tries of phrases, what a pattern requires, and patterns that could run away."""

import re

import pytest

from credibility.expressions import refused, required_literals, slowest, trie_pattern


def test_the_trie_is_as_deep_as_phrases_branch() -> None:
    """A phrase of 5,000 characters neither overflows the stack nor changes what is matched."""
    phrases = ["a" * 5000, "a" * 4999 + "b", "ab"]
    compiled = re.compile(trie_pattern(phrases))
    assert all(compiled.fullmatch(phrase) for phrase in phrases)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("ab|cd", ("ab", "cd")),
        (r"ab|\d", ()),
        ("(?:ab)?cd", ("cd",)),
        ("x{2,3}yz", ("yz",)),
        ("(?i:ab)c", ("c",)),
        (r"\d+ per cent", (" per cent",)),
        ("(?!ab)c", ("c",)),
        ("a[bc]d", ("a",)),
        ("a (?:bcd|efgh|(?:ijkl|mnop)q)", ("bcd", "efgh", "ijkl", "mnop")),
    ],
)
def test_required_literals(pattern: str, literals: tuple[str, ...]) -> None:
    """Only what every match must hold one of; ignoring case and looking ahead promise nothing."""
    assert required_literals(pattern) == literals


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("((", ": missing ), unterminated subpattern"),
        (r"\w*", " matches nothing at all"),
        (r"(?:\w+ ?)+x", " repeats a repeat"),
        (r"des (?:\w+ )*\w+ de", " repeats a repeat"),
        (r"des \w+ de \w+", ""),
    ],
)
def test_what_no_text_can_make_right_is_refused(pattern: str, says: str) -> None:
    reason = refused(pattern)
    assert reason.startswith(says) and bool(reason) == bool(says)


@pytest.mark.parametrize("pattern", [r".*.*.*.*zzq", r"\w*\s*\w*\s*\w*\s*\w*zz", r"(?:ab|a.|.b)*zzq"])
def test_patterns_that_run_away_are_told_at_once(pattern: str) -> None:
    """They would take years for 4,000 characters, so they are tried on a few first."""
    assert refused(pattern) == ""
    assert re.match(r"takes \d+ ms for \d\d\d? characters of '", slowest(re.compile(pattern), 400)), pattern


def test_ordinary_patterns_pass() -> None:
    assert slowest(re.compile(r"des (?:dizaines|centaines|milliers) de \w+"), 4_000) == ""
