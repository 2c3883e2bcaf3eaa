"""What the schema would have to be for the newest data of a workspace to keep it."""

import dataclasses
import datetime
import difflib
import importlib.metadata
import pathlib

import tensorflow_data_validation as tfdv
from google.protobuf import text_format
from google.protobuf.message import Message
from tensorflow_metadata.proto.v0 import schema_pb2, statistics_pb2
from tfx.components.statistics_gen.stats_artifact_utils import BINARY_PB_BASENAME

from components.data_gate.statistics_view import count_examples
from components.data_gate.verdict import describe_anomalies


@dataclasses.dataclass(frozen=True)
class SchemaUpdate:
    """A schema, what data says about it, and what it would be after that.

    Attributes:
        statistics: folder of the statistics that were looked at.
        anomalies: what is wrong with them under the schema in use, one sentence for each split and feature.
        before: the schema in use.
        after: the same, widened so that there are no anomalies.
    """

    statistics: pathlib.Path
    anomalies: list[str]
    before: schema_pb2.Schema
    after: schema_pb2.Schema

    @property
    def changes(self) -> bool:
        """Whether there is anything to accept."""
        return self.before != self.after

    def __str__(self) -> str:
        if self.changes:
            return diff_schemas(self.before, self.after)
        if self.anomalies:
            return "nothing to change: no schema allows this, so the data must be corrected."
        return "nothing to change: the data keeps the schema."


def infer_update(folder: pathlib.Path, before: schema_pb2.Schema) -> SchemaUpdate:
    """Widens a schema as far as statistics need it.

    Args:
        folder: what StatisticsGen wrote.
        before: the schema in use.

    Returns:
        The update.
    """
    after = before
    anomalies = []
    for split, statistics in _load_splits(folder).items():
        found = describe_anomalies(tfdv.validate_statistics(statistics, before))
        anomalies += [f"split {split}, {sentence}" for sentence in found]
        after = tfdv.update_schema(after, statistics)
    return SchemaUpdate(folder, anomalies, before, after)


def diff_schemas(before: schema_pb2.Schema, after: schema_pb2.Schema) -> str:
    """Shows what differs as a unified diff, feature by feature; unchanged features are left out.

    Args:
        before: a schema.
        after: another.

    Returns:
        Lines; "" if nothing differs.
    """
    old, new = _parts(before), _parts(after)
    lines: list[str] = []
    for name in dict.fromkeys([*old, *new]):
        lines += difflib.unified_diff(
            old.get(name, []), new.get(name, []), f"{name} (now)", f"{name} (accepted)", lineterm=""
        )
    return "\n".join(lines)


def write_accepted(update: SchemaUpdate, path: pathlib.Path) -> None:
    """Writes the widened schema with a comment that tells where it comes from, whole or not at all.

    Args:
        update: has changes.
        path: the file; overwritten.
    """
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")
    version = importlib.metadata.version("quickdraw-pipeline")
    header = (
        f"# Accepted on {now} with `quickdraw schema accept`, version {version},\n"
        f"# from the statistics in {update.statistics}.\n"
    )
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(f"{header}\n{text_format.MessageToString(update.after)}", encoding="utf-8")
    unfinished.replace(path)


def _load_splits(folder: pathlib.Path) -> dict[str, statistics_pb2.DatasetFeatureStatisticsList]:
    """Split name -> statistics, of the splits that have examples: an empty one says nothing about the schema."""
    loaded = {
        path.parent.name.removeprefix("Split-"): tfdv.load_stats_binary(str(path))
        for path in sorted(folder.glob(f"Split-*/{BINARY_PB_BASENAME}"))
    }
    return {split: statistics for split, statistics in loaded.items() if count_examples(statistics)}


def _parts(schema: schema_pb2.Schema) -> dict[str, list[str]]:
    """Cuts a schema into its features, domains and other entries: a title -> the lines of its text."""
    parts: dict[str, list[str]] = {}
    for field, value in schema.ListFields():
        repeated = field.label == field.LABEL_REPEATED
        for entry in value if repeated else [value]:
            if isinstance(entry, Message):
                title = f"{field.name} {getattr(entry, 'name', '')}".strip()
                parts[title] = text_format.MessageToString(entry).splitlines()
            else:
                parts.setdefault(field.name, []).append(str(entry))
    return parts
