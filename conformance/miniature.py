"""The harness on trial: a wrong emulator, and what the suite noticed about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

Spoil = Callable[["WSGIApplication"], "WSGIApplication"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Miniature:
    """`app` gets the true emulator's WSGI application and answers a spoilt one, or one of its own.

    `breaks` is the requirement it offends; `says` is one line that tells what is wrong with it.
    """

    name: str
    breaks: str
    says: str
    app: Spoil
