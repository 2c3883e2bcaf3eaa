"""`quickdraw kubeflow compile`: the pipeline as a YAML that KFP takes and runs."""

import pathlib
from typing import Annotated

import typer

from components.data_gate.policy import parse_policy
from components.errors import UsageError
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
from pipeline.kubeflow.options import CompileOptions, make_config
from pipeline.kubeflow.settings import NODE_IDS, Settings
from pipeline.kubeflow.settings_file import read_settings


def compile_(
    image: Annotated[str, typer.Option(help="Image of every node: REPOSITORY/NAME:TAG@sha256:DIGEST.")],
    data: Annotated[
        str, typer.Option(help="Folder of drawings that a run reads by default: s3://, gs:// or on a mounted claim.")
    ],
    out: Annotated[pathlib.Path, typer.Option(help="Where to write the pipeline, a .yaml file.")] = pathlib.Path(
        "pipeline.yaml"
    ),
    settings: Annotated[
        pathlib.Path | None,
        typer.Option(
            help="YAML of what the cluster gives to the nodes, see docs/kubeflow.md; default: modest resources."
        ),
    ] = None,
    registry: Annotated[
        str, typer.Option(help="Where a run pushes by default: s3://, gs:// or on a mounted claim.")
    ] = "",
    preset: Preset = "demo",
    words: Words = "",
    num_words: NumWords = None,
    per_word: PerWord = None,
    epochs: Epochs = None,
    learning_rate: LearningRate = None,
    thresholds: ThresholdsFile = None,
    min_accuracy: MinAccuracy = None,
    max_bad_fraction: MaxBadFraction = 0.01,
    gate: Gate = "",
    schema: Annotated[
        pathlib.Path | None, typer.Option(help="Schema the data has to keep, a file here; default: the packaged one.")
    ] = None,
    keep: Keep = None,
    verbose: Verbose = False,
) -> None:
    """Compile the pipeline for Kubeflow Pipelines v2.

    Data, words, rows a word, epochs, thresholds and registry are parameters of the pipeline: a run names others without
    a new compile.
    """
    if out.suffix not in (".yaml", ".yml"):
        raise UsageError(f"--out {out} must end with .yaml; KFP and its client refuse any other.")
    cluster = read_settings(settings, NODE_IDS) if settings else Settings()
    options = CompileOptions(
        image=image,
        data=data,
        registry=registry,
        workspace=cluster.workspace,
        preset=preset,
        words=split_words(words),
        num_words=num_words,
        per_word=per_word,
        epochs=epochs,
        learning_rate=learning_rate,
        thresholds=thresholds,
        min_accuracy=min_accuracy,
        max_bad_fraction=max_bad_fraction,
        gate=parse_policy(gate),
        schema=schema,
        keep=keep,
    )
    config = make_config(options)
    set_up_logs(verbose)
    # TFX takes seconds to import, which neither `quickdraw --help` nor a mistyped option should cost.
    from pipeline.kubeflow.compile import compile_pipeline
    from pipeline.kubeflow.lint.lint import refuse_findings

    hush_absl(verbose)
    documents = compile_pipeline(config, image, cluster)
    refuse_findings(documents)
    _write(out, documents.to_yaml())
    names = ", ".join(sorted(documents.spec["root"]["inputDefinitions"]["parameters"]))
    say(f"{out}: {len(documents.spec['root']['dag']['tasks'])} nodes; a run may choose {names}")


def _write(path: pathlib.Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"--out {path} cannot be written ({error.strerror}).") from error
