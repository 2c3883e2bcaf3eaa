"""The page: fills `templates/report.html` with one run's results."""

from collections.abc import Mapping
from typing import Any

import jinja2

from components.evaluator.metric_names import METRIC_NAMES
from components.example_gen.splits import SPLIT_NAMES
from components.example_gen.summary import FATES
from components.report import charts, confusion
from components.report.axes import HEIGHT, WIDTH
from components.report.countries import countries
from components.report.distributions import distributions
from components.report.run_results import RunResults
from components.report.word_table import word_table

# A longer table of words is folded up.
_MOST_OPEN_WORDS = 30


def render_page(results: RunResults) -> str:
    """Returns the whole HTML document; nothing in it refers to another file or host."""
    return _environment().get_template("report.html").render(**_context(results))


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("components.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["zip"] = zip
    environment.filters.update(
        count="{:,}".format,
        score="{:.4f}".format,
        signed="{:+.4f}".format,
        percent="{:.1%}".format,
        sentence=_sentence,
        metric_name=lambda name: METRIC_NAMES.get(name, name),
    )
    return environment


def _context(results: RunResults) -> dict[str, Any]:
    evaluation = results.evaluation
    return {
        "results": results,
        **_data(results),
        "curves": _curves(results.history),
        "heat_map": confusion.heat_map(evaluation["confusion"]),
        "pairs": confusion.worst_pairs(evaluation["confusion"]),
        "recalls": confusion.worst_recalls(evaluation["words"]),
        "size": {"width": WIDTH, "height": HEIGHT},
    }


def _data(results: RunResults) -> dict[str, Any]:
    summary, statistics = results.summary, results.statistics
    texts = {split: s.texts for split, s in statistics.items()}
    return {
        "fates": [(name, summary[name]) for name in FATES],
        "splits": sorted(summary["splits"].items(), key=lambda item: SPLIT_NAMES.index(item[0])),
        "reasons": sorted(summary["reasons"].items(), key=lambda item: (-item[1], item[0])),
        "images": charts.histogram(
            "Words by number of images", "images of the word", [word["kept"] for word in summary["words"].values()]
        ),
        "most_open_words": _MOST_OPEN_WORDS,
        "words": word_table(summary, {split: t["word"] for split, t in texts.items() if "word" in t}),
        "distributions": distributions(statistics),
        "countries": countries(t["countrycode"] for t in texts.values() if "countrycode" in t),
    }


def _curves(history: Mapping[str, Any]) -> list[charts.Chart]:
    accuracy = {
        "training": history["accuracy"],
        "validation": history["val_accuracy"],
        "training, clean": history["clean_accuracy"],
    }
    loss = {
        "training": history["loss"],
        "validation": history["val_loss"],
        "training, clean": history["clean_loss"],
    }
    return [
        charts.line_chart("Accuracy", history["epochs"], accuracy),
        charts.line_chart("Loss", history["epochs"], loss),
    ]


def _sentence(text: str) -> str:
    """Begins with a capital letter; the rest keeps its own."""
    return text[:1].upper() + text[1:]
