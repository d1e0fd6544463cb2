"""Under which name a message is sent."""

from emulator.core.model import Account
from emulator.providers.voipe.quirks import Quirks

LONGEST = 16


def sender(asked: str, account: Account, quirks: Quirks) -> str | None:
    """The sender asked for, if the account has it, else the one used instead; None where that is refused."""
    # req: voipe/pv/from voipe/sender/predefined voipe/sender/eight voipe/sender/approved voipe/sender/exact
    cleaned = asked[:LONGEST]  # req: voipe/sender/longest
    if cleaned and (account.senders is None or cleaned in account.senders):
        return cleaned
    if cleaned and quirks.bad_sender == "refused":  # req: voipe/sender/unapproved
        return None
    # req: voipe/sender/default voipe/sender/none
    return quirks.system_sender or account.attributes.get("sender", "")
