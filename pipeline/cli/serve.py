"""The verb `quickdraw serve`: an embedded server of TensorFlow Serving's protocol on the pushed models."""

import asyncio
import logging
from pathlib import Path
from typing import Annotated

import typer

from components.pusher.registry import registry_of
from pipeline.cli.logs import set_up_logs
from serving.server.config import ServerConfig, check_config

_PORT = typer.Option("--port", min=0, max=65535, help="Port of the gRPC API; 0 for any free one.")
_REST_PORT = typer.Option(
    "--rest-api-port", "--rest_api_port", min=0, max=65535, help="Port of the REST API; 0 for any free one."
)


def serve(
    workspace: Annotated[Path, typer.Option(help="The folder `quickdraw run` worked in.")] = Path("workspace"),
    model_base_path: Annotated[
        Path | None,
        typer.Option(
            "--model-base-path",
            "--model_base_path",
            help="The folder of version folders; WORKSPACE/models/quickdraw by default.",
        ),
    ] = None,
    model_name: Annotated[
        str, typer.Option("--model-name", "--model_name", help="The name that requests ask for.")
    ] = "quickdraw",
    port: Annotated[int, _PORT] = 8500,
    rest_api_port: Annotated[int, _REST_PORT] = 8501,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    web: Annotated[bool, typer.Option("--web", help="Also serve a page to draw on, at the REST port's root.")] = False,
) -> None:
    """Serve the pushed models over TensorFlow Serving's gRPC and REST APIs.

    Prints one line on standard output when both ports answer, and picks up newer versions while it runs. TensorFlow
    Serving would wait for a first version; here an empty folder is an error that says what to do.

    Raises:
        UsageError: Nothing to serve, or a port that cannot be had.
    """
    config = ServerConfig(
        base_path=model_base_path or registry_of(workspace),
        model_name=model_name,
        host=host,
        port=port,
        rest_api_port=rest_api_port,
        web=web,
    )
    check_config(config)
    _set_up_serving_logs()
    from serving.server.server import serve as serve_until_stopped  # loads TensorFlow, which takes seconds

    asyncio.run(serve_until_stopped(config, lambda serving: print(serving, flush=True)))


def _set_up_serving_logs() -> None:
    """Sends the server's lines and unforeseen errors to standard error; standard output is for the ready line."""
    set_up_logs(verbose=False)
    logging.getLogger().setLevel(logging.ERROR)
    logging.getLogger("serving").setLevel(logging.INFO)
