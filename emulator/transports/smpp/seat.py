"""Where a session belongs: the space it entered, the SMSC there and, once it is bound, the account."""

from typing import NamedTuple, Protocol, Self

from emulator.core.model import Login
from emulator.provider import Provider, Smsc, Terms
from emulator.space import Space
from emulator.transports.smpp.board import Board, Place


class Centres(Protocol):
    """What all sessions share."""

    board: Board
    provider: Provider

    def entered(self, name: str) -> tuple[Space, Smsc]:
        """The space of that name and its SMSC. Raises Misconfigured."""
        ...

    def catch_up(self, space: Space) -> None:
        """Let what is due by now have happened."""
        ...

    def bound(self, place: Place) -> int:
        """How many sessions an account has."""
        ...


class Seat(NamedTuple):
    """What decides how a session is answered. Without a login nobody is bound."""

    space: Space
    smsc: Smsc
    terms: Terms
    login: Login | None = None

    @classmethod
    def in_space(cls, centres: Centres, name: str) -> Self:
        """A seat of nobody yet. Raises Misconfigured."""
        space, smsc = centres.entered(name)
        return cls(space, smsc, smsc.terms)

    @property
    def place(self) -> Place | None:
        """The account on whose behalf it is."""
        return None if self.login is None else Place(self.space, self.login.provider, self.login.name)
