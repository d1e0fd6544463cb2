"""What single recipients mean instead of what the table says, for as long as a test wants."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from emulator.core.outcomes import Outcome, Outcomes, Override, spelled
from emulator.core.ports import Store

KIND = "override"


def outcome(store: Store, table: Outcomes, recipient: str) -> Outcome:
    """What a recipient means now: its override, else the table."""
    override = store.get(KIND, (spelled(recipient),)) if store.any(KIND) else None
    return table.named[override.outcome] if isinstance(override, Override) else table.of(recipient)


def outcomes(store: Store, table: Outcomes, recipients: Sequence[str]) -> list[Outcome]:
    """What each of them means now; mostly there are no overrides at all."""
    if store.any(KIND):
        return [outcome(store, table, recipient) for recipient in recipients]
    return [table.of(recipient) for recipient in recipients]


def use_up(store: Store, recipients: Iterable[str]) -> None:
    """Count one use of each recipient's override."""
    for recipient in recipients if store.any(KIND) else ():
        override = store.get(KIND, (spelled(recipient),))
        if isinstance(override, Override) and override.left is not None:
            _put(store, replace(override, left=override.left - 1))


def _put(store: Store, override: Override) -> None:
    if override.left == 0:
        store.drop(KIND, (override.number,))
    else:
        store.put(KIND, (override.number,), override)
