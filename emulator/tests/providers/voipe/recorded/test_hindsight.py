"""What is known of a recording from its answers."""

import json
from typing import Any

from emulator.tests.providers.voipe.recorded.hindsight import hindsight
from emulator.tests.providers.voipe.recorded.reading import Exchange, Line, Request, Response


def exchange(operation: str, query: str, rows: list[dict[str, Any]], state: str = "") -> Exchange:
    request = Request(method="GET", path="/playsms/index.php", query=f"u=demo&{query}", headers=[])
    body = json.dumps({"data": rows, "error_string": None, "timestamp": 1})
    response = Response(status=200, status_line="HTTP/1.1 200 OK", headers=[], body=body)
    return Exchange(
        Line(id="voipe-0001", operation=operation, request=request, response=response, state=state)
    )


def sent(id: int, queue: str = "q") -> dict[str, Any]:
    return {"status": "OK", "error": "0", "smslog_id": str(id), "queue": queue, "to": "0521"}


def listed(id: int) -> dict[str, Any]:
    return {"smslog_id": str(id), "src": "Demo", "dst": "0521", "msg": f"m{id}", "status": "3"}


def ids(exchanges: list[Exchange]) -> dict[int, list[list[str]]]:
    known = hindsight(exchanges)
    return {
        place: [[row["smslog_id"] for row in call.rows] for call in calls]
        for place, calls in known.sent.items()
    }


def test_messages_that_are_listed_and_sent_need_nothing() -> None:
    assert ids([exchange("pv", "", [sent(1)]), exchange("ds", "", [listed(1)])]) == {}


def test_a_message_that_nobody_sends_is_sent_before_it_is_listed() -> None:
    assert ids([exchange("pv", "", [sent(2)]), exchange("ds", "", [listed(2), listed(3)])]) == {1: [["3"]]}


def test_it_is_sent_before_later_ones() -> None:
    assert ids([exchange("pv", "", [sent(2)]), exchange("ds", "", [listed(1)])]) == {0: [["1"]]}


def test_messages_of_one_queue_are_sent_in_one_call() -> None:
    asked = [exchange("ds", "queue=Q", []), exchange("ds", "queue=q", [listed(1), listed(2)])]

    assert ids(asked) == {0: [["1", "2"]]}


def test_rows_that_a_state_puts_in_are_not_sent() -> None:
    state = "demo has 2 rows, smslog_id 1 to 2, one a minute."

    assert ids([exchange("ds", "", [listed(1), listed(2)], state)]) == {}
