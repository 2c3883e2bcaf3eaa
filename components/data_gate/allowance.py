"""How far two samples of one distribution may lie apart by chance alone.

The thresholds of the schema are meant for large splits. A split of 157 drawings strays further from the truth than that
without anything being wrong, so the gate adds to each threshold what chance explains. The bounds hold for any number of
examples, not only for large ones, so that clean data is refused with a probability of at most `FALSE_ALARM`.
"""

import math
from collections.abc import Mapping

FALSE_ALARM = 1e-6


def infinity_norm_allowance(counts: Mapping[str, float], others: Mapping[str, float]) -> float:
    """Bounds the largest difference between the shares of a value in two samples of one distribution.

    Given how often a value is in both samples together, its count in the smaller one is a draw without replacement.
    Bernstein's inequality bounds the share's deviation t from the pooled share p among m draws, with L = ln(2k / alpha)
    for k values: t = L/3m + sqrt((L/3m)^2 + 2 L p(1-p)/m). (W. Hoeffding, "Probability inequalities for sums of bounded
    random variables", JASA 58, 1963: eq. 2.13 for the form, section 6 for draws without replacement.) What the smaller
    sample of m has too much the larger of n has too little, so the samples are t(1 + m/n) apart.

    Args:
        counts: value -> how often it occurs in one sample.
        others: the same of the other sample.

    Returns:
        A distance in shares; exceeded with probability `FALSE_ALARM` at most.
    """
    small, large = sorted((sum(counts.values()), sum(others.values())))
    values = counts.keys() | others.keys()
    pooled = [(counts.get(value, 0) + others.get(value, 0)) / (small + large) for value in values]
    variance = max(share * (1 - share) for share in pooled)
    log_term = math.log(2 * len(values) / FALSE_ALARM)
    linear = log_term / (3 * small)
    deviation = linear + math.sqrt(linear**2 + 2 * log_term * variance / small)
    return min(1.0, deviation * (1 + small / large))


def jensen_shannon_allowance(num_examples: float, num_others: float, num_bins: int) -> float:
    """Bounds the Jensen-Shannon divergence between two samples of one distribution.

    The divergence is the least over all R of (KL(P^||R) + KL(Q^||R))/2, so at most that for the true distribution; and
    the empirical distribution of n draws from k bins obeys P(KL >= x/n) <= exp(-x) (e x / (k-1))^(k-1) for x > k-1.
    (R. Agrawal, "Finite-sample concentration of the multinomial in relative entropy", IEEE Transactions on Information
    Theory 66, 2020, theorem 1.2.)

    Args:
        num_examples: examples in one sample.
        num_others: examples in the other.
        num_bins: bins that the examples were counted in.

    Returns:
        A divergence in bits, 0..1, as TFDV measures it; exceeded with probability `FALSE_ALARM` at most.
    """
    if num_bins < 2:
        return 0.0
    nats = _relative_entropy_times_n(num_bins - 1) * (1 / num_examples + 1 / num_others) / 2
    return min(1.0, nats / math.log(2))


def _relative_entropy_times_n(degrees: int) -> float:
    """Solves exp(-x) (e x / d)^d = FALSE_ALARM / 2 for x > d; half of the alarms for each sample.

    With y = x/d this is y = c + ln y, a contraction that comes down to the solution from any start above it.
    """
    constant = 1 + math.log(2 / FALSE_ALARM) / degrees
    ratio = 2 * constant
    for _ in range(100):
        ratio = constant + math.log(ratio)
    return ratio * degrees
