"""Plain drafts are taken without a plan: what comes of them is what a plan would have made of them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator import settings
from emulator.core import overrides, sending
from emulator.core.gateway import Gateway
from emulator.core.model import Coding, Draft, Medium, Order
from emulator.core.outcomes import Override
from emulator.core.refusals import Reason, Refused
from emulator.tests.samples import DEMO, EXPIRES, FAILS, NUMBER, OTHER, UNPAID, a_draft, a_gateway, an_account
from emulator.tests.samples import second as at

TO = [(NUMBER,), (OTHER,), (FAILS,), (EXPIRES,), (UNPAID,), (NUMBER, OTHER)]

MEANS = settings.outcomes().of(FAILS)
"""What the other number means for once."""

ASKED = {
    "sender": st.sampled_from(["smslab", "strange"]),
    "text": st.sampled_from(["", "Hello", "a" * 161, "Ω{" * 90]),
    "coding": st.sampled_from(Coding),
    "medium": st.sampled_from([Medium.SMS, Medium.FAX]),
    "parts": st.sampled_from([None, 1, 3]),
    "scheduled_at": st.sampled_from([None, at(-60), at(60)]),
    "validity": st.sampled_from([None, timedelta(seconds=2), timedelta(hours=1)]),
    "own_sender": st.booleans(),
    "each": st.booleans(),
    "on_delivery": st.booleans(),
    "surcharge": st.sampled_from([Decimal(0), Decimal("0.50")]),
    "flaws": st.sampled_from([(), (Reason.BAD_SCHEDULE,)]),
}


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft that is odd in a thing or two."""
    recipients = draw(st.sampled_from(TO))
    odd = draw(st.lists(st.sampled_from(sorted(ASKED)), unique=True, max_size=2))
    changes: dict[str, Any] = {name: draw(ASKED[name]) for name in odd}
    return a_draft(*recipients, **changes)


def a_shop(credit: Decimal | None) -> Gateway:
    gateway = a_gateway(an_account(credit=credit, senders=("smslab",)))
    gateway.store.put(overrides.KIND, (OTHER,), Override(number=OTHER, outcome=MEANS.name, left=1))
    return gateway


def sent(gateway: Gateway, made: list[Draft]) -> list[Order | frozenset[Reason]]:
    found = gateway.send_each(DEMO, made)
    return [frozenset(one.reasons) if isinstance(one, Refused) else one for one in found]


@given(st.lists(drafts(), max_size=6), st.sampled_from([None, Decimal(2), Decimal(100)]))
def test_a_plain_draft_becomes_what_its_plan_would_have_become(
    made: list[Draft], credit: Decimal | None
) -> None:
    quick, slow = a_shop(credit), a_shop(credit)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "is_plain", lambda draft: False)
        planned = sent(slow, made)

    assert sent(quick, made) == planned
    assert list(quick.store.messages()) == list(slow.store.messages())
    assert list(quick.store.tasks()) == list(slow.store.tasks())
    assert quick.store.accounts() == slow.store.accounts()
    assert quick.store.values(overrides.KIND) == slow.store.values(overrides.KIND)


@pytest.mark.parametrize(
    "changes", [{"each": True}, {"on_delivery": True}, {"on_trust": True}, {"surcharge": Decimal(1)}]
)
def test_who_asks_for_more_is_not_plain(changes: dict[str, Any]) -> None:
    assert sending.is_plain(a_draft(NUMBER))
    assert not sending.is_plain(replace(a_draft(NUMBER), **changes))
    assert not sending.is_plain(a_draft(NUMBER, OTHER))
