"""What was said between an account and somebody."""

from emulator.tests.providers.ip1.called import ACCOUNT, NUMBER, OTHER_KEY, SECOND, Called

PATH = f"/v2/conversations/{NUMBER}"
GATEWAY = "46700000000"


def talked() -> Called:
    """Two messages there, one back, and one to somebody else."""
    called = Called()
    called.send(NUMBER, SECOND, body="x" * 161)
    called.advance(10)
    called.space.gateway.receive("ip1", ACCOUNT, NUMBER, GATEWAY, "Yes?")
    called.advance(10)
    called.send(NUMBER, body="Well")
    return called


def test_a_conversation_stands_in_the_order_in_which_it_was_held() -> None:
    called = talked()

    assert [one["direction"] for one in called.get(PATH)] == ["mt", "mo", "mt"]
    assert [one["body"][:4] for one in called.get(PATH, order="DESC", limit=2)] == ["Well", "Yes?"]
    assert [one["statuses"][0]["code"] for one in called.get(PATH)] == [201, 201, 102]


def test_a_conversation_has_two_directions() -> None:
    called = talked()

    assert [one["body"][:4] for one in called.get(f"{PATH}/mt")] == ["xxxx", "Well"]
    (came,) = called.get(f"{PATH}/mo")
    assert (came["sender"], came["recipient"], came["price"], came["reference"]) == (NUMBER, GATEWAY, 0, None)


def test_a_conversation_is_summed_up() -> None:
    assert talked().get(f"{PATH}/summary") == {
        "participant": NUMBER,
        "totalMessageCount": 3,
        "totalSmsCount": 4,
        "mobileTerminatedMessages": {"102": {"messages": 1, "sms": 1}, "201": {"messages": 1, "sms": 2}},
        "mobileOriginatedMessages": {"201": {"messages": 1, "sms": 1}},
    }


def test_a_stranger_has_said_nothing() -> None:
    called = talked()

    assert called.get(PATH, key=OTHER_KEY) == []
    assert called.get(f"{PATH}/summary", key=OTHER_KEY) == {
        "participant": NUMBER,
        "totalMessageCount": 0,
        "totalSmsCount": 0,
        "mobileTerminatedMessages": {},
        "mobileOriginatedMessages": {},
    }
