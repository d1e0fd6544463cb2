"""send.php: what an accepted send does."""

import pytest

from conformance.bench import Account
from conformance.checks.isms.calls import balance, cost, identifier, inbox, said, state
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("isms/send/reply")
def test_a_send_is_answered_with_an_identifier(isms: IsmsDriver, numbers: Numbers) -> None:
    """Letters and digits close behind the colon."""
    verify(said(isms.send(to=numbers()))).matches(r"ID:[0-9A-Za-z]+")


@requirement("isms/send/id-form")
def test_the_identifier_is_of_the_printed_kind(isms: IsmsDriver, numbers: Numbers) -> None:
    """Like I7I5R4HTAA."""
    verify(said(isms.send(to=numbers()))).matches(r"ID:[A-Z0-9]{10}")


@requirement("isms/send/new-id")
def test_equal_sends_have_identifiers_of_their_own(isms: IsmsDriver, numbers: Numbers) -> None:
    """The same call twice."""
    to = numbers()
    first, second = identifier(isms.send(to=to)), identifier(isms.send(to=to))

    verify(second).holds(lambda later: later != first, f"another identifier than {first}")


@requirement("isms/send/one-id", "isms/send/to")
def test_every_recipient_is_found_under_the_one_identifier(isms: IsmsDriver, numbers: Numbers) -> None:
    """Three recipients parted by commas."""
    to = numbers(3)
    mid = identifier(isms.send(to=to))

    for mobile in to:
        verify(said(isms.query(mid=mid, mobile=mobile))).matches(r"Status: \w+")


