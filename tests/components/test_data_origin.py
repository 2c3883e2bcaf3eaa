from tfx.types import standard_artifacts

from components.data_origin import hand_on_origin, read_origin, write_origin


def test_an_origin_goes_from_artifact_to_artifact() -> None:
    examples, statistics, model = standard_artifacts.Examples(), standard_artifacts.ExampleStatistics(), None
    write_origin(examples, {"examples_key": "0a", "words": ["ant", "bee"]})
    hand_on_origin(examples, statistics)
    assert read_origin(statistics) == {"examples_key": "0a", "words": ["ant", "bee"]}
    model = standard_artifacts.Model()
    hand_on_origin(standard_artifacts.Examples(), model)
    assert read_origin(model) == {}
