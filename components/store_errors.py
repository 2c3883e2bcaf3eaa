"""One sentence for whatever a store behind fsspec raises."""

import contextlib
from collections.abc import Iterator

from components.errors import QuickdrawError, UsageError


@contextlib.contextmanager
def one_sentence(beginning: str) -> Iterator[None]:
    """Turns an error of a store into one for the user.

    The stores' errors have no base in common: s3fs hands on botocore's own for missing credentials or an endpoint that
    does not answer, gcsfs google-auth's and aiohttp's, and most of these are no OSError.

    Args:
        beginning: of the sentence, such as "the registry s3://bucket cannot be listed".

    Raises:
        UsageError: the sentence, with the store's reason on one line.
    """
    try:
        yield
    except QuickdrawError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UsageError(f"{beginning}: {reason.rstrip('.')}.") from error
