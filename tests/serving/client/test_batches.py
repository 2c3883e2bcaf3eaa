import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.client import batches
from serving.client.batches import cut, cut_async

TEXTS = st.lists(st.integers(0, 30).map(lambda length: "x" * length), max_size=40)


@pytest.fixture(autouse=True, scope="module")
def small_requests():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "MOST_DRAWINGS", 5)
        patch.setattr(batches, "_MOST_BYTES", 20)
        yield


def collect(drawings):
    async def collected():
        return [batch async for batch in cut_async(drawings)]

    return asyncio.run(collected())


def test_by_number_and_by_size():
    assert list(cut(["a"] * 7)) == [[b"a"] * 5, [b"a"] * 2]
    assert list(cut(["a" * 10, "b" * 10, "c"])) == [[b"a" * 10, b"b" * 10], [b"c"]]
    assert list(cut(["a", "b" * 21, "c"])) == [[b"a"], [b"b" * 21], [b"c"]]
    assert list(cut([])) == []


@given(TEXTS)
def test_every_drawing_once_in_order_and_no_request_too_large(texts):
    cuts = list(cut(texts))
    assert [text.decode() for batch in cuts for text in batch] == texts
    assert all(len(batch) == 1 or sum(map(len, batch)) <= 20 for batch in cuts)
    assert all(1 <= len(batch) <= 5 for batch in cuts)


@given(TEXTS)
def test_asynchronous_sources_are_cut_alike(texts):
    async def one_by_one():
        for text in texts:
            yield text

    assert collect(texts) == collect(one_by_one()) == list(cut(texts))
