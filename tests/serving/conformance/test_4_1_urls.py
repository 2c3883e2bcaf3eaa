"""Facts 4.1: URLs of the REST API."""

import pytest

BODY = {"instances": [1]}
ANSWER = (200, {"predictions": [3.0]})


@pytest.mark.parametrize(
    "path",
    ["/v1/models/MODEL:predict", "/v1/models/MODEL/versions/3:predict", "/V1/Models/MODEL/Versions/3:predict"],
)
def test_predict(target, name, path):
    assert target.rest("POST", path.replace("MODEL", name), BODY) == ANSWER


def test_names_are_percent_decoded(target, name):
    assert target.rest("POST", f"/v1/models/%{ord(name[0]):x}{name[1:]}:predict", BODY) == ANSWER
    status, answer = target.rest("POST", "/v1/models/a%2Fb%3Ac:predict", BODY)
    assert (status, answer["error"]) == (404, "Servable not found for request: Latest(a/b:c)")
    status, answer = target.rest("POST", f"/v1/models/{name}/labels/a%2Fb:predict", BODY)
    assert (status, answer["error"]) == (400, "Unrecognized servable version label: a/b")


@pytest.mark.parametrize("path", ["/v1/models/MODEL", "/v1/models/MODEL/versions/3", "/v1/models/MODEL/labels/any"])
def test_status(target, name, path):
    assert target.rest("GET", path.replace("MODEL", name))[0] == 200


@pytest.mark.parametrize("path", ["/v1/models/MODEL/metadata", "/v1/models/MODEL/versions/3/metadata"])
def test_metadata(target, name, path):
    assert target.rest("GET", path.replace("MODEL", name))[0] == 200


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        ("GET", "/v1/models/MODEL:predict"),
        ("POST", "/v1/models/MODEL"),
        ("DELETE", "/v1/models/MODEL"),
        ("POST", "/v1/models/MODEL:explain"),
        ("POST", "/v1/models/MODEL:multiinference"),
        ("GET", "/v1/models/MODEL/versions/x"),
        ("GET", "/v1/anything"),
    ],
)
def test_malformed_requests(target, name, verb, path):
    path = path.replace("MODEL", name)
    assert target.rest(verb, path) == (400, {"error": f"Malformed request: {verb} {path}"})


def test_there_is_no_list_of_models(target):
    assert target.rest("GET", "/v1/models") == (400, {"error": "Missing model name in request."})


def test_a_version_beyond_64_bits_is_refused_with_an_empty_body(target, name):
    status, _, body = target.http("GET", f"/v1/models/{name}/versions/{2**63}")
    assert (status, body) == (400, b"")


def test_other_paths_are_nobodys(target):
    status, headers, _ = target.http("GET", "/v2/models")
    assert status == 404
    assert not headers["Content-Type"].startswith("application/json")
