"""status: which jobs are told, and how."""

import pytest

from conformance.checks.iro.calls import NO_JOB, SOON, STRANGER, addresses, international, invalid, job, state
from conformance.clock import Clock
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


@requirement("iro/status/user")
def test_jobs_are_not_for_strangers(iro: IroDriver) -> None:
    """Who have no apikey."""
    verify(iro.status(user="nobody-has-this")).equals(STRANGER)


def _jobs(iro: IroDriver, *id: int) -> dict[str, object]:
    """What is told of jobs, by id; the answer has to be a dict."""
    answer = iro.status(*id)
    verify(answer).holds(lambda value: isinstance(value, dict), "a dict of jobs")
    return dict(answer) if isinstance(answer, dict) else {}
