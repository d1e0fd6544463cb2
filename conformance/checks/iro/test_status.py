"""status: what became of jobs."""

import pytest

from conformance.checks.iro.calls import (
    NO_JOB,
    SOON,
    STRANGER,
    addresses,
    international,
    invalid,
    job,
    state,
)
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.iro import Argument, IroDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

WORDS = ("init", "started", "sending", "sended", "error")


@requirement("iro/status/user")
def test_a_user_is_told_of_own_jobs(iro: IroDriver, numbers: Numbers, second: str) -> None:
    """Each of two of their own."""
    first, other = job(iro.sms(international(numbers()))), job(iro.sms(international(numbers()), user=second))

    verify(list(_jobs(iro))).equals([str(first)])
    verify(list(_jobs(iro.as_user(second)))).equals([str(other)])


@requirement("iro/status/dict", "iro/status/word")
def test_a_job_stands_under_its_id(iro: IroDriver, numbers: Numbers) -> None:
    """With its state under one key."""
    id = job(iro.sms(international(numbers())))

    verify(state(iro, id)).is_one_of(*WORDS)


@requirement("iro/status/only-status")
@pytest.mark.parametrize("detailed", [False, True])
def test_an_entry_has_one_key(iro: IroDriver, numbers: Numbers, detailed: bool) -> None:
    """In detail, too."""
    id = job(iro.sms(international(numbers())))

    verify(iro.status(id, detailed)).equals({str(id): {"status": state(iro, id)}})


@requirement("iro/status/all")
def test_without_an_id_all_jobs_are_told(iro: IroDriver, numbers: Numbers) -> None:
    """Whatever was sent."""
    ids = [
        job(iro.sms(international(numbers()))),
        job(iro.fax(international(numbers()))),
        job(iro.mail(addresses())),
    ]

    verify(sorted(_jobs(iro))).holds(
        lambda found: {str(id) for id in ids} <= set(found), f"a dict with the keys {ids}"
    )


@requirement("iro/status/one")
def test_with_an_id_that_job_alone_is_told(iro: IroDriver, numbers: Numbers) -> None:
    """Of two."""
    id = job(iro.sms(international(numbers())))
    job(iro.sms(international(numbers())))

    verify(list(_jobs(iro, id))).equals([str(id)])


@requirement("iro/status/detailed", "iro/status/detailed-unused")
@pytest.mark.parametrize("detailed", [False, True])
def test_details_are_not_told(iro: IroDriver, numbers: Numbers, detailed: bool) -> None:
    """Asked for and not asked for."""
    id = job(iro.sms(international(numbers())))

    verify(iro.status(id, detailed)).equals(iro.status(id))


@requirement("iro/status/id-text")
def test_an_id_may_be_text(typed: IroDriver, numbers: Numbers) -> None:
    """The same digits."""
    id = job(typed.sms(international(numbers())))

    verify(typed.status(str(id))).equals(typed.status(id))


@requirement("iro/status/id-none")
@pytest.mark.parametrize("none", [False, ""], ids=["false", "empty"])
def test_no_id_can_be_said_in_several_ways(typed: IroDriver, numbers: Numbers, none: Argument) -> None:
    """All jobs are told."""
    job(typed.sms(international(numbers())))

    verify(typed.status(none)).equals(typed.status())


@requirement("iro/status/bad-id")
@pytest.mark.parametrize("id", ["x", "1.5", -1, "-1", "1 2"])
def test_an_id_that_is_no_number_is_refused(iro: IroDriver, id: Argument) -> None:
    """Words, fractions, negative ones."""
    verify(iro.status(id)).equals(invalid("id"))


@requirement("iro/status/bad-detailed")
@pytest.mark.parametrize("detailed", ["perhaps", 2, "yes"])
def test_details_are_wanted_or_not(iro: IroDriver, detailed: Argument) -> None:
    """Nothing in between."""
    verify(iro.status(None, detailed)).equals(invalid("detailed"))


@requirement("iro/status/check-order")
def test_the_last_parameter_is_looked_at_first(iro: IroDriver) -> None:
    """Both of them wrong."""
    verify(iro.status("x", "perhaps")).equals(invalid("detailed"))


@requirement("iro/status/no-jobs")
def test_without_jobs_the_dict_is_empty(iro: IroDriver, second: str) -> None:
    """Of a user who never sent anything."""
    verify(iro.status(user=second)).equals({})


@requirement("iro/status/unknown-job")
@pytest.mark.parametrize("id", [0, 999_999_999, "99999999999999999999"], ids=["zero", "high", "huge"])
def test_a_job_that_does_not_exist_is_told_so(iro: IroDriver, id: Argument) -> None:
    """Numbers that nobody was given."""
    verify(iro.status(id)).equals(NO_JOB)


@requirement("iro/status/foreign-job")
def test_a_stranger_is_told_nothing(iro: IroDriver, numbers: Numbers, second: str) -> None:
    """Who knows the id, and who asks for all."""
    id = job(iro.sms(international(numbers())))

    verify(iro.status(id, user=second)).equals(iro.status(id + 1, user=second))
    verify(iro.status(user=second)).equals({})


@requirement("iro/status/no-effect")
def test_asking_changes_nothing(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """Neither the state nor the bill."""
    id = job(iro.sms(international(numbers())))
    clock.advance(SOON)
    bill = iro.bill()

    verify([state(iro, id) for _ in range(3)]).equals(["sended"] * 3)
    verify(iro.bill()).equals(bill)


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
def test_a_mail_may_fail_as_well(iro: IroDriver, control: Control) -> None:
    """A mailbox that takes none."""
    id = job(iro.mail(addresses(box="fail")))
    control.advance(SOON)

    verify(state(iro, id)).equals("error")


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


@requirement("iro/status/user")
def test_jobs_are_not_for_strangers(iro: IroDriver) -> None:
    """Who have no apikey."""
    verify(iro.status(user="nobody-has-this")).equals(STRANGER)


def _jobs(iro: IroDriver, *id: int) -> dict[str, object]:
    """What is told of jobs, by id; the answer has to be a dict."""
    answer = iro.status(*id)
    verify(answer).holds(lambda value: isinstance(value, dict), "a dict of jobs")
    return dict(answer) if isinstance(answer, dict) else {}
