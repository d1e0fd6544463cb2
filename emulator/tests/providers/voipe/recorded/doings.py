"""What states say that somebody has done to accounts and their balances."""

from decimal import Decimal
from hashlib import md5

from emulator.providers.voipe.people import NAME
from emulator.tests.providers.voipe.recorded.scene import Scene


def only_admin(scene: Scene) -> None:
    """Nobody else is there, which is how a world begins."""


def account(scene: Scene, name: str, *_: str) -> None:
    scene.world.ensured(name)


def removed(scene: Scene, name: str) -> None:
    scene.world.space.store.drop_account(NAME, name)


def subuser(scene: Scene, name: str, parent: str, credit: str = "") -> None:
    scene.world.attribute(name, level="4", parent=parent)
    if credit:
        balance(scene, name, credit)


def senders(scene: Scene, name: str, default: str, *approved: str) -> None:
    scene.world.change(name, senders=approved)
    scene.world.attribute(name, sender=default)


def balance(scene: Scene, name: str, credit: str) -> None:
    """Without a name it is the account that the exchange is about."""
    who = name or scene.exchange.given("data_username") or scene.exchange.user
    scene.world.balance(who, Decimal(credit or "0"))


def odd_balance(scene: Scene, name: str) -> None:
    """An amount that nobody tells: the next answer proves it."""


def key_burnt(scene: Scene, name: str) -> None:
    scene.world.attribute(name, login_key="")


def new_token(scene: Scene, name: str) -> None:
    """Nobody knows what it is now."""
    scene.world.change(name, key=md5(f"{name} {scene.exchange.id}".encode()).hexdigest())


def password(scene: Scene, name: str, word: str) -> None:
    scene.world.change(name, password=word)


def unbanned(scene: Scene, name: str, *_: str) -> None:
    scene.world.attribute(name, banned="")


def blocked(scene: Scene, number: str) -> None:
    scene.call_as("admin", op="stoplist", **{"from": number})


def wrong_passwords(scene: Scene, name: str, count: str) -> None:
    """So many attempts with a wrong password, after one with the right one."""
    right_password(scene, name)
    for _ in range(int(count)):
        scene.world.call(op="get_token", u=name, p="wrong")


def right_password(scene: Scene, name: str = "") -> None:
    """What counts wrong ones begins anew."""
    found = scene.world.account(name or scene.exchange.user)
    if found is not None:
        scene.world.call(op="get_token", u=found.login, p=found.password)
