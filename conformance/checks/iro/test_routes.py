"""routes and defaultRoute: what a user may send by."""

import pytest

from conformance.checks.iro.calls import (
    NOBODY,
    STRANGER,
    addresses,
    international,
    invalid,
    job,
    names,
    send,
    sending_methods,
)
from conformance.drivers.iro import IroDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

TYPES = ("sms", "fax", "mail")

kinds = pytest.mark.parametrize("typ", TYPES)


@requirement("iro/routes/user", "iro/default-route/user")
def test_each_user_has_offers_of_their_own(iro: IroDriver, second: str) -> None:
    """One with few, one with all."""
    verify(iro.routes("sms", user=second)).equals(["sipgate_basic", "smstrade", "zebra"])
    verify(iro.default_route("sms", user=second)).equals(["zebra", "smstrade"])
    verify(iro.routes("sms")).holds(lambda offers: "zebra" not in names(offers), "a list without zebra")


@requirement("iro/routes/user", "iro/default-route/user")
def test_offers_are_not_for_strangers(iro: IroDriver) -> None:
    """Who have no apikey."""
    verify(iro.routes("sms", user=NOBODY)).equals(STRANGER)
    verify(iro.default_route("sms", user=NOBODY)).equals(STRANGER)


@requirement("iro/routes/list")
@kinds
def test_offers_are_a_list_ofnames(iro: IroDriver, typ: str) -> None:
    """For each type."""
    verify(iro.routes(typ)).holds(
        lambda found: isinstance(found, list) and all(isinstance(name, str) and name for name in found),
        "a list of names",
    )


@requirement("iro/routes/typ", "iro/default-route/typ")
def test_each_type_has_offers_of_its_own(iro: IroDriver) -> None:
    """No offer carries two."""
    for ask in (iro.routes, iro.default_route):
        offers = [name for typ in TYPES for name in names(ask(typ))]
        verify(sorted(offers)).equals(sorted(set(offers)))


@requirement("iro/routes/usable")
@sending_methods
def test_each_offer_can_be_named(iro: IroDriver, numbers: Numbers, method: str) -> None:
    """For a job of its type."""
    to = addresses() if method == "mail" else international(numbers())
    offers = names(iro.routes(method))
    verify(offers).holds(bool, f"an offer for {method}")

    for offer in offers:
        job(send(iro, method, recipients=to, route=offer))


@requirement("iro/routes/order")
@kinds
def test_offers_come_in_the_order_of_the_alphabet(iro: IroDriver, second: str, typ: str) -> None:
    """Whichever is preferred."""
    for user in (iro, iro.as_user(second)):
        verify(names(user.routes(typ))).equals(sorted(names(user.routes(typ))))


@requirement("iro/routes/none", "iro/default-route/none")
@pytest.mark.parametrize("typ", ["fax", "mail"])
def test_without_offers_the_list_is_empty(iro: IroDriver, second: str, typ: str) -> None:
    """And so is that of the defaults."""
    verify(iro.routes(typ, user=second)).equals([])
    verify(iro.default_route(typ, user=second)).equals([])


@requirement("iro/routes/bad-typ")
@pytest.mark.parametrize("typ", ["SMS", "Sms", "letter", "", "sms fax"])
def test_there_are_three_types(iro: IroDriver, typ: str) -> None:
    """In small letters."""
    verify(iro.routes(typ)).equals(invalid("typ"))
    verify(iro.default_route(typ)).equals(invalid("typ"))


@requirement("iro/default-route/list")
@kinds
def test_defaults_are_a_list_ofnames(iro: IroDriver, typ: str) -> None:
    """For each type."""
    verify(iro.default_route(typ)).holds(
        lambda found: isinstance(found, list) and all(isinstance(name, str) and name for name in found),
        "a list of names",
    )


@requirement("iro/default-route/possible")
@kinds
def test_defaults_are_among_the_offers(iro: IroDriver, typ: str) -> None:
    """For each type."""
    verify(sorted(set(names(iro.default_route(typ))) - set(names(iro.routes(typ))))).equals([])
