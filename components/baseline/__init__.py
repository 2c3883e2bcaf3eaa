"""Baseline: the model now serving, for comparison."""
