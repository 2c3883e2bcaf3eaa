"""grpcurl: gRPC of Go, with the API learnt from the server by reflection."""

import base64
import json

from serving.server.config import ServerConfig
from serving.server.tls import TlsConfig
from tests.serving.certificates import Authority
from tests.serving.running_server import running_server
from tests.serving.tiny_model import DRAWING

PREDICT = "tensorflow.serving.PredictionService/Predict"
# An exit code of grpcurl is 64 and the code of the status.
INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, UNIMPLEMENTED = 64 + 3, 64 + 4, 64 + 5, 64 + 12


def predict_json(*drawings, name="quickdraw"):
    """A PredictRequest in protobuf's JSON, where bytes are base64."""
    texts = [base64.b64encode(drawing.encode()).decode() for drawing in drawings]
    drawing = {"dtype": "DT_STRING", "tensor_shape": {"dim": [{"size": len(texts)}]}, "string_val": texts}
    return json.dumps({"model_spec": {"name": name}, "inputs": {"drawing": drawing}})


def words(response):
    """The words of a PredictResponse in protobuf's JSON."""
    return [base64.b64decode(word).decode() for word in json.loads(response)["outputs"]["words"]["string_val"]]


def test_the_services_by_reflection(grpcurl, server):
    listed = grpcurl("-plaintext", server.target, "list")
    assert listed.stdout.split() == [
        "grpc.health.v1.Health",
        "grpc.reflection.v1alpha.ServerReflection",
        "tensorflow.serving.ModelService",
        "tensorflow.serving.PredictionService",
    ]


def test_a_method_by_reflection(grpcurl, server):
    described = grpcurl("-plaintext", server.target, "describe", "tensorflow.serving.PredictionService.Predict")
    assert described.stdout == (
        "tensorflow.serving.PredictionService.Predict is a method:\n"
        "rpc Predict ( .tensorflow.serving.PredictRequest ) returns ( .tensorflow.serving.PredictResponse );\n"
    )


def test_predict(grpcurl, server):
    asked = grpcurl("-plaintext", "-d", predict_json(DRAWING), server.target, PREDICT)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert words(asked.stdout) == ["ant", "alarm_clock", "angel"]
    answer = json.loads(asked.stdout)
    assert answer["outputs"]["scores"]["float_val"] == [1, 0.2, 0.1]
    assert answer["model_spec"] == {"name": "quickdraw", "version": "1", "signature_name": "serving_default"}


def test_a_large_request_and_answer(grpcurl, server):
    """Several times HTTP/2's first window of 64 KiB each way."""
    message = predict_json(*[DRAWING] * 20_000)
    asked = grpcurl("-plaintext", "-d", "@", server.target, PREDICT, input=message)
    assert asked.returncode == 0, asked.stderr
    assert words(asked.stdout) == ["ant", "alarm_clock", "angel"] * 20_000


def test_the_state_of_the_versions(grpcurl, server):
    message = json.dumps({"model_spec": {"name": "quickdraw"}})
    asked = grpcurl("-plaintext", "-d", message, server.target, "tensorflow.serving.ModelService/GetModelStatus")
    assert json.loads(asked.stdout) == {
        "model_version_status": [{"version": "1", "state": "AVAILABLE", "status": {}}],
    }


def test_an_error_and_its_text(grpcurl, server):
    asked = grpcurl("-plaintext", "-d", '{"model_spec": {"name": "quickdraw"}}', server.target, PREDICT)
    assert asked.returncode == INVALID_ARGUMENT
    assert asked.stderr == (
        "ERROR:\n"
        "  Code: InvalidArgument\n"
        "  Message: input size does not match signature: 0!=1 len({}) != len({drawing}). Sent extra: {}. "
        "Missing but required: {drawing}.\n"
    )


def test_an_error_whose_text_is_not_ascii(grpcurl, server):
    """It goes over the wire in percent-encoding."""
    asked = grpcurl("-plaintext", "-d", predict_json(DRAWING, name="кот 100%"), server.target, PREDICT)
    assert asked.returncode == NOT_FOUND
    assert "Message: Servable not found for request: Latest(кот 100%)\n" in asked.stderr


def test_a_method_that_is_not_there(grpcurl, server, tmp_path):
    (tmp_path / "other.proto").write_text(
        'syntax = "proto3"; package tensorflow.serving; message None {}'
        "service PredictionService { rpc PredictStreamed(None) returns (None); }"
    )
    proto = ["-import-path", str(tmp_path), "-proto", "other.proto"]
    method = "tensorflow.serving.PredictionService/PredictStreamed"
    assert grpcurl("-plaintext", *proto, server.target, method).returncode == UNIMPLEMENTED


def test_health(grpcurl, server):
    asked = grpcurl("-plaintext", server.target, "grpc.health.v1.Health/Check")
    assert json.loads(asked.stdout) == {"status": "SERVING"}


def test_health_as_a_stream_until_the_deadline(grpcurl, server):
    watched = grpcurl("-plaintext", "-max-time", "1", server.target, "grpc.health.v1.Health/Watch")
    assert json.loads(watched.stdout) == {"status": "SERVING"}
    assert watched.returncode == DEADLINE_EXCEEDED


def test_a_unix_socket(grpcurl, base_path, tmp_path):
    socket = tmp_path / "grpc.socket"
    with running_server(ServerConfig(base_path, grpc_socket_path=socket)):
        asked = grpcurl("-plaintext", "-d", predict_json(DRAWING), f"unix:{socket}", PREDICT)
    assert asked.returncode == 0, asked.stderr


def test_the_api_from_a_file_where_there_is_no_reflection(grpcurl, server, tmp_path):
    """TensorFlow Serving has no reflection; a file written from this server's does for it."""
    file = str(tmp_path / "tensorflow_serving.protoset")
    grpcurl("-plaintext", "-protoset-out", file, server.target, "describe")
    asked = grpcurl("-plaintext", "-protoset", file, "-d", predict_json(DRAWING), server.target, PREDICT)
    assert words(asked.stdout) == ["ant", "alarm_clock", "angel"]
    assert "tensorflow.serving.ModelService" in grpcurl("-protoset", file, "list").stdout


def test_mutual_tls(grpcurl, base_path, tmp_path):
    authority = Authority(tmp_path)
    certificate, key = authority.issue("server")
    tls = TlsConfig(key.read_bytes(), certificate.read_bytes(), authority.ca_file.read_bytes(), client_verify=True)
    certificate, key = authority.issue("client")
    options = ["-cacert", str(authority.ca_file), "-cert", str(certificate), "-key", str(key)]
    with running_server(ServerConfig(base_path, tls=tls)) as running:
        asked = grpcurl(*options, "-d", predict_json(DRAWING), running.target, PREDICT)
    assert words(asked.stdout) == ["ant", "alarm_clock", "angel"]
