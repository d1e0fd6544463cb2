"""What came in: for a keyword (`in`), for a user (`ix`), for nobody (`sx`).

An account has its keywords in the attribute `keywords`, blanks between them. A message for an account that
begins with one of them is in `in`, any other in `ix`; one for an administrator that does not begin with @ and
the administrator's name is in `sx`.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from emulator.core.gateway import Gateway
from emulator.core.model import INBOUND, Account, Inbound
from emulator.providers.voipe import people
from emulator.providers.voipe.answers import Answer, listed
from emulator.providers.voipe.calls import Call
from emulator.providers.voipe.faults import Declined
from emulator.providers.voipe.filters import like, window, without_prefix
from emulator.providers.voipe.people import NAME, Level
from emulator.providers.voipe.progress import written
from emulator.providers.voipe.quirks import Quirks
from emulator.providers.voipe.schedule import winter
from emulator.wire.php import given


class Place(NamedTuple):
    """Where a message stands, and the keyword that it stands there for."""

    list: str
    keyword: str = ""


def place(inbound: Inbound, account: Account) -> Place:
    """Which list a message for an account is in."""
    # req: voipe/in/operation voipe/ix/operation voipe/sx/operation
    # req: voipe/inject/keyword voipe/inject/user voipe/inject/nobody
    if is_internal(inbound):
        return Place("ix")
    first = first_word(inbound.text)
    if first.upper() in keywords(account):
        return Place("in", first.upper())
    mine = first.lower() == f"@{account.login.lower()}"
    return Place("sx" if people.level(account) is Level.ADMIN and not mine else "ix")


def is_internal(inbound: Inbound) -> bool:
    """Whether a user wrote it, and no handset."""
    return inbound.sender.startswith("@") and not inbound.recipient


def keywords(account: Account) -> set[str]:
    return set(account.attributes.get("keywords", "").upper().split())


def first_word(text: str) -> str:
    return next(iter(text.split(maxsplit=1)), "")


def in_(call: Call) -> Answer:
    """Messages that one of the caller's keywords took."""
    # req: voipe/in/mandatory voipe/in/keys voipe/in/keyword voipe/in/own voipe/in/outgoing voipe/in/kwd
    wanted = call.value("kwd").upper()
    owned = [(one, kwd) for one, where, kwd in _mine(call) if where == "in" and wanted in ("", kwd)]
    keyword = {one.id: kwd for one, kwd in owned}
    return listed([
        {**_head(one), "kwd": keyword[one.id], "msg": _told(after_keyword(one.text)),
         "dt": _moment(one, call.quirks), "status": "1"}
        for one in _matching(call, [one for one, _ in owned])
    ])  # fmt: skip


def ix(call: Call) -> Answer:
    """The caller's inbox."""
    # req: voipe/ix/keys voipe/ix/values voipe/ix/own voipe/ix/ignored
    return _messages(call, [one for one, where, _ in _mine(call) if where == "ix"])


def sx(call: Call) -> Answer:
    """Messages that are nobody's, for administrators alone."""
    # req: voipe/sx/admin voipe/sx/keys
    if people.level(call.account) is not Level.ADMIN:
        raise Declined("501")
    gateway = call.here.gateway
    owners = {one.login: one for one in people.everybody(gateway)}
    found = [one for one in _all(gateway) if one.account in owners]
    return _messages(call, [one for one in found if place(one, owners[one.account]).list == "sx"])


def last_ids(call: Call) -> tuple[int, int]:
    """The highest identifiers in the caller's inbox, and among what its keywords took."""
    # they come in rising order, so that the last of each list stays
    highest = {where: one.id for one, where, _ in _mine(call)}
    return highest.get("ix", 0), highest.get("in", 0)


def after_keyword(text: str) -> str:
    return text.lstrip()[len(first_word(text)) :].strip()


def _mine(call: Call) -> Iterator[tuple[Inbound, str, str]]:
    account = call.account
    return ((one, *place(one, account)) for one in _all(call.here.gateway) if one.account == account.login)


def _all(gateway: Gateway) -> list[Inbound]:
    known = gateway.store.values(INBOUND)
    return [one for one in known if isinstance(one, Inbound) and one.provider == NAME]


def _messages(call: Call, found: list[Inbound]) -> Answer:
    quirks = call.quirks
    return listed([
        {**_head(one), "msg": _told(one.text), "dt": _moment(one, quirks)} for one in _matching(call, found)
    ])  # fmt: skip


def _head(inbound: Inbound) -> dict[str, str]:
    return {"id": str(inbound.id), "src": inbound.sender, "dst": inbound.recipient}


def _told(text: str) -> str:
    return text.replace('"', "'")


def _matching(call: Call, found: list[Inbound]) -> list[Inbound]:
    """Those that fit what the call asks for, the latest first. Raises Declined where there are none."""
    # req: voipe/in/src voipe/in/dst voipe/in/dt voipe/in/c voipe/in/last voipe/in/order voipe/in/nothing
    # req: voipe/in/bad-numbers voipe/ix/order voipe/ix/src voipe/ix/dst voipe/ix/dt voipe/ix/c voipe/ix/last
    # req: voipe/ix/last-nought voipe/ix/ids voipe/ix/nothing
    asked, fits = window(call.value("c"), call.value("last")), _filter(call)
    if asked is None:
        raise Declined("501")
    kept = sorted((one for one in found if one.id > asked.after and fits(one)), key=_latest_first)
    if told := kept[asked.start : asked.start + asked.limit]:
        return told
    raise Declined("501")


def _latest_first(inbound: Inbound) -> tuple[int, int]:
    """By the second; within one, the first comes first."""
    return -int(inbound.received_at.timestamp()), inbound.id


def _filter(call: Call) -> Callable[[Inbound], bool]:
    """Whether a message fits `dst`, and `src` or `dt`."""
    # req: voipe/in/src-ending voipe/in/dst-exact voipe/in/src-or-dt
    dst, either = call.value("dst").lower(), list(_either(call))

    def fits(one: Inbound) -> bool:
        if given(dst) and one.recipient.lower() != dst:
            return False
        return not either or any(test(one) for test in either)

    return fits


def _either(call: Call) -> Iterator[Callable[[Inbound], object]]:
    """What `src` and `dt` ask for; of both, one is enough."""
    src, dt = call.value("src"), call.value("dt")
    if given(src):
        of_sender = like(f"%{without_prefix(src)}")
        yield lambda one: of_sender(one.sender)
    if given(dt):
        at_moment = like(f"%{dt}%")
        yield lambda one: at_moment(_moment(one, call.quirks))


def _moment(inbound: Inbound, quirks: Quirks) -> str:
    """When it came, in UTC; between users some servers take the time of day for one of their zone."""
    at = inbound.received_at
    if is_internal(inbound):  # req: voipe/ix/internal voipe/ix/internal-time
        at -= winter(at, quirks)
    return written(at)
