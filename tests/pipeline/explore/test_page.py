"""The page's text; how it behaves is in test_in_browser.py."""

import json
import re

import pytest

from pipeline.explore.look import look
from pipeline.explore.page import render_page
from tests.components.example_gen.csv_folder import row, write_csv
from tests.pipeline.explore.data_folder import TWO_STROKES, write_folder


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    data = write_folder(tmp_path_factory.mktemp("data"))
    return render_page(look(data), "my data")


def _text(page, section):
    """A section's text without markup."""
    part = re.search(rf'<section id="{section}".*?</section>', page, re.DOTALL).group()
    return " ".join(re.sub(r"<[^>]+>", " ", part.replace("<wbr>", "")).split())


def test_begins_with_what_there_is(page):
    assert "<title>6 drawings - Quick, Draw! data</title>" in page
    assert "6 drawings of 3 words" in page
    assert "Rows 9 Recognized 85.7% 1 were not Malformed 2 Same key_id again 1" in _text(page, "rows")


def test_computes_the_notebooks_two_findings(page):
    text = _text(page, "images")
    assert "float64, the notebook's arrays 8 KiB 48 KiB" in text.replace("&#39;", "'")
    assert "a byte a pixel, as Transform packs them 1 KiB 6 KiB" in text
    assert "From 1 ( ice_cream ) over 2, the median, to 3 ( ant ): the largest word has 3.0 times" in text
    assert "always answers ant would be right in 50.0% of the drawings, with equally many of each word in 33.3%" in text


def test_draws_each_stroke_with_a_dot_for_each_point(page):
    doodles = re.search(r'<section id="doodles".*?</section>', page, re.DOTALL).group()
    assert '<path d="M0 0l100 200-50 55"/><path class="points" d="M0 0h0M100 200h0M50 255h0"/>' in doodles
    assert doodles.count("<svg") == 3 + 2 + 1


def test_tells_faults_by_file_row_field_and_reason(page):
    text = _text(page, "faults")
    assert "the same key_id 1 1 2 the same strokes 3 2 3" in text
    assert "bat.csv 2 5 drawing: x and y lists differ in length [[[0, 1], [2]]]" in text
    assert "bat.csv 4 wrong number of columns US,too,few" in text


def test_its_charts_count_every_drawing(page):
    shape = _text(page, "shape")
    assert "drawings, 3 strokes: 50.0%" in shape
    assert "drawings, 4 points: 33.3%" in shape
    assert "Half of the drawings have at most 2 strokes, 95 % at most 3; the mean is 2.3" in shape


def test_near_blank_is_defined_and_shown(page):
    text = _text(page, "near-blank")
    assert "1 drawing of at most 8 points leaves fewer than 8 dark pixels of 1,024" in text
    assert text.endswith("bat")


def test_its_gallery_holds_every_word(page):
    data = json.loads(re.search(r'id="gallery-data">(.*?)</script>', page).group(1))
    assert [(word, sorted(key for key, _ in drawings)) for word, drawings in data] == [
        ("ant", ["1", "2", "2"]),
        ("bat", ["4", "6"]),
        ("ice_cream", ["7"]),
    ]


def test_names_no_other_host(page):
    assert "//" not in page


def test_what_the_data_smuggles_in_is_text(tmp_path):
    evil = "<script>alert(1)</script>"
    write_csv(tmp_path / "cat.csv", [row(evil, drawing=TWO_STROKES), row(2, drawing=evil).replace("US", evil, 1)])
    page = render_page(look(str(tmp_path)), evil)
    assert evil not in page
    assert page.count("<script") == 3


def test_malformed_rows_alone_make_a_page_too(tmp_path):
    write_csv(tmp_path / "cat.csv", [row(1, drawing="?")])
    page = render_page(look(str(tmp_path)), "data")
    assert "0 drawings of 1 word<" in page
    assert "No drawing is kept." in _text(page, "shape")
    assert "No drawing of it was recognized." in _text(page, "doodles")
    assert "drawing: not JSON 1" in _text(page, "faults")


def test_stays_small_with_the_official_number_of_words(tmp_path):
    drawing = str([[list(range(40)), list(range(40))]])
    for number in range(345):
        write_csv(
            tmp_path / f"word {number}.csv", [row(f"{number}{key}", f"word {number}", drawing) for key in range(20)]
        )
    assert len(render_page(look(str(tmp_path)), "data")) < 1_000_000
