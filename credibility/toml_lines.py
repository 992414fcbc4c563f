"""In which line of a TOML file a table or key stands: `tomllib` tells that of broken syntax only, and an editor needs it for a wrong key.

Lines that look right are tried from the top; one counts if what stands before it is valid TOML by itself, so that nothing inside a
string of several lines is taken for a key.
"""

import re
import tomllib


def table_line(text: str, table: str, number: int = 1) -> int:
    """The line, from 1, of the header of the `number`th table of this name ('rule' for [[rule]], 'a.b' for [a.b]); 0 if there is none.

    >>> table_line('[[rule]]\\nid = "a"\\n[[rule]]\\n', "rule", 2)
    3
    """
    name = r"[ \t]*[.][ \t]*".join(f"[\"']?{re.escape(part)}[\"']?" for part in table.split("."))
    header = re.compile(rf"^[ \t]*\[\[?[ \t]*{name}[ \t]*\]", re.M)
    for hit in header.finditer(text):
        if _stands_alone(text[: hit.start()]):
            number -= 1
            if not number:
                return _line(text, hit.start())
    return 0


def key_line(text: str, key: str, after: int = 0, before: int = 0) -> int:
    """The line of the first `key = …` below line `after` and above line `before` (0: to the end); 0 if there is none.

    >>> key_line('[[rule]]\\nid = "a"\\n[[rule]]\\nid = "b"\\n', "id", 3)
    4
    """
    assignment = re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[.=]", re.M)
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[:after])
    end = sum(len(line) + 1 for line in lines[: before - 1]) if before else len(text)
    for hit in assignment.finditer(text, start, end):
        if _stands_alone(text[: hit.start()]):
            return _line(text, hit.start())
    return 0


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _stands_alone(text: str) -> bool:
    """Whether the text is valid TOML by itself."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True
