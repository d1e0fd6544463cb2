"""savecontact.php and deletecontact.php: the address book."""

from collections.abc import Iterator

import pytest

from conformance.bench import Account
from conformance.checks.isms.calls import balance, said
from conformance.control import Control
from conformance.drivers.http import Reply
from conformance.drivers.isms import IsmsDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

OK = "ΟΚ"  # in Greek letters, as printed
LATIN_OK = "OK"

EMPTY, INVALID, FAILED = "Error: Mobile number is empty.", "Error: Invalid mobile number.", "FAILED"

both_scripts = pytest.mark.parametrize("script", ["savecontact.php", "deletecontact.php"])


@pytest.fixture
def mobile(isms: IsmsDriver, numbers: Numbers) -> Iterator[str]:
    """A number that is no contact, before and after."""
    mobile = numbers()[0]
    isms.deletecontact(mobile=mobile)
    yield mobile
    isms.deletecontact(mobile=mobile)


def done(reply: Reply) -> None:
    """Success, in Greek letters or Latin ones."""
    verify(said(reply)).is_one_of(OK, LATIN_OK)


@requirement("isms/savecontact/parameters", "isms/savecontact/ok")
def test_a_contact_is_saved(isms: IsmsDriver, mobile: str) -> None:
    """With everything the page marks as required."""
    done(isms.savecontact(mobile=mobile, surname="Παπαδοπούλου", name="Μαρία", comments="από τον Βόλο"))


@requirement("isms/savecontact/ok-spelling")
def test_the_word_is_spelled_as_printed(isms: IsmsDriver, mobile: str) -> None:
    """Omicron and kappa, from both scripts."""
    verify(said(isms.savecontact(mobile=mobile))).equals(OK)
    verify(said(isms.deletecontact(mobile=mobile))).equals(OK)


@requirement("isms/savecontact/empty-mobile")
@pytest.mark.parametrize("number", [None, ""], ids=["left-out", "empty"])
def test_a_contact_needs_a_number(isms: IsmsDriver, number: str | None) -> None:
    """Without the parameter, and with nothing in it."""
    verify(said(isms.savecontact(mobile=number))).equals(EMPTY)


@requirement("isms/savecontact/invalid-mobile")
@pytest.mark.parametrize("number", ["MOBILE", "12", "30690000000x"])
def test_the_number_of_a_contact_has_to_be_one(isms: IsmsDriver, number: str) -> None:
    """The word that stands for a number in the example of the page, and two fragments."""
    verify(said(isms.savecontact(mobile=number))).equals(INVALID)


@requirement("isms/savecontact/failed")
def test_a_contact_that_cannot_be_stored_has_failed(isms: IsmsDriver, control: Control, mobile: str) -> None:
    """One word, without what begins and ends an error; the next try succeeds."""
    control.set_fault("storage", "refuse", reason="storage-failed", path="*/savecontact.php", times=1)

    verify(said(isms.savecontact(mobile=mobile))).equals(FAILED)
    done(isms.savecontact(mobile=mobile))


@requirement("isms/deletecontact/failed")
def test_a_deletion_that_cannot_be_done_has_failed(isms: IsmsDriver, control: Control, mobile: str) -> None:
    """One word; the contact is still there to be deleted."""
    done(isms.savecontact(mobile=mobile))
    control.set_fault("storage", "refuse", reason="storage-failed", path="*/deletecontact.php", times=1)

    verify(said(isms.deletecontact(mobile=mobile))).equals(FAILED)
    done(isms.deletecontact(mobile=mobile))


@requirement("isms/savecontact/precedence")
@both_scripts
@pytest.mark.parametrize("number", ["", "MOBILE"], ids=["empty", "invalid"])
def test_a_stranger_is_told_so_before_anything_else(isms: IsmsDriver, script: str, number: str) -> None:
    """A wrong password and a bad number."""
    reply = isms.call(script, {"username": isms.username, "password": "nobody-has-this", "mobile": number})

    verify(said(reply)).equals("Error: Authentication error.")


@requirement("isms/savecontact/precedence")
@both_scripts
@pytest.mark.parametrize(("number", "says"), [("", EMPTY), ("MOBILE", INVALID)], ids=["empty", "invalid"])
def test_a_bad_number_comes_before_a_failure(
    isms: IsmsDriver, control: Control, script: str, number: str, says: str
) -> None:
    """While nothing can be stored."""
    control.set_fault("storage", "refuse", reason="storage-failed")
    reply = isms.call(script, {"username": isms.username, "password": isms.password, "mobile": number})

    verify(said(reply)).equals(says)


