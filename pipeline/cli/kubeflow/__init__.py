"""`quickdraw kubeflow`: one verb a module."""
