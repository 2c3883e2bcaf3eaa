"""Trainer: the networks, their training, and the SavedModel with its signatures."""
