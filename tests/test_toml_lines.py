"""Lines of keys, whatever stands in strings."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credibility.toml_lines import line_of

RULES = '''# [[rule]]
[[rule]]
id = "a"
why = """
[[rule]]
id = "no"
"""
bad = [
  "id = 3",
]
  [[ "rule" ]]
id = "b"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("rule", 0), 2),
        (("rule", 1), 11),
        (("rule", 0, "id"), 3),
        (("rule", 1, "id"), 12),
        (("rule", 0, "bad"), 8),
        (("rule", 1, "bad"), 1),
    ],
)
def test_strings_and_comments_are_no_tables(path: tuple[str | int, ...], line: int) -> None:
    """Only headers and keys count, with spaces and quotation marks around them."""
    assert line_of(RULES, path) == line


@given(st.lists(st.text("ab\n\"'[]=# \u2028", max_size=12), min_size=1, max_size=6), st.integers(0, 5))
def test_the_nth_table_is_found_whatever_its_strings_hold(values: list[str], which: int) -> None:
    """The text from the line that is told on begins with that table."""
    text = "".join(f"[[rule]]\nid = {json.dumps(value)}\nwhy = '''\n{value.replace(chr(39), '')}\n'''\n" for value in values)
    which = which % len(values)
    line = line_of(text, ("rule", which))
    rest = "\n".join(text.split("\n")[line - 1 :])
    assert tomllib.loads(rest)["rule"][0]["id"] == tomllib.loads(text)["rule"][which]["id"]
