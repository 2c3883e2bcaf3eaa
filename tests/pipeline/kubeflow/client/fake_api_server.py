"""An API server of Kubeflow Pipelines that only remembers, with paths, fields and errors of the real one's v2beta1."""

import contextlib
import dataclasses
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

RUN_ID = "0b8a5ed7-6f3c-4b9d-9d5e-2a3c1f6d7e88"
WORKFLOW = "quickdraw-x7k2p"


@dataclasses.dataclass
class Request:
    method: str
    path: str
    query: dict
    headers: dict
    body: object


@dataclasses.dataclass
class FakeApiServer:
    """What it was asked, and what it answers.

    Attributes:
        answers: `"GET /path"` -> (status, body), before any answer of its own; a body of text is sent as it is.
        logs: pod -> text.
        run: the run that it has.
    """

    url: str = ""
    requests: list = dataclasses.field(default_factory=list)
    answers: dict = dataclasses.field(default_factory=dict)
    experiments: list = dataclasses.field(default_factory=list)
    logs: dict = dataclasses.field(default_factory=dict)
    run: dict = dataclasses.field(default_factory=dict)

    def sent(self, method, path):
        """The requests of one kind."""
        return [request for request in self.requests if (request.method, request.path) == (method, path)]

    def answer(self, request):
        key = f"{request.method} {request.path}"
        if key in self.answers:
            return self.answers[key]
        if log := re.fullmatch(r"GET /apis/v1alpha1/runs/([^/]+)/nodes/([^/]+)/log", key):
            return self._log(log[2])
        known = {
            "GET /apis/v2beta1/experiments": self._list_experiments,
            "POST /apis/v2beta1/experiments": self._create_experiment,
            "POST /apis/v2beta1/runs": lambda request: (200, {**request.body, "run_id": RUN_ID, "state": "PENDING"}),
            "POST /apis/v2beta1/recurringruns": lambda request: (200, {**request.body, "recurring_run_id": "r-1"}),
            f"GET /apis/v2beta1/runs/{RUN_ID}": lambda _: (200, self.run),
        }
        if key in known:
            return known[key](request)
        if request.path.startswith("/apis/v2beta1/runs/") and not request.path.endswith("/log"):
            return 404, error(5, f"Failed to get a run: Run {request.path.rsplit('/', 1)[1]} not found")
        # Of the router before the API.
        return 404, "404 page not found\n"

    def _list_experiments(self, request):
        (wanted,) = json.loads(request.query["filter"])["predicates"]
        found = [each for each in self.experiments if each["display_name"] == wanted["stringValue"]]
        return 200, {"experiments": found} if found else {}

    def _create_experiment(self, request):
        self.experiments.append({**request.body, "experiment_id": f"e-{len(self.experiments)}"})
        return 200, self.experiments[-1]

    def _log(self, pod):
        if pod in self.logs:
            return 200, self.logs[pod]
        return 500, {"error_message": f'pods "{pod}" not found', "error_details": "..."}


def error(code, message):
    """An error as grpc-gateway writes it."""
    return {"error": message, "code": code, "message": message, "details": []}


def task(name, state, seconds=(0, 60), pods=(), message=""):
    """One of Argo's nodes, as GetRun lists it."""
    start, end = (f"2026-11-23T10:{second // 60:02}:{second % 60:02}Z" for second in seconds)
    detail = {"run_id": RUN_ID, "task_id": f"t-{name}", "display_name": name, "state": state}
    detail |= {"create_time": start, "start_time": start, "end_time": end}
    detail |= {"child_tasks": [{"pod_name": pod} for pod in pods]}
    return detail | ({"error": {"code": 2, "message": message}} if message else {})


def run(state, *tasks, message="", nodes=()):
    """A run as GetRun answers."""
    described = {"run_id": RUN_ID, "display_name": "quickdraw", "state": state, "run_details": {"task_details": tasks}}
    if nodes:
        described["pipeline_spec"] = {"root": {"dag": {"tasks": {name: {} for name in nodes}}}}
    return described | ({"error": {"code": 2, "message": message}} if message else {})


@contextlib.contextmanager
def fake_api_server():
    fake = FakeApiServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            text = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, parts.path, query, headers, json.loads(text) if text else None)
            fake.requests.append(request)
            status, body = fake.answer(request)
            is_text = isinstance(body, str)
            data = (body if is_text else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain" if is_text else "application/json")
            if 300 <= status < 400:
                self.send_header("Location", "/login")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_GET

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        fake.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()
