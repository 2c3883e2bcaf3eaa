"""A compiled pipeline of one task, with a parameter of each type."""

from pipeline.kubeflow.documents import Documents

SPEC = {
    "schemaVersion": "2.1.0",
    "sdkVersion": "tfx-1.16.0",
    "pipelineInfo": {"name": "quickdraw"},
    "root": {
        "inputDefinitions": {
            "parameters": {
                "data": {"parameterType": "STRING"},
                "epochs": {"parameterType": "NUMBER_INTEGER", "defaultValue": 12.0, "isOptional": True},
                "rate": {"parameterType": "NUMBER_DOUBLE", "defaultValue": 0.5},
                "fast": {"parameterType": "BOOLEAN", "defaultValue": False},
                "notes": {"parameterType": "STRUCT", "isOptional": True},
            }
        },
        "dag": {
            "tasks": {
                "Trainer": {
                    "taskInfo": {"name": "Trainer"},
                    "componentRef": {"name": "Trainer"},
                    "cachingOptions": {},
                    "retryPolicy": {"maxRetryCount": 2, "backoffDuration": "30s", "backoffFactor": 2.0},
                }
            }
        },
    },
    "components": {"Trainer": {"executorLabel": "Trainer_executor"}},
    "deploymentSpec": {"executors": {"Trainer_executor": {"container": {"image": "registry/quickdraw:1"}}}},
}
PLATFORM = {
    "platforms": {
        "kubernetes": {
            "deploymentSpec": {"executors": {"Trainer_executor": {"nodeSelector": {"labels": {"gpu": "1"}}}}}
        }
    }
}
DOCUMENTS = Documents(SPEC, PLATFORM)
