"""Lets both models answer the test split, judges, and blesses or not."""

import json
import logging
import pathlib
from typing import Any

import apache_beam as beam
import tensorflow_model_analysis as tfma
from tfx import types
from tfx.components.evaluator import constants
from tfx.dsl.components.base import base_beam_executor
from tfx.dsl.io import fileio
from tfx.types import artifact_utils
from tfx.utils import io_utils, path_utils

from components.baseline.component import baseline_version
from components.errors import QuickdrawError
from components.evaluator.eval_config import make_eval_config
from components.evaluator.evaluation import EVALUATION_FILE
from components.evaluator.judged_models import (
    JudgedModel,
    SharedWords,
    read_judged_model,
    shared_words,
    why_unusable,
)
from components.evaluator.stages import CountShard, adding_evaluator, counting_extractor, evaluation_writer
from components.evaluator.thresholds import thresholds_from_dict
from components.evaluator.verdict import ComparedBaseline, make_verdict, write_verdict
from components.examples import list_shards

_logger = logging.getLogger("quickdraw")


class NothingToJudgeByError(QuickdrawError):
    """The test split is empty."""


class Executor(base_beam_executor.BaseBeamExecutor):
    """See `components.evaluator.component.Evaluator`."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Writes TFMA's result, `evaluation.json`, `verdict.json` and the blessing.

        Args:
            input_dict: `examples`, `model`, `baseline_model`.
            output_dict: `evaluation`, `blessing`.
            exec_properties: `thresholds`.

        Raises:
            NothingToJudgeByError: no example is in the split `test`.
        """
        self._log_startup(input_dict, output_dict, exec_properties)
        thresholds = thresholds_from_dict(json.loads(exec_properties["thresholds"]))
        candidate = read_judged_model(_saved_model(input_dict["model"][0]))
        served = input_dict["baseline_model"][0]
        baseline, compared, shared = _open_baseline(served, candidate)
        evaluation_uri = artifact_utils.get_single_uri(output_dict["evaluation"])
        self._evaluate(input_dict["examples"], CountShard(candidate, baseline, shared), evaluation_uri)
        path = f"{evaluation_uri}/{EVALUATION_FILE}"
        if not fileio.exists(path):
            raise NothingToJudgeByError(
                "no drawing is in the test split, so nothing can be judged; give more drawings a word (--per-word)."
            )
        with fileio.open(path) as stream:
            evaluation = json.loads(stream.read())
        verdict = make_verdict(evaluation, candidate.labels, compared, thresholds)
        # Beside TFMA's result for the report, beside the blessing for whoever asks why it was given.
        for artifact in (output_dict["evaluation"][0], output_dict["blessing"][0]):
            write_verdict(artifact.uri, verdict)
        _bless(output_dict["blessing"][0], verdict["blessed"], input_dict["model"][0], served if baseline else None)

    def _evaluate(self, examples: list[types.Artifact], stage: CountShard, evaluation_uri: str) -> None:
        paths = list_shards(artifact_utils.get_split_uri(examples, "test"))
        shards = [{tfma.INPUT_KEY: path.encode()} for path in paths]
        config = make_eval_config(stage.has_baseline)
        with self._make_beam_pipeline() as pipeline:
            _ = (
                pipeline
                | "Shards" >> beam.Create(shards)
                | "SpreadOverWorkers" >> beam.Reshuffle()
                | "ExtractEvaluateAndWriteResults"
                >> tfma.ExtractEvaluateAndWriteResults(
                    eval_config=config,
                    extractors=[counting_extractor(stage)],
                    evaluators=[adding_evaluator(stage)],
                    writers=[
                        *tfma.default_writers(evaluation_uri, eval_config=config),
                        evaluation_writer(evaluation_uri),
                    ],
                )
            )


def _saved_model(model: types.Artifact) -> str:
    return path_utils.serving_model_path(model.uri, path_utils.is_old_model_artifact(model))


def _open_baseline(
    served: types.Artifact, candidate: JudgedModel
) -> tuple[JudgedModel | None, ComparedBaseline, SharedWords | None]:
    """Opens the model now serving, or says why it cannot be compared with.

    TFX takes any baseline artifact for a model. Kubeflow cannot leave an input out, so Baseline always hands one over
    and marks the empty one; here that mark becomes an absent model, on every runner alike.
    """
    version = baseline_version(served)
    if version == 0:
        return None, ComparedBaseline(0), None
    trouble = why_unusable(pathlib.Path(_saved_model(served)))
    if trouble:
        _logger.warning("Evaluator: version %d is not compared with: %s", version, trouble)
        return None, ComparedBaseline(version, trouble=trouble), None
    baseline = read_judged_model(_saved_model(served))
    shared = shared_words(candidate.labels, baseline.labels)
    # With one word to choose from, everybody is right.
    if len(shared.words) < 2:
        trouble = "the two models do not know two words in common"
        return None, ComparedBaseline(version, baseline.labels, shared.words, trouble), None
    return baseline, ComparedBaseline(version, baseline.labels, shared.words), shared


def _bless(blessing: types.Artifact, blessed: bool, model: types.Artifact, baseline: types.Artifact | None) -> None:
    """Fills TFX's ModelBlessing as TFX's Evaluator does."""
    blessing.set_string_custom_property(constants.ARTIFACT_PROPERTY_CURRENT_MODEL_URI_KEY, model.uri)
    blessing.set_int_custom_property(constants.ARTIFACT_PROPERTY_CURRENT_MODEL_ID_KEY, model.id)
    if baseline is not None:
        blessing.set_string_custom_property(constants.ARTIFACT_PROPERTY_BASELINE_MODEL_URI_KEY, baseline.uri)
        blessing.set_int_custom_property(constants.ARTIFACT_PROPERTY_BASELINE_MODEL_ID_KEY, baseline.id)
    name = constants.BLESSED_FILE_NAME if blessed else constants.NOT_BLESSED_FILE_NAME
    io_utils.write_string_file(f"{blessing.uri}/{name}", "")
    value = constants.BLESSED_VALUE if blessed else constants.NOT_BLESSED_VALUE
    blessing.set_int_custom_property(constants.ARTIFACT_PROPERTY_BLESSED_KEY, value)
