"""The HTML report in a real browser: text and marks right, nothing loaded, every link works without JavaScript, all is legible."""

import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from credibility.document import BlockRole, Statistic
from credibility.report import Report
from tests.writing import HOSTILE, blocks_of, on, report_of, unreadable, written

pytestmark = pytest.mark.browser

ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
)
REMEDY = "no Chromium was found, and the report must be seen in a real browser: apt-get install chromium, or put one on the PATH"

ENGLISH = "The council met on Monday and decided to keep the old harbour open all winter."
FRENCH = f"""PARTAGER
Le vieux port rouvre après six mois de travaux
Selon les chiffres disponibles, des centaines de pêcheurs sont partis, et près de 40 000 bateaux attendraient au large.
De nombreux observateurs craignent que la réouverture ne suffise pas, a dit Jeanne Morvan, qui préside le syndicat.
{ENGLISH}
Cette version a été traduite automatiquement.
"""
ARABIC = """إعادة فتح الميناء القديم بعد أشهر من الأعمال
وقالت مصادر مطلعة إن عشرات الصيادين غادروا المنطقة منذ شهر مارس، وينتظر أكثر من ٤٠٬٠٠٠ قارب في عرض البحر.
"""


def french() -> Report:
    """Flags of each severity, nested and crossing ones, whole blocks, figures."""
    roles = tuple(BlockRole(b.span, b.role, "share" if b.role == "boilerplate" else b.kind, 0.9) for b in blocks_of(FRENCH, ["share"]))
    vague = on(FRENCH, "Selon les chiffres disponibles", evidence_from="the words")
    return report_of(
        FRENCH,
        [
            vague,
            on(FRENCH, "des centaines de pêcheurs", "unsourced-statistic.vague", "error", unit="pêcheurs"),
            on(FRENCH, "De nombreux observateurs craignent"),
            on(FRENCH, "observateurs", "unsourced-statistic.bare", "note"),
            on(FRENCH, "craignent que la réouverture", "repetition.sentence", "error"),
            on(
                FRENCH,
                "The council met on Monday and decided to keep the old harbour open all winter.",
                "mixed-language.passage",
                language="en",
            ),
            on(FRENCH, "Cette version a été traduite automatiquement.", "machine-translation.declared", "error"),
            on(FRENCH, "PARTAGER", "boilerplate.share", "note"),
        ],
        statistics=(
            Statistic(on(FRENCH, "des centaines de pêcheurs").span, "vague", vague.span),
            Statistic(on(FRENCH, "près de 40 000 bateaux").span, "unsourced"),
            Statistic(on(FRENCH, "six mois").span, "sourced", on(FRENCH, "Jeanne Morvan").span),
        ),
        blocks=roles,
        title="Le vieux port rouvre",
        source="Le Phare",
        url="https://phare.example/port",
    )


def arabic() -> Report:
    """Right-to-left text with a flag."""
    return report_of(ARABIC, [on(ARABIC, "مصادر مطلعة")], language="ar", blocks=blocks_of(ARABIC))


def hostile() -> Report:
    """All that a clipping may try, each piece flagged."""
    text = "\n".join(HOSTILE)
    return report_of(
        text, [on(text, piece) for piece in HOSTILE], title=HOSTILE[0], url="javascript:alert(1)", source=HOSTILE[2], id=HOSTILE[1]
    )


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.fail(REMEDY)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS.split())
        yield browser
        browser.close()


