import socket
from dataclasses import replace

import pytest

from components.errors import UsageError
from serving.server.config import ServerConfig, check_config


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
