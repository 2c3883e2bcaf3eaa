"""The schema's content is in the cache key."""

from components.schema_gen.component import ImportSchemaGen
from components.schema_gen.executor import Executor


def test_properties_and_executor() -> None:
    node = ImportSchemaGen("schema.pbtxt", "abc")
    assert node.id == "ImportSchemaGen"
    assert node.exec_properties == {"schema_file": "schema.pbtxt", "schema_fingerprint": "abc", "schema_text": None}
    assert vars(node.executor_spec)["executor_class"] is Executor
