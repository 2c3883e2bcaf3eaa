"""Submission: a pushed model's answers to unlabelled drawings, in Kaggle's format."""
