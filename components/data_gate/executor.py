"""The executor of DataGate."""

import json
import logging
import pathlib
from typing import Any

from tensorflow_data_validation.utils import anomalies_util
from tensorflow_metadata.proto.v0 import schema_pb2
from tfx import types
from tfx.components.statistics_gen import stats_artifact_utils
from tfx.dsl.components.base import base_executor
from tfx.dsl.io import fileio
from tfx.types import artifact_utils
from tfx.utils import io_utils

from components.data_gate.artifacts import APPROVAL_FILE
from components.data_gate.drift import find_drift
from components.data_gate.policy import GatePolicy
from components.data_gate.refusal import refusal
from components.data_gate.statistics_registry import load_split, newest_version_of_other_data, publish
from components.data_gate.verdict import REFERENCE_SPLIT, Finding, SplitReport, find_problems
from components.data_origin import read_origin
from components.errors import DataRefusedError

NEWEST = -1
# The file name that TFX's ExampleValidator gives to the anomalies of a split.
_ANOMALIES_FILE = "SchemaDiff.pb"

_logger = logging.getLogger("quickdraw")


class Executor(base_executor.BaseExecutor):
    """Judges the splits, one by one, against each other and against the run before."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Approves or refuses; the statistics of approved data are published.

        Args:
            input_dict: `statistics`, `anomalies` and `schema`, one artifact each.
            output_dict: `approval`, one artifact.
            exec_properties: `policy`, `registry`, `data_key` and `previous_version`.

        Raises:
            DataRefusedError: if there is a finding whose kind the policy makes a failure.
        """
        self._log_startup(input_dict, output_dict, exec_properties)
        statistics = artifact_utils.get_single_instance(input_dict["statistics"])
        anomalies = artifact_utils.get_single_instance(input_dict["anomalies"])
        reports = {split: _report(statistics, anomalies, split) for split in statistics.splits}
        schema = _read_schema(input_dict["schema"])
        registry = pathlib.Path(exec_properties["registry"]) if exec_properties["registry"] else None
        data_key = exec_properties["data_key"] or read_origin(statistics).get("examples_key", "")
        previous = exec_properties["previous_version"] if registry else 0
        if registry and previous == NEWEST:
            previous = newest_version_of_other_data(registry, data_key)

        findings, note = _find_drift(reports, schema, registry, previous)
        warnings = _judge([*find_problems(reports, schema), *findings], exec_properties["policy"])
        _logger.info("DataGate: %s", note)
        approval = {
            "splits": {split: report.num_examples for split, report in reports.items()},
            "warnings": warnings,
            "notes": [note],
            "statistics_version": publish(pathlib.Path(statistics.uri), registry, data_key) if registry else 0,
        }
        folder = artifact_utils.get_single_uri(output_dict["approval"])
        fileio.makedirs(folder)
        with fileio.open(f"{folder}/{APPROVAL_FILE}", "w") as stream:
            stream.write(json.dumps(approval, indent=2) + "\n")


def _report(statistics: types.Artifact, anomalies: types.Artifact, split: str) -> SplitReport:
    """Reads what StatisticsGen and ExampleValidator wrote about a split."""
    path = f"{artifact_utils.get_split_uri([anomalies], split)}/{_ANOMALIES_FILE}"
    return SplitReport(
        stats_artifact_utils.load_statistics(statistics, split).proto(), anomalies_util.load_anomalies_binary(path)
    )


def _read_schema(artifacts: list[types.Artifact]) -> schema_pb2.Schema:
    return io_utils.SchemaReader().read(io_utils.get_only_uri_in_dir(artifact_utils.get_single_uri(artifacts)))


def _find_drift(
    reports: dict[str, SplitReport], schema: schema_pb2.Schema, registry: pathlib.Path | None, previous: int
) -> tuple[list[Finding], str]:
    """Compares with the run before.

    Returns:
        Findings, and a sentence about what was compared.
    """
    if registry is None:
        return [], "no folder keeps statistics, so there is nothing to look for drift in"
    if previous == 0:
        return [], "no statistics of other data in this workspace yet, so nothing to look for drift in"
    if not reports[REFERENCE_SPLIT].num_examples:
        return [], f"an empty split {REFERENCE_SPLIT} is compared with nothing"
    name = f"the data of statistics version {previous}"
    earlier = load_split(registry, previous, REFERENCE_SPLIT)
    return find_drift(reports[REFERENCE_SPLIT].statistics, earlier, schema, name), f"compared with {name}"


def _judge(findings: list[Finding], policy_text: str) -> list[str]:
    """Tells the warnings and raises the failures.

    Returns:
        The warnings' sentences.

    Raises:
        DataRefusedError: there are failures.
    """
    policy = GatePolicy(**json.loads(policy_text))
    warnings = [finding.sentence for finding in findings if policy.severity_of(finding.kind) == "warn"]
    for sentence in warnings:
        _logger.warning("DataGate: warning: %s", sentence)
    failures = [finding for finding in findings if policy.severity_of(finding.kind) == "fail"]
    if failures:
        raise DataRefusedError(refusal(failures))
    return warnings
