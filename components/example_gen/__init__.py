"""DrawingExampleGen: Kaggle's CSV files become TFX's Examples, bad rows go to quarantine."""
