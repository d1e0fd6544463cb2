"""Who may bind, and what the answer to a bind says."""

from dataclasses import replace

import pytest

from emulator.tests.esme import Centre
from emulator.wire.smpp.session import BINDS
from emulator.wire.smpp.statuses import CommandStatus


@pytest.mark.parametrize("command", BINDS)
def test_an_account_binds_with_the_name_and_password_it_has_over_http(command: str) -> None:
    centre = Centre()

    with centre.open() as esme:
        answer = esme.bind(command, f"demo@{centre.name}", "demo")

        assert (answer.status, answer.fields) == (0, {"system_id": "isms"})
        assert answer.options == {"sc_interface_version": 0x34}
        assert esme.session.state is BINDS[command]


def test_an_older_client_gets_an_answer_without_options() -> None:
    centre = Centre()

    with centre.open() as esme:
        answer = esme.bind("bind_receiver", f"demo@{centre.name}", "demo", interface_version=0x33)

        assert (answer.status, answer.options) == (0, {})


def test_after_a_refusal_another_bind_may_be_tried() -> None:
    centre = Centre()

    with centre.open() as esme:
        refused = esme.bind("bind_receiver", f"demo@{centre.name}", "wrong").status
        before = esme.ask("enquire_link").status
        granted = esme.bind("bind_receiver", f"demo@{centre.name}", "demo").status

        assert (refused, before, granted) == (CommandStatus.RINVPASWD, 0, 0)


def test_a_space_has_its_own_accounts_and_messages() -> None:
    one, other = Centre(), Centre()

    with one.bound() as esme:
        esme.sent()

    assert (len(one.messages), len(other.messages)) == (1, 0)


def test_a_name_that_no_space_can_have_is_no_account() -> None:
    with Centre().open() as esme:
        assert esme.bind("bind_receiver", "demo@***", "demo").status == CommandStatus.RINVSYSID


def test_an_account_that_was_taken_away_sends_nothing_more() -> None:
    centre = Centre()

    with centre.bound() as esme:
        centre.space.store.drop_account("isms", "demo")

        assert esme.submit().status == CommandStatus.RINVPASWD
        assert centre.messages == []


def test_another_password_ends_no_session_and_is_asked_for_at_the_next_bind() -> None:
    centre = Centre()

    with centre.bound() as esme, centre.open() as stranger:
        account = centre.space.store.account("isms", "demo")
        assert account is not None
        centre.space.store.put_account(replace(account, password="another"))

        message_id = esme.sent(registered_delivery=1)
        centre.advance(5)
        assert esme.receipts(1) == [message_id]
        refused = stranger.bind("bind_transceiver", f"demo@{centre.name}", "demo")
        assert refused.status == CommandStatus.RINVPASWD
        assert stranger.bind("bind_transceiver", f"demo@{centre.name}", "another").status == 0
