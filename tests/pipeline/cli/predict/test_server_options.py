import pathlib

import pytest

from components.errors import UsageError
from pipeline.cli.predict.server_options import open_client

CERT = pathlib.Path("client.crt")


@pytest.mark.parametrize(
    ("server", "rest", "tls", "client_cert", "sentence"),
    [
        ("a:1", "http://a:1", False, None, "not both"),
        (None, "a:8501", False, None, r"--rest needs a URL such as http://a:8501\."),
        (None, "http://a:8501", True, None, r"http://a:8501 is not encrypted: .* https://\."),
        (None, "http://a:8501", False, CERT, "is not encrypted"),
        (None, "https://a:8501", False, CERT, "give both or neither"),
        ("a:1", None, False, CERT, "give both or neither"),
    ],
)
def test_options_that_contradict_each_other(server, rest, tls, client_cert, sentence):
    with pytest.raises(UsageError, match=sentence):
        open_client(server, rest, "quickdraw", tls, None, client_cert, None)


def test_options_that_do_not():
    for server, rest, tls in [(None, None, False), ("a:1", None, True), (None, "https://a:1", True)]:
        open_client(server, rest, "quickdraw", tls, None, None, None).close()
