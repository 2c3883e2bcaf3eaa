"""The flags of `tensorflow_model_server`, spelled as there, for the verb that takes them.

`--model_base_path=/m` means `--model-base-path /m`, and `--enable_model_warmup=false` means `--no-enable-model-warmup`.
"""

from collections.abc import Mapping, Sequence

from typer import Context
from typer.core import TyperCommand, TyperOption

from components.errors import UsageError

_TRUTH = {"true": True, "1": True, "false": False, "0": False}

_TFLITE = "it serves SavedModels, no TensorFlow Lite models"
_RUNTIME = "TensorFlow's runtime sizes and configures itself"
_DEVICES = "it computes on what TensorFlow finds, with TensorFlow's defaults"
NOT_HERE: Mapping[str, str] = {
    "num-load-threads": "versions are loaded one after the other by a thread of their own, which no request waits for",
    "num-unload-threads": "a version is freed when the last request that uses it ends",
    "flush-filesystem-caches": "it leaves the file system's caches alone",
    "rest-api-num-threads": "both APIs share the threads of --grpc-max-threads",
    "saved-model-tags": "it serves the only meta graph of a SavedModel, whatever its tags",
    "platform-config-file": "it has one platform, tensorflow",
    "enable-signature-method-name-check": "the names of inputs and outputs decide what a signature answers",
    "enable-per-model-batching-parameters": "--batching-parameters-file holds for all models",
    "enable-profiler": "it has no profiler service",
    "use-alts-credentials": "it has no ALTS",
    "enable-serialization-as-tensor-content": "it answers with typed value fields",
    "remove-unused-fields-from-bundle-metagraph": "what it keeps of a model is fixed",
    "prefer-tflite-model": _TFLITE,
    "num-tflite-pools": _TFLITE,
    "num-tflite-interpreters-per-pool": _TFLITE,
    "tensorflow-session-config-file": _RUNTIME,
    "thread-pool-factory-config-file": _RUNTIME,
    "per-process-gpu-memory-fraction": _DEVICES,
    "mixed-precision": _DEVICES,
    "xla-cpu-compilation-enabled": _DEVICES,
    "xla-gpu-compilation-enabled": _DEVICES,
    "skip-initialize-tpu": _DEVICES,
}
"""Flags of main.cc that this server does not have, by their readable spelling, with what it does instead."""


class TfServingCommand(TyperCommand):
    """A verb whose options may be spelled as TensorFlow Serving's flags."""

    # The public `Context` is a subclass of the one that typer's own signature names and hides.
    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Parses the arguments after they have been respelled.

        Raises:
            UsageError: A flag of TensorFlow Serving that this server does not have.
        """
        opposites = {
            option.opts[0]: option.secondary_opts[0]
            for option in self.params
            if isinstance(option, TyperOption) and option.secondary_opts
        }
        return super().parse_args(ctx, respell(args, opposites))


def respell(arguments: Sequence[str], opposites: Mapping[str, str]) -> list[str]:
    """Returns the arguments with hyphens in the options' names, and switches without values.

    Args:
        arguments: The command line after the verb.
        opposites: For each switch the option that turns it off, such as `--no-x` for `--x`.

    Raises:
        UsageError: A flag of TensorFlow Serving that this server does not have, or a switch that is neither on nor off.
    """
    return [_respell(argument, opposites) if argument.startswith("--") else argument for argument in arguments]


def _respell(argument: str, opposites: Mapping[str, str]) -> str:
    spelled, equals, value = argument.partition("=")
    option = spelled.replace("_", "-")
    instead = NOT_HERE.get(option[2:])
    if instead:
        raise UsageError(f"{spelled} of TensorFlow Serving is not an option of this server: {instead}. Leave it out.")
    if not equals or option not in opposites:
        return option + equals + value
    if value.lower() not in _TRUTH:
        raise UsageError(f"{spelled} is either true or false, not {value}.")
    return option if _TRUTH[value.lower()] else opposites[option]


def channel_arguments(text: str) -> dict[str, int | str]:
    """Reads `--grpc_channel_arguments`, such as `grpc.max_connection_age_ms=2000,grpc.keepalive_time_ms=9`.

    Returns:
        The values by name, as integers where they are some.

    Raises:
        UsageError: An item without a name or a value.
    """
    arguments: dict[str, int | str] = {}
    for item in filter(None, text.split(",")):
        name, _, value = item.partition("=")
        if not name or not value:
            raise UsageError(f"--grpc-channel-arguments wants name=value,name=value, not {item}.")
        arguments[name] = int(value) if value.lstrip("-").isdecimal() else value
    return arguments
