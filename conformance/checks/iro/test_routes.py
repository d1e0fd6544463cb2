"""routes and defaultRoute, and what a job makes of the route it is given."""

import pytest

from conformance.checks.iro.calls import (
    BACKEND,
    GERMAN,
    NO_ROUTE,
    NOBODY,
    STRANGER,
    addresses,
    arrived,
    international,
    invalid,
    job,
    send,
    sending_methods,
)
from conformance.control import Control
from conformance.drivers.iro import Argument, IroDriver
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
    verify(iro.routes("sms")).holds(lambda names: "zebra" not in _names(names), "a list without zebra")


@requirement("iro/routes/user", "iro/default-route/user")
def test_offers_are_not_for_strangers(iro: IroDriver) -> None:
    """Who have no apikey."""
    verify(iro.routes("sms", user=NOBODY)).equals(STRANGER)
    verify(iro.default_route("sms", user=NOBODY)).equals(STRANGER)


@requirement("iro/routes/list")
@kinds
def test_offers_are_a_list_of_names(iro: IroDriver, typ: str) -> None:
    """For each type."""
    verify(iro.routes(typ)).holds(
        lambda names: isinstance(names, list) and all(isinstance(name, str) and name for name in names),
        "a list of names",
    )


@requirement("iro/routes/typ", "iro/default-route/typ")
def test_each_type_has_offers_of_its_own(iro: IroDriver) -> None:
    """No offer carries two."""
    for ask in (iro.routes, iro.default_route):
        names = [name for typ in TYPES for name in _names(ask(typ))]
        verify(sorted(names)).equals(sorted(set(names)))


@requirement("iro/routes/usable")
@sending_methods
def test_each_offer_can_be_named(iro: IroDriver, method: str) -> None:
    """For a job of its type."""
    offers = _names(iro.routes(method))
    verify(offers).holds(bool, f"an offer for {method}")

    for offer in offers:
        job(send(iro, method, route=offer))


@requirement("iro/routes/order")
@kinds
def test_offers_come_in_the_order_of_the_alphabet(iro: IroDriver, second: str, typ: str) -> None:
    """Whichever is preferred."""
    for user in (iro, iro.as_user(second)):
        verify(_names(user.routes(typ))).equals(sorted(_names(user.routes(typ))))


@requirement("iro/routes/none", "iro/default-route/none")
@pytest.mark.parametrize("typ", ["fax", "mail"])
def test_without_offers_the_list_is_empty(iro: IroDriver, second: str, typ: str) -> None:
    """And so is that of the defaults."""
    verify(iro.routes(typ, user=second)).equals([])
    verify(iro.default_route(typ, user=second)).equals([])


@requirement("iro/default-route/none")
def test_without_a_default_a_route_is_needed(iro: IroDriver, control: Control, login: str) -> None:
    """A user who lost theirs."""
    control.patch_account("iro", login, attributes={"sms.default": None})

    verify(iro.sms([GERMAN])).equals(NO_ROUTE)
    job(iro.sms([GERMAN], route=_names(iro.routes("sms"))[0]))


@requirement("iro/routes/bad-typ")
@pytest.mark.parametrize("typ", ["SMS", "Sms", "letter", "", "sms fax"])
def test_there_are_three_types(iro: IroDriver, typ: str) -> None:
    """In small letters."""
    verify(iro.routes(typ)).equals(invalid("typ"))
    verify(iro.default_route(typ)).equals(invalid("typ"))


@requirement("iro/default-route/list")
@kinds
def test_defaults_are_a_list_of_names(iro: IroDriver, typ: str) -> None:
    """For each type."""
    verify(iro.default_route(typ)).holds(
        lambda names: isinstance(names, list) and all(isinstance(name, str) and name for name in names),
        "a list of names",
    )


@requirement("iro/default-route/possible")
@kinds
def test_defaults_are_among_the_offers(iro: IroDriver, typ: str) -> None:
    """For each type."""
    verify(sorted(set(_names(iro.default_route(typ))) - set(_names(iro.routes(typ))))).equals([])


@requirement("iro/default-route/order")
def test_defaults_come_in_the_order_of_trying(iro: IroDriver, control: Control, second: str) -> None:
    """The first carries a job; the second when the first is out of order."""
    user = iro.as_user(second)
    first, then = _names(user.default_route("sms"))
    verify(_carrier(control, job(user.sms([GERMAN])))).equals(first)

    control.patch_account("iro", "second", attributes={"down": first})
    verify(_carrier(control, job(user.sms([GERMAN])))).equals(then)


@requirement("iro/sms/route", "iro/fax/route", "iro/mail/route")
@sending_methods
def test_the_named_offer_carries_the_job(iro: IroDriver, control: Control, method: str) -> None:
    """One that is not the default, alone and in a list."""
    other = next(name for name in _names(iro.routes(method)) if name not in _names(iro.default_route(method)))

    for route in (other, [other]):
        verify(_carrier(control, job(send(iro, method, route=route)))).equals(other)


