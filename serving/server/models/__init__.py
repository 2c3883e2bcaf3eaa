"""The models: which versions there are, loading, warming and swapping them, and what one in memory can do."""
