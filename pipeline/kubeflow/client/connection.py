"""Where the API server is, who asks, and what is said when it does not do what was asked."""

import dataclasses
import http
import json
import os
import pathlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import kfp_server_api
import urllib3

from components.errors import QuickdrawError, UsageError

# Holds a bearer token; an option would show it to whoever may list processes.
TOKEN_VARIABLE = "KUBEFLOW_TOKEN"
# Seconds to connect and to wait for an answer; the client's own default is for ever.
_TIMEOUT = (10, 60)

_Answer = TypeVar("_Answer")


@dataclasses.dataclass(frozen=True)
class Connection:
    """How to reach the API server.

    Attributes:
        host: URL, such as `http://localhost:8888` or `https://kubeflow.example/pipeline`.
        namespace: of the user, where Kubeflow has many; "" where it has one.
        token: bearer token; "" for none. Never shown.
        ca_file: certificates to trust in the place of the public ones; "" for those.
    """

    host: str
    namespace: str = ""
    token: str = dataclasses.field(default="", repr=False)
    ca_file: str = ""

    def __post_init__(self) -> None:
        if not self.host.startswith(("http://", "https://")):
            raise UsageError(f"--host {self.host} is no URL; write it as https://{self.host}.")
        if self.ca_file and not pathlib.Path(self.ca_file).is_file():
            raise UsageError(f"--ca-file {self.ca_file} is not there.")


def read_token(path: pathlib.Path | None, environment: Mapping[str, str] = os.environ) -> str:
    """Finds the token.

    Args:
        path: a file that holds it and nothing else; None for the environment's.
        environment: variables.

    Returns:
        The token, "" for none.

    Raises:
        UsageError: the file cannot be read, or what was found cannot be a token.
    """
    if path is None:
        source, text = TOKEN_VARIABLE, environment.get(TOKEN_VARIABLE, "")
    else:
        try:
            source, text = str(path), path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"the token {path} cannot be read; name a file that holds it with --token-file."
            ) from error
    token = text.strip()
    if path is not None and not token:
        raise UsageError(f"the token {source} is empty.")
    # A line break would end the header that it is sent in.
    if not token.isprintable() or " " in token:
        raise UsageError(f"{source} holds no token: a token is one word.")
    return token


class Server:
    """The API server of one `Connection`; every call ends with an answer or with one sentence."""

    def __init__(self, connection: Connection) -> None:
        """Opens nothing yet."""
        self.connection = connection
        settings = kfp_server_api.Configuration()
        settings.host = connection.host.rstrip("/")
        settings.ssl_ca_cert = connection.ca_file or None
        # One try: a command's user sees at once that nobody is there. A redirect would lead to a page to log in.
        settings.retries = urllib3.Retry(total=0, redirect=0, raise_on_redirect=False)
        if connection.token:
            settings.api_key["authorization"] = connection.token
            settings.api_key_prefix["authorization"] = "Bearer"
        self.api_client = kfp_server_api.ApiClient(settings)

    def call(self, method: Callable[..., _Answer], *arguments: object, **options: object) -> _Answer:
        """Calls a method of kfp-server-api.

        Args:
            method: of a service that was made with `api_client`.
            arguments: of the method.
            options: of the method.

        Returns:
            Its answer.

        Raises:
            UsageError: the server cannot be reached, or does not let us in.
            QuickdrawError: it refuses, has not got what was asked for, or is no API server.
        """
        try:
            return method(*arguments, _request_timeout=_TIMEOUT, **options)
        except kfp_server_api.ApiException as error:
            raise self._explain(error) from None
        except urllib3.exceptions.HTTPError as error:
            raise self._not_reached(error) from None
        except (ValueError, TypeError, AttributeError) as error:
            # What kfp-server-api makes of an answer of another program.
            raise self.no_api_server(str(error)) from None

    def no_api_server(self, reason: str) -> QuickdrawError:
        """The error for an answer that is none of Kubeflow Pipelines; `reason` is what is odd about it."""
        return QuickdrawError(
            f"{self._host} answers, but not as the API of Kubeflow Pipelines 2 does "
            f"({self._without_token(_one_line(reason))}); is --host right?"
        )

    @property
    def _host(self) -> str:
        return self.connection.host

    def _explain(self, error: kfp_server_api.ApiException) -> QuickdrawError:
        said = self._without_token(_message_of(error))
        if not error.status:
            # Nothing of HTTP: kfp-server-api could not read the answer.
            return self.no_api_server(said)
        if error.status == http.HTTPStatus.UNAUTHORIZED or 300 <= error.status < 400:
            return UsageError(
                f"{self._host} asks who you are (HTTP {error.status}); put a valid token into {TOKEN_VARIABLE} or name "
                "its file with --token-file."
            )
        if error.status == http.HTTPStatus.FORBIDDEN:
            return UsageError(f"{self._host} does not allow it (HTTP 403): {said}")
        if error.status == http.HTTPStatus.NOT_FOUND:
            return QuickdrawError(f"{self._host} has not got it (HTTP 404): {said}")
        return QuickdrawError(f"{self._host} refuses (HTTP {error.status}): {said}")

    def _not_reached(self, error: urllib3.exceptions.HTTPError) -> UsageError:
        reason = getattr(error, "reason", None) or error
        refused = isinstance(reason, urllib3.exceptions.NewConnectionError)  # a timeout too, says urllib3
        if isinstance(reason, urllib3.exceptions.TimeoutError) and not refused:
            return UsageError(f"{self._host} does not answer; is --host right, and open to this machine?")
        said = self._without_token(_root_cause(reason))
        if isinstance(reason, urllib3.exceptions.SSLError):
            return UsageError(f"{self._host} cannot be reached safely ({said}); is its certificate that of --ca-file?")
        return UsageError(
            f"{self._host} cannot be reached ({said}); is --host right, and a port-forward to it running?"
        )

    def _without_token(self, text: str) -> str:
        """A server may repeat what it was sent."""
        token = self.connection.token
        return text.replace(token, "***") if token else text


def _message_of(error: kfp_server_api.ApiException) -> str:
    """What the server says of an error: KFP's, or a proxy's before it."""
    text = error.body or error.reason or "no reason given"
    if isinstance(text, bytes):
        text = text.decode("utf-8", errors="replace")
    try:
        answer: Any = json.loads(text)
    except ValueError:
        return _one_line(text)
    if not isinstance(answer, dict):
        return _one_line(text)
    # google.rpc.Status; `error` is how older gateways and Kubernetes' own proxy name it.
    return _one_line(str(answer.get("message") or answer.get("error_message") or answer.get("error") or text))


def _one_line(text: str, most: int = 500) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}..."


def _root_cause(error: BaseException) -> str:
    """What the system said, where it said something; urllib3 wraps it in an address and an object's name."""
    cause = error.__cause__ or error.__context__
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return _one_line(str(error), most=200)
