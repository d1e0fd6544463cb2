"""How each code is met: who asks for what, once something has happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest

from conformance.checks.voipe.calls import (
    HIGH,
    NOBODYS,
    SOON,
    accepted,
    written,
)
from conformance.checks.voipe.conftest import User
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.voipe import Answer, VoipeDriver
from conformance.numbers import Numbers

NOBODY = "nobody-has-this"


@dataclass(frozen=True, slots=True)
class Scene:
    """Who may be needed to meet a code."""

    request: pytest.FixtureRequest

    @property
    def voipe(self) -> VoipeDriver:
        return self._of(VoipeDriver, "voipe")

    @property
    def poor(self) -> VoipeDriver:
        return self._of(VoipeDriver, "poor")

    @property
    def admin(self) -> VoipeDriver:
        return self._of(VoipeDriver, "admin")

    def playground(self) -> None:
        """Blocked where something could come of it that nobody can undo."""
        self.request.getfixturevalue("control")

    def lose_the_database(self) -> None:
        """For as long as the check takes."""
        control: Control = self.request.getfixturevalue("control")
        control.set_fault("database", "refuse", provider="voipe", reason="storage-failed")

    def user(self, name: str, **attributes: str) -> VoipeDriver:
        make: User = self.request.getfixturevalue("user")
        return make(name, **attributes)

    def waiting(self) -> str:
        """The code of a queue that waits for two days."""
        return self._queue(schedule=written(self._clock.now() + timedelta(days=2)))

    def done(self) -> str:
        """The code of a queue that was worked off."""
        queue = self._queue()
        self._clock.advance(SOON)
        return queue

    @property
    def _clock(self) -> Clock:
        clock: Clock = self.request.getfixturevalue("clock")
        return clock

    def _queue(self, **more: str) -> str:
        numbers: Numbers = self.request.getfixturevalue("numbers")
        return str(accepted(self.voipe.pv(numbers()[0], **more))[0]["queue"])

    def _of(self, kind: type[VoipeDriver], name: str) -> VoipeDriver:
        found = self.request.getfixturevalue(name)
        assert isinstance(found, kind)
        return found


Ask = Callable[[Scene], Callable[[str], Answer]]


def asking(driver: VoipeDriver, op: str | None, **fields: str | int) -> Callable[[str], Answer]:
    """A call that waits for its format."""
    return lambda format: driver.call(op, **fields, format=format)


def token_of(scene: Scene, name: str, **attributes: str) -> Callable[[str], Answer]:
    owner = scene.user(name, **attributes)
    return asking(owner, "get_token", p=owner.password)


def family(scene: Scene) -> VoipeDriver:
    """A parent of one."""
    boss = scene.user("boss")
    scene.user("child", level="4", parent="boss")
    return boss


def removing_a_parent(scene: Scene) -> Callable[[str], Answer]:
    family(scene)
    return asking(scene.admin, "accountremove", data_username="boss")


def banning_the_first(scene: Scene) -> Callable[[str], Answer]:
    scene.playground()
    return asking(scene.admin, "accountban", data_username=scene.admin.username)


def giving_an_administrator_for_a_parent(scene: Scene) -> Callable[[str], Answer]:
    scene.user("dana")
    return asking(scene.admin, "parentset", data_username="dana", data_parent=scene.admin.username)


def choosing_a_strange_sender(scene: Scene) -> Callable[[str], Answer]:
    scene.user("dana")
    return asking(scene.admin, "accountconf", data_username="dana", data_sender=NOBODY)


def changing_to_a_taken_address(scene: Scene) -> Callable[[str], Answer]:
    scene.user("one", email="one@example.com")
    scene.user("two", email="two@example.com")
    return asking(scene.admin, "accountpref", data_username="one", data_email="two@example.com")


def adding_a_taken_name(scene: Scene) -> Callable[[str], Answer]:
    fields: dict[str, str | int] = {
        "data_status": 3,
        "data_password": "x",
        "data_name": "X",
        "data_email": "x@example.com",
    }
    return asking(scene.admin, "accountadd", data_username=scene.voipe.username, **fields)


def injecting_without_a_database(scene: Scene) -> Callable[[str], Answer]:
    scene.lose_the_database()
    return asking(scene.admin, "inject", from_=NOBODY, msg="x")


def ours(op: str | None, **fields: str | int) -> Ask:
    return lambda scene: asking(scene.voipe, op, **fields)


def theirs(op: str, **fields: str | int) -> Ask:
    return lambda scene: asking(scene.admin, op, **fields)


ASKED: Mapping[str, Ask] = {
    "100": ours("cr", h=NOBODYS),
    "101": ours("nosuchop"),
    "102": ours(None),
    "104": lambda scene: token_of(scene, "dana", token=""),
    "105": lambda scene: token_of(scene, "dana", webservices="0"),
    "106": lambda scene: token_of(scene, "dana", ips="10.0.0.0/8"),
    "201": ours("pv"),
    "400": ours("ds", queue=NOBODYS),
    "401": lambda scene: asking(scene.voipe, "ds", queue=scene.waiting()),
    "402": lambda scene: asking(scene.voipe, "ds", queue=scene.done(), smslog_id=HIGH),
    "501": ours("ix", last=HIGH),
    "600": ours("creditview"),
    "601": injecting_without_a_database,
    "602": theirs("inject", msg="x"),
    "603": theirs("accountadd"),
    "604": adding_a_taken_name,
    "605": theirs("accountremove", data_username=NOBODY),
    "606": removing_a_parent,
    "607": theirs("parentset", data_username=NOBODY, data_parent=NOBODY),
    "608": giving_an_administrator_for_a_parent,
    "609": theirs("parentget", data_username=NOBODY),
    "610": lambda scene: asking(scene.admin, "parentget", data_username=scene.voipe.username),
    "611": theirs("accountban", data_username=NOBODY),
    "612": banning_the_first,
    "613": theirs("accountunban", data_username=NOBODY),
    "614": lambda scene: asking(scene.admin, "accountunban", data_username=scene.voipe.username),
    "615": theirs("accountpref", data_username=NOBODY, data_name="x"),
    "616": changing_to_a_taken_address,
    "617": theirs("accountconf", data_username=NOBODY, data_footer="x"),
    "618": choosing_a_strange_sender,
    "619": theirs("creditview"),
    "620": theirs("creditview", data_username=NOBODY),
    "621": theirs("creditadd", data_amount=5),
    "622": lambda scene: asking(
        scene.admin, "creditadd", data_username=scene.voipe.username, data_amount="abc"
    ),
    "623": theirs("creditdeduct", data_amount=5),
    "624": lambda scene: asking(
        scene.admin, "creditdeduct", data_username=scene.voipe.username, data_amount="abc"
    ),
    "625": theirs("loginkeyset"),
    "626": theirs("loginkeyset", data_username=NOBODY),
}
