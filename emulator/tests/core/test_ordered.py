"""Orders as their customers see them: in pages, called off, forgotten; and words with a number in order."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

import pytest

from emulator.core.gateway import Gateway
from emulator.core.model import Inbound, Login, Message, Status
from emulator.core.pages import Window
from emulator.core.refusals import Reason, Refused
from emulator.tests.samples import (
    DEMO,
    FAILS,
    GUEST,
    NUMBER,
    OTHER,
    URL,
    a_draft,
    a_gateway,
    an_account,
    run,
    second,
)

EVERYTHING = Window(0, 1000)


def ids(gateway: Gateway, login: Login = DEMO, window: Window = EVERYTHING) -> list[int]:
    return [order.id for order in gateway.orders(login, window).items]


def words(gateway: Gateway, number: str = NUMBER, direction: Any = None) -> list[str]:
    """What was written, in the order of arrival."""
    return [one.text for one in gateway.correspondence(DEMO, number, direction, EVERYTHING).items]


def a_talk() -> Gateway:
    """Two messages to a number, two from it, one to another."""
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER, OTHER, text="one"))
    gateway.clock.reach(second(1))
    gateway.receive("isms", "demo", NUMBER, "smslab", "two")
    gateway.clock.reach(second(2))
    gateway.send(DEMO, a_draft(NUMBER, text="three"))
    gateway.clock.reach(second(3))
    gateway.receive("isms", "demo", NUMBER, "smslab", "four")
    return gateway


# Orders


def test_orders_are_shown_in_pages_to_their_own_account() -> None:
    gateway = a_gateway()
    for login in (DEMO, GUEST, DEMO, DEMO):
        gateway.send(login, a_draft(NUMBER, OTHER))

    page = gateway.orders(DEMO, Window(1, 1))

    assert (ids(gateway), ids(gateway, GUEST)) == ([1, 3, 4], [2])
    assert ([order.id for order in page.items], page.total) == ([3], 3)
    assert ids(gateway, window=Window(0, 2, newest_first=True)) == [4, 3]


def test_orders_accepted_since_are_shown_too() -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER))
    assert ids(gateway) == [1]

    gateway.send(DEMO, a_draft(NUMBER))

    assert ids(gateway) == [1, 2]


def test_messages_that_a_test_forgot_are_in_no_list_any_more() -> None:
    gateway = a_talk()
    assert (ids(gateway), words(gateway)) == ([1, 2], ["one", "two", "three", "four"])

    gateway.store.forget_messages()

    assert (ids(gateway), words(gateway)) == ([], ["two", "four"])
    assert gateway.send(DEMO, a_draft(NUMBER, text="five")).id == 3
    assert (ids(gateway), words(gateway)) == ([3], ["two", "four", "five"])


# Calling off


def test_what_the_network_does_not_have_yet_is_called_off_and_refunded() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER, OTHER, scheduled_at=second(60), callback=URL))

    called_off = gateway.call_off(DEMO, order.id)

    assert [(one.recipient, one.price, status) for one, status in called_off] == [
        (NUMBER, Decimal(0), Status.CANCELLED),
        (OTHER, Decimal(0), Status.CANCELLED),
    ]
    assert gateway.credit(DEMO) == Decimal("10.00")
    assert run(gateway, 3600) == [f"{NUMBER} cancelled 09:00:00", f"{OTHER} cancelled 09:00:00"]


def test_a_queued_message_can_be_called_off_and_a_submitted_one_cannot() -> None:
    gateway = a_gateway()
    orders = [gateway.send(DEMO, a_draft(NUMBER))]
    gateway.clock.reach(second(1))
    orders.append(gateway.send(DEMO, a_draft(NUMBER)))

    assert [len(gateway.call_off(DEMO, order.id)) for order in orders] == [0, 1]

    assert gateway.credit(DEMO) == Decimal("9.00")


def test_what_was_refused_alone_is_not_called_off() -> None:
    gateway = a_gateway()
    refusals = {OTHER: Reason.BLOCKED_RECIPIENT}
    order = gateway.send(DEMO, a_draft(NUMBER, OTHER, refusals=refusals))

    assert [message.recipient for message, _ in gateway.call_off(DEMO, order.id)] == [NUMBER]


# Forgetting


def test_a_forgotten_order_is_unknown_to_its_customer_and_goes_on_all_the_same() -> None:
    gateway = a_talk()

    gateway.forget(DEMO, 1)

    assert (ids(gateway), words(gateway), words(gateway, OTHER)) == ([2], ["two", "three", "four"], [])
    assert [message.id for message, _ in gateway.owned(DEMO)] == [3]
    assert [message.id for message in gateway.store.messages()] == [1, 2, 3]


def test_what_is_forgotten_goes_from_pages_that_were_asked_for_before() -> None:
    gateway = a_talk()
    gateway.send(DEMO, a_draft(NUMBER, OTHER, NUMBER, text="five"))
    assert (ids(gateway), words(gateway, OTHER)) == ([1, 2, 3], ["one", "five"])

    gateway.forget(DEMO, 3)

    assert ids(gateway) == [1, 2]
    assert words(gateway) == ["one", "two", "three", "four"]
    assert words(gateway, direction="mt") == ["one", "three"]
    assert words(gateway, OTHER) == ["one"]


def test_what_came_back_at_once_stays_where_it_was_when_its_order_is_forgotten() -> None:
    gateway = a_gateway()
    for text in ("one", "two", "three"):
        gateway.send(DEMO, a_draft(NUMBER, text=text))
        gateway.receive("isms", "demo", NUMBER, "smslab", f"to {text}")
    assert len(words(gateway)) == 6

    gateway.forget(DEMO, 2)

    assert words(gateway) == ["one", "to one", "to two", "three", "to three"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda gateway, login: gateway.order(login, 1),
        lambda gateway, login: gateway.ordered(login, 1),
        lambda gateway, login: gateway.call_off(login, 1),
        lambda gateway, login: gateway.forget(login, 1),
    ],
    ids=["order", "ordered", "call off", "forget"],
)
@pytest.mark.parametrize("whose", ["other's", "forgotten", "nobody's"])
def test_an_order_that_is_not_theirs_is_unknown(ask: Callable[[Gateway, Login], Any], whose: str) -> None:
    gateway = a_gateway()
    if whose != "nobody's":
        gateway.send(DEMO, a_draft(NUMBER))
    if whose == "forgotten":
        gateway.forget(DEMO, 1)

    with pytest.raises(Refused) as refusal:
        ask(gateway, GUEST if whose == "other's" else DEMO)

    assert refusal.value.reasons == {Reason.UNKNOWN_MESSAGE}


# Correspondence


def test_words_with_a_number_come_in_the_order_of_arrival() -> None:
    gateway = a_talk()

    assert words(gateway) == ["one", "two", "three", "four"]
    assert words(gateway, direction="mt") == ["one", "three"]
    assert words(gateway, direction="mo") == ["two", "four"]
    assert (words(gateway, OTHER), words(gateway, FAILS)) == (["one"], [])


def test_words_are_in_the_same_order_whenever_they_are_asked_for() -> None:
    """Also where the clock was put back between them."""
    gateway = a_talk()
    assert len(words(gateway)) == 4

    gateway.clock.set(now=second(-1))
    gateway.receive("isms", "demo", NUMBER, "smslab", "zero")

    again = a_gateway(store=gateway.store)
    assert words(gateway) == words(again) == ["zero", "one", "two", "three", "four"]


def test_words_of_one_moment_come_as_they_were_written() -> None:
    gateway = a_gateway()
    gateway.receive("isms", "demo", NUMBER, "smslab", "one")
    gateway.send(DEMO, a_draft(NUMBER, text="two"))
    gateway.receive("isms", "demo", NUMBER, "smslab", "three")
    gateway.receive("isms", "demo", NUMBER, "smslab", "four")
    gateway.send(DEMO, a_draft(NUMBER, text="five"))

    again = a_gateway(store=gateway.store)

    assert words(gateway) == words(again) == ["one", "two", "three", "four", "five"]


def test_words_of_other_accounts_stay_theirs() -> None:
    gateway = a_talk()
    gateway.send(GUEST, a_draft(NUMBER, text="elsewhere"))
    gateway.receive("isms", "guest", NUMBER, "smslab", "elsewhere")

    assert "elsewhere" not in words(gateway)


def test_a_page_of_words_says_how_many_there_are() -> None:
    page = a_talk().correspondence(DEMO, NUMBER, None, Window(1, 2))

    assert [type(one) for one in page.items] == [Inbound, Message]
    assert page.total == 4


# Indexes of one's own


class Texts:
    """How many messages have a text."""

    def __init__(self) -> None:
        self.learnt: list[int] = []

    def learn(self, messages: Iterable[Message]) -> None:
        self.learnt += [message.id for message in messages]


def test_an_index_is_caught_up_with_what_is_new() -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER, OTHER))
    index = gateway.indexed(Texts)
    assert index.learnt == [1, 2]

    gateway.send(DEMO, a_draft(NUMBER))

    assert gateway.indexed(Texts) is index
    assert index.learnt == [1, 2, 3]


class Forgiving(Texts):
    """The same, and it lets single orders go."""

    def forget(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self.learnt.remove(message.id)


@pytest.mark.parametrize("kind", [Texts, Forgiving])
def test_an_index_knows_nothing_of_what_was_forgotten(kind: type[Texts]) -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER))
    gateway.indexed(kind)
    for _ in range(2):
        gateway.send(DEMO, a_draft(NUMBER, OTHER))

    gateway.forget(DEMO, 2)

    assert gateway.indexed(kind).learnt == [1, 4, 5]
    gateway.store.forget_messages()
    assert gateway.indexed(kind).learnt == []


def test_an_index_that_lets_orders_go_is_never_begun_anew_for_one() -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER))
    index = gateway.indexed(Forgiving)

    gateway.forget(DEMO, 1)

    assert gateway.indexed(Forgiving) is index


def test_a_refund_of_many_is_the_sum_of_all() -> None:
    gateway = a_gateway(an_account(credit=Decimal(100)))
    numbers = [f"3069{number:08}" for number in range(50)]
    order = gateway.send(DEMO, a_draft(*numbers))

    gateway.call_off(DEMO, order.id)

    assert gateway.credit(DEMO) == Decimal(100)