@requirement("iro/sms/route-list", "iro/fax/route", "iro/mail/route")
@sending_methods
def test_a_list_is_tried_in_its_order(iro: IroDriver, control: Control, login: str, method: str) -> None:
    """Both ways, and with the first out of order."""
    one, two = _names(iro.routes(method))[:2]
    verify(_carrier(control, job(send(iro, method, route=[one, two])))).equals(one)
    verify(_carrier(control, job(send(iro, method, route=[two, one])))).equals(two)

    control.patch_account("iro", login, attributes={"down": one})
    verify(_carrier(control, job(send(iro, method, route=[one, two])))).equals(two)


@requirement("iro/sms/route-default", "iro/fax/route-default", "iro/mail/route-default")
@sending_methods
def test_default_is_what_default_route_tells(iro: IroDriver, control: Control, method: str) -> None:
    """By its name, and by saying nothing."""
    first = _names(iro.default_route(method))[0]

    verify(_carrier(control, job(send(iro, method, route="default")))).equals(first)
    verify(_carrier(control, job(send(iro, method)))).equals(first)


@requirement("iro/routes/fallback-down")
@sending_methods
def test_an_offer_out_of_order_is_passed_over(
    iro: IroDriver, control: Control, login: str, method: str
) -> None:
    """The first of two."""
    one, two = _names(iro.routes(method))[:2]
    control.patch_account("iro", login, attributes={"down": one})

    verify(_carrier(control, job(send(iro, method, route=[one, two])))).equals(two)


@requirement("iro/routes/unknown-skipped")
@sending_methods
def test_unknown_names_in_a_list_are_passed_over(iro: IroDriver, control: Control, method: str) -> None:
    """Before and behind a known one."""
    one = _names(iro.routes(method))[0]

    verify(_carrier(control, job(send(iro, method, route=["pigeon", one, "drum"])))).equals(one)


@requirement("iro/faults/no-route")
@sending_methods
@pytest.mark.parametrize("route", ["pigeon", ["pigeon", "drum"]], ids=["one", "several"])
def test_unknown_offers_are_no_route(iro: IroDriver, method: str, route: Argument) -> None:
    """Alone and in company."""
    verify(send(iro, method, route=route)).equals(NO_ROUTE)


@requirement("iro/faults/no-route")
@sending_methods
def test_an_offer_of_another_type_is_no_route(iro: IroDriver, method: str) -> None:
    """A known one."""
    other = {"sms": "mail", "fax": "sms", "mail": "fax"}[method]

    verify(send(iro, method, route=_names(iro.routes(other)))).equals(NO_ROUTE)


@requirement("iro/faults/no-route")
def test_another_users_offer_is_no_route(iro: IroDriver, second: str) -> None:
    """Which exists."""
    verify(iro.sms([GERMAN], route="zebra")).equals(NO_ROUTE)
    job(iro.sms([GERMAN], route="zebra", user=second))


@requirement("iro/faults/no-route")
def test_nothing_to_go_by_is_no_route(iro: IroDriver, second: str) -> None:
    """A mail of a user who has no offer for mails."""
    verify(iro.mail(addresses(), user=second)).equals(NO_ROUTE)


@requirement("iro/faults/backend")
@sending_methods
def test_offers_out_of_order_are_an_error(iro: IroDriver, control: Control, login: str, method: str) -> None:
    """All that could be used."""
    offers = _names(iro.routes(method))
    control.patch_account("iro", login, attributes={"down": " ".join(offers)})

    verify(send(iro, method, route=["pigeon", *offers])).equals(BACKEND)
    verify(control.messages(provider="iro")).equals([])


@requirement("iro/faults/no-credit")
def test_a_job_that_cannot_be_paid_is_an_error(iro: IroDriver, control: Control, login: str) -> None:
    """Of a user who has nothing."""
    control.patch_account("iro", login, credit=0)

    verify(iro.sms([GERMAN])).equals(BACKEND)


@requirement("iro/faults/no-credit")
def test_a_number_may_mean_that_nobody_pays(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """One of those that mean an outcome."""
    verify(iro.sms(international(numbers(1, "9013")))).equals(BACKEND)
    verify(control.messages(provider="iro")).equals([])


def _names(offers: object) -> list[str]:
    """The names in an answer that has to be a list of them."""
    verify(offers).holds(lambda names: isinstance(names, list), "a list of names")
    return [str(name) for name in offers] if isinstance(offers, list) else []


def _carrier(control: Control, id: int) -> str:
    """The offer that carries a job."""
    return str(arrived(control, id)["route"])
