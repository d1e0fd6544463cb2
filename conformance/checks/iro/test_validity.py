"""telnumber and email: what is a number, what is an address."""

import pytest

from conformance.checks.iro.calls import GERMAN, inbox, job, no_address, no_number, yes
from conformance.control import Control
from conformance.drivers.iro import IroDriver
from conformance.drivers.iro_json import IroJson
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("iro/telnumber/true")
@pytest.mark.parametrize(
    "recipients", [[GERMAN], ["0551-28293640", GERMAN, "(0551) 28293640"]], ids=["one", "three"]
)
def test_valid_numbers_are_told_so(iro: IroDriver, recipients: list[str]) -> None:
    """One, and several."""
    yes(iro.telnumber(recipients))


@requirement("iro/telnumber/no-key")
def test_numbers_are_looked_at_for_anybody(iro: IroDriver) -> None:
    """A client with an apikey that nobody has."""
    yes(iro.as_user("nobody-has-this").telnumber([GERMAN]))


@requirement("iro/telnumber/invalid")
@pytest.mark.parametrize(
    "recipients",
    [["hallo"], [GERMAN, "hallo"], ["hallo", GERMAN, "0?242"]],
    ids=["alone", "last", "first-of-two"],
)
def test_an_invalid_number_is_named(iro: IroDriver, recipients: list[str]) -> None:
    """The first of them."""
    verify(iro.telnumber(recipients)).equals(no_number("hallo"))


@requirement("iro/telnumber/empty", "iro/email/empty")
def test_a_list_of_none_is_valid(typed: IroDriver) -> None:
    """Of numbers and of addresses."""
    yes(typed.telnumber([]))
    yes(typed.email([]))


@requirement("iro/email/true")
@pytest.mark.parametrize(
    "recipients", [["a@example.org"], ["a@example.org", "b.c@mail.example.net"]], ids=["one", "two"]
)
def test_valid_addresses_are_told_so(iro: IroDriver, recipients: list[str]) -> None:
    """One, and several."""
    yes(iro.email(recipients))


@requirement("iro/email/no-key")
def test_addresses_are_looked_at_for_anybody(iro: IroDriver) -> None:
    """A client with an apikey that nobody has."""
    yes(iro.as_user("nobody-has-this").email(["a@example.org"]))


@requirement("iro/email/invalid")
@pytest.mark.parametrize(
    "recipients",
    [["hallo"], ["a@example.org", "hallo"], ["hallo", "a@example.org", "@"]],
    ids=["alone", "last", "first-of-two"],
)
def test_an_invalid_address_is_named(iro: IroDriver, recipients: list[str]) -> None:
    """The first of them."""
    verify(iro.email(recipients)).equals(no_address("hallo"))


# Telephone numbers


@requirement("iro/numbers/international")
@pytest.mark.parametrize(
    "number", ["+49 551 28293640", "+4955128293640", "+30 690 000 0000", "+1 202 555 0143"]
)
def test_an_international_number_is_valid(json: IroJson, number: str) -> None:
    """In groups, in one piece, of several countries."""
    yes(json.telnumber([number]))


@requirement("iro/numbers/national")
@pytest.mark.parametrize("number", ["(0551) 28293640", "(0551) 2829 3640", "0551 28293640"])
def test_a_national_number_is_valid(json: IroJson, number: str) -> None:
    """With and without parentheses."""
    yes(json.telnumber([number]))


@requirement("iro/numbers/german")
@pytest.mark.parametrize("number", ["0551-28293640", "(0551) 28293640"])
def test_a_national_number_is_a_german_one(json: IroJson, control: Control, number: str) -> None:
    """As the inbox shows it."""
    id = job(json.sms([number]))

    verify([one["to"] for one in inbox(control, id)]).equals(["4955128293640"])


@requirement("iro/numbers/separators")
@pytest.mark.parametrize("number", ["0551-28293640", "+49551/28293640", "+49-551-28 29 36 40"])
def test_hyphens_and_slashes_part_groups(json: IroJson, control: Control, number: str) -> None:
    """All of them the same number."""
    yes(json.telnumber([number]))
    verify([one["to"] for one in inbox(control, job(json.sms([number])))]).equals(["4955128293640"])


