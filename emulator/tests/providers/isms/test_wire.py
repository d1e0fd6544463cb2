"""The document's parameters as values of the core, and back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.contacts import Entry
from emulator.core.hlr import Progress, Question
from emulator.core.ids import Ids
from emulator.core.model import Coding, Enquiry, Login, Status
from emulator.core.refusals import Reason
from emulator.core.register import Lookup, Network, Presence
from emulator.providers.isms import wire
from emulator.providers.isms.quirks import Quirks
from emulator.tests.samples import NINE, NUMBER, OTHER, an_order

QUIRKS = Quirks()
IDS = Ids(1)

MARCH = datetime(2017, 3, 15, 11, 45, 30, tzinfo=UTC)
"""A Wednesday, 13:45:30 in Athens."""


def test_a_login_is_what_the_fields_say() -> None:
    fields = {"username": "demo", "password": "s3cret", "USERNAME": "other"}

    assert wire.login(fields, ()) == Login(provider="isms", name="demo", password="s3cret")
    assert wire.login({}, ()) == Login(provider="isms", name="", password="")


def test_objections_to_the_whole_request_go_with_the_login() -> None:
    assert wire.login({}, (Reason.STORAGE_FAILED,)).flaws == (Reason.STORAGE_FAILED,)


# Sending


@pytest.mark.parametrize(
    "sender",
    [
        "myself",
        "A",
        "elevenchars",
        "with blank",
        "a.b_c&d-e",
        "3Monkeys",
        "1",
        "1234567890123456",
        "+1234567890123456",
        "+30691234567",
    ],
)
def test_a_possible_sender(sender: str) -> None:
    assert wire.draft({"from": sender}, QUIRKS, NINE).flaws == ()


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "twelve chars",
        "twelvechars!",
        "Καφές",
        "café",
        "a+b",
        "+a",
        "12345678901234567",
        "+12345678901234567",
        "++1",
        "+",
        "a\n",
        "１２３",
        "a/b",
    ],
)
def test_an_impossible_sender(sender: str) -> None:
    assert wire.draft({"from": sender}, QUIRKS, NINE).flaws == (Reason.BAD_SENDER,)


@pytest.mark.parametrize(
    ("flash", "on"),
    [("1", True), ("0", False), ("", False), ("2", False), ("true", False), ("01", False)],
)
def test_only_one_means_flash(flash: str, on: bool) -> None:
    assert wire.draft({"from": "me", "flash": flash}, QUIRKS, NINE).flash is on


@pytest.mark.parametrize(
    ("fields", "text", "coding"),
    [
        ({"message": "Hello"}, "Hello", Coding.GSM7),
        ({"message": "Γεια", "coding": "GSM"}, "ΓEIA", Coding.GSM7),
        ({"message": "Γεια", "coding": "gsm"}, "ΓEIA", Coding.GSM7),
        ({"message": "Γεια", "coding": ""}, "ΓEIA", Coding.GSM7),
        ({"message": "Γεια", "coding": "latin"}, "ΓEIA", Coding.GSM7),
        ({"message": "Γεια", "coding": "UTF-8"}, "Γεια", Coding.UCS2),
        ({"message": "Γεια", "coding": "utf-8"}, "Γεια", Coding.UCS2),
        ({"message": "Γεια", "coding": "UTF8"}, "Γεια", Coding.UCS2),
        ({"message": "Hello", "coding": "UTF-8"}, "Hello", Coding.UCS2),
        ({"coding": "UTF-8"}, "", Coding.UCS2),
        ({}, "", Coding.GSM7),
    ],
)
def test_the_text_as_it_travels(fields: dict[str, str], text: str, coding: Coding) -> None:
    assert wire.message(fields, QUIRKS) == (text, coding)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (NUMBER, (NUMBER,)),
        (f"{NUMBER},{OTHER}", (NUMBER, OTHER)),
        (f"{OTHER},{NUMBER}", (OTHER, NUMBER)),
        (f" {NUMBER} , {OTHER} ", (NUMBER, OTHER)),
        (f"+{NUMBER},00{OTHER}", (NUMBER, OTHER)),
        (f"{NUMBER},+{NUMBER},00{NUMBER}", (NUMBER,)),
        (f",,{NUMBER},,", (NUMBER,)),
        (f"nobody,{NUMBER},12", (NUMBER,)),
        (f"{NUMBER};{OTHER}", ()),
        (f"{NUMBER}%2C{OTHER}", ()),
        ("12345678,1234567", ("12345678",)),
        ("123456789012345,1234567890123456", ("123456789012345",)),
        ("", ()),
    ],
)
def test_the_valid_entries_of_a_list(text: str, found: tuple[str, ...]) -> None:
    assert wire.numbers(text, QUIRKS) == found


def athens(text: str) -> datetime:
    """A moment written in Greek local time, in winter."""
    return datetime.fromisoformat(f"{text}+02:00")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2017-07-17", athens("2017-07-16T23:00:00")),
        ("2017-05-11 14:40", athens("2017-05-11T13:40:00")),
        ("+1 day", athens("2017-03-16T13:45:30")),
        ("next Thursday", athens("2017-03-16T00:00:00")),
        ("last Monday", athens("2017-03-13T00:00:00")),
    ],
)
def test_a_schedule_is_local_time_in_athens(text: str, moment: datetime) -> None:
    assert wire.schedule(text, QUIRKS, MARCH) == (moment, ())


def test_an_empty_schedule_is_none() -> None:
    assert wire.schedule("", QUIRKS, MARCH) == (None, ())


@pytest.mark.parametrize("text", ["garbage", "17/07/2017", "Δευτέρα", "0"])
def test_a_schedule_that_cannot_be_understood_is_an_objection(text: str) -> None:
    assert wire.schedule(text, QUIRKS, MARCH) == (None, (Reason.BAD_SCHEDULE,))


def test_a_draft_is_all_of_it() -> None:
    fields = {
        "from": "myself",
        "to": f"{NUMBER},{OTHER}",
        "message": "Γεια",
        "coding": "UTF-8",
        "flash": "1",
        "schedule": "+1 week",
        "dlr-url": "http://127.0.0.1:1/dlr?job=7&x=1",
    }

    draft = wire.draft(fields, QUIRKS, MARCH)

    assert (draft.sender, draft.recipients) == ("myself", (NUMBER, OTHER))
    assert (draft.text, draft.coding, draft.flash) == ("Γεια", Coding.UCS2, True)
    assert draft.scheduled_at == athens("2017-03-22T13:45:30")
    assert draft.patience == timedelta(hours=48)
    assert draft.callback == "http://127.0.0.1:1/dlr?job=7&x=1"


def test_an_empty_draft_has_every_objection_that_can_be_read_off_it() -> None:
    draft = wire.draft({"schedule": "garbage"}, QUIRKS, MARCH)

    assert set(draft.flaws) == {Reason.BAD_SENDER, Reason.BAD_SCHEDULE}
    assert (draft.recipients, draft.callback) == ((), None)


def test_an_accepted_send_is_answered_with_the_identifier_of_its_order() -> None:
    order, _ = an_order(id=7)

    assert wire.sent(order, IDS) == f"ID:{wire.reference(order, IDS)}"
    assert len(wire.reference(order, IDS)) == 10


# Asking


@given(number=st.integers(1, 10**9))
def test_an_identifier_can_be_asked_about(number: int) -> None:
    order, _ = an_order(id=number)
    fields = {"mid": wire.reference(order, IDS), "mobile": f"+{NUMBER}"}

    assert wire.message_enquiry(fields, QUIRKS, IDS) == Enquiry(id=number, number=NUMBER)


@given(number=st.integers(1, 10**9))
def test_a_look_up_can_be_asked_about(number: int) -> None:
    fields = {"mid": wire.asked(number, IDS)[3:], "mobile": NUMBER}

    assert wire.lookup_enquiry(fields, QUIRKS, IDS) == Enquiry(id=number, number=NUMBER)


@pytest.mark.parametrize(
    ("fields", "flaws"),
    [
        ({}, (Reason.NO_ID, Reason.NO_NUMBER)),
        ({"mid": "", "mobile": NUMBER}, (Reason.NO_ID,)),
        ({"mid": "0008FABD", "mobile": ""}, (Reason.NO_NUMBER,)),
        ({"mid": "0008FABD", "mobile": NUMBER}, ()),
    ],
)
def test_what_an_enquiry_lacks(fields: dict[str, str], flaws: tuple[Reason, ...]) -> None:
    enquiry = wire.message_enquiry(fields, QUIRKS, IDS)

    assert (enquiry.id, enquiry.flaws) == (None, flaws)


def test_a_number_that_is_none_is_no_missing_one() -> None:
    assert wire.message_enquiry({"mid": "x", "mobile": "nobody"}, QUIRKS, IDS) == Enquiry(id=None, number="")


@pytest.mark.parametrize(
    ("status", "reply"),
    [
        (Status.SCHEDULED, "Status: Queued"),
        (Status.QUEUED, "Status: Queued"),
        (Status.SUBMITTED, "Status: Pending"),
        (Status.DELIVERED, "Status: Delivered"),
        (Status.UNDELIVERABLE, "Status: Failed"),
        (Status.EXPIRED, "Status: Failed"),
        (Status.REJECTED, "Status: Failed"),
        (Status.UNROUTABLE, "Status: Failed"),
        (Status.CANCELLED, "Status: Failed"),
    ],
)
def test_the_state_of_a_message_in_the_document_s_words(status: Status, reply: str) -> None:
    assert wire.state(status) == reply


def test_every_status_has_a_word() -> None:
    assert set(wire.STATES) == set(Status)
    assert set(wire.ANSWERS) == set(Presence)


@pytest.mark.parametrize(
    ("credit", "reply"),
    [
        ("3948.47", "Credits:3948.47"),
        ("0", "Credits:0.00"),
        ("1000", "Credits:1000.00"),
        ("1000000.5", "Credits:1000000.50"),
        ("0.009", "Credits:0.00"),
        ("9.999", "Credits:9.99"),
        ("1E+3", "Credits:1000.00"),
        (None, "Credits:999999999.99"),
    ],
)
def test_the_balance_has_two_decimals_and_is_never_rounded_up(credit: str | None, reply: str) -> None:
    """An unlimited account shows as much as anybody could need."""
    assert wire.balance(None if credit is None else Decimal(credit)) == reply


# Look-ups and contacts

COSMOTE = Network(mcc="202", mnc="01", name="Cosmote", country="Greece")

LIVE = Lookup(
    id=1,
    provider="isms",
    account="demo",
    number="306971234567",
    price=Decimal("0.10"),
    accepted_at=NINE,
    presence=Presence.LIVE,
    country="Greece",
    network=COSMOTE,
    serving_msc="306970000000",
)
ABSENT = replace(LIVE, presence=Presence.ABSENT, serving_msc="")
UNKNOWN = replace(LIVE, presence=Presence.UNKNOWN_NUMBER, country="", network=None, serving_msc="")
SILENT = replace(UNKNOWN, presence=Presence.NO_ANSWER)


@pytest.mark.parametrize(
    ("lookup", "progress", "reply"),
    [
        (LIVE, Progress.QUEUED, "Queued"),
        (LIVE, Progress.PENDING, "Pending"),
        (LIVE, Progress.ANSWERED, "Delivered;Greece;Cosmote;202010000000000;306970000000;0"),
        (ABSENT, Progress.ANSWERED, "Undelivered;Greece;Cosmote;;;27"),
        (UNKNOWN, Progress.ANSWERED, "Failed;;;;;1"),
        (SILENT, Progress.ANSWERED, "Unknown;;;;;34"),
    ],
)
def test_a_look_up_is_one_word_and_then_six_fields(lookup: Lookup, progress: Progress, reply: str) -> None:
    assert wire.answer(lookup, progress) == reply


def test_a_network_code_of_three_digits_makes_no_longer_imsi() -> None:
    verizon = Network(mcc="310", mnc="004", name="Verizon", country="United States")

    assert wire.imsi(replace(LIVE, network=verizon)) == "310004000000000"


def test_a_question_takes_the_numbers_that_are_some() -> None:
    fields = {"mobiles": f"+{NUMBER}, nobody,{OTHER}"}

    assert wire.question(fields, QUIRKS) == Question(numbers=(NUMBER, OTHER))
    assert wire.question({}, QUIRKS) == Question(numbers=())


@pytest.mark.parametrize(
    ("mobile", "number", "flaws"),
    [
        (NUMBER, NUMBER, ()),
        (f" 00{NUMBER}", NUMBER, ()),
        ("", "", (Reason.NO_CONTACT_NUMBER,)),
        (" ", "", (Reason.NO_CONTACT_NUMBER,)),
        ("nobody", "", (Reason.BAD_CONTACT_NUMBER,)),
        (f"{NUMBER},{OTHER}", "", (Reason.BAD_CONTACT_NUMBER,)),
    ],
)
def test_a_contact_needs_one_number(mobile: str, number: str, flaws: tuple[Reason, ...]) -> None:
    fields = {"mobile": mobile, "surname": "Πάπα", "name": "Άννα", "comments": "θάλασσα", "phone": "1"}

    assert wire.entry(fields, QUIRKS) == Entry(
        number=number, surname="Πάπα", name="Άννα", comments="θάλασσα", flaws=flaws
    )


def test_the_success_word_is_greek_as_printed() -> None:
    assert wire.OK["document"].encode() == b"\xce\x9f\xce\x9a"
    assert wire.OK["ascii"].encode() == b"OK"
