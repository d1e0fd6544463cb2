"""A space has a clock, accounts, faults and outcomes of its own, and tells what went on in it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.client import IncompleteRead
from pathlib import Path
from time import monotonic
from urllib.error import HTTPError

import pytest

from conformance.drivers.smpp import Link
from conformance.drivers.smpp_pdus import BIND_TRANSCEIVER, SUBMIT_SM, Submit, bind
from emulator.testing import Accounts, Clock, Declined, Emulator, Faults, Missed, Outbox, Space, running
from emulator.testing.tests.calling import NUMBER, sent

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_clock_stands_until_it_is_moved(smslab_clock: Clock) -> None:
    assert (smslab_clock.now, smslab_clock.rate) == (NINE, 0)

    smslab_clock.advance(1.5)
    smslab_clock.advance(timedelta(minutes=1))

    assert smslab_clock.now == NINE + timedelta(seconds=61.5)
    smslab_clock.set(NINE + timedelta(days=1))
    assert smslab_clock.now == NINE + timedelta(days=1)


def test_a_clock_can_be_made_to_run(smslab_space: Space, smslab_clock: Clock, smslab_outbox: Outbox) -> None:
    sent(smslab_space)

    smslab_clock.rate = 1000

    assert smslab_outbox.wait(status="delivered", timeout=30)[0].final


def test_an_idle_space_has_nothing_left_to_do(
    smslab_space: Space, smslab_clock: Clock, smslab_outbox: Outbox
) -> None:
    sent(smslab_space, to="306912349005")

    smslab_clock.run_until_idle()

    assert smslab_outbox.one().status == "delivered"
    assert smslab_clock.now == NINE + timedelta(hours=1)


@pytest.mark.smslab(seed=7, clock="2030-01-01T00:00:00Z")
class TestMarkedSpaces:
    def test_a_mark_says_how_a_space_begins(self, smslab_space: Space, smslab_clock: Clock) -> None:
        assert f"{smslab_clock.now:%Y}" == "2030"
        assert sent(smslab_space) != "ID:4A7VHAUVVF"

    @pytest.mark.smslab(clock="2040-01-01T00:00:00Z", quirks={"isms": {"id_prefix": True}})
    def test_the_nearest_mark_wins(self, smslab_clock: Clock) -> None:
        assert f"{smslab_clock.now:%Y}" == "2040"


def test_accounts_are_made_changed_and_removed(smslab_space: Space, smslab_accounts: Accounts) -> None:
    made = smslab_accounts.put("isms", "shop", password="pass", credit=Decimal("2.5"), submits_per_second=3)
    assert sent(smslab_space, username="shop", password="pass")[:3] == "ID:"

    changed = smslab_accounts.change("isms", "shop", credit=None, senders=["Shop"])

    assert (made.credit, made.limits.submits_per_second) == (Decimal("2.5"), 3)
    assert (changed.credit, changed.senders) == (None, ("Shop",))
    smslab_accounts.remove("isms", "shop")
    with pytest.raises(Missed, match=r"^no account isms/shop; there are isms/demo, isms/empty, "):
        smslab_accounts.credit("isms", "shop")


def test_a_fault_strikes_until_it_is_cleared(smslab_space: Space, smslab_faults: Faults) -> None:
    with smslab_faults.refuse("no-credit", path="*/send.php", account="demo") as fault:
        assert sent(smslab_space) == "Error: Insufficient credits."
        assert fault.met == 1

    assert sent(smslab_space)[:3] == "ID:"


def test_a_fault_that_a_reset_took_away_may_be_cleared(smslab_space: Space, smslab_faults: Faults) -> None:
    with smslab_faults.empty() as fault:
        smslab_space.reset()

        assert sent(smslab_space)[:3] == "ID:"
    assert fault.met == 0


def test_answers_are_spoiled_in_whichever_way(smslab_space: Space, smslab_faults: Faults) -> None:
    smslab_faults.status(429, times=1, provider="isms")
    with pytest.raises(HTTPError, match="429") as refusal:
        sent(smslab_space)
    refusal.value.close()
    smslab_faults.empty(times=1)
    assert sent(smslab_space) == ""
    smslab_faults.delay(0.05, times=1)
    began = monotonic()
    assert sent(smslab_space)[:3] == "ID:"
    assert monotonic() - began >= 0.05


def test_an_answer_that_is_cut_short_on_purpose_is_no_mishap(
    smslab_space: Space, smslab_faults: Faults, caplog: pytest.LogCaptureFixture
) -> None:
    smslab_faults.truncate(times=1)

    with pytest.raises(IncompleteRead):
        sent(smslab_space)

    assert caplog.messages == []


def test_what_cannot_be_done_says_what_can(smslab_space: Space, smslab_faults: Faults) -> None:
    with pytest.raises(Declined, match=r"^ip1 has no words for no-id; it has for: "):
        smslab_faults.refuse("no-id", provider="ip1")
    with pytest.raises(Declined, match="no outcome 'lost'"):
        smslab_space.decide(NUMBER, "lost")
    with pytest.raises(Declined, match="no provider 'smsgate': there is no SMSLAB_SMSGATE_URL among "):
        smslab_space.address("smsgate")


def test_a_decision_holds_for_as_many_messages_as_it_says(smslab_space: Space, smslab_outbox: Outbox) -> None:
    smslab_space.decide(NUMBER, "fails", times=1)

    sent(smslab_space)
    sent(smslab_space)

    assert [message.outcome for message in smslab_outbox] == ["fails", "delivered"]


def test_the_journal_tells_what_was_said_without_secrets(smslab_space: Space) -> None:
    sent(smslab_space, message="Hi")

    (exchange,) = smslab_space.journal

    assert str(exchange) == (
        "GET /api/http/send.php?username=demo&password=***&from=smslab&to=306912345678&message=Hi"
        " -> 200 'ID:4A7VHAUVVF'"
    )


def test_a_space_can_begin_again(smslab_space: Space, smslab_outbox: Outbox, smslab_clock: Clock) -> None:
    sent(smslab_space)
    smslab_clock.advance(3)

    smslab_space.reset()

    assert (len(smslab_outbox), smslab_clock.now) == (0, NINE)


def test_sessions_of_smpp_reach_the_space_by_their_login(smslab_space: Space, smslab_outbox: Outbox) -> None:
    letter = Submit(destination=NUMBER, message=b"Hello")

    with Link(smslab_space.smpp) as link:
        link.ask(BIND_TRANSCEIVER, bind(smslab_space.system_id("demo"), "demo"))
        answer = link.ask(SUBMIT_SM, letter.body)

    assert smslab_outbox.one(text="Hello").reference == answer.message_id


def test_a_space_of_any_scope_is_a_block(smslab_emulator: Emulator, smslab_outbox: Outbox) -> None:
    with smslab_emulator.space("wide") as space, smslab_emulator.space(clock=NINE, rate=1) as other:
        sent(space)

        assert [len(one.outbox) for one in (space, other)] == [1, 0]
    assert len(smslab_outbox) == 0


def test_a_space_wants_a_name_that_fits_into_an_address(smslab_emulator: Emulator) -> None:
    with pytest.raises(Declined, match="'my shop' is no name for a space"), smslab_emulator.space("my shop"):
        pytest.fail("there is no such space")


def test_a_world_of_ones_own_has_other_accounts(tmp_path: Path) -> None:
    world = tmp_path / "world.toml"
    world.write_text('[[accounts.isms]]\nlogin = "shop"\npassword = "pass"\ncredit = 5\n', "utf-8")

    with running(world) as emulator, emulator.space() as space:
        assert [account.login for account in space.accounts] == ["shop"]
