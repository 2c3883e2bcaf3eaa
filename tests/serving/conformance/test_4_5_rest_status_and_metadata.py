"""Facts 4.5: status and metadata over REST."""

import pytest


def test_status(target, name):
    assert target.rest("GET", f"/v1/models/{name}") == (
        200,
        {
            "model_version_status": [
                {"version": "3", "state": "AVAILABLE", "status": {"error_code": "OK", "error_message": ""}}
            ]
        },
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("unknown", "Could not find any versions of model unknown"),
        ("MODEL/versions/9", "Could not find version 9 of model MODEL"),
    ],
)
def test_status_of_what_was_never_seen(target, name, path, text):
    answer = target.rest("GET", f"/v1/models/{path.replace('MODEL', name)}")
    assert answer == (404, {"error": text.replace("MODEL", name)})


def test_metadata(target, name):
    status, answer = target.rest("GET", f"/v1/models/{name}/metadata")
    assert status == 200
    assert answer["model_spec"] == {"name": name, "signature_name": "", "version": "3"}
    signature_defs = answer["metadata"]["signature_def"]["signature_def"]
    assert "__saved_model_init_op" in signature_defs
    assert signature_defs["serving_default"]["inputs"]["x"] == {
        "dtype": "DT_FLOAT",
        "tensor_shape": {"dim": [{"size": "-1", "name": ""}], "unknown_rank": False},
        "name": "serving_default_x:0",
    }
    assert signature_defs["serving_default"]["method_name"] == "tensorflow/serving/predict"


def test_metadata_of_an_unknown_model(target):
    answer = target.rest("GET", "/v1/models/unknown/metadata")
    assert answer == (404, {"error": "Servable not found for request: Latest(unknown)"})
