"""Tiny pipelines whose tasks are lines of Python, to try the emulator itself."""

import json
from typing import Any

from tests.kubeflow.emulator.compiled_pipeline import CompiledPipeline, Task

_PRELUDE = "import json, os, pathlib, sys; given = json.loads(sys.argv[1]); root = os.environ['QUICKDRAW_POD_ROOT'];"


def make_task(
    name: str, code: str, inputs: dict[str, str] | None = None, outputs: tuple[str, ...] = (), **spec: Any
) -> Task:
    """A task that runs Python code, which knows `given`, the ExecutorInput, and `root`.

    Args:
        name: its id.
        code: one line.
        inputs: key -> producer; the producer's output is `out`.
        outputs: keys.
        spec: more of its PipelineTaskSpec.
    """
    artifacts = {
        key: {"taskOutputArtifact": {"producerTask": producer, "outputArtifactKey": "out"}}
        for key, producer in (inputs or {}).items()
    }
    declared = {key: {"artifactType": {"instanceSchema": "title: tfx.Model\n"}} for key in outputs}
    return Task(
        name,
        {"inputs": {"artifacts": artifacts, "parameters": spec.pop("parameters", {})}, **spec},
        {"outputDefinitions": {"artifacts": declared}},
        {"image": "i", "command": ["python", "-c", _PRELUDE + code], "args": ["{{$}}"]},
    )


def make_pipeline(*tasks: Task, parameters: dict[str, Any] | None = None) -> CompiledPipeline:
    """A pipeline of tasks, each behind those it waits for."""
    return CompiledPipeline("tiny", parameters or {}, {task.id: task for task in tasks})


def writing(text: str, metadata: dict[str, Any] | None = None) -> str:
    """Code that writes a file to `out`, and says this of it."""
    said = json.dumps({"artifacts": {"out": {"artifacts": [{"metadata": metadata or {}}]}}})
    return (
        "out = given['outputs']['artifacts']['out']['artifacts'][0];"
        "folder = pathlib.Path(root, out['uri'].replace('://', '/', 1)); folder.mkdir(parents=True);"
        f"(folder / 'file').write_text({text!r});"
        f"pathlib.Path(root, given['outputs']['outputFile'][1:]).write_text({said!r})"
    )
