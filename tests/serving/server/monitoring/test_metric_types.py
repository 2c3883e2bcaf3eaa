import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from serving.server.monitoring import metric_types
from serving.server.monitoring.metric_types import Counter, Histogram, exponential_bounds


def read(metric):
    """What a Prometheus reads: value by sample name and label values."""
    families = text_string_to_metric_families("\n".join(metric.lines()) + "\n")
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


def test_a_counter():
    counter = Counter(":a:count", ["model", "status"])
    counter.add(1, "m", "OK")
    counter.add(2, "m", "OK")
    counter.add(1, "n", "NOT_FOUND")
    assert counter.lines() == [
        "# TYPE :a:count counter",
        ':a:count{model="m",status="OK"} 3',
        ':a:count{model="n",status="NOT_FOUND"} 1',
    ]


def test_a_histogram():
    histogram = Histogram(":a:latency", ["model"], [10.0, 18.0])
    for value in (10.0, 11.5, 40.0):
        histogram.observe(value, "m")
    assert histogram.lines() == [
        "# TYPE :a:latency histogram",
        ':a:latency_bucket{model="m",le="10"} 1',
        ':a:latency_bucket{model="m",le="18"} 2',
        ':a:latency_bucket{model="m",le="+Inf"} 3',
        ':a:latency_sum{model="m"} 61.5',
        ':a:latency_count{model="m"} 3',
    ]


def test_without_labels():
    counter, histogram = Counter("a", ()), Histogram("b", (), [1.0])
    counter.add(2)
    histogram.observe(1)
    assert counter.lines() == ["# TYPE a counter", "a{} 2"]
    assert histogram.lines() == [
        "# TYPE b histogram",
        'b_bucket{le="1"} 1',
        'b_bucket{le="+Inf"} 1',
        "b_sum{} 1.0",
        "b_count{} 1",
    ]


def test_bounds_grow():
    assert exponential_bounds(10, 2, 4) == [10, 20, 40, 80]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r")))
def test_any_label_is_read_back(label):
    counter = Counter("c_total", ["model"])
    counter.add(1, label)
    assert list(read(counter).values()) == [1.0]


def test_names_that_clients_make_up_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(metric_types, "_MOST_SERIES", 2)
    counter = Counter("c_total", ["model", "status"])
    for name in ("a", "b", "x", "y", "a"):
        counter.add(1, name, "OK")
    assert read(counter) == {("c_total", "a", "OK"): 2, ("c_total", "b", "OK"): 1, ("c_total", "_other", "OK"): 2}


@pytest.mark.parametrize(
    ("metric", "name", "record"),
    [
        (Counter("c_total", ["model"]), "c_total", lambda metric: metric.add(1, "m")),
        (Histogram("h", ["model"], [1.0]), "h_count", lambda metric: metric.observe(2.0, "m")),
    ],
)
def test_no_record_of_many_threads_is_lost(metric, name, record):
    threads = [threading.Thread(target=lambda: [record(metric) for _ in range(2000)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read(metric)[(name, "m")] == 8000
