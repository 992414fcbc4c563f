"""Takes the picture of the README: `python docs/screenshot.py [CLIPPING]` writes docs/images/report.png with Chromium.

Needs `pip install playwright` and Chromium (`apt-get install chromium`).
"""

import io
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from credibility.pipeline import check
from credibility.reading.read import ReadOptions, read_paths
from credibility.writers import write

HERE = Path(__file__).parent
CLIPPING = HERE / "example.txt"
SIZE = {"width": 1240, "height": 860}


def take(clipping: Path, picture: Path) -> None:
    """Write the first screen of the clipping's report as PNG."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        sys.exit("no Chromium was found; install it with: apt-get install chromium")
    page = io.StringIO()
    write("html", (check(document) for document in read_paths([str(clipping)], ReadOptions())), page)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--headless", "--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport=SIZE, color_scheme="light", java_script_enabled=False)
        tab.set_content(page.getvalue().replace(f"{clipping.parent}/", ""))
        picture.parent.mkdir(exist_ok=True)
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else CLIPPING, HERE / "images" / "report.png")
