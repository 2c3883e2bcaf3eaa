"""Facts 1.5: gRPC GetModelMetadata."""

import pytest
from tensorflow_serving.apis.get_model_metadata_pb2 import GetModelMetadataRequest, SignatureDefMap

from tests.serving.conformance.conformance_model import SIGNATURES
from tests.serving.conformance.requests import with_spec
from tests.serving.conformance.target import SECONDS, refusal


def request(name, *fields):
    return with_spec(GetModelMetadataRequest(metadata_field=fields), name)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ([], "GetModelMetadataRequest must specify at least one metadata_field"),
        (["unknown"], "Metadata field unknown is not supported"),
        (["signature_def", "unknown"], "Metadata field unknown is not supported"),
    ],
    ids=["none", "unknown", "second"],
)
def test_fields_are_checked_before_the_model_is_looked_up(target, fields, text):
    answer = refusal(target.prediction.GetModelMetadata, request("unknown", *fields))
    assert answer == ("INVALID_ARGUMENT", text)


def test_the_signatures_of_the_meta_graph(target, name):
    response = target.prediction.GetModelMetadata(request(name, "signature_def"), timeout=SECONDS)
    stored = SignatureDefMap()
    assert response.metadata["signature_def"].Unpack(stored)
    assert sorted(stored.signature_def) == sorted(["__saved_model_init_op", *SIGNATURES])
    assert stored.signature_def["serving_default"].inputs["x"].name == "serving_default_x:0"


def test_the_spec_of_the_answer_has_no_signature(target, name):
    spec = target.prediction.GetModelMetadata(request(name, "signature_def"), timeout=SECONDS).model_spec
    assert (spec.name, spec.signature_name, spec.version.value) == (name, "", 3)
