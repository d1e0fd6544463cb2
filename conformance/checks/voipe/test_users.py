"""pv: messages to users and groups."""

import pytest

from conformance.checks.voipe.calls import (
    HEX,
    accepted,
    credit,
    ids,
    numbered,
    only,
    refused,
    silent,
)
from conformance.checks.voipe.conftest import User
from conformance.drivers.voipe import VoipeDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("voipe/pv/user", "voipe/user/inbox")
def test_a_message_to_a_user_is_in_the_inbox(voipe: VoipeDriver, user: User) -> None:
    """At once."""
    dana = user("dana")
    accepted(voipe.pv("@dana", "hello dana"))

    row = only(dana.call("ix"))
    verify((row["src"], row["msg"])).equals((f"@{voipe.username}", "hello dana"))


@requirement("voipe/pv/mixed", "voipe/user/last")
def test_users_come_after_numbers(voipe: VoipeDriver, user: User, numbers: Numbers) -> None:
    """Wherever they stood, groups included."""
    one, two, three = numbers(3)
    user("dana")
    user("boss", **{"contact.1": f"Third;{three};;;VIP", "group.1": "VIP;VIP;2"})

    verify(numbered(voipe.pv(f"{one},@dana,{two},#VIP"))).equals([one, two, three, "@dana"])


@requirement("voipe/user/no-id", "voipe/user/queue")
def test_a_message_to_a_user_is_not_sent(voipe: VoipeDriver, user: User) -> None:
    """It has no identifier, and a queue that is none."""
    user("dana")
    entry = only(voipe.pv("@dana"))

    verify(entry["smslog_id"]).equals(None)
    verify(entry["queue"]).matches(HEX)
    refused(voipe.call("ds", queue=str(entry["queue"])), "400")


@requirement("voipe/user/echo")
def test_a_user_may_be_in_capitals(voipe: VoipeDriver, user: User) -> None:
    """And is repeated so."""
    dana = user("dana")

    verify(numbered(voipe.pv("@DANA"))).equals(["@DANA"])
    only(dana.call("ix"))


@requirement("voipe/user/twice")
def test_a_user_named_twice_hears_twice(voipe: VoipeDriver, user: User) -> None:
    """With a queue for each."""
    dana = user("dana")

    queues = ids(voipe.pv("@dana,@dana"), "queue")
    verify(len(set(queues))).equals(2)
    verify(len(dana.call("ix").entries)).equals(2)


@requirement("voipe/user/ignored")
def test_some_users_are_passed_over(voipe: VoipeDriver, user: User, numbers: Numbers) -> None:
    """The caller, nobody, somebody banned."""
    (number,) = numbers()
    user("barred", banned="1")

    to = f"@{voipe.username},@nobody,@barred,{number}"
    verify(numbered(voipe.pv(to))).equals([number])


@requirement("voipe/user/email")
def test_an_address_is_no_user(voipe: VoipeDriver, user: User) -> None:
    """Though it is when calling."""
    user("dana", email="dana@example.com")

    silent(voipe.pv("@dana@example.com"))


@requirement("voipe/user/free")
def test_a_message_to_a_user_is_free(user: User, voipe: VoipeDriver) -> None:
    """For who has credit and who has none."""
    user("dana")
    before = credit(voipe)

    accepted(voipe.pv("@dana"))
    accepted(user("pauper", credit=0).pv("@dana"))
    verify(credit(voipe)).equals(before)


@pytest.fixture
def book(user: User, numbers: Numbers) -> tuple[VoipeDriver, list[str]]:
    """A user with three contacts: the first two in group VIP, the last two in ODD, none in EMPTY."""
    one, two, three = numbers(3)
    contacts = {
        "contact.1": f"One;{one};;;VIP",
        "contact.2": f"Two;{two};;;VIP ODD",
        "contact.3": f"Three;{three};;;ODD",
    }
    groups = {"group.1": "Best;VIP", "group.2": "Odd ones;ODD", "group.3": "Nobody;EMPTY"}
    return user("dana", **contacts, **groups), [one, two, three]


@requirement("voipe/pv/group", "voipe/group/members")
def test_a_group_stands_for_its_members(book: tuple[VoipeDriver, list[str]]) -> None:
    """And has no entry itself."""
    dana, (one, two, _) = book

    verify(numbered(dana.pv("#VIP"))).equals([one, two])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Best", marks=requirement("voipe/group/name")),
        pytest.param("vip", marks=requirement("voipe/group/case")),
        pytest.param("BEST", marks=requirement("voipe/group/case")),
        pytest.param(" VIP", marks=requirement("voipe/group/cleaned")),
        pytest.param("V!I P", marks=requirement("voipe/group/cleaned")),
    ],
)
def test_a_group_is_known_in_several_ways(book: tuple[VoipeDriver, list[str]], name: str) -> None:
    """By its name, in another case, with other signs."""
    dana, (one, two, _) = book

    verify(numbered(dana.pv(f"#{name}"))).equals([one, two])


@requirement("voipe/group/shared")
def test_a_group_may_be_shared(voipe: VoipeDriver, user: User, numbers: Numbers) -> None:
    """And is nobody else's if it is not."""
    (number,) = numbers()
    contact = f"One;{number};;;OPEN CLOSED"
    user("dana", **{"contact.1": contact, "group.1": "Open;OPEN;2", "group.2": "Closed;CLOSED;0"})

    verify(numbered(voipe.pv("#OPEN"))).equals([number])
    silent(voipe.pv("#CLOSED"))


@requirement("voipe/group/once")
def test_a_member_is_written_to_once(book: tuple[VoipeDriver, list[str]]) -> None:
    """Of two groups, and named besides."""
    dana, known = book

    verify(sorted(numbered(dana.pv(f"#VIP,#ODD,{known[1]}")))).equals(sorted(known))


@requirement("voipe/group/ignored")
def test_some_groups_are_passed_over(book: tuple[VoipeDriver, list[str]]) -> None:
    """Unknown and empty ones."""
    dana, (one, _, _) = book

    verify(numbered(dana.pv(f"#NOSUCH,{one},#EMPTY"))).equals([one])
