import pytest
import tensorflow as tf

from serving.server.errors import ServingError
from serving.server.models.loaded_model import load_model
from serving.server.models.versions import Version


def test_loads_a_version_with_its_signatures(exported_models):
    model = load_model(Version(7, exported_models[1]))
    assert model.version == 7
    assert sorted(model.signatures) == ["add", "classify", "regress", "serving_default"]


def test_an_unknown_signature(exported_models):
    with pytest.raises(ServingError) as caught:
        load_model(Version(1, exported_models[1])).signature("x")
    assert str(caught.value) == 'FAILED_PRECONDITION: Serving signature key "x" not found.'


def test_a_model_without_meta_graph_is_refused(base_path):
    (base_path / "1" / "saved_model.pb").write_bytes(b"")
    with pytest.raises(ValueError, match="0 meta graphs"):
        load_model(Version(1, base_path / "1"))


def test_a_cut_data_shard_is_refused(base_path):
    (base_path / "1" / "variables" / "variables.data-00000-of-00001").write_bytes(b"")
    with pytest.raises((tf.errors.OpError, IndexError)):
        load_model(Version(1, base_path / "1"))
