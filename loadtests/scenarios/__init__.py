"""The scenarios by name."""

from __future__ import annotations

from collections.abc import Mapping

from loadtests.scenarios import isms_http
from loadtests.scenarios.scenario import Scenario

SCENARIOS: Mapping[str, Scenario] = {
    "isms-http": Scenario(
        provider="isms",
        numbers=isms_http.numbers,
        session=isms_http.session,
        receipt=isms_http.receipt,
        credits_path=isms_http.credits_path,
        balance=isms_http.balance,
        query_path=isms_http.query_path,
        delivered=isms_http.delivered,
        receipt_after=3.0,
    ),
}
