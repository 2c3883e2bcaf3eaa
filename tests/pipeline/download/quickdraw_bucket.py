"""A bucket on loopback that serves objects as Google's does, or as badly as a test wants."""

import base64
import contextlib
import hashlib
import http.server
import json
import re
import socket
import struct
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import google_crc32c

_CHUNK = 8192


@dataclass
class Fault:
    """What goes wrong with one request; the body is cut `after` so many bytes.

    Attributes:
        status: answered instead of the object.
        headers: added to the answer, or replaced; None leaves one out.
        after: bytes of the body that are sent.
        ending: what happens then: `close`, `reset`, or `stall` until the client goes.
        no_ranges: the whole object is sent, whatever was asked for.
        trickles: a byte every 50 ms.
    """

    status: int = 200
    headers: dict[str, str | None] = field(default_factory=dict)
    after: int | None = None
    ending: str = "close"
    no_ranges: bool = False
    trickles: bool = False


@dataclass
class Bucket:
    """Objects by path, the faults of the next requests to a path, and all requests so far.

    `on_request` is called with 1 when a request comes and with -1 when it has been answered.
    """

    url: str = ""
    objects: dict[str, bytes] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    if_range_is_ignored: bool = False
    seconds_a_chunk: float = 0.0
    on_request: Callable[[int], None] = lambda step: None

    def put(self, word: str, content: bytes, form: str = "simplified") -> str:
        """Stores an object; returns its path."""
        path = f"/full/{form}/{word}.ndjson"
        self.objects[path] = content
        return path

    def ranges(self, word: str) -> list[str]:
        """The ranges that a word was asked for in, in order; empty for the whole."""
        return [asked for path, asked in self.requests if path.endswith(f"/{word}.ndjson")]


def line(word: str, key_id: int, /, drawing: object = ((0, 255), (0, 9)), **changes: object) -> bytes:
    """One line as Google writes it."""
    strokes = [drawing] if isinstance(drawing, tuple) else drawing
    values = {
        "word": word,
        "countrycode": "US",
        "timestamp": "2017-03-01 20:41:36.70725 UTC",
        "recognized": True,
        "key_id": str(key_id),
        "drawing": strokes,
    }
    return json.dumps({**values, **changes}, separators=(",", ":")).encode() + b"\n"


def lines(word: str, count: int) -> bytes:
    """Many lines that differ; a tenth is not recognized, some have no country."""
    return b"".join(
        line(
            word,
            5_000_000_000_000_000 + number,
            [[[number % 256, 7, 255], [0, number % 7, 255]], [[1, 2], [3, number % 200]]],
            recognized=number % 10 != 3,
            countrycode="" if number % 4 == 1 else "DE",
            timestamp=f"2017-01-23 00:00:{number % 60:02d}.{number % 1000 + 1} UTC",
        )
        for number in range(count)
    )


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bucket: Bucket

    def do_GET(self) -> None:
        self.bucket.on_request(1)
        self._answer()
        self.bucket.on_request(-1)

    def _answer(self) -> None:
        path = urllib.parse.unquote(self.path)
        self.bucket.requests.append((path, self.headers.get("Range", "")))
        faults = self.bucket.faults.get(path, [])
        fault = faults.pop(0) if faults else Fault()
        content = self.bucket.objects.get(path)
        status = 404 if content is None else fault.status
        if content is None or status != 200:
            self._send(status, {"Content-Length": "0"}, b"", fault)
        else:
            self._send_object(content, fault)

    def _send_object(self, content: bytes, fault: Fault) -> None:
        checksum = base64.b64encode(google_crc32c.value(content).to_bytes(4, "big")).decode()
        digest = hashlib.md5(content)
        headers = {
            "ETag": f'"{digest.hexdigest()}"',
            "Last-Modified": "Wed, 10 May 2017 18:14:10 GMT",
            "X-Goog-Hash": f"crc32c={checksum},md5={base64.b64encode(digest.digest()).decode()}",
        }
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        is_current = self.bucket.if_range_is_ignored or self.headers.get("If-Range") in {None, *headers.values()}
        if not asked or not is_current or fault.no_ranges:
            self._send(200, {**headers, "Content-Length": str(len(content))}, content, fault)
            return
        start = int(asked[1])
        if start >= len(content):
            self._send(416, {"Content-Length": "0", "Content-Range": f"bytes */{len(content)}"}, b"", fault)
            return
        place = f"bytes {start}-{len(content) - 1}/{len(content)}"
        headers |= {"Content-Range": place, "Content-Length": str(len(content) - start)}
        self._send(206, headers, content[start:], fault)

    def _send(self, status: int, headers: dict[str, str], body: bytes, fault: Fault) -> None:
        self.send_response(status)
        for name, value in {**headers, **fault.headers}.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        body = body[: fault.after]
        with contextlib.suppress(ConnectionError):
            step = 1 if fault.trickles else _CHUNK
            for start in range(0, len(body), step):
                self.wfile.write(body[start : start + step])
                time.sleep(0.05 if fault.trickles else self.bucket.seconds_a_chunk)
            if fault.after is not None:
                self._end(fault.ending)

    def _end(self, ending: str) -> None:
        self.close_connection = True
        self.wfile.flush()
        if ending == "stall":
            self.connection.recv(1)
        if ending == "reset":
            # A reset takes along what the client has not read yet.
            time.sleep(0.3)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextlib.contextmanager
def running_bucket() -> Iterator[Bucket]:
    """Serves a bucket while the body runs."""
    bucket = Bucket()
    handler = type("Handler", (_Handler,), {"bucket": bucket})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    bucket.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
