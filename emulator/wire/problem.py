"""Problem documents (RFC 9457)."""

import json
from http import HTTPStatus

CONTENT_TYPE = "application/problem+json"

PHRASES = {
    **{one.value: one.phrase for one in HTTPStatus},
    413: "Content Too Large",  # as RFC 9110 has these two, before Python 3.13 knew
    422: "Unprocessable Content",
}
"""What a status line says beside the number."""


def problem(
    status: int,
    title: str = "",
    detail: str = "",
    *,
    type: str = "about:blank",
    instance: str = "",
    **members: object,
) -> str:
    """The document as JSON text; without a title it has the status's own, what is empty is left out.

    `members` are extensions, of anything that JSON knows.
    """
    said = {"detail": detail, "instance": instance}
    document = {
        "type": type,
        "title": title or PHRASES.get(status, ""),
        "status": status,
        **{name: text for name, text in said.items() if text},
        **members,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
