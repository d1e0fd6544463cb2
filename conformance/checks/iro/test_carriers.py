"""What a job makes of the route it is given: which offer carries it, and which faults say that none does."""

import pytest

from conformance.checks.iro.calls import (
    BACKEND,
    NO_ROUTE,
    NOWHERE,
    addresses,
    arrived,
    international,
    job,
    names,
    send,
    sending_methods,
    two_offers,
)
from conformance.control import Control
from conformance.drivers.iro import Argument, IroDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("iro/default-route/order")
def test_defaults_come_in_the_order_of_trying(iro: IroDriver, control: Control, second: str) -> None:
    """The first carries a job; the second when the first is out of order."""
    user = iro.as_user(second)
    first, then = names(user.default_route("sms"))
    verify(_carrier(control, job(user.sms([NOWHERE])))).equals(first)

    control.patch_account("iro", "second", attributes={"down": first})
    verify(_carrier(control, job(user.sms([NOWHERE])))).equals(then)


@requirement("iro/default-route/none")
def test_without_a_default_a_route_is_needed(iro: IroDriver, control: Control, login: str) -> None:
    """A user who lost theirs."""
    control.patch_account("iro", login, attributes={"sms.default": None})

    verify(iro.sms([NOWHERE])).equals(NO_ROUTE)
    job(iro.sms([NOWHERE], route=names(iro.routes("sms"))[0]))


@requirement("iro/sms/route", "iro/fax/route", "iro/mail/route")
@sending_methods
def test_the_named_offer_carries_the_job(iro: IroDriver, control: Control, method: str) -> None:
    """One that is not the default, alone and in a list."""
    other = next(name for name in names(iro.routes(method)) if name not in names(iro.default_route(method)))

    for route in (other, [other]):
        verify(_carrier(control, job(send(iro, method, route=route)))).equals(other)


@requirement("iro/sms/route-list", "iro/fax/route", "iro/mail/route")
@sending_methods
def test_a_list_is_tried_in_its_order(iro: IroDriver, control: Control, login: str, method: str) -> None:
    """Both ways, and with the first out of order."""
    one, two = two_offers(iro, method)
    verify(_carrier(control, job(send(iro, method, route=[one, two])))).equals(one)
    verify(_carrier(control, job(send(iro, method, route=[two, one])))).equals(two)

    control.patch_account("iro", login, attributes={"down": one})
    verify(_carrier(control, job(send(iro, method, route=[one, two])))).equals(two)


@requirement("iro/sms/route-default", "iro/fax/route-default", "iro/mail/route-default")
@sending_methods
def test_default_is_what_default_route_tells(iro: IroDriver, control: Control, method: str) -> None:
    """By its name, and by saying nothing."""
    first = names(iro.default_route(method))[0]

    verify(_carrier(control, job(send(iro, method, route="default")))).equals(first)
    verify(_carrier(control, job(send(iro, method)))).equals(first)


@requirement("iro/routes/fallback-down")
@sending_methods
def test_an_offer_out_of_order_is_passed_over(
    iro: IroDriver, control: Control, login: str, method: str
) -> None:
    """The first of two."""
    one, two = two_offers(iro, method)
    control.patch_account("iro", login, attributes={"down": one})

    verify(_carrier(control, job(send(iro, method, route=[one, two])))).equals(two)


@requirement("iro/routes/unknown-skipped")
@sending_methods
def test_unknown_names_in_a_list_are_passed_over(iro: IroDriver, control: Control, method: str) -> None:
    """Before and behind a known one."""
    one = names(iro.routes(method))[0]

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

    verify(send(iro, method, route=names(iro.routes(other)))).equals(NO_ROUTE)


@requirement("iro/faults/no-route")
def test_another_users_offer_is_no_route(iro: IroDriver, second: str) -> None:
    """Which exists."""
    verify(iro.sms([NOWHERE], route="zebra")).equals(NO_ROUTE)
    job(iro.sms([NOWHERE], route="zebra", user=second))


@requirement("iro/faults/no-route")
def test_nothing_to_go_by_is_no_route(iro: IroDriver, second: str) -> None:
    """A mail of a user who has no offer for mails."""
    verify(iro.mail(addresses(), user=second)).equals(NO_ROUTE)


@requirement("iro/faults/backend")
@sending_methods
def test_offers_out_of_order_are_an_error(iro: IroDriver, control: Control, login: str, method: str) -> None:
    """All that could be used."""
    offers = names(iro.routes(method))
    control.patch_account("iro", login, attributes={"down": " ".join(offers)})

    verify(send(iro, method, route=["pigeon", *offers])).equals(BACKEND)
    verify(control.messages(provider="iro")).equals([])


@requirement("iro/faults/no-credit")
def test_a_job_that_cannot_be_paid_is_an_error(iro: IroDriver, control: Control, login: str) -> None:
    """Of a user who has nothing."""
    control.patch_account("iro", login, credit=0)

    verify(iro.sms([NOWHERE])).equals(BACKEND)


@requirement("iro/faults/no-credit")
def test_a_recipient_may_mean_that_nobody_pays(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """A number and a mailbox of those that mean an outcome."""
    verify(iro.sms(international(numbers(1, "9013")))).equals(BACKEND)
    verify(iro.mail(addresses(box="no-credit"))).equals(BACKEND)
    verify(control.messages(provider="iro")).equals([])


def _carrier(control: Control, id: int) -> str:
    """The offer that carries a job."""
    return str(arrived(control, id)["route"])
