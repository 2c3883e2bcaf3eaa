import socket
import socketserver
import time

import pytest

from components.errors import QuickdrawError, UsageError
from pipeline.kubeflow.client import connection
from pipeline.kubeflow.client.connection import TOKEN_VARIABLE, Connection, Server, read_token
from pipeline.kubeflow.client.runs import get_run
from tests.pipeline.kubeflow.client.fake_api_server import RUN_ID, error

TOKEN = "eyJhbGciOi.secret"
PATH = f"GET /apis/v2beta1/runs/{RUN_ID}"


def ask(fake):
    """What asking for a run ends with."""
    with pytest.raises(QuickdrawError) as caught:
        get_run(Server(Connection(fake.url, token=TOKEN)), RUN_ID)
    assert TOKEN not in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


class TestRefusals:
    @pytest.mark.parametrize(
        ("status", "body", "kind", "sentence"),
        [
            (401, "Unauthorized", UsageError, "asks who you are (HTTP 401)"),
            (302, "<a>log in</a>", UsageError, "asks who you are (HTTP 302)"),
            (403, error(7, "User ana is not authorized"), UsageError, "does not allow it (HTTP 403): User ana is not"),
            (404, error(5, "Run x not found"), QuickdrawError, "has not got it (HTTP 404): Run x not found"),
            (400, error(3, "unknown template\nformat"), QuickdrawError, "refuses (HTTP 400): unknown template format"),
            (500, {"error_message": "pods gone"}, QuickdrawError, "refuses (HTTP 500): pods gone"),
            (503, "", QuickdrawError, "refuses (HTTP 503): Service Unavailable"),
            (520, "[1]", QuickdrawError, "refuses (HTTP 520): [1]"),
        ],
    )
    def test_a_status_is_a_sentence_with_the_servers_text(self, fake, status, body, kind, sentence):
        fake.answers[PATH] = status, body
        said = ask(fake)
        assert type(said) is kind
        assert f"{fake.url} {sentence}" in str(said)

    def test_a_long_text_is_cut(self, fake):
        fake.answers[PATH] = 400, error(3, "x" * 5000)
        assert str(ask(fake)).endswith("x...")
        assert len(str(ask(fake))) < 600

    def test_a_token_that_the_server_repeats_is_not_shown(self, fake):
        fake.answers[PATH] = 403, error(7, f"token {TOKEN} has expired")
        assert "token *** has expired" in str(ask(fake))

    @pytest.mark.parametrize("body", ["<html>Kubeflow Central Dashboard</html>", "[]", "7"])
    def test_another_program_at_the_port(self, fake, body):
        fake.answers[PATH] = 200, body
        assert "not as the API of Kubeflow Pipelines 2 does" in str(ask(fake))


def test_nobody_at_the_port():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(UsageError, match=r"cannot be reached \(Connection refused\); is --host right"):
        get_run(Server(Connection(f"http://127.0.0.1:{port}")), RUN_ID)


def test_a_server_that_never_answers(monkeypatch):
    monkeypatch.setattr(connection, "_TIMEOUT", (1, 0.2))
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as silent:
        silent.timeout = 5
        began = time.monotonic()
        with pytest.raises(UsageError, match="does not answer"):
            get_run(Server(Connection(f"http://127.0.0.1:{silent.server_address[1]}")), RUN_ID)
        assert time.monotonic() - began < 3


def test_encryption_that_is_not_spoken_there(fake):
    with pytest.raises(UsageError, match=r"cannot be reached safely .* --ca-file\?"):
        get_run(Server(Connection(fake.url.replace("http://", "https://"))), RUN_ID)


class TestConnection:
    def test_the_token_is_not_in_its_text(self):
        assert TOKEN not in repr(Connection("https://kubeflow.example", token=TOKEN))

    def test_a_host_needs_a_scheme(self):
        with pytest.raises(UsageError, match=r"--host localhost:8888 is no URL; write it as https://localhost:8888\."):
            Connection("localhost:8888")

    def test_certificates_must_be_there(self, tmp_path):
        with pytest.raises(UsageError, match=r"--ca-file .*ca.pem is not there"):
            Connection("https://kubeflow.example", ca_file=str(tmp_path / "ca.pem"))


class TestReadToken:
    def test_of_the_environment(self):
        assert read_token(None, {TOKEN_VARIABLE: f" {TOKEN}\n"}) == TOKEN

    def test_none(self):
        assert read_token(None, {}) == ""

    def test_a_file_comes_first(self, tmp_path):
        (tmp_path / "token").write_text(f"{TOKEN}\n")
        assert read_token(tmp_path / "token", {TOKEN_VARIABLE: "another"}) == TOKEN

    @pytest.mark.parametrize("content", [b"two words", b"a\nX-Injected: b", b"", b"\xff\xfe"])
    def test_a_file_that_holds_something_else(self, tmp_path, content):
        (tmp_path / "token").write_bytes(content)
        with pytest.raises(UsageError, match=str(tmp_path)) as caught:
            read_token(tmp_path / "token", {})
        assert "words" not in str(caught.value)

    def test_no_file(self, tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            read_token(tmp_path / "token", {})
