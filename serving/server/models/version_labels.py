"""Version labels: names such as `stable` that requests may use in place of a version number."""

from collections.abc import Callable, Iterable, Mapping

import grpc

from serving.server.errors import ServingError
from serving.server.models.model_config import ModelSource

LabelMap = Mapping[str, Mapping[str, int]]


def assign_labels(
    sources: Iterable[ModelSource],
    current: LabelMap,
    is_available: Callable[[str, int], bool],
    allow_unavailable: bool,
) -> LabelMap:
    """Returns version number by model name and label, as the sources assign them.

    Args:
        sources: The models of the new config.
        current: The labels as they are.
        is_available: Whether a model's version answers requests now.
        allow_unavailable: Whether a label that does not exist yet may point to any version. One that exists never
            moves to a version that cannot answer (server_core.cc:504-543).

    Raises:
        ServingError: FAILED_PRECONDITION, for a label on a version that is not available.
    """
    labels: dict[str, Mapping[str, int]] = {}
    for source in sources:
        for label, version in source.labels.items():
            moves = current.get(source.name, {}).get(label, version) != version
            if not is_available(source.name, version) and (moves or not allow_unavailable):
                raise ServingError(
                    grpc.StatusCode.FAILED_PRECONDITION,
                    f"Request to assign label to version {version} of model {source.name}, "
                    "which is not currently available for inference",
                )
        labels[source.name] = source.labels
    return labels
