"""The text file MonitoringConfig of `--monitoring_config_file`: whether there are metrics, and where.

`tensorflow-serving-api` does not ship the message, so its two fields are declared here, as monitoring_config.proto has
them at 2.16.1; protobuf's own parser then reads whatever a file made for TensorFlow Serving may spell. Needs no
TensorFlow.
"""

from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format

from components.errors import UsageError

DEFAULT_PATH = "/monitoring/prometheus/metrics"

_PROTO = """
    name: "quickdraw/monitoring_config.proto"
    package: "quickdraw.serving"
    syntax: "proto3"
    message_type {
      name: "PrometheusConfig"
      field { name: "enable" number: 1 type: TYPE_BOOL label: LABEL_OPTIONAL }
      field { name: "path" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL }
    }
    message_type {
      name: "MonitoringConfig"
      field {
        name: "prometheus_config"
        number: 1
        type: TYPE_MESSAGE
        type_name: ".quickdraw.serving.PrometheusConfig"
        label: LABEL_OPTIONAL
      }
    }
"""


def prometheus_path_of(file: Path | None) -> str | None:
    """Returns the path on the REST port where a monitoring config file wants the metrics, or None for nowhere.

    Args:
        file: The file, or None where there is none.

    Raises:
        UsageError: The file cannot be read, is not a MonitoringConfig, or has a path that is none.
    """
    if file is None:
        return None
    config = _new_config()
    try:
        text_format.Parse(file.read_text(encoding="utf-8"), config)
    except OSError as error:
        raise UsageError(f"Cannot read the monitoring config file {file} ({error.strerror}).") from error
    except (text_format.ParseError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} is not a MonitoringConfig in protobuf's text format: {error}.") from error
    prometheus = config.prometheus_config
    if not prometheus.enable:
        return None
    path = prometheus.path or DEFAULT_PATH
    if not path.startswith("/"):
        raise UsageError(f"{file}: the path of the metrics begins with a slash, unlike {path}.")
    return str(path)


def _new_config() -> Any:  # noqa: ANN401 - the class of the message exists at run time only
    pool = descriptor_pool.DescriptorPool()
    pool.Add(text_format.Parse(_PROTO, descriptor_pb2.FileDescriptorProto()))
    descriptor = pool.FindMessageTypeByName("quickdraw.serving.MonitoringConfig")
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)()
