import pytest
import tensorflow as tf
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog

from serving.server import warmup
from serving.server.errors import ServingError
from serving.server.model_loader import ModelLoader
from serving.server.versions import Version
from tests.serving.tiny_model import DRAWING


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


@pytest.mark.parametrize("missing", ["saved_model.pb", "variables/variables.index"])
def test_a_half_written_version(version, missing):
    (version.path / missing).unlink()
    with pytest.raises(ServingError) as caught:
        ModelLoader().load(version)
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
