"""Operations behind spyne get what clients meant, whichever way they wrote it."""

import gc
import logging
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.tests.wire.test_soap import asked, enveloped
from emulator.wire.soap import Call, Operation, Parameter, Service, Struct, Unfit, call
from emulator.wire.soap.normal import declared
from emulator.wire.values import Scalar, Value
from emulator.wire.xml import Malformed

GUESTS = Struct("Guests", (Parameter("guest", "string", many=True),))
PLACE = Struct("Place", (Parameter("town", "string"), Parameter("open", "boolean")))
ROUTE = Struct("Route", (Parameter("name", "string"), Parameter("place", PLACE, many=True)))

DO = Operation("do", (Parameter("from", "string"), Parameter("to", GUESTS), Parameter("loud", "boolean")))
GO = Operation("go", (Parameter("route", ROUTE),), "boolean")


def heard(context: Any, arguments: dict[str, Any]) -> Any:
    return context, arguments


SERVICE = Service({DO: heard, GO: heard})


def understood(arguments: str, beside: str = "", **options: bool) -> Any:
    """What `do` was asked."""
    return answered(call(asked(arguments, beside)), **options)[1]


def answered(asks: Call, **options: bool) -> tuple[Any, dict[str, Any]]:
    return cast(tuple[Any, dict[str, Any]], SERVICE.answer(asks, None, **options))


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("<from>me</from><loud>true</loud>", {"from": "me", "loud": True}),
        ("<loud>0</loud><other>1</other><from> Γεια &lt; </from>", {"from": " Γεια < ", "loud": False}),
        ("<p0>me</p0><p1>you</p1><p2>1</p2><p3>more</p3>", {"from": "me", "to": ["you"], "loud": True}),
        ('<from i:nil="true"/><loud>nonsense</loud>', {"loud": False}),
        ('<from i:type="xsd:int">007</from>', {"from": "007"}),
        ("<from/>", {"from": ""}),
        ("", {}),
    ],
)
def test_arguments_arrive_with_their_names_and_types(arguments: str, found: dict[str, Any]) -> None:
    if "to" in found:
        found = {**found, "to": {"guest": found["to"]}}

    assert understood(arguments) == found


@pytest.mark.parametrize(
    "to",
    [
        '<to i:type="enc:Struct"><guest i:type="enc:Array"><item>1</item><item>2</item></guest></to>',
        "<to><guest>1</guest><guest>2</guest></to>",
        "<to><guest><string>1</string><string>2</string></guest></to>",
        '<to i:type="enc:Array"><item>1</item><item>2</item></to>',
        "<to><item>1</item><item>2</item></to>",
        "<to>1</to><to>2</to>",
        '<to i:type="m:Map"><item><key>guest</key><value><a>1</a><a>2</a></value></item></to>',
        '<to href="#a"/>',
    ],
)
def test_a_list_arrives_as_one_however_it_was_written(to: str) -> None:
    beside = '<x id="a"><guest i:type="enc:Array"><item href="#b"/><item>2</item></guest></x><x id="b">1</x>'

    assert understood(to, beside)["to"] == {"guest": ["1", "2"]}


@pytest.mark.parametrize(
    "to", ["<to>1</to>", "<to><guest>1</guest></to>", "<to><guest><x>1</x></guest></to>"]
)
def test_a_list_of_one_is_a_list(to: str) -> None:
    assert understood(to)["to"] == {"guest": ["1"]}


@pytest.mark.parametrize("to", ["<to><guest/></to>", '<to i:type="enc:Array"/>', '<to i:type="enc:Struct"/>'])
def test_a_list_may_hold_nothing(to: str) -> None:
    assert (understood(to)["to"]["guest"] or [""]) == [""]


def test_structs_arrive_with_all_their_members() -> None:
    octets = enveloped(
        "<go><route><place><town>A</town><open>1</open></place><place><town>B</town></place></route></go>"
    )

    assert SERVICE.answer(call(octets), "here") == (
        "here",
        {"route": {"name": None, "place": [{"town": "A", "open": True}, {"town": "B", "open": None}]}},
    )


def test_positions_count_only_where_that_is_wanted() -> None:
    assert understood("<p0>me</p0>", positional=False) == {}


