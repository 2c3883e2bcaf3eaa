"""The artifacts of an evaluation, small and real."""

import json
import pathlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from tfx.types import standard_artifacts

from components.baseline.executor import BASELINE_VERSION_PROPERTY
from components.evaluator.executor import Executor
from components.evaluator.thresholds import Thresholds
from tests.components.doodles import example, write_records
from tests.components.evaluator.answering_models import drawing, write_model

Evaluate = Callable[..., dict[str, Any]]
WORDS = ("ant", "bee", "cat")


def artifact(kind: Any, folder: pathlib.Path) -> Any:
    folder.mkdir(parents=True, exist_ok=True)
    value = kind()
    value.uri = str(folder)
    return value


def answers(right: Sequence[bool], labels: Sequence[str] = WORDS) -> dict[str, list[float]]:
    """Drawing number i shows word i modulo 3; the model gives 0.75 to it if right, else to the next word."""
    table = {}
    for number, is_right in enumerate(right):
        word = WORDS[number % len(WORDS)]
        at = (labels.index(word) if word in labels else 0) + (0 if is_right else 1)
        table[drawing(number)] = [
            0.75 if i == at % len(labels) else 0.25 / (len(labels) - 1) for i in range(len(labels))
        ]
    return table


@pytest.fixture
def evaluate(tmp_path: pathlib.Path) -> Evaluate:
    """Runs the executor on drawings of `WORDS` in turn; returns the verdict, seen to agree with the blessing.

    `candidate` and `baseline` say of each drawing whether the model is right; the baseline may know other words, and
    `spoil` may damage it.
    """

    def run(
        thresholds: Thresholds,
        candidate: Sequence[bool],
        baseline: Sequence[bool] | None = None,
        labels: Sequence[str] = WORDS,
        baseline_labels: Sequence[str] = WORDS,
        spoil: Callable[[pathlib.Path], None] = lambda _: None,
    ) -> dict[str, Any]:
        records = [
            example(drawing(number), WORDS[number % len(WORDS)], key_id=str(number), countrycode="DE")
            for number in range(len(candidate))
        ]
        examples = artifact(standard_artifacts.Examples, tmp_path / "examples")
        examples.split_names = '["test"]'
        write_records(tmp_path / "examples" / "Split-test" / "data-00000-of-00001.gz", records)
        model = artifact(standard_artifacts.Model, tmp_path / "model")
        write_model(tmp_path / "model" / "Format-Serving", labels, answers(candidate, labels))
        served = artifact(standard_artifacts.Model, tmp_path / "baseline")
        served.set_int_custom_property(BASELINE_VERSION_PROPERTY, 0 if baseline is None else 7)
        if baseline is not None:
            folder = tmp_path / "baseline" / "Format-Serving"
            write_model(folder, baseline_labels, answers(baseline, baseline_labels))
            spoil(folder)
        inputs = {"examples": [examples], "model": [model], "baseline_model": [served]}
        judge(inputs, tmp_path, thresholds)
        verdict, beside_blessing = (
            json.loads((tmp_path / folder / "verdict.json").read_text()) for folder in ("evaluation", "blessing")
        )
        assert verdict == beside_blessing
        assert (tmp_path / "blessing" / "BLESSED").exists() == verdict["blessed"]
        assert (tmp_path / "blessing" / "NOT_BLESSED").exists() != verdict["blessed"]
        return verdict

    return run


def judge(inputs: Mapping[str, list[Any]], folder: pathlib.Path, thresholds: Thresholds) -> None:
    """Runs the executor; its outputs lie in `folder`."""
    outputs = {
        "evaluation": [artifact(standard_artifacts.ModelEvaluation, folder / "evaluation")],
        "blessing": [artifact(standard_artifacts.ModelBlessing, folder / "blessing")],
    }
    properties = {"thresholds": json.dumps(thresholds.to_dict()), "code_fingerprint": ""}
    Executor(Executor.Context(beam_pipeline_args=[], tmp_dir=str(folder), unique_id="1")).Do(
        inputs, outputs, properties
    )


def half_deleted(model: pathlib.Path) -> None:
    """What an interrupted `rm -r` leaves."""
    shutil.rmtree(model / "variables")


def without_labels(model: pathlib.Path) -> None:
    """A model that somebody else has put into the registry."""
    shutil.rmtree(model / "assets.extra")
