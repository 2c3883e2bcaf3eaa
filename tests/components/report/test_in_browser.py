"""The page in a real browser."""

import pytest

from components.report.node_times import NodeTime, add_node_times
from components.report.page import render_page
from components.report.run_results import read_run_results
from tests.browser import chromium, open_page
from tests.components.report.evaluations import check, large_evaluation

_MISTAKE = "M3 1l200 50"
_CELL = ".heat td[data-mistake]"


@pytest.fixture(scope="module")
def browser():
    with chromium() as launched:
        yield launched


@pytest.fixture
def page_url(run, tmp_path):
    """Two words, one of them taken for the other once."""
    return _write(run, tmp_path)


def _write(run, folder):
    path = folder / "report.html"
    path.write_text(add_node_times(render_page(read_run_results(run.inputs())), [NodeTime("Trainer", "ran", 8.0)]))
    return path.as_uri()


def _shown(page):
    """The caption and the path of what the script shows."""
    tip = page.locator("#tip")
    assert tip.is_visible()
    assert page.complaints == []
    return tip.inner_text(), tip.locator("path").get_attribute("d")


def _scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_loads_nothing_complains_of_nothing_and_fits_the_screen(browser, page_url, width, scheme):
    page = open_page(browser, page_url, width, color_scheme=scheme)
    assert page.locator("h1").inner_text() == "Blessed\nVersion 3"
    assert page.locator("#times li").inner_text().split() == ["Trainer", "ran", "8.0", "s"]
    assert not _scrolls_sideways(page)
    assert page.complaints == []


@pytest.mark.parametrize(
    ("scheme", "paper", "ink"),
    [("light", "rgb(255, 255, 255)", "rgb(26, 29, 33)"), ("dark", "rgb(20, 23, 27)", "rgb(232, 234, 237)")],
)
def test_follows_the_readers_colours(browser, page_url, scheme, paper, ink):
    page = open_page(browser, page_url, color_scheme=scheme)
    style = "(e) => { const s = getComputedStyle(e); return [s.backgroundColor, s.color]; }"
    assert page.locator("body").evaluate(style) == [paper, ink]
    stroke = page.locator(".gallery path").first.evaluate("(e) => getComputedStyle(e).stroke")
    assert stroke == ink


@pytest.mark.parametrize("width", [1280, 360])
def test_345_words_fit_the_screen_too(browser, run, tmp_path, width):
    words = [f"a_word_of_some_length_{number:03d}" for number in range(345)]
    run.evaluation = large_evaluation(words)
    run.summary["words"] = {word: {"read": 400, "kept": 300, "filtered": 9} for word in words}
    run.verdict["checks"] = [check("recall", "floor", 0.5, 0.6, word=word, low=0.4, high=0.6) for word in words]
    page = open_page(browser, _write(run, tmp_path), width)
    assert page.locator("#scores tbody tr").count() == 345
    assert not _scrolls_sideways(page)
    assert page.complaints == []


@pytest.mark.parametrize("place", [_CELL, ".pairs tbody tr", "#words .dot[data-mistake]", "#scores .taken"])
def test_pointing_at_a_mistake_shows_its_drawing(browser, page_url, place):
    page = open_page(browser, page_url)
    assert page.locator("#tip").is_hidden()
    page.locator(place).first.hover()
    caption, path = _shown(page)
    assert path == _MISTAKE
    assert caption.endswith("This one was taken for sun, 88% sure.")
    page.locator("h1").hover()
    assert page.locator("#tip").is_hidden()


def test_pointing_at_a_number_without_a_drawing_tells_of_it(browser, page_url):
    page = open_page(browser, page_url)
    page.locator("#training circle").first.hover()
    tip = page.locator("#tip")
    assert tip.inner_text() == "training, epoch 1: 0.5000"
    assert tip.locator("svg").is_hidden()


def test_a_tap_shows_the_drawing_within_the_screen(browser, page_url):
    page = open_page(browser, page_url, width=360, has_touch=True)
    page.locator(_CELL).tap()
    assert _shown(page)[1] == _MISTAKE
    page.locator("#training circle").last.tap()
    assert _shown(page)[0] == "training, clean, epoch 3: 0.2500"
    box = page.locator("#tip").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_the_keyboard_reaches_every_cell_by_one_tab_stop(browser, page_url):
    page = open_page(browser, page_url)
    cells = page.locator(".heat td[data-tip]")
    assert [cells.nth(number).get_attribute("tabindex") for number in range(4)] == ["0", "-1", "-1", "-1"]
    cells.nth(0).focus()
    assert _shown(page)[0] == "ice_cream answered ice_cream: 3, 75.0%"
    page.keyboard.press("ArrowDown")
    assert _shown(page)[0] == "sun answered ice_cream: 0, 0.0%"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert _shown(page)[1] == _MISTAKE
    page.keyboard.press("Escape")
    assert page.locator("#tip").is_hidden()


def test_words_are_sorted_and_found(browser, page_url):
    page = open_page(browser, page_url)
    words = page.locator("#scores tbody th")
    assert words.all_inner_texts() == ["ice_cream", "sun"]
    page.get_by_role("button", name="Drawings").click()
    assert words.all_inner_texts() == ["sun", "ice_cream"]
    page.get_by_role("button", name="Drawings").click()
    assert words.all_inner_texts() == ["ice_cream", "sun"]
    page.get_by_role("button", name="Word").click()
    assert words.all_inner_texts() == ["ice_cream", "sun"]
    page.get_by_label("Find a word").fill("ice c")
    assert page.locator("#scores tbody tr:visible th").all_inner_texts() == ["ice_cream"]
    assert page.locator("#words .tools").get_by_role("status").inner_text() == "1 of 2"


def test_without_its_script_the_page_is_readable_and_promises_nothing(browser, page_url):
    page = open_page(browser, page_url, java_script_enabled=False)
    assert page.locator(_CELL).inner_text() == "1"
    assert page.locator(".pairs .doodle").is_visible()
    assert page.get_by_label("Find a word").is_hidden()
    assert page.locator("#tip").is_hidden()


def test_no_other_script_runs(browser, page_url):
    page = open_page(browser, page_url)
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'ran = 1'}))")
    assert page.evaluate("window.ran") is None
    assert "Content Security Policy" in page.complaints[0]
