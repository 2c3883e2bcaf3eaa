"""The `model_spec` of requests and answers."""

from tensorflow_serving.apis import model_pb2

DEFAULT_SIGNATURE = "serving_default"


def signature_name_of(spec: model_pb2.ModelSpec) -> str:
    """Returns the signature a request asks for; an empty name stands for `serving_default`."""
    return spec.signature_name or DEFAULT_SIGNATURE


def answered_spec(name: str, version: int, signature_name: str = "") -> model_pb2.ModelSpec:
    """Returns the spec of an answer: always the number of the version, never its label (util.cc:259-273)."""
    spec = model_pb2.ModelSpec(name=name, signature_name=signature_name)
    spec.version.value = version
    return spec
