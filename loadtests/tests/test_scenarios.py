"""What all scenarios share: numbers, templates, and calls that survive being read."""

from __future__ import annotations

import pytest

from loadtests.planning.plan import Plan
from loadtests.scenarios import OVER_HTTP
from loadtests.scenarios.numbers import Numbering, number
from loadtests.scenarios.scenario import HttpScenario
from loadtests.scenarios.template import MARKS, Refused, Reply, Request, cut

BODY = f"a<{MARKS[0]}>,<{MARKS[1]}>z".encode()


def test_no_number_is_used_twice_and_none_means_a_special_outcome() -> None:
    used = [number("3069", n) for n in range(30_000)]

    assert len(set(used)) == 30_000
    assert {len(text) for text in used} == {12}
    assert not [text for text in used if 9001 <= int(text[-4:]) <= 9013]


def test_the_slots_of_a_run_have_numbers_of_their_own() -> None:
    of = Numbering("3069")

    assert of(0, 2) == ("306900000000", "306900000001")
    assert of(1, 2) == ("306900000002", "306900000003")


@pytest.mark.parametrize("slot", [0, 1, 9000, 9001, 9986, 9987, 400_000])
def test_a_number_tells_its_slot(slot: int) -> None:
    of = Numbering("3069")

    assert {of.slot(text, 7) for text in of(slot, 7)} == {slot}


@pytest.mark.parametrize("text", ["", "3069", "30690001", "46700000000", "3069x0000001", "30690000000x"])
def test_a_number_of_another_kind_has_none(text: str) -> None:
    assert Numbering("3069").slot(text, 1) is None


@pytest.mark.parametrize(
    ("to", "body"), [(("1",), b"a<1>z"), (("1", "2"), b"a<1>,<2>z"), (("1", "2", "3"), b"a<1>,<2>,<3>z")]
)
def test_a_template_takes_as_many_recipients_as_there_are(to: tuple[str, ...], body: bytes) -> None:
    assert cut(Request("/rpc", BODY, "text/xml")).request(to) == Request("/rpc", body, "text/xml")


def test_the_template_of_a_get_has_its_gap_in_the_path() -> None:
    template = cut(Request(f"/send?to={','.join(MARKS)}&x=%20"))

    assert template.request(("1", "2")) == Request("/send?to=1,2&x=%20")


def test_only_a_200_is_ok() -> None:
    assert Reply(200, "yes").ok() == "yes"
    for status in (204, 302, 404, 500):
        with pytest.raises(Refused, match=f"HTTP {status}"):
            Reply(status, "yes").ok()


@pytest.mark.parametrize("scenario", OVER_HTTP.values(), ids=OVER_HTTP)
def test_every_scenario_has_a_call_with_a_gap_for_its_recipients(scenario: HttpScenario) -> None:
    plan = Plan(scenario="any", rate=1, seconds=1, login="load", password="hush")
    to = scenario.numbers(3, 2)

    path, body, kind, token = scenario.template(plan, "").request(to)

    sent = path + body.decode()
    assert [sent.count(number) for number in to] == [1, 1]
    assert "hush" in sent + token
    assert not [mark for mark in MARKS if mark in sent]
    assert bool(kind) is bool(body)
