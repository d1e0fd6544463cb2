"""Numbers that mean outcomes: the last four digits decide, of a mail address its mailbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from emulator.core.model import Step
from emulator.core.register import Presence

ENDING = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """What becomes of a message to a number, and what its home register says. Each is equal to itself only.

    `ends` and `mailbox` are the numbers and addresses that mean it. `steps` count from the moment the message
    is queued; `expires` ends them with the validity.
    """

    name: str
    ends: str = ""
    mailbox: str = ""
    says: str = ""
    steps: tuple[Step, ...] = ()
    expires: bool = False
    receipts: int = 1
    reply: str | None = None
    pays: bool = True
    presence: Presence = Presence.LIVE
    ported: bool = False
    roaming: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """An outcome for one number or address; `left` counts the uses to come, None goes on until taken away."""

    number: str
    outcome: str
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The table: an outcome for each ending, and the ordinary one for all others."""

    ordinary: Outcome
    special: Mapping[str, Outcome]
    named: Mapping[str, Outcome] = field(init=False)
    boxes: Mapping[str, Outcome] = field(init=False)

    def __post_init__(self) -> None:
        every = (self.ordinary, *self.special.values())
        object.__setattr__(self, "named", {outcome.name: outcome for outcome in every})
        boxes = {outcome.mailbox: outcome for outcome in every if outcome.mailbox}
        object.__setattr__(self, "boxes", boxes)

    def of(self, recipient: str) -> Outcome:
        if "@" in recipient:
            return self.boxes.get(recipient.partition("@")[0].lower(), self.ordinary)
        return self.special.get(recipient[-ENDING:], self.ordinary)


def spelled(recipient: str) -> str:
    """The one spelling of a mail address; a number has no other."""
    return recipient.lower() if "@" in recipient else recipient
