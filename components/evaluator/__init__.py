"""Evaluator: thresholds against values and against the baseline."""
