"""The document's parameters as values of the core, and back."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.ids import Ids
from emulator.core.model import Account, Coding, Draft, Enquiry, Login
from emulator.core.refusals import Reason
from emulator.providers.netoxygen import wire
from emulator.providers.netoxygen.quirks import Quirks
from emulator.tests.samples import an_account, an_order

QUIRKS = Quirks()
IDS = Ids(1)

ANY = an_account(provider="netoxygen")


def draft(account: Account = ANY, quirks: Quirks = QUIRKS, **fields: str) -> Draft:
    return wire.draft({"message": "Hello", **fields}, account, quirks)


def test_a_login_is_what_the_first_two_say() -> None:
    fields = {"user": "me", "pass": "s3cret"}

    assert wire.login(fields, (Reason.NO_CREDIT,)) == Login(
        provider="netoxygen", name="me", password="s3cret", flaws=(Reason.NO_CREDIT,)
    )


# Messages


def test_a_message_travels_in_the_alphabet_that_holds_it() -> None:
    assert draft(message="Grüezi € {}").coding is Coding.GSM7
    assert draft(message="Grüezi ë").coding is Coding.UCS2


@pytest.mark.parametrize(("kind", "flash"), [("flash", True), ("text", False), ("", False), ("Flash", False)])
def test_a_flash_message_is_asked_for_by_its_name(kind: str, flash: bool) -> None:
    assert draft(type=kind).flash is flash


@pytest.mark.parametrize(
    ("message", "flaws"),
    [
        ("", (Reason.EMPTY_TEXT,)),
        (" ", ()),
        ("a" * 1530, ()),
        ("a" * 1531, (Reason.TEXT_TOO_LONG,)),
        ("a" * 1529 + "€", (Reason.TEXT_TOO_LONG,)),
        ("a" * 152 + "€" * 689, (Reason.TEXT_TOO_LONG,)),  # 1530 septets, but no € is cut in two
        ("ë" * 670, ()),
        ("ë" * 671, (Reason.TEXT_TOO_LONG,)),
    ],
)
def test_a_message_has_a_text_that_fits(message: str, flaws: tuple[Reason, ...]) -> None:
    assert draft(message=message).flaws == flaws


# Senders


@pytest.mark.parametrize("sender", ["a", "elevenchars", "3Monkeys", "1", "123456789012345"])
def test_a_possible_sender(sender: str) -> None:
    asked = draft(sender=sender)

    assert (asked.sender, asked.own_sender, asked.flaws) == (sender, False, ())


@pytest.mark.parametrize("sender", ["twelvelength", "1234567890123456", "Café", "a\n", "１２３", "a/b", "{}"])
def test_an_impossible_sender(sender: str) -> None:
    assert draft(sender=sender).flaws == (Reason.BAD_SENDER,)


@pytest.mark.parametrize(
    ("account", "asked_for", "sender"),
    [
        (ANY, "", "textobox.ch"),
        (ANY, "Shop", "Shop"),
        (an_account(attributes={"sender": "House"}), "", "House"),
        (an_account(attributes={"sender": "House"}), "Shop", "Shop"),
        (an_account(senders=("Shop",)), "Shop", "Shop"),
        (an_account(senders=("Shop",)), "Other", "textobox.ch"),
        (an_account(senders=(), attributes={"sender": "House"}), "Shop", "House"),
        (an_account(senders=()), "no possible sender", "textobox.ch"),
        (an_account(attributes={"status": "free"}), "Shop", "textobox.ch"),
    ],
)
def test_who_may_not_choose_or_does_not_has_the_default_sender(
    account: Account, asked_for: str, sender: str
) -> None:
    asked = draft(account, sender=asked_for)

    assert (asked.sender, asked.flaws) == (sender, ())
    assert asked.own_sender is (sender != asked_for)


# Dates


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2006-12-06 20:05:00", datetime(2006, 12, 6, 19, 5, tzinfo=UTC)),
        ("2026-07-01 12:00:00", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("2026-12-06", datetime(2026, 12, 5, 23, tzinfo=UTC)),
        ("2026-03-29 02:30:00", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("2026-10-25 02:30:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("9999-12-31 23:59:59", datetime(9999, 12, 31, 22, 59, 59, tzinfo=UTC)),
        ("", None),
        ("text", None),
        ("tomorrow", None),
        ("2026-02-30 10:00:00", None),
        ("2026-13-01", None),
        ("2026-12-06 24:00:00", None),
        ("2026-12-06 20:05", None),
        ("06.12.2026 20:05:00", None),
        ("2026-12-06T20:05:00Z", None),
        ("2026-12-06 20:05:00+02:00", None),
        ("2026-12-06 20:05:00\n", None),
        ("２０２６-12-06", None),
        ("0000-00-00 00:00:00", None),
        ("0001-01-01 00:00:00", None),
    ],
)
def test_only_the_form_of_the_document_is_a_date(date: str, moment: datetime | None) -> None:
    assert wire.moment(date, QUIRKS) == moment


def test_a_date_is_written_in_swiss_time() -> None:
    assert wire.written(datetime(2026, 7, 1, 10, tzinfo=UTC)) == "2026-07-01 12:00:00"
    assert wire.written(datetime(2026, 12, 31, 23, 30, 1, tzinfo=UTC)) == "2027-01-01 00:30:01"


# Numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("022/364 8000", "41223648000"),
        ("0792223344", "41792223344"),
        ("079 222 33 44", "41792223344"),
        ("+41 79 222 33 44", "41792223344"),
        ("0041792223344", "41792223344"),
        ("(+41) 79-222.33.44", "41792223344"),
        ("41792223344", "41792223344"),
        ("306912345678", "306912345678"),
        ("+4179+2223344", "41792223344"),
        ("12345678", "12345678"),
        ("123456789012345", "123456789012345"),
        ("1234567", None),
        ("1234567890123456", None),
        ("12", None),
        ("", None),
        ("+", None),
        ("00", None),
        ("nobody", None),
        ("０７９２２２３３４４", None),
    ],
)
def test_a_number_has_one_spelling(text: str, number: str | None) -> None:
    assert wire.number(text, QUIRKS) == number


@given(st.text(max_size=20))
def test_a_clean_number_stays_as_it_is(text: str) -> None:
    number = wire.number(text, QUIRKS)

    assert number is None or number.startswith("0") or wire.number(number, QUIRKS) == number


def test_a_message_without_a_number_keeps_the_text_it_was_sent_to() -> None:
    asked = wire.addressed(draft(message=""), "12", QUIRKS)

    assert (asked.recipients, asked.flaws) == (("12",), (Reason.EMPTY_TEXT, Reason.BAD_RECIPIENT))
    assert wire.addressed(draft(), "079 222 33 44", QUIRKS).recipients == ("41792223344",)


# Identifiers


@given(st.integers(1, 10**9))
def test_an_identifier_reads_back(id: int) -> None:
    identifier = wire.reference(an_order(id=id)[0], IDS)

    assert len(identifier) == 32
    assert set(identifier) <= set("0123456789abcdef")
    assert not identifier[0].isdigit()
    assert wire.enquiry(identifier, IDS) == Enquiry(id=id, number=None)


@pytest.mark.parametrize("identifier", ["", "1", "nope", "A" * 32, "a" * 31, "a" * 33, "é" * 32])
def test_what_is_no_identifier_means_no_message(identifier: str) -> None:
    assert wire.enquiry(identifier, IDS).id is None


def test_an_identifier_changed_in_any_place_means_another_message_or_none() -> None:
    identifier = wire.identifier(7, IDS)
    changed = [
        identifier[:at] + ("b" if old != "b" else "c") + identifier[at + 1 :]
        for at, old in enumerate(identifier)
    ]

    assert all(wire.enquiry(one, IDS).id != 7 for one in changed)


# Results


@pytest.mark.parametrize(
    ("credit", "balance"),
    [
        (Decimal("1000"), 1000),
        (Decimal("12.99"), 12),
        (Decimal(0), 0),
        (Decimal("-0.5"), -1),
        (None, 999_999_999),
    ],
)
def test_credits_are_told_in_whole_numbers(credit: Decimal | None, balance: int) -> None:
    assert wire.balance(credit) == balance


def test_who_belongs_to_one_group_has_one_identifier() -> None:
    ours, theirs = an_account(attributes={"group": "g"}), an_account(login="x", attributes={"group": "g"})
    alone = an_account(login="x")

    assert wire.group(ours, IDS) == wire.group(theirs, IDS)
    assert len({wire.group(ours, IDS), wire.group(alone, IDS), wire.group(ours, Ids(2))}) == 3
