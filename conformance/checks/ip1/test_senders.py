"""Registrera avsändare."""

import pytest

from conformance.checks.ip1.calls import (
    MOMENT,
    at_fault,
    done,
    history,
    listed,
    moment,
    not_taken,
    refused,
)
from conformance.checks.ip1.conftest import Afterwards, Put
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.ip1 import SENDERS, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

BROKEN = [
    "1234567890123456",
    "ab",
    "7",
    "abcdefghijkl",
    "iP.1",
    "sms%20lab",
    "sm%C3%B6rg%C3%A5s",
    "sms-lab",
]


TRIAL = ("iP1", "iP1sms")
"""The senders of accounts without a subscription."""


def names(ip1: Ip1Driver) -> list[str]:
    """The registered senders as their list has them."""
    return [str(one.get("sender")) for one in listed(ip1.get(SENDERS, {"limit": 1000}))]


@requirement("ip1/senders/register")
def test_a_registered_sender_may_be_used(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, register: Put
) -> None:
    """A message from it arrives."""
    done(register("smslabone"))

    verify(history(ip1, clock, numbers(), sender="smslabone")[-1]).equals(201)


@requirement("ip1/senders/many")
def test_there_may_be_many_senders(ip1: Ip1Driver, register: Put) -> None:
    """A dozen more."""
    more = [f"smslab{n:02}" for n in range(12)]
    for sender in more:
        done(register(sender))

    verify([sender for sender in more if sender not in names(ip1)]).equals([])


@requirement("ip1/senders/unregister")
def test_a_sender_may_be_unregistered(ip1: Ip1Driver, register: Put) -> None:
    """And is not listed any more."""
    register("smslabgone")
    done(ip1.delete(f"{SENDERS}/smslabgone"))

    verify("smslabgone" in names(ip1)).equals(False)


@pytest.fixture
def trial(ip1: Ip1Driver, control: Control, login: str) -> Ip1Driver:
    """Speaks as the ordinary account, which has no subscription any more."""
    control.patch_account("ip1", login, senders=list(TRIAL))
    return ip1


@requirement("ip1/senders/own")
def test_a_sender_of_ones_own_needs_a_subscription(
    ip1: Ip1Driver, control: Control, clock: Clock, numbers: Numbers, login: str
) -> None:
    """With it messages arrive, without it they do not."""
    to = numbers()
    done(ip1.put(f"{SENDERS}/smslabown"))
    verify(history(ip1, clock, to, sender="smslabown")[-1]).equals(201)

    control.patch_account("ip1", login, senders=list(TRIAL))
    verify(history(ip1, clock, to, sender="smslabown")[-1]).holds(lambda code: code >= 400, "no delivery")


