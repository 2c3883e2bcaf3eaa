"""Severities, as defaults and as a user writes them."""

import pytest

from components.data_gate.policy import GatePolicy, parse_policy
from components.errors import UsageError


def test_defaults() -> None:
    assert parse_policy("") == GatePolicy("fail", "fail", "fail", "warn", "warn")


def test_only_what_is_named_changes() -> None:
    assert parse_policy(" drift=fail, skew = warn ,balance=ignore,") == GatePolicy(
        schema="fail", skew="warn", missing="fail", balance="ignore", drift="fail"
    )


def test_some_kinds_are_not_for_the_user_to_choose() -> None:
    policy = GatePolicy("ignore", "ignore", "ignore", "ignore", "ignore")
    assert [policy.severity_of(kind) for kind in ("empty", "scarce", "vocabulary", "skew")] == [
        "fail",
        "warn",
        "warn",
        "ignore",
    ]


@pytest.mark.parametrize(
    "text", ["drift", "drift=", "drift=never", "empty=warn", "taste=fail", "=fail", "drift=fail=x"]
)
def test_what_is_unknown_is_refused_with_what_is_known(text: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_policy(text)
    assert f"does not know '{text}'" in str(error.value)
    assert "schema, skew, missing, balance, drift" in str(error.value)
    assert "fail, warn, ignore" in str(error.value)


def test_naming_a_kind_twice_is_refused() -> None:
    with pytest.raises(UsageError, match="--gate names drift twice"):
        parse_policy("drift=fail,drift=warn")
