"""The drawing page in a real browser, before a real server of a model that knows a few doodles."""

import base64
import io
import json
import time

import numpy as np
import pytest
from PIL import Image

from pipeline.synth.jitter import hand_drawn
from pipeline.synth.recipes import RECIPES
from serving.server.config import ServerConfig
from tests.browser import chromium
from tests.serving.running_server import running_server
from tests.serving.web.doodle_model import write_doodle_model


@pytest.fixture(scope="session")
def doodle_models(tmp_path_factory):
    """A base path with version 1; do not change it."""
    path = tmp_path_factory.mktemp("doodle_models")
    write_doodle_model(path / "1")
    return path


@pytest.fixture(scope="session")
def page_server(doodle_models):
    with running_server(ServerConfig(doodle_models, web=True)) as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    with chromium() as launched:
        yield launched


@pytest.fixture
def open_page(browser):
    """A function that opens the page of a server."""
    contexts = []

    def opened(server, **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        return DrawingPage(context.new_page(), server.rest_url)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def drawing_page(open_page, page_server):
    """The page, of which nobody has heard a complaint at the end of the test."""
    opened = open_page(page_server)
    yield opened
    assert opened.complaints == []


class DrawingPage:
    """The page, and a hand that draws on it."""

    def __init__(self, page, url):
        self.page = page
        self.complaints = []
        self.questions = []  # what the server was asked, as it was sent
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._look_at)
        page.on("response", lambda answer: self.complaints.append(answer.url) if answer.status >= 400 else None)
        self._url = url
        page.goto(url)
        page.get_by_role("button", name="Draw me a …").wait_for()  # the page knows the model
        self.canvas = page.get_by_role("application", name="Drawing area")
        self.sentence = page.locator("#sentence")

    def _look_at(self, request):
        if not request.url.startswith(self._url):
            self.complaints.append(request.url)
        if request.url.endswith(":predict"):
            self.questions.append(request.post_data_json)

    def position(self, x, y):
        """Where a point of the paper, 0..1, lies in the window."""
        box = self.canvas.bounding_box()
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    def draw(self, strokes):
        """Draws with the mouse; strokes are lists of points of the paper."""
        mouse = self.page.mouse
        for (x, y), *others in strokes:
            mouse.move(*self.position(x, y))
            mouse.down()
            for point in others:
                mouse.move(*self.position(*point))
            mouse.up()

    def draw_word(self, word, seed=3):
        """Draws a word as somebody in a hurry does; the model's training had other drawings."""
        rng = np.random.default_rng(seed)
        strokes = hand_drawn(RECIPES[word](rng), rng)
        points = np.concatenate(strokes)
        low, side = points.min(axis=0), np.ptp(points, axis=0).max()
        self.draw([((stroke - low) / side * 0.7 + 0.15)[::4].tolist() for stroke in strokes])

    def wait_until_asked(self, drawing):
        """Waits until the server has been asked about this drawing, and about no other one after it."""
        deadline = time.monotonic() + 10
        while self.asked() != drawing and time.monotonic() < deadline:
            self.page.wait_for_timeout(20)
        self.page.wait_for_timeout(200)
        assert self.asked() == drawing

    def asked(self):
        """What the server was asked about last, None if nothing."""
        return json.loads(self.questions[-1]["instances"][0]) if self.questions else None

    def ink(self):
        """The paper's pixels once a frame has been painted, uint8 `[size, size, 4]`: red, green, blue, opacity."""
        self.page.evaluate("() => new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame))")
        url = self.canvas.evaluate("(canvas) => canvas.toDataURL()")
        return np.array(Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))))

    def inked(self):
        """How many pixels are inked."""
        return int((self.ink()[..., 3] > 127).sum())

    def guesses(self):
        """The words and shares of the three bars."""
        return [tuple(row.splitlines()) for row in self.page.locator("#guesses li").all_inner_texts()]
