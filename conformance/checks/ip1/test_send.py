"""Skicka SMS: what a call takes, and what it refuses."""

from collections.abc import Iterable, Mapping

import pytest

from conformance.checks.ip1.calls import (
    SOON,
    at_fault,
    batch,
    done,
    history,
    id_of,
    latest,
    listed,
    message,
    messages,
    not_taken,
    sent,
)
from conformance.clock import Clock
from conformance.drivers.ip1 import BATCHES, SENDER, TEXT, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

URL = "http://smslab.example/"
CHINESE = "你好"

BAD_TEXTS: list[object] = [None, "", " \n\t", "a" * 2001]
BAD_VALUES: list[dict[str, object]] = [
    {"type": "mms"},
    {"type": 2},
    {"type": ""},
    {"datacoding": "utf8"},
    {"datacoding": 1},
    {"priority": 0},
    {"priority": 3},
    {"priority": 1.5},
    {"priority": "high"},
]
BAD_URLS = [
    "/dlr",
    "nonsense",
    "ftp://smslab.example/",
    "http://",
    URL + "x" * (2048 - len(URL)),
    "",
]


def words(ip1: Ip1Driver, numbers: Numbers, name: str, given: Iterable[Mapping[str, object]]) -> list[str]:
    """What batches made with such members show of one of them, in small letters."""
    to = numbers()
    return [str(done(ip1.send(to, **one)).get(name)).lower() for one in given]


@requirement("ip1/send/address", "ip1/send/accepted-2xx")
@pytest.mark.parametrize("n", [1, 2])
def test_a_call_sends_one_message_or_several(ip1: Ip1Driver, numbers: Numbers, n: int) -> None:
    """A batch with as many messages as recipients."""
    made = done(ip1.send(numbers(n)))

    verify(len(messages(ip1, id_of(made)))).equals(n)


