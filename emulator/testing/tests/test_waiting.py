"""Anything can be waited for."""

from itertools import count

import pytest

from emulator.testing import Missed, until


def test_waiting_gives_back_what_became_true() -> None:
    numbers = count()

    assert until(lambda: next(numbers) > 1 and "there") == "there"


def test_an_assertion_may_fail_until_it_holds() -> None:
    numbers = count()

    def third() -> str:
        assert next(numbers) == 2
        return "third"

    assert until(third) == "third"


def test_what_never_holds_is_missed() -> None:
    with pytest.raises(Missed, match=r"^still not so after 0 s$"):
        until(lambda: False, timeout=0)


def test_an_assertion_that_never_holds_fails_in_its_own_words() -> None:
    def never() -> None:
        raise AssertionError("the door is shut")

    with pytest.raises(AssertionError, match=r"^the door is shut$"):
        until(never, timeout=0)
