"""The errors a user can cause, each with the exit code that `quickdraw` ends with."""


class QuickdrawError(Exception):
    """One clear sentence for the user; the command prints it and ends with `exit_code`."""

    exit_code = 1


class UsageError(QuickdrawError):
    """The command, its options or the folder it was given cannot be used."""

    exit_code = 2


class NotBlessedError(QuickdrawError):
    """The model was trained and judged, and must not be served."""

    exit_code = 3


class DataRefusedError(QuickdrawError):
    """The data broke a promise of the schema, or too many rows of it were malformed."""

    exit_code = 4
