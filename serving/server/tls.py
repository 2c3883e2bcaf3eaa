"""TLS of the gRPC port, as the file of `--ssl_config_file` wants it; REST has none, as in TensorFlow Serving."""

import ssl
import tempfile
from dataclasses import dataclass
from pathlib import Path

import grpc

from components.errors import UsageError
from serving.server.text_config import new_message, read_text_config


@dataclass(frozen=True, repr=False)
class TlsConfig:
    """What a server shows and asks for; never printed, since it holds a key.

    Attributes:
        server_key: PEM.
        server_cert: PEM, the server's certificate and those between it and the authority's.
        custom_ca: PEM of the authorities that sign clients, None for the machine's.
        client_verify: Whether a client must show a certificate that one of them has signed.
    """

    server_key: bytes
    server_cert: bytes
    custom_ca: bytes | None
    client_verify: bool

    def credentials(self) -> grpc.ServerCredentials:
        """Returns what a gRPC server opens a port with."""
        return grpc.ssl_server_credentials(
            [(self.server_key, self.server_cert)], self.custom_ca, require_client_auth=self.client_verify
        )


def read_tls_config(file: Path) -> TlsConfig:
    """Reads an SSLConfig in protobuf's text format, whose fields are PEM texts and not paths.

    Raises:
        UsageError: The file cannot be read, holds no such message, or its key and certificates do not go together.
    """
    config = read_text_config(file, new_message("SSLConfig"), is_secret=True)
    for name in ("server_key", "server_cert"):
        if not getattr(config, name):
            raise UsageError(f"{file} has no {name}; give its PEM text.")
    if config.client_verify and not config.custom_ca:
        raise UsageError(f"{file} has client_verify, but no custom_ca that signs clients.")
    tls = TlsConfig(
        config.server_key.encode(), config.server_cert.encode(), config.custom_ca.encode() or None, config.client_verify
    )
    _check_pems(file, tls)
    return tls


def _check_pems(file: Path, tls: TlsConfig) -> None:
    """GRPC would open the port and fail each handshake without a word."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as pem:
        pem.write(tls.server_key + b"\n" + tls.server_cert)
        pem.flush()
        try:
            context.load_cert_chain(pem.name)
        except ssl.SSLError as error:
            raise UsageError(f"In {file} server_key and server_cert are no PEM of a pair: {error.reason}.") from None
    if tls.custom_ca:
        try:
            context.load_verify_locations(cadata=tls.custom_ca.decode())
        except ssl.SSLError as error:
            raise UsageError(f"In {file} custom_ca is no PEM of certificates: {error.reason}.") from None
