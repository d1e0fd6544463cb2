"""Numbers that mean outcomes, and overrides that are counted."""

from datetime import timedelta

import pytest

from emulator import settings
from emulator.core.gateway import Gateway
from emulator.core.hlr import Question
from emulator.core.model import Status
from emulator.core.outcomes import Override
from emulator.core.overrides import KIND as OVERRIDE
from emulator.core.refusals import Refused
from emulator.core.register import Presence
from emulator.tests.samples import (
    DEMO,
    FAILS,
    GUEST,
    NUMBER,
    OTHER,
    UNPAID,
    a_draft,
    a_gateway,
)

TABLE = settings.outcomes()

LIVE, ABSENT = Presence.LIVE, Presence.ABSENT
UNKNOWN, SILENCE = Presence.UNKNOWN_NUMBER, Presence.NO_ANSWER


@pytest.mark.parametrize(
    ("ending", "name", "steps", "presence"),
    [
        ("0000", "delivered", [(1, "submitted"), (3, "delivered")], LIVE),
        ("9001", "fails", [(1, "submitted"), (3, "undeliverable")], ABSENT),
        ("9002", "expires", [(1, "submitted")], ABSENT),
        ("9003", "refused", [(0, "rejected")], UNKNOWN),
        ("9004", "stuck", [(1, "submitted")], SILENCE),
        ("9005", "slow", [(1, "submitted"), (3600, "delivered")], LIVE),
        ("9006", "unroutable", [(1, "unroutable")], UNKNOWN),
        ("9007", "receipt-twice", [(1, "submitted"), (3, "delivered")], LIVE),
        ("9008", "receipt-early", [(0, "submitted"), (0, "delivered")], LIVE),
        ("9009", "answers-stop", [(1, "submitted"), (3, "delivered")], LIVE),
        ("9010", "ported", [(1, "submitted"), (3, "delivered")], LIVE),
        ("9011", "roaming", [(1, "submitted"), (3, "delivered")], LIVE),
        ("9012", "no-receipt", [(1, "submitted"), (3, "delivered")], LIVE),
        ("9013", "no-credit", [], LIVE),
        ("9014", "delivered", [(1, "submitted"), (3, "delivered")], LIVE),
    ],
)
def test_the_last_four_digits_decide(
    ending: str, name: str, steps: list[tuple[int, str]], presence: Presence
) -> None:
    outcome = TABLE.of(f"30690000{ending}")

    assert outcome.name == name
    assert outcome.steps == tuple((timedelta(seconds=after), Status(status)) for after, status in steps)
    assert outcome.presence is presence


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("fail@example.org", "fails"),
        ("fail@mail.example", "fails"),
        ("Fail@Example.ORG", "fails"),
        ("expire@example.org", "expires"),
        ("refuse@example.org", "refused"),
        ("stuck@example.org", "stuck"),
        ("slow@example.org", "slow"),
        ("unroutable@example.org", "unroutable"),
        ("no-credit@example.org", "no-credit"),
        ("anna@example.org", "delivered"),
        ("fails@example.org", "delivered"),
        ("anna@fail", "delivered"),
        ("9001@example.org", "delivered"),
        ("anna@example.9001", "delivered"),
        ("@", "delivered"),
    ],
)
def test_of_a_mail_address_the_mailbox_decides(address: str, name: str) -> None:
    assert TABLE.of(address).name == name


def test_an_override_knows_an_address_in_any_case() -> None:
    gateway = a_gateway()
    override = Override(number="anna@example.org", outcome="fails", left=1)
    gateway.store.put(OVERRIDE, ("anna@example.org",), override)

    gateway.send(DEMO, a_draft("Anna@Example.org"))

    (message,) = gateway.store.messages()
    assert message.outcome == "fails"
    assert gateway.outcome("anna@example.org").name == "delivered"


def test_what_is_special_about_the_others() -> None:
    assert [name for name, outcome in TABLE.named.items() if outcome.expires] == ["expires"]
    assert {name: outcome.receipts for name, outcome in TABLE.named.items() if outcome.receipts != 1} == {
        "receipt-twice": 2,
        "no-receipt": 0,
    }
    assert {name: outcome.reply for name, outcome in TABLE.named.items() if outcome.reply} == {
        "answers-stop": "STOP"
    }
    assert [name for name, outcome in TABLE.named.items() if outcome.ported] == ["ported"]
    assert [name for name, outcome in TABLE.named.items() if outcome.roaming] == ["roaming"]
    assert [name for name, outcome in TABLE.named.items() if not outcome.pays] == ["no-credit"]


@pytest.mark.parametrize("number", ["9001", "49171239001", "123456789019001"])
def test_any_prefix_will_do(number: str) -> None:
    assert TABLE.of(number).name == "fails"


def test_every_outcome_has_a_name_of_its_own_and_says_what_it_is() -> None:
    assert len(TABLE.named) == 1 + len(TABLE.special)
    assert all(outcome.says for outcome in TABLE.named.values())


def override(gateway: Gateway, number: str, outcome: str, left: int | None = None) -> None:
    gateway.store.put(OVERRIDE, (number,), Override(number=number, outcome=outcome, left=left))


def sent(gateway: Gateway, *recipients: str) -> list[str]:
    """The outcomes that a send to these numbers gets."""
    order = gateway.send(DEMO, a_draft(*recipients))
    return [message.outcome for message in gateway.store.ordered(order.id)]


def test_an_override_comes_before_the_table() -> None:
    gateway = a_gateway()
    override(gateway, FAILS, "delivered")

    assert gateway.outcome(FAILS).name == "delivered"
    assert sent(gateway, FAILS, "491719009001") == ["delivered", "fails"]


def test_an_override_without_count_goes_on_until_it_is_taken_away() -> None:
    gateway = a_gateway()
    override(gateway, NUMBER, "fails")

    assert [sent(gateway, NUMBER) for _ in range(3)] == [["fails"]] * 3
    gateway.store.drop(OVERRIDE, (NUMBER,))
    assert sent(gateway, NUMBER) == ["delivered"]


def test_an_override_with_a_count_is_used_up() -> None:
    gateway = a_gateway()
    override(gateway, NUMBER, "fails", left=2)

    assert [sent(gateway, NUMBER, OTHER) for _ in range(3)] == [
        ["fails", "delivered"],
        ["fails", "delivered"],
        ["delivered", "delivered"],
    ]
    assert gateway.store.values(OVERRIDE) == []


def test_a_look_up_uses_an_override_up_like_a_send() -> None:
    gateway = a_gateway()
    override(gateway, NUMBER, "fails", left=1)

    gateway.look_up(DEMO, Question(numbers=(NUMBER,)))

    assert gateway.store.values(OVERRIDE) == []


def test_a_refused_send_uses_no_override_up() -> None:
    gateway = a_gateway()
    override(gateway, NUMBER, "fails", left=1)

    with pytest.raises(Refused):
        gateway.send(GUEST, a_draft(NUMBER, UNPAID))

    assert gateway.store.values(OVERRIDE) == [Override(number=NUMBER, outcome="fails", left=1)]


def test_an_override_that_refuses_for_lack_of_credit_is_used_up_by_that() -> None:
    """ "The next send is refused" must not mean "every send is refused"."""
    gateway = a_gateway()
    override(gateway, NUMBER, "no-credit", left=1)

    with pytest.raises(Refused):
        gateway.send(DEMO, a_draft(NUMBER))

    assert sent(gateway, NUMBER) == ["delivered"]
