"""status: the words for what becomes of a job."""

import pytest

from conformance.checks.iro.calls import SOON, addresses, international, job, state
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.iro import IroDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

WORDS = ("init", "started", "sending", "sended", "error")


@requirement("iro/status/init")
def test_a_new_job_waits(iro: IroDriver, numbers: Numbers) -> None:
    """Asked about at once."""
    verify(state(iro, job(iro.sms(international(numbers()))))).equals("init")


@requirement("iro/status/started")
def test_a_job_is_picked_up_after_half_a_second(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """A little before, and a little after."""
    id = job(iro.sms(international(numbers())))

    control.advance(0.4)
    verify(state(iro, id)).equals("init")
    control.advance(0.2)
    verify(state(iro, id)).equals("started")


@requirement("iro/status/sending")
def test_a_job_under_way_is_sending(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """Two seconds on, and as long as the handset is off."""
    id, stuck = job(iro.sms(international(numbers()))), job(iro.sms(international(numbers(1, "9004"))))
    control.advance(2)
    verify(state(iro, id)).equals("sending")

    control.advance(SOON)
    verify(state(iro, stuck)).equals("sending")


@requirement("iro/status/sended")
def test_a_job_that_arrived_is_sended(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """A text message."""
    id = job(iro.sms(international(numbers())))
    clock.advance(SOON)

    verify(state(iro, id)).equals("sended")


@requirement("iro/status/sended")
def test_faxes_and_mails_arrive_too(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """One of each."""
    ids = [job(iro.fax(international(numbers()))), job(iro.mail(addresses()))]
    clock.advance(SOON)

    verify([state(iro, id) for id in ids]).equals(["sended", "sended"])


@requirement("iro/status/error")
@pytest.mark.parametrize("ending", ["9001", "9003", "9006"], ids=["handset", "network", "routing"])
def test_a_job_that_failed_is_an_error(iro: IroDriver, clock: Clock, numbers: Numbers, ending: str) -> None:
    """Wherever it did."""
    id = job(iro.sms(international(numbers(1, ending))))
    clock.advance(SOON)

    verify(state(iro, id)).equals("error")


@requirement("iro/status/error")
@pytest.mark.parametrize("box", ["fail", "refuse", "unroutable"])
def test_a_mail_may_fail_as_well(iro: IroDriver, control: Control, box: str) -> None:
    """At mailboxes that take none, for different reasons."""
    id = job(iro.mail(addresses(box=box)))
    control.advance(SOON)

    verify(state(iro, id)).equals("error")


@requirement("iro/status/error")
def test_a_job_is_given_up_in_the_end(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """A text and a mail that nobody fetches."""
    ids = [job(iro.sms(international(numbers(1, "9002")))), job(iro.mail(addresses(box="expire")))]
    control.advance(SOON)
    verify([state(iro, id) for id in ids]).equals(["sending", "sending"])

    control.advance(3 * 24 * 3600)
    verify([state(iro, id) for id in ids]).equals(["error", "error"])


@requirement("iro/status/sending")
def test_a_mail_may_take_its_time(iro: IroDriver, control: Control) -> None:
    """An hour, or for ever."""
    slow, stuck = job(iro.mail(addresses(box="slow"))), job(iro.mail(addresses(box="stuck")))
    control.advance(SOON)
    verify([state(iro, slow), state(iro, stuck)]).equals(["sending", "sending"])

    control.advance(3600)
    verify([state(iro, slow), state(iro, stuck)]).equals(["sended", "sending"])


@requirement("iro/status/all-reached")
def test_a_job_goes_on_until_the_last_has_it(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """One at once, one after an hour."""
    id = job(iro.sms(international([*numbers(), *numbers(1, "9005")])))

    control.advance(SOON)
    verify(state(iro, id)).equals("sending")
    control.advance(3600)
    verify(state(iro, id)).equals("sended")


@requirement("iro/status/one-failed")
def test_one_of_several_makes_an_error(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """Two reached, one not."""
    id = job(iro.sms(international([*numbers(), *numbers(1, "9001"), *numbers()])))
    control.advance(SOON)

    verify(state(iro, id)).equals("error")


@requirement("iro/status/onwards")
@pytest.mark.parametrize(("ending", "last"), [(None, "sended"), ("9001", "error")], ids=["well", "badly"])
def test_a_state_only_moves_on(
    iro: IroDriver, control: Control, numbers: Numbers, ending: str | None, last: str
) -> None:
    """Looked at every quarter of a second, then after a week."""
    id = job(iro.sms(international(numbers(1, ending))))
    seen = [state(iro, id)]
    for seconds in [0.25] * 14 + [7 * 24 * 3600.0]:
        control.advance(seconds)
        seen.append(state(iro, id))

    verify([word for word, before in zip(seen, ["", *seen], strict=False) if word != before]).equals(
        ["init", "started", "sending", last]
    )
