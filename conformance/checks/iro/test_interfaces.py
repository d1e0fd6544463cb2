"""All four interfaces: what one does the others know."""

from itertools import permutations

import pytest

from conformance.checks.iro.calls import GERMAN, NOBODY, NOWHERE, SOON, addresses, international, job
from conformance.clock import Clock
from conformance.drivers.iro import Answer, IroDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

NAMES = ("xmlrpc", "soap", "json", "jsonp")


def same(*names: str) -> pytest.MarkDecorator:
    return requirement(*(f"iro/{name}/same-result" for name in names))


pairs = pytest.mark.parametrize(
    ("sender", "reader"), [pytest.param(*pair, marks=same(*pair)) for pair in permutations(NAMES, 2)]
)
others = pytest.mark.parametrize("name", [pytest.param(name, marks=same(name)) for name in NAMES[1:]])


@pairs
def test_a_job_of_one_interface_is_seen_by_another(
    every: dict[str, IroDriver], clock: Clock, numbers: Numbers, sender: str, reader: str
) -> None:
    """Just sent, and after it arrived."""
    id = job(every[sender].sms(international(numbers())))
    first = every[reader].status(id)
    verify(first).equals(every[sender].status(id))

    clock.advance(SOON)
    verify(every[reader].status(id)).equals({str(id): {"status": "sended"}})


@others
def test_a_question_is_answered_alike(
    every: dict[str, IroDriver], clock: Clock, numbers: Numbers, name: str
) -> None:
    """Every method that asks, by a user who has sent things, compared with XML-RPC."""
    first = every["xmlrpc"]
    job(first.sms(international(numbers(2)), info="smslab check"))
    job(first.sms(international(numbers())))
    job(first.mail(addresses()))
    clock.advance(SOON)

    verify(_answers(every[name])).equals(_answers(first))


@others
def test_ids_go_on_from_one_interface_to_the_other(
    every: dict[str, IroDriver], numbers: Numbers, name: str
) -> None:
    """No two jobs of two interfaces share one."""
    ids = [job(driver.sms(international(numbers()))) for driver in (every["xmlrpc"], every[name]) * 2]

    verify(sorted(ids)).equals(sorted(set(ids)))


@requirement("iro/faults/alike")
def test_a_fault_is_the_same_everywhere(every: dict[str, IroDriver]) -> None:
    """One of each kind that a question without effect can meet."""
    found = {name: _faults(driver) for name, driver in every.items()}

    verify(found).equals(dict.fromkeys(found, found["xmlrpc"]))


def _answers(iro: IroDriver) -> list[Answer]:
    asked = [ask(typ) for typ in ("sms", "fax", "mail") for ask in (iro.routes, iro.default_route)]
    return [iro.status(), iro.bill(), *asked, iro.telnumber([GERMAN]), iro.email(addresses())]


def _faults(iro: IroDriver) -> list[Answer]:
    return [
        iro.status("x"),
        iro.telnumber(["hallo"]),
        iro.email(["hallo"]),
        iro.sms([NOWHERE], route=NOBODY),
        iro.status(999_999_999),
        iro.bill(user=NOBODY),
    ]
