"""sms: one text to one or many telephones."""

import pytest

from conformance.checks.iro.calls import (
    GERMAN,
    NOWHERE,
    SOON,
    addresses,
    arrived,
    billed,
    default,
    inbox,
    international,
    invalid,
    job,
    no_address,
    no_number,
    send,
    sending_methods,
    state,
    sums,
    unused,
)
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.iro import Argument, Fault, IroDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

LONG = "Ein langer Text, für den ein Fax zu schade war. " * 20


@requirement("iro/sms/user")
def test_a_job_belongs_to_the_user(iro: IroDriver, numbers: Numbers) -> None:
    """Who is told of it."""
    id = job(iro.sms(international(numbers())))

    verify(iro.status()).holds(lambda jobs: isinstance(jobs, dict) and str(id) in jobs, f"a dict with {id}")


@requirement("iro/sms/job-id")
def test_the_answer_is_a_whole_number(iro: IroDriver, numbers: Numbers) -> None:
    """Which stands for the job."""
    id = job(iro.sms(international(numbers())))

    verify(iro.status(id)).holds(lambda jobs: not isinstance(jobs, Fault), f"the state of job {id}")


@requirement("iro/sms/new-id")
def test_every_job_has_an_id_of_its_own(iro: IroDriver, numbers: Numbers, second: str) -> None:
    """The same call twice, and one of another user."""
    to = international(numbers())
    ids = [job(iro.sms(to)), job(iro.sms(to)), job(iro.sms(to, user=second))]

    verify(len(set(ids))).equals(3)


@requirement("iro/sms/message")
@pytest.mark.parametrize(
    "text",
    ["Hello", "Grüße & <Küsse>", "καλημέρα 你好 🙂", "two\nlines", " blanks around "],
    ids=["latin", "markup", "scripts", "lines", "blanks"],
)
def test_the_text_arrives(iro: IroDriver, control: Control, numbers: Numbers, text: str) -> None:
    """In any script, with what XML has a meaning for."""
    id = job(iro.sms(international(numbers()), text))

    verify(arrived(control, id)["text"]).equals(text)


@requirement("iro/sms/recipients")
@pytest.mark.parametrize("n", [1, 3, 50])
def test_each_recipient_gets_the_message(iro: IroDriver, control: Control, numbers: Numbers, n: int) -> None:
    """One, some, and a crowd."""
    to = numbers(n)
    id = job(iro.sms(international(to)))

    verify([one["to"] for one in inbox(control, id)]).holds(
        lambda found: sorted(found) == sorted(to), f"messages to {n} numbers"
    )


@requirement("iro/sms/info")
def test_jobs_of_one_name_are_billed_together(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """Two of three jobs."""
    one, other = unused(clock, "one"), unused(clock, "other")
    for info in (one, one, other):
        job(iro.sms(international(numbers()), info=info))
    clock.advance(SOON)

    offer = default(iro)
    verify([billed(iro, offer, info)["anz"] for info in (one, other)]).equals([2, 1])


@requirement("iro/sms/info-default")
def test_a_job_without_a_name_has_the_empty_one(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """Left out, and given so."""
    job(iro.sms(international(numbers())))
    job(iro.sms(international(numbers()), info=""))
    control.advance(SOON)

    verify(billed(iro, default(iro), "")["anz"]).equals(2)


@requirement("iro/sms/empty-message")
def test_an_empty_text_is_sent(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """Like another."""
    id = job(iro.sms(international(numbers()), ""))

    verify(arrived(control, id)["text"]).equals("")


@requirement("iro/sms/bad-message")
@pytest.mark.parametrize("text", [["a"], 7, True], ids=["list", "number", "boolean"])
@pytest.mark.parametrize("field", ["message", "info"])
def test_what_is_no_text_is_refused(typed: IroDriver, numbers: Numbers, field: str, text: Argument) -> None:
    """Of another type."""
    verify(send(typed, "sms", **{"recipients": international(numbers()), field: text})).equals(invalid(field))


@requirement("iro/sms/bare-recipients")
@pytest.mark.parametrize("method", ["sms", "fax", "telnumber"])
def test_a_number_is_no_list(typed: IroDriver, method: str) -> None:
    """As a careless client writes it."""
    answer = typed.telnumber(GERMAN) if method == "telnumber" else send(typed, method, recipients=NOWHERE)

    verify(answer).equals(invalid("recipients"))


@requirement("iro/sms/bare-recipients")
@pytest.mark.parametrize("method", ["mail", "email"])
def test_an_address_is_no_list(typed: IroDriver, method: str) -> None:
    """As a careless client writes it."""
    one = addresses()[0]
    answer = typed.email(one) if method == "email" else send(typed, method, recipients=one)

    verify(answer).equals(invalid("recipients"))


@requirement("iro/sms/no-recipients")
@sending_methods
def test_a_job_needs_recipients(typed: IroDriver, method: str) -> None:
    """A list of none."""
    verify(send(typed, method, recipients=[])).equals(invalid("recipients"))


@requirement("iro/sms/all-or-nothing")
@sending_methods
def test_one_wrong_recipient_stops_all(iro: IroDriver, control: Control, method: str) -> None:
    """In the midst of others."""
    good, fault = (addresses(2), no_address) if method == "mail" else ([GERMAN, "0551 1234567"], no_number)

    verify(send(iro, method, recipients=[good[0], "hallo", good[1]])).equals(fault("hallo"))
    verify(control.messages(provider="iro")).equals([])


@requirement("iro/sms/duplicates")
@pytest.mark.parametrize("method", ["sms", "fax"])
def test_a_number_that_stands_twice_gets_one(iro: IroDriver, control: Control, method: str) -> None:
    """In three spellings."""
    id = job(send(iro, method, recipients=["0551-28293640", GERMAN, "+49551/28293640"]))

    verify([one["to"] for one in inbox(control, id)]).equals(["4955128293640"])


@requirement("iro/sms/long")
def test_a_long_text_is_one_message(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """Whole in the inbox, and once on the bill."""
    id = job(iro.sms(international(numbers()), LONG, info="smslab long"))
    job(iro.sms(international(numbers()), "short", info="smslab short"))
    control.advance(SOON)

    verify(arrived(control, id)["text"]).equals(LONG)
    offer = default(iro)
    verify(sums(billed(iro, offer, "smslab long"))).equals(sums(billed(iro, offer, "smslab short")))


@requirement("iro/sms/recipients")
def test_one_job_stands_for_all_its_messages(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """It ends when they have."""
    id = job(iro.sms(international(numbers(2))))
    clock.advance(SOON)

    verify(state(iro, id)).equals("sended")
