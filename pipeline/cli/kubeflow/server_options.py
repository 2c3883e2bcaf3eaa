"""The options that say where Kubeflow Pipelines is and who asks, the same for every verb that asks it."""

from __future__ import annotations

import importlib.util
import pathlib
from typing import TYPE_CHECKING, Annotated

import typer

from components.errors import UsageError

if TYPE_CHECKING:
    from pipeline.kubeflow.client.connection import Server

Host = Annotated[
    str, typer.Option(help="URL of the API, such as http://localhost:8888 of a port-forward to svc/ml-pipeline.")
]
Namespace = Annotated[str, typer.Option(help="Yours, where Kubeflow has many users.")]
TokenFile = Annotated[
    pathlib.Path | None, typer.Option(help="File that holds a bearer token; without it KUBEFLOW_TOKEN, if set, does.")
]
CaFile = Annotated[str, typer.Option(help="Certificates to trust, PEM; without it the public ones.")]


def connect(host: str, namespace: str, token_file: pathlib.Path | None, ca_file: str) -> Server:
    """Makes the server that the options describe; nothing is sent yet.

    Args:
        host: `--host`.
        namespace: `--namespace`.
        token_file: `--token-file`.
        ca_file: `--ca-file`.

    Raises:
        UsageError: an option cannot be used, or the client is not installed.
    """
    if importlib.util.find_spec("kfp_server_api") is None:
        raise UsageError(
            "the client of Kubeflow Pipelines is not installed; pip install 'quickdraw-pipeline[kubeflow]'."
        )
    from pipeline.kubeflow.client.connection import Connection, Server, read_token

    return Server(Connection(host, namespace, read_token(token_file), ca_file))
