"""The executor of DrawingExampleGen: checks the input, runs the Beam graph, refuses bad data."""

import json
import os
import posixpath
from typing import Any

from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions
from tfx import types
from tfx.components.example_gen import utils as example_gen_utils
from tfx.dsl.components.base import base_beam_executor
from tfx.dsl.io import fileio
from tfx.types import artifact_utils

from components.data_origin import write_origin
from components.example_gen.file_selection import select_files
from components.example_gen.ingest import IngestOptions, ingest
from components.example_gen.origin import describe_origin, read_words
from components.example_gen.quarantine import clear_quarantine
from components.example_gen.splits import SPLIT_NAMES, check_split_fractions
from components.example_gen.summary import check_balance, check_readable, check_worth_training, read_summary

_TEMPORARY_FOLDER = ".unfinished"
_QUARANTINE_FOLDER = "quarantine"


class Executor(base_beam_executor.BaseBeamExecutor):
    """Turns CSV files into Examples, see `component.DrawingExampleGen`."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Runs the ingest.

        Args:
            input_dict: empty.
            output_dict: `examples` and `summary`, one artifact each.
            exec_properties: as `component.DrawingExampleGenSpec` has them.

        Raises:
            UsageError: if the folder, a word, a file or an option cannot be used; nothing is written then.
            DataRefusedError: if the rows do not make a training set.
        """
        self._log_startup(input_dict, output_dict, exec_properties)
        words = read_words(exec_properties.get("words", ""))
        files = select_files(exec_properties["data_dir"], words or None, exec_properties.get("num_words") or None)
        examples = artifact_utils.get_single_instance(output_dict["examples"])
        summary_uri = artifact_utils.get_single_uri(output_dict["summary"])
        write_origin(examples, describe_origin(files, exec_properties))
        _remove_dead_attempts(examples.uri)
        options = _prepare(examples, summary_uri, exec_properties)
        with self._make_beam_pipeline() as pipeline:
            if not self._beam_pipeline_args and self._make_beam_pipeline_fn is None:
                _use_two_threads(pipeline.options)
            ingest(pipeline, files, options)
        fileio.rmtree(options.temporary_dir)
        counts = read_summary(summary_uri)
        check_readable(counts)
        check_balance(counts)
        check_worth_training(
            counts,
            sorted({file.label for file in files}),
            exec_properties["max_bad_fraction"],
            options.quarantine_dir,
        )


def _use_two_threads(options: PipelineOptions) -> None:
    """Two threads of Beam's local runner: the work is done in C++ without the interpreter's lock, in few elements.

    Set here and not among the pipeline's Beam arguments: for a node that has any, TFX packs a copy of itself for remote
    workers, which costs seconds, and leaves it in the temporary folder for ever.
    """
    local = options.view_as(DirectOptions)
    local.direct_running_mode = "multi_threading"
    local.direct_num_workers = 2


def _remove_dead_attempts(examples_uri: str) -> None:
    """Removes what attempts left behind that were killed or failed, perhaps as much as the whole input.

    The launcher gives each attempt a folder of its own, beside those of the others. One that has a spool did not end,
    and will not: of the attempts in one place only one runs at a time.
    """
    for spool in fileio.glob(f"{posixpath.dirname(examples_uri)}/*/{_TEMPORARY_FOLDER}"):
        fileio.rmtree(posixpath.dirname(os.fsdecode(spool)))


def _prepare(examples: types.Artifact, summary_uri: str, exec_properties: dict[str, Any]) -> IngestOptions:
    """Describes the Examples artifact and makes the folders that the ingest writes to."""
    fractions = check_split_fractions(json.loads(exec_properties["split_fractions"]))
    examples.split_names = artifact_utils.encode_split_names(list(SPLIT_NAMES))
    examples.set_string_custom_property(example_gen_utils.PAYLOAD_FORMAT_PROPERTY_NAME, "FORMAT_TF_EXAMPLE")
    examples.set_string_custom_property(example_gen_utils.FILE_FORMAT_PROPERTY_NAME, "tfrecords_gzip")
    options = IngestOptions(
        per_word=exec_properties.get("per_word") or None,
        split_fractions=fractions,
        split_uris={name: artifact_utils.get_split_uri([examples], name) for name in SPLIT_NAMES},
        temporary_dir=f"{examples.uri}/{_TEMPORARY_FOLDER}",
        summary_uri=summary_uri,
        quarantine_dir=exec_properties["quarantine_dir"] or f"{summary_uri}/{_QUARANTINE_FOLDER}",
    )
    for folder in (*options.split_uris.values(), options.temporary_dir):
        fileio.makedirs(folder)
    clear_quarantine(options.quarantine_dir)
    return options
