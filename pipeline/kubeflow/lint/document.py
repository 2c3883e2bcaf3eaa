"""The whole: a bare PipelineSpec of schema 2.1.0 with a legal name."""

import re
from collections.abc import Iterator

from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint.finding import PIPELINE, Finding

_SCHEMA = "2.1.0"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,127}")


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses what KFP refuses at upload.

    Args:
        documents: any.

    Yields:
        Findings.
    """
    spec = documents.spec
    if "pipelineSpec" in spec:
        yield Finding(PIPELINE, "pipelineSpec", "this is a PipelineJob; KFP takes only what is in its pipelineSpec.")
        return
    if spec.get("schemaVersion") != _SCHEMA:
        told = spec.get("schemaVersion", "none")
        yield Finding(PIPELINE, "schemaVersion", f"it is {told}, and KFP takes only {_SCHEMA}; compile with 2.1.")
    if not spec.get("root"):
        yield Finding(PIPELINE, "root", "there is none, so there is nothing to run.")
    info = spec.get("pipelineInfo")
    name = info.get("name", "") if isinstance(info, dict) else ""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        yield Finding(
            PIPELINE,
            "pipelineInfo.name",
            f"'{name}' is no name for KFP: small letters, digits and '-', at most 128, a letter or digit first.",
        )
    if spec.get("defaultPipelineRoot"):
        yield Finding(
            PIPELINE, "defaultPipelineRoot", "KFP's backend never reads it; give the root to the run, or leave it out."
        )
