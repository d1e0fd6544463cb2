"""mail: one letter to one or many addresses."""

import pytest

from conformance.checks.iro.calls import (
    SOON,
    addresses,
    arrived,
    billed,
    default,
    inbox,
    job,
    no_address,
    unused,
)
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.iro import Argument, IroDriver
from conformance.drivers.iro_xmlrpc import IroXmlRpc
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("iro/mail/user")
def test_a_mail_belongs_to_the_user(iro: IroDriver) -> None:
    """Who is told of it."""
    id = job(iro.mail(addresses()))

    verify(iro.status()).holds(lambda jobs: isinstance(jobs, dict) and str(id) in jobs, f"a dict with {id}")


@requirement("iro/mail/job-id")
def test_the_answer_is_a_whole_number(iro: IroDriver) -> None:
    """Another for every mail."""
    verify(job(iro.mail(addresses()))).holds(
        lambda id: id != job(iro.mail(addresses())), "another id for another mail"
    )


@requirement("iro/mail/subject", "iro/mail/body")
def test_subject_and_body_arrive(iro: IroDriver, control: Control) -> None:
    """With what XML has a meaning for."""
    id = job(iro.mail(addresses(), "Zeile 1\nZeile <2> & Grüße", subject="Über & über"))

    message = arrived(control, id)
    verify((message["medium"], message["extras"]["subject"], message["text"])).equals(
        ("mail", "Über & über", "Zeile 1\nZeile <2> & Grüße")
    )


@requirement("iro/mail/recipients")
def test_each_address_gets_the_mail(iro: IroDriver, control: Control) -> None:
    """Three of them."""
    to = addresses(3)
    id = job(iro.mail(to))

    verify(sorted(one["to"] for one in inbox(control, id))).equals(to)


@requirement("iro/mail/recipients")
def test_a_mail_goes_to_addresses_alone(iro: IroDriver) -> None:
    """A telephone number is none."""
    verify(iro.mail(["+49 551 28293640"])).equals(no_address("+49 551 28293640"))


@requirement("iro/mail/frm")
def test_a_mail_comes_from_its_sender(iro: IroDriver, control: Control) -> None:
    """Whoever that is."""
    id = job(iro.mail(addresses(), frm="me@example.org"))

    verify(arrived(control, id)["from"]).equals("me@example.org")


@requirement("iro/mail/frm-before-route")
def test_the_sender_stands_before_the_route(xmlrpc: IroXmlRpc, control: Control) -> None:
    """Both of them given, by their places."""
    given = ("smslab", "smslab check", addresses(), "me@example.org", ["default"])
    id = job(xmlrpc.positional("mail", xmlrpc.key, *given))

    verify(arrived(control, id)["from"]).equals("me@example.org")


@requirement("iro/mail/info")
def test_mails_of_one_name_are_billed_together(iro: IroDriver, clock: Clock) -> None:
    """Two of three."""
    one, other = unused(clock, "one"), unused(clock, "other")
    for info in (one, one, other):
        job(iro.mail(addresses(), info=info))
    clock.advance(SOON)

    offer = default(iro, "mail")
    verify([billed(iro, offer, info)["anz"] for info in (one, other)]).equals([2, 1])


@requirement("iro/mail/default-sender")
@pytest.mark.parametrize("frm", [None, ""], ids=["none", "empty"])
def test_no_sender_is_the_offers_own(iro: IroDriver, control: Control, frm: Argument) -> None:
    """Given so, as if it had been left out."""
    given, left = job(iro.mail(addresses(), frm=frm)), job(iro.mail(addresses()))

    verify(arrived(control, given)["from"]).equals(arrived(control, left)["from"])


@requirement("iro/mail/bad-frm")
@pytest.mark.parametrize("frm", ["me", "me@example", "me@@example.org", "Me <me@example.org>"])
def test_a_sender_is_a_mail_address(iro: IroDriver, control: Control, frm: str) -> None:
    """A bare one."""
    verify(iro.mail(addresses(), frm=frm)).equals(no_address(frm))
    verify(control.messages(provider="iro")).equals([])


@requirement("iro/mail/duplicates")
def test_an_address_that_stands_twice_gets_one(iro: IroDriver, control: Control) -> None:
    """In two cases."""
    id = job(iro.mail(["Check@example.org", "check@EXAMPLE.org", "check@example.org"]))

    verify(len(inbox(control, id))).equals(1)
