import pytest
import tensorflow as tf
from prometheus_client.parser import text_string_to_metric_families
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog

from serving.server.errors import ServingError
from serving.server.models import warmup
from serving.server.models.model_loader import ModelLoader
from serving.server.models.versions import Version
from tests.serving.tiny_model import DRAWING


def samples(metrics, name):
    """Label values and number of every sample of that name."""
    page = "".join(f"{line}\n" for metric in metrics.metrics() for line in metric.lines())
    return [
        (*sample.labels.values(), sample.value)
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.name.removesuffix("_total").endswith(f":{name}")
    ]


@pytest.fixture
def version(base_path):
    return Version(1, base_path / "1")


@pytest.fixture
def warmed(version, monkeypatch):
    """The warm-up requests that have been answered."""
    log = PredictionLog()
    log.predict_log.request.inputs["drawing"].CopyFrom(tf.make_tensor_proto([DRAWING]))
    (version.path / "assets.extra").mkdir()
    with tf.io.TFRecordWriter(str(version.path / "assets.extra" / "tf_serving_warmup_requests")) as writer:
        writer.write(log.SerializeToString())
    answers = []
    read = warmup.READERS["predict_log"]

    def read_request(*arguments):
        answers.append(read(*arguments))
        return answers[-1]

    monkeypatch.setitem(warmup.READERS, "predict_log", read_request)
    return answers


@pytest.mark.parametrize(
    ("loader", "times"), [(ModelLoader(), 1), (ModelLoader(warmup_iterations=3), 3), (ModelLoader(False, 3), 0)]
)
def test_warms_as_often_as_told(loader, times, version, warmed):
    assert loader.load(version).version == 1
    assert len(warmed) == times
    assert samples(loader.metrics, "load_attempt_count") == [(str(version.path), "success", 1)]
    assert samples(loader.metrics, "model_warmup_latency_count") == [(str(version.path), "OK", 1)][: bool(times)]


@pytest.mark.parametrize("missing", ["saved_model.pb", "variables/variables.index"])
def test_a_half_written_version(version, missing):
    (version.path / missing).unlink()
    loader = ModelLoader()
    with pytest.raises(ServingError) as caught:
        loader.load(version)
    assert samples(loader.metrics, "load_attempt_count") == [(str(version.path), "fail", 1)]
    assert str(caught.value) == f"NOT_FOUND: {version.path} has no {missing}"


def test_a_truncated_graph(version):
    graph = version.path / "saved_model.pb"
    graph.write_bytes(graph.read_bytes()[:1000])
    with pytest.raises(ServingError, match=r"UNKNOWN: .+"):
        ModelLoader().load(version)


def test_a_cut_data_shard(version):
    shard = version.path / "variables" / "variables.data-00000-of-00001"
    shard.write_bytes(shard.read_bytes()[:1])
    with pytest.raises(ServingError, match=r"[A-Z_]+: .+"):
        ModelLoader().load(version)


def test_a_failing_warm_up_keeps_its_code(version):
    (version.path / "assets.extra").mkdir()
    (version.path / "assets.extra" / "tf_serving_warmup_requests").write_bytes(b"not a TFRecord file, surely not one")
    with pytest.raises(ServingError, match="DATA_LOSS: "):
        ModelLoader().load(version)
