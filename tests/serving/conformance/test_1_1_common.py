"""Facts 1.1: what all gRPC methods share."""

import grpc
import pytest
from tensorflow_serving.apis.classification_pb2 import ClassificationRequest
from tensorflow_serving.apis.get_model_metadata_pb2 import GetModelMetadataRequest
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.regression_pb2 import RegressionRequest
from tensorflow_serving.apis.session_service_pb2 import SessionRunRequest, SessionRunResponse

from tests.serving.conformance.requests import floats, input_of, predict_request, with_spec
from tests.serving.conformance.target import SECONDS, refusal

WITH_MODEL_SPEC = [
    ("Predict", PredictRequest),
    ("Classify", ClassificationRequest),
    ("Regress", RegressionRequest),
    ("GetModelMetadata", GetModelMetadataRequest),
]


def filled(message):
    """What makes a request good except for its model."""
    if isinstance(message, PredictRequest):
        message.inputs["x"].CopyFrom(floats(1))
    elif isinstance(message, GetModelMetadataRequest):
        message.metadata_field.append("signature_def")
    else:
        message.input.CopyFrom(input_of(1))
    return message


def test_the_session_service_is_not_there(target):
    call = target.channel.unary_unary(
        "/tensorflow.serving.SessionService/SessionRun",
        request_serializer=SessionRunRequest.SerializeToString,
        response_deserializer=SessionRunResponse.FromString,
    )
    assert refusal(call, SessionRunRequest())[0] == "UNIMPLEMENTED"


@pytest.mark.parametrize(("method", "kind"), WITH_MODEL_SPEC)
def test_no_model_spec(target, method, kind):
    answer = refusal(getattr(target.prediction, method), filled(kind()))
    assert answer == ("INVALID_ARGUMENT", "Missing ModelSpec")


def test_no_model_spec_for_the_status(target):
    assert refusal(target.model.GetModelStatus, GetModelStatusRequest()) == ("INVALID_ARGUMENT", "Missing ModelSpec")


@pytest.mark.parametrize(("method", "kind"), WITH_MODEL_SPEC)
@pytest.mark.parametrize(
    ("name", "version", "label", "code", "text"),
    [
        ("", None, None, "INVALID_ARGUMENT", "ModelSpec has no name specified."),
        ("unknown", None, None, "NOT_FOUND", "Servable not found for request: Latest(unknown)"),
        ("unknown", 3, None, "NOT_FOUND", "Servable not found for request: Specific(unknown, 3)"),
        ("MODEL", 9, None, "NOT_FOUND", "Servable not found for request: Specific(MODEL, 9)"),
        ("MODEL", 0, None, "NOT_FOUND", "Servable not found for request: Specific(MODEL, 0)"),
        ("MODEL", None, "unknown", "INVALID_ARGUMENT", "Unrecognized servable version label: unknown"),
        ("unknown", None, "any", "INVALID_ARGUMENT", "Unrecognized servable version label: any"),
    ],
    ids=["no name", "model", "model and version", "version", "version 0", "label", "label of an unknown model"],
)
def test_a_model_that_is_not_there(target, method, kind, name, version, label, code, text):
    asked = name.replace("MODEL", target.model_name)
    request = with_spec(filled(kind()), asked, version=version, label=label)
    answer = refusal(getattr(target.prediction, method), request)
    assert answer == (code, text.replace("MODEL", target.model_name))


def test_no_signature_is_the_default_one_and_the_answer_says_so(target, name):
    spec = target.prediction.Predict(predict_request(name), timeout=SECONDS).model_spec
    assert (spec.name, spec.signature_name) == (name, "serving_default")
    assert (spec.WhichOneof("version_choice"), spec.version.value) == ("version", 3)


def test_a_long_error_text_is_cut(target):
    code, text = refusal(target.prediction.Predict, predict_request("n" * 2000))
    assert (code, len(text)) == ("NOT_FOUND", 1024 + len("...TRUNCATED"))
    assert text.endswith("n...TRUNCATED")


def test_a_deadline_shorter_than_the_work(target, name):
    request = predict_request(name, "scalar", x=floats(*[1.0] * 1_000_000))
    with pytest.raises(grpc.RpcError) as caught:
        target.prediction.Predict(request, timeout=0.001)
    assert caught.value.code().name == "DEADLINE_EXCEEDED"


def test_a_request_of_more_than_four_megabytes(target, name):
    request = predict_request(name, "scalar", x=floats(*[1.0] * 1_500_000))
    request.output_filter.append("total")
    assert target.prediction.Predict(request, timeout=SECONDS).outputs["total"].float_val[0] == 1_500_000


def test_the_method_name_of_the_signature_is_not_checked(target, name):
    request = with_spec(ClassificationRequest(input=input_of(1)), name, "classify")
    assert target.prediction.Classify(request, timeout=SECONDS).result.classifications
