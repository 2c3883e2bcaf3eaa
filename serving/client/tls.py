"""The files of a TLS connection, checked before the first request and brought into each transport's own form."""

import ssl
from pathlib import Path

import grpc

from components.errors import UsageError
from serving.client.connection import TlsFiles


def ssl_context(files: TlsFiles) -> ssl.SSLContext:
    """Returns the context of an HTTPS connection.

    Raises:
        UsageError: A file cannot be read or holds something else, or certificate and key do not belong together.
    """
    if (files.cert_file is None) != (files.key_file is None):
        raise UsageError("A client certificate and its key go together: give both or neither.")
    try:
        context = ssl.create_default_context(cafile=files.ca_file)
    except OSError as error:  # ssl.SSLError is one
        raise UsageError(f"Cannot use the CA file {files.ca_file}: {_reason(error)}.") from error
    if files.cert_file:
        try:
            # Without a password OpenSSL would ask for one at the terminal.
            context.load_cert_chain(files.cert_file, files.key_file, password="")
        except OSError as error:
            raise UsageError(
                f"Cannot use the client certificate {files.cert_file} with the key {files.key_file}: {_reason(error)}."
            ) from error
    return context


def grpc_credentials(files: TlsFiles) -> grpc.ChannelCredentials:
    """Returns the credentials of a gRPC channel.

    Raises:
        UsageError: As `ssl_context`; gRPC itself would tell only when it connects, and then in its log.
    """
    ssl_context(files)
    return grpc.ssl_channel_credentials(_content(files.ca_file), _content(files.key_file), _content(files.cert_file))


def _content(file: Path | None) -> bytes | None:
    return file.read_bytes() if file else None


def _reason(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return (error.reason or "it holds no PEM").replace("_", " ").lower()
    return error.strerror or str(error)
