"""Drawing on the page, and what it answers."""

import io
import shutil

import pytest
from PIL import Image

from components.simplification import simplify_strokes
from serving.server.config import ServerConfig
from tests.serving.running_server import running_server

INVITATION = "Draw something. I guess while you draw."
ELL = [[(0.2, 0.2), (0.2, 0.8), (0.6, 0.8)]]
ELL_SIMPLIFIED = [[[0, 0, 170], [0, 255, 255]]]


def is_inked(drawing_page, x, y):
    """Whether a point of the paper is dark on the screen."""
    drawing_page.inked()  # waits until it has been painted
    screen = Image.open(io.BytesIO(drawing_page.page.screenshot())).convert("L")
    return screen.getpixel(drawing_page.position(x, y)) < 128


def is_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("word", ["house", "ice cream"])
def test_draw_a_word_see_the_word(drawing_page, word):
    drawing_page.draw_word(word)
    drawing_page.sentence.get_by_text(f"Oh I know, it's {word}!").wait_for()
    (best, share), *others = drawing_page.guesses()
    assert best == word
    assert int(share.removesuffix(" %")) >= 75
    assert len(others) == 2
    bars = drawing_page.page.locator("#guesses li").evaluate_all(
        "rows => rows.map(row => row.style.getPropertyValue('--at'))"
    )
    assert float(bars[0]) > float(bars[1]) >= float(bars[2])
    heard = drawing_page.page.locator("#voice")
    heard.get_by_text(f"Oh I know, it's {word}!").wait_for(state="attached")


def test_sends_strokes_in_the_form_that_the_model_learned_from(drawing_page):
    drawing_page.draw(ELL)
    drawing_page.wait_until_asked(ELL_SIMPLIFIED)


def test_undo_and_clear_and_undo_of_clear(drawing_page):
    undo, clear = (drawing_page.page.get_by_role("button", name=name) for name in ("Undo", "Clear"))
    assert [button.get_attribute("aria-disabled") for button in (undo, clear)] == ["true", "true"]
    drawing_page.draw([*ELL, [(0.2, 0.2), (0.6, 0.2)]])
    drawing_page.wait_until_asked([*ELL_SIMPLIFIED, [[0, 170], [0, 0]]])
    both = drawing_page.inked()
    undo.click()
    drawing_page.wait_until_asked(ELL_SIMPLIFIED)
    one = drawing_page.inked()
    assert 0 < one < both
    clear.click()
    assert drawing_page.sentence.inner_text() == INVITATION
    assert drawing_page.guesses() == [(), (), ()]
    assert clear.get_attribute("aria-disabled") == "true"
    assert drawing_page.inked() == 0
    drawing_page.page.keyboard.press("Control+z")
    assert drawing_page.inked() == one
    undo.click()
    assert drawing_page.sentence.inner_text() == INVITATION
    assert undo.get_attribute("aria-disabled") == "true"


def test_the_ink_lies_under_the_pen_at_any_size_of_window(drawing_page):
    drawing_page.draw(ELL)
    for width in (1280, 400):
        drawing_page.page.set_viewport_size({"width": width, "height": 800})
        drawing_page.page.mouse.move(0, 0)
        assert is_inked(drawing_page, 0.2, 0.5)
        assert is_inked(drawing_page, 0.4, 0.8)
        assert not is_inked(drawing_page, 0.21, 0.5)


def test_all_positions_between_two_frames_count(drawing_page):
    """A pen moves several times between two frames; the browser tells of them in one event."""
    mouse = drawing_page.page.mouse
    mouse.move(*drawing_page.position(0.1, 0.1))
    mouse.down()
    drawing_page.canvas.evaluate(
        """(canvas, places) => {
            const coalescedEvents = places.map(([clientX, clientY]) =>
              new PointerEvent("pointermove", {pointerId: 1, clientX, clientY}));
            canvas.dispatchEvent(new PointerEvent("pointermove", {pointerId: 1, coalescedEvents}));
        }""",
        [drawing_page.position(*point) for point in [(0.9, 0.1), (0.9, 0.9)]],
    )
    mouse.up()
    drawing_page.wait_until_asked([[[0, 255, 255], [0, 0, 255]]])


def test_a_finger_draws_and_a_second_one_does_not(open_page, page_server):
    drawing_page = open_page(page_server, viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True)
    session = drawing_page.page.context.new_cdp_session(drawing_page.page)

    def touch(kind, *points):
        places = [drawing_page.position(*point) for point in points]
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    touch("touchStart", (0.2, 0.2))
    touch("touchStart", (0.2, 0.2), (0.9, 0.9))
    touch("touchMove", (0.2, 0.8), (0.9, 0.1))
    touch("touchMove", (0.6, 0.8), (0.8, 0.1))
    touch("touchEnd")
    drawing_page.wait_until_asked(ELL_SIMPLIFIED)
    assert drawing_page.page.evaluate("scrollY") == 0
    assert drawing_page.complaints == []


