"""Facts 4.4: errors of the REST API."""

import pytest


def test_an_error_is_json_without_its_code(target, name):
    assert target.rest("POST", "/v1/models/unknown:predict", {"instances": [1]}) == (
        404,
        {"error": "Servable not found for request: Latest(unknown)"},
    )


def test_the_text_is_not_cut(target):
    status, answer = target.rest("POST", f"/v1/models/{'n' * 2000}:predict", {"instances": [1]})
    assert (status, len(answer["error"])) == (404, len("Servable not found for request: Latest()") + 2000)


@pytest.mark.parametrize(
    ("path", "body", "text"),
    [
        ("unknown:predict", b"", "JSON Parse error"),
        ("unknown:predict", {"signature_name": 1}, "'signature_name' key must be a string value."),
        ("unknown:predict", {"instances": 1, "inputs": 1}, "Servable not found for request: Latest(unknown)"),
        (
            "MODEL:predict",
            {"signature_name": "unknown"},
            'Serving signature name: "unknown" not found in signature def',
        ),
        ("MODEL:predict", {}, "Missing 'inputs' or 'instances' key"),
    ],
    ids=["json", "signature name", "model", "signature", "inputs"],
)
def test_the_order_of_checks(target, name, path, body, text):
    status, answer = target.rest("POST", f"/v1/models/{path.replace('MODEL', name)}", body)
    assert text in answer["error"]
    assert status == (404 if text.startswith("Servable") else 400)


@pytest.mark.parametrize(
    "body",
    [b"{", b"[1]", b'{"a": 1} x', b'{"instances": ["\xff"]}', b"null", b"{'a': 1}"],
    ids=["cut", "list", "surplus", "utf-8", "null", "quotes"],
)
def test_what_is_no_json_object(target, name, body):
    status, answer = target.rest("POST", f"/v1/models/{name}:predict", body)
    assert (status, list(answer)) == (400, ["error"])


def test_an_error_in_a_row_names_the_row(target):
    status, answer = target.post("predict", {"instances": [1, "x"]})
    assert status == 400
    assert answer["error"].startswith("Failed to process element: 1 of 'instances' list. Error: INVALID_ARGUMENT: ")
