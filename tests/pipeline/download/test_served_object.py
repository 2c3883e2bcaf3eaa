import pytest
from multidict import CIMultiDict

from pipeline.download.served_object import (
    BASE_URL,
    ServedObject,
    UnusableResponseError,
    object_name,
    object_url,
    read_response,
)

HEADERS = {
    "content-length": "12",
    "etag": '"abc"',
    "last-modified": "Wed, 10 May 2017 18:14:10 GMT",
    "x-goog-hash": "crc32c=AAAAAA==,md5=1B2M2Y8AsgTpgAmY7PhCfg==",
}
OBJECT = ServedObject("full/raw/cat.ndjson", '"abc"', "Wed, 10 May 2017 18:14:10 GMT", 12, "AAAAAA==")


def read(status=200, **changes):
    headers = {**HEADERS, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return read_response(
        "full/raw/cat.ndjson", status, CIMultiDict({name: value for name, value in headers.items() if value})
    )


def test_where_google_has_them():
    assert object_url(BASE_URL, object_name("simplified", "alarm clock")) == (
        "https://storage.googleapis.com/quickdraw_dataset/full/simplified/alarm%20clock.ndjson"
    )


def test_a_whole_object():
    assert read() == (OBJECT, 0)


def test_a_part():
    assert read(206, content_range="bytes 5-11/12", content_length="7") == (OBJECT, 5)


def test_versions():
    assert OBJECT.is_same_version(OBJECT._replace(crc32c=""))
    assert not OBJECT.is_same_version(OBJECT._replace(etag='"abd"'))
    assert not OBJECT.is_same_version(OBJECT._replace(size=13))


@pytest.mark.parametrize(
    ("served", "version"),
    [
        (OBJECT, '"abc"'),
        (read(etag='W/"abc"')[0], "Wed, 10 May 2017 18:14:10 GMT"),
        (read(etag=None)[0], "Wed, 10 May 2017 18:14:10 GMT"),
    ],
)
def test_the_rest_is_asked_for_by_version(served, version):
    assert served.range_headers(5) == {"Range": "bytes=5-", "If-Range": version}
    assert served.range_headers(0) == {}


def test_without_a_version_nothing_but_the_whole_is_asked_for():
    assert read(etag=None, last_modified=None)[0].range_headers(5) == {}


@pytest.mark.parametrize(
    ("status", "changes", "reason"),
    [
        (200, {"content_length": None}, "it does not say how long the file is"),
        (200, {"content_length": "many"}, "it does not say how long the file is"),
        (200, {"content_encoding": "gzip"}, "it is sent compressed (gzip), which cannot be resumed"),
        (206, {}, "it sends a part and does not say which"),
        (206, {"content_range": "bytes 5-11/*"}, "it sends a part and does not say which"),
    ],
)
def test_answers_that_cannot_be_used(status, changes, reason):
    with pytest.raises(UnusableResponseError) as error:
        read(status, **changes)
    assert str(error.value) == reason
