"""The options that say where Beam jobs run, the same for `run` and `submit`."""

from typing import Annotated

import typer

from pipeline.runner_options import RUNNERS

Runner = Annotated[str, typer.Option(help=f"Where Beam jobs run: {', '.join(RUNNERS)}; see docs/flink.md.")]
FlinkMaster = Annotated[str, typer.Option(help="HOST:PORT of Flink's JobManager; `quickdraw flink up` starts one.")]
Parallelism = Annotated[
    int | None, typer.Option(help="Tasks at a time on Flink; default: all slots of the cluster.", show_default=False)
]
StallMinutes = Annotated[
    float | None,
    typer.Option(
        help="Cancel a job on Flink that stands still so long, and try again; default: 10.", show_default=False
    ),
]
Project = Annotated[str, typer.Option(help="Of Google Cloud, for Dataflow.")]
Region = Annotated[str, typer.Option(help="The same.")]
TempLocation = Annotated[str, typer.Option(help="The same, gs://BUCKET/FOLDER.")]
BeamArgs = Annotated[
    list[str],
    typer.Option(
        "--beam-arg",
        help="An option of Beam's as it is, such as --beam-arg=--runner=SparkRunner; may be given several times.",
    ),
]
