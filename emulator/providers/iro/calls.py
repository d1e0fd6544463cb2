"""What happens to a call, whichever dialect it came in."""

from collections.abc import Mapping, Sequence

from emulator.core.model import Login
from emulator.provider import Context
from emulator.providers.iro.arguments import MOST_ENTRIES, Given
from emulator.providers.iro.faults import Unfit, Unknown
from emulator.providers.iro.methods import METHODS, USER
from emulator.providers.iro.quirks import Quirks
from emulator.providers.iro.signatures import Call, named
from emulator.providers.iro.wire import NAME

NAMES = frozenset(parameter.name for method in METHODS.values() for parameter in method.parameters)


def answered(here: Context, surface: str, name: str, given: Sequence[Given] | Mapping[str, Given]) -> object:
    """What the method of that name answers, to arguments by place or by name. Raises Declined, Refused."""
    # req: iro/xmlrpc/same-result iro/soap/same-result iro/json/same-result iro/jsonp/same-result
    method, quirks = METHODS.get(name), here.switches(Quirks)
    # the journal must not show a key, also where somebody misspelled the method
    known = named(method.parameters if method else (USER,), given)
    login = _login(here, surface, known)
    if method is None:
        raise Unknown(name)
    if not method.fits(known):
        raise Unfit(name)
    if not quirks.values_first and USER in method.parameters:
        here.gateway.account(login)
    told = method.read(known, quirks)  # req: iro/faults/values-first
    answer = method.act(Call(here.gateway, login, told, quirks))
    here.voiced(method.requirement)
    return answer


def _login(here: Context, surface: str, known: Mapping[str, Given]) -> Login:
    """Who calls; the journal is told, and says whether there is a fault on purpose."""
    user = known.get(USER.name)
    key = str(user) if isinstance(user, (str, int)) else ""
    account = here.gateway.who(Login(provider=NAME, key=key))
    flaws = here.understood(surface, account.login if account else "", shown(known))
    return Login(provider=NAME, key=key, flaws=flaws)


def shown(known: Mapping[str, Given]) -> dict[str, str]:
    """The arguments for the journal; what nobody asks for may be a key that somebody called otherwise."""
    return {name: _shown(value) for name, value in known.items() if value is not None and name in NAMES}


def _shown(value: Given) -> str:
    if isinstance(value, (str, int, float)):
        return str(value)
    if isinstance(value, list):
        entries = value[:MOST_ENTRIES]
        return ", ".join([entry if isinstance(entry, str) else type(entry).__name__ for entry in entries])
    return type(value).__name__