@requirement("isms/send/to")
def test_every_recipient_gets_the_message(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """In the order they were listed."""
    to = numbers(3)
    identifier(isms.send(to=to, message="to you all"))

    found = [(one["to"], one["text"]) for one in control.messages(provider="isms")]
    verify(found).equals([(mobile, "to you all") for mobile in to])


@requirement("isms/send/from")
def test_the_message_carries_its_sender(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """The identity in the example request."""
    reply = isms.send(to=numbers(), from_="myself")

    verify(inbox(control, reply)["from"]).equals("myself")


@requirement("isms/send/bulk")
def test_a_hundred_recipients_are_served_like_one(isms: IsmsDriver, numbers: Numbers) -> None:
    """First and last are asked for."""
    to = numbers(100)
    mid = identifier(isms.send(to=to))

    for mobile in (to[0], to[-1]):
        verify(said(isms.query(mid=mid, mobile=mobile))).matches(r"Status: \w+")


@requirement("isms/send/message")
def test_the_text_arrives(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """Punctuation and all."""
    text = "See you at 8:30, gate B/4 (north)!"
    reply = isms.send(to=numbers(), message=text)

    verify(inbox(control, reply)["text"]).equals(text)


@requirement("isms/send/message-optional")
def test_a_send_without_text_is_accepted(isms: IsmsDriver, numbers: Numbers) -> None:
    """The parameter left out."""
    identifier(isms.send(to=numbers(), message=None))


@requirement("isms/send/coding-gsm")
def test_gsm_text_travels_in_the_gsm_alphabet(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """With letters that only look foreign."""
    message = inbox(control, isms.send(to=numbers(), message="Ärger für £5? ΔΩ!", coding="GSM"))

    verify((message["text"], message["coding"])).equals(("Ärger für £5? ΔΩ!", "gsm7"))


@requirement("isms/send/coding-utf8")
def test_any_text_travels_unchanged_as_utf8(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """Accents, small Greek, a picture."""
    message = inbox(control, isms.send(to=numbers(), message="Καλημέρα ☀ 😀", coding="UTF-8"))

    verify((message["text"], message["coding"])).equals(("Καλημέρα ☀ 😀", "ucs2"))


@requirement("isms/send/coding-default")
def test_gsm_is_the_default(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """No coding, and GSM by name, make the same message."""
    silent = inbox(control, isms.send(to=numbers(), message="50€"))
    named = inbox(control, isms.send(to=numbers(), message="50€", coding="GSM"))

    keys = ("text", "coding", "parts", "price")
    verify({key: silent[key] for key in keys}).equals({key: named[key] for key in keys})


@requirement("isms/send/coding-spelling")
@pytest.mark.parametrize("coding", ["utf-8", "Utf-8", "UTF8", "utf8"])
def test_utf8_has_several_spellings(
    isms: IsmsDriver, control: Control, numbers: Numbers, coding: str
) -> None:
    """Case, and the missing hyphen."""
    message = inbox(control, isms.send(to=numbers(), message="Γειά", coding=coding))

    verify((message["text"], message["coding"])).equals(("Γειά", "ucs2"))


@requirement("isms/send/coding-spelling")
def test_gsm_may_be_written_small(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """As clients do."""
    verify(inbox(control, isms.send(to=numbers(), coding="gsm"))["coding"]).equals("gsm7")


@requirement("isms/send/coding-unknown")
def test_an_unknown_coding_is_taken_for_gsm(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """An encoding of another age."""
    verify(inbox(control, isms.send(to=numbers(), coding="ISO-8859-7"))["coding"]).equals("gsm7")


@requirement("isms/send/flash-on")
def test_a_flash_message_is_one(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """flash=1."""
    verify(inbox(control, isms.send(to=numbers(), flash=1))["flash"]).equals(True)


@requirement("isms/send/flash-off")
def test_flash_can_be_declined(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """flash=0."""
    verify(inbox(control, isms.send(to=numbers(), flash=0))["flash"]).equals(False)


@requirement("isms/send/flash-default")
def test_messages_do_not_flash_by_themselves(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """flash left out."""
    verify(inbox(control, isms.send(to=numbers()))["flash"]).equals(False)


@requirement("isms/send/flash-unknown")
@pytest.mark.parametrize("flash", ["2", "true", "yes"])
def test_an_unknown_flash_is_taken_for_0(
    isms: IsmsDriver, control: Control, numbers: Numbers, flash: str
) -> None:
    """Values the page does not name."""
    verify(inbox(control, isms.send(to=numbers(), flash=flash))["flash"]).equals(False)


@requirement("isms/send/cost")
@pytest.mark.parametrize(
    ("recipients", "length", "times"), [(1, 160, 1), (3, 160, 3), (1, 161, 2), (2, 460, 8)]
)
def test_the_cost_is_parts_times_recipients(
    isms: IsmsDriver, numbers: Numbers, recipients: int, length: int, times: int
) -> None:
    """Measured in the cost of one short message."""
    price = cost(isms, lambda: isms.send(to=numbers(), message="a"))
    paid = cost(isms, lambda: isms.send(to=numbers(recipients), message="a" * length))

    verify(paid).equals(price * times)


@requirement("isms/send/cost")
def test_a_message_costs_something(isms: IsmsDriver, numbers: Numbers) -> None:
    """Debited by the time the identifier is there."""
    verify(cost(isms, lambda: isms.send(to=numbers()))).holds(
        lambda paid: paid > 0, "less credit than before"
    )


@requirement("isms/send/to-the-last-credit")
def test_the_last_credit_can_be_spent(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """Two recipients for the price of two."""
    price = cost(isms, lambda: isms.send(to=numbers()))
    control.patch_account("isms", isms.username, credit=float(2 * price))
    identifier(isms.send(to=numbers(2)))

    verify(balance(isms)).equals(0 * price)


@requirement("isms/send/all-or-nothing")
def test_a_call_half_paid_for_reaches_nobody(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """Three recipients for the price of two."""
    price = cost(isms, lambda: isms.send(to=numbers()))
    control.delete_messages()
    control.patch_account("isms", isms.username, credit=float(2 * price))
    reply = isms.send(to=numbers(3))

    verify(said(reply)).equals("Error: Insufficient credits.")
    verify(control.messages(provider="isms")).equals([])
    verify(balance(isms)).equals(2 * price)


@requirement("isms/send/invalid-dropped")
def test_entries_that_are_no_number_are_left_out(isms: IsmsDriver, numbers: Numbers) -> None:
    """Words and fragments between two numbers; the rest goes out and is paid for."""
    price = cost(isms, lambda: isms.send(to=numbers()))
    before = balance(isms)
    first, last = numbers(2)
    mid = identifier(isms.send(to=[first, "nobody", "12", last]))

    verify(before - balance(isms)).equals(2 * price)
    verify([state(isms, mid, mobile) for mobile in (first, last)]).equals(["Queued", "Queued"])


@requirement("isms/send/number-length")
@pytest.mark.parametrize(
    ("mobile", "says"),
    [
        ("3069000", r"Error: No recipients\."),
        ("30690000", r"ID:\w+"),
        ("306900000000000", r"ID:\w+"),
        ("3069000000000000", r"Error: No recipients\."),
    ],
    ids=["7", "8", "15", "16"],
)
@pytest.mark.usefixtures("control")  # only an emulator may be sent to numbers that are not ours
def test_a_number_has_8_to_15_digits(isms: IsmsDriver, mobile: str, says: str) -> None:
    """On both sides of both ends."""
    verify(said(isms.send(to=mobile))).matches(says)


@requirement("isms/send/number-spelling")
@pytest.mark.parametrize(
    "spelling", ["+{}", "00{}", " {}", "{} ", ",{}", "{},", "{},,"], ids=lambda spelling: repr(spelling)
)
def test_a_number_is_recognised_in_other_spellings(isms: IsmsDriver, numbers: Numbers, spelling: str) -> None:
    """And found again by its digits."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=spelling.format(mobile)))

    verify(said(isms.query(mid=mid, mobile=mobile))).matches(r"Status: \w+")


@requirement("isms/send/duplicates")
def test_a_number_listed_twice_gets_one_message(isms: IsmsDriver, numbers: Numbers) -> None:
    """Plainly, and in another spelling; told by the price."""
    price = cost(isms, lambda: isms.send(to=numbers()))
    mobile = numbers()[0]
    paid = cost(isms, lambda: isms.send(to=[mobile, mobile, f"+{mobile}", f"00{mobile}"]))

    verify(paid).equals(price)


@requirement("isms/send/sender-letters")
@pytest.mark.parametrize("sender", ["A", "myself", "ABCDEFGHIJK"])
def test_up_to_eleven_letters_are_a_sender(isms: IsmsDriver, numbers: Numbers, sender: str) -> None:
    """One, some, eleven."""
    identifier(isms.send(to=numbers(), from_=sender))


@requirement("isms/send/sender-digits")
@pytest.mark.parametrize("sender", ["1", "306900000000", "1234567890123456"])
def test_up_to_sixteen_digits_are_a_sender(isms: IsmsDriver, numbers: Numbers, sender: str) -> None:
    """One, a number, sixteen."""
    identifier(isms.send(to=numbers(), from_=sender))


@requirement("isms/send/sender-list")
def test_an_account_may_be_held_to_its_senders(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """One identity allowed, another refused."""
    control.patch_account("isms", isms.username, senders=["Demo"])

    verify(said(isms.send(to=numbers(), from_="Other"))).equals("Error: Invalid sender identity.")
    identifier(isms.send(to=numbers(), from_="Demo"))


@requirement("isms/send/new-id")
def test_accounts_do_not_share_identifiers(
    isms: IsmsDriver, control: Control, empty_account: Account, numbers: Numbers
) -> None:
    """Two accounts with credit."""
    control.patch_account("isms", empty_account.username, credit=10)
    other = isms.as_user(empty_account.username, empty_account.password)
    first, second = identifier(isms.send(to=numbers())), identifier(other.send(to=numbers()))

    verify(second).holds(lambda later: later != first, f"another identifier than {first}")
