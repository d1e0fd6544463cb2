"""pv: whom a message goes to, and what is said of each."""

import pytest

from conformance.checks.voipe.calls import (
    HEX,
    accepted,
    credit,
    every_format,
    ids,
    inbox,
    numbered,
    only,
    refused,
    rejected,
    silent,
    taken,
)
from conformance.checks.voipe.conftest import User
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver, VoipeForm, VoipeJson
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

KEYS = ["status", "error", "smslog_id", "queue", "to"]


@requirement("voipe/pv/operation", "voipe/pv/number")
def test_a_message_is_taken(voipe: VoipeDriver, form: VoipeForm, json: VoipeJson, numbers: Numbers) -> None:
    """In each of the three ways."""
    for way in (voipe, form, json):
        (number,) = numbers()
        verify(numbered(way.pv(number))).equals([number])


@requirement("voipe/pv/operation")
def test_a_message_arrives(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """In the inbox of the emulator."""
    found = inbox(control, voipe.pv(numbers()[0], "hello", nofooter=1))

    verify((found["account"], found["text"])).equals((voipe.username, "hello"))


@requirement("voipe/pv/mandatory", "voipe/pv/empty")
@pytest.mark.parametrize(
    ("to", "msg"), [(None, "x"), ("1", None), (None, None), ("", "x"), ("1", ""), ("1", " \r\n "), (" ", "x")]
)
def test_destination_and_message_are_needed(voipe: VoipeDriver, to: str | None, msg: str | None) -> None:
    """Missing, empty, blank."""
    refused(voipe.pv(to, msg), "201")


@requirement("voipe/pv/nought-is-empty")
def test_nought_is_nothing(voipe: VoipeDriver, numbers: Numbers) -> None:
    """Two of them are something."""
    refused(voipe.pv("1", "0"), "201")
    refused(voipe.pv("0", "x"), "201")
    taken(voipe.pv(numbers()[0], "00"))


@requirement("voipe/pv/international", "voipe/pv/to-echoed")
def test_a_number_may_be_international(voipe: VoipeDriver, numbers: Numbers) -> None:
    """With a plus sign, which stays."""
    (number,) = numbers()

    verify(numbered(voipe.pv(f"+{number}"))).equals([f"+{number}"])


@requirement("voipe/pv/commas", "voipe/pv/entries")
@every_format
def test_there_is_an_entry_for_each(voipe: VoipeDriver, numbers: Numbers, format: str) -> None:
    """In their order, with blanks around the commas."""
    to = numbers(3)[::-1]

    verify(numbered(voipe.pv(" , ".join(to), format=format))).equals(to)


@requirement("voipe/pv/entry-keys")
@pytest.mark.parametrize("to", ["1", "abc", "@admin"])
def test_an_entry_has_its_keys(voipe: VoipeDriver, control: Control, to: str) -> None:
    """Of a number, of a failure, of a user."""
    verify(list(only(voipe.pv(to)))).equals(KEYS)


@requirement("voipe/pv/queue")
def test_a_call_has_a_queue(voipe: VoipeDriver, numbers: Numbers) -> None:
    """One for all of its numbers."""
    queues = ids(voipe.pv(",".join(numbers(3))), "queue")

    verify(queues[0]).matches(HEX)
    verify(queues).equals([queues[0]] * 3)


@requirement("voipe/pv/new-queue")
def test_every_call_has_its_own_queue(voipe: VoipeDriver, numbers: Numbers) -> None:
    """To the same number."""
    (number,) = numbers()

    verify(ids(voipe.pv(number), "queue") == ids(voipe.pv(number), "queue")).equals(False)


@requirement("voipe/pv/ids")
def test_identifiers_follow_one_another(voipe: VoipeDriver, numbers: Numbers) -> None:
    """Within a call."""
    found = ids(voipe.pv(",".join(numbers(3))))

    verify([str(int(one)) for one in found]).equals(found)
    verify([int(one) - int(found[0]) for one in found]).equals([0, 1, 2])


@requirement("voipe/pv/ids-rise")
def test_identifiers_rise(voipe: VoipeDriver, user: User, numbers: Numbers) -> None:
    """For all users together."""
    dana = user("dana")

    found = [int(taken(caller.pv(numbers()[0]))) for caller in (voipe, dana, voipe, dana)]
    verify(found).equals(sorted(set(found)))


@requirement("voipe/pv/failure-entry")
@every_format
def test_an_entry_that_failed_says_little(
    voipe: VoipeDriver, admin: VoipeDriver, numbers: Numbers, format: str
) -> None:
    """Amid others."""
    blocked, fine = numbers(2)
    voipe.call("stoplist", from_=blocked)

    verify(voipe.pv(f"{blocked},{fine}", format=format).entries[0]).equals(
        {"status": "ERR", "error": "200", "smslog_id": "", "queue": "", "to": ""}
    )


@requirement("voipe/pv/no-digits")
@pytest.mark.parametrize("to", ["abc", "abc,def", "שלום"])
def test_without_a_digit_nothing_is_sent(voipe: VoipeDriver, to: str) -> None:
    """One entry for all, and a queue that is done."""
    entry = rejected(voipe.pv(to), "200")

    verify((entry["smslog_id"], entry["to"])).equals(("", ""))
    verify(entry["queue"]).matches(HEX)
    refused(voipe.call("ds", queue=str(entry["queue"])), "402")


@requirement("voipe/pv/nothing-to-do")
@every_format
def test_where_nobody_is_meant_nothing_is_said(voipe: VoipeDriver, format: str) -> None:
    """Unknown groups, unknown users, oneself."""
    for to in ("#NOSUCH", "@nobody-has-this", f"@{voipe.username}", "#", "@", "#NOSUCH,@nobody-has-this"):
        silent(voipe.pv(to, format=format))


@requirement("voipe/pv/leading-comma")
@pytest.mark.parametrize("to", [",1", ",", ",,1,2"])
def test_a_list_does_not_begin_with_a_comma(voipe: VoipeDriver, to: str) -> None:
    """Nothing is sent then."""
    silent(voipe.pv(to))


@requirement("voipe/pv/empty-places")
def test_empty_places_are_skipped(voipe: VoipeDriver, numbers: Numbers) -> None:
    """In the middle and at the end."""
    one, two = numbers(2)

    verify(numbered(voipe.pv(f"{one},,{two},"))).equals([one, two])


@requirement("voipe/pv/duplicates")
@pytest.mark.parametrize("order", ["aa", "aab", "aba", "abac", "abab"])
def test_a_number_is_written_to_once(voipe: VoipeDriver, numbers: Numbers, order: str) -> None:
    """Wherever it stands again."""
    known = dict(zip("abc", numbers(3), strict=True))
    to = [known[name] for name in order]

    verify(numbered(voipe.pv(",".join(to)))).equals(list(dict.fromkeys(to)))


@requirement("voipe/pv/spellings")
def test_a_number_in_two_spellings_is_written_to_once(voipe: VoipeDriver, numbers: Numbers) -> None:
    """And a third one besides."""
    one, two = numbers(2)

    verify(numbered(voipe.pv(f"{one},{one[:3]}-{one[3:]},{two}"))).equals([one, two])


@requirement("voipe/pv/blocked")
def test_a_number_on_the_stop_list_fails_alone(
    voipe: VoipeDriver, control: Control, numbers: Numbers
) -> None:
    """In its place."""
    one, blocked, two = numbers(3)
    voipe.call("stoplist", from_=blocked)

    found = voipe.pv(",".join([one, blocked, two])).entries
    verify([(entry["error"], entry["to"]) for entry in found]).equals([("0", one), ("200", ""), ("0", two)])


@requirement("voipe/pv/all-blocked")
def test_numbers_on_the_stop_list_alone_fail_together(
    voipe: VoipeDriver, control: Control, numbers: Numbers
) -> None:
    """In one entry, of a queue that is done."""
    blocked = numbers(2)
    for number in blocked:
        voipe.call("stoplist", from_=number)

    entry = rejected(voipe.pv(",".join(blocked)), "200")
    verify(entry["queue"]).matches(HEX)
    refused(voipe.call("ds", queue=str(entry["queue"])), "402")


@requirement("voipe/pv/refused-with-user")
def test_users_are_written_to_beside_refused_numbers(user: User, numbers: Numbers) -> None:
    """By somebody who cannot pay."""
    dana, poor = user("dana"), user("pauper", credit=0)

    found = poor.pv(f"{numbers()[0]},@dana", "hello").entries
    verify([(entry["status"], entry["to"]) for entry in found]).equals([("ERR", ""), ("OK", "@dana")])
    verify(only(dana.call("ix"))["msg"]).equals("hello")


@requirement("voipe/pv/many")
def test_a_call_may_have_a_thousand_numbers(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """By a form, which has no end."""
    to = numbers(1000)

    verify(len(accepted(VoipeForm(voipe.client, voipe.username, "", voipe.token).pv(",".join(to))))).equals(
        1000
    )


@requirement("voipe/pv/many")
def test_ten_thousand_numbers_are_answered(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """All of them the same."""
    (number,) = numbers()

    verify(
        numbered(VoipeForm(voipe.client, voipe.username, "", voipe.token).pv(",".join([number] * 10_000)))
    ).equals([number])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param("(052)123-45 67", "0521234567", marks=requirement("voipe/number/cleaned")),
        pytest.param("052x1234567", "0521234567", marks=requirement("voipe/number/cleaned")),
        pytest.param("\uff10521234567", "521234567", marks=requirement("voipe/number/cleaned")),
        pytest.param("1" * 30, "1" * 20, marks=requirement("voipe/number/twenty")),
        pytest.param("1", "1", marks=requirement("voipe/number/any-length")),
        pytest.param("+", "+", marks=requirement("voipe/number/plus")),
        pytest.param("0521;0531", "05210531", marks=requirement("voipe/number/only-commas")),
        pytest.param("0521 0531", "05210531", marks=requirement("voipe/number/only-commas")),
        pytest.param("0521\n0531", "05210531", marks=requirement("voipe/number/only-commas")),
    ],
)
def test_a_number_is_cleaned(voipe: VoipeDriver, control: Control, given: str, kept: str) -> None:
    """Where nobody is reached by it."""
    verify(numbered(voipe.pv(given))).equals([kept])


@requirement("voipe/number/words")
def test_words_are_passed_over(voipe: VoipeDriver, numbers: Numbers) -> None:
    """Before a number and behind it."""
    (number,) = numbers()

    verify(numbered(voipe.pv(f"abc,{number},def"))).equals([number])


@requirement("voipe/number/prefix")
def test_a_prefix_takes_the_place_of_a_nought(user: User) -> None:
    """And of nothing else."""
    dana = user("dana", replace_zero="972")

    verify(numbered(dana.pv("0521234567,+447946000000,531234567"))).equals(
        ["972521234567", "+447946000000", "531234567"]
    )


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
