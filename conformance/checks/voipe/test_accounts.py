"""Accounts as an administrator makes, changes, bans and removes them."""

import pytest

from conformance.checks.voipe.calls import NOBODYS, about, every_format, refused, succeeded
from conformance.checks.voipe.conftest import User
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver
from conformance.requirement import requirement
from conformance.verify import verify

NEW = {
    "data_status": "3",
    "data_username": "new",
    "data_password": "newpw",
    "data_name": "New User",
    "data_email": "new@example.com",
}


def added(admin: VoipeDriver, **changes: str) -> VoipeDriver:
    """A user who was made by accountadd."""
    fields = {**NEW, **changes}
    succeeded(admin.call("accountadd", **fields))
    name, password = fields["data_username"], fields["data_password"]
    token = succeeded(admin.call("get_token", u=name, h=None, p=password))["token"]
    return admin.as_user(name, str(token), password)


@requirement("voipe/accountadd/operation")
def test_an_account_is_made(admin: VoipeDriver, control: Control) -> None:
    """Which can sign in."""
    told = about(added(admin))

    verify((told.get("username"), told.get("status"), told.get("name"), told.get("email"))).equals(
        ("new", 3, "New User", "new@example.com")
    )


@requirement("voipe/accountadd/operation")
@every_format
def test_something_is_said_of_a_new_account(admin: VoipeDriver, control: Control, format: str) -> None:
    """Behind the code."""
    document = succeeded(admin.call("accountadd", **NEW, format=format))

    verify(list(document)[:3]).equals(["status", "error", "info"])
    verify(document["info"]).holds(bool, "a text")


@requirement("voipe/accountadd/mandatory")
@pytest.mark.parametrize("missing", NEW)
def test_an_account_needs_five_things(admin: VoipeDriver, control: Control, missing: str) -> None:
    """All but one of them, then all with one empty."""
    rest = {name: value for name, value in NEW.items() if name != missing}

    refused(admin.call("accountadd", **rest), "603")
    refused(admin.call("accountadd", **rest, **{missing: ""}), "603")


@requirement("voipe/accountadd/refused")
@pytest.mark.parametrize(
    "changes",
    [
        {"data_username": "dana"},
        {"data_username": "ab"},
        {"data_username": "a" * 31},
        {"data_email": "dana@example.com"},
        {"data_email": "nonsense"},
    ],
    ids=["taken", "short", "long", "taken-address", "no-address"],
)
def test_some_accounts_are_not_made(admin: VoipeDriver, user: User, changes: dict[str, str]) -> None:
    """With a word why."""
    user("dana", email="dana@example.com")
    answer = admin.call("accountadd", **{**NEW, **changes})

    refused(answer, "604")
    verify(answer.document.get("info")).holds(bool, "a text")


@requirement("voipe/accountadd/mobile")
def test_a_mobile_is_one_users(admin: VoipeDriver, user: User) -> None:
    """Unless it is free."""
    user("dana", mobile="+972521234567")

    refused(admin.call("accountadd", **NEW, data_mobile="+972521234567"), "604")
    succeeded(admin.call("accountadd", **NEW, data_mobile="+972531234567"))


@requirement("voipe/accountadd/level")
@pytest.mark.parametrize(("given", "level"), [("2", 2), ("3", 3), ("4", 4), ("7", 4), ("x", 4)])
def test_an_account_has_a_level(admin: VoipeDriver, control: Control, given: str, level: int) -> None:
    """One of three."""
    verify(about(added(admin, data_status=given, data_parent="demo")).get("status")).equals(level)


@requirement("voipe/accountadd/short-password")
def test_a_password_may_be_short(admin: VoipeDriver, control: Control) -> None:
    """Of three letters."""
    succeeded(added(admin, data_password="abc").call("cr"))


@requirement("voipe/accountadd/optional")
def test_an_account_may_have_more(admin: VoipeDriver, control: Control) -> None:
    """A mobile, a parent."""
    more = {"data_mobile": "+972521234567", "data_parent": "demo", "data_footer": "Bye", "data_status": "4"}
    new = added(admin, **more, data_datetime_timezone="+0200", data_language_module="en_US")

    verify(about(new).get("mobile")).equals("+972521234567")
    verify(succeeded(admin.call("parentget", data_username="new"))["parent"]).equals("demo")


