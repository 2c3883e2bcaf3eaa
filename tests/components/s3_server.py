"""An S3 on loopback: moto's server, behind a door that writes down every request and can tamper with it."""

import contextlib
import io
import os
import threading
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from s3fs import S3FileSystem
from werkzeug import Request, Response
from werkzeug.serving import make_server

BUCKET = "doodles"
SECRET = "a-secret-that-nobody-reads"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "doodler", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_DEFAULT_REGION": "us-east-1"}


class S3:
    """A running server.

    Attributes:
        url: the endpoint.
        requests: "METHOD /bucket/key" of each request, oldest first.
        before: called with each request, which it may change; if it returns an answer, moto is not asked.
        after: called with each request and moto's answer, which it may change.
    """

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.before: Callable[[Request], Response | None] = lambda _: None
        self.after: Callable[[Request, Response], None] = lambda *_: None
        self._moto = DomainDispatcherApplication(create_backend_app)
        # S3 looks whether an object is there and writes it in one step, moto in two.
        self._one_at_a_time = threading.Lock()
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=MotoRequestHandler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @Request.application
    def _answer(self, request: Request) -> Response:
        with self._one_at_a_time:
            self.requests.append(f"{request.method} {request.path}")
            response = self.before(request)
            if response is None:
                response = Response.from_app(self._moto, request.environ, buffered=True)
                self.after(request, response)
        return response

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Answers requests for a while."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def written(self) -> list[str]:
        """The keys that were put into the bucket, oldest first."""
        return [line.removeprefix(f"PUT /{BUCKET}/") for line in self.requests if line.startswith(f"PUT /{BUCKET}/")]

    def tell_moto(self, action: str, body: bytes = b"") -> None:
        """Calls moto's own API: `reset` empties it, `reset-auth` says how many requests need no credentials."""
        request = urllib.request.Request(
            f"{self.url}/moto-api/{action}", data=body, headers={"Content-Type": "text/plain"}, method="POST"
        )
        with urllib.request.urlopen(request) as response:
            response.read()


@contextlib.contextmanager
def s3_with_a_bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    """A server with one empty bucket, which s3fs finds in the environment."""
    s3 = S3()
    with s3.running():
        s3.tell_moto("reset")
        s3.tell_moto("reset-auth", b"inf")
        use(monkeypatch, AWS_ENDPOINT_URL=s3.url, **CREDENTIALS)
        S3FileSystem().mkdir(BUCKET)
        s3.requests.clear()
        yield s3
    S3FileSystem.clear_instance_cache()


def use(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    """Gives s3fs these settings, and none that the machine may have."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    nowhere = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "NO_PROXY": "127.0.0.1"}
    # By default botocore tries five times, and asks the cloud it might run in for credentials.
    quick = {"AWS_MAX_ATTEMPTS": "1", "AWS_EC2_METADATA_DISABLED": "true"}
    for name, value in {**nowhere, **quick, **settings}.items():
        monkeypatch.setenv(name, value)
    # s3fs keeps a client for each thread, with the settings of its first use.
    S3FileSystem.clear_instance_cache()


def cut(request: Request, size: int) -> None:
    """Lets only the first bytes of a request's body through."""
    request.environ["wsgi.input"] = io.BytesIO(request.get_data()[:size])
    request.environ["CONTENT_LENGTH"] = str(size)
