"""How long a download waits for a server, and when it asks again."""

import datetime
import email.utils
import random
from dataclasses import dataclass

# Too many requests, or a server that is not well; all others would be the same the second time.
RETRIED_STATUSES = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Patience:
    """Exponential backoff with jitter.

    Attributes:
        stall_seconds: a connection that brings nothing for so long is given up.
        retries: how often one thing is asked for again without any progress in between.
        first_wait: seconds before the first retry; each further one waits twice as long, up to `longest_wait`.
        longest_wait: seconds.
        longest_retry_after: how many seconds of waiting a server may ask for.
    """

    stall_seconds: float = 30.0
    retries: int = 6
    first_wait: float = 1.0
    longest_wait: float = 60.0
    longest_retry_after: float = 300.0

    def wait_before(self, retry: int, retry_after: float, source: random.Random) -> float:
        """Returns how many seconds to wait before a retry.

        Args:
            retry: its number, from 1.
            retry_after: what the server asked for, seconds; 0 if it did not.
            source: of the jitter, up to a half either way: clients that failed together shall not return together.
        """
        backoff = min(self.longest_wait, self.first_wait * 2 ** (retry - 1))
        return max(retry_after, backoff * source.uniform(0.5, 1.5))


def read_retry_after(header: str, now: datetime.datetime) -> float:
    """Reads the header Retry-After.

    Args:
        header: seconds, or a date (RFC 9110, 10.2.3).
        now: with a time zone.

    Returns:
        Seconds from now; 0 if they are over, or if the header is empty or unreadable.
    """
    if header.isdecimal():
        return float(header)
    try:
        date = email.utils.parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, (date.replace(tzinfo=date.tzinfo or datetime.timezone.utc) - now).total_seconds())
