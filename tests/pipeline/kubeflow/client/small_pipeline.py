"""A compiled pipeline of one task, with a parameter of each type."""

from pipeline.kubeflow.documents import Documents

SPEC = {
    "schemaVersion": "2.1.0",
    "sdkVersion": "tfx-1.16.0",
    "pipelineInfo": {"name": "quickdraw"},
    "root": {
        "inputDefinitions": {
            "parameters": {
                "data": {"parameterType": "STRING", "defaultValue": "s3://doodles", "isOptional": True},
                "epochs": {"parameterType": "NUMBER_INTEGER", "defaultValue": 12.0, "isOptional": True},
                "rate": {"parameterType": "NUMBER_DOUBLE", "defaultValue": 0.5},
                "fast": {"parameterType": "BOOLEAN", "defaultValue": False},
                "notes": {"parameterType": "STRUCT", "defaultValue": {}},
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
    "deploymentSpec": {
        "executors": {
            "Trainer_executor": {
                "container": {
                    "image": f"registry/quickdraw:1@sha256:{'0' * 64}",
                    "command": ["python", "-m", "pipeline.kubeflow.entrypoint"],
                    "args": ["--json_serialized_invocation_args", "{{$}}"],
                    "resources": {"resourceCpuLimit": "2", "resourceMemoryLimit": "4Gi"},
                }
            }
        }
    },
}
PLATFORM = {
    "platforms": {
        "kubernetes": {
            "deploymentSpec": {"executors": {"Trainer_executor": {"nodeSelector": {"labels": {"gpu": "1"}}}}}
        }
    }
}
DOCUMENTS = Documents(SPEC, PLATFORM)
