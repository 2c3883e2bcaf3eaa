"""Kubeflow Pipelines v2: the same graph, a pod a node."""
