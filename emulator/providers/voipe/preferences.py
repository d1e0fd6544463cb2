"""What an administrator changes about an account: who it is, and how it is set up."""

from collections.abc import Mapping
from dataclasses import replace

from emulator.core.model import Account
from emulator.providers.voipe import people
from emulator.providers.voipe.accounts import contested, named
from emulator.providers.voipe.answers import OK, Answer
from emulator.providers.voipe.calls import Call
from emulator.providers.voipe.faults import Declined
from emulator.providers.voipe.tokens import drawn

SHORTEST_PASSWORD = 4

FAILED_PREFERENCES = ("616", "Fail to save preferences")
FAILED_CONFIGURATION = ("618", "Fail to save configuration")

PREFERENCES = ("name", "email", "mobile", "address", "city", "state", "country", "zipcode")

CONFIGURATION = {
    "footer": "footer",
    "datetime_timezone": "zone",
    "language_module": "language",
    "fwd_to_inbox": "fwd_to_inbox",
    "fwd_to_email": "fwd_to_email",
    "fwd_to_mobile": "fwd_to_mobile",
    "local_length": "local_length",
    "replace_zero": "replace_zero",
    "sender": "sender",
}
"""What a field is called, without `data_`, and the attribute that keeps it."""


def accountpref(call: Call) -> Answer:
    # req: voipe/accountpref/operation voipe/accountpref/missing voipe/accountpref/refused
    given, password = _given(call, {name: name for name in PREFERENCES}), call.value("data_password")
    account = named(call, "615")
    if not (given or password):
        raise Declined("615")
    if password and len(password) < SHORTEST_PASSWORD:
        raise Declined("616", f"Password should be at least {SHORTEST_PASSWORD} characters")
    people.amend(call.here.gateway, account.login, lambda one: _preferred(call, one, given, password))
    return {**OK, "info": "Preferences have been saved"}


def _preferred(call: Call, account: Account, given: Mapping[str, str], password: str) -> Account:
    """The account with these attributes, and the password if there is one. Raises Declined."""
    changed = people.described(account, **given)
    if objection := contested(call.here.gateway, changed):
        raise Declined("616", objection)
    changed = replace(changed, password=password or account.password)
    return _saved(call, account, changed, FAILED_PREFERENCES)


def accountconf(call: Call) -> Answer:
    # req: voipe/accountconf/operation voipe/accountconf/missing voipe/accountconf/refused
    # req: voipe/accountconf/rest
    given, account = _given(call, CONFIGURATION), named(call, "617")
    if not given:
        raise Declined("617")
    sender = given.get("sender")
    if sender and account.senders is not None and sender not in account.senders:
        raise Declined("618", "Invalid sender ID")
    people.amend(
        call.here.gateway,
        account.login,
        lambda one: _saved(call, one, people.described(one, **given), FAILED_CONFIGURATION),
    )
    return {**OK, "info": "User configuration has been saved"}


def loginkeyset(call: Call) -> Answer:
    """A key with which a user is logged in once."""
    # req: voipe/loginkeyset/operation voipe/loginkeyset/keys voipe/loginkeyset/mandatory
    # req: voipe/loginkeyset/trimmed
    name, gateway = call.value("data_username"), call.here.gateway
    if not name:
        raise Declined("625")
    account = people.named(gateway, name)
    if account is None and call.quirks.unknown_user == "refused":
        raise Declined("626")  # req: voipe/loginkeyset/unknown
    key = drawn(call.here, "voipe-login-key")
    if account is not None:
        people.amend(gateway, account.login, lambda one: people.described(one, login_key=key))
    return {**OK, "login_key": key}


def _saved(call: Call, account: Account, changed: Account, failed: tuple[str, str]) -> Account:
    """The account as it is now. Raises Declined where nothing changes, not even the second of the change."""
    second = str(int(call.here.gateway.clock.now().timestamp()))
    if changed == account and account.attributes.get("changed") == second:
        raise Declined(*failed)
    return people.described(changed, changed=second)


def _given(call: Call, fields: Mapping[str, str]) -> dict[str, str]:
    """The attributes that the call has something new for."""
    found = {attribute: call.value(f"data_{field}") for field, attribute in fields.items()}
    return {attribute: value for attribute, value in found.items() if value}
