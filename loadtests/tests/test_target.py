"""Who logs in where: accounts of a run's own, and those that were named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import click
import pytest

from loadtests import target
from loadtests.client import Control
from loadtests.failures import HarnessFailed
from loadtests.planning.plan import Login, Plan
from loadtests.scenarios import SCENARIOS
from loadtests.target import addressed, introduced, limits, opened

SEVEN = Plan(scenario="smpp-7x700", rate=4900, seconds=60, accounts=7)


class World(Control):
    """Says where its SMSC is."""

    def __init__(self, smpp: str | None) -> None:
        super().__init__("http://127.0.0.1:9")
        self.smpp = smpp

    def call(self, method: str, path: str, value: object = None) -> Mapping[str, object]:
        return {"status": "ok", "smpp": self.smpp}


class Refusing(World):
    """Makes spaces, and no accounts in them."""

    asked: ClassVar[list[str]] = []

    def __init__(self, _base: str) -> None:
        super().__init__(None)

    def present(self) -> bool:
        return True

    def call(self, method: str, path: str, value: object = None) -> Mapping[str, object]:
        self.asked.append(f"{method} {path.rstrip('0123456789abcdef')}")
        if "/accounts/" in path:
            raise HarnessFailed("no room")
        return {}


def test_a_space_whose_accounts_cannot_be_made_goes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target, "Control", Refusing)
    plan = Plan(scenario="isms-http", rate=1, seconds=1)

    with pytest.raises(HarnessFailed, match="no room"), opened("http://127.0.0.1:9", (), (plan,)):
        pytest.fail("nothing is to be loaded")

    assert Refusing.asked == ["PUT /spaces/l", "PUT /accounts/isms/load-", "DELETE /spaces/l"]


def test_seven_accounts_have_names_that_a_bind_can_hold() -> None:
    plan = introduced(SCENARIOS["smpp-7x700"], SEVEN, "l0a1b2c3d", "0a1b2c3d", World("127.0.0.1:2775"))

    assert plan.smpp == "127.0.0.1:2775"
    assert len(set(plan.names)) == len(plan.logins) == 7
    for login in plan.logins:
        assert login.system_id == f"{login.name}@l0a1b2c3d"
        assert len(login.system_id) <= 15
        assert len(login.password) <= 8


def test_an_account_may_send_what_the_run_sends_over_smpp_and_anything_over_http() -> None:
    bound = introduced(SCENARIOS["smpp-7x700"], SEVEN, "here", "0a1b2c3d", World("127.0.0.1:2775"))
    called = introduced(SCENARIOS["isms-http"], SEVEN, "here", "0a1b2c3d", World(None))

    assert limits(bound) == {"submits_per_second": 875}
    assert limits(called) == {"submits_per_second": None}


def test_a_space_whose_name_leaves_no_room_for_an_account_is_refused() -> None:
    with pytest.raises(click.UsageError, match="too long"):
        introduced(SCENARIOS["smpp-700"], SEVEN, "long-winded", "0a1b2c3d", World("127.0.0.1:2775"))


def test_an_emulator_without_smpp_is_no_target() -> None:
    with pytest.raises(HarnessFailed, match="serves no SMPP"):
        introduced(SCENARIOS["smpp-700"], SEVEN, "here", "0a1b2c3d", World(None))


def test_accounts_that_were_named_are_bound_as_they_are() -> None:
    plan = addressed("smpp://[::1]:2775", SCENARIOS["smpp-700"], [("me", "secret")], SEVEN)

    assert (plan.smpp, plan.logins) == ("[::1]:2775", (Login("me", "secret"),))
    assert "secret" not in repr(plan)


def test_an_address_of_http_or_without_a_port_is_no_smsc() -> None:
    for address in ("http://127.0.0.1:2775", "smpp://127.0.0.1", "127.0.0.1:2775"):
        with pytest.raises(click.UsageError, match="is not an SMSC"):
            addressed(address, SCENARIOS["smpp-700"], [("me", "secret")], SEVEN)
