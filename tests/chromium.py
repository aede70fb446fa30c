"""A browser for tests, and a page in it of which nothing goes unnoticed."""

import contextlib
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import find_chromium
import pytest
from playwright.sync_api import sync_playwright

WIDTHS = {"desk": 1280, "phone": 360}
# Wait for a frame and its fonts: pictures and formulas learn their width when it is laid out, from
# observers, which speak in the order of their age.
LAID_OUT = """new Promise((done) => new ResizeObserver((entries, self) => {
    self.disconnect();
    document.fonts.ready.then(() => done(true));
}).observe(document.documentElement))"""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser():
    """A Chromium without a window, for which there is no host but this one."""
    path = find_chromium.find_chromium(for_tests=True)
    if path is None:
        pytest.fail(find_chromium.HINT)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """A page in the browser, and what went wrong while it was open."""

    page: object
    requests: list = field(default_factory=list)
    foreign: list = field(default_factory=list)
    failed: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    def complain(self, message):
        """Note whatever a page says on the console."""
        self.complaints.append(message.text)

    def judge_response(self, response):
        """Note an answer that is an error."""
        if response.status >= 400:
            self.failed.append(response.url)


@pytest.fixture
def visit(browser):
    """Open an address in a fresh browser; every request to another place is noted."""
    with contextlib.ExitStack() as contexts:

        def open_page(address, *, width="desk", theme="light", **options):
            size = {"width": WIDTHS[width], "height": 800}
            context = browser.new_context(viewport=size, color_scheme=theme, **options)
            contexts.callback(context.close)
            return watch(context.new_page(), address)

        yield open_page


def watch(page, address):
    """Open the address with all listeners in place."""
    visit = Visit(page)
    page.set_default_timeout(60_000)  # ms; also for a machine that has much else to do
    home = urlsplit(address)

    def judge_request(request):
        visit.requests.append(request.url)
        target = urlsplit(request.url)
        is_own = (target.scheme, target.netloc) == (home.scheme, home.netloc)
        if not is_own and target.scheme not in ("data", "blob"):
            visit.foreign.append(request.url)

    page.on("request", judge_request)
    page.on("console", visit.complain)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("requestfailed", lambda request: visit.failed.append(request.url))
    page.on("response", visit.judge_response)
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    return visit
