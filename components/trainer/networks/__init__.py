"""The networks that can be trained, one architecture a module."""