@requirement("isms/savecontact/only-a-number")
@pytest.mark.parametrize("value", [None, ""], ids=["left-out", "empty"])
def test_a_number_is_enough(isms: IsmsDriver, mobile: str, value: str | None) -> None:
    """No surname, no name, no comments."""
    done(isms.savecontact(mobile=mobile, surname=value, name=value, comments=value))


@requirement("isms/savecontact/updates")
def test_a_number_saved_twice_is_one_contact(isms: IsmsDriver, mobile: str) -> None:
    """Under two names; one deletion takes it away."""
    done(isms.savecontact(mobile=mobile, surname="Before"))
    done(isms.savecontact(mobile=mobile, surname="After"))

    done(isms.deletecontact(mobile=mobile))
    verify(said(isms.deletecontact(mobile=mobile))).equals(FAILED)


@requirement("isms/savecontact/number-spelling")
@pytest.mark.parametrize("spelling", ["+{}", "00{}", " {} "], ids=["plus", "zeros", "blanks"])
def test_a_contact_is_known_in_other_spellings(isms: IsmsDriver, mobile: str, spelling: str) -> None:
    """Saved in one, deleted in digits."""
    done(isms.savecontact(mobile=spelling.format(mobile)))

    done(isms.deletecontact(mobile=mobile))
    verify(said(isms.deletecontact(mobile=spelling.format(mobile)))).equals(FAILED)


@requirement("isms/savecontact/extra-fields")
def test_a_contact_may_have_more_to_it(isms: IsmsDriver, mobile: str) -> None:
    """What a sister of the page lists."""
    fields = {"username": isms.username, "password": isms.password, "mobile": mobile, "surname": "Check"}
    more = {"phone": "2421000000", "email": "check@example.com", "address": "Volos", "birthday": "1990-01-31"}

    done(isms.call("savecontact.php", fields | more))


@requirement("isms/savecontact/owner")
def test_contacts_belong_to_their_account(isms: IsmsDriver, empty_account: Account, mobile: str) -> None:
    """Another account cannot delete them."""
    other = isms.as_user(empty_account.username, empty_account.password)
    done(isms.savecontact(mobile=mobile))

    verify(said(other.deletecontact(mobile=mobile))).equals(FAILED)
    done(isms.deletecontact(mobile=mobile))


@requirement("isms/savecontact/free")
def test_contacts_cost_nothing(isms: IsmsDriver, empty_account: Account, mobile: str) -> None:
    """An account without credit keeps them, and one with credit keeps its credit."""
    before = balance(isms)
    poor = isms.as_user(empty_account.username, empty_account.password)

    for keeper in (poor, isms):
        done(keeper.savecontact(mobile=mobile))
        done(keeper.deletecontact(mobile=mobile))
    verify(balance(isms)).equals(before)


@requirement("isms/deletecontact/ok")
def test_a_contact_is_deleted(isms: IsmsDriver, mobile: str) -> None:
    """Saved just before."""
    done(isms.savecontact(mobile=mobile))

    done(isms.deletecontact(mobile=mobile))


@requirement("isms/deletecontact/empty-mobile")
@pytest.mark.parametrize("number", [None, ""], ids=["left-out", "empty"])
def test_a_deletion_needs_a_number(isms: IsmsDriver, number: str | None) -> None:
    """Without the parameter, and with nothing in it."""
    verify(said(isms.deletecontact(mobile=number))).equals(EMPTY)


@requirement("isms/deletecontact/invalid-mobile")
@pytest.mark.parametrize("number", ["MOBILE", "12", "30690000000x"])
def test_the_number_of_a_deletion_has_to_be_one(isms: IsmsDriver, number: str) -> None:
    """The word that stands for a number in the example of the page, and two fragments."""
    verify(said(isms.deletecontact(mobile=number))).equals(INVALID)


@requirement("isms/deletecontact/unknown")
def test_what_is_not_there_cannot_be_deleted(isms: IsmsDriver, mobile: str) -> None:
    """A number never saved, and one already deleted."""
    verify(said(isms.deletecontact(mobile=mobile))).equals(FAILED)

    done(isms.savecontact(mobile=mobile))
    done(isms.deletecontact(mobile=mobile))
    verify(said(isms.deletecontact(mobile=mobile))).equals(FAILED)


@requirement("isms/deletecontact/doubled-path")
def test_the_printed_slip_of_an_address_works(isms: IsmsDriver, mobile: str) -> None:
    """The path as the example has it, twice in one."""
    done(isms.savecontact(mobile=mobile))
    fields = {"username": isms.username, "password": isms.password, "mobile": mobile}

    done(isms.call("/api/http/api/http/deletecontact.php", fields))
