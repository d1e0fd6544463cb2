"""SMPP as much as accounts are known for, from one and from seven at once."""

from __future__ import annotations

from loadtests.scenarios.numbers import Numbering
from loadtests.scenarios.scenario import SmppScenario

PROVIDER = "isms"
SEVEN = 7

ONE = SmppScenario(provider=PROVIDER, numbers=Numbering("3069"), users=1, burst=True)
MANY = SmppScenario(
    provider=PROVIDER, numbers=Numbering("3069"), rate=700 * SEVEN, users=SEVEN, accounts=SEVEN
)
