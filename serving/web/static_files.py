"""The files of the page as answers: read once, so that a page never gets half of one release and half of the next."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

# Not from `mimetypes`, which reads the machine's own tables: a browser runs no module that has another type.
_CONTENT_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_HEADERS = {
    # The browser keeps the files and asks each time whether they are still the same; the ETag makes that a 304.
    "Cache-Control": "no-cache",
    # Nothing but our own files, and no text that becomes script or markup.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class StaticFile:
    """A file's content and what a browser has to know of it."""

    name: str
    body: bytes
    content_type: str

    @property
    def etag(self) -> str:
        """The same for the same bytes, on every machine."""
        return hashlib.sha256(self.body).hexdigest()[:16]


def read_static_files(folder: Path) -> list[StaticFile]:
    """Reads the files of a folder that a page is made of, in alphabetical order; others are passed over."""
    return [
        StaticFile(path.name, path.read_bytes(), _CONTENT_TYPES[path.suffix])
        for path in sorted(folder.iterdir())
        if path.suffix in _CONTENT_TYPES
    ]


def handler(file: StaticFile) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Returns what answers a GET or HEAD for a file: 304 to a browser that has these bytes, else 200."""
    etag = file.etag

    async def answer(request: web.Request) -> web.Response:
        if any(known.value in (etag, "*") for known in request.if_none_match or ()):
            response = web.Response(status=304)
        else:
            response = web.Response(body=file.body, content_type=file.content_type, charset="utf-8")
        response.headers.update(_HEADERS)
        response.etag = etag
        return response

    return answer
