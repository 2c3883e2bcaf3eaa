"""ExecutorInputs as KFP's driver writes them."""

import pathlib
from typing import Any

NEW_OUTPUT_FILE = "/minio/mlpipeline/v2/artifacts/quickdraw/run/Task/uuid/output_metadata.json"
# Before KFP 2.15.
OLD_OUTPUT_FILE = "/tmp/kfp_outputs/output_metadata.json"
ROOT = "mlpipeline/v2/artifacts/quickdraw/run"
MODEL_SCHEMA = "title: tfx.Model\ntype: object\n"
BLESSING_SCHEMA = "title: tfx.ModelBlessing\ntype: object\n"
INPUTS_SPEC = {"artifacts": {"model": {"artifactType": {"instanceSchema": MODEL_SCHEMA}}}, "parameters": {}}


def make_executor_input(
    scheme: str = "minio", output_file: str = NEW_OUTPUT_FILE, metadata: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A task with a model to read and a blessing to write."""
    model = {
        "name": "16",
        "uri": f"{scheme}://{ROOT}/Trainer/1/model",
        # The driver does not say what an input is.
        "type": {"instanceSchema": ""},
        "metadata": {"display_name": "model", "store_session_info": "{}", **(metadata or {})},
    }
    blessing = {
        "name": "blessing",
        "uri": f"{scheme}://{ROOT}/Task/uuid/blessing",
        "type": {"instanceSchema": BLESSING_SCHEMA},
        "metadata": {},
    }
    logs = {
        "name": "executor-logs",
        "uri": f"{scheme}://{ROOT}/Task/uuid/executor-logs",
        "type": {"schemaTitle": "system.Artifact"},
    }
    return {
        "inputs": {"parameterValues": {}, "artifacts": {"model": {"artifacts": [model]}}},
        "outputs": {
            "artifacts": {"blessing": {"artifacts": [blessing]}, "executor-logs": {"artifacts": [logs]}},
            "outputFile": output_file,
        },
    }


def put_model(root: pathlib.Path, folder: str = "minio") -> None:
    """Puts a file where the launcher copies the input to."""
    path = root / folder / ROOT / "Trainer/1/model/Format-Serving/saved_model.pb"
    path.parent.mkdir(parents=True)
    path.write_text("a model")
