"""curl: REST as a shell script asks it."""

import gzip
import json

import pytest

from tests.serving.tiny_model import DRAWING

ANSWER = {
    "words": ["ant", "alarm_clock", "angel"],
    "scores": [1.0, 0.2, 0.1],
    "probabilities": [1.0, 0.2, 0.1, 1.0, 0.2, 0.1],
}


@pytest.fixture
def ask(curl, server):
    """Returns the answer's text of a path of the model, with the lines that curl writes to standard error."""

    def asked(path, *options, **more):
        done = curl("--silent", "--show-error", *options, f"{server.rest_url}/v1/models/quickdraw{path}", **more)
        return done.returncode, done.stdout, done.stderr

    return asked


def of_json(answer):
    code, text, complaint = answer
    assert (code, complaint) == (0, "")
    return json.loads(text)


def test_predict_row_by_row(ask):
    assert of_json(ask(":predict", "-d", json.dumps({"instances": [DRAWING]}))) == {"predictions": [ANSWER]}


def test_predict_column_by_column(ask):
    """What curl's -d says of the body's type, a form, is not looked at."""
    asked = ask("/versions/1:predict", "-d", json.dumps({"inputs": {"drawing": [DRAWING]}}))
    assert of_json(asked) == {"outputs": {name: [value] for name, value in ANSWER.items()}}


def test_status(ask):
    version = {"version": "1", "state": "AVAILABLE", "status": {"error_code": "OK", "error_message": ""}}
    assert of_json(ask("")) == {"model_version_status": [version]}


def test_metadata(ask):
    metadata = of_json(ask("/metadata"))
    assert metadata["model_spec"] == {"name": "quickdraw", "signature_name": "", "version": "1"}
    assert "serving_default" in metadata["metadata"]["signature_def"]["signature_def"]


def test_an_error_fails_the_command_and_has_its_text(ask):
    code, text, complaint = ask(":predict", "--fail-with-body", "-d", '{"instances": []}')
    assert code == 22
    assert "error: 400" in complaint
    assert json.loads(text).keys() == {"error"}


def test_an_answer_in_gzip(ask):
    summary = ["--write-out", "\n%{size_download} %header{content-encoding}"]
    plain, plain_summary = ask("/metadata", *summary)[1].split("\n")
    unpacked, summary_of_packed = ask("/metadata", *summary, "--compressed")[1].split("\n")
    assert json.loads(unpacked) == json.loads(plain)
    assert plain_summary == f"{len(plain)} "
    size, encoding = summary_of_packed.split()
    assert (int(size) < len(plain) / 3, encoding) == (True, "gzip")


@pytest.fixture
def large_body(tmp_path):
    """Twenty thousand drawings, 460 kB."""
    path = tmp_path / "body.json"
    path.write_text(json.dumps({"instances": [DRAWING] * 20_000}))
    return path


def test_a_large_body_that_waits_for_100_continue(ask, large_body):
    expect = ["--http1.1", "--header", "Expect: 100-continue", "--expect100-timeout", "60", "--verbose"]
    code, text, said = ask(":predict", *expect, "--data-binary", f"@{large_body}", "--max-time", "20")
    assert code == 0
    assert "< HTTP/1.1 100 Continue" in said
    assert json.loads(text)["predictions"] == [ANSWER] * 20_000


def test_a_large_body_in_gzip(ask, large_body):
    packed = large_body.with_suffix(".gz")
    packed.write_bytes(gzip.compress(large_body.read_bytes()))
    answer = of_json(ask(":predict", "-H", "Content-Encoding: gzip", "--data-binary", f"@{packed}", "--compressed"))
    assert answer["predictions"] == [ANSWER] * 20_000


def test_a_body_in_chunks(ask, large_body):
    answer = of_json(ask(":predict", "-H", "Transfer-Encoding: chunked", "--data-binary", f"@{large_body}"))
    assert answer["predictions"] == [ANSWER] * 20_000


def test_many_requests_over_one_connection(curl, server):
    url = f"{server.rest_url}/v1/models/quickdraw"
    asked = curl("--silent", "--write-out", " %{http_code} %{num_connects}\n", *[url] * 20)
    made = [line.rsplit(" ", 2)[1:] for line in asked.stdout.splitlines()]
    assert made == [["200", "1"]] + [["200", "0"]] * 19