@requirement("iro/numbers/words")
@pytest.mark.parametrize("number", ["hallo", "0?242", "+49 551 CALL", "+49a551283640", "٠٥٥١٢٨٢٩٣٦٤٠"])
def test_words_are_no_numbers(json: IroJson, number: str) -> None:
    """Nor is anything else than digits of ours."""
    verify(json.telnumber([number])).holds(lambda answer: answer is not True, "anything but True")


@requirement("iro/numbers/zeros")
def test_two_zeros_stand_for_a_plus_sign(json: IroJson, control: Control) -> None:
    """As one dials."""
    id = job(json.sms(["0049 551 28293640"]))

    verify([one["to"] for one in inbox(control, id)]).equals(["4955128293640"])


@requirement("iro/numbers/bare")
@pytest.mark.parametrize("number", ["4955128293640", "551 28293640", ""])
def test_a_number_needs_a_beginning(json: IroJson, number: str) -> None:
    """A country or an area."""
    verify(json.telnumber([number])).equals(no_number(number))


@requirement("iro/numbers/length")
@pytest.mark.parametrize(
    ("number", "valid"),
    [("+" + "4" * 6, False), ("+" + "4" * 7, True), ("+" + "4" * 15, True), ("+" + "4" * 16, False)],
    ids=["6", "7", "15", "16"],
)
def test_a_number_has_7_to_15_digits(json: IroJson, number: str, valid: bool) -> None:
    """One less and one more at either end."""
    verify(json.telnumber([number])).equals(True if valid else no_number(number))


@requirement("iro/numbers/trimmed")
@pytest.mark.parametrize("number", [" +49 551 28293640 ", "+49.551.28293640", "\t0551 28293640\n"])
def test_blanks_and_dots_do_not_count(json: IroJson, control: Control, number: str) -> None:
    """Around a number, and in it."""
    verify([one["to"] for one in inbox(control, job(json.sms([number])))]).equals(["4955128293640"])


# Mail addresses


@requirement("iro/email/one-at")
@pytest.mark.parametrize("address", ["example.org", "a@b@example.org", "@example.org", "a@", "@", ""])
def test_an_address_has_one_at(json: IroJson, address: str) -> None:
    """With something on either side."""
    verify(json.email([address])).equals(no_address(address))


@requirement("iro/email/local-part")
@pytest.mark.parametrize("local", ["a", "first.last", "o'neil+tag", "!#$%&*/=?^_`{|}~-", "x" * 64])
def test_a_dot_atom_may_stand_before_the_at(json: IroJson, local: str) -> None:
    """As mail has it."""
    yes(json.email([f"{local}@example.org"]))


@requirement("iro/email/local-part")
@pytest.mark.parametrize("local", [".a", "a.", "a..b", "a b", '"a"', "a,b", "ä", "x" * 65])
def test_other_words_may_not(json: IroJson, local: str) -> None:
    """Dots at the ends, blanks, quotation marks, too many characters."""
    verify(json.email([f"{local}@example.org"])).equals(no_address(f"{local}@example.org"))


@requirement("iro/email/domain")
@pytest.mark.parametrize("domain", ["example.org", "a.b.c.de", "x-y.example", "1.example", "EXAMPLE.ORG"])
def test_a_domain_has_two_labels_or_more(json: IroJson, domain: str) -> None:
    """Of letters, digits, and hyphens within."""
    yes(json.email([f"a@{domain}"]))


@requirement("iro/email/domain")
@pytest.mark.parametrize(
    "domain", ["localhost", "-a.example", "a-.example", "a..example", "example.o", "example.42", "ex_a.org"]
)
def test_other_domains_are_none(json: IroJson, domain: str) -> None:
    """One label, hyphens at the ends, a last label of one letter or of digits."""
    verify(json.email([f"a@{domain}"])).equals(no_address(f"a@{domain}"))
