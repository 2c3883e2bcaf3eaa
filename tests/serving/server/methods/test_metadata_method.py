import pytest
from tensorflow_serving.apis.get_model_metadata_pb2 import GetModelMetadataRequest, SignatureDefMap

from serving.server.errors import ServingError
from serving.server.methods.metadata_method import check_metadata_fields, model_metadata
from serving.server.models.loaded_model import load_model
from serving.server.models.versions import Version


def test_the_signatures_as_they_are_stored(exported_models):
    response = model_metadata(load_model(Version(3, exported_models[1])), "m")
    assert (response.model_spec.name, response.model_spec.version.value) == ("m", 3)
    assert response.model_spec.signature_name == ""
    stored = SignatureDefMap()
    assert response.metadata["signature_def"].Unpack(stored)
    names = ["__saved_model_init_op", "add", "classify", "regress", "serving_default"]
    assert sorted(stored.signature_def) == names
    assert stored.signature_def["serving_default"].inputs["drawing"].name == "serving_default_drawing:0"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ([], "GetModelMetadataRequest must specify at least one metadata_field"),
        (["signature_def", "x"], "Metadata field x is not supported"),
    ],
)
def test_fields_that_are_refused(fields, text):
    with pytest.raises(ServingError, match=f"^INVALID_ARGUMENT: {text}$"):
        check_metadata_fields(GetModelMetadataRequest(metadata_field=fields))


def test_the_one_field_there_is():
    check_metadata_fields(GetModelMetadataRequest(metadata_field=["signature_def"]))
