"""What counts as equal between two servers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from emulator.tests.providers.voipe.recorded.answers import Answer, Spot, differences, recorded_answer, split
from emulator.tests.providers.voipe.recorded.bindings import Bindings, Kind
from emulator.tests.providers.voipe.recorded.reading import Exchange, Line, Request, Response

NOW = datetime(2026, 11, 21, 20, 29, tzinfo=UTC)
STAMP = int(NOW.timestamp())
HEADERS = [("Server", "theirs"), ("Pragma", "no-cache"), ("Content-Type", "application/json")]

ROW = (
    '{{"data":[{{"smslog_id":"{id}","dst":"{dst}","dt":"{dt}","update":"0000-00-00 00:00:00"}}],'
    '"error_string":null,"timestamp":{stamp}}}'
)


def row(**changed: Any) -> str:
    given = {"id": 110, "dst": "0521", "dt": "2026-11-21 20:28:22", "stamp": STAMP}
    return ROW.format(**{**given, **changed})


def exchange(body: str, headers: list[tuple[str, str]] = HEADERS) -> Exchange:
    request = Request(method="GET", path="/playsms/index.php", query="op=ds", headers=[])
    response = Response(status=200, status_line="HTTP/1.1 200 OK", headers=headers, body=body)
    return Exchange(Line(id="voipe-0001", operation="ds", request=request, response=response))


def found(ours: str, theirs: str, bindings: Bindings | None = None, **changed: Any) -> list[str]:
    answer = recorded_answer(exchange(ours))
    given = {"status": answer.status, "headers": answer.headers, "body": answer.body, **changed}
    return list(differences(exchange(theirs), Answer(**given), NOW, bindings or Bindings()))


def test_values_that_a_server_chooses_may_be_others() -> None:
    assert found(row(id=7, dt="2026-11-21 20:28:59"), row(stamp=STAMP - 99)) == []


@pytest.mark.parametrize(
    "changed",
    [{"dst": "0531"}, {"dt": "2026-11-21 18:28:22"}, {"dt": "0000-00-00 00:00:00"}, {"stamp": STAMP + 1}],
)
def test_everything_else_has_to_be_the_same(changed: dict[str, Any]) -> None:
    assert len(found(row(**changed), row())) == 1


def test_status_and_headers_have_to_be_the_same() -> None:
    assert len(found(row(), row(), status=500)) == 1
    assert (
        len(found(row(), row(), headers=(("Pragma", "no-cache"), ("Content-type", "application/json")))) == 1
    )
    assert (
        len(found(row(), row(), headers=(("Content-Type", "application/json"), ("Pragma", "no-cache")))) == 1
    )


def test_equal_values_stay_equal_and_others_stay_others() -> None:
    bindings = Bindings()

    assert found(row(id=7), row(id=110), bindings) == []
    assert len(found(row(id=8), row(id=110), bindings)) == 1
    assert len(found(row(id=7), row(id=111), bindings)) == 1
    assert found(row(id=8), row(id=111), bindings) == []


def test_a_highest_identifier_may_be_of_a_row_that_nobody_was_shown() -> None:
    bindings = Bindings()
    bindings.bind(Kind.SMSLOG, "110", "7")
    last = '{{"last_id":{{"user_outgoing":{id}}},"timestamp":{stamp}}}'
    ours = last.format(id=7, stamp=STAMP)

    assert found(ours, last.format(id=110, stamp=STAMP), bindings) == []
    assert found(ours, last.format(id=112, stamp=STAMP), bindings) == []
    assert len(found(ours, last.format(id=109, stamp=STAMP), bindings)) == 1


def test_the_length_of_a_serialized_identifier_is_looked_at() -> None:
    right, wrong = 'a:1:{s:9:"smslog_id";s:3:"110";}', 'a:1:{s:9:"smslog_id";s:2:"110";}'

    assert split(right)[1] == [Spot("smslog_id", "110", "110")]
    assert split(wrong)[1] != split(right)[1]


def test_a_request_is_asked_with_our_values() -> None:
    bindings = Bindings()
    bindings.bind(Kind.SECRET, "a" * 32, "b" * 32)
    bindings.bind(Kind.SMSLOG, "5003", "17")
    bindings.bind(Kind.SMSLOG, "5005", "19")

    assert bindings.rewritten(f"h=%20{'a' * 32}&queue={'A' * 32}") == f"h=%20{'b' * 32}&queue={'B' * 32}"
    assert bindings.rewritten("smslog_id=5003abc&c=5003") == "smslog_id=17abc&c=5003"
    assert bindings.rewritten("last=5004") == "last=17"
    assert bindings.rewritten("last=0") == "last=0"
    assert bindings.rewritten("smslog_id=1") not in ("smslog_id=1", "smslog_id=17")
