"""A `java` that is a small Python program, and a folder of jars with nothing in them."""

import pathlib
import sys

# As Beam's job server: listens on its port, and ends when its standard input does.
LISTENS = """
import socket, sys
port = next(int(each.split("=")[1]) for each in sys.argv if each.startswith("--job-port="))
with socket.create_server(("127.0.0.1", port)):
    sys.stdin.read()
"""
STAYS = "import time; time.sleep(600)"
# As a JobManager without TaskManagers: its REST is where its configuration says.
JOB_MANAGER = """
import http.server, pathlib, re, sys
text = (pathlib.Path(sys.argv[-1]) / "flink-conf.yaml").read_text()
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"taskmanagers": []}')
port = int(re.search(r"(?m)^rest.port: (\\d+)", text)[1])
http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""
DIES = """
import sys
print("Error: Could not find or load\\n  main class", file=sys.stderr)
sys.exit(1)
"""
DIES_SILENTLY = "raise SystemExit(1)"


def install(folder: pathlib.Path, program: str, monkeypatch) -> pathlib.Path:
    """Makes `program` the java of this process; returns its path."""
    source, java = folder / "java.py", folder / "java_home" / "bin" / "java"
    source.write_text(program)
    java.parent.mkdir(parents=True, exist_ok=True)
    # -S and -I: nothing of an environment is looked for, so that it starts at once.
    java.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "{source}" "$@"\n')
    java.chmod(0o755)
    jars = folder / "jars"
    (jars / "lib").mkdir(parents=True, exist_ok=True)
    (jars / "job-server.jar").touch()
    monkeypatch.setenv("JAVA_HOME", str(java.parents[1]))
    monkeypatch.setenv("QUICKDRAW_FLINK_JARS", str(jars))
    return java
