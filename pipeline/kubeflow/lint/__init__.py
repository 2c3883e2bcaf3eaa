"""What Kubeflow Pipelines refuses late, or accepts and then does wrong, found before anything is uploaded."""
