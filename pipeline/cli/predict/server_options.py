"""Which server `quickdraw predict` asks, and how."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from components.errors import UsageError

if TYPE_CHECKING:
    from serving.client import DoodleClient

_DEFAULT_SERVER = "127.0.0.1:8500"


def open_client(
    server: str | None,
    rest: str | None,
    model_name: str,
    tls: bool,
    ca_file: Path | None,
    client_cert: Path | None,
    client_key: Path | None,
) -> "DoodleClient":
    """Returns a client for the verb's options of the same names; any file implies TLS.

    Raises:
        UsageError: Options that contradict each other, or files that cannot be used.
    """
    if server and rest:
        raise UsageError("Give --server for gRPC or --rest for REST, not both.")
    if rest and not rest.startswith(("http://", "https://")):
        raise UsageError(f"--rest needs a URL such as http://{rest}.")
    wants_tls = tls or any((ca_file, client_cert, client_key))
    if rest and rest.startswith("http://") and wants_tls:
        raise UsageError(f"{rest} is not encrypted: for TLS give --rest a URL that begins with https://.")
    # gRPC logs every failed try; the one sentence in the end tells it too.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    from serving.client import DoodleClient, TlsFiles

    files = TlsFiles(ca_file, client_cert, client_key) if wants_tls else None
    return DoodleClient(rest or server or _DEFAULT_SERVER, model_name, tls=files)
