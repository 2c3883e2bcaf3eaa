"""A node's part of the platform document: what only Kubernetes knows of."""

from pipeline.kubeflow.documents import Json
from pipeline.kubeflow.settings import NodeSettings, Secret, Toleration, Volume


def kubernetes_config(settings: NodeSettings) -> Json:
    """Describes a node's pod.

    Names of Secrets and claims stand there twice, as KFP's own SDK writes them: in the field of today and in the
    one that older backends read.

    Args:
        settings: of the node.

    Returns:
        `kfp_kubernetes.KubernetesExecutorConfig`, without fields that say nothing.
    """
    metadata = _without_empty({"labels": dict(settings.labels), "annotations": dict(settings.annotations)})
    return _without_empty(
        {
            "secretAsEnv": [_secret_env(secret) for secret in settings.secrets if secret.env],
            "secretAsVolume": [_secret_volume(secret) for secret in settings.secrets if secret.mount],
            "pvcMount": [_claim(volume) for volume in settings.volumes],
            "nodeSelector": _without_empty({"labels": dict(settings.node_selector)}),
            "tolerations": [_toleration(toleration) for toleration in settings.tolerations],
            "podMetadata": metadata,
            "imagePullPolicy": settings.image_pull_policy,
            "imagePullSecret": [
                {"secretName": name, "secretNameParameter": _constant(name)} for name in settings.image_pull_secrets
            ],
            # A 64 bit number is text in protobuf's JSON.
            "activeDeadlineSeconds": str(settings.timeout) if settings.timeout else "",
            "enabledSharedMemory": _shared_memory(settings.shared_memory),
        }
    )


def _secret_env(secret: Secret) -> Json:
    keys = [{"secretKey": key, "envVar": variable} for variable, key in sorted(secret.env.items())]
    return {"secretName": secret.name, "secretNameParameter": _constant(secret.name), "keyToEnv": keys}


def _secret_volume(secret: Secret) -> Json:
    return {"secretName": secret.name, "secretNameParameter": _constant(secret.name), "mountPath": secret.mount}


def _claim(volume: Volume) -> Json:
    claim = {"constant": volume.claim, "pvcNameParameter": _constant(volume.claim), "mountPath": volume.mount}
    return {**claim, **_without_empty({"subPath": volume.sub_path})}


def _toleration(toleration: Toleration) -> Json:
    fields = {
        "key": toleration.key,
        "operator": toleration.operator,
        "value": toleration.value,
        "effect": toleration.effect,
        "tolerationSeconds": "" if toleration.seconds is None else str(toleration.seconds),
    }
    return _without_empty(fields)


def _shared_memory(size: str) -> Json:
    return {"volumeName": "shm", "size": size} if size else {}


def _constant(value: str) -> Json:
    return {"runtimeValue": {"constant": value}}


def _without_empty(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value}
