"""An emulator called as iP.1's own clients call it."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from werkzeug.test import TestResponse

from emulator.core.model import Account
from emulator.tests.standing import Standing

KEY, ACCOUNT = "demo-ip1", "ip1-10001"
OTHER_KEY, OTHER = "empty-ip1", "ip1-10002"
NUMBER, SECOND = "46701234567", "46709876543"
FAILS, EXPIRES, REFUSED, UNPAID = "46700009001", "46700009002", "46700009003", "46700009013"
UNKNOWN = "0" * 24

NOTHING: Any = object()


class Called(Standing):
    """A space whose switches of iP.1 are put as given; called as `ip1-10001`, unless a key says otherwise."""

    def __init__(self, **quirks: Any) -> None:
        super().__init__("ip1", **quirks)

    def ask(self, method: str, path: str, value: Any = NOTHING, key: str = KEY, **more: Any) -> TestResponse:
        """The answer to a call; `value` is sent as JSON."""
        sent = {} if value is NOTHING else {"data": json.dumps(value), "content_type": "application/json"}
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return self.client.open(path, **{"method": method, "headers": headers, **sent, **more})

    def get(self, path: str, key: str = KEY, **query: Any) -> Any:
        """The document there."""
        answer = self.ask("GET", path, key=key, query_string=query)
        assert answer.status_code == 200, answer.text
        return answer.json

    def send(self, *recipients: Any, key: str = KEY, **more: Any) -> Any:
        """The batch that was made: of numbers, or of one object with values by number."""
        to = recipients[0] if isinstance(recipients[0], dict) else recipients
        sent = {"sender": "iP1", "recipients": to, "body": "Hello", **more}
        answer = self.ask("POST", "/v2/batches", sent, key)
        assert answer.status_code == 201, answer.text
        return answer.json

    def errors(self, method: str, path: str, value: Any = NOTHING) -> dict[str, list[str]]:
        """The sentences of a refusal, by the field at fault."""
        answer = self.ask(method, path, value)
        assert answer.status_code == 400, answer.text
        found: dict[str, list[str]] = answer.json["errors"] if answer.json else {}
        return found

    def is_a(self, **attributes: str) -> None:
        """Let the account have these attributes."""
        self._change(attributes={**self._account.attributes, **attributes})

    def may_be_called(self, *senders: str) -> None:
        """Let the account have these senders only."""
        self._change(senders=senders)

    @property
    def credit(self) -> Decimal | None:
        return self._account.credit

    def _change(self, **fields: Any) -> None:
        self.space.store.put_account(replace(self._account, **fields))

    @property
    def _account(self) -> Account:
        account = self.space.store.account("ip1", ACCOUNT)
        assert account is not None
        return account
