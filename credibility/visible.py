"""Characters that a reader cannot see and a terminal, log or browser obeys, made visible and harmless.

Controls and escape sequences can recolour a terminal or rewrite lines above, bidi controls can show words in an order in
which they do not stand, tag characters can carry a second text. Zero-width joiners stay: Persian and emoji need them.
"""

import json
import re
from typing import Any

# C0 and C1 controls, soft hyphen, bidi controls (061C, 200E, 200F, 202A-202E, 2066-2069), invisible operators and the
# deprecated format characters beside them, line and paragraph separators, zero-width space and byte order mark,
# interlinear annotation, tags, and surrogates that stand alone.
_HIDDEN = (
    "\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f\ud800-\udfff"
)
HIDDEN = re.compile(f"[{_HIDDEN}]")
_BUT_LINES = re.compile(f"(?![\t\n\r])[{_HIDDEN}]")


def name(character: str) -> str:
    """What stands for a hidden character: a control picture, else its code point.

    >>> name("\\x1b"), name("\\u202e")
    ('␛', '‹U+202E›')
    """
    point = ord(character)
    if point < 0x20:
        return chr(0x2400 + point)
    return "␡" if point == 0x7F else f"‹U+{point:04X}›"


def visible(text: str) -> str:
    """The text with every hidden character named, tabs and line ends too: safe for one line of a terminal or log.

    >>> visible("a\\x1b[31mb\\n")
    'a␛[31mb␊'
    """
    return HIDDEN.sub(_named, text)


def visible_lines(text: str) -> str:
    """The same, but tabs, carriage returns and newlines stay what they are.

    >>> visible_lines("a\\n\\x1b[31mb")
    'a\\n␛[31mb'
    """
    return _BUT_LINES.sub(_named, text)


def one_line(text: str) -> str:
    """The text on one line: runs of white space become one space, what is hidden is named.

    >>> one_line(" a\\n\\tb\\u202e")
    'a b‹U+202E›'
    """
    return visible(" ".join(text.split()))


def _named(hit: re.Match[str]) -> str:
    return name(hit.group())


# What the log of GitHub Actions or Azure Pipelines takes for a command: '::name' at the start of a line, white space before it
# aside, and '##[name]' anywhere (actions/runner, ActionCommand.TryParseV2 and TryParse).
_LOG_COMMAND = re.compile(r"((?:^|[\r\n])[^\S\r\n]*:)(?=:)|#(?=#\[)")


def disarmed(text: str) -> str:
    """The text with a space in what the log of a CI system would take for a command; a text is taken for the start of a line.

    >>> disarmed("::stop-commands::x"), disarmed("a ##[error]b"), disarmed("a::b")
    (': :stop-commands::x', 'a # #[error]b', 'a::b')
    """
    return _LOG_COMMAND.sub(r"\g<0> ", text) if "::" in text or "##[" in text else text


def disarmed_markup(markup: str) -> str:
    """The same for HTML and XML: a character reference, so that the words stay what they are.

    >>> disarmed_markup("::group::x")
    '&#58;:group::x'
    """
    if "::" not in markup and "##[" not in markup:
        return markup
    return _LOG_COMMAND.sub(lambda hit: f"{hit.group()[:-1]}&#{ord(hit.group()[-1])};", markup)


def json_line(value: Any) -> str:
    """The value as JSON on one line, all beyond ASCII escaped: no lone surrogate, line separator or terminal code leaves as itself.

    '##[' is written with an escape, which reads back the same.

    >>> print(json_line({"quote": "##[error]é"}))
    {"quote": "#\\u0023[error]\\u00e9"}
    """
    # '#' stands in strings only, and never after a backslash.
    return json.dumps(value, allow_nan=False).replace("##[", "#\\u0023[")
