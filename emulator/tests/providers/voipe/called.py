"""A Voipe that is called by its default accounts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from werkzeug.test import TestResponse

from emulator.core.model import Account
from emulator.providers.voipe.quirks import PROFILES
from emulator.tests.standing import Standing

INDEX, API = "/playsms/index.php", "/playsms/api.php"

TOKENS = {
    "demo": "fe01ce2a7fbac8fafaed7c982a04e229",
    "empty": "a2e4822a98337283e39f7b60acf85ec9",
    "admin": "21232f297a57a5a743894a0e4a801fc3",
}

UPSTREAM: Mapping[str, Any] = PROFILES["upstream"]

NUMBER, OTHER = "0521234567", "0531234567"


class Called(Standing):
    """A space whose switches of Voipe are put as given."""

    def __init__(self, **quirks: Any) -> None:
        super().__init__("voipe", **quirks)

    def get(self, op: str, user: str = "demo", **fields: str) -> TestResponse:
        """The answer to a call; a field called `sender` travels as `from`."""
        sent = {"app": "ws", "u": user, "h": TOKENS.get(user, ""), "op": op, **named(fields)}
        return self.client.get(INDEX, query_string=sent)

    def said(self, op: str, user: str = "demo", **fields: str) -> dict[str, Any]:
        """The same as an object, without the moment."""
        found: dict[str, Any] = self.get(op, user, **fields).json or {}
        return {name: value for name, value in found.items() if name != "timestamp"}

    def error(self, op: str, user: str = "demo", **fields: str) -> str:
        """The code that is told; empty for none."""
        return str(self.said(op, user, **fields).get("error", ""))

    def rows(self, op: str, user: str = "demo", **fields: str) -> list[dict[str, Any]]:
        """The entries of a list; none where a code is told instead."""
        found: list[dict[str, Any]] = self.said(op, user, **fields).get("data", [])
        return found

    def send(self, to: str = NUMBER, msg: str = "Hello", user: str = "demo", **fields: str) -> str:
        """The queue code of a call that was taken."""
        first = self.rows("pv", user, to=to, msg=msg, **fields)[0]
        assert first["error"] == "0"
        return str(first["queue"])

    def codes(self, to: str, msg: str = "Hello", user: str = "demo") -> list[tuple[str, str]]:
        """The code of each entry, and to whom it was sent."""
        return [(entry["error"], entry["to"]) for entry in self.rows("pv", user, to=to, msg=msg)]

    def account(self, login: str = "demo") -> Account:
        found = self.space.store.account("voipe", login)
        assert found is not None
        return found

    def describe(self, login: str = "demo", **attributes: str) -> None:
        """Put attributes of an account otherwise; `contact_5` stands for `contact.5`."""
        changes = {name.replace("__", "."): value for name, value in attributes.items()}
        account = self.account(login)
        self.space.store.put_account(replace(account, attributes={**account.attributes, **changes}))

    def come_in(self, text: str, user: str = "demo", sender: str = "+972521234567") -> None:
        """Let a handset write to an account."""
        self.space.gateway.receive("voipe", user, sender, "0771234567", text)


def named(fields: Mapping[str, str]) -> dict[str, str]:
    return {"from" if name == "sender" else name: value for name, value in fields.items()}
