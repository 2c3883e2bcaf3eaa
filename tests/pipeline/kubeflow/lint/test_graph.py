from pipeline.kubeflow.lint import graph
from tests.pipeline.kubeflow.edited import TASKS, TRAINER, findings

EXAMPLES = (*TRAINER, "inputs", "artifacts", "examples", "taskOutputArtifact")


def test_edges_to_tasks_that_are_not_there() -> None:
    assert findings(graph.check, ((*TRAINER, "dependentTasks"), ["Transform", "Tuner"])) == [
        "Trainer: dependentTasks: there is no task 'Tuner'."
    ]
    assert findings(graph.check, ((*EXAMPLES, "producerTask"), "Tuner")) == [
        "Trainer: inputs.artifacts.examples: there is no task 'Tuner' to take it from."
    ]


def test_a_value_that_tfx_lets_another_task_produce() -> None:
    source = {"taskOutputParameter": {"producerTask": "Transform_task", "outputParameterKey": "size"}}
    (found,) = findings(graph.check, ((*TRAINER, "inputs", "parameters", "epochs"), source))
    assert found.startswith("Trainer: inputs.parameters.epochs: there is no task 'Transform_task' to take it from; TFX")


def test_an_output_that_is_not_there() -> None:
    assert findings(graph.check, ((*EXAMPLES, "outputArtifactKey"), "models")) == [
        "Trainer: inputs.artifacts.examples: 'Transform' has no output 'models'."
    ]


def test_a_producer_that_nobody_waits_for() -> None:
    (found, _) = findings(graph.check, ((*TRAINER, "dependentTasks"), []))
    assert found.startswith("Trainer: inputs.artifacts.examples: 'Transform' is not among dependentTasks")


def test_components_and_iterators() -> None:
    assert "Trainer: componentRef.name: there is no component 'Tuner'." in findings(
        graph.check, ((*TRAINER, "componentRef", "name"), "Tuner")
    )
    iterator = {"items": {"inputArtifact": "examples"}, "itemInput": "one"}
    assert findings(graph.check, ((*TRAINER, "artifactIterator"), iterator)) == [
        "Trainer: artifactIterator: KFP cannot iterate over artifacts."
    ]


def test_tasks_that_wait_for_each_other() -> None:
    (found,) = findings(
        graph.check, ((*TASKS, "Transform", "dependentTasks"), ["DataGate", "DrawingExampleGen", "Trainer"])
    )
    assert found.startswith("pipeline: dependentTasks: tasks wait for each other: ")
    assert "Trainer -> Transform" in found or "Transform -> Trainer" in found
