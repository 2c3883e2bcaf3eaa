"""The nodes of the pipeline, one folder each."""
