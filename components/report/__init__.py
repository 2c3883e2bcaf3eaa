"""Report: the run as one HTML page."""
