"""A failed request in one sentence, with an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager

import grpc

from components.errors import QuickdrawError, UsageError
from serving.client.connection import Connection

# How gRPC's own texts begin when no request has left; whatever else is UNAVAILABLE comes from a server.
_NOT_CONNECTED = ("failed to connect to all addresses", "DNS resolution failed")
_NO_PLAIN_GRPC = ("Socket closed", "HTTP/2", "http1.x")


@contextmanager
def explained_rpc_errors(connection: Connection) -> Iterator[None]:
    """Turns gRPC's errors into sentences.

    Raises:
        UsageError: No server answers at the target, or not with this TLS.
        QuickdrawError: The server refused the request, could not take it or missed the deadline.
    """
    try:
        yield
    except grpc.RpcError as error:
        raise _explain(connection, error.code(), error.details() or "") from error


def not_connected(connection: Connection) -> UsageError:
    """Nobody is there."""
    return UsageError(f"No server answers at {connection.target}: start one with `quickdraw serve`.")


def no_tls(connection: Connection, details: str) -> UsageError:
    """Nobody is there who speaks TLS, or client and server do not agree on who they are."""
    return UsageError(
        f"No TLS connection to {connection.target}: is there a server with TLS, signed by this CA for this host name, "
        f"and does it ask for a client certificate? ({details})"
    )


def unavailable(connection: Connection, details: str) -> QuickdrawError:
    """Somebody is there, or was, and took the request in none of the tries."""
    return QuickdrawError(f"{connection.target} takes no requests at the moment: {details}")


def missed_deadline(connection: Connection) -> QuickdrawError:
    """All tries together took too long."""
    return QuickdrawError(f"{connection.target} did not answer within {connection.timeout_seconds:g} seconds.")


def refused(connection: Connection, details: str) -> QuickdrawError:
    """The server answered with an error that would be the same again."""
    return QuickdrawError(f"{connection.target} refused the request: {details}")


def _explain(connection: Connection, code: grpc.StatusCode, details: str) -> QuickdrawError:
    if code is grpc.StatusCode.DEADLINE_EXCEEDED:
        return missed_deadline(connection)
    if code is not grpc.StatusCode.UNAVAILABLE:
        return refused(connection, details)
    if not details.startswith(_NOT_CONNECTED):
        return unavailable(connection, details)
    if connection.tls:
        return no_tls(connection, details.rpartition(":")[2].strip())  # the library's own nested reasons come first
    if any(sign in details for sign in _NO_PLAIN_GRPC):
        return UsageError(f"{connection.target} does not speak gRPC: is it the REST port, or does it ask for TLS?")
    return not_connected(connection)
