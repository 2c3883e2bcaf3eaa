"""The executor of Transform: analyze the train split, then transform every shard."""

import posixpath
from typing import Any

import apache_beam as beam
import tensorflow_transform.beam as tft_beam
from tfx import types
from tfx.components.util import examples_utils
from tfx.dsl.components.base import base_beam_executor
from tfx.dsl.io import fileio
from tfx.types import artifact_utils

from components.data_origin import hand_on_origin
from components.examples import list_shards
from components.transform.analysis import write_transform_graph
from components.transform.shards import Shard, TransformShard

_TEMPORARY_FOLDER = ".temporary"


class Executor(base_beam_executor.BaseBeamExecutor):
    """See `components.transform.component.Transform`."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Writes the transform graph, then one transformed shard for each raw one.

        Args:
            input_dict: `examples`.
            output_dict: `transform_graph` and `transformed_examples`.
            exec_properties: `feature`, `image_style` and `image_size`.
        """
        self._log_startup(input_dict, output_dict, exec_properties)
        examples = artifact_utils.get_single_instance(input_dict["examples"])
        transformed = artifact_utils.get_single_instance(output_dict["transformed_examples"])
        graph_uri = artifact_utils.get_single_uri(output_dict["transform_graph"])
        temporary_dir = f"{transformed.uri}/{_TEMPORARY_FOLDER}"
        shards = _plan(examples, transformed, temporary_dir)
        with self._make_beam_pipeline() as pipeline, tft_beam.Context(temp_dir=temporary_dir):
            train = [shard.raw for shard in shards if shard.split == "train"]
            write_transform_graph(pipeline, train, graph_uri, exec_properties)
        with self._make_beam_pipeline() as pipeline:
            _ = (
                pipeline
                | "Shards" >> beam.Create(shards)
                | "SpreadOverWorkers" >> beam.Reshuffle()
                | "TransformShards" >> beam.ParDo(TransformShard(graph_uri))
            )
        fileio.rmtree(temporary_dir)


def _plan(examples: types.Artifact, transformed: types.Artifact, temporary_dir: str) -> list[Shard]:
    """Describes the output artifact, makes its folders, and lists the work."""
    transformed.split_names = examples.split_names
    hand_on_origin(examples, transformed)
    examples_utils.set_payload_format(transformed, examples_utils.get_payload_format(examples))
    shards = []
    for split in examples.splits:
        target = artifact_utils.get_split_uri([transformed], split)
        fileio.makedirs(target)
        for raw in list_shards(artifact_utils.get_split_uri([examples], split)):
            shards.append(Shard(split, raw, f"{target}/{posixpath.basename(raw)}", temporary_dir))
    fileio.makedirs(temporary_dir)
    return shards
