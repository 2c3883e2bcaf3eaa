"""The text file and message `ModelServerConfig`: which models are served, from where, and which versions of them.

Texts and codes of the refusals are those of server_core.cc and model_service_impl.cc at 2.16.1. Needs no TensorFlow.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tensorflow_serving.config.model_server_config_pb2 import ModelConfig, ModelServerConfig, ModelType

from components.errors import UsageError
from serving.server.errors import invalid_argument, unimplemented
from serving.server.models.version_policy import VersionPolicy
from serving.server.text_config import read_text_config

_PLATFORM = "tensorflow"


@dataclass(frozen=True)
class ModelSource:
    """One model of a config.

    Attributes:
        name: The name that requests ask for.
        base_path: The folder of version folders, absolute.
        policy: Which of the versions there are served.
        labels: Version number by label.
    """

    name: str
    base_path: Path
    policy: VersionPolicy = field(default_factory=VersionPolicy)
    labels: Mapping[str, int] = field(default_factory=dict)


def read_model_config(file: Path) -> list[ModelSource] | None:
    """Reads a file of `--model_config_file`, a ModelServerConfig in protobuf's text format.

    Returns:
        The models of its list; None for a file without a list, such as one that is about to be written. TensorFlow
        Serving takes no action for it, though a list without models unloads them all.

    Raises:
        UsageError: The file cannot be read, is not such a message, or asks for what cannot be done.
        ServingError: See `model_sources`.
    """
    config = read_text_config(file, ModelServerConfig())
    if config.WhichOneof("config") == "custom_model_config":
        raise UsageError(f"{file} has a custom_model_config; only model_config_list can be served.")
    if not config.HasField("model_config_list"):
        return None
    return model_sources(config.model_config_list.config)


def model_sources(configs: Iterable[ModelConfig], served: Collection[str] = ()) -> list[ModelSource]:
    """Checks the models of a list, in TensorFlow Serving's order: names, paths, platforms.

    Args:
        configs: The models.
        served: Names of the models served now, whose platform may not change.

    Raises:
        ServingError: INVALID_ARGUMENT for a list that TensorFlow Serving refuses, UNIMPLEMENTED for a base path on an
            object store, which this server does not read.
    """
    models = list(configs)
    names = [model.name for model in models]
    for position, name in enumerate(names):
        if name in names[:position]:
            raise invalid_argument(f"Illegal to list model {name} multiple times in config list")
    base_paths = [_base_path(model) for model in models]
    for model in models:
        _check_platform(model, is_served=model.name in served)
    return [
        ModelSource(
            model.name, base_path, VersionPolicy.from_message(model.model_version_policy), dict(model.version_labels)
        )
        for model, base_path in zip(models, base_paths, strict=True)
    ]


def _base_path(model: ModelConfig) -> Path:
    scheme, separator, path = model.base_path.rpartition("://")
    if separator and scheme != "file":
        raise unimplemented(f"Cannot serve model {model.name} from {model.base_path}: only local folders are read")
    if not Path(path).is_absolute():
        raise invalid_argument(
            f"Expected model {model.name} to have an absolute path or URI; got base_path()={model.base_path}"
        )
    return Path(path)


def _check_platform(model: ModelConfig, is_served: bool) -> None:
    fields = "ModelServerConfig::model_type (deprecated) {} ModelServerConfig::model_platform."
    if model.model_type and model.model_platform:
        raise invalid_argument(f"Illegal setting both {fields.format('and')}")
    if model.model_type not in (ModelType.MODEL_TYPE_UNSPECIFIED, ModelType.TENSORFLOW):
        raise invalid_argument(f"ModelServerConfig::model_type choice {model.model_type} not supported.")
    platform = _PLATFORM if model.model_type else model.model_platform
    if not platform:
        raise invalid_argument(f"Illegal setting neither {fields.format('nor')}")
    if platform != _PLATFORM and is_served:
        raise invalid_argument(
            f"Illegal to change a model's platform. For model {model.name} platform was {_PLATFORM} "
            f"and new platform requested is {platform}"
        )
    if platform != _PLATFORM:
        raise invalid_argument(f"Model {model.name} requests unsupported platform {platform}")
