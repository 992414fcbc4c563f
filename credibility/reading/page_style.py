"""What inline styles and attributes say about whether a text can be seen.

Style sheets are not read: only what the element itself carries is judged, and where it leaves a doubt, the text counts as
shown. aria-hidden alone hides nothing from the eye, and class names ('sr-only', 'collapse') are hints for the layout, not
proofs.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from credibility.reading.page_tree import Attributes

# Attributes that can hide an element or colour its text.
VISIBILITY_ATTRIBUTES = frozenset(("hidden", "style", "bgcolor", "color", "text"))

# Scripts uncover these once the page is ready (fade-ins, protection against framing): hiding them hides no text.
_UNCOVERED = frozenset(("html", "body", "main", "article"))

_HIDDEN = re.compile(
    r"display:none"
    r"|visibility:(?:hidden|collapse)"
    r"|(?:^|;)(?:left|right|top|text-indent|margin-left|margin-top):-\d{4,}(?:\.\d*)?(?:px|pt|em|rem|%)?"
    r"|(?:^|;)clip:rect\((?:0(?:px)?|1px)(?:[,;](?:0(?:px)?|1px|auto)){3}\)"
    r"|clip-path:inset\((?:50|100)%"
)
_DECLARATION = re.compile(r"(?:^|;)(color|background|background-color|font-size):([^;]{1,80})")
_ZERO = re.compile(r"0+(?:\.0*)?(?:px|pt|em|rem|%|vw)?(?:!|$)")
_HEX = re.compile(r"#([0-9a-f]{3}(?:[0-9a-f]{3})?)\b")
_RGB = re.compile(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,1(?:\.0+)?)?\)")
_NAMED = {"white": "ffffff", "black": "000000", "red": "ff0000", "yellow": "ffff00", "blue": "0000ff", "silver": "c0c0c0", "gray": "808080"}
# Longer style attributes carry images as data; what hides a text stands at the start or not at all.
_LONGEST_STYLE = 1_000


class Ink(NamedTuple):
    """Colours as six hex digits, '' where nothing near says them, and whether the size of the letters is zero."""

    colour: str = ""
    background: str = ""
    zero: bool = False

    @property
    def legible(self) -> bool:
        """False for letters of no size or in the very colour of their ground."""
        return not self.zero and (not self.colour or self.colour != self.background)


VISIBLE = Ink()


def is_hidden(tag: str, attributes: Attributes) -> bool:
    """Whether the element itself says that it and all in it is not to be seen."""
    if tag in _UNCOVERED:
        return False
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and _read_style(style[:_LONGEST_STYLE]).hidden


def ink_of(around: Ink, attributes: Attributes) -> Ink:
    """The ink of an element's text, given that of the text around it.

    A class may set any colour and size, so an element with one starts afresh.
    """
    colour, background, zero = VISIBLE if "class" in attributes else around
    background = _colour(attributes.get("bgcolor")) or background
    colour = _colour(attributes.get("color") or attributes.get("text")) or colour
    if style := attributes.get("style"):
        own = _read_style(style[:_LONGEST_STYLE])
        colour = colour if own.colour is None else own.colour
        background = background if own.background is None else own.background
        zero = zero if own.zero is None else own.zero
    return Ink(colour, background, zero)


class _Style(NamedTuple):
    """What an inline style says of visibility; None for what it leaves as it is."""

    hidden: bool
    colour: str | None = None
    background: str | None = None
    zero: bool | None = None


@lru_cache(maxsize=1024)  # a page repeats its few styles
def _read_style(style: str) -> _Style:
    """What an inline style says of visibility."""
    plain = "".join(style.lower().split())
    said: dict[str, str] = dict(_DECLARATION.findall(plain))
    ground = said.get("background-color", said.get("background"))
    size = said.get("font-size")
    return _Style(
        hidden=_HIDDEN.search(plain) is not None,
        colour=_colour(said["color"]) if "color" in said else None,
        background=None if ground is None else _colour(ground),
        zero=None if size is None else _ZERO.match(size) is not None,
    )


def _colour(value: str | None) -> str:
    """Six hex digits of a colour; '' for none or one that is not plain.

    >>> _colour("#FFF"), _colour("rgb(255,255,255)"), _colour("white"), _colour("url(a.png)#fff")
    ('ffffff', 'ffffff', 'ffffff', '')
    """
    text = (value or "")[:80].strip().lower().replace(" ", "").removesuffix("!important")
    if text in _NAMED:
        return _NAMED[text]
    if hit := _HEX.fullmatch(text):
        return hit[1] if len(hit[1]) == 6 else "".join(digit * 2 for digit in hit[1])
    if hit := _RGB.fullmatch(text):
        return "".join(f"{min(int(part), 255):02x}" for part in hit.groups())
    return ""
