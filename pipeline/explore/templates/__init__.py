"""The page of `quickdraw explore`; macros, style sheet and script are those of the report."""
