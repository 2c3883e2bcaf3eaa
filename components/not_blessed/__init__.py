"""NotBlessed: ends a run as failed that came to its end and pushed nothing."""
