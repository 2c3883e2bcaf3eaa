"""Adds to a compiled pipeline what TFX's compiler drops; a pure function of the pipeline and the settings."""

import copy

from pipeline.kubeflow.documents import Documents, Json
from pipeline.kubeflow.finish_container import finish_container
from pipeline.kubeflow.finish_platform import kubernetes_config
from pipeline.kubeflow.finish_task import finish_task
from pipeline.kubeflow.parameters import expose_run_parameters
from pipeline.kubeflow.settings import Settings


def finish(spec: Json, settings: Settings) -> Documents:
    """Makes what TFX compiled into what KFP runs well.

    Args:
        spec: TFX's `PipelineSpec`, schema 2.1.0.
        settings: what each node gets.

    Returns:
        The spec with run parameters, caching, retries, resources and environment of each node; and the platform
        document with secrets, volumes, selectors, tolerations and timeouts. Nothing of the arguments is changed.
    """
    spec = expose_run_parameters(copy.deepcopy(spec))
    kubernetes = {}
    for node, task in spec["root"]["dag"]["tasks"].items():
        wanted = settings.node(node)
        label = spec["components"][task["componentRef"]["name"]]["executorLabel"]
        finish_task(task, wanted)
        finish_container(spec["deploymentSpec"]["executors"][label]["container"], wanted)
        # KFP looks for TFX's executor label here, and takes no notice of any other name.
        if config := kubernetes_config(wanted):
            kubernetes[label] = config
    if not kubernetes:
        return Documents(spec)
    return Documents(spec, {"platforms": {"kubernetes": {"deploymentSpec": {"executors": kubernetes}}}})
