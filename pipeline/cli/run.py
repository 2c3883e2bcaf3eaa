"""`quickdraw run`: CSVs in, a judged and perhaps pushed model out."""

import pathlib
import time
from typing import Annotated

import typer

from components.data_gate.policy import parse_policy
from components.errors import NotBlessedError, UsageError
from pipeline.cli.logs import hush_absl, say, set_up_logs
from pipeline.cli.pipeline_options import (
    Epochs,
    Gate,
    Keep,
    LearningRate,
    MaxBadFraction,
    MinAccuracy,
    NumWords,
    PerWord,
    Preset,
    ThresholdsFile,
    Verbose,
    Words,
    split_words,
)
from pipeline.cli.runner_options import (
    BeamArgs,
    FlinkMaster,
    Parallelism,
    Project,
    Region,
    Runner,
    StallMinutes,
    TempLocation,
)
from pipeline.run_options import RunOptions, make_config
from pipeline.runner_options import RunnerOptions, check_runner


def run(
    data: Annotated[
        str, typer.Option(help="Folder of drawings, a path or a URL: <word>.csv or <word>.ndjson, plain or .gz.")
    ],
    workspace: Annotated[pathlib.Path, typer.Option(help="Folder of everything a run makes.")] = pathlib.Path(
        "workspace"
    ),
    preset: Preset = "demo",
    words: Words = "",
    num_words: NumWords = None,
    per_word: PerWord = None,
    epochs: Epochs = None,
    learning_rate: LearningRate = None,
    warm_start: Annotated[
        str, typer.Option(help="Begin from a model: latest (pushed), a VERSION, or the path of a .keras file.")
    ] = "",
    max_minutes: Annotated[
        float | None,
        typer.Option(help="Pause the training after the last epoch that fits; the same command goes on."),
    ] = None,
    thresholds: ThresholdsFile = None,
    min_accuracy: MinAccuracy = None,
    max_bad_fraction: MaxBadFraction = 0.01,
    gate: Gate = "",
    schema: Annotated[
        pathlib.Path | None,
        typer.Option(help="Schema the data has to keep; default: WORKSPACE/schema.pbtxt, else the packaged one."),
    ] = None,
    registry: Annotated[
        str,
        typer.Option(help="Where to push: a folder, or a URL such as gs://...; default: WORKSPACE/models/quickdraw."),
    ] = "",
    keep: Keep = None,
    cache: Annotated[
        bool, typer.Option(help="Reuse what earlier runs finished; an unfinished training goes on in any case.")
    ] = True,
    runner: Runner = "local",
    flink_master: FlinkMaster = "",
    parallelism: Parallelism = None,
    stall_minutes: StallMinutes = None,
    project: Project = "",
    region: Region = "",
    temp_location: TempLocation = "",
    beam_args: BeamArgs = [],  # noqa: B006 - Typer makes a list of its own
    verbose: Verbose = False,
) -> None:
    """Build, run and judge the whole pipeline on a folder of CSVs."""
    started = time.monotonic()
    options = RunOptions(
        data=data,
        workspace=workspace,
        preset=preset,
        words=split_words(words),
        num_words=num_words,
        per_word=per_word,
        epochs=epochs,
        learning_rate=learning_rate,
        warm_start=warm_start,
        thresholds=thresholds,
        min_accuracy=min_accuracy,
        max_bad_fraction=max_bad_fraction,
        gate=parse_policy(gate),
        schema=schema,
        registry=registry,
        keep=keep,
        cache=cache,
    )
    where = RunnerOptions(
        runner=runner,
        flink_master=flink_master,
        parallelism=parallelism,
        stall_minutes=stall_minutes,
        project=project,
        region=region,
        temp_location=temp_location,
        beam_args=tuple(beam_args),
    )
    if max_minutes is not None and max_minutes <= 0:
        raise UsageError(f"--max-minutes must be above zero, not {max_minutes}.")
    config = make_config(options)
    check_runner(where)
    stop_at = None if max_minutes is None else time.time() + 60 * max_minutes
    set_up_logs(verbose)
    say("starting TFX ...")
    # TensorFlow and TFX take seconds to import, which neither `quickdraw --help` nor a mistyped option should cost.
    from pipeline import local_run
    from pipeline.cli.summary import TerminalListener, print_summary

    hush_absl(verbose)
    outcome = local_run.run(config, TerminalListener(), stop_at, where)
    print_summary(outcome, config, time.monotonic() - started)
    if not outcome.blessed:
        raise NotBlessedError(
            f"the model is not blessed, so nothing was pushed; the table says why. {outcome.verdict['advice']}"
        )
