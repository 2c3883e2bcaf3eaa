"""The page: fills `templates/report.html` with one run's results."""

import base64
import hashlib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from components.example_gen.splits import SPLIT_NAMES
from components.example_gen.summary import FATES
from components.report import charts, confusion
from components.report.calibration import calibration
from components.report.countries import countries
from components.report.distributions import distributions
from components.report.mistakes import Mistakes
from components.report.node_times import PLACE
from components.report.notable import notable_groups
from components.report.provenance import provenance
from components.report.run_results import RunResults
from components.report.scatter import recall_against_precision
from components.report.slice_table import slice_tables
from components.report.templating import environment
from components.report.training_gap import gap_sentence
from components.report.verdict_rows import floor_checks, metric_rows
from components.report.word_scores import word_scores
from components.report.word_table import word_table

# A longer table is folded up, or scrolls within the page.
_MOST_OPEN_ROWS = 30


def render_page(results: RunResults) -> str:
    """Returns the whole HTML document; nothing in it refers to another file or host."""
    script = (resources.files("components.report") / "templates" / "script.js").read_text(encoding="utf-8")
    return (
        environment()
        .get_template("report.html")
        .render(
            results=results,
            script=script,
            # The browser runs this very script and no other, whatever the data may smuggle in.
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            node_times=PLACE,
            most_open_rows=_MOST_OPEN_ROWS,
            **_judged(results),
            **_data(results),
            **_model(results),
        )
    )


def _judged(results: RunResults) -> dict[str, Any]:
    evaluation = results.evaluation
    mistakes = Mistakes(evaluation["mistakes"])
    pairs = confusion.pairs(evaluation["confusion"], mistakes)
    scores = word_scores(evaluation, confusion.taken_for(pairs))
    return {
        "metrics": metric_rows(results.verdict),
        "floors": floor_checks(results.verdict),
        "mistakes": mistakes,
        "heat_map": confusion.heat_map(pairs),
        "worst_pairs": confusion.worst_pairs(pairs),
        "notable": notable_groups(evaluation),
        "scores": scores,
        "scatter": recall_against_precision(scores),
        "slices": slice_tables(evaluation["slices"]),
        "calibration": calibration(evaluation["calibration"]),
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
        "words": word_table(summary, {split: t["word"] for split, t in texts.items() if "word" in t}),
        "distributions": distributions(statistics),
        "countries": countries(t["countrycode"] for t in texts.values() if "countrycode" in t),
    }


def _model(results: RunResults) -> dict[str, Any]:
    card = results.card
    best_epoch, varied = card["best_epoch"]["epochs"], bool(card["training"].get("augmentation"))
    return {
        "curves": _curves(results.history, best_epoch),
        "gap": gap_sentence(results.history, best_epoch, varied),
        "provenance": provenance(card),
    }


def _curves(history: Mapping[str, Any], best_epoch: int) -> list[charts.Chart]:
    names = {"training": "", "validation": "val_", "training, clean": "clean_"}
    return [
        charts.line_chart(
            metric.capitalize(),
            history["epochs"],
            {name: history[f"{prefix}{metric}"] for name, prefix in names.items()},
            best_epoch,
        )
        for metric in ("accuracy", "loss")
    ]
