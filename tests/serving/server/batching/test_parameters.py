import dataclasses

import pytest

from components.errors import UsageError
from serving.server.batching.parameters import BatchingParameters, read_batching_parameters

WHOLE = """
# As TensorFlow Serving's own sample has it.
max_batch_size { value: 128 }
batch_timeout_micros { value: 1500 }
max_enqueued_batches { value: 7 }
num_batch_threads { value: 3 }
thread_pool_name { value: "doodles" }
pad_variable_length_inputs: true
enable_large_batch_splitting { value: true }
max_execution_batch_size { value: 64 }
allowed_batch_sizes: 16
allowed_batch_sizes: 64
"""


def read(tmp_path, text):
    path = tmp_path / "batching.config"
    path.write_text(text)
    return read_batching_parameters(path)


def test_every_field_is_read(tmp_path):
    assert read(tmp_path, WHOLE) == BatchingParameters(
        max_batch_size=128,
        batch_timeout_micros=1500,
        max_enqueued_batches=7,
        num_batch_threads=3,
        allowed_batch_sizes=(16, 64),
        pad_variable_length_inputs=True,
        enable_large_batch_splitting=True,
        max_execution_batch_size=64,
        thread_pool_name="doodles",
    )


def test_an_empty_file_means_the_defaults(tmp_path):
    parameters = read(tmp_path, "")
    assert parameters == BatchingParameters(thread_pool_name="batch_threads")
    assert dataclasses.asdict(parameters) | {"num_batch_threads": 0} == {
        "max_batch_size": 1000,
        "batch_timeout_micros": 0,
        "max_enqueued_batches": 10,
        "num_batch_threads": 0,
        "allowed_batch_sizes": (),
        "pad_variable_length_inputs": False,
        "enable_large_batch_splitting": False,
        "max_execution_batch_size": 1000,
        "thread_pool_name": "batch_threads",
    }


def test_a_zero_that_is_written_is_not_a_default(tmp_path):
    with pytest.raises(UsageError, match=r"batching\.config: max_batch_size must be 1 or more, not 0\.$"):
        read(tmp_path, "max_batch_size { value: 0 }")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("max_batch_size: 5", r"batching\.config is not a BatchingParameters in protobuf's text format: 1:17"),
        ("max_batch { value: 5 }", r"has no field named \"max_batch\""),
        ("batch_timeout_micros { value: -1 }", "batch_timeout_micros must be 0 or more, not -1"),
        ("max_batch_size { value: 8 } allowed_batch_sizes: [4, 6]", "the last of allowed_batch_sizes must be 8"),
        ("max_batch_size { value: 8 } allowed_batch_sizes: [4, 2, 8]", "must ascend from 1 or more, not 4, 2, 8"),
        ("max_batch_size { value: 8 } allowed_batch_sizes: [0, 8]", "must ascend from 1 or more, not 0, 8"),
        ("max_execution_batch_size { value: 8 }", "has a meaning only with enable_large_batch_splitting"),
        (
            "enable_large_batch_splitting { value: true } max_execution_batch_size { value: 2000 }",
            "max_execution_batch_size must not exceed max_batch_size",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, text, sentence):
    with pytest.raises(UsageError, match=sentence):
        read(tmp_path, text)
