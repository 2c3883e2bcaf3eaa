"""Kubeflow Pipelines v2: the same graph as everywhere, as a YAML that KFP takes and runs."""
