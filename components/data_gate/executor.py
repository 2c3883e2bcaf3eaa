"""The executor of DataGate."""

import json
from typing import Any

from tensorflow_data_validation.utils import anomalies_util
from tfx import types
from tfx.components.statistics_gen import stats_artifact_utils
from tfx.dsl.components.base import base_executor
from tfx.dsl.io import fileio
from tfx.types import artifact_utils

from components.data_gate.verdict import SplitReport, find_problems
from components.errors import DataRefusedError

# The file name that TFX's ExampleValidator gives to the anomalies of a split.
_ANOMALIES_FILE = "SchemaDiff.pb"


class Executor(base_executor.BaseExecutor):
    """Reads the anomalies of every split and refuses the data if there are any."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Approves or refuses.

        Args:
            input_dict: `statistics` and `anomalies`, one artifact each.
            output_dict: `approval`, one artifact.
            exec_properties: empty.

        Raises:
            DataRefusedError: if a split has no example or an anomaly.
        """
        self._log_startup(input_dict, output_dict, exec_properties)
        statistics = artifact_utils.get_single_instance(input_dict["statistics"])
        anomalies = artifact_utils.get_single_instance(input_dict["anomalies"])
        reports = {split: _report(statistics, anomalies, split) for split in statistics.splits}
        problems = find_problems(reports)
        if problems:
            raise DataRefusedError(
                f"the data gate refused the data, nothing was trained: {'. '.join(problems)}. "
                "Correct or remove these rows; if the data is right, widen schema/schema.pbtxt"
            )
        approval = {"splits": {split: report.num_examples for split, report in reports.items()}, "anomalies": 0}
        folder = artifact_utils.get_single_uri(output_dict["approval"])
        fileio.makedirs(folder)
        with fileio.open(f"{folder}/approval.json", "w") as stream:
            stream.write(json.dumps(approval, indent=2) + "\n")


def _report(statistics: types.Artifact, anomalies: types.Artifact, split: str) -> SplitReport:
    """Reads what StatisticsGen and ExampleValidator wrote about a split."""
    datasets = stats_artifact_utils.load_statistics(statistics, split).proto().datasets
    path = f"{artifact_utils.get_split_uri([anomalies], split)}/{_ANOMALIES_FILE}"
    return SplitReport(sum(dataset.num_examples for dataset in datasets), anomalies_util.load_anomalies_binary(path))
