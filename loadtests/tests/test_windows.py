"""Sessions with windows, in this process, against an SMSC that is right or wrong."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import gevent
import pytest

from loadtests.accounting.ledger import Outcome, Receipt, Sent
from loadtests.planning.plan import Login, Plan
from loadtests.scenarios.smpp import MANY, ONE
from loadtests.sending import windows
from loadtests.sending.windows import Windows, slots
from loadtests.tests.smsc import Fake, Flaw, fake

FAST = Plan(scenario="smpp-700", rate=1000, seconds=0.02, patience=2.0)


class Notes:
    """Of a run that begins now."""

    def __init__(self) -> None:
        self.zero = time.monotonic()
        self.calls: list[Sent] = []
        self.receipts: list[Receipt] = []

    def now(self) -> float:
        return time.monotonic() - self.zero

    def sent(self, call: Sent) -> None:
        self.calls.append(call)

    def reported(self, receipt: Receipt) -> None:
        self.receipts.append(receipt)

    @property
    def outcomes(self) -> Counter[Outcome]:
        return Counter(call.outcome for call in self.calls)


def addressed(plan: Plan, smsc: Fake) -> Plan:
    logins = tuple(Login(f"me{place}", "secret") for place in range(plan.accounts))
    return replace(plan, smpp=smsc.address, logins=logins)


def worked(plan: Plan, smsc: Fake, *, users: int = 1, worker: int = 0) -> Notes:
    """Everything sent, and every receipt there was for it."""
    notes = Notes()
    scenario = ONE if plan.accounts == 1 else MANY
    share = Windows(addressed(plan, smsc), scenario, notes, worker)
    gevent.joinall([gevent.spawn(share.user()) for _ in range(users)], raise_error=True)
    assert len(notes.calls) == plan.calls + plan.burst
    return notes


def reported(notes: Notes, count: int) -> Sequence[Receipt]:
    with gevent.Timeout(10):
        while len(notes.receipts) < count:
            gevent.sleep(0.001)
    return notes.receipts


def test_every_submit_is_accepted_and_reported_by_the_same_name() -> None:
    with fake() as smsc:
        notes = worked(FAST, smsc)
        receipts = reported(notes, 20)

    assert notes.outcomes == {Outcome.ACCEPTED: 20}
    assert {key for call in notes.calls for key in call.accepted} == {one.key for one in receipts}
    assert {one.delivered for one in receipts} == {True}


def test_a_session_says_that_it_is_alive_when_it_is_asked() -> None:
    with fake() as smsc:
        worked(FAST, smsc)

        assert smsc.alive == 1


def test_a_window_of_one_waits_for_each_answer() -> None:
    with fake() as smsc:
        notes = worked(replace(FAST, window=1, rate=100_000, seconds=0.0002), smsc)

    last = 0.0
    for call in sorted(notes.calls, key=lambda call: call.begun):
        assert call.begun >= last
        last = call.ended


def test_with_the_limit_reached_the_next_is_due_a_second_after_the_answer() -> None:
    plan = replace(FAST, rate=10, seconds=1.1, most=10)

    with fake() as smsc:
        notes = worked(plan, smsc)

    by_slot = {call.slot: call for call in notes.calls}
    assert by_slot[10].begun >= by_slot[10].intended == by_slot[0].ended + 1.0
    assert {call.intended for call in notes.calls if call.slot < 10} == {
        plan.moment(slot) for slot in range(10)
    }


def test_who_may_send_more_than_it_is_to_is_late_for_whatever_kept_it() -> None:
    plan = replace(FAST, rate=100, seconds=0.2, most=110)

    with fake() as smsc:
        notes = worked(plan, smsc)

    assert {call.intended for call in notes.calls} == {plan.moment(slot) for slot in range(20)}


def test_the_burst_leaves_at_once_when_the_account_has_rested() -> None:
    plan = replace(FAST, rate=10, seconds=0.1, burst=11, most=10)

    with fake(most=11) as smsc:
        notes = worked(plan, smsc)

    first, *burst = sorted(notes.calls, key=lambda call: call.slot)
    assert min(call.begun for call in burst) >= first.ended + 1.0
    assert max(call.begun for call in burst) - min(call.begun for call in burst) < 0.5
    assert [call.reason for call in burst if call.outcome is Outcome.REFUSED] == ["ESME_RTHROTTLED"]


def test_a_refusal_says_which() -> None:
    with fake({3: Flaw.REFUSES}) as smsc:
        notes = worked(FAST, smsc)

    assert notes.outcomes == {Outcome.ACCEPTED: 19, Outcome.REFUSED: 1}
    assert {call.reason for call in notes.calls} == {"", "ESME_RSUBMITFAIL"}


def test_a_connection_that_is_lost_is_opened_again_and_nothing_sent_twice() -> None:
    with fake({5: Flaw.HANGS_UP}) as smsc:
        notes = worked(replace(FAST, window=1), smsc)

    assert notes.outcomes == {Outcome.ACCEPTED: 19, Outcome.UNANSWERED: 1}
    assert smsc.submits == 20


class Breaking:
    """A session that takes whatever is to be sent as the moment to break."""

    def __init__(self, *_: object, lost: Callable[[str], None], **__: object) -> None:
        self._lost = lost

    def bind(self) -> None: ...

    def send(self, _octets: bytes) -> None:
        self._lost("broken")


def test_nobody_waits_for_answers_to_what_broke_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "Transceiver", Breaking)

    with fake() as smsc, gevent.Timeout(FAST.patience / 2):
        notes = worked(replace(FAST, window=1), smsc)

    assert notes.outcomes == {Outcome.UNANSWERED: 20}


def test_an_answer_that_does_not_come_is_given_up() -> None:
    with fake({5: Flaw.IGNORES}) as smsc:
        notes = worked(replace(FAST, patience=0.2), smsc)

    assert notes.outcomes == {Outcome.ACCEPTED: 19, Outcome.UNANSWERED: 1}
    assert {call.reason for call in notes.calls} == {"", "no answer in time"}


def test_without_a_bind_nothing_is_sent() -> None:
    with fake(bind=0x0E) as smsc:
        notes = worked(FAST, smsc)

    assert {(call.outcome, call.reason) for call in notes.calls} == {
        (Outcome.REFUSED, "no bind: ESME_RINVPASWD")
    }
    assert smsc.submits == 0


def test_seven_accounts_share_the_slots_evenly() -> None:
    plan = replace(FAST, scenario="smpp-7x700", accounts=7, rate=7000, seconds=0.01)

    with fake() as smsc:
        notes = worked(plan, smsc, users=7)

    assert smsc.senders == {f"me{place}": 10 for place in range(7)}
    assert len({call.numbers for call in notes.calls}) == 70


@pytest.mark.parametrize(("accounts", "workers"), [(1, 1), (1, 3), (7, 1), (7, 2), (7, 7), (6, 4)])
def test_workers_and_accounts_share_every_slot_once(accounts: int, workers: int) -> None:
    plan = Plan(scenario="any", rate=100, seconds=1, accounts=accounts, workers=workers)

    dealt = [slots(plan, place, worker) for place in range(accounts) for worker in range(workers)]

    assert sorted(slot for share in dealt for slot in share) == list(range(100))
    for place in range(accounts):
        own = dealt[place * workers : (place + 1) * workers]
        assert {plan.owner(slot) for share in own for slot in share} == {place}
