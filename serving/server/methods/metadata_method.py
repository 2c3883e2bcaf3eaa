"""The GetModelMetadata method: the signatures of a version, as its SavedModel stores them."""

from tensorflow_serving.apis import get_model_metadata_pb2

from serving.server.errors import invalid_argument
from serving.server.methods.model_spec import answered_spec
from serving.server.models.loaded_model import LoadedModel

SIGNATURE_DEF = "signature_def"


def check_metadata_fields(request: get_model_metadata_pb2.GetModelMetadataRequest) -> None:
    """Checks what is asked for, before the model is looked up (get_model_metadata_impl.cc:33-46).

    Raises:
        ServingError: INVALID_ARGUMENT, for no field or one that is not `signature_def`.
    """
    if not request.metadata_field:
        raise invalid_argument("GetModelMetadataRequest must specify at least one metadata_field")
    for field in request.metadata_field:
        if field != SIGNATURE_DEF:
            raise invalid_argument(f"Metadata field {field} is not supported")


def model_metadata(model: LoadedModel, name: str) -> get_model_metadata_pb2.GetModelMetadataResponse:
    """Returns the signatures, packed into an `Any`; the spec of the answer has no signature name."""
    response = get_model_metadata_pb2.GetModelMetadataResponse(model_spec=answered_spec(name, model.version))
    response.metadata[SIGNATURE_DEF].Pack(model.signature_defs)
    return response
