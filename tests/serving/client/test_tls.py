"""TLS and mutual TLS, over gRPC and REST, against servers that end it before the real one."""

import asyncio
import ssl

import grpc
import pytest

from components.errors import UsageError
from serving.client import AsyncDoodleClient, DoodleClient, TlsFiles
from serving.client.tls import grpc_credentials, ssl_context
from tests.serving.certificates import Authority
from tests.serving.client.shaky_servers import shaky_grpc_server, shaky_rest_server
from tests.serving.tiny_model import DRAWING


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def client_files(authority):
    """What a client of the authority needs for mutual TLS."""
    return TlsFiles(authority.ca_file, *authority.issue("client"))


@pytest.fixture(scope="module", params=["grpc", "rest"])
def tls_server(request, server, authority):
    """A server that wants a client certificate."""
    cert_file, key_file = authority.issue("server")
    if request.param == "grpc":
        pair = key_file.read_bytes(), cert_file.read_bytes()
        credentials = grpc.ssl_server_credentials([pair], authority.ca_file.read_bytes(), require_client_auth=True)
        with shaky_grpc_server(server.target, credentials=credentials) as (target, _):
            yield target
    else:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=authority.ca_file)
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_cert_chain(cert_file, key_file)
        with shaky_rest_server(server.rest_url, context=context) as (url, _):
            yield url


def ask(target, tls):
    with DoodleClient(target, tls=tls) as client:
        [[best, *_]] = client.predict([DRAWING])
        return best.word


def test_mutual_tls(tls_server, client_files):
    assert ask(tls_server, client_files) == "ant"


def test_mutual_tls_with_asyncio(server, authority, client_files):
    async def ask_async(target):
        async with AsyncDoodleClient(target, tls=client_files) as client:
            return await client.predict([DRAWING])

    cert_file, key_file = authority.issue("server")
    credentials = grpc.ssl_server_credentials([(key_file.read_bytes(), cert_file.read_bytes())])
    with shaky_grpc_server(server.target, credentials=credentials) as (target, _):
        [[best, *_]] = asyncio.run(ask_async(target))
    assert best.word == "ant"


def test_a_server_of_another_authority_is_not_trusted(tls_server, tmp_path):
    stranger = TlsFiles(Authority(tmp_path).ca_file)
    with pytest.raises(UsageError, match="No TLS connection to"):
        ask(tls_server, stranger)


def test_the_systems_authorities_do_not_know_the_server(tls_server):
    with pytest.raises(UsageError, match="No TLS connection to"):
        ask(tls_server, TlsFiles())


def test_a_client_without_a_certificate_is_refused(tls_server, authority):
    with pytest.raises(UsageError, match=r"No TLS connection to .* does it ask for a client certificate\?"):
        ask(tls_server, TlsFiles(authority.ca_file))


def test_a_client_without_tls_is_told_what_to_look_at(authority, server):
    cert_file, key_file = authority.issue("server")
    credentials = grpc.ssl_server_credentials([(key_file.read_bytes(), cert_file.read_bytes())])
    with (
        shaky_grpc_server(server.target, credentials=credentials) as (target, _),
        pytest.raises(UsageError, match=r"does not speak gRPC: is it the REST port, or does it ask for TLS\?"),
    ):
        ask(target.replace("localhost", "127.0.0.1"), None)


@pytest.mark.parametrize("make", [ssl_context, grpc_credentials])
def test_files_that_cannot_be_used(make, authority, client_files, tmp_path):
    text = tmp_path / "text"
    text.write_text("hello")
    other_key = authority.issue("other")[1]
    for files, sentence in [
        (TlsFiles(tmp_path / "absent"), r"Cannot use the CA file .*absent: No such file or directory\."),
        (TlsFiles(text), r"Cannot use the CA file .*text: "),
        (TlsFiles(cert_file=client_files.cert_file), "give both or neither"),
        (TlsFiles(key_file=client_files.key_file), "give both or neither"),
        (TlsFiles(None, client_files.cert_file, other_key), r"client certificate .*: key values mismatch\."),
        (TlsFiles(None, text, other_key), "Cannot use the client certificate"),
    ]:
        with pytest.raises(UsageError, match=sentence):
            make(files)
