"""`quickdraw predict`: drawings in any form, what a server says of them, and how they look."""
