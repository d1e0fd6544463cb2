"""send_message: what an accepted message does, and how the answer is built."""

import pytest

from conformance.checks.netoxygen.calls import IDLE, codes, identifier, inbox, refusal, row, rows, state
from conformance.control import Control
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.drivers.xmlrpc import Fault, Value
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("netoxygen/send/result", "netoxygen/send/dest-array")
@pytest.mark.parametrize("count", [1, 2, 5])
def test_there_is_an_array_for_each_recipient(
    netoxygen: NetOxygenDriver, numbers: Numbers, count: int
) -> None:
    """One, two, five of them in an array."""
    verify(rows(netoxygen.send_message(numbers(count)))).holds(
        lambda found: len(found) == count, f"{count} arrays"
    )


@requirement("netoxygen/send/dest-string")
def test_a_string_gives_an_array_of_one(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """The recipient is not in an array, the answer is."""
    row(netoxygen.send_message(numbers()[0]))


@requirement("netoxygen/send/dest-array")
def test_every_recipient_gets_the_message(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers
) -> None:
    """Three of them."""
    to = numbers(3)
    netoxygen.send_message(to, "to you all")

    found = [(one["to"], one["text"]) for one in control.messages(provider="netoxygen")]
    verify(sorted(found)).equals([(number, "to you all") for number in to])


@requirement("netoxygen/send/order")
def test_the_answer_keeps_the_order(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Numbers, last first, with one between them that is none."""
    first, second = numbers(2)

    answer = rows(netoxygen.send_message([second, "12", first]))
    verify([one[0] for one in answer]).equals([second, "12", first])


@requirement("netoxygen/send/triple")
def test_an_accepted_recipient_has_three_elements(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """The last is the identifier, as the longer Perl script prints it."""
    verify(row(netoxygen.send_message(numbers()[0]))).holds(
        lambda found: len(found) == 3 and bool(found[1]) and isinstance(found[2], str),
        "destination, TRUE, identifier",
    )


@requirement("netoxygen/send/triple")
def test_a_refused_recipient_has_three_elements(netoxygen: NetOxygenDriver) -> None:
    """The last is an error code, as the longer Perl script prints it."""
    verify(row(netoxygen.send_message("12"))).holds(
        lambda found: len(found) == 3 and not found[1] and str(found[2]).isdecimal(),
        "destination, FALSE, error code",
    )


@requirement("netoxygen/send/unique-id")
def test_no_two_messages_share_an_identifier(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Of one call and of two equal ones."""
    to = numbers(3)
    found = [one[2] for _ in range(2) for one in rows(netoxygen.send_message(to))]

    verify(found).holds(lambda ids: len(set(ids)) == 6, "six identifiers")


@requirement("netoxygen/send/id-for-status")
def test_each_message_is_known_by_its_identifier(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Two of one call."""
    to = numbers(2)
    ids = [str(one[2]) for one in rows(netoxygen.send_message(to))]

    verify([state(netoxygen, id)["to"] for id in ids]).equals(to)


@requirement("netoxygen/send/id-form")
def test_an_identifier_cannot_be_taken_for_a_number(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Thirty-two digits of base sixteen, one of them a letter."""
    for answer in rows(netoxygen.send_message(numbers(5))):
        verify(answer[2]).matches(r"(?![0-9]+$)[0-9a-f]{32}")


@requirement("netoxygen/send/result-type")
def test_whether_it_was_taken_is_a_boolean(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """TRUE and FALSE in one answer."""
    verify([one[1] for one in rows(netoxygen.send_message([*numbers(), "12"]))]).equals([True, False])


@requirement("netoxygen/send/error-type")
def test_an_error_code_is_an_int(netoxygen: NetOxygenDriver) -> None:
    """Of a destination that is no number."""
    verify(row(netoxygen.send_message("12"))[2]).equals(5)


@requirement("netoxygen/send/number-normalised")
@pytest.mark.parametrize("spelling", ["+{}", "00{}", "{}"], ids=["plus", "zeros", "bare"])
def test_an_accepted_number_comes_back_in_digits(
    netoxygen: NetOxygenDriver, numbers: Numbers, spelling: str
) -> None:
    """However it was spelled."""
    number = numbers()[0]

    verify(row(netoxygen.send_message(spelling.format(number)))[0]).equals(number)


@requirement("netoxygen/send/number-as-given")
@pytest.mark.parametrize("dest", ["12", "nobody", "+1 (2)", ""])
def test_what_is_no_number_comes_back_as_it_is(netoxygen: NetOxygenDriver, dest: str) -> None:
    """Fragments, a word, nothing."""
    verify(row(netoxygen.send_message(dest))[0]).equals(dest)


@requirement("netoxygen/send/duplicates")
def test_a_number_listed_twice_gets_two_messages(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """In two spellings."""
    number = numbers()[0]
    first, second = rows(netoxygen.send_message([number, f"+{number}"]))

    verify((first[1], second[1])).holds(all, "both accepted")
    verify(second[2]).holds(lambda id: id != first[2], f"another identifier than {first[2]}")


@requirement("netoxygen/send/empty-array")
def test_nobody_gets_nothing(netoxygen: NetOxygenDriver) -> None:
    """An array without elements in, the same out."""
    verify(netoxygen.send_message([])).equals([])


@requirement("netoxygen/send/most-recipients")
def test_ten_thousand_recipients_are_answered_for(netoxygen: NetOxygenDriver) -> None:
    """Of whom none can be reached, so that it costs nothing."""
    answer = rows(netoxygen.send_message(["12"] * 10_000))

    verify(len(answer)).equals(10_000)


@requirement("netoxygen/send/most-recipients")
@pytest.mark.parametrize("method", ["send_message", "get_status", "cancel_message"])
def test_more_than_ten_thousand_are_too_many(netoxygen: NetOxygenDriver, method: str) -> None:
    """Of recipients or identifiers that nobody has."""
    _, *rest = IDLE[method]

    verify(netoxygen.call(method, ["12"] * 10_001, *rest)).holds(
        lambda answer: isinstance(answer, Fault), "a fault"
    )


@requirement("netoxygen/send/seven-parameters")
def test_the_php_client_is_understood(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Destinations in an array, and empty strings."""
    id = identifier(netoxygen.send_message(numbers(), "test message", "", "", "text"))

    verify(codes(netoxygen, id)[0]).equals(1)


@requirement("netoxygen/send/six-parameters")
def test_the_ruby_client_is_understood(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """A date in fifth place, the type in sixth."""
    id = identifier(netoxygen.send_message(numbers(), "test message", "", "text"))

    verify(codes(netoxygen, id)[0]).equals(1)


@requirement("netoxygen/send/text")
@pytest.mark.parametrize("text", ["test message", "Gate B/4 (north), 8:30!", "a" * 200, "12.50"])
def test_the_text_is_not_touched(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers, text: str
) -> None:
    """Also one of several parts, and one that looks like an amount."""
    verify(inbox(control, netoxygen.send_message(numbers()[0], text))["text"]).equals(text)


@requirement("netoxygen/send/type-flash")
def test_a_flash_is_shown_at_once(netoxygen: NetOxygenDriver, control: Control, numbers: Numbers) -> None:
    """In seventh place, with nothing before it."""
    answer = netoxygen.send_message(numbers()[0], "look", "", "", "flash")

    verify(inbox(control, answer)["flash"]).equals(True)


@requirement("netoxygen/send/type-default")
@pytest.mark.parametrize("rest", [(), ("", ""), ("", "", ""), ("", "", "text")])
def test_an_ordinary_message_is_kept(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers, rest: tuple[Value, ...]
) -> None:
    """No type, an empty one, and the word for it."""
    verify(inbox(control, netoxygen.send_message(numbers()[0], "later", *rest))["flash"]).equals(False)


@requirement("netoxygen/send/type-unknown")
@pytest.mark.parametrize("type", ["binary", "FLASH", "flash ", "1"])
def test_any_other_type_is_an_ordinary_message(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers, type: str
) -> None:
    """Words that come close."""
    answer = netoxygen.send_message(numbers()[0], "later", "", "", type)

    verify(inbox(control, answer)["flash"]).equals(False)


@requirement("netoxygen/clean-number/destinations")
@pytest.mark.parametrize("dest", ["022/364 8000", "+41 22 364 80 00", "0041223648000", "(41)22.364.8000"])
def test_destinations_are_understood_in_many_spellings(
    netoxygen: NetOxygenDriver, control: Control, dest: str
) -> None:
    """The number that the document shows; hence only where sending reaches nobody."""
    verify(inbox(control, netoxygen.send_message(dest))["to"]).equals("41223648000")


@requirement("netoxygen/clean-number/destinations")
def test_what_cannot_be_cleaned_cannot_be_a_destination(netoxygen: NetOxygenDriver) -> None:
    """One word to both methods."""
    verify(netoxygen.clean_number("nobody")).equals(False)
    verify(refusal(netoxygen.send_message("nobody"))).equals(5)