@requirement("ip1/send/core")
def test_sender_recipients_and_text_are_enough(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Nothing else is sent."""
    done(ip1.post(BATCHES, {"sender": SENDER, "recipients": numbers(), "body": TEXT}))


@requirement("ip1/send/at-once")
def test_messages_go_out_at_once(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """Two that arrive."""
    to = numbers(2)
    id = sent(ip1, to)
    clock.advance(SOON)

    verify(latest(messages(ip1, id))).equals(dict.fromkeys(to, 201))


@requirement("ip1/send/as-sent")
def test_messages_have_text_and_sender_of_the_call(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Whatever signs they are of."""
    text = "Kör försiktigt! {} \\ \" ' & <b> +46 €"
    shown = message(ip1, sent(ip1, numbers(), body=text, sender=SENDER))

    verify((shown.get("body"), shown.get("sender"))).equals((text, SENDER))


@requirement("ip1/send/body")
def test_what_is_no_text_is_refused(ip1: Ip1Driver, numbers: Numbers) -> None:
    """And none at all."""
    to = numbers()
    for text in BAD_TEXTS:
        not_taken(ip1.send(to, text))

    not_taken(ip1.post(BATCHES, {"sender": SENDER, "recipients": to}))


@requirement("ip1/send/body")
def test_a_text_of_2000_characters_passes(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Whole."""
    text = "a" * 2000

    verify(message(ip1, sent(ip1, numbers(), body=text)).get("body")).equals(text)


@requirement("ip1/send/type")
def test_a_message_is_sms_or_flash(ip1: Ip1Driver, numbers: Numbers) -> None:
    """An ordinary one where nothing is said."""
    given: list[dict[str, str]] = [{}, {"type": "sms"}, {"type": "flash"}]

    verify(words(ip1, numbers, "type", given)).equals(["sms", "sms", "flash"])


@requirement("ip1/send/datacoding")
def test_the_largest_alphabet_can_be_named(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Everything goes where nothing is said."""
    given: list[dict[str, str]] = [{}, {"datacoding": "gsm"}, {"datacoding": "ucs"}]

    verify(words(ip1, numbers, "datacoding", given)).equals(["ucs", "gsm", "ucs"])


@requirement("ip1/send/gsm-only")
def test_a_text_beyond_the_alphabet_is_rejected(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """And goes out where it is not limited."""
    verify(history(ip1, clock, numbers(), body=CHINESE, datacoding="gsm")[-1] // 100).equals(4)
    verify(history(ip1, clock, numbers(), body=CHINESE)[-1]).equals(201)


@requirement("ip1/send/gsm-only-code")
def test_the_alphabet_is_judged_for_each_message(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """406 for the one whose value is in Chinese, while the other arrives."""
    chinese, latin = numbers(2)
    values = {chinese: {"name": CHINESE}, latin: {"name": "Bob"}}
    id = sent(ip1, values, body="Hi {name}", datacoding="gsm")
    clock.advance(SOON)

    verify(latest(messages(ip1, id))).equals({chinese: 406, latin: 201})


@requirement("ip1/send/enum-case")
def test_words_are_known_in_any_letter_case(ip1: Ip1Driver, numbers: Numbers) -> None:
    """As the demo client writes them."""
    types, codings = [{"type": "SMS"}, {"type": "Flash"}], [{"datacoding": "GSM"}, {"datacoding": "Ucs"}]

    verify(words(ip1, numbers, "type", types)).equals(["sms", "flash"])
    verify(words(ip1, numbers, "datacoding", codings)).equals(["gsm", "ucs"])


@requirement("ip1/send/enum-numbers")
def test_numbers_do_for_words(ip1: Ip1Driver, numbers: Numbers) -> None:
    """And are shown as words."""
    types, codings = [{"type": 0}, {"type": 1}], [{"datacoding": 0}, {"datacoding": 2}]

    verify(words(ip1, numbers, "type", types)).equals(["flash", "sms"])
    verify(words(ip1, numbers, "datacoding", codings)).equals(["gsm", "ucs"])


@requirement("ip1/send/other-values")
def test_any_other_word_or_number_is_refused(ip1: Ip1Driver, numbers: Numbers) -> None:
    """For type, datacoding and priority."""
    to = numbers()
    for fields in BAD_VALUES:
        verify(at_fault(ip1.send(to, **fields))).equals(set(fields))


@requirement("ip1/send/priority")
def test_a_message_has_a_priority(ip1: Ip1Driver, numbers: Numbers) -> None:
    """1 where nothing is said."""
    to = numbers()
    for given, shown in (({}, 1), ({"priority": 1}, 1), ({"priority": 2}, 2)):
        made = done(ip1.send(to, **given))
        verify((made.get("priority"), message(ip1, id_of(made)).get("priority"))).equals((shown, shown))


@requirement("ip1/send/report-url")
def test_an_address_for_reports_is_kept(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Of up to 2047 characters."""
    for url in (URL, URL + "x" * (2047 - len(URL))):
        verify(batch(ip1, sent(ip1, numbers(), deliveryReportUrl=url)).get("deliveryReportUrl")).equals(url)


@requirement("ip1/send/report-url-refused")
def test_what_is_no_address_for_reports_is_refused(ip1: Ip1Driver, numbers: Numbers) -> None:
    """By itself."""
    to = numbers()
    for url in BAD_URLS:
        verify(at_fault(ip1.send(to, deliveryReportUrl=url))).equals({"deliveryreporturl"})


@requirement("ip1/send/reference")
def test_reference_and_tags_come_back(ip1: Ip1Driver, numbers: Numbers) -> None:
    """With the batch."""
    to, tags = numbers(), ["marketing", "ux", "ux", "å"]
    for reference in ("a", "å" * 40):
        made = batch(ip1, sent(ip1, to, reference=reference, tags=tags))
        verify((made.get("reference"), made.get("tags"))).equals((reference, tags))


@requirement("ip1/send/reference")
def test_a_longer_reference_is_refused(ip1: Ip1Driver, numbers: Numbers) -> None:
    """41 characters."""
    not_taken(ip1.send(numbers(), reference="a" * 41))


@requirement("ip1/send/reference-empty")
def test_an_empty_reference_is_refused(ip1: Ip1Driver, numbers: Numbers) -> None:
    """By itself."""
    verify(at_fault(ip1.send(numbers(), reference=""))).equals({"reference"})


@requirement("ip1/send/null-optional")
def test_null_is_as_good_as_nothing(ip1: Ip1Driver, numbers: Numbers) -> None:
    """For whatever may be left out."""
    to = numbers()
    without = done(ip1.send(to))
    for name in ("type", "datacoding", "priority", "deliveryReportUrl", "reference"):
        verify(done(ip1.send(to, **{name: None})).get(name)).equals(without.get(name))


@requirement("ip1/send/created")
def test_an_accepted_call_is_answered_with_201(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Created."""
    verify(ip1.send(numbers()).status).equals(201)


@requirement("ip1/send/batch")
def test_an_accepted_call_is_answered_with_its_batch(ip1: Ip1Driver, numbers: Numbers) -> None:
    """As lists show it, at its beginning, and with its address."""
    answer = ip1.send(numbers(), reference="smslab", tags=["a"])
    made = done(answer)
    newest = listed(ip1.get(BATCHES, {"order": "DESC"}))
    shown = next((one for one in newest if one.get("id") == made.get("id")), {})

    verify(made).equals({**shown, "status": 101})
    verify(answer.headers.get("Location")).matches(rf".*{BATCHES}/{id_of(made)}")
