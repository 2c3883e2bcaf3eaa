"""The manifests as their programs read them."""

import subprocess

import yaml

from tests.conftest import REPOSITORY
from tests.programs import find_program, which

MANIFESTS = REPOSITORY / "pipeline/kubeflow/manifests"
OVERLAYS = ["pvc", "s3"]
REQUIRED = "QUICKDRAW_KUBERNETES_TESTS"


def documents(path):
    return list(yaml.safe_load_all((MANIFESTS / path).read_text()))


def resource_files():
    """The files of whole resources: no kustomization, no patch, no settings of ours."""
    names = ("kustomization.yaml", "kubeflow.yaml", "mirror.yaml", "network-policy.yaml")
    found = (path.relative_to(MANIFESTS).as_posix() for path in sorted(MANIFESTS.rglob("*.yaml")))
    return [path for path in found if path.rpartition("/")[2] not in names]


def build(overlay):
    """What `kubectl apply -k` would send, by kind and name."""
    folder = MANIFESTS / "overlays" / overlay
    done = subprocess.run([*kustomize(), folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    resources = list(yaml.safe_load_all(done.stdout))
    return {(each["kind"], each["metadata"]["name"]): each for each in resources}, done.stdout


def kustomize():
    """The command, or the copy of it that kubectl has in it."""
    if path := which("kustomize"):
        return [path, "build"]
    sentence = "no overlay is built: there is neither kubectl nor kustomize, which install.sh beside this test gets"
    return [find_program("kubectl", sentence, REQUIRED), "kustomize"]
