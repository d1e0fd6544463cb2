"""What the control API answers: JSON, nothing at all, or a problem document."""

from typing import TypeVar

from flask import Response

from emulator.admin.views import encoded
from emulator.wire import problem as documents

Thing = TypeVar("Thing")


class Declined(Exception):
    """A call that is not obeyed; the text says what to do instead."""

    status = 400


class Unreadable(Declined):
    """A parameter or body that cannot be understood."""


class Foreign(Declined):
    """A change that a page of another site asks a browser for."""

    status = 403


class Crowded(Declined):
    """One caller more than can be held."""

    status = 503


class Absent(Declined):
    """What the path names is not there."""

    status = 404


class Full(Declined):
    """There is no room for one more."""

    status = 409


class Taken(Declined):
    """What only one may have, and another has."""

    status = 409


class TooLarge(Declined):
    """A body beyond the limit of its call."""

    status = 413


class NotJson(Declined):
    """A body in a format that is not read."""

    status = 415


class Unworded(Declined):
    """A refusal that a provider has no words for."""

    status = 422


def shown(value: object, status: int = 200) -> Response:
    return Response(encoded(value), status, content_type="application/json")


def nothing() -> Response:
    return Response(status=204)


def problem(status: int, detail: str) -> Response:
    """A problem document (RFC 9457)."""
    document = documents.problem(status, detail=detail)
    return Response(document, status, content_type=documents.CONTENT_TYPE)


def present(found: Thing | None, otherwise: str) -> Thing:
    """What was looked for. Raises Absent."""
    if found is None:
        raise Absent(otherwise)
    return found
