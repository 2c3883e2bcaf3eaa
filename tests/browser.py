"""A real browser: Debian's Chromium, headless.

Where there is none its tests are skipped, unless QUICKDRAW_BROWSER_TESTS is "required".
"""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tests.programs import find_program


@contextmanager
def chromium():
    """Starts it; one at a time, so fixtures of it have no wider scope than a module."""
    sentence = "no page is opened in a browser: there is no chromium on the PATH (Debian: apt-get install chromium)"
    path = find_program("chromium", sentence, "QUICKDRAW_BROWSER_TESTS")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path)
        yield launched
        launched.close()


def open_page(browser, url, width=1280, **options):
    """Opens a page that may load nothing but itself; `complaints` are what it says, and what else it asks for."""
    page = browser.new_context(viewport={"width": width, "height": 800}, **options).new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.complaints.append(request.url) if request.url != url else None)
    page.goto(url)
    return page
