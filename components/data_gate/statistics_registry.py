"""The statistics of approved data: one folder a version, so that the next run has something to compare with.

`REGISTRY/<version>/` holds what StatisticsGen wrote (`Split-<name>/FeatureStats.pb`) and `data.json` with the key of
the data. A Resolver would do this in TFX, but open-source Kubeflow runs none.
"""

import json
import pathlib
import shutil

import tensorflow_data_validation as tfdv
from tensorflow_metadata.proto.v0 import statistics_pb2
from tfx.components.statistics_gen.stats_artifact_utils import BINARY_PB_BASENAME

from components.staging import staged
from components.version_folders import list_numbered, newest_numbered, publish_staged

_DATA_FILE = "data.json"


def list_versions(registry: pathlib.Path) -> list[int]:
    """Lists the published versions.

    Args:
        registry: the folder of versions; may be missing.

    Returns:
        Positive integers, ascending.
    """
    return list_numbered(registry, _DATA_FILE)


def newest_version_of_other_data(registry: pathlib.Path, data_key: str) -> int:
    """Finds what to compare data with.

    Data is never compared with itself, so an identical second run finds what the first one found.

    Args:
        registry: the folder of versions; may be missing.
        data_key: what defines the data.

    Returns:
        The newest version of other data, 0 if there is none.
    """
    return max((v for v in list_versions(registry) if _read_data_key(registry, v) != data_key), default=0)


def publish(statistics: pathlib.Path, registry: pathlib.Path, data_key: str) -> int:
    """Publishes statistics as the registry's newest version, whole or not at all.

    Args:
        statistics: folder of StatisticsGen's output.
        registry: the folder of versions, made if missing.
        data_key: what defines the data.

    Returns:
        The new version, or the newest one if that is of the same data.
    """
    newest = newest_numbered(registry, _DATA_FILE)
    if newest and _read_data_key(registry, newest) == data_key:
        return newest
    with staged(registry) as staging:
        shutil.copytree(statistics, staging)
        (staging / _DATA_FILE).write_text(json.dumps({"data_key": data_key}), encoding="utf-8")
        return publish_staged(staging)


def load_split(registry: pathlib.Path, version: int, split: str) -> statistics_pb2.DatasetFeatureStatisticsList:
    """Reads the statistics of one split of a published version."""
    return tfdv.load_stats_binary(str(registry / str(version) / f"Split-{split}" / BINARY_PB_BASENAME))


def _read_data_key(registry: pathlib.Path, version: int) -> str:
    return json.loads((registry / str(version) / _DATA_FILE).read_text(encoding="utf-8"))["data_key"]
