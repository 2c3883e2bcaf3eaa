"""The page: it stands alone, tells the run's numbers, and escapes what it is given."""

import base64
import hashlib
import html.parser
import json
import re

import pytest

from components.report.page import render_page
from components.report.run_results import read_run_results
from components.trainer.model_card import write_model_card
from tests.components.report.evaluations import check, large_evaluation

_VOID = {"meta", "link", "img", "br", "hr", "input"}
_HOSTILE = "<script>alert('x')</script>&\""
_HOSTILE_COUNTRY = """datasets { features {
  name: "countrycode"
  string_stats { rank_histogram { buckets { label: "<script>alert('x')</script>&\\"" sample_count: 1 } } }
} }"""


class _Page(html.parser.HTMLParser):
    """Collects tags, attributes and text, and checks that every tag is closed in turn."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words, self._open = [], [], [], []
        # A place where a word may break is not the end of it.
        self.feed(text.replace("<wbr>", ""))
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open and self._open[-1] not in ("style", "script"):
            self.words.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words))


def _render(run):
    return render_page(read_run_results(run.inputs()))


def test_nothing_refers_outside(run):
    text = _render(run)
    page = _Page(text)
    assert not {"link", "img", "iframe", "object", "embed", "form", "base"} & set(page.tags)
    assert not {"src", "xlink:href", "action", "srcset"} & {name for _, name, _ in page.attributes}
    assert all(value.startswith("#") for _, name, value in page.attributes if name == "href")
    assert not any(name.startswith("on") for _, name, _ in page.attributes)
    assert "//" not in text
    assert not re.search(r"@import|url\(", text)


def test_every_link_leads_to_a_section(run):
    attributes = _Page(_render(run)).attributes
    links = {value for _, name, value in attributes if name == "href"}
    sections = {f"#{value}" for tag, name, value in attributes if (tag, name) == ("section", "id")}
    assert links == sections
    assert len(links) == 9


def test_the_browser_is_told_to_run_our_script_only(run):
    text = _render(run)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'"
    assert ("meta", "content", policy) in _Page(text).attributes


def test_tells_the_verdict_and_the_numbers(run):
    text = _Page(_render(run)).text
    assert "Blessed Version 3" in text
    assert "Pushed as version 3. Compared with version 2 on the same 1,234 drawings." in text
    for tile in ("Accuracy 0.9125 0.8950 to 0.9275", "MAP@3 0.9375 0.9250", "Test drawings 1,234 of 2 words"):
        assert tile in text
    assert (
        "Accuracy Accuracy 0.9125 is at least 0.6000. Accuracy changed. 0.9125 0.8950 to 0.9275 "
        "≥ 0.6000 drop ≤ 0.0100 0.9000 +0.0125 -0.0025 to +0.0275 Pass"
    ) in text
    assert "Top-3 accuracy 1.0000 0.9970 to 1.0000 none 1.0000 +0.0000 not judged" in text
    assert "Calibration error 0.0300 0.0200 to 0.0400 none none none not judged" in text
    assert "What became of 40 rows kept 30 75.0% filtered 4 10.0% capped 3 7.5% duplicate 2 5.0%" in text
    assert "train 24 80.0% eval 4 13.3% test 2 6.7%" in text
    assert "Reason Rows not JSON 1" in text
    assert "training, epoch 3: 0.8000" in text
    assert "In epoch 2, whose weights were kept, training was measured at 70.0%" in text
    assert "ice_cream 4 75.0% 100.0% sun 1 sun 2 100.0% 66.7%" in text
    assert "Country Drawings Accuracy Top-3 MAP@3 Loss Calibration error US 1,000 91.2% 89.5% to 92.8% 1.0000" in text
    assert "0.0300 0.0200 to 0.0400 is the expected calibration error" in text
    assert "2 layers, 121,994 parameters Layer Class Output shape Parameters conv2d Conv2D" in text
    assert "30 \N{MULTIPLICATION SIGN} 30 \N{MULTIPLICATION SIGN} 32 320" in text
    assert "files fingerprint 0fa23d87" in text


def test_tells_what_to_do_with_a_refused_model(run):
    assert "What to do" not in _render(run)
    run.verdict["advice"] = "train longer."
    assert "What to do: train longer." in _Page(_render(run)).text


def test_tells_the_floor_of_each_word(run):
    assert "Floor of each word" not in _render(run)
    run.verdict["checks"] = [
        check("recall", "floor", 0.75, 0.5, word="ice_cream", low=0.3, high=0.95),
        check("recall", "floor", 0.25, 0.5, word="sun", low=0.1, high=0.4, passed=False),
    ]
    text = _Page(_render(run)).text
    assert "1 of 2 words lies below the floor, beyond what chance explains." in text
    assert (
        "sun Sun failed. 0.2500 0.1000 to 0.4000 ≥ 0.5000 Fail ice_cream 0.7500 0.3000 to 0.9500 ≥ 0.5000 Pass" in text
    )


def test_shows_the_drawings_worth_a_look(run):
    text = _Page(_render(run)).text
    assert "Known best Right answers with the highest confidence. sun 99.9%" in text
    assert "ice_cream sun 80.0% true word 0.1%" in text
    assert "ice_cream sun 87.5% true word 10.0%" in text
    run.evaluation["worst"] = run.evaluation["confidently_wrong"] = []
    assert "Wrong answers with the highest confidence. There is none." in _Page(_render(run)).text


def test_shows_the_first_rows(run):
    header = "countrycode drawing key_id strokes points word"
    assert f"{header} US [[[0, 255], [10, 20]]] 5152802093400064 2 5 sun" in _Page(_render(run)).text


def test_tells_of_the_data(run):
    text = _Page(_render(run)).text
    assert "The data passed with 1 warning. Word: sun became commoner by 0.02, more than 0.01." in text
    assert "Compared with the data of statistics version 3" in text
    # 4 of 39 well-formed rows were filtered.
    assert "89.7% of the well-formed drawings were recognized when they were drawn" in text
    assert "Recognized least often Word Read Recognized ice_cream 18 88.9% sun 19 89.5%" in text
    # Of 3 splits, each has 8 of ice cream and 16 of the sun.
    header = "All 2 words Word Read Recognized Kept train eval test"
    assert f"{header} ice_cream 18 88.9% 14 33.3% 33.3% 33.3% sun 19 89.5% 16 33.3%" in text
    assert "train, 1 strokes: 25.0%" in text
    assert "test, more than 4 strokes: 25.0%" in text
    assert (
        "Half of the train drawings have at most 2 strokes, 75% at most 4; the largest drawing of all has 77." in text
    )
    assert "Strokes Mean Median Fewest Most train 5.2 2 1 77 eval 5.2 2 1 77 test" in text
    assert "Half of the train drawings have at most 38 points; the largest drawing of all has 483." in text
    assert "36 of 72 drawings tell their country; the shares are of those. US 24 66.7% DE 12 33.3% unknown 36" in text


def test_lines_over_bars_have_colours_of_their_own(run):
    classes = [value for _, name, value in _Page(_render(run)).attributes if name == "class"]
    assert classes.count("bar under") == 5
    assert [name for name in classes if name.startswith("series-")][:3] == ["series-1 square", "series-2", "series-3"]
    assert [name for name in classes if name.startswith("line ")][:2] == ["line series-2", "line series-3"]


def test_data_without_a_warning(run):
    run.approval = {}
    assert "The data passed without a warning." in _Page(_render(run)).text


def test_a_long_table_of_words_is_folded_up(run):
    def opened():
        return re.findall(r"<details(.*?)>\s*<summary>All", _render(run))

    counts = {"read": 9, "kept": 9, "filtered": 0}
    run.summary["words"] = {f"w{number}": counts for number in range(30)}
    assert opened() == [" open"]
    run.summary["words"]["w30"] = counts
    assert opened() == [""]
    assert "Every drawing of every word was recognized." in _Page(_render(run)).text


def test_a_model_that_is_not_blessed_says_so(run):
    run.blessed = False
    run.push = {"pushed": False, "version": 0, "path": "", "sentence": "not pushed: the model is not blessed."}
    run.verdict["checks"][0]["passed"] = False
    text = _Page(_render(run)).text
    assert "Not blessed Nothing pushed" in text
    assert "-0.0025 to +0.0275 Fail" in text
    assert "The model lies in" not in text


def test_each_drawing_is_one_path(run):
    attributes = _Page(_render(run)).attributes
    paths = [value for tag, name, value in attributes if (tag, name) == ("path", "d")]
    assert "M7 9h0M0 0l100 200-50 55" in paths
    assert paths.count("M0 10l255 10") == 1
    assert ("svg", "aria-label", "ice_cream") in attributes


def test_hostile_labels_and_reasons_are_text(run):
    run.summary["words"][_HOSTILE] = run.summary["words"].pop("sun")
    run.summary["reasons"] = {_HOSTILE: 1}
    run.evaluation["words"][1]["word"] = _HOSTILE
    run.evaluation["mistakes"][0]["predicted"] = _HOSTILE
    run.evaluation["best"][0]["word"] = _HOSTILE
    run.card["preset"] = _HOSTILE
    run.evaluation["confusion"][2]["predicted"] = _HOSTILE
    run.push["path"] = _HOSTILE
    run.approval = {"warnings": [_HOSTILE], "notes": [_HOSTILE]}
    run.statistics = {"train": _HOSTILE_COUNTRY}
    run.drawings = [(_HOSTILE, "[[[1], [1]]]")]
    page = _Page(_render(run))
    assert page.tags.count("script") == 2
    assert page.text.count(_HOSTILE) >= 10
    assert ("svg", "aria-label", _HOSTILE) in page.attributes


def test_few_words_are_a_heat_map_with_the_drawings_of_mistakes(run):
    page = _Page(_render(run))
    assert ("td", "title", "ice_cream answered sun: 1, 25.0%") in page.attributes
    assert ("td", "data-mistake", "0") in page.attributes
    assert "The commonest wrong answer Drawn Answered Drawings Of the word's drawings Most certain ice_cream sun 1" in (
        page.text
    )
    (mistakes,) = re.findall(r'id="mistakes">(.*?)</script>', _render(run))
    assert json.loads(mistakes) == [["This one was taken for sun, 88% sure.", "-49 -125 300 300", "M3 1l200 50"]]


def test_345_words_stay_below_five_megabytes(run):
    words = [f"word_{number:03d}" for number in range(345)]
    run.evaluation = large_evaluation(words, points=200)
    run.verdict["checks"] = [check("recall", "floor", 0.5, 0.6, word=word, low=0.4, high=0.6) for word in words]
    run.summary["words"] = {word: {"read": 400, "kept": 300 + n, "filtered": 9} for n, word in enumerate(words)}
    run.drawings = [(word, run.evaluation["best"][0]["drawing"]) for word in words for _ in range(8)]
    text = _render(run)
    page = _Page(text)
    assert "The 20 commonest wrong answers" in page.text
    assert "heat" not in [value for _, name, value in page.attributes if name == "class"]
    # Four times the points of a usual drawing, in each of the thousand mistakes.
    assert 1_000_000 < len(text.encode()) < 5_000_000


@pytest.mark.parametrize(
    ("confusion", "reasons", "sentence"),
    [
        (None, {}, "No row was malformed."),
        ([{"actual": f"w{n}", "predicted": f"w{n}", "count": 1} for n in range(31)], {}, "Every answer was right."),
    ],
)
def test_says_so_where_there_is_nothing_to_show(run, confusion, reasons, sentence):
    run.summary["reasons"] = reasons
    run.evaluation["confusion"] = confusion or run.evaluation["confusion"]
    assert sentence in _Page(_render(run)).text


def test_nothing_that_is_optional(run):
    inputs = run.inputs()
    del inputs["statistics"], inputs["approval"]
    del run.card["layers"]
    write_model_card(inputs["model_run"][0].uri, run.card)
    page = _Page(render_page(read_run_results(inputs)))
    for heading in ("Strokes and points", "Countries", "Data gate", "Output shape"):
        assert heading not in page.text
    assert "Word Read Recognized Kept ice_cream 18 88.9% 14 sun" in page.text


@pytest.mark.parametrize("statistics", ["", "datasets { features { name: 'strokes' num_stats { } } }"])
def test_statistics_that_tell_nothing(run, statistics):
    run.statistics = dict.fromkeys(("train", "eval"), statistics)
    assert "Blessed Version 3" in _Page(_render(run)).text


def test_follows_the_readers_colour_scheme_and_screen(run):
    text = _render(run)
    assert "prefers-color-scheme: dark" in text
    assert ("meta", "content", "width=device-width, initial-scale=1") in _Page(text).attributes


def test_the_training_is_told_with_its_warm_start(run):
    sentence = "It began from version 7: 121,344 of 121,994 parameters."
    told = " ".join(_Page(render_page(read_run_results(run.inputs()))).words)
    assert "Preset ten: the network “notebook” with 121,994 parameters learned from 3,026 drawings for 3 epochs" in told
    assert sentence in told
    del run.card["warm_start"]
    assert sentence not in render_page(read_run_results(run.inputs()))
