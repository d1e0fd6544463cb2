"""`inject`: a message that comes in because an administrator says so."""

from emulator.core.gateway import Gateway
from emulator.core.model import Account
from emulator.providers.voipe import fields, people
from emulator.providers.voipe.answers import OK, Answer
from emulator.providers.voipe.calls import Call
from emulator.providers.voipe.faults import Declined
from emulator.providers.voipe.incoming import first_word, keywords
from emulator.wire.php import given


def inject(call: Call) -> Answer:
    """Let a message come in for whom its first word names."""
    # req: voipe/inject/operation voipe/inject/values voipe/inject/mandatory
    sender, text, gateway = call.value("from"), call.value("msg"), call.here.gateway
    if not (given(sender) and given(text)):
        raise Declined("602")
    owner = _owner(gateway, first_word(text)) or call.account
    gateway.receive(
        people.NAME, owner.login, sender, call.value("recvnum"), _escaped(fields.text(text, call.quirks))
    )
    return OK


def _owner(gateway: Gateway, word: str) -> Account | None:
    """Whose keyword the word is, or who is named by it; None for nobody."""
    # req: voipe/inject/keyword voipe/inject/user voipe/inject/nobody
    if word.startswith("@"):
        return people.named(gateway, word[1:])
    wanted = word.upper()
    return next((one for one in people.everybody(gateway) if wanted in keywords(one)), None)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")  # req: voipe/inject/escaped
