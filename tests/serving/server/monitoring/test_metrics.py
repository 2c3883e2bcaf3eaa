import grpc

from serving.server.monitoring.metrics import ServingMetrics


def test_the_page_before_the_first_request():
    assert ServingMetrics().page() == (
        "# TYPE :tensorflow:cc:saved_model:load_attempt_count counter\n"
        "# TYPE :tensorflow:cc:saved_model:load_latency counter\n"
        "# TYPE :tensorflow:serving:batching_session:input_batch_size histogram\n"
        "# TYPE :tensorflow:serving:batching_session:padding_size histogram\n"
        "# TYPE :tensorflow:serving:batching_session:processed_batch_size histogram\n"
        "# TYPE :tensorflow:serving:batching_session:queuing_latency histogram\n"
        "# TYPE :tensorflow:serving:batching_session:wrapped_run_count counter\n"
        "# TYPE :tensorflow:serving:model_warmup_latency histogram\n"
        "# TYPE :tensorflow:serving:request_count counter\n"
        "# TYPE :tensorflow:serving:request_example_count_total counter\n"
        "# TYPE :tensorflow:serving:request_example_counts histogram\n"
        "# TYPE :tensorflow:serving:request_latency histogram\n"
        "# TYPE :tensorflow:serving:runtime_latency histogram\n"
    )


def test_requests_and_examples():
    metrics = ServingMetrics()
    metrics.answered("m", "Predict", "GRPC", 0.002)
    metrics.refused("m", grpc.StatusCode.NOT_FOUND)
    metrics.examples("m", 5)
    metrics.ran("m", "Classify", 0.001)
    page = metrics.page().splitlines()
    for line in (
        ':tensorflow:serving:request_count{model_name="m",status="OK"} 1',
        ':tensorflow:serving:request_count{model_name="m",status="NOT_FOUND"} 1',
        ':tensorflow:serving:request_latency_bucket{model_name="m",API="Predict",entrypoint="GRPC",le="1983.59"} 0',
        ':tensorflow:serving:request_latency_bucket{model_name="m",API="Predict",entrypoint="GRPC",le="3570.47"} 1',
        ':tensorflow:serving:request_latency_sum{model_name="m",API="Predict",entrypoint="GRPC"} 2000.0',
        ':tensorflow:serving:runtime_latency_sum{model_name="m",API="Classify",runtime="TF1"} 1000.0',
        ':tensorflow:serving:request_example_counts_bucket{model="m",le="4"} 0',
        ':tensorflow:serving:request_example_counts_bucket{model="m",le="8"} 1',
        ':tensorflow:serving:request_example_count_total{model="m"} 5',
    ):
        assert line in page
    assert sum("request_latency_bucket" in line for line in page) == 33 + 1
