from tensorflow_serving.apis.model_pb2 import ModelSpec

from serving.server.methods.model_spec import answered_spec, signature_name_of


def test_the_default_signature():
    assert signature_name_of(ModelSpec()) == "serving_default"
    assert signature_name_of(ModelSpec(signature_name="classify")) == "classify"


def test_answers_name_the_number_of_the_version():
    spec = answered_spec("m", 0, "classify")
    assert (spec.name, spec.signature_name, spec.WhichOneof("version_choice")) == ("m", "classify", "version")
