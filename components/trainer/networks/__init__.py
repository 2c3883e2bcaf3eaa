"""The networks that can be trained, one a module."""
