"""Two runs in ML Metadata: the second takes its data from the cache, trains anew and begins from the first's model."""

import json
import pathlib

from tests.pipeline.made_metadata import CACHED, FAILED, Recorder


def record_two_runs(workspace: pathlib.Path) -> None:
    """Records runs "a", which pushed version 100, and "b", which pushed version 200 and did so once more.

    The folders of the artifacts are there, but for the transformed examples'.
    """
    recorder = Recorder(workspace / "metadata.sqlite")
    artifacts = workspace / "artifacts"
    for name in ("examples", "approval", "model-a", "model-b", "push-a", "push-b"):
        (artifacts / name).mkdir(parents=True)

    recorder.record("a", "Transform", state=FAILED)
    made = recorder.record(
        "a",
        "DrawingExampleGen",
        outputs={"examples": recorder.artifact("Examples", artifacts / "examples")},
        properties={"data_dir": "/data", "data_fingerprint": "f1", "words": "", "code_fingerprint": "c1"},
    )
    approval = recorder.record(
        "a",
        "DataGate",
        inputs=made,
        outputs={"approval": recorder.artifact("DataApproval", artifacts / "approval")},
        properties={"data_key": "d1", "policy": json.dumps({"skew": "fail"})},
    )
    transformed = recorder.record(
        "a",
        "Transform",
        inputs=made,
        outputs={"transformed_examples": recorder.artifact("Examples", artifacts / "transformed")},
    )
    _train_and_push(recorder, artifacts, "a", 100, transformed["transformed_examples"], warm_start="")

    recorder.record("b", "DrawingExampleGen", outputs={"examples": recorder.known(made["examples"])}, state=CACHED)
    recorder.record(
        "b", "DataGate", inputs=made, outputs={"approval": recorder.known(approval["approval"])}, state=CACHED
    )
    network = workspace / "models" / "quickdraw" / "100" / "assets.extra" / "network.keras"
    _train_and_push(recorder, artifacts, "b", 200, transformed["transformed_examples"], warm_start=str(network))
    recorder.record(
        "c",
        "Pusher",
        outputs={
            "pushed_model": recorder.artifact("PushedModel", artifacts / "c", pushed_version="200", run_key="key-b")
        },
    )


def _train_and_push(
    recorder: Recorder, artifacts: pathlib.Path, run: str, version: int, transformed: int, warm_start: str
) -> None:
    custom_config = {
        "state_dir": f"/gone/training/t-{run}",
        "warm_start": warm_start,
        "card": {"preset": "ten", "code": "c2", "data": {"examples_key": "d1"}},
    }
    model = recorder.record(
        run,
        "Trainer",
        inputs={"examples": transformed},
        outputs={"model": recorder.artifact("Model", artifacts / f"model-{run}")},
        properties={"custom_config": json.dumps(custom_config)},
    )
    pushed = recorder.artifact(
        "PushedModel", artifacts / f"push-{run}", pushed_version=str(version), run_key=f"key-{run}"
    )
    recorder.record(
        run,
        "Pusher",
        inputs={"model": model["model"]},
        outputs={"pushed_model": pushed},
        properties={"run_key": f"key-{run}", "code_fingerprint": "c3"},
    )
