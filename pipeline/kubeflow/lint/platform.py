"""The platform document, of which KFP takes no notice where a name is not what it looks for."""

import re
from collections.abc import Iterator

from pipeline.kubeflow.documents import Documents, Json
from pipeline.kubeflow.lint.finding import PIPELINE, Finding
from pipeline.kubeflow.lint.messages import node_of
from pipeline.kubeflow.lint.nodes import pod_configs

_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
_POLICIES = ("", "Always", "IfNotPresent", "Never")
_OPERATORS = ("", "Equal", "Exists")
_EFFECTS = ("", "NoSchedule", "PreferNoSchedule", "NoExecute")
_MOUNTS = ("pvcMount", "secretAsVolume", "configMapAsVolume", "emptyDirMounts", "genericEphemeralVolume")


def check_keys(documents: Documents) -> Iterator[Finding]:
    """Refuses a document under another key than `platforms.kubernetes`; KFP accepts it and drops it.

    Args:
        documents: any.

    Yields:
        Findings.
    """
    for key in documents.platform:
        if key != "platforms":
            yield Finding(PIPELINE, f"platform document: {key}", "KFP reads 'platforms' only, and nothing of this.")
    platforms = documents.platform.get("platforms", {})
    for key in platforms if isinstance(platforms, dict) else ():
        if key != "kubernetes":
            yield Finding(PIPELINE, f"platforms.{key}", "KFP reads 'kubernetes' only, and nothing of this.")


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses settings of executors that are not there, and values that Kubernetes refuses.

    Args:
        documents: of the right shape.

    Yields:
        Findings.
    """
    labels = documents.spec.get("deploymentSpec", {}).get("executors", {})
    for label, config in pod_configs(documents).items():
        if label not in labels:
            yield Finding(
                PIPELINE,
                f"platforms.kubernetes.deploymentSpec.executors.{label}",
                f"there is no such executor, so KFP would drop it; there are {', '.join(sorted(labels)[:2])} ...",
            )
        for field, sentence in _check_config(config):
            yield Finding(node_of(label), f"platform.{field}", sentence)


def _check_config(config: Json) -> Iterator[tuple[str, str]]:
    policy = config.get("imagePullPolicy", "")
    if policy not in _POLICIES:
        yield "imagePullPolicy", f"'{policy}' is none of {', '.join(_POLICIES[1:])}."
    if "activeDeadlineSeconds" in config and int(config["activeDeadlineSeconds"]) < 1:
        yield "activeDeadlineSeconds", "it must be above zero; leave it out for no limit."
    for toleration in config.get("tolerations", []):
        yield from _check_toleration(toleration)
    for field, name in _names(config):
        if not _NAME.fullmatch(name):
            yield field, f"'{name}' is no name of a Kubernetes object."
    for secret in config.get("secretAsEnv", []):
        if not secret.get("keyToEnv"):
            yield "secretAsEnv", f"the Secret {secret.get('secretName')} gives no variable."
    yield from _check_mounts(config)


def _check_toleration(toleration: Json) -> Iterator[tuple[str, str]]:
    operator, effect = toleration.get("operator", ""), toleration.get("effect", "")
    if operator not in _OPERATORS:
        yield "tolerations.operator", f"'{operator}' is none of {', '.join(_OPERATORS[1:])}."
    if effect not in _EFFECTS:
        yield "tolerations.effect", f"'{effect}' is none of {', '.join(_EFFECTS[1:])}."
    if operator == "Exists" and toleration.get("value"):
        yield "tolerations.value", "the operator Exists takes none."
    if not toleration.get("key") and operator != "Exists" and "tolerationJson" not in toleration:
        yield "tolerations.key", "without a key the operator must be Exists."
    if "tolerationSeconds" in toleration and effect != "NoExecute":
        yield "tolerations.tolerationSeconds", "only the effect NoExecute has a time."


def _names(config: Json) -> Iterator[tuple[str, str]]:
    """Yields the names of the objects that a pod refers to by a constant."""
    for field, old, new in (
        ("secretAsEnv", "secretName", "secretNameParameter"),
        ("secretAsVolume", "secretName", "secretNameParameter"),
        ("imagePullSecret", "secretName", "secretNameParameter"),
        ("pvcMount", "constant", "pvcNameParameter"),
        ("configMapAsEnv", "configMapName", "configMapNameParameter"),
        ("configMapAsVolume", "configMapName", "configMapNameParameter"),
    ):
        for entry in config.get(field, []):
            constant = entry.get(new, {}).get("runtimeValue", {}).get("constant")
            is_from_a_run = new in entry and constant is None
            if not is_from_a_run:
                yield field, str(constant if constant is not None else entry.get(old, ""))


def _check_mounts(config: Json) -> Iterator[tuple[str, str]]:
    paths = [(field, entry.get("mountPath", "")) for field in _MOUNTS for entry in config.get(field, [])]
    for field, path in paths:
        if not path.startswith("/") or path == "/":
            yield field, f"the mount '{path}' is no folder of a container; it must begin with '/'."
        if [other for _, other in paths].count(path) > 1:
            yield field, f"'{path}' is mounted twice."
