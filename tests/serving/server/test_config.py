import socket
from dataclasses import replace
from pathlib import Path

import pytest

from components.errors import UsageError
from serving.server.config import ServerConfig, check_config
from serving.server.models.model_config import ModelSource


@pytest.fixture
def config(tmp_path):
    (tmp_path / "1").mkdir()
    return ServerConfig(tmp_path, port=0, rest_api_port=0)


def test_defaults_are_those_of_tensorflow_serving(tmp_path):
    config = ServerConfig(tmp_path)
    assert (config.model_name, config.host, config.port, config.rest_api_port) == ("quickdraw", "127.0.0.1", 8500, 8501)
    assert config.poll_seconds == 1.0


def test_what_can_be_done(config):
    check_config(config)


@pytest.mark.parametrize(("field", "option"), [("port", "--port"), ("rest_api_port", "--rest-api-port")])
def test_a_port_in_use(config, field, option):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {taken} on 127.0.0.1 is in use: .*{option}"):
            check_config(replace(config, **{field: taken}))


def test_one_port_for_both(config):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    with pytest.raises(UsageError, match=f"Port {free} cannot be both"):
        check_config(replace(config, port=free, rest_api_port=free))


def test_an_empty_base_path_says_what_to_call(config, tmp_path):
    (tmp_path / "1").rmdir()
    with pytest.raises(UsageError, match=f"No model version in {tmp_path}: call `quickdraw run` first"):
        check_config(config)


def test_a_missing_base_path_says_what_to_call(config, tmp_path):
    with pytest.raises(UsageError, match=r"absent \(No such file or directory\): call `quickdraw run` first"):
        check_config(replace(config, base_path=tmp_path / "absent"))


@pytest.fixture
def config_file(config, tmp_path):
    """A config of the model `ant`, with more fields as told."""

    def make(more="", base_path=tmp_path):
        file = tmp_path / "models.config"
        model = f'name: "ant" base_path: "{base_path}" model_platform: "tensorflow" {more}'
        file.write_text(f"model_config_list {{ config {{ {model} }} }}")
        return replace(config, base_path=tmp_path / "not looked at", model_config_file=file)

    return make


def test_the_models_of_a_file(config_file, tmp_path):
    config = config_file()
    check_config(config)
    assert config.models() == [ModelSource("ant", tmp_path)]


def test_the_model_of_the_flags(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ServerConfig(Path("models"), "bee").models() == [ModelSource("bee", tmp_path / "models")]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("model_type: OTHER", r"models\.config: Illegal setting both ModelServerConfig::model_type"),
        (
            'version_labels { key: "stable" value: 1 }',
            r"models\.config: Request to assign label to version 1 of model ant, which is not currently available for "
            r"inference: .*--allow-version-labels-for-unavailable-models\.",
        ),
    ],
)
def test_a_file_that_cannot_be_followed(config_file, more, words):
    with pytest.raises(UsageError, match=words):
        check_config(config_file(more))


def test_labels_of_a_file_where_they_are_allowed(config_file):
    config = config_file('version_labels { key: "stable" value: 1 }')
    check_config(replace(config, allow_labels_for_unavailable=True))


@pytest.mark.parametrize(
    ("folder", "words"), [("absent", "Cannot read the model folder"), ("1", "No model version in")]
)
def test_a_base_path_of_a_file_without_versions(config_file, tmp_path, folder, words):
    with pytest.raises(UsageError, match=rf"{words} .*: correct the base_path of ant in .*models\.config\."):
        check_config(config_file(base_path=tmp_path / folder))
