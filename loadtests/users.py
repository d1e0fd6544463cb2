"""The Locust user: takes the next slot, sends, tells Locust how long it took."""

from __future__ import annotations

from locust import User, constant, task
from locust.exception import StopUser

from loadtests.ledger import Outcome
from loadtests.share import Share


def user_of(share: Share) -> type[User]:
    """A user class whose instances work off one share, a connection each."""

    class Sender(User):
        wait_time = constant(0)  # the grid sets the pace, in Share.next_slot

        def on_start(self) -> None:
            share.ready.wait()
            self.session = share.session()

        @task
        def send(self) -> None:
            slot = share.next_slot()
            if slot is None:
                raise StopUser
            sent = share.send(slot, self.session)
            self.environment.events.request.fire(
                request_type=share.plan.scenario,
                name="send",
                response_time=sent.latency * 1000,
                response_length=0,
                context={},
                exception=None if sent.outcome is Outcome.ACCEPTED else RuntimeError(sent.reason),
            )

    return Sender
