"""Facts 4.3: REST classify and regress."""

import pytest

CLASSIFY = {"signature_name": "classify"}
REGRESS = {"signature_name": "regress"}


def test_classify(target):
    answer = target.post("classify", CLASSIFY | {"examples": [{"x": 1.0}, {"x": [0.5]}, {}]})
    rows = [[["big", 3.0], ["small", 0.0]], [["big", 1.5], ["small", 0.0]], [["big", 0.0], ["small", 0.0]]]
    assert answer == (200, {"results": rows})


def test_regress_with_a_context(target):
    answer = target.post("regress", REGRESS | {"context": {"x": 1.0}, "examples": [{}, {"x": 2.0}]})
    assert answer == (200, {"results": [3.0, 6.0]})


@pytest.mark.parametrize(
    ("feature", "status"),
    [(1.5, 200), ([1.5], 200), (1, 400), (True, 400), ("1.5", 400), ([1.5, 1], 400), (None, 400), ([[1.5]], 400)],
    ids=repr,
)
def test_the_json_type_decides_the_kind_of_a_feature(target, feature, status):
    """The model reads a float: only numbers with a point are one, and kinds are not mixed."""
    assert target.post("regress", REGRESS | {"examples": [{"x": feature}]})[0] == status


@pytest.mark.parametrize("feature", [7, True, "text", {"b64": "YWI="}, [1, 2], []], ids=repr)
def test_features_that_the_model_does_not_read(target, feature):
    assert target.post("regress", REGRESS | {"examples": [{"x": 1.0, "other": feature}]}) == (200, {"results": [3.0]})


@pytest.mark.parametrize("method", ["classify", "regress"])
def test_the_text_for_missing_examples_names_classify(target, method):
    status, answer = target.post(method, {"instances": [1]})
    assert status == 400
    assert answer["error"].endswith("When method is classify, key 'examples' is expected and was not found")


@pytest.mark.parametrize("examples", [[], {}, [1], None], ids=repr)
def test_what_is_no_list_of_examples(target, examples):
    assert target.post("classify", CLASSIFY | {"examples": examples})[0] == 400


def test_an_unknown_signature(target):
    answer = target.post("classify", {"signature_name": "unknown", "examples": [{}]})
    assert answer == (400, {"error": "No signature was found with the name: unknown"})
