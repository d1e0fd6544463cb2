"""A call to the webservices, whichever way it came in: who calls, with what, and what it is answered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from emulator.core.model import Account, Login
from emulator.core.refusals import Reason, Refused
from emulator.provider import Context
from emulator.providers.voipe import people
from emulator.providers.voipe.addresses import ANYWHERE, allowed
from emulator.providers.voipe.answers import NO_DATABASE, Answer, Unanswered
from emulator.providers.voipe.blocking import blocked
from emulator.providers.voipe.faults import Declined
from emulator.providers.voipe.fields import Fields
from emulator.providers.voipe.people import Level
from emulator.providers.voipe.quirks import Quirks


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a client asks for, before anybody knows who it is. `address` is where it calls from.

    The blanks around a value are off in `fields`, and still there in `untrimmed`.
    """

    here: Context
    fields: Fields
    untrimmed: Fields
    quirks: Quirks
    surface: str
    address: str
    cookie: str

    def value(self, name: str) -> str:
        return self.fields.get(name, "")

    def understood(self, account: Account | None = None) -> tuple[Reason, ...]:
        """Tell the journal who asks; the objections of faults on purpose. Raises Unanswered."""
        flaws = self.here.understood(self.surface, account.login if account else "", self.fields)
        if Reason.STORAGE_FAILED in flaws and self.quirks.storage_failed == "page":
            raise Unanswered(NO_DATABASE)  # req: voipe/http/no-database
        return flaws


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The same from somebody who is known; `login` opens the account again."""

    asked: Asked
    account: Account
    login: Login

    @property
    def here(self) -> Context:
        return self.asked.here

    @property
    def quirks(self) -> Quirks:
        return self.asked.quirks

    def value(self, name: str) -> str:
        """The parameter without blanks around it; empty where it is missing."""
        return self.asked.value(name)


class Operation(NamedTuple):
    """What an `op` does, and who may ask for it.

    `failure` is the code of anything that fails; without one the operation says so itself. `requirement` is
    what its success obeys.
    """

    act: Callable[[Call], Answer]
    failure: str
    requirement: str
    admin: bool = False


def answered(operation: Operation, asked: Asked) -> Answer:
    """What the operation answers to who has a token. Raises Declined."""
    # req: voipe/auth/admin voipe/auth/admin-wrong
    call = _call(asked, "600" if operation.admin else "100")
    if operation.admin and people.level(call.account) is not Level.ADMIN:
        raise Declined("600")
    try:
        if operation.failure:
            asked.here.gateway.account(call.login)  # where somebody wants it to fail, it fails here
        answer = operation.act(call)
    except Refused:
        raise Declined(operation.failure) from None
    asked.here.voiced(operation.requirement)
    return answer


def _call(asked: Asked, failure: str) -> Call:
    """Who calls; the journal is told, and says whether there is a fault on purpose."""
    account = owner(asked)
    flaws = asked.understood(account)
    if account is None or Reason.BAD_CREDENTIALS in flaws:
        raise Declined(failure)
    return Call(asked=asked, account=account, login=replace(people.login(account), flaws=flaws))


def owner(asked: Asked) -> Account | None:
    """Whom the token belongs to, if that is who calls and may."""
    # req: voipe/auth/pair voipe/auth/wrong voipe/auth/foreign voipe/auth/characters voipe/auth/cookie
    gateway, token = asked.here.gateway, asked.value("h")
    if not token:
        return None
    account = gateway.who(_keyed(token.lower())) or gateway.who(_keyed(token))  # req: voipe/auth/token-case
    if account is None or not _is(account, asked.value("u")):
        return None
    return account if _may_call(asked, account) else None


def _may_call(asked: Asked, account: Account) -> bool:
    """Whether nobody keeps the account from calling, or from calling there."""
    # req: voipe/auth/webservices-off voipe/auth/banned voipe/auth/parent-banned voipe/auth/address
    return (
        people.served(account)
        and not people.banned(asked.here.gateway, account)
        and reachable(account, asked.address)
        and not blocked(account, asked.address, asked.quirks)
    )


def reachable(account: Account, address: str) -> bool:
    """Whether the account may be used from there."""
    return allowed(account.attributes.get("ips") or ANYWHERE, address)


def _is(account: Account, user: str) -> bool:
    """Whether that is the account's name, or its e-mail address in any case."""
    # req: voipe/auth/email voipe/auth/name-case
    return user == account.login or ("@" in user and user.lower() == people.mail(account).lower())


def _keyed(token: str) -> Login:
    return Login(provider=people.NAME, key=token)
