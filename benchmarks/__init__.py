"""One script a claim; each pairs us with its peer in one run and prints ratios."""
