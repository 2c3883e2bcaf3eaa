import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.server.errors import ServingError
from serving.server.rest_api.rest_path import parse_call


@pytest.mark.parametrize(
    ("verb", "path", "method", "name", "version", "label"),
    [
        ("POST", "/v1/models/m:predict", "predict", "m", None, ""),
        ("POST", "/v1/models/m/versions/7:classify", "classify", "m", 7, ""),
        ("POST", "/V1/Models/m/Labels/stable:REGRESS", "regress", "m", None, "stable"),
        ("GET", "/v1/models/m", "status", "m", None, ""),
        ("GET", "/v1/models/m/versions/007", "status", "m", 7, ""),
        ("GET", "/v1/models/m/labels/a%2Fb", "status", "m", None, "a/b"),
        ("GET", "/v1/models/a%3Ab/metadata", "metadata", "a:b", None, ""),
        ("GET", "/v1/models/%C3%A9%FF\udcff", "status", "é\ufffd\ufffd", None, ""),
    ],
)
def test_calls(verb, path, method, name, version, label):
    call = parse_call(verb, path)
    assert (call.method, call.spec.name, call.spec.version_label) == (method, name, label)
    assert (call.spec.version.value if call.spec.HasField("version") else None) == version


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        ("GET", "/v1/models/m:predict"),
        ("POST", "/v1/models/m"),
        ("PUT", "/v1/models/m"),
        ("GET", "/v1/models/m/versions/x"),
        ("GET", "/v1/models/m/versions/1/labels/a"),
        ("GET", "/v1/models/m/metadata/x"),
        ("POST", "/v1/models/m/metadata:predict"),
        ("GET", "/v1/"),
    ],
)
def test_what_is_no_call(verb, path):
    with pytest.raises(ServingError) as caught:
        parse_call(verb, path)
    assert str(caught.value) == f"INVALID_ARGUMENT: Malformed request: {verb} {path}"


def test_a_version_beyond_64_bits_is_refused_without_a_text():
    with pytest.raises(ServingError, match=r"^INVALID_ARGUMENT: $"):
        parse_call("GET", f"/v1/models/m/versions/{2**63}")
    assert parse_call("GET", f"/v1/models/m/versions/{2**63 - 1}").spec.version.value == 2**63 - 1


@given(st.text(alphabet="/:%0aÿ\udcff", max_size=20))
def test_any_path_is_a_call_or_refused(end):
    try:
        assert parse_call("GET", f"/v1/models{end}").spec.SerializeToString()
    except ServingError as error:
        assert error.http_status == 400
