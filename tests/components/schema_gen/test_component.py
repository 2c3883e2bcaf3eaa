"""The schema's content is in the cache key."""

from tfx.components.schema_gen.import_schema_gen import executor

from components.schema_gen.component import ImportSchemaGen


def test_properties_and_executor() -> None:
    node = ImportSchemaGen("schema.pbtxt", "abc")
    assert node.id == "ImportSchemaGen"
    assert node.exec_properties == {"schema_file": "schema.pbtxt", "schema_fingerprint": "abc"}
    assert vars(node.executor_spec)["executor_class"] is executor.Executor
