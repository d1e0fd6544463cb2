"""Every code with its text, in each format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from conformance.checks.voipe.calls import (
    HIGH,
    NOBODYS,
    SOON,
    accepted,
    every_format,
    only,
    succeeded,
)
from conformance.checks.voipe.conftest import User
from conformance.control import Control
from conformance.drivers.voipe import Answer, VoipeDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

TEXTS = {
    "100": "authentication failed",
    "101": "type of action is invalid or unknown",
    "102": "one or more field empty",
    "104": "webservice token is not available",
    "105": "webservice token not enable for this user",
    "106": "webservice token not allowed from this IP address",
    "201": "destination number or message is empty",
    "400": "no delivery status available",
    "401": "no delivery status retrieved and SMS still in queue",
    "402": "no delivery status retrieved and SMS has been processed from queue",
    "501": "no data returned or result is empty",
    "600": "admin level authentication failed",
    "602": "sender id or message is empty",
    "603": "account addition failed due to missing data",
    "604": "fail to add account",
    "605": "account removal failed due to unknown username",
    "606": "fail to remove account",
    "607": "set parent failed due to unknown username",
    "608": "fail to set parent",
    "609": "get parent failed due to unknown username",
    "610": "fail to get parent",
    "611": "account ban failed due to unknown username",
    "612": "fail to ban account",
    "613": "account unban failed due to unknown username",
    "614": "fail to unban account",
    "615": "editing account preferences failed due to missing data",
    "616": "fail to edit account preferences",
    "617": "editing account configuration failed due to missing data",
    "618": "fail to edit account configuration",
    "619": "viewing credit failed due to missing data",
    "620": "fail to view credit",
    "621": "adding credit failed due to missing data",
    "622": "fail to add credit",
    "623": "deducting credit failed due to missing data",
    "624": "fail to deduct credit",
    "625": "setting login key failed due to missing data",
    "626": "fail to set login key",
}

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

    def user(self, name: str, **attributes: str) -> VoipeDriver:
        make: User = self.request.getfixturevalue("user")
        return make(name, **attributes)

    def queue(self, *, seconds: float = 0) -> str:
        """The code of a message that was sent so many seconds ago."""
        numbers: Numbers = self.request.getfixturevalue("numbers")
        entry = accepted(self.voipe.pv(numbers()[0]))[0]
        if seconds:
            self.request.getfixturevalue("clock").advance(seconds)
        return str(entry["queue"])

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
    "401": lambda scene: asking(scene.voipe, "ds", queue=scene.queue()),
    "402": lambda scene: asking(scene.voipe, "ds", queue=scene.queue(seconds=SOON), smslog_id=HIGH),
    "501": ours("ix", last=HIGH),
    "600": ours("creditview"),
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


@pytest.mark.parametrize(
    "code", [pytest.param(code, marks=requirement(f"voipe/code/{code}")) for code in TEXTS]
)
def test_a_code_has_its_text(request: pytest.FixtureRequest, code: str) -> None:
    """In JSON, in XML and serialized."""
    ask = ASKED[code](Scene(request))

    for format in ("json", "xml", "serialize"):
        document = ask(format).document
        said = [document.get(name) for name in ("status", "error", "error_string")]
        verify(said).equals(["ERR", code, TEXTS[code]])


@requirement("voipe/code/0")
@every_format
def test_success_is_nought(voipe: VoipeDriver, format: str) -> None:
    """And has no text."""
    text = succeeded(voipe.call("cr", format=format)).get("error_string", 0)

    verify(text or None).equals(None)


@pytest.mark.parametrize(
    "code", [pytest.param(code, marks=requirement(f"voipe/code/{code}")) for code in ("103", "200")]
)
@every_format
def test_what_becomes_of_one_destination_is_told_in_its_entry(
    request: pytest.FixtureRequest, numbers: Numbers, code: str, format: str
) -> None:
    """And nowhere else."""
    scene = Scene(request)
    answer = (
        scene.poor.pv(numbers()[0], format=format) if code == "103" else scene.voipe.pv("abc", format=format)
    )
    entry = only(answer)

    verify((entry.get("status"), entry.get("error"))).equals(("ERR", code))
    verify((answer.code, answer.document.get("error_string") or None)).equals((None, None))


@requirement("voipe/code/627")
@every_format
def test_one_code_has_no_text(voipe: VoipeDriver, control: Control, numbers: Numbers, format: str) -> None:
    """That of a number which was listed before."""
    (number,) = numbers()
    succeeded(voipe.call("stoplist", from_=number))
    document = voipe.call("stoplist", from_=number, format=format).document

    verify([document.get(name) or None for name in ("status", "error", "error_string")]).equals(
        ["ERR", "627", None]
    )