@pytest.mark.parametrize(
    ("octets", "code", "says"),
    [
        (enveloped("<fly/>"), "Server", "Function 'fly' doesn't exist"),
        (asked("<from><a>1</a></from>"), "Client", "from is no string"),
        (asked("<from>1</from><from>2</from>"), "Client", "from is no string"),
        (asked("<to><guest><a><b>1</b></a></guest></to>"), "Client", "guest is no string"),
        (enveloped("<go><route>home</route></go>"), "Client", "route is no Route"),
    ],
)
def test_a_call_that_fits_no_operation_is_declined(octets: bytes, code: str, says: str) -> None:
    with pytest.raises(Unfit) as caught:
        SERVICE.answer(call(octets), None)

    assert (caught.value.code, str(caught.value)) == (code, says)


def test_what_an_operation_raises_comes_through_and_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    def refusing(context: object, arguments: object) -> None:
        raise LookupError("not today")

    service = Service({DO: refusing})

    with caplog.at_level(logging.WARNING), pytest.raises(LookupError, match="not today"):
        service.answer(call(asked("")), None)

    assert caplog.records == []


class Context:
    """Something to point at."""


def test_nothing_of_a_call_is_left_to_the_garbage_collector() -> None:
    context = Context()
    remembered = weakref.ref(context)
    gc.disable()
    try:
        SERVICE.answer(call(asked("<from>me</from>")), context)
        del context

        assert remembered() is None
    finally:
        gc.enable()


def test_spyne_is_imported_for_the_first_call_and_without_a_warning() -> None:
    program = (
        "import sys; from emulator.wire.soap import *; from emulator.tests.wire.test_soap import asked\n"
        "service = Service({Operation('do', ()): lambda *_: 'done'}); assert 'spyne' not in sys.modules\n"
        "assert service.answer(call(asked('')), None) == 'done'; assert 'spyne' in sys.modules\n"
    )

    ended = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_calls_that_come_at_once_are_all_answered() -> None:
    service = Service({DO: heard})
    numbers = [str(number) for number in range(200)]

    def one(number: str) -> Any:
        return service.answer(call(asked(f"<from>{number}</from>")), number)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, numbers))

    assert answers == [(number, {"from": number}) for number in numbers]


def test_services_that_begin_at_once_leave_the_process_as_it_was() -> None:
    program = (
        "import sys, warnings; from threading import Barrier\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from emulator.wire.soap import *; from emulator.tests.wire.test_soap import asked\n"
        "before, ready = [*warnings.filters], Barrier(8)\n"
        "def begin(_):\n"
        "    ready.wait()\n"
        "    return Service({Operation('do', ()): lambda *_: 'done'}).answer(call(asked('')), None)\n"
        "with ThreadPoolExecutor(8) as pool: assert [*pool.map(begin, range(8))] == ['done'] * 8\n"
        "assert warnings.filters == before\n"
        "assert 'spyne' not in ''.join(type(finder).__module__ for finder in sys.meta_path)\n"
    )

    ended = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=12)


@given(TEXT, st.lists(TEXT.filter(bool), min_size=1, max_size=5), st.booleans())
def test_texts_arrive_as_they_were_sent(sender: str, guests: list[str], loud: bool) -> None:
    people: Value = {"guest": [Scalar(guest) for guest in guests]}
    values: tuple[Value, ...] = (Scalar(sender), people, Scalar(str(loud).lower()))
    asks = Call("do", "", tuple(zip(DO.names, values, strict=True)))

    assert SERVICE.answer(asks, None) == (None, {"from": sender, "to": {"guest": guests}, "loud": loud})


@given(st.binary(max_size=40), st.integers(0, 600), st.integers(0, 12))
def test_any_octets_are_answered_or_malformed(octets: bytes, at: int, length: int) -> None:
    whole = asked('<from>1</from><to href="#b"/>', '<b id="b"><guest>2</guest></b>')
    try:
        _, found = answered(call(whole[:at] + octets + whole[at + length :]))
    except Malformed:
        return
    assert set(found) <= set(DO.names) | {"route"}


def test_a_text_is_as_long_as_the_body_that_brought_it() -> None:
    """In UTF-8 it is twice as long."""
    letters = "Γ" * 5_100_000
    octets = asked(f"<from>{letters}</from>").decode().encode("iso-8859-7")

    assert answered(call(octets, "iso-8859-7"))[1] == {"from": letters}


def test_ten_thousand_members_are_all_declared() -> None:
    many = [Scalar(str(number)) for number in range(10_000)]

    octets = declared(DO, {"to": {"guest": [*many]}})

    assert octets.count(b"<guest>") == 10_000
