"""Host and port pairs: tried before the model is loaded, so that a port in use is told at once."""

import errno
import socket

from components.errors import UsageError


def check_port(host: str, port: int, option: str) -> None:
    """Checks that a server could listen there; port 0, any free one, always can.

    Args:
        host: Host name or address.
        port: TCP port, 0..65535.
        option: The command-line option that sets the port, for the error's advice.

    Raises:
        UsageError: The port is in use or may not be used, or the host is not one of this machine's.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise port_in_use(host, port, option) from error
        raise UsageError(
            f"Cannot listen on {host_and_port(host, port)} ({error.strerror}): choose with --host and {option}."
        ) from error


def port_in_use(host: str, port: int, option: str) -> UsageError:
    """Returns the error for a port that another program has."""
    return UsageError(f"Port {port} on {host} is in use: stop the other server, or choose a port with {option}.")


def host_and_port(host: str, port: int) -> str:
    """Returns `host:port`, with brackets around an IPv6 address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
