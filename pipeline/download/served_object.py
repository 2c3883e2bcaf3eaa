"""What a server says of an object: which version it is, how long, and with which checksum."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

BASE_URL = "https://storage.googleapis.com/quickdraw_dataset"
FORMS = ("simplified", "raw")

_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")
_CRC32C = re.compile(r"crc32c=([A-Za-z0-9+/]+=*)")


class UnusableResponseError(Exception):
    """A server's answer lacks what a safe download needs; the message says what."""


class ServedObject(NamedTuple):
    """One version of an object.

    Attributes:
        name: in the bucket, the same in every mirror.
        etag: its entity tag, quoted; empty if the server gives none, or only a weak one.
        last_modified: when it was written, as the server says it; may be empty.
        size: bytes.
        crc32c: of the whole object, base64 of four bytes, big end first; empty if the server gives none.
    """

    name: str
    etag: str
    last_modified: str
    size: int
    crc32c: str

    def is_same_version(self, other: "ServedObject") -> bool:
        """Whether two answers tell of the same bytes; checksums do not count, some servers leave them out of a part."""
        return self[:4] == other[:4]

    def range_headers(self, start: int) -> dict[str, str]:
        """Returns the request headers for the rest of this version; none if no server could tell it from another."""
        version = self.etag or self.last_modified
        return {"Range": f"bytes={start}-", "If-Range": version} if start and version else {}


def object_name(form: str, word: str) -> str:
    """Returns what Google's bucket calls the drawings of a word."""
    return f"full/{form}/{word}.ndjson"


def object_url(base_url: str, name: str) -> str:
    """Returns the address of an object in the bucket, or in a mirror of it."""
    return f"{base_url.rstrip('/')}/{quote(name)}"


def read_response(name: str, status: int, headers: Mapping[str, str]) -> tuple[ServedObject, int]:
    """Reads the headers of a response with a body.

    Args:
        name: of the object that was asked for.
        status: 200, or 206 for a part.
        headers: looked up without regard to capitals.

    Returns:
        The object, and the position of the body's first byte in it.

    Raises:
        UnusableResponseError: the body is compressed, or nobody can know where it ends.
    """
    if headers.get("Content-Encoding", "identity") != "identity":
        raise UnusableResponseError(f"it is sent compressed ({headers['Content-Encoding']}), which cannot be resumed")
    start, size = _place(status, headers)
    etag = headers.get("ETag", "")
    checksum = _CRC32C.search(headers.get("X-Goog-Hash", ""))
    return ServedObject(
        name=name,
        # A weak tag does not promise the same bytes.
        etag="" if etag.startswith("W/") else etag,
        last_modified=headers.get("Last-Modified", ""),
        size=size,
        crc32c=checksum[1] if checksum else "",
    ), start


def _place(status: int, headers: Mapping[str, str]) -> tuple[int, int]:
    """Returns where the body begins and how long the whole object is."""
    if status == 206:
        match = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", ""))
        if not match:
            raise UnusableResponseError("it sends a part and does not say which")
        return int(match[1]), int(match[2])
    length = headers.get("Content-Length", "")
    if not length.isdecimal():
        raise UnusableResponseError("it does not say how long the file is")
    return 0, int(length)
