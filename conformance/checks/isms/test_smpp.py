"""SMPP: what the page promises, and that it is the gateway that HTTP leads to."""

from collections import Counter
from typing import Any

import pytest

from conformance.checks.isms.bursts import burst
from conformance.checks.isms.calls import SOON, balance, cost, identifier, said, state
from conformance.checks.smpp34.calls import Smsc, every_bind
from conformance.checks.smpp34.messages import shelved
from conformance.checks.smpp34.reports import FINAL, receipt
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.drivers.smpp_frames import Reader
from conformance.drivers.smpp_operations import Whose, header, queried, query, segment
from conformance.drivers.smpp_pdus import MESSAGE_PAYLOAD, QUERY_SM, SC_INTERFACE_VERSION, UDHI, parameter
from conformance.drivers.smpp_statuses import Status
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

UCS2, FLASH, FLASH_UCS2 = 0x08, 0x10, 0x18
"""Values of data_coding (5.2.19; GSM 03.38)."""

LIMIT = 700
LONG = "All work and no play. " * 18

TEXTS = {
    "greek": "Καλημέρα, η παραγγελία σας είναι έτοιμη.",
    "arabic": "صباح الخير، طلبك جاهز.",
    "russian": "Доброе утро, ваш заказ готов.",
}

languages = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


# What can be sent


@requirement("isms/smpp/version")
@every_bind
def test_version_34_is_spoken(smsc: Smsc, command: int) -> None:
    """However the client binds."""
    answer = smsc.bind(smsc.link(), command, version=0x34)
    verify(answer.status).equals(Status.ROK)

    read = Reader(answer.body)
    read.string(16)
    verify(read.parameters().get(SC_INTERFACE_VERSION)).is_one_of(b"\x34", None)


@requirement("isms/smpp/languages")
@languages
def test_a_text_arrives_in_its_own_letters(smsc: Smsc, text: str) -> None:
    """In UCS-2."""
    message_id = smsc.submit(smsc.bound(), message=text.encode("utf-16-be"), coding=UCS2)

    verify(shelved(smsc, message_id)["text"]).equals(text)


@requirement("isms/smpp/flash")
@pytest.mark.parametrize(
    ("coding", "alphabet", "text"), [(FLASH, "ascii", "Hello"), (FLASH_UCS2, "utf-16-be", TEXTS["greek"])]
)
def test_a_flash_message_arrives_as_one(smsc: Smsc, coding: int, alphabet: str, text: str) -> None:
    """By the class in data_coding; without it there is none."""
    link = smsc.bound()
    flash = shelved(smsc, smsc.submit(link, message=text.encode(alphabet), coding=coding))
    plain = shelved(smsc, smsc.submit(link))

    verify((flash["flash"], flash["text"], plain["flash"])).equals((True, text, False))


@requirement("isms/smpp/concatenated")
@pytest.mark.parametrize("way", ["header", "parameters"])
def test_the_pieces_of_a_long_text_arrive_as_one(smsc: Smsc, control: Control, way: str) -> None:
    """Three pieces to one number, told by a user data header or by parameters."""
    link, destination = smsc.bound(), smsc.number()
    pieces = [LONG[at : at + 134] for at in range(0, len(LONG), 134)]
    for number, piece in enumerate(pieces, start=1):
        place = (7, len(pieces), number)
        octets = piece.encode("ascii")
        told: dict[str, Any] = (
            {"message": header(*place) + octets, "esm_class": UDHI}
            if way == "header"
            else {"message": octets, "parameters": segment(*place)}
        )
        smsc.submit(link, destination=destination, **told)

    verify([one["text"] for one in control.messages(to=destination)]).holds(
        lambda texts: LONG in texts, "a message with the whole text among them"
    )


@requirement("isms/smpp/concatenated")
def test_a_long_text_arrives_whole(smsc: Smsc) -> None:
    """As message_payload: three parts to the handset."""
    payload = parameter(MESSAGE_PAYLOAD, LONG.encode("ascii"))
    message = shelved(smsc, smsc.submit(smsc.bound(), "", parameters=payload))

    verify((message["text"], message["parts"])).equals((LONG, 3))


@requirement("isms/smpp/sender")
@pytest.mark.parametrize(
    ("source", "ton", "npi"), [("Demo", 5, 0), ("306900000001", 1, 1)], ids=["name", "number"]
)
def test_a_message_comes_from_whom_the_client_says(smsc: Smsc, source: str, ton: int, npi: int) -> None:
    """A name or a number."""
    message_id = smsc.submit(smsc.bound(), source=source, source_ton=ton, source_npi=npi)

    verify(shelved(smsc, message_id)["from"]).equals(source)


