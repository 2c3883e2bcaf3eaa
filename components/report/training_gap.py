"""Why validation can look better than training: the gap taken apart, in one sentence."""

from collections.abc import Mapping, Sequence

_NEGLIGIBLE = 0.005


def gap_sentence(history: Mapping[str, Sequence[float]], best_epoch: int, varied: bool) -> str:
    """Explains the accuracies of the epoch whose weights were kept.

    Training accuracy less validation accuracy is the sum of two things: what dropout, variation and weights that still
    change cost while training is measured (the same drawings are answered better without all that), and what the
    network knows better of drawings it has seen.

    Args:
        history: the Trainer's curves; of them `accuracy`, `clean_accuracy` and `val_accuracy`.
        best_epoch: counts from 1.
        varied: whether the drawings were varied anew each epoch.
    """
    training, clean, validation = (
        history[name][best_epoch - 1] for name in ("accuracy", "clean_accuracy", "val_accuracy")
    )
    measured = "with dropout on" + (", on varied drawings," if varied else "") + " while the weights still change"
    return (
        f"in epoch {best_epoch}, whose weights were kept, training was measured at {training:.1%} {measured}, and "
        f"validation at {validation:.1%}; without all that, drawings of the training split give {clean:.1%}: how "
        f"training is measured costs {_points(clean - training)}, and {_rest(clean - validation)}."
    )


def _rest(seen_better: float) -> str:
    if seen_better > _NEGLIGIBLE:
        return f"{_points(seen_better)} are overfitting, what the network knows better of drawings it has seen"
    if seen_better < -_NEGLIGIBLE:
        return f"nothing is overfitting: validation is even {_points(-seen_better)} better, by chance of its drawings"
    return "next to nothing is overfitting"


def _points(share: float) -> str:
    return f"{100 * share:.1f} points"
