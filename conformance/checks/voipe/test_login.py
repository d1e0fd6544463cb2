"""ws_login: a redirect, whatever comes of it."""

from urllib.parse import urlencode

import pytest

from conformance.checks.voipe.calls import NOBODYS, succeeded
from conformance.checks.voipe.conftest import User
from conformance.control import Control
from conformance.drivers.http import Reply
from conformance.drivers.voipe import INDEX, WS, VoipeDriver
from conformance.requirement import requirement
from conformance.verify import verify

INSIDE = "index.php?app=main&inc=core_welcome"
OUTSIDE = "index.php?app=main&inc=core_auth&route=login"


def login(voipe: VoipeDriver, u: str | None, key: str | None, **more: str) -> Reply:
    fields = {"op": "ws_login", "u": u, "login_key": key, **more}
    return voipe.get(
        f"{WS}&{urlencode({name: value for name, value in fields.items() if value is not None})}"
    )


def leads(voipe: VoipeDriver, reply: Reply) -> str:
    """Where the next step goes, with the cookie of the first."""
    cookie = str(reply.headers["Set-Cookie"]).partition(";")[0]
    return str(voipe.get(INDEX, cookie=cookie).headers["Location"])


def key_of(admin: VoipeDriver, name: str) -> str:
    return str(succeeded(admin.call("loginkeyset", data_username=name))["login_key"])


@requirement("voipe/ws-login/operation", "voipe/ws-login/location", "voipe/http/html-type")
@pytest.mark.parametrize(
    ("u", "key"), [("nobody", NOBODYS), ("nobody", None), (None, None), ("", ""), ("'", "'")]
)
def test_a_failure_leads_on(voipe: VoipeDriver, u: str | None, key: str | None) -> None:
    """Unknown users, missing keys."""
    reply = login(voipe, u, key)

    verify((reply.status, reply.headers["Location"], reply.body)).equals((302, "index.php", b""))
    verify(reply.headers["Content-Type"]).equals("text/html; charset=UTF-8")


@requirement(
    "voipe/ws-login/operation", "voipe/ws-login/mandatory", "voipe/ws-login/key", "voipe/ws-login/welcome"
)
def test_a_key_opens_the_door(voipe: VoipeDriver, admin: VoipeDriver) -> None:
    """Which the answer itself does not tell."""
    reply = login(voipe, voipe.username, key_of(admin, voipe.username))

    verify((reply.status, reply.headers["Location"], reply.body)).equals((302, "index.php", b""))
    verify(leads(voipe, reply)).equals(INSIDE)


@requirement("voipe/ws-login/stranger", "voipe/ws-login/once")
def test_a_wrong_key_uses_up_the_right_one(voipe: VoipeDriver, admin: VoipeDriver) -> None:
    """And so does the right one."""
    key = key_of(admin, voipe.username)

    verify(leads(voipe, login(voipe, voipe.username, NOBODYS))).equals(OUTSIDE)
    verify(leads(voipe, login(voipe, voipe.username, key))).equals(OUTSIDE)
    key = key_of(admin, voipe.username)
    verify([leads(voipe, login(voipe, voipe.username, key)) for _ in range(2)]).equals([INSIDE, OUTSIDE])


@requirement("voipe/ws-login/stranger")
def test_a_key_is_not_for_others(voipe: VoipeDriver, admin: VoipeDriver) -> None:
    """Nor is none."""
    key = key_of(admin, voipe.username)

    verify(leads(voipe, login(voipe, admin.username, key))).equals(OUTSIDE)
    verify(leads(voipe, login(voipe, admin.username, ""))).equals(OUTSIDE)


@requirement("voipe/ws-login/format")
@pytest.mark.parametrize("format", ["json", "xml", "serialize"])
def test_a_format_changes_nothing(voipe: VoipeDriver, format: str) -> None:
    """Any of the three."""
    reply = login(voipe, "nobody", NOBODYS, format=format)

    verify((reply.status, reply.headers["Location"], reply.body)).equals((302, "index.php", b""))


@requirement("voipe/ws-login/name")
def test_a_name_may_be_in_capitals(user: User, admin: VoipeDriver, control: Control) -> None:
    """And may not be an address."""
    dana = user("dana", email="dana@example.com")

    verify(leads(dana, login(dana, "dana@example.com", key_of(admin, "dana")))).equals(OUTSIDE)
    verify(leads(dana, login(dana, "DANA", key_of(admin, "dana")))).equals(INSIDE)


@requirement("voipe/ws-login/webservices-off")
def test_webservices_may_be_switched_off(user: User, admin: VoipeDriver) -> None:
    """For the user who comes in."""
    dana = user("dana", webservices="0")

    verify(leads(dana, login(dana, "dana", key_of(admin, "dana")))).equals(INSIDE)
