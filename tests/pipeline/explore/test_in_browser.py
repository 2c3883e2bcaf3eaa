"""The page in a real browser."""

import pytest

from pipeline.explore.look import look
from pipeline.explore.page import render_page
from tests.browser import chromium, open_page
from tests.components.example_gen.csv_folder import row, write_csv
from tests.pipeline.explore.data_folder import write_folder


@pytest.fixture(scope="module")
def browser():
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def page_url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explore")
    data = write_folder(folder / "data")
    write_csv(folder / "data" / "The Mona Lisa.csv", [row(8, "The Mona Lisa")])
    path = folder / "explore.html"
    path.write_text(render_page(look(data), "data"))
    return path.as_uri()


def _words(page):
    return page.locator("#gallery-words h4").all_inner_texts()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_loads_nothing_complains_of_nothing_and_fits_the_screen(browser, page_url, width, scheme):
    page = open_page(browser, page_url, width, color_scheme=scheme)
    assert page.locator("h1").inner_text() == "7 drawings of 4 words"
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert page.complaints == []


def test_the_gallery_finds_words_those_that_begin_so_first(browser, page_url):
    page = open_page(browser, page_url)
    assert _words(page) == ["ant", "bat", "ice_cream"]
    assert page.locator("#gallery-status").inner_text() == "3 of 4 words"
    page.get_by_label("Find a word").last.fill("a")
    assert _words(page) == ["ant", "bat", "ice_cream"]
    page.get_by_label("Find a word").last.fill("mona l")
    assert _words(page) == ["The_Mona_Lisa"]
    page.get_by_label("Find a word").last.fill("nothing")
    assert _words(page) == []
    assert page.locator("#gallery-status").inner_text() == "0 of 0 matching words"
    assert page.complaints == []


def test_the_gallery_draws_the_strokes_as_the_page_itself_does(browser, page_url):
    page = open_page(browser, page_url)
    page.get_by_label("Find a word").last.fill("ice cream")
    drawn, static = page.locator("#gallery-words svg"), page.locator("#doodles svg[aria-label^=ice_cream]")
    assert drawn.get_attribute("viewBox") == static.get_attribute("viewBox")
    paths = drawn.locator("path:not(.points)")
    assert [paths.nth(number).get_attribute("d") for number in range(2)] == ["M0 0L100 200L50 255", "M7 9h0"]
    box = "(e) => { const b = e.getBBox(); return [b.x, b.y, b.width, b.height]; }"
    assert paths.first.evaluate(box) == static.locator("path").first.evaluate(box) == [0, 0, 100, 255]


def test_points_are_shown_when_asked_for(browser, page_url):
    page = open_page(browser, page_url)
    display = "(e) => getComputedStyle(e).display"
    points = page.locator("#gallery-words .points").first
    assert points.evaluate(display) == "none"
    page.get_by_role("checkbox", name="points").check()
    assert points.evaluate(display) == "inline"


@pytest.mark.parametrize("section", ["#gallery-words", "#doodles"])
def test_pointing_at_a_drawing_tells_its_key(browser, page_url, section):
    page = open_page(browser, page_url)
    page.get_by_label("Find a word").last.fill("ice cream")
    page.locator(f"{section} svg[aria-label^=ice_cream]").hover()
    assert page.locator("#tip").inner_text() == "ice_cream, 7"


def test_the_table_of_words_is_sorted_and_found(browser, page_url):
    page = open_page(browser, page_url)
    words = page.locator("#words tbody th")
    page.get_by_role("button", name="Kept").click()
    page.get_by_role("button", name="Kept").click()
    assert words.all_inner_texts()[0] == "ant"
    page.get_by_label("Find a word").first.fill("ice c")
    assert page.locator("#words tbody tr:visible th").all_inner_texts() == ["ice_cream"]


def test_without_its_scripts_the_page_is_readable_and_promises_nothing(browser, page_url):
    page = open_page(browser, page_url, java_script_enabled=False)
    assert page.locator("#doodles svg").count() == 7
    assert page.get_by_label("Find a word").first.is_hidden()
    assert page.get_by_text("The gallery needs JavaScript.").is_visible()


def test_no_other_script_runs(browser, page_url):
    page = open_page(browser, page_url)
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'ran = 1'}))")
    assert page.evaluate("window.ran") is None
    assert "Content Security Policy" in page.complaints[0]
