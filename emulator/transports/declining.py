"""What no surface of a provider answers: in the provider's words, or else in a line of text."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from emulator.core.ports import StoreError
from emulator.provider import Declined, Provider, Reply, serving

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

TEXT = "text/plain; charset=utf-8"

SHOWN = 200
"""Characters of an address that are said back."""


def worded(declined: Declined, providers: Iterable[Provider]) -> Reply:
    """The answer of the provider whose path it is; the methods that would do are told in any case."""
    provider = serving(providers, declined.path)
    words = plainly if provider is None or provider.declined is None else provider.declined
    reply = words(declined)
    if not declined.allow or any(name.lower() == "allow" for name, _ in reply.headers):
        return reply
    return reply._replace(headers=(*reply.headers, ("Allow", ", ".join(declined.allow))))


def plainly(declined: Declined) -> Reply:
    return Reply(f"{declined.line}\n", TEXT, declined.status)


def asked_in_vain(status: int, title: str, method: str, path: str, allow: Iterable[str] = ()) -> Declined:
    """A request that led nowhere; its line says back what was asked."""
    said = "".join(letter if letter.isprintable() else "?" for letter in path[:SHOWN])
    return Declined(
        status=status,
        title=title,
        method=method,
        path=path,
        line=f"{status} {title}: {method} {said}",
        allow=tuple(allow),
    )


def unkept(error: StoreError, method: str, path: str) -> Declined:
    """A store that does not work, which told of itself."""
    return Declined(
        status=500,
        title="Internal Server Error",
        method=method,
        path=path,
        line=f"500 Internal Server Error: the store does not work: {error}",
    )


def plain(start_response: "StartResponse", status: str, line: str) -> Iterable[bytes]:
    """One line of text for people."""
    body = f"{line}\n".encode()
    start_response(status, [("Content-Type", TEXT), ("Content-Length", str(len(body)))])
    return [body]
