"""What a cluster gives to the nodes of a pipeline, as frozen values. Imports nothing heavy."""

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True)
class Resources:
    """What a node's container may use; Kubernetes' quantities such as "2", "500m" and "4Gi".

    Attributes:
        cpu_request: for the scheduler.
        cpu_limit: beyond it the node is slowed down.
        memory_request: for the scheduler.
        memory_limit: beyond it the node is killed.
        gpus: how many; 0 for none.
        gpu_resource: the name under which the cluster's device plugin offers them.
    """

    cpu_request: str = "500m"
    cpu_limit: str = "2"
    memory_request: str = "1Gi"
    memory_limit: str = "4Gi"
    gpus: int = 0
    gpu_resource: str = "nvidia.com/gpu"


@dataclasses.dataclass(frozen=True)
class Retries:
    """How often a node that failed is tried again, and how long to wait.

    Attributes:
        count: further tries; 0 for none.
        backoff: seconds before the first of them.
        factor: each wait is so many times the one before.
        longest_backoff: seconds that no wait exceeds.
    """

    count: int = 2
    backoff: int = 30
    factor: float = 2.0
    longest_backoff: int = 600


@dataclasses.dataclass(frozen=True)
class Secret:
    """A Kubernetes Secret that a node sees.

    Attributes:
        name: of the Secret.
        env: environment variable -> key of the Secret.
        mount: folder with a file a key; "" for none.
    """

    name: str
    env: Mapping[str, str] = dataclasses.field(default_factory=dict)
    mount: str = ""


@dataclasses.dataclass(frozen=True)
class Volume:
    """A PersistentVolumeClaim that a node mounts.

    Attributes:
        claim: its name.
        mount: the folder in the container.
        sub_path: the folder of the volume that is mounted; "" for all of it.
    """

    claim: str
    mount: str
    sub_path: str = ""


@dataclasses.dataclass(frozen=True)
class Toleration:
    """A taint that a node's pod puts up with.

    Attributes:
        key: of the taint; "" with the operator Exists for every taint.
        operator: Equal or Exists.
        value: of the taint, for Equal.
        effect: NoSchedule, PreferNoSchedule or NoExecute; "" for all.
        seconds: how long, for NoExecute; None for ever.
    """

    key: str = ""
    operator: str = "Equal"
    value: str = ""
    effect: str = ""
    seconds: int | None = None


@dataclasses.dataclass(frozen=True)
class NodeSettings:
    """What one node gets.

    Attributes:
        resources: of its container.
        retries: after a failure.
        timeout: seconds after which its pod is stopped; 0 for never.
        cache: whether KFP may reuse an earlier result.
        env: environment variables.
        secrets: Secrets as variables or files.
        volumes: claims.
        node_selector: labels that the machine must have.
        tolerations: of taints.
        labels: of the pod.
        annotations: of the pod.
        image_pull_policy: Always, IfNotPresent or Never.
        image_pull_secrets: names of Secrets.
        shared_memory: size of /dev/shm, such as "1Gi"; "" for the container runtime's.
    """

    resources: Resources = Resources()
    retries: Retries = Retries()
    timeout: int = 6 * 3600
    cache: bool = True
    env: Mapping[str, str] = dataclasses.field(default_factory=dict)
    secrets: tuple[Secret, ...] = ()
    volumes: tuple[Volume, ...] = ()
    node_selector: Mapping[str, str] = dataclasses.field(default_factory=dict)
    tolerations: tuple[Toleration, ...] = ()
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict)
    annotations: Mapping[str, str] = dataclasses.field(default_factory=dict)
    image_pull_policy: str = "IfNotPresent"
    image_pull_secrets: tuple[str, ...] = ()
    shared_memory: str = ""


# Of `pipeline.pipeline.create_pipeline`, told without loading TFX.
NODE_IDS = (
    "DrawingExampleGen",
    "ImportSchemaGen",
    "StatisticsGen",
    "ExampleValidator",
    "DataGate",
    "Transform",
    "Trainer",
    "Baseline",
    "Evaluator",
    "Pusher",
    "Report",
    "NotBlessed",
)
# Nodes whose result is not a function of what KFP puts into its cache key, or which change something outside of it: the
# ingest, which reads files; those that look into a registry, or write to one.
NEVER_CACHED = ("Baseline", "DataGate", "Pusher")
# Nodes that fail to say something, and would say the same again.
NEVER_RETRIED = ("NotBlessed",)
UNCACHED = ("DrawingExampleGen", *NEVER_CACHED, *NEVER_RETRIED)
_HEAVY = Resources(cpu_request="1", cpu_limit="4", memory_request="2Gi", memory_limit="8Gi")
NODE_DEFAULTS: Mapping[str, NodeSettings] = {
    "DrawingExampleGen": NodeSettings(resources=_HEAVY, cache=False),
    "Transform": NodeSettings(resources=_HEAVY),
    "Trainer": NodeSettings(resources=_HEAVY, timeout=24 * 3600),
    "Evaluator": NodeSettings(resources=_HEAVY),
    **{node: NodeSettings(cache=False) for node in NEVER_CACHED},
    **{node: NodeSettings(retries=Retries(count=0), cache=False) for node in NEVER_RETRIED},
}


@dataclasses.dataclass(frozen=True)
class Settings:
    """What a file of settings says.

    Attributes:
        workspace: folder on a claim that every node mounts, for what runs remember: states of trainings, statistics,
            quarantine and, unless another registry is named, the pushed versions. "" for none.
        pipeline_root: where KFP keeps artifacts; "" for the cluster's default.
        nodes: node -> settings; `NODE_DEFAULTS` and `NodeSettings()` for those it does not have.
    """

    workspace: str = ""
    pipeline_root: str = ""
    nodes: Mapping[str, NodeSettings] = dataclasses.field(default_factory=lambda: NODE_DEFAULTS)

    def node(self, node_id: str) -> NodeSettings:
        """Looks a node's settings up."""
        return self.nodes.get(node_id) or NODE_DEFAULTS.get(node_id) or NodeSettings()
