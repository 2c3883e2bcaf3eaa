"""What the deployment files say, read as their programs read them."""

import pathlib

import yaml

DEPLOY = pathlib.Path(__file__).parents[3] / "serving" / "deploy"


def documents(folder, kind=None):
    """The YAML documents of a folder by file name, without kustomize's own."""
    read = {path.name: yaml.safe_load(path.read_text()) for path in sorted((DEPLOY / folder).glob("*.yaml"))}
    return {name: document for name, document in read.items() if document.get("kind") not in (None, "Kustomization")}


def document(path):
    return yaml.safe_load((DEPLOY / path).read_text())


def flags(arguments):
    """`["--port=8500"]` -> `{"port": "8500"}`; a flag given twice is an error."""
    pairs = [argument.removeprefix("--").split("=", 1) for argument in arguments]
    assert all(argument.startswith("--") for argument in arguments)
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def compose_service(name="serving"):
    return document("compose.yaml")["services"][name]


def pod():
    """The pod that the Deployment makes: its labels, annotations and spec."""
    return document("kubernetes/deployment.yaml")["spec"]["template"]


def container():
    (only,) = pod()["spec"]["containers"]
    return only


def runtime_container():
    (only,) = document("kserve/serving-runtime.yaml")["spec"]["containers"]
    return only


def flags_by_place():
    """The flags of TensorFlow Serving, wherever it is started."""
    return {
        "compose": flags(compose_service()["command"]),
        "kubernetes": flags(container()["args"]),
        "kserve": flags(runtime_container()["args"]),
    }
