"""Words of a clipping as XML can hold them."""

import re
from html import escape

from credibility.visible import disarmed_markup, name, one_line

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What XML 1.0 has no place for, not even as a character reference, beside what `visible` names.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")


def attribute(text: str) -> str:
    """The text on one line, hidden characters named, for an attribute in double quotes or between tags.

    >>> attribute('a "b" \\x1b<')
    'a &quot;b&quot; ␛&lt;'
    """
    line = _NO_CHARACTER.sub(lambda hit: name(hit.group()), one_line(text))
    return disarmed_markup(escape(line))
