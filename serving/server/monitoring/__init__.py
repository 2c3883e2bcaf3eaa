"""What the server counts and times, and the page that Prometheus reads."""
