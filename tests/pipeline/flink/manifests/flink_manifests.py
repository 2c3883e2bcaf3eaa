"""The manifests as kustomize and the operator read them."""

import functools
import subprocess

import jsonschema
import yaml

from tests.conftest import REPOSITORY
from tests.pipeline.kubeflow.manifests.overlays import kustomize
from tests.programs import TOOLS, cannot_run

MANIFESTS = REPOSITORY / "pipeline/flink/manifests"
OVERLAYS = ["object-store", "shared-volume"]
KIND = ("FlinkDeployment", "quickdraw-flink")
_DEFINITION = TOOLS / "flink-operator/flinkdeployments.yml"


def document(path):
    (found,) = yaml.safe_load_all((MANIFESTS / path).read_text())
    return found


@functools.cache
def build(overlay):
    """What `kubectl apply -k` would send."""
    command = [*kustomize(), MANIFESTS / "overlays" / overlay]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def resources(overlay):
    """The same by kind and name, to be changed at will."""
    found = yaml.load_all(build(overlay), yaml.CSafeLoader)
    return {(each["kind"], each["metadata"]["name"]): each for each in found}


def validate(deployment):
    """Raises jsonschema.ValidationError where the operator's definition does not have it."""
    jsonschema.Draft202012Validator(_schema()).validate(deployment)


@functools.cache
def _schema():
    if not _DEFINITION.is_file():
        cannot_run("no definition of FlinkDeployment; install.sh beside this test gets it", "QUICKDRAW_FLINK_CRD_TESTS")
    definition = yaml.load(_DEFINITION.read_text(), yaml.CSafeLoader)
    (version,) = definition["spec"]["versions"]
    schema = version["schema"]["openAPIV3Schema"]
    # What every resource has, and a definition need not say.
    schema["properties"] |= {
        "apiVersion": {"const": f"{definition['spec']['group']}/{version['name']}"},
        "kind": {"const": definition["spec"]["names"]["kind"]},
        "metadata": {"type": "object"},
    }
    schema["required"] = ["apiVersion", "kind", "metadata", "spec"]
    return _closed(schema)


def _closed(node):
    """The schema without fields that it does not know: the API server would drop them and say nothing."""
    closed = dict(node)
    if isinstance(items := closed.get("items"), dict):
        closed["items"] = _closed(items)
    if isinstance(values := closed.get("additionalProperties"), dict):
        closed["additionalProperties"] = _closed(values)
    if "properties" in closed:
        closed["properties"] = {name: _closed(each) for name, each in closed["properties"].items()}
        if not closed.get("x-kubernetes-preserve-unknown-fields"):
            closed.setdefault("additionalProperties", False)
    return closed
