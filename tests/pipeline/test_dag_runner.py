import dataclasses
import json
import pathlib

import pytest

from components.errors import UsageError
from pipeline.config import PipelineConfig
from pipeline.dag_runner import resolve
from tests.pipeline.test_config import make


@pytest.fixture
def config(tmp_path: pathlib.Path) -> PipelineConfig:
    return make(workspace=str(tmp_path), data_fingerprint="1")


def put_version(config: PipelineConfig, version: int, run_key: str) -> None:
    folder = pathlib.Path(config.registry, str(version))
    (folder / "assets.extra").mkdir(parents=True)
    (folder / "saved_model.pb").touch()
    (folder / "assets.extra" / "run.json").write_text(json.dumps({"run_key": run_key}))


def test_the_first_run_has_nothing_to_beat(config: PipelineConfig) -> None:
    resolved = resolve(config)
    assert (resolved.baseline_version, resolved.lost_versions) == (0, "")
    assert len(resolved.run_key) == 16


def test_a_run_is_never_compared_with_its_own_model(config: PipelineConfig) -> None:
    own = resolve(config).run_key
    put_version(config, 5, own)
    assert resolve(config).baseline_version == 0
    put_version(config, 6, "another run")
    assert resolve(config).baseline_version == 6
    put_version(config, 7, own)
    assert resolve(config).baseline_version == 6


def test_another_run_has_to_beat_the_newest(config: PipelineConfig) -> None:
    put_version(config, 5, resolve(config).run_key)
    assert resolve(dataclasses.replace(config, data_fingerprint="2")).baseline_version == 5


def put_statistics(config: PipelineConfig, version: int, data_key: str) -> None:
    folder = pathlib.Path(config.statistics_registry, str(version))
    folder.mkdir(parents=True)
    (folder / "data.json").write_text(json.dumps({"data_key": data_key}))


def test_data_is_never_compared_with_itself(config: PipelineConfig) -> None:
    first = resolve(config)
    assert (first.previous_statistics, len(first.data_key)) == (0, 16)
    put_statistics(config, 5, first.data_key)
    assert resolve(config).previous_statistics == 0
    put_statistics(config, 6, "other data")
    assert resolve(config).previous_statistics == 6
    put_statistics(config, 7, first.data_key)
    assert resolve(config).previous_statistics == 6


def test_other_data_is_compared_with_the_newest(config: PipelineConfig) -> None:
    put_statistics(config, 5, resolve(config).data_key)
    assert resolve(dataclasses.replace(config, data_fingerprint="2")).previous_statistics == 5


def test_a_warm_start_passes_over_what_the_same_command_has_pushed(config: PipelineConfig) -> None:
    config = dataclasses.replace(config, warm_start="latest")
    with pytest.raises(UsageError, match="no other run has pushed a model"):
        resolve(config)
    put_version(config, 5, "another run")
    network = pathlib.Path(config.registry, "5", "assets.extra", "network.keras")
    network.write_bytes(b"weights")
    resolved = resolve(config)
    assert resolved.warm_start_file == str(network)
    put_version(config, 6, resolved.run_key)
    assert resolve(config).warm_start_file == str(network)
    network.write_bytes(b"others")
    assert resolve(config).warm_start_fingerprint != resolved.warm_start_fingerprint


# What a run does with its nodes, its cache and its failures is seen on real runs in tests/end_to_end/test_local_run.py.
