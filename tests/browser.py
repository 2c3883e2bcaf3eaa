"""A real browser: Debian's Chromium, headless.

Where there is none its tests are skipped, unless QUICKDRAW_BROWSER_TESTS is "required".
"""

import os
import shutil
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright


@contextmanager
def chromium():
    """Starts it; one at a time, so fixtures of it have no wider scope than a module."""
    path = shutil.which("chromium")
    if path is None:
        sentence = "no page is opened in a browser: there is no chromium on the PATH (Debian: apt-get install chromium)"
        if os.environ.get("QUICKDRAW_BROWSER_TESTS") == "required":
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path)
        yield launched
        launched.close()
