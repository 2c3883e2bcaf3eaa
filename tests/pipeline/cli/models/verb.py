"""Calls a verb of `quickdraw models` in this process, whose TensorFlow is loaded already."""

from typer.testing import CliRunner

from pipeline.cli.models.app import models


def run(*arguments: str) -> str:
    """What the verb prints; its mistakes are raised."""
    done = CliRunner().invoke(models, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output
