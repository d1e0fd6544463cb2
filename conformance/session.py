"""A session of requests, for tools that want one, over a recorded connection."""

import io
from collections.abc import Mapping
from typing import Any

from requests import PreparedRequest, Response, Session
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

from conformance.drivers.http import HttpClient

OWN = frozenset({"accept-encoding", "content-length", "x-schemathesis-testcaseid"})


def session(client: HttpClient) -> Session:
    """Asks the client whatever it is asked, and says nothing of its own."""
    session = Session()
    session.headers.clear()
    session.trust_env = False
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Recorded(client))
    return session


class _Recorded(BaseAdapter):
    def __init__(self, client: HttpClient) -> None:
        super().__init__()
        self._client = client

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        target = request.path_url.removeprefix(self._client.prefix)
        body = request.body.encode() if isinstance(request.body, str) else request.body
        if not isinstance(body, bytes | None):
            raise TypeError("nothing is streamed")  # no AssertionError: it would be the subject's fault
        reply = self._client.request(str(request.method), target, body=body, headers=_texts(request.headers))
        raw = HTTPResponse(
            io.BytesIO(reply.body),
            headers=HTTPHeaderDict(reply.headers.items()),
            status=reply.status,
            version=11,
            preload_content=False,
        )
        return HTTPAdapter().build_response(request, raw)

    def close(self) -> None:
        """The connection is closed by who opened it."""


def _texts(headers: Mapping[str, Any]) -> dict[str, str]:
    """Without what the tool says of itself, and how many octets there are, which is for the client to say."""
    given = {name: one.decode() if isinstance(one, bytes) else str(one) for name, one in headers.items()}
    return {name: value for name, value in given.items() if name.lower() not in OWN}
