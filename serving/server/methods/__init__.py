"""What a request asks for: Predict, Classify, Regress, MultiInference and the metadata, whichever API it came by."""
