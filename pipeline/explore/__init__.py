"""A look at the data before any training: one pass over the files, tallies that add up, one page."""
