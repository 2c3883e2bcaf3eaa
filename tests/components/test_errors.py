import pytest

from components.errors import DataRefusedError, NotBlessedError, QuickdrawError, UsageError


@pytest.mark.parametrize(
    ("error", "exit_code"), [(QuickdrawError, 1), (UsageError, 2), (NotBlessedError, 3), (DataRefusedError, 4)]
)
def test_exit_codes_are_those_of_the_design(error: type[QuickdrawError], exit_code: int) -> None:
    assert error("sentence").exit_code == exit_code
    assert issubclass(error, QuickdrawError)
