"""The curated schema of a drawing's example."""
