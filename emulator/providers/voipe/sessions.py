"""What the web interface behind the webservices would do: visitors with cookies, logged in or not."""

import re

from emulator.core.ids import Spelling
from emulator.provider import Context, Reply
from emulator.providers.voipe import people
from emulator.providers.voipe.answers import HTML
from emulator.providers.voipe.calls import Asked

COOKIE = "PHPSESSID"
_NAME = Spelling("abcdefghijklmnopqrstuvwxyz0123456789", 26)
_NAMES = re.compile(r"[A-Za-z0-9,-]{1,256}", re.ASCII)

HOME = "index.php"
# req: voipe/ws-login/welcome voipe/ws-login/stranger voipe/http/no-app voipe/http/singular-form
WELCOME = f"{HOME}?app=main&inc=core_welcome"
STRANGER = f"{HOME}?app=main&inc=core_auth&route=login"
BLOCKED = f"{HOME}?app=main&inc=core_auth&route=block&op=block"


def redirect(location: str) -> Reply:
    """On to somewhere else, without a word."""
    # req: voipe/ws-login/operation voipe/ws-login/location voipe/http/html-type
    return Reply("", HTML, 302, (("Location", location),))


def known(cookie: str) -> bool:
    """Whether a visitor brings a cookie that can be one of ours."""
    return _NAMES.fullmatch(cookie) is not None


def new(here: Context) -> str:
    """The cookie for a visitor who has none."""
    # req: voipe/http/cookie
    store = here.gateway.store
    with store.turn():
        number = store.take("voipe-session")
    return here.ids.spelled(number, "voipe-session", _NAME)


def landing(here: Context, cookie: str) -> Reply:
    """Where a visitor is sent who names no module: in, if the cookie is logged in."""
    inside = known(cookie) and any(
        one.attributes.get("session") == cookie for one in people.everybody(here.gateway)
    )
    return redirect(WELCOME if inside else STRANGER)


def log_in(asked: Asked) -> Reply:
    """Log the visitor's cookie in with a key, which is used up in any case."""
    # req: voipe/ws-login/mandatory voipe/ws-login/once voipe/ws-login/key voipe/ws-login/name
    # req: voipe/ws-login/webservices-off voipe/ws-login/format
    gateway, key = asked.here.gateway, asked.value("login_key")
    account = people.named(gateway, asked.value("u"))
    asked.understood(account)
    if account is not None:
        right = bool(key) and key == account.attributes.get("login_key")
        inside = right and not people.banned(gateway, account)
        changes = {"login_key": "", **({"session": asked.cookie} if inside else {})}
        people.amend(gateway, account.login, lambda one: people.described(one, **changes))
    asked.here.voiced("voipe/ws-login/operation")
    return redirect(HOME)
