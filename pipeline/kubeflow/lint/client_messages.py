"""A strict parse with the older messages of kfp 2.5.0, whose client submits from TFX's environment."""

from collections.abc import Iterator

from google.protobuf import json_format
from kfp.pipeline_spec import pipeline_spec_pb2

from pipeline.kubeflow.documents import Documents
from pipeline.kubeflow.lint.finding import PIPELINE, Finding


def check(documents: Documents) -> Iterator[Finding]:
    """Refuses what the server would take and the client does not.

    Args:
        documents: of the right shape.

    Yields:
        A finding for each document that the client cannot read.
    """
    parts = ((documents.spec, pipeline_spec_pb2.PipelineSpec), (documents.platform, pipeline_spec_pb2.PlatformSpec))
    for part, message_class in parts:
        try:
            json_format.ParseDict(part, message_class())
        except json_format.ParseError as error:
            reason = str(error).partition("\n")[0]
            yield Finding(PIPELINE, message_class.DESCRIPTOR.name, f"kfp 2.5.0's client would refuse it: {reason}")
