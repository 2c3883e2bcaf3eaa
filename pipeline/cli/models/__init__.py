"""`quickdraw models`: what has been pushed, where it came from, what serves and what stays."""
