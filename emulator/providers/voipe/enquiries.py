"""What a caller may know of itself and its phone book."""

from emulator.providers.voipe import incoming, people, phonebook
from emulator.providers.voipe.answers import OK, Answer
from emulator.providers.voipe.calls import Call
from emulator.providers.voipe.filters import window
from emulator.providers.voipe.money import shown
from emulator.providers.voipe.reports import last_id
from emulator.wire.php import given


def query(call: Call) -> Answer:
    # req: voipe/query/operation voipe/query/user voipe/query/last voipe/query/types
    account, gateway = call.here.gateway.account(call.login), call.here.gateway
    inbox, handled = incoming.last_ids(call)
    user: Answer = {
        "username": account.login,
        "uid": people.number(gateway, account),
        "status": int(people.level(account)),
        "name": account.attributes.get("name", ""),
        "email": people.mail(account),
        "mobile": account.attributes.get("mobile", ""),
        "credit": shown(account.credit),
    }
    last: Answer = {"user_inbox": inbox, "user_incoming": handled, "user_outgoing": last_id(call)}
    return {**OK, "data": {"user": user, "last_id": last}}


def get_contact(call: Call) -> Answer:
    # req: voipe/contact/keys voipe/contact/c voipe/contact/none
    found = phonebook.contacts(call.here.gateway, call.account, call.value("kwd"))
    rows = [
        {"pid": str(one.id), "p_desc": one.name, "p_num": one.number, "email": one.mail, "tags": one.tags}
        for one in found[: _limit(call)]
    ]
    return {**OK, "data": rows or None}


def get_contact_group(call: Call) -> Answer:
    # req: voipe/contact-group/keys voipe/contact-group/none
    found = phonebook.groups(call.here.gateway, call.account, call.value("kwd"))
    rows = [
        {"gpid": str(one.id), "group_name": one.name, "code": one.code, "flag_sender": one.flag}
        for one in found[: _limit(call)]
    ]
    return {**OK, "data": rows or None}


def _limit(call: Call) -> int | None:
    """How many are told; None for all."""
    asked = window(call.value("c"), "") if given(call.value("c")) else None
    return asked.limit if asked else None
