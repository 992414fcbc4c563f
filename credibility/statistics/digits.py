"""Numbers in digits: what digits with their marks are worth, and where they are part of something else."""

import re
from collections.abc import Collection

# Grouped by spaces, or with any of the marks that groups and decimals are written with. Bounded: no newsroom counts further.
DIGITS = re.compile(r"\d{1,3}(?: \d{3}){1,6}(?!\d)(?:[.,٫]\d{1,6}(?!\d))?|\d+(?:[.,٫٬']\d+){0,8}")
MOST_DIGITS = 15
# A number of four digits among them is a year, unless something tells otherwise.
YEARS = range(1900, 2100)


def worth(digits: str, decimal: str, groups: Collection[str]) -> float | None:
    """The worth of digits with their marks; None for what is no number in any style: dates, addresses, versions.

    A mark is a group mark if it stands more than once or the language groups with it and three digits follow.

    >>> worth("26.469,89", ",", {"."}), worth("3,215.63", ".", {","}), worth("12.05.2020", ".", {","})
    (26469.89, 3215.63, None)
    """
    marks = [c for c in digits if not c.isdigit()]
    if sum(c.isdigit() for c in digits) > MOST_DIGITS:
        return None
    if not marks:
        return float(int(digits))
    parts = re.split(r"[^\d]", digits)
    last, others = marks[-1], set(marks[:-1])
    has_decimals = last in "٫" or (last not in others and (len(parts[-1]) != 3 or last == decimal or last not in groups))
    if last == " ":
        has_decimals = False
    whole = parts[:-1] if has_decimals else parts
    if len(others | ({last} if not has_decimals else set())) > 1 or (has_decimals and last in others):
        return None
    if len(whole) > 1 and (not all(len(part) in (2, 3) for part in whole[1:]) or len(whole[0]) > 3 or len(whole[-1]) != 3):
        return None
    return float(f"{int(''.join(whole))}.{''.join(str(int(c)) for c in parts[-1])}") if has_decimals else float(int("".join(whole)))


def is_inside(behind: str) -> bool:
    """Whether the characters before a number make it part of something else.

    >>> [is_inside(behind) for behind in ("d-", " #", "v1.", "6:", " (")]
    [True, True, True, True, False]
    """
    last = behind[-1]
    return last in "#@_№§:/\\" or (
        last in "-.,'" and len(behind) > 1 and behind[-2].isalnum() and not (last == "'" and behind[-2].isalpha())
    )
