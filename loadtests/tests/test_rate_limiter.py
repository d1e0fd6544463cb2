"""Permits that are free again a second after the answer."""

from __future__ import annotations

from loadtests.sending.rate_limiter import RateLimiter


def test_so_many_may_be_sent_at_once_and_then_an_answer_must_come() -> None:
    limit = RateLimiter(2)

    taken = [limit.take() for _ in range(3)]

    assert taken == [float("-inf"), float("-inf"), None]


def test_a_permit_is_free_a_second_after_the_answer_whichever_was_answered() -> None:
    limit = RateLimiter(2)
    limit.take()
    limit.take()

    limit.give_back(0.25)
    limit.give_back(0.5)

    assert [limit.take(), limit.take(), limit.take()] == [1.25, 1.5, None]


def test_an_account_is_idle_a_second_after_its_last_answer() -> None:
    limit = RateLimiter(2)
    limit.take()
    assert limit.idle_from is None

    limit.give_back(3.0)

    assert limit.idle_from == 4.0
