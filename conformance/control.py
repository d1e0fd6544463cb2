"""The control API as a client sees it; only what a user could call."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

from conformance.drivers.http import HttpClient, Unanswered

Json = dict[str, Any]


class ControlFailed(Exception):
    """The control API refused or broke: a fault of the set-up, never a finding about the subject."""


class Locked(Exception):
    """There is a control API, and we have no key to it."""


class Control:
    """One space of an emulator, selected by `prefix`. Answers are the parsed JSON."""

    def __init__(self, client: HttpClient, *, prefix: str = "", token: str | None = None) -> None:
        self._client = client
        self._prefix = prefix
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def alive(self) -> bool:
        """Whether a control API answers here at all; Locked when it does, but not to us."""
        try:
            reply = self._client.request("GET", f"{self._prefix}/_emulator/livez", headers=self._headers)
            if reply.status == 401 and reply.headers.get_content_type() == "application/problem+json":
                raise Locked("the target's control API wants a token; set SMSLAB_CONTROL_TOKEN")
            return _parsed(reply.body, "GET /livez").get("status") == "ok"
        except (Unanswered, ControlFailed):
            return False

    def smpp(self) -> str | None:
        """HOST:PORT where SMPP is served, if it is."""
        served = self.ask("GET", "/readyz").get("smpp")
        return str(served) if served else None

    def declare_space(self, name: str, *, seed: int, clock: str) -> None:
        """An isolated world whose clock stands still."""
        self.ask("PUT", f"/spaces/{quote(name)}", {"seed": seed, "clock": clock, "rate": 0})

    def delete_space(self, name: str) -> None:
        self.ask("DELETE", f"/spaces/{quote(name)}")

    def now(self) -> datetime:
        return datetime.fromisoformat(self.ask("GET", "/clock")["now"])

    def set_clock(self, *, now: datetime | None = None, rate: float | None = None) -> Json:
        given = {"now": now.isoformat() if now else None, "rate": rate}
        return self.ask("PUT", "/clock", {key: value for key, value in given.items() if value is not None})

    def advance(self, seconds: float) -> Json:
        return self.ask("POST", "/clock/advance", {"seconds": seconds})

    def run_until_idle(self) -> Json:
        return self.ask("POST", "/clock/run-until-idle")

    def reset(self) -> None:
        self.ask("POST", "/reset")

    def snapshot(self, name: str | None = None) -> str:
        return str(self.ask("POST", "/snapshots", {"name": name} if name else {})["id"])

    def restore(self, snapshot: str) -> None:
        self.ask("POST", f"/snapshots/{quote(snapshot)}/restore")

    def accounts(self) -> list[Json]:
        return list(self.ask("GET", "/accounts")["accounts"])

    def account(self, provider: str, login: str) -> Json:
        found = [one for one in self.accounts() if (one["provider"], one["login"]) == (provider, login)]
        if not found:
            raise ControlFailed(f"the world has no account {provider} {login}")
        return found[0]

    def credit(self, provider: str, login: str) -> Decimal:
        """What an account has that does not have everything."""
        return Decimal(str(self.account(provider, login)["credit"]))

    def put_account(self, provider: str, login: str, **fields: Any) -> Json:
        return self.ask("PUT", f"/accounts/{provider}/{quote(login)}", fields)

    def patch_account(self, provider: str, login: str, **fields: Any) -> Json:
        return self.ask("PATCH", f"/accounts/{provider}/{quote(login)}", fields)

    def delete_account(self, provider: str, login: str) -> None:
        self.ask("DELETE", f"/accounts/{provider}/{quote(login)}")

    def messages(self, **filters: str | int) -> list[Json]:
        """Filters as documented: provider, account, to, status, text, since, limit."""
        return list(self.ask("GET", "/messages?" + urlencode(filters))["messages"])

    def wait(self, *, count: int = 1, timeout: float = 5.0, **filters: str | int) -> list[Json]:
        """The messages that match, as soon as there are `count`; what there is when time runs out."""
        query = urlencode({**filters, "count": count, "timeout": timeout})
        return list(self.ask("GET", f"/messages/wait?{query}", accepted=(200, 408))["messages"])

    def delete_messages(self) -> None:
        self.ask("DELETE", "/messages")

    def set_outcome(self, number: str, outcome: str, *, times: int | None = None) -> None:
        self.ask("PUT", f"/outcomes/{quote(number)}", {"outcome": outcome, "times": times})

    def clear_outcome(self, number: str) -> None:
        self.ask("DELETE", f"/outcomes/{quote(number)}")

    def inbound(self, *, provider: str, account: str, sender: str, to: str, text: str) -> Json:
        fields = {"provider": provider, "account": account, "from": sender, "to": to, "text": text}
        return self.ask("POST", "/inbound", fields)

    def callbacks(self) -> list[Json]:
        return list(self.ask("GET", "/callbacks")["callbacks"])

    def journal(self, *, since: int = 0) -> list[Json]:
        return list(self.ask("GET", f"/journal?since={since}")["entries"])

    def defects(self) -> list[str]:
        """What broke within the emulator while it answered."""
        return [one["defect"] for one in self.ask("GET", "/journal?defective=true")["entries"]]

    def set_fault(self, name: str, effect: str, **fields: Any) -> None:
        self.ask("PUT", f"/faults/{quote(name)}", {"effect": effect, **fields})

    def clear_fault(self, name: str) -> None:
        self.ask("DELETE", f"/faults/{quote(name)}")

    def ask(
        self,
        method: str,
        path: str,
        fields: Mapping[str, Any] | None = None,
        *,
        accepted: tuple[int, ...] = (200, 201, 204),
    ) -> Json:
        """Any call below /_emulator; an empty answer counts as {}."""
        headers = self._headers | ({"Content-Type": "application/json"} if fields is not None else {})
        body = json.dumps(fields).encode() if fields is not None else None
        try:
            reply = self._client.request(
                method, f"{self._prefix}/_emulator{path}", body=body, headers=headers
            )
        except Unanswered as fault:
            raise ControlFailed(f"control API, {method} {path}: {fault}") from None
        if reply.status not in accepted:
            raise ControlFailed(f"control API, {method} {path}: status {reply.status}, {reply.text[:200]!r}")
        return _parsed(reply.body, f"{method} {path}")


def _parsed(body: bytes, call: str) -> Json:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise ControlFailed(f"control API, {call}: the answer is no JSON object, {body[:200]!r}")
    return value
