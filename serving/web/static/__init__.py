"""The page's files, sent as they are."""
