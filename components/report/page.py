"""The page: fills `templates/report.html` with one run's results."""

from typing import Any

import jinja2

from components.example_gen.summary import FATES
from components.report import charts, confusion
from components.report.run_results import RunResults

_METRIC_NAMES = {"accuracy": "Accuracy", "map_at_3": "MAP@3"}


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
        metric_name=lambda name: _METRIC_NAMES.get(name, name),
    )
    return environment


def _context(results: RunResults) -> dict[str, Any]:
    summary, history, verdict = results.summary, results.history, results.verdict
    reasons = sorted(summary["reasons"].items(), key=lambda item: (-item[1], item[0]))
    return {
        "results": results,
        "fates": [(name, summary[name]) for name in FATES],
        "reasons": reasons,
        "images": charts.histogram(
            "Words by number of images", "images of the word", [word["kept"] for word in summary["words"].values()]
        ),
        "curves": [
            charts.line_chart(
                "Accuracy",
                history["epochs"],
                {
                    "training": history["accuracy"],
                    "validation": history["val_accuracy"],
                    "training, clean": history["clean_accuracy"],
                },
            ),
            charts.line_chart(
                "Loss", history["epochs"], {"training": history["loss"], "validation": history["val_loss"]}
            ),
        ],
        "heat_map": confusion.heat_map(verdict["confusion"]),
        "pairs": confusion.worst_pairs(verdict["confusion"]),
        "recalls": confusion.worst_recalls(verdict["words"]),
        "size": {"width": charts.WIDTH, "height": charts.HEIGHT},
    }


def _sentence(text: str) -> str:
    """Begins with a capital letter; the rest keeps its own."""
    return text[:1].upper() + text[1:]
