from playwright.sync_api import sync_playwright

with sync_playwright() as p:
    b = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox", "--disable-gpu"])
    g = b.new_page(viewport={"width": 800, "height": 1100})
    g.emulate_media(media="print")
    g.goto("file:///tmp/house-scratch/arone.html")
    g.screenshot(path="/tmp/house-scratch/print.png", full_page=True)
    g = b.new_page(viewport={"width": 320, "height": 800})
    g.goto("file:///tmp/house-scratch/all.html")
    g.screenshot(path="/tmp/house-scratch/p320.png", clip={"x": 0, "y": 0, "width": 320, "height": 1800}, full_page=True)
    print(g.evaluate("[document.documentElement.scrollWidth, innerWidth]"))
