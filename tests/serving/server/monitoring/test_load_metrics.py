from pathlib import Path

from serving.server.monitoring.load_metrics import LoadMetrics


def test_loads_and_warm_ups():
    metrics = LoadMetrics()
    metrics.loaded(Path("/models/m/1"), False, 0.25)
    metrics.loaded(Path("/models/m/1"), True, 1.5)
    metrics.warmed(Path("/models/m/1"), 0.5)
    page = [line for metric in metrics.metrics() for line in metric.lines()]
    for line in (
        ':tensorflow:cc:saved_model:load_attempt_count{model_path="/models/m/1",status="fail"} 1',
        ':tensorflow:cc:saved_model:load_attempt_count{model_path="/models/m/1",status="success"} 1',
        ':tensorflow:cc:saved_model:load_latency{model_path="/models/m/1"} 1750000',
        ':tensorflow:serving:model_warmup_latency_sum{model_path="/models/m/1",status="OK"} 500000.0',
    ):
        assert line in page
