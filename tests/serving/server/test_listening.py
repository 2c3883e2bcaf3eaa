import socket

import pytest

from components.errors import UsageError
from serving.server.listening import check_port, host_and_port


def test_a_free_port_may_be_used():
    check_port("127.0.0.1", 0, "--port")


def test_a_port_in_use_is_named_with_its_option():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=rf"Port {port} on 127.0.0.1 is in use: .* with --rest-api-port\."):
            check_port("127.0.0.1", port, "--rest-api-port")


def test_a_host_that_is_not_ours_is_named():
    with pytest.raises(UsageError, match=r"Cannot listen on 192\.0\.2\.1:8500 .*--host"):
        check_port("192.0.2.1", 8500, "--port")


@pytest.mark.parametrize(("host", "text"), [("127.0.0.1", "127.0.0.1:1"), ("::1", "[::1]:1")])
def test_addresses(host, text):
    assert host_and_port(host, 1) == text