@requirement("voipe/accountremove/operation")
@every_format
def test_an_account_is_removed(admin: VoipeDriver, user: User, format: str) -> None:
    """And cannot sign in again."""
    dana = user("dana")
    document = succeeded(admin.call("accountremove", data_username="dana", format=format))

    verify(list(document)[:3]).equals(["status", "error", "info"])
    refused(dana.call("cr"), "100")


@pytest.mark.parametrize(
    ("op", "code"),
    [
        pytest.param(op, code, marks=requirement(f"voipe/{op}/unknown"))
        for op, code in (
            ("accountremove", "605"),
            ("parentset", "607"),
            ("parentget", "609"),
            ("accountban", "611"),
            ("accountunban", "613"),
        )
    ],
)
@pytest.mark.parametrize("name", [NOBODYS, "", None])
def test_a_user_has_to_be_known(admin: VoipeDriver, op: str, code: str, name: str | None) -> None:
    """Unknown, empty, missing."""
    refused(admin.call(op, data_username=name, data_parent=admin.username), code)


@requirement("voipe/parentset/unknown")
def test_a_parent_has_to_be_known(admin: VoipeDriver, user: User) -> None:
    """Unknown, missing."""
    user("dana")

    refused(admin.call("parentset", data_username="dana", data_parent=NOBODYS), "607")
    refused(admin.call("parentset", data_username="dana"), "607")


@requirement("voipe/accountremove/refused")
def test_a_parent_is_not_removed(admin: VoipeDriver, user: User) -> None:
    """Until it is none."""
    user("boss")
    user("child", level="4", parent="boss")

    answer = admin.call("accountremove", data_username="boss")
    refused(answer, "606")
    verify(answer.document.get("info")).holds(bool, "a text")
    succeeded(admin.call("accountremove", data_username="child"))
    succeeded(admin.call("accountremove", data_username="boss"))


@requirement("voipe/parentset/operation", "voipe/parentset/level", "voipe/parentget/operation")
def test_a_user_is_given_a_parent(admin: VoipeDriver, user: User) -> None:
    """And is a subuser from then on."""
    boss, child = user("boss"), user("child")
    succeeded(admin.call("parentset", data_username="child", data_parent="boss"))

    told = succeeded(admin.call("parentget", data_username="child"))
    verify((told.get("parent_uid"), told.get("parent"))).equals((about(boss).get("uid"), "boss"))
    verify(about(child).get("status")).equals(4)


@requirement("voipe/parentset/refused")
def test_some_parents_are_refused(admin: VoipeDriver, user: User) -> None:
    """An administrator, a subuser, the same again."""
    user("boss")
    user("child", level="4", parent="boss")
    user("dana")

    for name, parent in (("dana", admin.username), ("dana", "child"), ("child", "boss")):
        refused(admin.call("parentset", data_username=name, data_parent=parent), "608")


@requirement("voipe/parentget/refused")
def test_not_everybody_has_a_parent(admin: VoipeDriver, voipe: VoipeDriver) -> None:
    """An ordinary user."""
    refused(admin.call("parentget", data_username=voipe.username), "610")


@requirement("voipe/accountban/operation", "voipe/accountunban/operation", "voipe/accountunban/refused")
def test_a_user_is_banned_for_a_time(admin: VoipeDriver, user: User) -> None:
    """Banned twice, let in once."""
    dana = user("dana")

    for _ in range(2):
        succeeded(admin.call("accountban", data_username="dana"))
    refused(dana.call("cr"), "100")
    succeeded(admin.call("accountunban", data_username="dana"))
    succeeded(dana.call("cr"))
    refused(admin.call("accountunban", data_username="dana"), "614")


@requirement("voipe/accountban/refused")
def test_the_first_administrator_is_not_banned(admin: VoipeDriver, control: Control) -> None:
    """By itself."""
    refused(admin.call("accountban", data_username=admin.username), "612")
    refused(admin.call("creditview"), "619")
