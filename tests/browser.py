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
