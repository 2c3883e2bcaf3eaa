"""The stages that TFMA runs: an extractor that lets the models answer, an evaluator that adds up, a writer of the rest.

TFMA's own stages take every drawing by itself through Python, once a slice; these take batches. What TFMA writes and
`tfma.load_eval_result` reads stays the same.
"""

import functools
import json
import operator
from collections.abc import Iterator
from typing import Any

import apache_beam as beam
import tensorflow as tf
import tensorflow_model_analysis as tfma
from tfx.dsl.io import fileio

from components.evaluator.counted import Counted, SumCounted, count_batch
from components.evaluator.evaluation import EVALUATION_FILE, make_evaluation
from components.evaluator.judged_models import SIGNATURE, JudgedModel, SharedWords
from components.evaluator.labelled_drawings import read_labelled_drawings
from components.evaluator.tfma_metrics import tfma_metrics

_COUNT = "CountShards"
_COUNTED = "counted"
_EVALUATION = "evaluation"
_BATCHES_AHEAD = 2


class CountShard(beam.DoFn):
    """{`tfma.INPUT_KEY`: path of a shard} -> {"counted": what was counted over it}."""

    def __init__(self, candidate: JudgedModel, baseline: JudgedModel | None, shared: SharedWords | None) -> None:
        """Takes the models; `shared` is None without a baseline."""
        self._candidate = candidate
        self._baseline = baseline
        self._shared = shared

    @property
    def has_baseline(self) -> bool:
        """Whether two models answer."""
        return self._baseline is not None

    @property
    def labels(self) -> tuple[str, ...]:
        """The candidate's words in the order of the class ids."""
        return self._candidate.labels

    def setup(self) -> None:
        """Loads the models once a worker."""
        self._models = {"candidate": tf.saved_model.load(self._candidate.directory)}
        if self._baseline is not None:
            self._models["baseline"] = tf.saved_model.load(self._baseline.directory)

    def process(self, extracts: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Counts over a shard: one element, since what is counted is large and goes through pickle."""
        counts = self._count(extracts[tfma.INPUT_KEY].decode())
        first = next(counts, None)
        if first is not None:
            yield {_COUNTED: functools.reduce(operator.add, counts, first)}

    def _count(self, path: str) -> Iterator[Counted]:
        for batch in read_labelled_drawings(path).prefetch(_BATCHES_AHEAD):
            # Not within tf.data, which runs a model's convolutions at less than half their speed.
            answers = {
                name: model.signatures[SIGNATURE](drawing=batch["drawing"])["probabilities"].numpy()
                for name, model in self._models.items()
            }
            features = {name: values.numpy() for name, values in batch.items()}
            yield count_batch({**features, **answers}, self._candidate, self._shared)


def counting_extractor(stage: CountShard) -> Any:  # noqa: ANN401 - TFMA's classes have no types
    """Makes TFMA's extractor of `stage`."""
    return tfma.extractors.Extractor(_COUNT, _count(stage))


def adding_evaluator(stage: CountShard) -> Any:  # noqa: ANN401
    """Makes TFMA's evaluator: adds up what `stage` counted, makes metrics of it, and says them in TFMA's words too."""
    return tfma.evaluators.Evaluator("AddCounts", _COUNT, _add(stage.labels, stage.has_baseline))


def evaluation_writer(output_path: str) -> Any:  # noqa: ANN401
    """Makes the writer of `evaluation.json`."""
    return tfma.writers.Writer(EVALUATION_FILE, _write(output_path))


@beam.ptransform_fn
def _count(extracts: beam.PCollection, stage: CountShard) -> beam.PCollection:
    return extracts | beam.ParDo(stage)


@beam.ptransform_fn
def _add(extracts: beam.PCollection, labels: tuple[str, ...], has_baseline: bool) -> dict[str, beam.PCollection]:
    evaluation = (
        extracts
        | "Counted" >> beam.Map(lambda extract: extract[_COUNTED])
        | "Sum" >> beam.CombineGlobally(SumCounted())
        | "NotNothing" >> beam.Filter(lambda counted: counted is not None)
        | "Evaluation" >> beam.Map(make_evaluation, labels)
    )
    # TFMA's writer takes values with intervals; its type hint does not know.
    metrics = evaluation | "Metrics" >> beam.FlatMap(tfma_metrics, has_baseline).with_output_types(Any)
    return {tfma.METRICS_KEY: metrics, _EVALUATION: evaluation}


@beam.ptransform_fn
def _write(evaluation: dict[str, beam.PCollection], output_path: str) -> dict[str, Any]:
    def write(values: dict[str, Any]) -> None:
        with fileio.open(f"{output_path}/{EVALUATION_FILE}", "w") as target:
            target.write(json.dumps(values, ensure_ascii=False))

    return {_EVALUATION: evaluation[_EVALUATION] | "WriteEvaluation" >> beam.Map(write)}
