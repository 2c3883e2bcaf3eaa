"""Resources and environment of a container."""

from pipeline.kubeflow.documents import Json
from pipeline.kubeflow.settings import NodeSettings, Resources


def finish_container(container: Json, settings: NodeSettings) -> None:
    """Sets what TFX cannot say (environment), or says for some nodes only (resources).

    Args:
        container: `PipelineContainerSpec`; changed.
        settings: of the node.
    """
    # No KFP calls it, and an ExampleGen that relied on it would be wrong.
    container.pop("lifecycle", None)
    container["resources"] = _resources(settings.resources)
    if settings.env:
        container["env"] = [{"name": name, "value": value} for name, value in sorted(settings.env.items())]


def _resources(wanted: Resources) -> Json:
    """In the fields that hold quantities as text; TFX's own hold cores and gigabytes as floats."""
    resources: Json = {
        "resourceCpuRequest": wanted.cpu_request,
        "resourceCpuLimit": wanted.cpu_limit,
        "resourceMemoryRequest": wanted.memory_request,
        "resourceMemoryLimit": wanted.memory_limit,
    }
    if wanted.gpus:
        resources["accelerator"] = {"resourceType": wanted.gpu_resource, "resourceCount": str(wanted.gpus)}
    return resources
