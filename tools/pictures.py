"""Take the pictures that show the site elsewhere, from the built site itself.

`_static/social-card.png` stands beside shared links, `.github/site.png` in the README. Run it after
`make book` when the look of the site or its first figure has changed: `make pictures`.
"""

import sys
from pathlib import Path

from find_chromium import HINT, find_chromium
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
HTML = ROOT / "_build" / "html"

# Title and figure of the first page, on a card of the size that services ask for.
CARD = """() => {
    const title = document.querySelector("article h1").firstChild.textContent;
    const figure = document.querySelector("article .cell .figure");
    figure.loading = "eager";
    figure.style = "width: 100%; max-width: none";
    document.body.innerHTML = `<div class="bd-article" style="display: grid; height: 630px;
        align-content: space-around; justify-items: center; overflow: hidden">
        <h1 style="margin: 0; font-size: 48px">${title}</h1>
        <div style="width: 780px">${figure.outerHTML}</div></div>`;
}"""
# The last exercise on the loss surface, when gradient descent has run.
DESCENT = """async () => {
    const place = document.querySelector("[data-widget=loss_surface_explorer]");
    place.scrollIntoView();
    const button = () =>
        [...place.querySelectorAll("button")].find((found) => found.textContent === "Run");
    while (!button()) await new Promise(requestAnimationFrame);
    button().click();
    await new Promise((later) => setTimeout(later, 4000));
    place.scrollIntoView();
}"""


def take(browser, page, path, *, size, change="() => {}"):
    """Open a page of the built site, change it, and store what the window shows."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height})
    tab = context.new_page()
    tab.goto((HTML / page).as_uri())
    tab.evaluate(change)
    tab.evaluate("document.fonts.ready.then(() => true)")
    tab.screenshot(path=path)
    context.close()
    print(f"{path.relative_to(ROOT)}: taken")


def main():
    """Take both pictures."""
    chromium = find_chromium()
    if chromium is None:
        return HINT
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        card = ROOT / "_static" / "social-card.png"
        take(browser, "index.html", card, size=(1200, 630), change=CARD)
        site = ROOT / ".github" / "site.png"
        take(browser, "chapters/07_the_loss_surface.html", site, size=(1280, 900), change=DESCENT)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
