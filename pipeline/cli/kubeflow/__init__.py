"""The verbs of `quickdraw kubeflow`, one a module."""
