"""What an Evaluator leaves: 1,234 test drawings of two words, better than version 2; all can be checked by eye."""

_INTERVALS = {
    "accuracy": (0.9125, 0.895, 0.9275),
    "top_3_accuracy": (1.0, 0.997, 1.0),
    "map_at_3": (0.9375, 0.925, 0.95),
    "loss": (0.25, 0.2, 0.3),
    "ece": (0.03, 0.02, 0.04),
}
_DIFFERENCES = {
    "accuracy": (0.0125, -0.0025, 0.0275, 0.9, 0.95),
    "top_3_accuracy": (0.0, None, None, 1.0, 1.0),
    "map_at_3": (0.0175, 0.005, 0.03, 0.92, 0.99),
    "loss": (-0.05, -0.08, -0.02, 0.3, 0.999),
}
DIFFERENCES = {
    name: {"value": value, "low": low, "high": high, "baseline": baseline, "p_worse": p_worse}
    for name, (value, low, high, baseline, p_worse) in _DIFFERENCES.items()
}
HOUSE = "[[[7], [9]], [[0, 100, 50], [0, 200, 255]]]"


def check(metric, kind, value, threshold, passed=True, **others):
    """One check of a verdict."""
    return {
        "metric": metric,
        "word": "",
        "kind": kind,
        "value": value,
        "low": None,
        "high": None,
        "threshold": threshold,
        "baseline": None,
        "difference": None,
        "p_worse": None,
        "passed": passed,
        "sentence": f"{others.get('word') or metric} {'passed' if passed else 'failed'}.",
        **others,
    }


VERDICT = {
    "blessed": True,
    "examples": 1234,
    "baseline_version": 2,
    "baseline_sentence": "compared with version 2 on the same 1,234 drawings.",
    "metrics": {name: value for name, (value, _, _) in _INTERVALS.items()},
    "intervals": {name: [low, high] for name, (_, low, high) in _INTERVALS.items()},
    "differences": DIFFERENCES,
    "checks": [
        check("accuracy", "value", 0.9125, 0.6, sentence="accuracy 0.9125 is at least 0.6000."),
        check("accuracy", "change", 0.9125, 0.01, baseline=0.9, difference=0.0125, sentence="accuracy changed."),
    ],
    "advice": "",
}


def part(feature, value, examples, accuracy=_INTERVALS["accuracy"]):
    """One slice: the accuracy as given, the other metrics as everywhere."""
    intervals = {**_INTERVALS, "accuracy": accuracy}
    return {
        "feature": feature,
        "value": value,
        "examples": examples,
        "metrics": {name: {"value": v, "low": low, "high": high} for name, (v, low, high) in intervals.items()},
        "differences": DIFFERENCES,
    }


def notable(word, predicted, confidence, of_truth, drawing=HOUSE):
    """A drawing worth looking at."""
    return {
        "key_id": "1",
        "word": word,
        "predicted": predicted,
        "confidence": confidence,
        "of_truth": of_truth,
        "drawing": drawing,
    }


EVALUATION = {
    "slices": [
        part("", "", 1234),
        part("countrycode", "DE", 234),
        part("countrycode", "US", 1000),
        part("points", "11 to 20", 34, (0.5, 0.25, 0.75)),
        part("points", "41 to 80", 1200),
        part("strokes", "1", 1, (1.0, 0.2, 1.0)),
        part("strokes", "3 to 4", 1233),
        part("word", "ice_cream", 4, (0.75, 0.3, 0.95)),
        part("word", "sun", 2, (1.0, 0.34, 1.0)),
    ],
    "words": [
        {"word": "ice_cream", "examples": 4, "recall": 0.75, "precision": 1.0},
        {"word": "sun", "examples": 2, "recall": 1.0, "precision": 2 / 3},
    ],
    "confusion": [
        {"actual": "ice_cream", "predicted": "ice_cream", "count": 3},
        {"actual": "sun", "predicted": "sun", "count": 2},
        {"actual": "ice_cream", "predicted": "sun", "count": 1},
    ],
    "calibration": [
        {"from": 0.0, "to": 0.5, "examples": 0, "confidence": None, "accuracy": None},
        {"from": 0.5, "to": 0.75, "examples": 234, "confidence": 0.7, "accuracy": 0.6},
        {"from": 0.75, "to": 1.0, "examples": 1000, "confidence": 0.9, "accuracy": 0.88},
    ],
    "best": [notable("sun", "sun", 0.999, 0.999)],
    "worst": [notable("ice_cream", "sun", 0.8, 0.001)],
    "confidently_wrong": [notable("ice_cream", "sun", 0.875, 0.1)],
    "mistakes": [notable("ice_cream", "sun", 0.875, 0.1, "[[[3, 203], [1, 51]]]")],
}


def large_evaluation(words, points=60):
    """An evaluation of many words, each taken for the next one, with the thousand mistakes that an Evaluator keeps."""
    pairs = [(actual, words[(number + by) % len(words)]) for by in (1, 2, 3) for number, actual in enumerate(words)]
    xs = [number * 37 % 256 for number in range(points)]
    drawing = str([[xs, xs[::-1]]])
    return {
        **EVALUATION,
        "slices": EVALUATION["slices"][:7] + [part("word", word, 40) for word in words],
        "words": [{"word": word, "examples": 40, "recall": 0.5, "precision": 0.5} for word in words],
        "confusion": [
            *({"actual": word, "predicted": word, "count": 20} for word in words),
            *({"actual": actual, "predicted": predicted, "count": 5} for actual, predicted in pairs),
        ],
        **{
            kind: [notable(words[0], words[1], 0.9, 0.05, drawing)] * 24
            for kind in ("best", "worst", "confidently_wrong")
        },
        "mistakes": [notable(*pair, 0.9, 0.05, drawing) for pair in pairs][:1000],
    }
