"""iSMS over HTTP: `send.php` with a report address, one keep-alive connection per user."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from loadtests.ledger import Receipt
from loadtests.plan import Plan
from loadtests.scenarios.scenario import Refused, Session

TRIGGERS = range(9001, 9014)  # last four digits that mean an outcome other than plain delivery
TEXT = "Your parcel has arrived. Code 4711."


def numbers(slot: int, recipients: int) -> tuple[str, ...]:
    """Numbers that no other slot has, so that a message is known by its number alone."""
    return tuple(number(slot * recipients + n) for n in range(recipients))


def number(n: int) -> str:
    block, rest = divmod(n, 10_000 - len(TRIGGERS))
    last = rest if rest < TRIGGERS.start else rest + len(TRIGGERS)
    return f"3069{block:04d}{last:04d}"


def send_path(plan: Plan, to: tuple[str, ...], callback: str) -> str:
    fields = {"username": plan.login, "password": plan.password, "from": "smslab", "message": TEXT}
    recipients = quote(",".join(to), safe=",")
    return f"/api/http/send.php?{urlencode(fields)}&to={recipients}&dlr-url={quote(callback, safe='')}"


def query_path(plan: Plan, reference: str, number: str) -> str:
    fields = {"username": plan.login, "password": plan.password, "mid": reference, "mobile": number}
    return f"/api/http/query.php?{urlencode(fields)}"


def credits_path(plan: Plan) -> str:
    return f"/api/http/credits.php?{urlencode({'username': plan.login, 'password': plan.password})}"


def reference(body: str) -> str:
    if not body.startswith("ID:"):
        raise Refused(body[:120])
    return body.removeprefix("ID:")


def balance(body: str) -> Decimal:
    try:
        return Decimal(body.removeprefix("Credits:"))
    except InvalidOperation:
        raise Refused(body[:120]) from None


def delivered(body: str) -> bool | None:
    """None while there is no final state."""
    states = {
        "Status: Queued": None,
        "Status: Pending": None,
        "Status: Delivered": True,
        "Status: Failed": False,
    }
    if body not in states:
        raise Refused(body[:120])
    return states[body]


def receipt(body: bytes, arrived: float) -> Receipt:
    """A report as it was posted; a missing field stays empty, and the reconciliation finds it stray."""
    fields = parse_qs(body.decode("utf-8", "replace"))
    (reference,), (number,), (status,) = (fields.get(name, [""])[-1:] for name in ("mid", "mobile", "status"))
    return Receipt(reference=reference, number=number, delivered=status == "Delivered", arrived=arrived)


def session(plan: Plan, callback: str) -> Session:
    # conformance.drivers read every answer with http.client and keep a record of it; that is several times
    # the cost of this connection, and the generator shares its two cores with the target.
    from loadtests.keepalive import KeepAlive

    prefix = urlsplit(plan.base).path
    connection = KeepAlive(plan.base, patience=plan.patience)

    def send(slot: int) -> str:
        to = numbers(slot, plan.recipients)
        return reference(connection.get(prefix + send_path(plan, to, callback)))

    return send