def test_the_keyboard_draws(drawing_page):
    keyboard = drawing_page.page.keyboard
    keyboard.press("Tab")
    assert drawing_page.canvas.evaluate("(canvas) => canvas === document.activeElement")

    def move(key, times):
        for _ in range(times):
            keyboard.press(key)

    move("ArrowLeft", 4)
    keyboard.press("Space")
    move("ArrowRight", 8)
    move("ArrowDown", 4)
    keyboard.down("ArrowLeft")
    move("ArrowDown", 4)
    keyboard.up("ArrowLeft")
    move("Shift+ArrowLeft", 5)
    drawing_page.page.locator("#pen").get_by_text("Pen down, 45 % across, 70 % down.").wait_for(state="attached")
    keyboard.press("Space")
    move("ArrowRight", 3)
    corners = [[400, 600, 600, 575, 475, 450], [500, 500, 600, 600, 700, 700]]
    drawing_page.wait_until_asked([list(stroke) for stroke in simplify_strokes([corners])])
    keyboard.press("Backspace")
    assert drawing_page.sentence.inner_text() == INVITATION
    keyboard.press("Space")
    move("ArrowUp", 3)
    drawing_page.wait_until_asked([[[0, 0], [255, 0]]])
    keyboard.press("Delete")
    assert drawing_page.sentence.inner_text() == INVITATION
    keyboard.press("ArrowUp")
    assert drawing_page.sentence.inner_text() == INVITATION


def test_the_keyboard_reaches_every_control_and_leaves_the_paper(drawing_page):
    keyboard = drawing_page.page.keyboard
    names = []
    for _ in range(6):
        keyboard.press("Tab")
        names.append(
            drawing_page.page.evaluate("document.activeElement.innerText.trim() || document.activeElement.ariaLabel")
        )
    assert names == ["Drawing area", "Undo", "Clear", "Draw me a …", "The 4 words I know", "Draw with the keyboard"]


def test_tells_the_words_it_knows(drawing_page):
    assert "envelope, house, ice cream, sun" in drawing_page.page.locator("#known").inner_text()


def test_one_question_at_a_time_and_none_about_a_drawing_that_is_gone(open_page, page_server):
    drawing_page = open_page(page_server)
    held = []

    def hold(route):
        held.append(route)

    drawing_page.page.route("**:predict", hold)  # a server that takes its time
    drawing_page.draw([[(0.1, 0.1), (0.9, 0.1)]])
    drawing_page.page.wait_for_timeout(400)
    drawing_page.draw([[(0.1, 0.3), (0.9, 0.3)], [(0.1, 0.5), (0.9, 0.5)]])
    drawing_page.page.wait_for_timeout(400)
    assert len(held) == 1
    with drawing_page.page.expect_request("**:predict"):
        held[0].continue_()
    assert len(drawing_page.asked()) == 3
    with drawing_page.page.expect_event("requestfailed", timeout=3000) as failed:
        drawing_page.page.get_by_role("button", name="Clear").click()
    assert failed.value.failure == "net::ERR_ABORTED"
    drawing_page.page.wait_for_timeout(400)
    assert len(held) == 2
    assert drawing_page.sentence.inner_text() == INVITATION
    assert drawing_page.complaints == []


def test_a_server_that_goes_away_and_comes_back(open_page, page_server):
    drawing_page = open_page(page_server)
    trouble = drawing_page.page.get_by_role("alert")
    drawing_page.page.context.set_offline(True)
    drawing_page.draw_word("sun")
    trouble.wait_for()
    assert trouble.inner_text() == (
        "The server does not answer. Is quickdraw serve still running? Your drawing stays, and I keep asking."
    )
    drawing_page.page.context.set_offline(False)
    drawing_page.page.locator("#sentence strong").get_by_text("sun").wait_for()
    assert trouble.is_hidden()


def test_a_server_that_is_stopped_and_one_without_a_model(open_page, doodle_models, tmp_path):
    shutil.copytree(doodle_models / "1", tmp_path / "1")
    with running_server(ServerConfig(tmp_path, web=True)) as server:
        drawing_page = open_page(server)
        trouble = drawing_page.page.get_by_role("alert")
        shutil.rmtree(tmp_path / "1")
        drawing_page.draw(ELL)
        trouble.get_by_text("The server cannot answer: Servable not found for request: Latest(quickdraw).").wait_for()
        server.stop()
        drawing_page.draw(ELL)
        trouble.get_by_text("The server does not answer. Is quickdraw serve still running?").wait_for()
        drawing_page.page.get_by_role("button", name="Draw me a …").click()
        trouble.get_by_text("running?", exact=False).wait_for()
        assert drawing_page.page.get_by_role("dialog").is_hidden()


@pytest.mark.parametrize("width", [1280, 700, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_the_screen(open_page, page_server, width, scheme):
    drawing_page = open_page(page_server, viewport={"width": width, "height": 700}, color_scheme=scheme)
    assert not is_sideways(drawing_page.page)
    box = drawing_page.canvas.bounding_box()
    assert abs(box["width"] - box["height"]) < 1
    assert box["y"] + box["height"] < 700
    assert drawing_page.complaints == []


def test_the_ink_has_the_colour_of_the_scheme(open_page, page_server):
    drawing_page = open_page(page_server, color_scheme="light")
    drawing_page.draw(ELL)
    assert drawing_page.ink()[300, 120].tolist() == [43, 38, 34, 255]
    drawing_page.page.emulate_media(color_scheme="dark")
    assert drawing_page.ink()[300, 120].tolist() == [244, 239, 228, 255]


def test_no_other_script_runs(open_page, page_server):
    drawing_page = open_page(page_server)
    drawing_page.page.evaluate("document.body.append(Object.assign(document.createElement('b'), {id: 'added'}))")
    for attempt in (
        "element.innerHTML = '<i>text as markup</i>'",
        "element.setAttribute('onclick', 'ran = 1'); element.click()",
    ):
        drawing_page.page.evaluate(
            f"() => {{ const element = document.getElementById('added'); try {{ {attempt} }} catch {{}} }}"
        )
    assert drawing_page.page.evaluate("[window.ran, document.getElementById('added').innerHTML]") == [None, ""]
    assert "The action has been blocked" in " ".join(drawing_page.complaints)
