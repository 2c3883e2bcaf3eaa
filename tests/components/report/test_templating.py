"""The filters of the templates."""

import pytest

from components.report.templating import environment


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ 1234 | count }}", "1,234"),
        ("{{ 0.5 | score }} {{ 0.5 | signed }} {{ 0.5 | percent }}", "0.5000 +0.5000 50.0%"),
        ("{{ 'as version 3.' | sentence }}", "As version 3."),
        ("{{ 'alarm_clock' | word }}", "alarm_<wbr>clock"),
        ("{{ '<b>_' | word }}", "&lt;b&gt;_<wbr>"),
    ],
)
def test_filters(template, text):
    assert environment().from_string(template).render() == text


def test_another_package_may_use_the_macros_and_adds_pages_of_its_own():
    made = environment("pipeline.explore")
    assert made.get_template("explore.html").filename.endswith("pipeline/explore/templates/explore.html")
    assert made.get_template("macros.html").filename.endswith("components/report/templates/macros.html")
