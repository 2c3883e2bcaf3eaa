"""The options that say what the pipeline does, the same for `run` and `kubeflow compile`."""

import pathlib
from typing import Annotated

import typer

from components.data_gate.policy import SEVERITIES, policy_kinds

Preset = Annotated[str, typer.Option(help="demo, notebook, notebook_tuned, ten or full.")]
Words = Annotated[str, typer.Option(help="Words to learn, separated by commas; default: all.")]
NumWords = Annotated[int | None, typer.Option(help="The first so many words alphabetically.")]
PerWord = Annotated[int | None, typer.Option(help="At most so many drawings a word; default: the preset's.")]
Epochs = Annotated[int | None, typer.Option(help="Passes over the training drawings; default: the preset's.")]
LearningRate = Annotated[float | None, typer.Option(help="The optimizer's largest step; default: the preset's.")]
ThresholdsFile = Annotated[
    pathlib.Path | None,
    typer.Option(help="JSON file of what a model must reach to be pushed, see docs/gate.md; default: the preset's."),
]
MinAccuracy = Annotated[
    float | None, typer.Option(help="Accuracy a model must reach to be pushed; default: that of the thresholds.")
]
MaxBadFraction = Annotated[float, typer.Option(help="Share of malformed rows that stops the run.")]
Gate = Annotated[
    str,
    typer.Option(
        help="How serious the data gate takes what it finds: KIND=SEVERITY, separated by commas; kinds "
        f"{', '.join(policy_kinds())}, severities {', '.join(SEVERITIES)}. Default: only balance and drift warn."
    ),
]
Keep = Annotated[
    int | None, typer.Option(help="After a push remove the oldest versions beyond so many; default: keep all.")
]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Show TFX's and TensorFlow's own logs.")]


def split_words(words: str) -> tuple[str, ...]:
    """Reads `--words`."""
    return tuple(word.strip() for word in words.split(",") if word.strip())
