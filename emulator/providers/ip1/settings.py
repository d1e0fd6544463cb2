"""Settings of an account; the pages know one."""

from collections.abc import Mapping

from emulator.provider import Reply
from emulator.providers.ip1.asked import is_address
from emulator.providers.ip1.bodies import names, picked
from emulator.providers.ip1.calls import Call, answer, paged
from emulator.providers.ip1.faults import invalid, missing
from emulator.providers.ip1.quirks import Quirks

SETTINGS = "settings"
"""The collection; a setting that is not in it has its default."""

INCOMING = "IncomingCallbackUrl"
"""Where messages from handsets are pushed to; null where nowhere."""

VALUE = "value"

SETTINGS_KNOWN: Mapping[str, str] = names(INCOMING)  # req: ip1/settings/callback

KNOWN = names(VALUE)


def listed(call: Call) -> Reply:
    # req: ip1/settings/list
    every = list(SETTINGS_KNOWN.values())
    return paged(call, lambda window: window.of(every), lambda name: _document(call, name))


def read(call: Call) -> Reply:
    # req: ip1/settings/read ip1/settings/unset
    return answer(_document(call, _named(call)))


def put(call: Call) -> Reply:
    # req: ip1/settings/set
    name, value = _named(call), _value(call.body, call.quirks)
    call.gateway.resources.put(call.login, SETTINGS, name, lambda _: {VALUE: value})
    return answer(_document(call, name))


def delete(call: Call) -> Reply:
    # req: ip1/settings/delete
    name = _named(call)
    call.gateway.resources.remove_all(call.login, SETTINGS, lambda one: one.name == name)
    return answer(_document(call, name))


def _document(call: Call, name: str) -> object:
    # req: ip1/settings/document
    with call.gateway.store.turn():
        kept = call.gateway.resources.look(call.account, SETTINGS, name)
    value = kept.fields[VALUE] if kept else None
    return {"setting": name, VALUE: value} if call.quirks.setting_answer == "object" else value


def _named(call: Call) -> str:
    """The setting of the path. Raises Declined."""
    # req: ip1/settings/unknown
    found = SETTINGS_KNOWN.get(call.place["setting"].lower())
    if found is None:
        raise missing("setting", "ip1/settings/unknown")
    return found


def _value(body: object, quirks: Quirks) -> object:
    """The address that was sent, alone or in an object. Raises Declined."""
    # req: ip1/settings/put-body ip1/settings/bad-value
    value = picked(body, KNOWN, quirks).get(VALUE) if isinstance(body, dict) else body
    if not is_address(value):
        raise invalid({VALUE: ["It must be an absolute address, http or https."]}, "ip1/settings/bad-value")
    return value
