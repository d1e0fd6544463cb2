"""Where a worker's calls and reports are noted, on its clock."""

from __future__ import annotations

from typing import Protocol

from loadtests.accounting.ledger import Receipt, Sent


class Notebook(Protocol):
    def now(self) -> float:
        """Seconds since the run began."""
        ...

    def sent(self, call: Sent) -> None:
        """A call has come to its end."""
        ...

    def reported(self, receipt: Receipt) -> None: ...
