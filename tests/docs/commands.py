"""What the pages tell a reader to type."""

import shlex

import typer

from pipeline.cli.main import app


def unknown_options(command: str) -> set[str]:
    """Names the options of a `quickdraw` command that its verb has not got."""
    verb = typer.main.get_command(app)
    _, *words = shlex.split(command)
    while hasattr(verb, "commands"):
        verb = verb.commands[words.pop(0)]
    known = {option for parameter in verb.params for option in parameter.opts}
    return {word for word in words if word.startswith("--")} - known
