"""How a call is declined, and iP.1's own words for it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from emulator import provider
from emulator.core.refusals import Reason, Refused
from emulator.provider import Reply
from emulator.providers.ip1.quirks import Quirks
from emulator.wire import json
from emulator.wire.problem import CONTENT_TYPE, problem

ACCOUNTS = "/api/me"

NO_ID = "An id has 24 digits, 0 to 9 and a to f."
BROKEN = "One or more validation errors occurred."
CHALLENGE = "WWW-Authenticate"

Errors = Mapping[str, Sequence[str]]
"""Sentences by the field at fault, spelled in camelCase; a member of another one stands behind a dot."""

Headers = tuple[tuple[str, str], ...]

_INITIAL = re.compile(r"(?<![A-Za-z0-9_])[a-z]")


class Declined(Exception):
    """A call that is not answered: with which status, why, and the requirement that says so."""

    def __init__(
        self,
        status: int,
        detail: str,
        requirement: str,
        *,
        errors: Errors | None = None,
        headers: Headers = (),
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.requirement = status, detail, requirement
        self.errors, self.headers = errors or {}, headers


def invalid(
    errors: Errors, requirement: str = "ip1/problems/validation-status", status: int = 400
) -> Declined:
    """What was sent breaks rules: these."""
    # req: ip1/problems/validation ip1/problems/errors ip1/problems/validation-status
    return Declined(status, "", requirement, errors=errors)


def missing(what: str, requirement: str = "ip1/problems/not-found") -> Declined:
    """There is no such thing, or it is another account's: nobody is told which."""
    # req: ip1/problems/not-found ip1/auth/foreign
    return Declined(404, f"There is no such {what}.", requirement)


class Fault(NamedTuple):
    """A status, a sentence, and the requirement that fixes them."""

    status: int
    detail: str
    requirement: str


FAULTS: Mapping[Reason, Fault] = {
    # req: ip1/auth/refused ip1/auth/before-all
    Reason.BAD_CREDENTIALS: Fault(401, "Nobody has this token.", "ip1/auth/refused"),
    Reason.BAD_SENDER: Fault(400, "The sender may not be used.", "ip1/send/bad-sender"),
    Reason.NO_RECIPIENTS: Fault(400, "There are no recipients.", "ip1/recipients/empty"),
    Reason.BAD_RECIPIENT: Fault(400, "A recipient is no number.", "ip1/recipients/digits"),
    Reason.EMPTY_TEXT: Fault(400, "The body is empty.", "ip1/send/body"),
    Reason.TEXT_TOO_LONG: Fault(400, "The body is too long.", "ip1/send/body"),
    Reason.BAD_SCHEDULE: Fault(400, "The windows have closed.", "ip1/windows/past"),
    Reason.NO_CREDIT: Fault(403, "The balance does not pay for it.", "ip1/send/no-credit"),
    Reason.UNKNOWN_MESSAGE: Fault(404, "There is no such batch.", "ip1/problems/not-found"),
    Reason.UNKNOWN_RESOURCE: Fault(404, "There is no such thing.", "ip1/problems/not-found"),
    Reason.UNKNOWN_ACCOUNT: Fault(404, "There is no such account.", "ip1/children/unknown"),
}


def objection(refusal: Refused) -> Declined:
    """The most pressing of the core's objections."""
    reason = next(reason for reason in FAULTS if reason in refusal.reasons)
    return Declined(*FAULTS[reason])


def worded(declined: Declined, path: str, quirks: Quirks) -> Reply:
    """What is said to the customer of the path."""
    # req: ip1/problems/document ip1/account/errors
    if declined.status == 401:
        return _strange(declined, path, quirks)
    if is_account(path) and quirks.account_errors == "message":
        return _message(declined, quirks)
    return _problem(declined, quirks)


def elsewhere(declined: provider.Declined) -> Reply:
    """What is said where no surface answers: a fault on purpose, a body too large, a defect."""
    if is_account(declined.path):
        return Reply(_text({"Message": declined.line}), json.CONTENT_TYPE, declined.status)
    return Reply(problem(declined.status, declined.title, declined.line), CONTENT_TYPE, declined.status)


def is_account(path: str) -> bool:
    """Whether it is one of the older interface, which speaks otherwise."""
    return path == ACCOUNTS or path.startswith(f"{ACCOUNTS}/")


def _strange(declined: Declined, path: str, quirks: Quirks) -> Reply:
    """Who does not say who calls is told how to."""
    # req: ip1/auth/challenge ip1/auth/problem
    if is_account(path):
        headers = ((CHALLENGE, 'Bearer, Basic realm="iP.1"'),)
        if quirks.account_errors == "message":
            said = {"Message": "Authorization has been denied for this request."}
            return Reply(_text(said), json.CONTENT_TYPE, 401, headers)
    else:
        headers = ((CHALLENGE, "Bearer"),)
        if quirks.unauthorized_body == "empty":
            return Reply("", json.CONTENT_TYPE, 401, headers)
    return Reply(problem(401, "Unauthorized", declined.detail), CONTENT_TYPE, 401, headers)


def _problem(declined: Declined, quirks: Quirks) -> Reply:
    # req: ip1/problems/label
    text = problem(declined.status, detail=declined.detail)
    if declined.errors:
        text = problem(declined.status, BROKEN, declined.detail, errors=_keyed(declined.errors, quirks))
    return Reply(text, CONTENT_TYPE, declined.status, declined.headers)


def _message(declined: Declined, quirks: Quirks) -> Reply:
    said: dict[str, object] = {"Message": declined.detail or "The request is invalid."}
    if declined.errors:
        said["ModelState"] = _keyed(declined.errors, quirks)
    return Reply(_text(said), json.CONTENT_TYPE, declined.status, declined.headers)


def _keyed(errors: Errors, quirks: Quirks) -> dict[str, Sequence[str]]:
    # req: ip1/problems/field-names
    if quirks.error_keys == "camel":
        return dict(errors)
    return {_INITIAL.sub(lambda found: found[0].upper(), name): said for name, said in errors.items()}


def _text(document: object) -> str:
    return msgspec.json.encode(document).decode()