@requirement("isms/smpp/reports")
def test_a_report_comes_within_seconds(smsc: Smsc) -> None:
    """In the session that sent the message."""
    link = smsc.bound()
    message_id = smsc.submit(link, registered=FINAL)

    verify(receipt(smsc, link, message_id).receipt.get("stat")).equals("DELIVRD")


# How fast


@requirement("isms/smpp/rate")
def test_seven_hundred_are_taken_in_a_second(smsc: Smsc) -> None:
    """All at once."""
    verify(burst(smsc, smsc.bound(), LIMIT)).equals(Counter({Status.ROK: LIMIT}))


@requirement("isms/smpp/throttled")
def test_the_one_beyond_is_refused_and_costs_nothing(smsc: Smsc, isms: IsmsDriver) -> None:
    """Of 701 at once; a second later there is room again."""
    link = smsc.bound()
    before = balance(isms)
    verify(burst(smsc, link, LIMIT + 1)).equals(Counter({Status.ROK: LIMIT, Status.RTHROTTLED: 1}))
    paid = before - balance(isms)

    verify(paid).equals(LIMIT * cost(isms, lambda: smsc.submit(link)))


# The same gateway


@requirement("isms/smpp/credentials")
def test_name_and_password_are_those_of_http(smsc: Smsc, isms: IsmsDriver) -> None:
    """Both ways know them, neither takes another password."""
    stranger = isms.credits(password="nobody")

    verify(smsc.bind(smsc.link()).status).equals(Status.ROK)
    verify(smsc.bind(smsc.link(), password="nobody").status).holds(bool, "a status that refuses")
    verify((isms.balance() is not None, said(stranger))).equals((True, "Error: Authentication error."))


@requirement("isms/smpp/credentials")
def test_a_new_password_is_that_of_both(smsc: Smsc, isms: IsmsDriver, control: Control) -> None:
    """The one before is worth nothing any more."""
    control.patch_account("isms", isms.username, password="changed")

    verify(smsc.bind(smsc.link(), password="changed").status).equals(Status.ROK)
    verify(smsc.bind(smsc.link()).status).holds(bool, "a status that refuses")
    verify(said(isms.credits(password="changed"))).matches(r"Credits:\S+")


@requirement("isms/smpp/same-messages")
def test_the_query_page_knows_what_was_submitted(smsc: Smsc, isms: IsmsDriver, clock: Clock) -> None:
    """By its message_id, and what has become of it."""
    mobile = smsc.number()
    message_id = smsc.submit(smsc.bound(), destination=mobile)
    clock.advance(SOON)

    verify(state(isms, message_id, mobile)).is_one_of("Pending", "Delivered")


@requirement("isms/smpp/same-messages")
def test_query_sm_knows_what_was_sent_over_http(smsc: Smsc, isms: IsmsDriver, numbers: Numbers) -> None:
    """By the identifier that send.php gave."""
    mid = identifier(isms.send(to=numbers(), from_="Demo"))
    answer = smsc.bound().ask(QUERY_SM, query(mid, Whose(address="Demo")))

    verify(answer.status).equals(Status.ROK)
    verify(queried(answer).message_id).equals(mid)


@requirement("isms/smpp/same-messages")
@pytest.mark.parametrize("text", ["Hello", "All work and no play. " * 10], ids=["one part", "two parts"])
def test_a_submit_costs_what_a_send_costs(smsc: Smsc, isms: IsmsDriver, text: str) -> None:
    """From the credits that credits.php tells."""
    link, payload = smsc.bound(), parameter(MESSAGE_PAYLOAD, text.encode("ascii"))
    price = cost(isms, lambda: isms.send(to=smsc.number(), message=text))

    verify(cost(isms, lambda: smsc.submit(link, "", parameters=payload))).equals(price)


@requirement("isms/smpp/same-messages")
def test_what_was_spent_over_smpp_is_gone_for_look_ups(
    smsc: Smsc, isms: IsmsDriver, control: Control, numbers: Numbers
) -> None:
    """The last credit, on a message."""
    control.patch_account("isms", isms.username, credit=1)
    verify(said(isms.hlr(mobiles=numbers()))).matches(r"ID:\w+")
    control.patch_account("isms", isms.username, credit=1)
    smsc.submit(smsc.bound())

    verify(said(isms.hlr(mobiles=numbers()))).equals("Error: Insufficient credits.")
