"""Lines of tables and keys, whatever stands in strings."""

import json
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from credibility.toml_lines import key_line, table_line

TEXT = '''# [[rule]]
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
[tool.credibility."per path"]
select = 1
'''


def test_strings_and_comments_are_no_tables() -> None:
    """Only headers and keys count, with spaces and quotation marks around them."""
    assert [table_line(TEXT, "rule", number) for number in (1, 2, 3)] == [2, 11, 0]
    assert [key_line(TEXT, "id", after) for after in (0, 3, 12)] == [3, 12, 0]
    assert key_line(TEXT, "why", 11) == 0 and key_line(TEXT, "id", 3, 11) == 0
    assert table_line(TEXT, "tool.credibility.per path") == 13


@given(st.lists(st.text("ab\n\"'[]=# \u2028", max_size=12), min_size=1, max_size=6), st.integers(0, 5))
def test_the_nth_table_is_found_whatever_its_strings_hold(values: list[str], which: int) -> None:
    """The line that is told holds the header, and the text from there on begins with that table."""
    text = "".join(f"[[rule]]\nid = {json.dumps(value)}\nwhy = '''\n{value.replace(chr(39), '')}\n'''\n" for value in values)
    which = which % len(values)
    line = table_line(text, "rule", which + 1)
    rest = "\n".join(text.split("\n")[line - 1 :])
    assert tomllib.loads(rest)["rule"][0]["id"] == tomllib.loads(text)["rule"][which]["id"]
