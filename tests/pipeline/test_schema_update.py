import pathlib

from google.protobuf import text_format
from tensorflow_metadata.proto.v0 import schema_pb2

from pipeline.schema_file import read_schema
from pipeline.schema_update import SchemaUpdate, diff_schemas, infer_update, write_accepted
from tests.components.data_gate.made_statistics import Row, Splits, make_rows, write_statistics

SCHEMA = text_format.Parse(
    """
    feature { name: "word" type: BYTES presence { min_fraction: 1 min_count: 1 } }
    feature { name: "strokes" type: INT int_domain { min: 1 max: 50 } }
    """,
    schema_pb2.Schema(),
)


def rows(strokes: int, **more: str) -> list[Row]:
    return [{"word": word, "strokes": strokes, **more} for word in ("ant", "bee", "cat")]


def statistics_folder(tmp_path: pathlib.Path, splits: Splits) -> pathlib.Path:
    write_statistics(tmp_path / "statistics", splits)
    return tmp_path / "statistics"


def test_data_that_keeps_the_schema_changes_nothing(tmp_path: pathlib.Path) -> None:
    update = infer_update(statistics_folder(tmp_path, {"train": rows(4), "eval": rows(50)}), SCHEMA)
    assert (update.anomalies, update.changes) == ([], False)
    assert str(update) == "nothing to change: the data keeps the schema."


def test_every_split_widens_the_schema(tmp_path: pathlib.Path) -> None:
    folder = statistics_folder(tmp_path, {"train": rows(60), "eval": rows(0), "test": rows(3, colour="red")})
    update = infer_update(folder, SCHEMA)
    assert update.statistics == folder
    assert [sentence.split(":")[0] for sentence in update.anomalies] == [
        "split eval, feature strokes",
        "split test, feature colour",
        "split train, feature strokes",
    ]
    strokes = next(feature for feature in update.after.feature if feature.name == "strokes")
    assert (strokes.int_domain.min, strokes.int_domain.max) == (0, 60)
    assert infer_update(folder, update.after).anomalies == []


def test_a_diff_names_the_changed_features_and_shows_no_others() -> None:
    after = schema_pb2.Schema()
    after.CopyFrom(SCHEMA)
    after.feature[1].int_domain.max = 60
    after.feature.add(name="colour", type=schema_pb2.BYTES)
    after.default_environment.append("TRAINING")
    assert diff_schemas(SCHEMA, after).splitlines() == [
        "--- feature strokes (now)",
        "+++ feature strokes (accepted)",
        "@@ -2,5 +2,5 @@",
        " type: INT",
        " int_domain {",
        "   min: 1",
        "-  max: 50",
        "+  max: 60",
        " }",
        "--- feature colour (now)",
        "+++ feature colour (accepted)",
        "@@ -0,0 +1,2 @@",
        '+name: "colour"',
        "+type: BYTES",
        "--- default_environment (now)",
        "+++ default_environment (accepted)",
        "@@ -0,0 +1 @@",
        "+TRAINING",
    ]


def test_a_split_without_examples_says_nothing(tmp_path: pathlib.Path) -> None:
    assert not infer_update(statistics_folder(tmp_path, {"train": rows(4), "eval": []}), SCHEMA).changes


def test_an_accepted_schema_tells_where_it_comes_from(tmp_path: pathlib.Path) -> None:
    folder = statistics_folder(tmp_path, {"train": make_rows(20, 0)})
    update = infer_update(folder, SCHEMA)
    path = tmp_path / "schema.pbtxt"
    write_accepted(update, path)
    assert read_schema(path) == update.after
    first, second = path.read_text().splitlines()[:2]
    assert first.startswith("# Accepted on 20")
    assert ", version " in first
    assert second == f"# from the statistics in {folder}."
    assert not path.with_suffix(".tmp").exists()


def test_data_that_no_schema_allows_is_told() -> None:
    update = SchemaUpdate(pathlib.Path("statistics"), ["split eval, feature word: gone"], SCHEMA, SCHEMA)
    assert str(update) == "nothing to change: no schema allows this, so the data must be corrected."
