"""Fetches drawings from Google's public bucket and writes them as Kaggle's CSV files."""
