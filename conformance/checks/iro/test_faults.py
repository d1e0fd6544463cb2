"""Faults: what is said of calls that are wrong, and what is said first."""

import pytest

from conformance.checks.iro.calls import (
    NO_ROUTE,
    NOBODY,
    NOWHERE,
    STRANGER,
    addresses,
    invalid,
    no_address,
    no_number,
    owned_methods,
    send,
    sending_methods,
)
from conformance.control import Control
from conformance.drivers.iro import Argument, Fault, IroDriver
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("iro/faults/validation")
@pytest.mark.parametrize(
    ("method", "field", "value"),
    [
        ("status", "id", "x"),
        ("status", "detailed", "perhaps"),
        ("routes", "typ", "letter"),
        ("defaultRoute", "typ", "letter"),
        ("fax", "fax", "?"),
    ],
    ids=lambda value: value if str(value).isalpha() else "",
)
def test_a_wrong_value_is_told_by_its_name(iro: IroDriver, method: str, field: str, value: Argument) -> None:
    """That of the signature."""
    verify(send(iro, method, **{field: value})).equals(invalid(field))


@requirement("iro/faults/validation")
@pytest.mark.parametrize(
    ("method", "field"),
    [
        ("sms", "message"),
        ("sms", "info"),
        ("fax", "subject"),
        ("mail", "subject"),
        ("mail", "body"),
        ("mail", "frm"),
    ],
)
def test_a_struct_is_told_by_the_name_it_stands_for(typed: IroDriver, method: str, field: str) -> None:
    """Where text belongs."""
    verify(send(typed, method, **{field: {"a": "b"}})).equals(invalid(field))


@requirement("iro/faults/validation")
@sending_methods
@pytest.mark.parametrize("route", [True, 7], ids=["boolean", "number"])
def test_a_route_is_named_by_text(typed: IroDriver, method: str, route: Argument) -> None:
    """Not by anything else."""
    verify(send(typed, method, route=route)).equals(invalid("route"))


@requirement("iro/faults/number")
@pytest.mark.parametrize("method", ["sms", "fax"])
def test_the_first_wrong_number_is_named(iro: IroDriver, method: str) -> None:
    """As it was written."""
    verify(send(iro, method, recipients=[NOWHERE, "0?242", "hallo"])).equals(no_number("0?242"))


@requirement("iro/faults/address")
def test_the_first_wrong_address_is_named(iro: IroDriver) -> None:
    """As it was written."""
    verify(iro.mail([*addresses(), "Hallo", "b@"])).equals(no_address("Hallo"))


@requirement("iro/faults/apikey")
@owned_methods
@pytest.mark.parametrize("user", [NOBODY, "", "demo"], ids=["unknown", "empty", "login"])
def test_an_apikey_has_to_be_somebodys(iro: IroDriver, method: str, user: str) -> None:
    """Not the name of an account, either."""
    verify(send(iro, method, user=user)).equals(STRANGER)


@requirement("iro/faults/apikey")
def test_an_apikey_is_matched_exactly(iro: IroDriver) -> None:
    """The right one in capitals."""
    verify(iro.bill(user=iro.key.swapcase())).equals(STRANGER)


@requirement("iro/faults/values-first")
@pytest.mark.parametrize(
    ("method", "fields", "fault"),
    [
        ("status", {"id": "x"}, invalid("id")),
        ("sms", {"recipients": ["hallo"]}, no_number("hallo")),
        ("mail", {"recipients": ["hallo"]}, no_address("hallo")),
        ("fax", {"fax": "?"}, invalid("fax")),
        ("routes", {"typ": "letter"}, invalid("typ")),
    ],
    ids=["status", "sms", "mail", "fax", "routes"],
)
def test_values_are_looked_at_before_the_apikey(
    iro: IroDriver, method: str, fields: dict[str, Argument], fault: Fault
) -> None:
    """Both of them wrong."""
    verify(send(iro, method, user=NOBODY, **fields)).equals(fault)


@requirement("iro/faults/key-before-route")
@sending_methods
def test_the_apikey_is_looked_at_before_the_route(iro: IroDriver, method: str) -> None:
    """Both of them wrong."""
    verify(send(iro, method, user=NOBODY, route="pigeon")).equals(STRANGER)


@requirement("iro/faults/no-effect")
@sending_methods
def test_a_refused_call_leaves_nothing(iro: IroDriver, control: Control, login: str, method: str) -> None:
    """Neither a job nor a message nor a cost, whatever was wrong."""
    before = _known(iro, control, login)
    refusals = [
        send(iro, method, user=NOBODY),
        send(iro, method, route="pigeon"),
        send(iro, method, recipients=["hallo"]),
    ]
    verify(refusals).equals([STRANGER, NO_ROUTE, (no_address if method == "mail" else no_number)("hallo")])

    verify(_known(iro, control, login)).equals(before)


def _known(iro: IroDriver, control: Control, login: str) -> list[object]:
    """Everything that a send could have changed."""
    return [iro.status(), iro.bill(), control.messages(provider="iro"), control.account("iro", login)]
