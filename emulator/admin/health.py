"""Health: whether it lives, and text for Prometheus."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flask import Response

from emulator.admin.answers import shown
from emulator.admin.call import Here
from emulator.space import Space

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


def alive(here: Here) -> Response:
    return shown({"status": "ok"})


def ready(here: Here) -> Response:
    """It, and where sessions of SMPP can be had."""
    return shown({"status": "ok", "smpp": here.smpp()})


def metrics(here: Here) -> Response:
    from prometheus_client import CollectorRegistry, generate_latest

    registry = CollectorRegistry()
    for name, says, count in COUNTS:
        _gauge(registry, name, says, {space.name or "default": count(space) for space in here.spaces.all()})
    return Response(generate_latest(registry), content_type="text/plain; version=0.0.4; charset=utf-8")


def _gauge(registry: "CollectorRegistry", name: str, says: str, values: Mapping[str, int]) -> None:
    from prometheus_client import Gauge

    gauge = Gauge(name, says, ["space"], registry=registry)
    for space, value in values.items():
        gauge.labels(space).set(value)
