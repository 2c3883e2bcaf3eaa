"""TLS and mutual TLS of the embedded server, asked by the client."""

import shutil

import grpc
import pytest

from components.errors import QuickdrawError, UsageError
from serving.client import DoodleClient, TlsFiles
from serving.server.config import ServerConfig
from serving.server.tls import read_tls_config
from tests.serving.certificates import Authority
from tests.serving.running_server import running_server
from tests.serving.tiny_model import DRAWING


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def server_pems(authority):
    return [file.read_text() for file in authority.issue("server")]


@pytest.fixture
def write(tmp_path, server_pems):
    """Writes an SSLConfig, of the server's own certificate and key unless others are given."""

    def config(**fields):
        certificate, key = server_pems
        fields = {"server_key": key, "server_cert": certificate, **fields}
        path = tmp_path / "ssl.config"
        path.write_text("\n".join(f"{name}: {_quoted(value)}" for name, value in fields.items()))
        return path

    return config


def _quoted(value):
    return f'"{value}"'.replace("\n", "\\n") if isinstance(value, str) else str(value).lower()


@pytest.fixture
def serving(tmp_path, exported_models):
    base_path = tmp_path / "base"
    base_path.mkdir()
    shutil.copytree(exported_models[1], base_path / "1")
    return lambda file: running_server(ServerConfig(base_path, tls=read_tls_config(file)))


def first_word(target, tls):
    with DoodleClient(target, tls=tls) as client:
        return client.predict([DRAWING])[0][0].word


def test_the_client_knows_the_server_by_its_certificate(serving, write, authority):
    with serving(write()) as server:
        assert first_word(server.target, TlsFiles(ca_file=authority.ca_file)) == "ant"
        with pytest.raises(grpc.FutureTimeoutError):
            grpc.channel_ready_future(grpc.insecure_channel(server.target)).result(timeout=1)


def test_the_server_knows_the_client_by_its_certificate(serving, write, authority):
    ca = authority.ca_file
    certificate, key = authority.issue("client")
    with serving(write(custom_ca=ca.read_text(), client_verify=True)) as server:
        assert first_word(server.target, TlsFiles(ca, certificate, key)) == "ant"
        with pytest.raises(QuickdrawError, match="does it ask for a client certificate"):
            first_word(server.target, TlsFiles(ca_file=ca))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"server_key": ""}, r"ssl\.config has no server_key; give its PEM text\.$"),
        ({"server_cert": ""}, r"ssl\.config has no server_cert; give its PEM text\.$"),
        ({"client_verify": True}, r"has client_verify, but no custom_ca that signs clients\.$"),
        ({"server_key": "/etc/server.key"}, "server_key and server_cert are no PEM of a pair"),
        ({"custom_ca": "/etc/ca.crt"}, "custom_ca is no PEM of certificates"),
    ],
)
def test_what_no_port_can_be_opened_with_is_refused(write, fields, sentence):
    with pytest.raises(UsageError, match=sentence):
        read_tls_config(write(**fields))


def test_a_key_of_another_certificate_is_refused(write, authority):
    _, key = authority.issue("other")
    with pytest.raises(UsageError, match="server_key and server_cert are no PEM of a pair: KEY_VALUES_MISMATCH"):
        read_tls_config(write(server_key=key.read_text()))


def test_the_key_is_in_no_message(write, server_pems):
    assert "PRIVATE KEY" not in repr(read_tls_config(write()))
