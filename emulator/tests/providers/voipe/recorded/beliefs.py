"""What an answer proves of the world it was given in, where the recording does not show how it came about."""

from emulator.core.model import Account
from emulator.providers.voipe import people
from emulator.tests.providers.voipe.recorded.bindings import SECRET, Kind
from emulator.tests.providers.voipe.recorded.scene import Scene

REFUSED = frozenset({"100", "600"})
"""The codes of who is not let in."""


def believe(scene: Scene) -> None:
    """Let everything be so that the answer takes for granted."""
    if scene.exchange.response.header("Content-Type").startswith("text/html"):
        return
    _token(scene)
    _password(scene)
    _queue(scene)


def _token(scene: Scene) -> None:
    """A token that was accepted is the account's, also where nobody saw how it got it."""
    token = scene.exchange.given("h").lower()
    account = _caller(scene)
    if account is None or not SECRET.fullmatch(token) or scene.exchange.error in REFUSED:
        return
    if scene.exchange.operation != "none" and scene.bindings.ours(Kind.SECRET, token) is None:
        _give(scene, account, token)


def _password(scene: Scene) -> None:
    """So is a password, and the token that was told for it."""
    exchange, account = scene.exchange, _caller(scene)
    if exchange.operation != "get_token" or exchange.error == "100" or account is None:
        return
    scene.world.change(account.login, password=exchange.given("p"))
    told = str(exchange.answer.get("token", ""))
    if told and scene.bindings.ours(Kind.SECRET, told) is None and scene.bindings.is_ours(account.key):
        _give(scene, account, told)


def _queue(scene: Scene) -> None:
    """A queue that is said to wait, or to be done with, was made by somebody who wrote no line."""
    queue, account = scene.exchange.given("queue").lower(), _caller(scene)
    if scene.exchange.operation != "ds" or account is None or scene.bindings.ours(Kind.SECRET, queue):
        return
    to = {"401": "1", "402": "nobody"}.get(scene.exchange.error)
    if to is not None:
        told = scene.world.sent(account, to, "x", schedule="2099-01-01")
        scene.bindings.bind(Kind.SECRET, queue, str(told[0]["queue"]))


def _give(scene: Scene, account: Account, token: str) -> None:
    scene.world.change(account.login, key=token)
    scene.bindings.bind(Kind.SECRET, token, token)


def _caller(scene: Scene) -> Account | None:
    """The account that asks, by its name or its address."""
    gateway, user = scene.world.space.gateway, scene.exchange.user
    return people.named(gateway, user) or people.mailed(gateway, user)
