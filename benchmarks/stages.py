"""Runs executors as the launcher would, each in a process of its own, so that memory and imports are its own."""

import json
import multiprocessing
import pathlib
import resource
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

REAL_DATA = pathlib.Path(__file__).parents[2] / "shared" / "quickdraw" / "train_simplified"


class Measured(NamedTuple):
    """What a stage took: wall seconds without imports, and the process's peak RSS in MiB."""

    seconds: float
    peak_mib: float


def in_process(work: Callable[..., None], *arguments: Any) -> Measured:
    """Runs `work` in a fresh process.

    Raises:
        RuntimeError: the process died, for example for want of memory.
    """
    context = multiprocessing.get_context("spawn")
    parent, child = context.Pipe()
    process = context.Process(target=_measured, args=(child, work, arguments))
    process.start()
    child.close()
    try:
        return parent.recv()
    except EOFError as error:
        process.join()
        raise RuntimeError(f"{work.__name__} ended with exit code {process.exitcode}") from error
    finally:
        process.join()


def artifact(kind: Any, folder: pathlib.Path) -> Any:
    """Makes an artifact of a TFX type in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    value = kind()
    value.uri = str(folder)
    return value


def examples_artifact(folder: pathlib.Path, split_names: Sequence[str] = ("train", "eval", "test")) -> Any:
    """Makes the Examples artifact of an ingest."""
    from tfx.types import standard_artifacts

    examples = artifact(standard_artifacts.Examples, folder)
    examples.split_names = json.dumps(list(split_names))
    examples.set_string_custom_property("payload_format", "FORMAT_TF_EXAMPLE")
    return examples


def executor(kind: Any, folder: pathlib.Path, beam_args: Sequence[str] = ()) -> Any:
    """Makes an executor that runs Beam pipelines, with its context."""
    return kind(kind.Context(beam_pipeline_args=list(beam_args), tmp_dir=str(folder / "tmp"), unique_id="1"))


def ingest(data: str, num_words: int | None, folder: pathlib.Path, words: Sequence[str] = ()) -> None:
    """Runs DrawingExampleGen; its outputs lie in `folder/examples` and `folder/summary`."""
    from components.example_gen.component import DrawingExampleGen
    from components.example_gen.executor import Executor

    node = DrawingExampleGen(
        data_dir=data, quarantine_dir=str(folder / "quarantine"), num_words=num_words, words=words or None
    )
    summary = artifact(node.outputs["summary"].type, folder / "summary")
    made = {"examples": [examples_artifact(folder / "examples")], "summary": [summary]}
    executor(Executor, folder).Do({}, made, node.exec_properties)


def _measured(pipe: Any, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    import tfx.v1  # noqa: F401 - its seconds belong to no stage

    import components.statistics_gen.executor
    import components.transform.executor  # noqa: F401

    started = time.monotonic()
    work(*arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send(Measured(time.monotonic() - started, peak))