class Opened:
    """A page as a reader without JavaScript has it, and all that it asked for or complained of."""

    def __init__(self, browser: Browser, folder: Path, *reports: Report, **context: Any) -> None:
        file = folder / "report.html"
        file.write_text(written("html", *reports), encoding="utf-8")
        self.context = browser.new_context(java_script_enabled=False, **({"viewport": {"width": 1300, "height": 900}} | context))
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(file.as_uri())
        self.address = file.as_uri()

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize("report", [french(), arabic(), hostile()], ids=["french", "arabic", "hostile"])
def test_text_and_marks_as_the_browser_has_them(browser: Browser, tmp_path: Path, report: Report) -> None:
    """The pane holds the analysed text, each mark its quotation; nothing was loaded, nothing complained."""
    with Opened(browser, tmp_path, report) as opened:
        pane = opened.page.locator(".text")
        assert pane.evaluate("pane => pane.textContent") == re.sub("[\0\ud800-\udfff]", "\ufffd", report.document.text)
        marked = pane.evaluate(
            """pane => {
                const found = {};
                for (const mark of pane.querySelectorAll('mark')) found[mark.dataset.f] = (found[mark.dataset.f] || '') + mark.textContent;
                return found;
            }"""
        )
        for number, finding in enumerate(report.findings, 1):
            quote = "".join(re.sub("[\0\ud800-\udfff]", "\ufffd", finding.quote).split())
            assert "".join(marked.get(str(number), "").split()) == quote, number
        assert opened.asked == [opened.address] and opened.said == []


def test_words_lead_to_their_finding_and_back(browser: Browser, tmp_path: Path) -> None:
    """A click on the words, or on their number, brings the finding into view; its number brings back the words."""
    with Opened(browser, tmp_path, french(), viewport={"width": 1300, "height": 500}) as opened:
        for row, finding in enumerate(french().findings, 1):
            opened.page.locator(f".text a.n[href='#c1-f{row}']").click()
            card = opened.page.locator(f"#c1-f{row}")
            assert opened.page.url.endswith(f"#c1-f{row}")
            assert _in_view(card) and finding.rule in card.inner_text()
            card.locator(".back").click()
            assert opened.page.url.endswith(f"#c1-m{row}") and _in_view(opened.page.locator(f"#c1-m{row}"))
        opened.page.locator(".w", has_text="Selon les chiffres").click()
        assert _in_view(opened.page.locator("li:target", has_text="vague-source.figure"))


def _in_view(element: Any) -> bool:
    """Whether the top of the element can be seen."""
    return bool(
        element.evaluate(
            """element => {
                const box = element.getBoundingClientRect();
                const seen = document.elementFromPoint(box.left + 6, box.top + 6);
                return seen !== null && (element.contains(seen) || seen.contains(element));
            }"""
        )
    )


