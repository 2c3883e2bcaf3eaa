"""Claim: DrawingExampleGen is many times as fast as CsvExampleGen, and its memory does not grow with the rows.

Usage: python -m benchmarks.ingest [--data DIR] [--copies 1,10] [--stock-copies 1,10]

Makes folders with 1, 10 (--copies) times the rows of the real CSVs, the same drawings under new ids, and runs TFX's
CsvExampleGen and ours over them, each in a process of its own. Wall seconds, imports left out, and peak RSS. Then, on
the rows as they are, TFX's StatisticsGen and ExampleValidator beside our StatisticsGen and the same validator.
"""

import argparse
import json
import pathlib
import tempfile
from collections.abc import Sequence
from typing import Any

from benchmarks.real_like_rows import write_copies
from benchmarks.stages import REAL_DATA, Measured, artifact, examples_artifact, executor, in_process, ingest

# What a TFX user gets who says nothing: Beam's in-memory runner in one thread.
_STOCK_BEAM_ARGS = ["--direct_running_mode=in_memory", "--direct_num_workers=1"]


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=REAL_DATA, help="folder of Kaggle CSVs")
    parser.add_argument("--copies", type=_numbers, default=[1, 10], help="sizes for ours, in times the rows")
    parser.add_argument("--stock-copies", type=_numbers, default=[1, 10], help="sizes for CsvExampleGen")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        compare_example_gens(options.data, root, options.copies, options.stock_copies)
        compare_statistics(options.data, root)


def compare_example_gens(data: pathlib.Path, root: pathlib.Path, ours: Sequence[int], stock: Sequence[int]) -> None:
    """Prints a row for each size and each ExampleGen."""
    print("| rows | ExampleGen | seconds | rows a second | peak RSS | times stock |\n|---|---|---|---|---|---|")
    for copies in sorted({*ours, *stock}):
        rows = write_copies(data, root / f"data{copies}", copies)
        source, out = str(root / f"data{copies}"), root / f"out{copies}"
        measured = {}
        if copies in stock:
            measured["CsvExampleGen"] = in_process(stock_example_gen, source, out / "stock")
        if copies in ours:
            measured["DrawingExampleGen"] = in_process(ingest, source, None, out / "ours")
        for name, (seconds, peak_mib) in measured.items():
            ratio = f"{measured['CsvExampleGen'].seconds / seconds:.1f}" if "CsvExampleGen" in measured else "-"
            print(f"| {rows:,} | {name} | {seconds:.1f} | {rows / seconds:,.0f} | {peak_mib:,.0f} MiB | {ratio} |")


def compare_statistics(data: pathlib.Path, root: pathlib.Path) -> None:
    """Prints a row for stock and ours: statistics and validation of the same examples."""
    ingest_folder = root / "statistics_of"
    in_process(ingest, str(data), None, ingest_folder)
    rows = json.loads((ingest_folder / "summary" / "summary.json").read_text())["kept"]
    measured: dict[str, Measured] = {
        name: in_process(statistics_and_validation, ingest_folder / "examples", root / name, name)
        for name in ("stock", "ours")
    }
    print(
        f"\n{rows:,} rows\n\n| StatisticsGen and ExampleValidator | seconds | peak RSS | times stock |"
        "\n|---|---|---|---|"
    )
    for name, (seconds, peak_mib) in measured.items():
        print(f"| {name} | {seconds:.1f} | {peak_mib:,.0f} MiB | {measured['stock'].seconds / seconds:.1f} |")


def stock_example_gen(data: str, folder: pathlib.Path) -> None:
    """TFX's CsvExampleGen, with the same three splits."""
    from google.protobuf import json_format
    from tfx.components.example_gen.csv_example_gen.executor import Executor
    from tfx.proto import example_gen_pb2

    splits = [
        example_gen_pb2.SplitConfig.Split(name=n, hash_buckets=b) for n, b in (("train", 8), ("eval", 1), ("test", 1))
    ]
    inputs = example_gen_pb2.Input(splits=[example_gen_pb2.Input.Split(name="all", pattern="*")])
    outputs = example_gen_pb2.Output(split_config=example_gen_pb2.SplitConfig(splits=splits))
    properties = {
        "input_base": data,
        "input_config": json_format.MessageToJson(inputs, preserving_proto_field_name=True),
        "output_config": json_format.MessageToJson(outputs, preserving_proto_field_name=True),
        "output_data_format": example_gen_pb2.FORMAT_TF_EXAMPLE,
        "output_file_format": example_gen_pb2.FileFormat.FORMAT_TFRECORDS_GZIP,
    }
    made = {"examples": [examples_artifact(folder / "examples")]}
    executor(Executor, folder, _STOCK_BEAM_ARGS).Do({}, made, properties)


def statistics_and_validation(examples: pathlib.Path, folder: pathlib.Path, whose: str) -> None:
    """StatisticsGen, TFX's or ours, and TFX's ExampleValidator with our schema."""
    from tfx.components.example_validator.executor import Executor as Validator
    from tfx.types import standard_artifacts

    from schema.loader import load_schema

    statistics = artifact(standard_artifacts.ExampleStatistics, folder / "statistics")
    inputs = {"examples": [examples_artifact(examples)], "schema": [_schema_artifact(folder, load_schema())]}
    _statistics_executor(whose, folder).Do(
        inputs, {"statistics": [statistics]}, {"stats_options_json": None, "exclude_splits": "[]"}
    )
    anomalies = artifact(standard_artifacts.ExampleAnomalies, folder / "anomalies")
    Validator().Do(
        {"statistics": [statistics], "schema": inputs["schema"]}, {"anomalies": [anomalies]}, {"exclude_splits": "[]"}
    )


def _statistics_executor(whose: str, folder: pathlib.Path) -> Any:
    if whose == "stock":
        from tfx.components.statistics_gen.executor import Executor
    else:
        from components.statistics_gen.executor import Executor
    return executor(Executor, folder, _STOCK_BEAM_ARGS)


def _schema_artifact(folder: pathlib.Path, schema: Any) -> Any:
    from tfx.types import standard_artifacts
    from tfx.utils import io_utils

    made = artifact(standard_artifacts.Schema, folder / "schema")
    io_utils.write_pbtxt_file(f"{made.uri}/schema.pbtxt", schema)
    return made


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",") if number]


if __name__ == "__main__":
    main()
