"""Bodies of requests: read whole or not at all, and out of the way when they are answered unread."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import InputStream, WSGIEnvironment

LARGEST = 8 * 2**20
"""Octets of a body; a larger one is answered with 413."""

MOST_DISCARDED, CHUNK = 64 * 2**20, 64 * 2**10
"""Octets of what nobody reads that are read all the same, and of that at a time."""


class Unread(Exception):
    """A body that is not read, and the status that this is answered with."""

    def __init__(self, status: int, title: str, line: str) -> None:
        super().__init__(line)
        self.status, self.title = status, title


def read(environ: "WSGIEnvironment") -> bytes:
    """The body, put back for whoever reads it next. Raises Unread for one too large or incomplete."""
    given = environ.get("CONTENT_LENGTH") or ""
    if not given and "HTTP_TRANSFER_ENCODING" not in environ:
        return b""
    length = int(given) if given.isdigit() else None
    body: bytes = b""
    if length is None or length <= LARGEST:
        body = environ["wsgi.input"].read(LARGEST + 1 if length is None else length)
    if max(len(body), length or 0) > LARGEST:
        raise Unread(413, "Content Too Large", f"a body may have {LARGEST} octets")
    if len(body) < (length or 0):  # what is missing might have changed everything
        raise Unread(400, "Bad Request", "the body ended before it was complete")
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
    return body


def discard(stream: "InputStream") -> None:
    """Read what nobody read of a body: who is still sending it would not hear the answer."""
    left = MOST_DISCARDED
    while left > 0 and (octets := stream.read(CHUNK)):
        left -= len(octets)
