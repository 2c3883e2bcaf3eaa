"""The report's template, its macros and its style sheet."""