@requirement("ip1/senders/trial")
def test_a_trial_account_uses_two_senders(trial: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """And no other: it can neither register nor use one."""
    to = numbers()
    for sender in TRIAL:
        done(trial.put(f"{SENDERS}/{sender}"))
        verify(history(trial, clock, to, sender=sender)[-1]).equals(201)

    not_taken(trial.put(f"{SENDERS}/smslabown"))
    verify("smslabown" in names(trial)).equals(False)
    verify(history(trial, clock, to, sender="smslabown")[-1]).holds(lambda code: code >= 400, "no delivery")


@requirement("ip1/senders/trial-refused")
def test_a_trial_account_that_registers_another_sender_is_refused(trial: Ip1Driver) -> None:
    """By its address and by a body."""
    refused(trial.put(f"{SENDERS}/smslabown"), 403)
    refused(trial.put(SENDERS, {"sender": "smslabown"}), 403)


@requirement("ip1/senders/trial-given")
def test_two_senders_are_registered_from_the_beginning(ip1: Ip1Driver) -> None:
    """iP1 and iP1sms."""
    verify({"iP1", "iP1sms"} - set(names(ip1))).equals(set())


@requirement("ip1/senders/list")
def test_senders_are_listed_by_the_alphabet(ip1: Ip1Driver, register: Put) -> None:
    """Whenever they came."""
    for sender in ("smslabc", "smslaba", "smslabb"):
        register(sender)
    found = [name for name in names(ip1) if name.startswith("smslab") and len(name) == 7]

    verify(found).equals(["smslaba", "smslabb", "smslabc"])


@requirement("ip1/senders/list")
def test_one_sender_can_be_shown(ip1: Ip1Driver, register: Put) -> None:
    """As the list shows it."""
    register("smslabone")
    shown = done(ip1.get(f"{SENDERS}/smslabone"))

    verify(shown in listed(ip1.get(SENDERS, {"limit": 1000}))).equals(True)


@requirement("ip1/senders/put")
def test_a_sender_is_registered_without_a_body(ip1: Ip1Driver, register: Put) -> None:
    """The path says it all."""
    verify(done(register("smslabput")).get("sender")).equals("smslabput")

    verify("smslabput" in names(ip1)).equals(True)


@requirement("ip1/senders/put")
def test_a_body_of_nothing_is_none(ip1: Ip1Driver, afterwards: Afterwards) -> None:
    """Labelled as JSON, as the demo client sends it."""
    afterwards(ip1, f"{SENDERS}/smslabempty")
    made = done(ip1.raw("PUT", f"{SENDERS}/smslabempty", b""))

    verify(made.get("sender")).equals("smslabempty")


@requirement("ip1/senders/put-body")
def test_a_sender_is_registered_by_a_body(ip1: Ip1Driver, afterwards: Afterwards) -> None:
    """As the newest page shows it."""
    afterwards(ip1, f"{SENDERS}/smslabbody")
    made = done(ip1.put(SENDERS, {"sender": "smslabbody"}))

    verify((made.get("sender"), "smslabbody" in names(ip1))).equals(("smslabbody", True))


@requirement("ip1/senders/document")
def test_a_sender_tells_since_when_it_is_there(ip1: Ip1Driver, clock: Clock, register: Put) -> None:
    """Name and moment."""
    before = clock.now().replace(microsecond=0)
    made = done(register("smslabdoc"))

    verify(sorted(made)).equals(["created", "sender"])
    verify(made.get("created")).matches(MOMENT)
    verify((moment(made["created"]) - before).total_seconds()).holds(
        lambda seconds: abs(seconds) < 60, "now, by either clock"
    )


@requirement("ip1/senders/delete-document")
def test_unregistering_shows_what_is_gone(ip1: Ip1Driver, register: Put) -> None:
    """The sender as it was."""
    made = done(register("smslabgone"))

    verify(done(ip1.delete(f"{SENDERS}/smslabgone"))).equals(made)


@requirement("ip1/senders/registered-status")
def test_registering_is_answered_with_200(register: Put) -> None:
    """The first time and the second."""
    verify([register("smslabnew").status, register("smslabnew").status]).equals([200, 200])


@requirement("ip1/senders/idempotent")
def test_registering_again_changes_nothing(clock: Clock, register: Put) -> None:
    """Not even its moment, a while later."""
    made = done(register("smslabsame"))
    clock.advance(2)

    verify(done(register("smslabsame"))).equals(made)


@requirement("ip1/senders/unknown")
def test_a_sender_that_is_not_registered_is_not_found(ip1: Ip1Driver) -> None:
    """To read, to unregister."""
    refused(ip1.get(f"{SENDERS}/smslabnone"), 404)
    refused(ip1.delete(f"{SENDERS}/smslabnone"), 404)


@requirement("ip1/senders/rules")
def test_a_sender_that_breaks_a_rule_is_not_registered(ip1: Ip1Driver, register: Put) -> None:
    """And is not listed."""
    before = names(ip1)
    for sender in BROKEN:
        not_taken(register(sender))

    verify(names(ip1)).equals(before)


@requirement("ip1/senders/rules")
def test_a_sender_that_keeps_the_rules_is_registered(ip1: Ip1Driver, register: Put) -> None:
    """At the limits."""
    good = ["967", "987654321098765", "z7q", "smslabsmsla", "Smslab9001"]
    for sender in good:
        done(register(sender))

    verify([sender for sender in good if sender not in names(ip1)]).equals([])


@requirement("ip1/senders/refused")
def test_a_sender_that_breaks_a_rule_is_named(ip1: Ip1Driver, register: Put) -> None:
    """In the path and in a body."""
    verify(at_fault(register("iP.1"))).equals({"sender"})
    verify(at_fault(ip1.put(SENDERS, {"sender": "iP.1"}))).equals({"sender"})


@requirement("ip1/senders/plus")
def test_a_plus_before_a_number_is_taken_off(ip1: Ip1Driver, afterwards: Afterwards) -> None:
    """It stands in the list without."""
    afterwards(ip1, f"{SENDERS}/46701740605")
    made = done(ip1.put(f"{SENDERS}/%2B46701740605"))

    verify((made.get("sender"), "46701740605" in names(ip1))).equals(("46701740605", True))
