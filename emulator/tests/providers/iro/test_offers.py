"""Which offers a user has, and which of them takes a job."""

from collections.abc import Sequence

import pytest

from emulator.core.model import Account, Medium
from emulator.core.refusals import Reason, Refused
from emulator.providers.iro.offers import carrier, preferred, usable
from emulator.providers.iro.quirks import Quirks

ACCOUNT = Account(
    provider="iro",
    login="demo",
    attributes={
        "sms": "zebra smstrade basic", "sms.default": "zebra nobody smstrade zebra", "down": "zebra old",
        "fax": "old", "fax.default": "old",
    },
)  # fmt: skip


def test_offers_come_in_alphabetical_order() -> None:
    assert usable(ACCOUNT, Medium.SMS) == ["basic", "smstrade", "zebra"]
    assert usable(ACCOUNT, Medium.MAIL) == []


def test_defaults_come_as_they_are_tried_and_are_possible() -> None:
    assert preferred(ACCOUNT, Medium.SMS) == ["zebra", "smstrade"]
    assert preferred(ACCOUNT, Medium.MAIL) == []


@pytest.mark.parametrize(
    ("route", "taken"),
    [
        (["basic"], "basic"),
        (["basic", "smstrade"], "basic"),
        (["zebra", "basic"], "basic"),
        (["nobody", "smstrade"], "smstrade"),
        (["default"], "smstrade"),
        (["basic", "default"], "basic"),
        (["nobody", "default", "basic"], "smstrade"),
    ],
)
def test_the_first_that_works_takes_it(route: Sequence[str], taken: str) -> None:
    assert carrier(ACCOUNT, Medium.SMS, route, Quirks()) == taken


@pytest.mark.parametrize(
    ("medium", "route", "reason"),
    [
        (Medium.SMS, [], Reason.NO_ROUTE),
        (Medium.SMS, [""], Reason.NO_ROUTE),
        (Medium.SMS, ["nobody", "old", "Basic"], Reason.NO_ROUTE),
        (Medium.MAIL, ["default"], Reason.NO_ROUTE),
        (Medium.SMS, ["zebra", "nobody"], Reason.ROUTE_DOWN),
        (Medium.FAX, ["default"], Reason.ROUTE_DOWN),
    ],
)
def test_without_one_that_works_it_is_refused(medium: Medium, route: Sequence[str], reason: Reason) -> None:
    with pytest.raises(Refused) as refusal:
        carrier(ACCOUNT, medium, route, Quirks())

    assert refusal.value.reasons == {reason}
