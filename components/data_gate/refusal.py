"""The sentence that a user reads when the gate refuses: what is wrong, and what to do about it."""

from collections.abc import Sequence

from components.data_gate.verdict import Finding


def refusal(failures: Sequence[Finding]) -> str:
    """Joins all failures and the advice that fits them into one line.

    Args:
        failures: at least one.

    Returns:
        One line without a full stop.
    """
    sentences = ". ".join(failure.sentence for failure in failures)
    kinds = list(dict.fromkeys(failure.kind for failure in failures))
    advice = ["Correct or remove these rows"]
    if "empty" in kinds:
        advice.append("give every split more drawings")
    if "schema" in kinds:
        advice.append(
            "if the data is right, look at `quickdraw schema diff` and take it over with `quickdraw schema accept`"
        )
    loosened = ",".join(f"{kind}=warn" for kind in kinds if kind not in ("empty", "schema"))
    if loosened:
        advice.append(f"to train all the same, run with `--gate {loosened}`")
    return f"the data gate refused the data, nothing was trained: {sentences}. {'; '.join(advice)}"
