"""Where a client's server is and how it is asked: what every transport needs to know."""

from dataclasses import dataclass, field
from pathlib import Path

from serving.client.retry import RetryPolicy


@dataclass(frozen=True)
class TlsFiles:
    """The PEM files of a TLS connection; `TlsFiles()` trusts the authorities that the transport's library trusts.

    Attributes:
        ca_file: Certificates of the authorities that the server's certificate may be signed by.
        cert_file: The client's certificate chain, for a server that asks for one (mutual TLS).
        key_file: The private key of `cert_file`, without a passphrase.
    """

    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None


@dataclass(frozen=True)
class Connection:
    """A server, a model there, and how patient the client is.

    Attributes:
        target: `host:port` of a gRPC server, or `http://host:port` or `https://host:port` of a REST server.
        model_name: The model's name there.
        timeout_seconds: The deadline of each request, all its tries and the waits between them included.
        tls: Files for TLS; None for a connection that is not encrypted.
        retry: How often a request is sent again that no server took.
    """

    target: str
    model_name: str = "quickdraw"
    timeout_seconds: float = 10.0
    tls: TlsFiles | None = None
    retry: RetryPolicy = field(default_factory=RetryPolicy)

    @property
    def is_rest(self) -> bool:
        """Whether the target is a URL."""
        return self.target.startswith(("http://", "https://"))
