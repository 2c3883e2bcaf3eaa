import grpc
import pytest

from serving.server.errors import ServingError, invalid_argument, not_found, status_code, unimplemented


def test_reads_as_the_status_of_the_cpp_server():
    assert str(invalid_argument("Missing ModelSpec")) == "INVALID_ARGUMENT: Missing ModelSpec"


@pytest.mark.parametrize(
    ("error", "http_status"), [(invalid_argument(""), 400), (not_found(""), 404), (unimplemented(""), 501)]
)
def test_http_status(error, http_status):
    assert error.http_status == http_status


@pytest.mark.parametrize("code", [code for code in grpc.StatusCode if code is not grpc.StatusCode.OK])
def test_every_code_has_an_http_status_and_its_number(code):
    assert 400 <= ServingError(code, "").http_status <= 504
    assert status_code(code.value[0]) is code
