"""Hypothesis strategies that the tests share: texts and pages as nobody would write them but the web does."""

from hypothesis import strategies as st

# What breaks readers: NUL, controls, byte order marks, line ends of all kinds, directions, combining marks, lone surrogates.
AWKWARD = (
    "\x00\x01\x0b\x1c\x85\xa0\xad\u0301\u064b\u200b\u200f\u2028\u2029\u202e\ufeff\ufffd\uffff\ud800\udfff\U0001f600\U00020000\r\n\t İßﬁ"
)

hostile_text = st.text(st.one_of(st.characters(), st.sampled_from(AWKWARD)), max_size=200)
"""Any text at all, lone surrogates and NUL among it."""

utf8_text = hostile_text.map(lambda text: text.encode("utf-8", "replace").decode("utf-8"))
"""The same without what UTF-8 cannot hold."""

words = st.lists(st.sampled_from(["un", "deux", "الأول", "three", "M.", "12,5 %", "été", "«quote»"]), min_size=1, max_size=6).map(" ".join)

_INLINE = ("a href=x", "b", "em", "span class='Note lead'", "time datetime=2024-05-01", "u", "strong")
_BLOCK = ("p", "div id=Main", "section role=main", "blockquote", "h2", "ul", "article", "aside class=related", "footer", "figure", "pre")


def _element(inner: st.SearchStrategy[str], names: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.builds(lambda name, content: f"<{name}>{content}</{name.split()[0]}>", st.sampled_from(names), inner)


_inline = st.recursive(words, lambda inner: st.one_of(_element(inner, _INLINE), st.builds("{} {}".format, inner, inner)), max_leaves=4)
_blocks = st.recursive(
    st.one_of(_element(_inline, ("p", "div", "h2", "h3", "blockquote")), _inline, st.just("<hr>"), st.just("<br>")),
    lambda inner: st.one_of(
        _element(
            st.lists(inner, max_size=3).map("\n".join), ("div id=Main", "section role=main", "article", "aside class=related", "footer")
        ),
        st.lists(_element(inner, ("li",)), min_size=1, max_size=3).map(lambda items: f"<ul>{''.join(items)}</ul>"),
        st.lists(_element(inner, ("td", "th")), min_size=1, max_size=3).map(lambda cells: f"<table><tr>{''.join(cells)}</tr></table>"),
        inner.map(lambda content: f"<div style='display:none'>{content}</div>"),
    ),
    max_leaves=12,
)
nested_html = _blocks.map(lambda body: f"<!DOCTYPE html><html lang=fr><head><title>Titre</title></head><body>{body}</body></html>")
"""Pages that nest as they should, on which the parsers must agree to the last block."""

_SCRAPS = (
    "<div>", "</div>", "<p>", "</p>", "<b>", "</i>", "<a href=x>", "</a>", "<!--", "-->", "<![", "<!", "<", ">", "&", "&amp;", "&#0;",
    "&#xD800;", "&nbsp;", "<table>", "<td>", "</table>", "<script>", "</script>", "<style>", "<title>", "</title>", "<pre>", "<br>", "<li>",
    "<select>", "<option>", "<svg>", "<template>", "<noscript>", "</noscript>", "<div hidden>", "<p style='", "'", '"', "<body>", "</html>",
    "<?php", "]]>", "<meta charset=x>", "<script type='application/ld+json'>", "{", "<h1>", "<div/>", "=",
)  # fmt: skip
hostile_html = st.lists(st.one_of(st.sampled_from(_SCRAPS), hostile_text.map(lambda text: text[:20])), max_size=40).map("".join)
"""Scraps of markup in no order."""
