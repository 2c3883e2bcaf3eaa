"""The text file MonitoringConfig of `--monitoring_config_file`: whether there are metrics, and where.

Needs no TensorFlow.
"""

from pathlib import Path

from components.errors import UsageError
from serving.server.text_config import new_message, read_text_config

DEFAULT_PATH = "/monitoring/prometheus/metrics"


def prometheus_path_of(file: Path | None) -> str | None:
    """Returns the path on the REST port where a monitoring config file wants the metrics, or None for nowhere.

    Args:
        file: The file, or None where there is none.

    Raises:
        UsageError: The file cannot be read, is not a MonitoringConfig, or has a path that is none.
    """
    if file is None:
        return None
    prometheus = read_text_config(file, new_message("MonitoringConfig")).prometheus_config
    if not prometheus.enable:
        return None
    path = prometheus.path or DEFAULT_PATH
    if not path.startswith("/"):
        raise UsageError(f"{file}: the path of the metrics begins with a slash, unlike {path}.")
    return str(path)