# Of every element with words of its own, and of what the style sheet draws before or after one: how its colour stands out from
# the nearest background behind it. WCAG 2.2, relative luminance and contrast.
CONTRASTS = """() => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const channels = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const linear = c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const luminance = colour => {
        const [r, g, b] = channels(colour).map(c => linear(c / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const opaque = colour => channels(colour)[3] === 255;
    const behind = element => {
        while (element && !opaque(getComputedStyle(element).backgroundColor)) element = element.parentElement;
        return getComputedStyle(element).backgroundColor;
    };
    const found = [];
    for (const element of document.body.querySelectorAll('*')) {
        const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        for (const part of [null, '::before', '::after']) {
            const style = getComputedStyle(element, part);
            if (part ? ['none', 'normal', '""'].includes(style.content) : !own) continue;
            const back = part && opaque(style.backgroundColor) ? style.backgroundColor : behind(element);
            const [dark, light] = [luminance(style.color), luminance(back)].sort((a, b) => a - b);
            found.push([element.tagName + '.' + element.className + (part || ''), (light + 0.05) / (dark + 0.05)]);
        }
    }
    return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_stands_out_from_what_is_behind_it(browser: Browser, tmp_path: Path, scheme: str) -> None:
    """A contrast of 4.5 and more for all words, in both modes, also on what a link has just led to."""
    with Opened(browser, tmp_path, french(), arabic(), unreadable(), hostile(), color_scheme=scheme) as opened:
        for target in ("", "#c1-f2", "#c1-m2", "#c1-m7"):
            opened.page.goto(opened.address + target)
            found = opened.page.evaluate(CONTRASTS)
            assert len(found) > 100 and [(what, round(ratio, 2)) for what, ratio in found if ratio < 4.5] == []
        light = opened.page.evaluate("() => getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] > 127")
        assert light == (scheme == "light")


def test_severity_is_told_without_colour(browser: Browser, tmp_path: Path) -> None:
    """Each severity has an underline and a bar of its own, and its name stands in the finding."""
    with Opened(browser, tmp_path, french()) as opened:
        for selector, what in (("mark.{}:not(.whole)", "textDecorationStyle"), ("mark.{}.whole", "borderInlineStartStyle")):
            styles = [
                opened.page.locator(selector.format(level)).first.evaluate(f"mark => getComputedStyle(mark).{what}")
                for level in ("error", "warning", "note")
            ]
            assert styles == ["solid", "dashed", "dotted"]
        assert {element.inner_text() for element in opened.page.locator(".sev").all()} == {"error", "warning", "note"}


def test_right_to_left_text_stands_right(browser: Browser, tmp_path: Path) -> None:
    """Arabic blocks are laid out from the right, English ones of the same run from the left."""
    headline = report_of(ARABIC, [on(ARABIC, ARABIC.split("\n")[0])], language="ar", blocks=blocks_of(ARABIC))
    with Opened(browser, tmp_path, arabic(), french(), headline) as opened:
        ends = "p => { const range = document.createRange(); range.selectNodeContents(p); const words = range.getBoundingClientRect(), " + (
            "box = p.getBoundingClientRect(); return [Math.abs(words.left - box.left) < 3, Math.abs(words.right - box.right) < 3]; }"
        )
        assert opened.page.locator("#c1-b0").evaluate(ends) == [False, True]
        assert opened.page.locator("#c2-b1").evaluate(ends) == [True, False]
        sides = "number => [getComputedStyle(number).marginLeft, getComputedStyle(number).marginRight].map(side => side !== '0px')"
        assert opened.page.locator("#c3-b0 .n.lead").evaluate(sides) == [True, False], "between the number and the words"
        assert opened.page.locator(".text").first.get_attribute("lang") == "ar"


def test_nothing_is_wider_than_the_window(browser: Browser, tmp_path: Path) -> None:
    """From a small telephone up; on narrow screens the findings stand below the text, on wide ones beside it."""
    deep = report_of(FRENCH, title="Le vieux port rouvre", id="a", path="/srv/clippings/2026-12-01/le-phare/" + "0" * 40 + ".jsonl")
    endless = report_of(FRENCH, title='=HYPERLINK("https://example.invalid/' + "0" * 60)
    with Opened(browser, tmp_path, french(), arabic(), hostile(), deep, endless) as opened:
        for width in (320, 390, 768, 1300):
            opened.page.set_viewport_size({"width": width, "height": 800})
            assert opened.page.evaluate("() => document.documentElement.scrollWidth") <= width, width
            text, side = (opened.page.locator(selector).first.bounding_box() for selector in (".paper", ".side"))
            assert text and side
            assert (side["x"] > text["x"] + text["width"]) if width == 1300 else (side["y"] >= text["y"] + text["height"])


def test_it_prints(browser: Browser, tmp_path: Path) -> None:
    """On paper the findings follow the text, none is cut off in a scrolling column, and closed details are open."""
    with Opened(browser, tmp_path, french(), arabic()) as opened:
        opened.page.emulate_media(media="print")
        side = opened.page.locator(".side").first
        assert side.evaluate("side => [getComputedStyle(side).position, side.scrollHeight <= side.clientHeight + 1]") == ["static", True]
        assert opened.page.get_by_text("Whether what it says is true was not assessed.").last.is_visible()
        assert opened.page.pdf(format="A4").startswith(b"%PDF")


def test_a_screen_reader_finds_its_way(browser: Browser, tmp_path: Path) -> None:
    """Headings in order without a gap, every link and region named, no id twice."""
    with Opened(browser, tmp_path, french(), unreadable(), arabic()) as opened:
        levels = opened.page.evaluate("() => [...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        unnamed = "() => [...document.querySelectorAll('a')].filter(a => !(a.getAttribute('aria-label') || a.textContent.trim())).length"
        assert opened.page.evaluate(unnamed) == 0
        twice = "() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.length - new Set(ids).size; }"
        assert opened.page.evaluate(twice) == 0
        dead = "() => [...document.querySelectorAll(\"a[href^='#']\")].filter(a => !document.getElementById(a.hash.slice(1))).length"
        assert opened.page.evaluate(dead) == 0
