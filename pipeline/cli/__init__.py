"""The verbs of the command `quickdraw`, one module each."""
