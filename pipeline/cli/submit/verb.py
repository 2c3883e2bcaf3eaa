"""The verb `quickdraw submit`: a pushed model's answers to a file of drawings, as Kaggle takes them."""

import pathlib
from typing import Annotated

import typer

from components.pusher.registry import registry_of
from pipeline.cli.logs import say, set_up_logs
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
from pipeline.cli.submit.progress_bar import ProgressBar
from pipeline.cli.submit.summary import summary
from pipeline.runner_options import RunnerOptions, check_runner
from pipeline.submission_options import DEFAULT_BATCH_SIZE, SubmissionOptions, check_options


def submit(
    test: Annotated[
        str,
        typer.Option(help="The drawings: CSV with key_id and drawing, or ndjson, plain or .gz; a path or a URL."),
    ],
    out: Annotated[pathlib.Path, typer.Option(help="The submission to write.")] = pathlib.Path("submission.csv"),
    version: Annotated[
        int | None, typer.Option(help="The pushed version that answers; default: the newest.", show_default=False)
    ] = None,
    score: Annotated[
        str, typer.Option(help="The true words, key_id,word: print MAP@3 and top-1 with their intervals.")
    ] = "",
    workspace: Annotated[pathlib.Path, typer.Option(help="The folder `quickdraw run` worked in.")] = pathlib.Path(
        "workspace"
    ),
    registry: Annotated[
        str,
        typer.Option(help="Where the versions are: a folder, or a URL; default: WORKSPACE/models/quickdraw."),
    ] = "",
    batch_size: Annotated[
        int, typer.Option(min=1, help="The most drawings that the model gets at a time.")
    ] = DEFAULT_BATCH_SIZE,
    runner: Runner = "local",
    flink_master: FlinkMaster = "",
    parallelism: Parallelism = None,
    stall_minutes: StallMinutes = None,
    project: Project = "",
    region: Region = "",
    temp_location: TempLocation = "",
    beam_args: BeamArgs = [],  # noqa: B006 - Typer makes a list of its own
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Show Beam's and TensorFlow's own logs.")] = False,
) -> None:
    """Answer a file of drawings with a pushed model, in Kaggle's format.

    The same command goes on where a killed one was.
    """
    where = registry or str(registry_of(workspace))
    options = SubmissionOptions(
        test=test,
        out=out,
        registry=where,
        version=version,
        labels=score,
        batch_size=batch_size,
        where=RunnerOptions(
            runner=runner,
            flink_master=flink_master,
            parallelism=parallelism,
            stall_minutes=stall_minutes,
            project=project,
            region=region,
            temp_location=temp_location,
            beam_args=tuple(beam_args),
        ),
    )
    check_options(options)
    check_runner(options.where)
    set_up_logs(verbose)
    progress = ProgressBar()
    progress.say("starting TensorFlow ...")
    # TensorFlow and Beam take seconds to import, which neither `quickdraw --help` nor a mistyped option should cost.
    from pipeline import submission

    try:
        result = submission.submit(options, progress)
    finally:
        progress.clear()
    say(summary(result, out, where))
