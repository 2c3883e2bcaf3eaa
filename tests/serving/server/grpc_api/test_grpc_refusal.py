import grpc
import pytest
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest

from serving.server.errors import ServingError, not_found
from serving.server.grpc_api.grpc_refusal import refuse, require_model_spec


class Ended(Exception):
    """What gRPC's own abort raises, to end the method."""


class Context:
    """Keeps what a call was ended with."""

    def abort(self, code, details):
        self.ended_with = code, details
        raise Ended


@pytest.mark.parametrize(("length", "sent"), [(5, "x" * 5), (1024, "x" * 1024), (1025, "x" * 1024 + "...TRUNCATED")])
def test_code_and_text_up_to_a_length(length, sent):
    context = Context()
    with pytest.raises(Ended):
        refuse(context, not_found("x" * length))
    assert context.ended_with == (grpc.StatusCode.NOT_FOUND, sent)


def test_a_request_names_a_model():
    require_model_spec(GetModelStatusRequest(model_spec={}))
    with pytest.raises(ServingError) as caught:
        require_model_spec(GetModelStatusRequest())
    assert str(caught.value) == "INVALID_ARGUMENT: Missing ModelSpec"
