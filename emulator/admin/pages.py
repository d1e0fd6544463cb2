"""Pages for people, and text for Prometheus."""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

from emulator.provider import Provider
from emulator.space import Space, Spaces

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

COUNTS: tuple[tuple[str, str, Callable[[Space], int]], ...] = (
    ("smslab_messages", "Messages that the space remembers", lambda space: space.messages),
    ("smslab_exchanges", "Exchanges since the space began", lambda space: space.journal.last),
    (
        "smslab_exchanges_dropped",
        "Exchanges that fell out of the journal",
        lambda space: space.journal.dropped,
    ),
    ("smslab_events", "Events since the space began", lambda space: space.feed.last),
)


def metrics(spaces: Spaces) -> bytes:
    """What Prometheus scrapes: counts of each space."""
    from prometheus_client import CollectorRegistry, generate_latest

    registry = CollectorRegistry()
    for name, says, count in COUNTS:
        _gauge(registry, name, says, {space.name or "default": count(space) for space in spaces.all()})
    return generate_latest(registry)


def _gauge(registry: "CollectorRegistry", name: str, says: str, values: Mapping[str, int]) -> None:
    from prometheus_client import Gauge

    gauge = Gauge(name, says, ["space"], registry=registry)
    for space, value in values.items():
        gauge.labels(space).set(value)


def home(providers: Iterable[Provider], root: str) -> str:
    rows = "".join(
        f"<li>{escape(p.title)}: <a href='{escape(root + p.sample)}'>sample</a></li>" for p in providers
    )
    return f"<!doctype html><title>smslab</title><h1>smslab</h1><ul>{rows}</ul>"


def docs(openapi: bytes) -> str:
    return f"<!doctype html><title>Control API</title><pre>{escape(openapi.decode())}</pre>"
