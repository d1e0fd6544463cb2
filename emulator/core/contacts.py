"""The address book: a contact is found by its number, saving again replaces it."""

from dataclasses import dataclass

from emulator.core.model import Contact
from emulator.core.refusals import Reason

KIND = "contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A request to save or drop a contact, with the objections found while reading it."""

    number: str
    surname: str = ""
    name: str = ""
    comments: str = ""
    flaws: tuple[Reason, ...] = ()


def contact(entry: Entry, provider: str, account: str) -> Contact:
    return Contact(
        provider=provider,
        account=account,
        number=entry.number,
        surname=entry.surname,
        name=entry.name,
        comments=entry.comments,
    )
