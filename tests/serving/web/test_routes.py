"""What the routes of the page answer over HTTP; test_page.py looks at them with a browser."""

import http.client
import json
import re
import shutil
from urllib.parse import urlsplit

import pytest

from components.trainer.assets import LABELS_FILE
from serving.server.config import ServerConfig
from serving.web.routes import _STATIC_FOLDER
from tests.serving.running_server import running_server
from tests.serving.tiny_model import DRAWING


@pytest.fixture(scope="module")
def served_folder(tmp_path_factory, exported_models):
    base_path = tmp_path_factory.mktemp("models")
    shutil.copytree(exported_models[1], base_path / "1")
    return base_path / "1"


@pytest.fixture(scope="module")
def with_page(served_folder):
    with running_server(ServerConfig(served_folder.parent, web=True)) as running:
        yield running


def ask(server, path, method="GET", headers=None, body=None):
    connection = http.client.HTTPConnection(urlsplit(server.rest_url).netloc, timeout=20)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    answer = response.read()
    connection.close()
    return response, answer


@pytest.mark.parametrize(
    ("path", "content_type", "beginning"),
    [
        ("/", "text/html; charset=utf-8", b"<!doctype html>"),
        ("/style.css", "text/css; charset=utf-8", b":root"),
        ("/main.js", "text/javascript; charset=utf-8", b"/**"),
        ("/icon.svg", "image/svg+xml; charset=utf-8", b"<svg"),
    ],
)
def test_the_page_and_its_files(with_page, path, content_type, beginning):
    response, body = ask(with_page, path)
    assert (response.status, response.headers["Content-Type"]) == (200, content_type)
    assert body.startswith(beginning)
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy


def test_a_browser_that_has_a_file_gets_it_once(with_page):
    etag = ask(with_page, "/style.css")[0].headers["ETag"]
    for known in (etag, f'"other", {etag}', "*"):
        response, body = ask(with_page, "/style.css", headers={"If-None-Match": known})
        assert (response.status, body, response.headers["ETag"]) == (304, b"", etag)
    assert ask(with_page, "/style.css", headers={"If-None-Match": '"other"'})[0].status == 200


def test_head_has_no_body(with_page):
    response, body = ask(with_page, "/", "HEAD")
    assert (response.status, body) == (200, b"")


def test_nothing_but_the_pages_own_files(with_page):
    for path in ("/index.html", "/__init__.py", "/../routes.py", "/%2e%2e/routes.py", "/static/main.js"):
        assert ask(with_page, path)[0].status == 404
    assert ask(with_page, "/", "POST")[0].status == 404


def test_no_file_names_another_host():
    """But for the name of SVG, which is an address that nobody visits."""
    for path in _STATIC_FOLDER.iterdir():
        addresses = re.findall(r"\w*:?//[\w.]+[^\s\"']*", path.read_text()) if path.suffix != ".py" else []
        assert set(addresses) <= {"http://www.w3.org/2000/svg"}, path.name


def test_the_words_lie_beside_the_version_that_answers(with_page, served_folder):
    response, body = ask(with_page, "/model.json")
    assert (response.status, response.headers["Cache-Control"]) == (200, "no-store")
    assert json.loads(body) == {"name": "quickdraw", "words": []}
    labels = served_folder / LABELS_FILE
    labels.parent.mkdir()
    labels.write_text("alarm_clock\nZebra\nfür\n", encoding="utf-8")
    assert json.loads(ask(with_page, "/model.json")[1]) == {
        "name": "quickdraw",
        "words": ["alarm_clock", "Zebra", "für"],
    }


def test_no_version_no_words(base_path):
    with running_server(ServerConfig(base_path, web=True)) as running:
        shutil.rmtree(base_path / "1")
        status = 200
        while status == 200:
            response, body = ask(running, "/model.json")
            status = response.status
        assert (status, json.loads(body)) == (404, {"error": "Servable not found for request: Latest(quickdraw)"})


def test_the_rest_api_is_as_it_was(with_page):
    body = json.dumps({"instances": [DRAWING]})
    response, answer = ask(with_page, "/v1/models/quickdraw:predict", "POST", body=body)
    assert (response.status, json.loads(answer)["predictions"][0]["words"][0]) == (200, "ant")


def test_without_the_option_there_is_no_page(server):
    for path in ("/", "/main.js", "/model.json"):
        assert ask(server, path)[0].status == 404
    assert "draw" not in str(server.serving).partition(" on ")[2]


def test_the_ready_line_names_the_page(with_page):
    assert str(with_page.serving).endswith(f" and rest {with_page.rest_url}, draw at {with_page.rest_url}/")
