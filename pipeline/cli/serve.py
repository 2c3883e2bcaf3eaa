"""The verb `quickdraw serve`: an embedded server of TensorFlow Serving's protocol on the pushed models."""

import asyncio
import logging
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from components.errors import UsageError
from components.pusher.registry import registry_of
from pipeline.cli.logs import set_up_logs
from pipeline.cli.tf_serving_flags import channel_arguments
from serving.server.batching.parameters import BatchingParameters, read_batching_parameters
from serving.server.config import ServerConfig, check_config
from serving.server.models.failed_loads import RetryPolicy
from serving.server.monitoring.monitoring_config import prometheus_path_of
from serving.server.open_files import raise_limit
from serving.server.rest_api.rest_settings import RestSettings
from serving.server.runtime_threads import runtime_threads
from serving.server.tls import read_tls_config


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"quickdraw {version('quickdraw-pipeline')} with TensorFlow {version('tensorflow')}")
        raise typer.Exit


def serve(
    workspace: Annotated[Path, typer.Option(help="The folder `quickdraw run` worked in.")] = Path("workspace"),
    model_base_path: Annotated[
        Path | None, typer.Option(help="The folder of version folders; WORKSPACE/models/quickdraw by default.")
    ] = None,
    model_name: Annotated[str, typer.Option(help="The name that requests ask for.")] = "quickdraw",
    model_config_file: Annotated[
        Path | None,
        typer.Option(
            help="Several models, version policies and labels: a ModelServerConfig in protobuf's text format. "
            "Name and base path above are not looked at then."
        ),
    ] = None,
    model_config_file_poll_wait_seconds: Annotated[
        float, typer.Option(min=0, help="Time between two readings of that file; 0 to read it once.")
    ] = 0,
    file_system_poll_wait_seconds: Annotated[
        float, typer.Option(min=0, help="Time between two looks for new versions; 0 to look once.")
    ] = 1,
    allow_version_labels_for_unavailable_models: Annotated[
        bool, typer.Option(help="Let a new label point to a version that is not loaded; needed for labels in the file.")
    ] = False,
    max_num_load_retries: Annotated[
        int, typer.Option(min=0, help="How often a version that does not load is tried again.")
    ] = 5,
    load_retry_interval_micros: Annotated[
        int, typer.Option(help="Time between two tries; changed files are tried at once.")
    ] = 60_000_000,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the gRPC API; 0 for any free one.")] = 8500,
    rest_api_port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the REST API; 0 for any free one.")
    ] = 8501,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    grpc_socket_path: Annotated[
        Path | None, typer.Option(help="A Unix socket to listen on for gRPC, beside the port.")
    ] = None,
    grpc_max_threads: Annotated[
        int | None, typer.Option(min=1, help="How many requests are computed at once; one a core by default.")
    ] = None,
    tensorflow_session_parallelism: Annotated[
        int,
        typer.Option(
            min=0,
            help="How many threads TensorFlow computes one request with; 0 for one a core, with batching for the share "
            "of the cores that a batch has.",
        ),
    ] = 0,
    tensorflow_intra_op_parallelism: Annotated[
        int, typer.Option(min=0, help="The same, for the threads of one operation.")
    ] = 0,
    tensorflow_inter_op_parallelism: Annotated[
        int, typer.Option(min=0, help="The same, for the operations that run at a time.")
    ] = 0,
    enable_batching: Annotated[
        bool, typer.Option(help="Run requests that wait at the same time as one: many more doodles a second.")
    ] = False,
    batching_parameters_file: Annotated[
        Path | None, typer.Option(help="How: BatchingParameters in protobuf's text format.")
    ] = None,
    ssl_config_file: Annotated[
        Path | None,
        typer.Option(help="TLS for the gRPC port: an SSLConfig in protobuf's text format, with PEM texts in it."),
    ] = None,
    grpc_channel_arguments: Annotated[
        str, typer.Option(help="Options of the gRPC server, such as grpc.max_connection_age_ms=2000.")
    ] = "",
    enable_grpc_healthcheck_service: Annotated[bool, typer.Option(help="Have a gRPC health service.")] = True,
    rest_api_timeout_in_ms: Annotated[int, typer.Option(min=1, help="The longest a REST request may take.")] = 30_000,
    rest_api_enable_cors_support: Annotated[
        bool, typer.Option(help="Let the scripts of any web page read the answers.")
    ] = False,
    monitoring_config_file: Annotated[
        Path | None,
        typer.Option(help="Metrics for Prometheus on the REST port: a MonitoringConfig in protobuf's text format."),
    ] = None,
    enable_model_warmup: Annotated[
        bool, typer.Option(help="Let a version answer its warm-up requests before a client's.")
    ] = True,
    num_request_iterations_for_warmup: Annotated[int, typer.Option(help="How often it answers them, where > 0.")] = 0,
    web: Annotated[bool, typer.Option("--web", help="Also serve a page to draw on, at the REST port's root.")] = False,
    _version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and end.")
    ] = False,
) -> None:
    """Serve the pushed models over TensorFlow Serving's gRPC and REST APIs.

    Prints one line on standard output when both ports answer, and picks up newer versions while it runs. TensorFlow
    Serving would wait for a first version; here an empty folder is an error that says what to do. Options may be
    spelled as TensorFlow Serving's flags: --model_base_path=DIR, --enable_model_warmup=false.

    Raises:
        UsageError: Nothing to serve, or a port that cannot be had.
    """
    batching = _batching(enable_batching, batching_parameters_file)
    config = ServerConfig(
        base_path=model_base_path or registry_of(workspace),
        model_name=model_name,
        host=host,
        port=port,
        rest_api_port=rest_api_port,
        grpc_socket_path=grpc_socket_path,
        model_config_file=model_config_file,
        config_poll_seconds=model_config_file_poll_wait_seconds,
        poll_seconds=file_system_poll_wait_seconds,
        retries=RetryPolicy(max_num_load_retries, load_retry_interval_micros / 1e6),
        allow_labels_for_unavailable=allow_version_labels_for_unavailable_models,
        enable_warmup=enable_model_warmup,
        warmup_iterations=max(1, num_request_iterations_for_warmup),
        threads=grpc_max_threads,
        runtime_threads=runtime_threads(
            tensorflow_session_parallelism,
            tensorflow_intra_op_parallelism,
            tensorflow_inter_op_parallelism,
            batching.num_batch_threads if batching else 0,
        ),
        batching=batching,
        tls=read_tls_config(ssl_config_file) if ssl_config_file else None,
        grpc_channel_arguments=channel_arguments(grpc_channel_arguments),
        enable_health=enable_grpc_healthcheck_service,
        rest=RestSettings(
            rest_api_enable_cors_support, rest_api_timeout_in_ms, prometheus_path_of(monitoring_config_file)
        ),
        web=web,
    )
    check_config(config)
    _set_up_serving_logs()
    from serving.server.server import serve as serve_until_stopped  # loads TensorFlow, which takes seconds

    config.runtime_threads.apply()
    raise_limit()
    asyncio.run(serve_until_stopped(config, lambda serving: print(serving, flush=True)))


def _batching(enabled: bool, file: Path | None) -> BatchingParameters | None:
    if not enabled and file:
        raise UsageError("--batching-parameters-file changes nothing without --enable-batching; add it.")
    if not enabled:
        return None
    return read_batching_parameters(file) if file else BatchingParameters()


def _set_up_serving_logs() -> None:
    """Sends the server's lines and unforeseen errors to standard error; standard output is for the ready line."""
    set_up_logs(verbose=False)
    logging.getLogger().setLevel(logging.ERROR)
    logging.getLogger("serving").setLevel(logging.INFO)
