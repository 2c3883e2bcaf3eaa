import subprocess
import sys

import pytest

from components.errors import UsageError
from serving.server.runtime_threads import RuntimeThreads, runtime_threads


@pytest.mark.parametrize(
    ("flags", "expected"),
    [((0, 0, 0), (0, 0)), ((2, 0, 0), (2, 2)), ((2, 1, 0), (1, 2)), ((0, 3, 4), (3, 4))],
)
def test_the_session_flag_stands_for_both(flags, expected):
    assert runtime_threads(*flags, batches_at_a_time=0) == RuntimeThreads(*expected)


@pytest.mark.parametrize(("batches_at_a_time", "threads"), [(1, 8), (2, 4), (3, 2), (8, 1), (20, 1)])
def test_batches_share_the_cores(monkeypatch, batches_at_a_time, threads):
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    assert runtime_threads(0, 0, 0, batches_at_a_time) == RuntimeThreads(threads, threads)
    assert runtime_threads(0, 5, 0, batches_at_a_time) == RuntimeThreads(5, 0)


def test_all_three_contradict_one_another():
    with pytest.raises(UsageError, match="not all three"):
        runtime_threads(1, 1, 1, batches_at_a_time=2)


def test_the_runtime_is_told():
    program = (
        "import tensorflow as tf;"
        "from serving.server.runtime_threads import RuntimeThreads; RuntimeThreads(1, 2).apply();"
        "threads = tf.config.threading;"
        "print(threads.get_intra_op_parallelism_threads(), threads.get_inter_op_parallelism_threads())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "2"]
