"""credits.php: the balance."""

import pytest

from conformance.checks.isms.calls import balance, said
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("isms/credits/reply")
def test_the_balance_is_an_amount_behind_one_word(isms: IsmsDriver) -> None:
    """Digits, at most one decimal point, nothing else."""
    verify(said(isms.credits())).matches(r"Credits:[0-9]+(\.[0-9]+)?")


@requirement("isms/credits/reply")
def test_the_balance_reads_like_the_sample_of_the_page(isms: IsmsDriver, control: Control) -> None:
    """An account with as many credits as the page's."""
    control.patch_account("isms", isms.username, credit=3948.47)

    verify(said(isms.credits())).equals("Credits:3948.47")


@requirement("isms/credits/two-decimals")
@pytest.mark.parametrize(
    ("credit", "says"),
    [(0, "0.00"), (5, "5.00"), (0.1, "0.10"), (12.3, "12.30"), (1234567.5, "1234567.50")],
)
def test_the_balance_has_two_decimals(isms: IsmsDriver, control: Control, credit: float, says: str) -> None:
    """Whatever it is, and with no sign between the thousands."""
    control.patch_account("isms", isms.username, credit=credit)

    verify(said(isms.credits())).equals(f"Credits:{says}")


@requirement("isms/credits/no-effect")
def test_asking_for_the_balance_is_free(isms: IsmsDriver) -> None:
    """Asked three times, said three times."""
    first = balance(isms)

    verify([balance(isms), balance(isms)]).equals([first, first])
