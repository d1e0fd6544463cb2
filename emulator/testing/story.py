"""What went on in a space, for the report of a test that failed."""

from collections.abc import Sequence

from emulator.testing.space import Space

MOST = 20
"""Lines of each kind, the last ones."""


def story(space: Space) -> str:
    """Exchanges, messages and callbacks, a line each; whatever went wrong, the report must not."""
    try:
        return _told(space)
    except Exception as fault:
        return f"not known: {fault}"


def _told(space: Space) -> str:
    kinds: dict[str, Sequence[object]] = {
        "exchanges": space.journal,
        "messages": list(space.outbox),
        "callbacks": space.callbacks,
        "from handsets": list(space.inbox),
    }
    clock = f"clock: {space.clock.now:%Y-%m-%dT%H:%M:%SZ}, rate {space.clock.rate:g}"
    return "\n".join([clock, *(line for kind, values in kinds.items() for line in _lines(kind, values))])


def _lines(kind: str, values: Sequence[object]) -> list[str]:
    told = [f"  {value}" for value in values]
    left_out = [f"  … {len(told) - MOST} earlier ones"] if len(told) > MOST else []
    return [f"{kind}:", *left_out, *told[-MOST:]] if told else []
