"""What the other nodes of the run left on disk, read and checked in one place."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tfx import types
from tfx.components.util import model_utils
from tfx.dsl.io import fileio
from tfx.types import artifact_utils

from components.data_gate.artifacts import APPROVAL_FILE
from components.evaluator.evaluation import EVALUATION_FILE
from components.evaluator.verdict import VERDICT_FILE
from components.report.feature_statistics import SplitStatistics, read_statistics
from components.report.gallery import Gallery, read_gallery
from components.report.unreadable_input import naming
from components.report.word_choice import choose_words
from components.trainer.assets import MODEL_CARD_FILE

_SUMMARY_KEYS = ("read", "kept", "filtered", "capped", "duplicate", "quarantined", "words", "splits", "reasons")
_HISTORY_KEYS = ("epochs", "loss", "accuracy", "val_loss", "val_accuracy", "clean_loss", "clean_accuracy")
_CARD_KEYS = ("preset", "parameters", "train_drawings", "epochs", "training_minutes", "best_epoch", "training")
_VERDICT_KEYS = (
    "examples",
    "baseline_version",
    "baseline_sentence",
    "metrics",
    "intervals",
    "differences",
    "checks",
    "advice",
)
_EVALUATION_KEYS = (
    "slices",
    "words",
    "confusion",
    "calibration",
    "best",
    "worst",
    "confidently_wrong",
    "mistakes",
)
_PUSH_KEYS = ("pushed", "version", "path", "sentence")


@dataclass(frozen=True)
class RunResults:
    """One run, as far as the report tells it.

    Attributes:
        summary: `summary.json` of DrawingExampleGen, see `IngestSummary`.
        history: `history.json` of the Trainer: `epochs`, and one list of values a curve.
        card: the Trainer's model card, see `components.trainer.model_card`.
        verdict: `verdict.json` of the Evaluator, see `components.evaluator.verdict`.
        evaluation: `evaluation.json` of the Evaluator, see `components.evaluator.evaluation`.
        push: `push.json` of the Pusher.
        blessed: What the Pusher was told.
        gallery: Some test drawings.
        statistics: What StatisticsGen counted, by split; empty without statistics.
        approval: `approval.json` of the DataGate, see `DataApproval`; `warnings` and `notes` may be
            empty. None without.
    """

    summary: Mapping[str, Any]
    history: Mapping[str, Any]
    card: Mapping[str, Any]
    verdict: Mapping[str, Any]
    evaluation: Mapping[str, Any]
    push: Mapping[str, Any]
    blessed: bool
    gallery: Gallery
    statistics: Mapping[str, SplitStatistics]
    approval: Mapping[str, Any] | None


def read_run_results(inputs: Mapping[str, list[types.Artifact]]) -> RunResults:
    """Reads the inputs of the component.

    Args:
        inputs: as `components.report.component.ReportSpec` has them; `statistics` and `approval`
            may be absent or empty.

    Raises:
        UnreadableInputError: a file is missing, is not what it should be, or lacks a key that the report needs.
    """
    summary = _read_json(inputs["summary"], "summary.json", _SUMMARY_KEYS)
    statistics, approval = inputs.get("statistics"), inputs.get("approval")
    return RunResults(
        summary=summary,
        history=_read_json(inputs["model_run"], "history.json", _HISTORY_KEYS),
        card=_read_json(inputs["model_run"], MODEL_CARD_FILE, _CARD_KEYS),
        verdict=_read_json(inputs["evaluation"], VERDICT_FILE, _VERDICT_KEYS),
        evaluation=_read_json(inputs["evaluation"], EVALUATION_FILE, _EVALUATION_KEYS),
        push=_read_json(inputs["pushed_model"], "push.json", _PUSH_KEYS),
        blessed=model_utils.is_model_blessed(artifact_utils.get_single_instance(inputs["blessing"])),
        gallery=read_gallery(artifact_utils.get_split_uri(inputs["examples"], "test"), choose_words(summary["words"])),
        statistics=read_statistics(artifact_utils.get_single_instance(statistics)) if statistics else {},
        approval={"warnings": [], "notes": [], **_read_json(approval, APPROVAL_FILE, ())} if approval else None,
    )


def _read_json(artifacts: list[types.Artifact], name: str, keys: Sequence[str]) -> Mapping[str, Any]:
    path = f"{artifact_utils.get_single_uri(artifacts)}/{name}"
    with naming(path):
        with fileio.open(path) as stream:
            value = json.loads(stream.read())
        if not isinstance(value, dict):
            raise ValueError("it is not a JSON object")
        return {**value, **{key: value[key] for key in keys}}
