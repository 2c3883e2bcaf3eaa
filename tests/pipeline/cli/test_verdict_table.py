from typing import Any

from pipeline.cli.verdict_table import verdict_table


def check(metric: str, kind: str, passed: bool, sentence: str, word: str = "", **fields: float) -> dict[str, Any]:
    return {
        "metric": metric,
        "word": word,
        "kind": kind,
        "passed": passed,
        "sentence": sentence,
        "value": 0.25,
        "low": 0.1,
        "high": 0.4,
        **fields,
    }


VALUES = {"accuracy": 0.5, "top_3_accuracy": 0.75, "map_at_3": 0.625, "loss": 1.5, "ece": 0.125}
VERDICT: dict[str, Any] = {
    "metrics": VALUES,
    "intervals": {**{name: [value - 0.0625, value + 0.0625] for name, value in VALUES.items()}, "loss": [None, None]},
    "differences": {name: {"value": -0.25, "baseline": VALUES[name] + 0.25} for name in VALUES if name != "ece"},
    "checks": [
        check("accuracy", "value", True, "fine.", threshold=0.5),
        check("loss", "value", True, "fine.", threshold=2.0),
        check("accuracy", "change", False, "accuracy changed by -0.2500.", threshold=0.01),
    ],
}


def test_a_line_a_metric_and_the_reasons_below() -> None:
    assert verdict_table(VERDICT) == (
        "                    value  95 % interval     threshold  baseline  difference  allowed drop\n"
        "accuracy           0.5000  0.4375 to 0.5625  >= 0.5000    0.7500     -0.2500        0.0100  FAIL\n"
        "top-3 accuracy     0.7500  0.6875 to 0.8125               1.0000     -0.2500\n"
        "MAP@3              0.6250  0.5625 to 0.6875               0.8750     -0.2500\n"
        "loss               1.5000                    <= 2.0000    1.7500     -0.2500                pass\n"
        "calibration error  0.1250  0.0625 to 0.1875\n"
        "\n"
        "FAIL: accuracy changed by -0.2500."
    )


def test_of_many_failed_words_the_worst_are_shown() -> None:
    floors = [check("recall", "floor", False, f"word {n}.", f"word {n}", threshold=0.5) for n in range(12)]
    text = verdict_table({**VERDICT, "differences": None, "checks": floors})
    assert text.count("recall of word") == 10
    assert text.endswith("FAIL: word 9.\nFAIL: 2 more words, see the report.")
