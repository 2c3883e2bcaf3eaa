from serving.server.batching.metrics import BatchingMetrics

PREFIX = ":tensorflow:serving:batching_session:"


def lines(metrics):
    return [line.removeprefix(PREFIX) for metric in metrics.metrics() for line in metric.lines()]


def test_requests_and_their_batch():
    metrics = BatchingMetrics()
    metrics.submitted(1)
    metrics.submitted(4)
    metrics.dequeued([0.0001, 0.5], "threads")
    metrics.run(rows=5, padded_rows=8)
    page = lines(metrics)
    for line in (
        'input_batch_size_bucket{le="1"} 1',
        "input_batch_size_sum{} 5.0",
        'queuing_latency_bucket{thread_pool_name="threads",le="100"} 1',
        'queuing_latency_sum{thread_pool_name="threads"} 500100.0',
        'padding_size_sum{execution_batch_size="8"} 3.0',
        "processed_batch_size_sum{} 8.0",
        "wrapped_run_count{} 1",
    ):
        assert line in page
    assert sum("queuing_latency_bucket" in line for line in page) == 52 + 1
    assert sum("processed_batch_size_bucket" in line for line in page) == 14 + 1
