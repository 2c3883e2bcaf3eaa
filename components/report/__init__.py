"""Report: the run as one HTML page, and its closing figures as JSON."""
