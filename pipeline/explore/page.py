"""The page: fills `templates/explore.html` with findings."""

import base64
import hashlib
from importlib import resources
from itertools import accumulate
from typing import Any

from components.report import charts
from components.report.bins import bin_shares, long_tail_bins
from components.report.countries import countries
from components.report.distribution_chart import distribution_chart
from components.report.templating import environment
from components.report.word_choice import choose_words
from pipeline.explore.doodle import doodle_of, encoded
from pipeline.explore.findings import Findings
from pipeline.explore.numbers import Spread
from pipeline.explore.sizes import size
from pipeline.explore.tally import PER_WORD

_DOODLES = 8
_LOWEST = 10
# A longer table is folded up, or scrolls within the page.
_MOST_OPEN_ROWS = 30


def render_page(findings: Findings, data: str) -> str:
    """Returns the whole HTML document; nothing in it refers to another file or host.

    Args:
        findings: what was found.
        data: where, for the page's head.
    """
    scripts = [_text("components.report", "script.js"), _text("pipeline.explore", "explore.js")]
    template = environment("pipeline.explore").get_template("explore.html")
    return template.render(
        findings=findings,
        data=data,
        size=size,
        scripts=scripts,
        # The browser runs these very scripts and no other, whatever the data may smuggle in.
        script_hashes=[base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts],
        most_open_rows=_MOST_OPEN_ROWS,
        images=charts.histogram(
            "Words by number of recognized drawings",
            "recognized drawings of the word",
            [word.kept for word in findings.words.values()],
        ),
        lowest=_lowest(findings),
        countries=countries([findings.countries]),
        spreads=[
            (name, spread, _spread_chart(name, spread))
            for name, spread in (("strokes", findings.strokes), ("points", findings.points))
            if spread
        ],
        doodles={
            word: [doodle_of(sampled) for sampled in findings.samples[word][:_DOODLES]]
            for word in choose_words(findings.words)
        },
        near_blank=[(doodle_of(sampled), sampled) for sampled in findings.near_blank_sample],
        gallery=_gallery(findings),
        per_word=PER_WORD,
    )


def _text(package: str, name: str) -> str:
    return (resources.files(package) / "templates" / name).read_text(encoding="utf-8")


def _lowest(findings: Findings) -> list[tuple[str, Any]]:
    """The ten words that were recognized least often; none that were always recognized."""
    words = [(label, word) for label, word in findings.words.items() if word.read and word.recognized < 1]
    return sorted(words, key=lambda item: item[1].recognized)[:_LOWEST]


def _spread_chart(name: str, spread: Spread) -> charts.Chart:
    # `long_tail_bins` takes what lies between two values to be spread evenly, so the value before each is told too.
    at_most: list[tuple[float, float]] = [(0, 0)]
    for number, count in zip(spread.counts, accumulate(spread.counts.values()), strict=True):
        if at_most[-1][0] < number - 1:
            at_most.append((number - 1, at_most[-1][1]))
        at_most.append((number, count))
    bins = long_tail_bins(at_most, spread.most)
    return distribution_chart(f"Drawings by number of {name}", name, bins, {"drawings": bin_shares(at_most, bins)})


def _gallery(findings: Findings) -> list[tuple[str, list[tuple[str, str]]]]:
    """Returns each label with `key_id` and drawing of its sampled drawings; an object's keys would lose their order."""
    return [
        (label, [(sampled.key_id, encoded(sampled)) for sampled in drawings])
        for label, drawings in findings.samples.items()
    ]
