"""How the work was shared."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from loadtests.accounting.ledger import Batch


class Work(NamedTuple):
    """A worker's: what it sent, and which reports reached it, whoever had sent the message."""

    calls: int
    receipts: int


class Shared:
    def __init__(self) -> None:
        self._calls, self._receipts = Counter[int](), Counter[int]()

    def add(self, batch: Batch) -> None:
        self._calls[batch.worker] += len(batch.sent)
        self._receipts[batch.worker] += sum(not receipt.step for receipt in batch.receipts)

    @property
    def workers(self) -> list[Work]:
        return [Work(self._calls[worker], self._receipts[worker]) for worker in sorted(self._calls)]
