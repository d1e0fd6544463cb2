"""Types: strings that end with a NUL, how long they may be, and octets of any value."""

import pytest

from conformance.checks.smpp34.calls import Smsc, refuses
from conformance.checks.smpp34.messages import NOBODYS, by_query, texts
from conformance.drivers.smpp_operations import query
from conformance.drivers.smpp_pdus import BIND_TRANSCEIVER, QUERY_SM, SUBMIT_SM
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("smpp34/types/c-octet-end", "smpp34/types/message-id-limit")
def test_a_message_id_ends_with_a_nul_within_its_limit(smsc: Smsc) -> None:
    answer = smsc.answer(smsc.bound())

    verify(answer.status).equals(Status.ROK)
    verify(answer.body).holds(lambda body: body.find(b"\0") == len(body) - 1, "one NUL, at the end")
    verify(answer.body).holds(lambda body: 2 <= len(body) <= 65, "1 to 64 characters and a NUL")


@requirement("smpp34/types/message-id-limit")
def test_a_message_id_of_65_characters_is_refused(smsc: Smsc) -> None:
    link = smsc.bound()
    with by_query():
        link.ask(QUERY_SM, query(NOBODYS))
    answer = link.ask(QUERY_SM, query("a" * 65))

    refuses(answer, QUERY_SM)


@requirement("smpp34/types/c-octet-endless")
def test_a_string_that_does_not_end_is_refused(smsc: Smsc) -> None:
    link = smsc.bound()

    refuses(smsc.ask(link, SUBMIT_SM, b"a" * 6 + smsc.letter().body[1:]), SUBMIT_SM)
    with by_query():
        link.ask(QUERY_SM, query(NOBODYS))
    refuses(link.ask(QUERY_SM, b"a" * 64), QUERY_SM)


@requirement("smpp34/types/c-octet-empty")
def test_an_empty_string_is_a_nul_alone(smsc: Smsc) -> None:
    letter = smsc.letter(service_type="", schedule="", validity="")

    answer = smsc.answer(smsc.bound(system_type="", address_range=""), letter)

    verify(answer.status).equals(Status.ROK)
    verify(answer.message_id).holds(bool, "a message_id that is not empty")


@requirement("smpp34/types/octets-binary")
def test_octets_of_a_message_may_have_any_value(smsc: Smsc) -> None:
    text = "\u0100\u0001 NUL within and at the end \u0400"

    smsc.submit(smsc.bound(), message=text.encode("utf-16-be"), coding=8)

    if smsc.place.remote is not None:
        verify(texts(smsc)).equals([text])


@requirement("smpp34/types/system-id-limit")
def test_a_system_id_of_16_characters_is_refused(smsc: Smsc) -> None:
    answer = smsc.bind(smsc.link(), system_id=smsc.system_id().ljust(16, "x"))

    refuses(answer, BIND_TRANSCEIVER)


@requirement("smpp34/types/system-id-limit")
def test_a_system_id_of_15_characters_binds(smsc: Smsc) -> None:
    name = "a" * (15 - len(f"@{smsc.place.space}"))
    smsc.place.control.put_account("isms", name, password="open")

    answer = smsc.bind(smsc.link(), system_id=f"{name}@{smsc.place.space}", password="open")

    verify(answer.status).equals(Status.ROK)


@requirement("smpp34/types/password-limit")
def test_a_password_of_9_characters_is_refused(smsc: Smsc) -> None:
    answer = smsc.bind(smsc.link(), password=smsc.password().ljust(9, "x"))

    refuses(answer, BIND_TRANSCEIVER)


@requirement("smpp34/types/system-type-limit")
def test_a_system_type_of_12_characters_is_read_and_one_of_13_refused(smsc: Smsc) -> None:
    longest = smsc.bind(smsc.link(), system_type="a" * 12)
    longer = smsc.bind(smsc.link(), system_type="a" * 13)

    verify(longest.status).is_one_of(Status.ROK, Status.RINVSYSTYP)
    refuses(longer, BIND_TRANSCEIVER)


@requirement("smpp34/types/address-limit")
@pytest.mark.parametrize("field", ["source", "destination"])
def test_an_address_of_21_characters_is_refused(smsc: Smsc, field: str) -> None:
    answer = smsc.answer(smsc.bound(), smsc.letter(**{field: "3069" + "0" * 17}))

    refuses(answer, SUBMIT_SM)


@requirement("smpp34/types/service-type-limit")
def test_a_service_type_of_6_characters_is_refused(smsc: Smsc) -> None:
    answer = smsc.answer(smsc.bound(), smsc.letter(service_type="abcdef"))

    refuses(answer, SUBMIT_SM)
