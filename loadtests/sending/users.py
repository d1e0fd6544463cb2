"""The Locust user: works off slots on a connection of its own."""

from __future__ import annotations

from locust import User, constant, task
from locust.exception import StopUser

from loadtests.ending import vital
from loadtests.sending.share import Share


def user_of(share: Share) -> type[User]:
    """A user class whose instances work off one share; the grid of the plan sets their pace."""

    class Sender(User):
        wait_time = constant(0)

        @task
        def work(self) -> None:
            vital(share.work)()
            raise StopUser

    return Sender
