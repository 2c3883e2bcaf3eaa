"""How serious each kind of finding is. Imports nothing heavy: the command line reads it before TensorFlow is there."""

import dataclasses
from typing import Literal

from components.errors import UsageError

Severity = Literal["fail", "warn", "ignore"]
Kind = Literal["empty", "schema", "skew", "missing", "scarce", "balance", "drift", "vocabulary"]

SEVERITIES: tuple[Severity, ...] = ("fail", "warn", "ignore")
# Not a matter of taste: nothing can be learned or measured without examples, and too few drawings of a word, or other
# words than last time, are usually what the user asked for.
_FIXED: dict[Kind, Severity] = {"empty": "fail", "scarce": "warn", "vocabulary": "warn"}


@dataclasses.dataclass(frozen=True)
class GatePolicy:
    """A severity for each kind of finding: "fail" refuses the data, "warn" is told and stored, "ignore" is neither.

    Attributes:
        schema: an anomaly that ExampleValidator found: a domain left, a feature missing, a column nobody knows.
        skew: `eval` or `test` are distributed otherwise than `train`.
        missing: a split has no example of a word, and chance does not explain it.
        balance: a word has many times the examples of the median word, or a small part of them. Only a warning: of the
            real 345 words `eye` and `mouth` have 4,500 drawings and the median word 361.
        drift: the data is distributed otherwise than that of the run before. Only a warning: other data is often the
            very reason for a new run.
    """

    schema: Severity = "fail"
    skew: Severity = "fail"
    missing: Severity = "fail"
    balance: Severity = "warn"
    drift: Severity = "warn"

    def severity_of(self, kind: Kind) -> Severity:
        """Looks up how serious a kind of finding is; some kinds are not for the user to choose."""
        return _FIXED[kind] if kind in _FIXED else getattr(self, kind)


def policy_kinds() -> tuple[str, ...]:
    """The kinds whose severity a user chooses."""
    return tuple(field.name for field in dataclasses.fields(GatePolicy))


def parse_policy(text: str) -> GatePolicy:
    """Reads what a user writes after `--gate`.

    Args:
        text: for example "drift=fail,skew=warn"; kinds that are not named keep their default.

    Returns:
        The policy.

    Raises:
        UsageError: an unknown kind or severity, or one kind twice.
    """
    chosen: dict[str, Severity] = {}
    for item in filter(None, (part.strip() for part in text.split(","))):
        kind, _, severity = (part.strip() for part in item.partition("="))
        known = next((name for name in SEVERITIES if name == severity), None)
        if kind not in policy_kinds() or known is None:
            raise UsageError(
                f"--gate does not know '{item}'; it takes KIND=SEVERITY, KIND one of {', '.join(policy_kinds())}, "
                f"SEVERITY one of {', '.join(SEVERITIES)}."
            )
        if kind in chosen:
            raise UsageError(f"--gate names {kind} twice.")
        chosen[kind] = known
    return GatePolicy(**chosen)
